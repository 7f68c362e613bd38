"""One fuzzer in a process of its own: mutates what reached new code, and goes on."""

from pathlib import Path
import sys

import atheris

PACKAGE = "custom_components.crestron_homeseer"
ROOMS = [f"{PACKAGE}.{room}" for room in ("house", "crestron", "homeseer")]
_ONE_INPUT = 20
_MEGABYTES = 2048
_LONGEST = 65536

with atheris.instrument_imports(include=ROOMS):
    from .findings import Findings
    from .mutate import mutated_bytes
    from .targets import TARGETS


def main(name: str, seconds: int, seed: int, corpus: Path, findings: Path) -> None:
    """Fuzz a target; the process ends when the time is over."""
    target = TARGETS[name]
    kept = Findings(findings / name, seed)
    for number, body in enumerate(target.seeds()):
        (corpus / f"seed-{number:03}").write_bytes(body)

    def take(data: bytes) -> None:
        try:
            target.take(data)
        except Exception as err:  # noqa: BLE001 - any error is a finding
            kept.add(data, err)

    def mutate(data: bytes, size: int, turn: int) -> bytes:
        changed = None
        # Bytes are changed, too: an answer may be cut, or no JSON at all.
        if turn % 8:
            changed = mutated_bytes(data, size, turn)
        return atheris.Mutate(data, size) if changed is None else changed

    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={_ONE_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LONGEST}",
        "-len_control=0",
        f"-artifact_prefix={findings / name}-",
        str(corpus),
    ]
    more = {"custom_mutator": mutate} if target.tree else {}
    atheris.Setup([sys.argv[0], *options], take, **more)
    atheris.Fuzz()


if __name__ == "__main__":
    target_name, limit, first, corpus_folder, findings_folder = sys.argv[1:]
    main(
        target_name, int(limit), int(first), Path(corpus_folder), Path(findings_folder)
    )
