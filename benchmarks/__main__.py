"""Measures, and prints a table: `scripts/bench --sizes 10,100 --json FILE --plot`."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import asdict
import json
import logging
from pathlib import Path
import sys

from . import answers, crestron, homeseer, many
from .common import NAIVE_MOST, memory, naive
from .const import CRESTRON, HOMESEER, VENDORS
from .far import serving
from .plot import lines_of, svg
from .report import as_json, in_columns, page, table
from .rows import Measured, Row, rows_of

DOCS = Path(__file__).parents[1] / "docs"
SIZES = "10,100,1000,5000"
# Many processors are measured beside a large house.
MANY_FROM = 5000
MEASURES = {CRESTRON: crestron.measure, HOMESEER: homeseer.measure}


def _sizes(text: str) -> list[int]:
    sizes = sorted({int(each) for each in text.split(",")})
    if sizes[0] < 10:
        raise argparse.ArgumentTypeError("a house has 10 devices at least")
    return sizes


async def measure(
    vendor: str, size: int, notes: dict[str, dict[str, str]]
) -> tuple[int, Measured, Measured]:
    """Measure one vendor's house of one size, in three Home Assistants."""
    print(f"{VENDORS[vendor]}, {size:,} devices …", file=sys.stderr, flush=True)
    held = notes.setdefault(f"{vendor} {size}", {})
    async with serving(vendor, size) as far:
        ours = await MEASURES[vendor](far, size, held)
    async with serving(vendor, size) as far:
        ours |= await memory(far, size)
        others = await naive(far, size)
    if vendor == CRESTRON and size >= MANY_FROM:
        ours |= await many.measure_alone()
    return size, ours, others


async def _measure_all(
    vendors: Sequence[str], sizes: Sequence[int], notes: dict[str, dict[str, str]]
) -> list[Row]:
    rows: list[Row] = []
    for vendor in vendors:
        # What is imported by the first set-up is not to be measured.
        async with serving(vendor, 100) as far, crestron.home() as hass:
            await crestron.measured_set_up(hass, far, {})
        results = [await measure(vendor, size, notes) for size in sizes]
        rows += rows_of(vendor, results)
    return rows


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,N,…")
    parser.add_argument("--vendor", choices=tuple(VENDORS), action="append")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers")
    parser.add_argument(
        "--plot", action="store_true", help="write docs/performance.md, with a plot"
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    notes: dict[str, dict[str, str]] = {}
    vendors = options.vendor or list(VENDORS)
    rows = asyncio.run(_measure_all(vendors, options.sizes, notes))
    print(table(rows, options.sizes))
    slow: list[answers.Answers] = []
    if CRESTRON in vendors:
        print(f"{VENDORS[CRESTRON]}, slow answers …", file=sys.stderr, flush=True)
        slow = asyncio.run(answers.measure())
        print(in_columns([list(answers.TITLES), *(each.cells() for each in slow)]))
    if options.json is not None:
        text = json.dumps(
            as_json(rows, notes) | {"answers": [asdict(each) for each in slow]},
            indent=1,
        )
        options.json.write_text(f"{text}\n", encoding="utf-8")
    if options.plot:
        text = page(rows, options.sizes, NAIVE_MOST) + answers.section(slow)
        (DOCS / "performance.md").write_text(text, encoding="utf-8")
        drawing = svg(lines_of(rows, VENDORS))
        (DOCS / "performance.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
