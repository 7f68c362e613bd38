"""`python -m simulator SYSTEM`: serve a house that behaves."""

import argparse
from collections.abc import Sequence
import sys

from .crestron import cli as crestron
from .homeseer import cli as homeseer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description=__doc__,
        epilog="`SYSTEM --help` tells its options, and all that can go wrong with it.",
    )
    systems = parser.add_subparsers(required=True, metavar="SYSTEM")
    crestron.add_parser(systems)
    homeseer.add_parser(systems)
    homeseer.add_cloud_parser(systems)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code


if __name__ == "__main__":
    sys.exit(main())
