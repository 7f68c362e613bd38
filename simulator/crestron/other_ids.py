"""Ids as they are on the wire after a new program: every one is another one than before.

The house keeps its ids. Both ways are the same, so an id from before the new program, which
is unknown now, comes back in an error as it was sent.
"""

from collections.abc import Sequence
from typing import Any

# A bit that no id of a house has.
BIT = 1 << 20
KEYS = ("id", "roomid")
LISTS = ("errordevices",)


def other(id: Any) -> Any:
    """Turn an id of the house into that of the wire, or back; 0 is no id."""
    if isinstance(id, str) and id.isdecimal():
        return str(other(int(id)))
    if isinstance(id, int) and not isinstance(id, bool) and id > 0:
        return id ^ BIT
    return id


def in_path(parts: Sequence[str]) -> list[str]:
    """Turn the id in a path, which is its first number."""
    at = next((at for at, part in enumerate(parts) if part.isdecimal()), len(parts))
    return [other(part) if at == place else part for place, part in enumerate(parts)]


def in_entry(entry: Any) -> Any:
    """Turn the ids of an object; what lies deeper has ids of its own."""
    if not isinstance(entry, dict):
        return entry
    return {
        key: other(value)
        if str(key).lower() in KEYS
        else [other(each) for each in value]
        if str(key).lower() in LISTS
        else value
        for key, value in entry.items()
    }


def in_body(body: Any) -> Any:
    """Turn the ids of a body: its own, and those of the objects in its lists."""
    if not isinstance(body, dict):
        return body
    return {
        key: [in_entry(each) for each in value] if isinstance(value, list) else value
        for key, value in in_entry(body).items()
    }
