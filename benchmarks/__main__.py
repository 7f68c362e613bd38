"""Prints what was measured as a table: `scripts/bench [--features N]`."""

import argparse
import asyncio

from .homeseer import measure


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--features", type=int, default=2000)
    options = parser.parse_args()
    print(f"HomeSeer, {options.features} features")
    for row in asyncio.run(measure(options.features)):
        value = (
            f"{row.value:,.0f}"
            if float(row.value).is_integer()
            else f"{row.value:,.1f}"
        )
        print(f"  {row.what:<40}{value:>12} {row.unit}")


if __name__ == "__main__":
    main()
