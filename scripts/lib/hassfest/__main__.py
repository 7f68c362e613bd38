"""Says what hassfest or HACS would complain about."""

from pathlib import Path
import sys

from .checks import Integration, complaints

ROOT = Path(__file__).parents[3]


def main() -> int:
    """Print each complaint."""
    found = [*complaints(Integration(ROOT, "crestron_homeseer"))]
    for complaint in found:
        print(complaint)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
