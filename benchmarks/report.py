"""What was measured, as a table to print, as JSON, and as a page."""

from collections.abc import Iterable, Mapping, Sequence
import os
import platform
from typing import Any

from homeassistant.const import __version__ as home_assistant

from .const import VENDORS
from .rows import Row

PAGE = """\
# Performance

Written by `scripts/bench`, which measures the integration in a real Home Assistant core
over loopback sockets. The simulated house runs in a process of its own, answers at once,
and tells a change without delay: what is measured is our own part.

- **time on the loop** is processor time of the event loop's thread, less what the bare
  HTTP client takes for the same requests.
- **block** is how long the event loop was held by one callback, in processor time and
  without the interpreter's garbage collection, which has a line of its own. Home
  Assistant adds all entities that it is given in one such callback; "the same, plain
  entities" is what that takes for as many entities that do nothing. Ours come a few at
  a time. A collection looks at all that Home Assistant has in memory, whoever set it off.
- **naive** is a client that asks for each device by itself, parses every answer, and
  writes every state at every poll, in the same run in the largest house. It is measured
  on at most {naive} devices, and counted for all. **ratio** is how many times as much it takes.
  Its set-up also waits for the simulated processor, which makes a whole list for each
  device that is asked for: of the ratios, that one flatters us.
- **growth** is the slope of the cost over the number of devices, both as logarithms:
  1 is in proportion, 0 is not at all.
- **processors in one Home Assistant** run in a process of their own; idle is of its whole
  processor time, the HTTP client's and the kernel's included.
- A real processor takes some tens of milliseconds for each command; the simulated one
  takes none, so that one by one looks quick here. Commands are gathered for at least
  15 ms before they are sent; what the same device is asked for again within 200 ms,
  as by a finger on a slider, waits for that long.
- **memory** is what Python allocated between start and after set-up and some reads (by
  tracemalloc), less the same for plain entities of the same number, names, devices and
  attributes.

Measured on {machine}.

![Cost against number of devices](performance.svg)
"""


def machine() -> dict[str, str]:
    """Tell on what was measured."""
    return {
        "cores": str(os.cpu_count()),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "home_assistant": home_assistant,
    }


def _machine_text() -> str:
    facts = machine()
    return (
        f"{facts['cores']} cores ({facts['processor']}), Python {facts['python']},"
        f" Home Assistant {facts['home_assistant']}"
    )


def number(value: float | None) -> str:
    """Write a number as short as it says something."""
    if value is None:
        return ""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def cells(row: Row, sizes: Sequence[int]) -> list[str]:
    """Return the cells of a line."""
    target = row.target
    unit = f", {row.spec.unit}" if row.spec.unit else ""
    naive = row.naive[max(row.naive)] if row.naive else None
    wanted = ""
    if target is not None:
        at = f" at {target.size:,}"
        wanted = f"{'=' if target.exactly else '≤'} {number(target.most)}{at}"
    reached = {True: "yes", False: "NO", None: ""}[row.reached]
    ratio = "" if row.ratio is None else f"{number(row.ratio)}×"
    slope = "" if row.slope is None else f"{row.slope:.2f}"
    return [
        f"{row.spec.what}{unit}",
        *(number(row.ours.get(size)) for size in sizes),
        number(naive),
        ratio,
        slope,
        wanted,
        reached,
    ]


def head(sizes: Sequence[int]) -> list[str]:
    """Return the titles of the columns."""
    sized = [f"{size:,}" for size in sizes]
    return ["", *sized, "naive", "ratio", "growth", "target", "reached"]


def table(rows: Iterable[Row], sizes: Sequence[int]) -> str:
    """Return all lines as text in columns."""
    lines = [head(sizes)]
    vendor = ""
    for row in rows:
        if row.vendor != vendor:
            vendor = row.vendor
            lines.append([VENDORS[vendor], *[""] * (len(sizes) + 5)])
        lines.append(cells(row, sizes))
    return in_columns(lines)


def in_columns(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells as text, the first cell of each to the left."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def page(rows: Sequence[Row], sizes: Sequence[int], naive: int) -> str:
    """Return the page of the documentation."""
    parts = [PAGE.format(machine=_machine_text(), naive=naive)]
    for vendor, name in VENDORS.items():
        lines = [cells(row, sizes) for row in rows if row.vendor == vendor]
        if lines:
            parts.append(f"\n## {name}\n\n{markdown([head(sizes), *lines])}\n")
    return "".join(parts)


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """Return a table of the documentation; its first line has the titles."""
    titles, *others = lines
    ruler = ["---", *["--:"] * (len(titles) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in [titles, ruler, *others])


def as_json(rows: Iterable[Row], notes: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything, for machines."""
    return {
        "machine": machine(),
        "rows": [
            {
                "vendor": row.vendor,
                "key": row.spec.key,
                "what": row.spec.what,
                "unit": row.spec.unit,
                "ours": row.ours,
                "naive": row.naive,
                "slope": row.slope,
                "target": None if row.target is None else row.target.most,
                "reached": row.reached,
            }
            for row in rows
        ],
        "longest_blocks": notes,
    }
