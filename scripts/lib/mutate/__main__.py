"""Breaks the code in a copy, one planned breakage at a time, and runs the tests near it."""

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
import os
from pathlib import Path
from queue import SimpleQueue
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory
import time

from . import nearby
from .breakage import ROOT, Breakage
from .operators import Change, sample
from .table import BREAKAGES

# Whatever hangs that long is noticed, too.
LONGEST = 300
COPIED = ("custom_components", "simulator", "tests", "scripts", "benchmarks", "docs")
# How pytest ends when tests failed, when it was broken off, and with nothing to run.
FAILED, INTERRUPTED = 1, 2


def copy_to(folder: Path) -> Path:
    """Copy what tests need; nothing is ever broken in the checkout itself."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    return folder


def run_tests(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    """Run tests in a copy; return how pytest ended, and what it said."""
    # What was compiled a moment ago may be of the same second and size.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    options = ["-x", "-q", "--no-cov", "--no-header", "--tb=line"]
    command = [str(ROOT / ".venv/bin/python"), "-m", "pytest", *options]
    command += ["-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FAILED, "it hung"
    return ended.returncode, ended.stdout + ended.stderr


def is_noticed(folder: Path, breakage: Breakage | Change) -> bool:
    """Break the code of a copy, run the tests, and restore it."""
    path = folder / breakage.path
    before = path.read_text(encoding="utf-8")
    path.write_text(breakage.apply(before), encoding="utf-8")
    if not breakage.tests:
        return False
    try:
        code, said = run_tests(folder, breakage.tests)
    finally:
        path.write_text(before, encoding="utf-8")
    if code not in {0, FAILED, INTERRUPTED}:
        raise SystemExit(f"mutate: pytest ended with {code}\n{said}")
    return code != 0


def chosen(words: Sequence[str]) -> list[Breakage]:
    """Return the breakages in whose line one of some words is; all without words."""
    return [
        each
        for each in BREAKAGES
        if not words or any(word in each.name for word in words)
    ]


def planned(words: Sequence[str]) -> list[Breakage]:
    """Return planned breakages; exits where one is of code that is no more."""
    table = chosen(words)
    if not table:
        raise SystemExit("mutate: there is no such breakage")
    stale = [each.name for each in table if each.found(ROOT) != 1]
    if stale:
        raise SystemExit("mutate: not once in the code: " + "; ".join(stale))
    return table


def drawn(count: int, seed: int) -> list[Change]:
    """Return some of all that the operators make, with the tests that run them."""
    if not nearby.NOTED.exists():
        nearby.note()
    return nearby.with_tests(sample(ROOT, count, seed))


def unnoticed(table: Sequence[Breakage | Change], at_once: int) -> list[str]:
    """Break the code in each of some ways; return the names of those that survive."""
    with TemporaryDirectory(prefix="mutate-") as top:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(at_once):
            folders.put(copy_to(Path(top) / str(number)))

        def survives(breakage: Breakage | Change) -> str | None:
            folder = folders.get()
            try:
                noticed = is_noticed(folder, breakage)
            finally:
                folders.put(folder)
            print("killed  " if noticed else "SURVIVED", breakage.name, flush=True)
            return None if noticed else breakage.name

        with ThreadPoolExecutor(at_once) as pool:
            return [name for name in pool.map(survives, table) if name]


def main(arguments: Sequence[str] | None = None) -> int:
    """Say of each breakage whether tests noticed it; returns 1 where one survived."""
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    parser.add_argument("words", nargs="*", help="only the breakages with such a word")
    parser.add_argument("--lanes", type=int, default=2, help="how many at a time")
    parser.add_argument("--drawn", type=int, help="so many drawn from all operators")
    parser.add_argument("--seed", type=int, default=1, help="for another draw")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    table: Sequence[Breakage | Change] = (
        drawn(given.drawn, given.seed) if given.drawn else planned(given.words)
    )
    survivors = unnoticed(table, max(given.lanes, 1))
    killed = len(table) - len(survivors)
    took = time.monotonic() - began
    print(f"{killed} of {len(table)} noticed, {killed / len(table):.0%}; {took:.0f} s")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
