"""What Home Assistant's log says against our integration."""

from collections.abc import Iterator
import re

from .rest import DOMAIN

_START = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ (?P<level>[A-Z]+) ")
_BAD = {"WARNING", "ERROR", "CRITICAL"}
# The name as that of our module; folders of other things may bear it too.
_OURS = re.compile(rf"custom_components[./]{DOMAIN}|(?<![/\w]){DOMAIN}(?![/\w])")
# Said of every custom integration there is.
_USUAL = f"We found a custom integration {DOMAIN} which has not been tested"


def records(log: str) -> Iterator[tuple[str, str]]:
    """Yield level and text of each record; a traceback belongs to its record."""
    level, lines = "", list[str]()
    for line in log.splitlines():
        if match := _START.match(line):
            if lines:
                yield level, "\n".join(lines)
            level, lines = match["level"], []
        lines.append(line)
    if lines:
        yield level, "\n".join(lines)


def complaints(log: str) -> list[str]:
    """Return the warnings and errors that concern us."""
    return [
        text
        for level, text in records(log)
        if _OURS.search(text)
        and _USUAL not in text
        # A traceback that nobody logged stands behind whatever came before it.
        and (level in _BAD or "Traceback" in text)
    ]
