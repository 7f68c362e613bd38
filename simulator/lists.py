"""Lists in answers that are not what they should be."""

from collections.abc import Callable
from typing import Any

from .faults import Faults


def spoil(
    faults: Faults,
    path: str,
    body: dict[str, Any],
    key: str,
    wrong_types: Callable[[Any, int], Any],
) -> dict[str, Any]:
    """Do to a list of an answer what the faults that are on say."""
    if faults.hit("lists_missing", path):
        return {name: value for name, value in body.items() if name != key}
    entries = body[key]
    if faults.hit("lists_empty", path):
        entries = []
    if faults.hit("lists_halved", path):
        entries = entries[: len(entries) // 2]
    if faults.hit("duplicate_ids", path):
        entries = [*entries, *entries[:1]]
    if faults.hit("wrong_types", path):
        entries = [wrong_types(entry, turn) for turn, entry in enumerate(entries)]
    return body | {key: entries}
