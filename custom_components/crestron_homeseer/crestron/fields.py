"""Reads fields of a processor's answers; its firmware writes keys in several ways.

`authkey` stands where the manual has `AuthKey`, and `"door status"` where others
have `door_status`.
"""

from ..house.fields import Fields as AnyFields, integer, number, parse, plain

__all__ = ["FULL", "Fields", "integer", "number", "parse", "plain", "raw_level", "word"]

# The processor counts levels, positions and volumes from 0 to this.
FULL = 65535

# What each word of a two-state sensor says; any other says nothing.
_WORDS = {
    "occupied": True,
    "vacant": False,
    "openoron": True,
    "closeoroff": False,
    "open": True,
    "opened": True,
    "closed": False,
    "low": True,
    "normal": False,
    "muted": True,
    "unmuted": False,
    "on": True,
    "off": False,
}


class Fields(AnyFields):
    """A JSON object whose keys are compared by their letters alone."""

    __slots__ = ()

    def fraction(self, key: str) -> float | None:
        """Return a field that counts from 0 to 65535 as a fraction."""
        value = self.number(key)
        return None if value is None else min(max(value / FULL, 0.0), 1.0)


def raw_level(fraction: float) -> int:
    """Return a fraction as the processor counts it; a little is never nothing."""
    raw = round(min(max(fraction, 0.0), 1.0) * FULL)
    return 1 if raw == 0 and fraction > 0 else raw


def word(fields: Fields, key: str) -> bool | None:
    """Return what a word says, or None."""
    return _WORDS.get(plain(fields.text(key) or ""))
