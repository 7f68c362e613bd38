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
        # Imported here, so that what runs at import counts as well.
        from .targets import TARGETS  # noqa: PLC0415

        for path in sorted(corpus.iterdir()):
            # What is wrong with an input has been told already.
            with suppress(Exception):
                TARGETS[name].take(path.read_bytes())
    measured.report(show_missing=False, skip_empty=True, sort="-cover")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
