"""Says which part of the code the inputs that a fuzzer kept have reached."""

from contextlib import suppress
from pathlib import Path
import sys

import coverage

PACKAGE = Path("custom_components/crestron_homeseer")
ROOMS = ("house", "crestron", "homeseer")


def main(name: str, corpus: Path) -> None:
    """Print the part of the lines and branches of each module that was reached."""
    measured = coverage.Coverage(
        data_file=None,
        branch=True,
        include=[str(PACKAGE / room / "*.py") for room in ROOMS],
    )
    with measured.collect():
        from .targets import TARGETS  # noqa: PLC0415 - its import counts as well

        for path in sorted(corpus.iterdir()):
            with suppress(Exception):  # what is wrong has been told already
                TARGETS[name].take(path.read_bytes())
    measured.report(show_missing=False, skip_empty=True, sort="-cover")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
