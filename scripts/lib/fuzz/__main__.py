"""Fuzzes what reads from outside, and says what it found."""

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
import os
from pathlib import Path
import random
import re
import subprocess
import sys
from tempfile import TemporaryDirectory

from .targets import TARGETS

ROOT = Path(__file__).parents[3]
FINDINGS = ROOT / ".fuzz" / "findings"
LANES = 2
# Home Assistant's packages take so many seconds to load.
_TO_LOAD = 120

_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_REACHED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_TOTAL = re.compile(r"^(TOTAL .*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the fuzzing of one target went."""

    name: str
    said: str
    total: str
    code: int

    def lines(self) -> list[str]:
        """Say it."""
        done = _DONE.search(self.said)
        reached = _REACHED.findall(self.said)
        if done is None or not reached:
            return [f"{self.name}: broke off with {self.code}", self.said[-2000:]]
        runs, seconds = int(done[1]), max(int(done[2]), 1)
        counters, features, kept = reached[-1]
        reach = f"{counters} counters and {features} features reached, {kept} kept"
        return [
            f"{self.name}: {runs} executions, {runs / seconds:.0f} in a second; {reach}",
            f"  lines and branches: {self.total}",
        ]

    @property
    def broken(self) -> bool:
        """Whether the fuzzer itself ended, as with an input that takes for ever."""
        return self.code != 0 or _DONE.search(self.said) is None


def fuzz(name: str, seconds: int, seed: int) -> Outcome:
    """Fuzz one target in a process of its own."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        corpus = Path(folder)
        command = [name, str(seconds), str(seed), str(corpus), str(FINDINGS)]
        code, said = _run("child", command, seconds + _TO_LOAD)
        _, measured = _run("measure", [name, str(corpus)], seconds + _TO_LOAD)
    total = _TOTAL.findall(measured)
    return Outcome(name, said, total[-1] if total else measured[-500:], code)


def _run(module: str, arguments: Sequence[str], patience: float) -> tuple[int, str]:
    command = [sys.executable, "-P", "-m", f"scripts.lib.fuzz.{module}", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=patience,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired as err:
        return 1, str(err)
    return done.returncode, done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; returns 1 where something was found."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="in all")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    names = options.target or list(TARGETS)
    # libFuzzer takes 0 for "choose one".
    seed = options.seed or random.randrange(1, 2**31)
    turns = -(-len(names) // LANES)
    seconds = max(round(options.minutes * 60 / turns), 1)
    FINDINGS.mkdir(parents=True, exist_ok=True)
    before = {path: path.stat().st_mtime_ns for path in FINDINGS.rglob("*")}
    print(f"seed {seed}; {seconds} s for each of {', '.join(names)}", flush=True)
    broken = False
    with ThreadPoolExecutor(LANES) as lanes:
        for outcome in lanes.map(lambda name: fuzz(name, seconds, seed), names):
            broken = broken or outcome.broken
            print("\n".join(outcome.lines()), flush=True)
    found = sorted(
        path
        for path in FINDINGS.rglob("*")
        if path.is_file()
        and path.suffix != ".input"
        and before.get(path) != path.stat().st_mtime_ns
    )
    for path in found:
        head = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:2]
        print(f"found: {path.relative_to(ROOT)}: {''.join(head)[:200]}")
    print(f"{len(found)} findings")
    return int(broken or bool(found))


if __name__ == "__main__":
    sys.exit(main())
