"""What an entry's options say about what things are, and which are wanted."""

from collections.abc import Mapping
from typing import Any

from .const import CONF_CLOSING, CONF_DOORS, CONF_LEFT_OUT, CONF_OVERRIDES
from .house.adjusted import Adjustments
from .house.exclusions import Exclusions
from .house.loads import RELAYS, LoadKind

CONF_KINDS = "kinds"
CONF_NAMES = "names"
CONF_ROOMS = "rooms"

_REF = "ref-"
_PAIR = 2
_OF_ANY = {*RELAYS, LoadKind.IGNORE}


def id_of(part: str) -> str:
    """Return the id of what the owner said something of; HomeSeer's is by its ref."""
    return f"{_REF}{part}" if part.isdecimal() else part


def part_of(key: str) -> str:
    """Return by what the owner's word on a device is kept, as `id_of` reads it."""
    return key.removeprefix(_REF)


def read_adjustments(options: Mapping[str, Any]) -> Adjustments:
    """Return what is wanted, as far as it can be used."""
    kinds = {
        id_of(part): kind
        for part, kind in _texts_by_text(options.get(CONF_OVERRIDES))
        # What else is said of a ref is for HomeSeer itself to know.
        if kind in _OF_ANY or (kind in set(LoadKind) and not part.isdecimal())
    }
    closing = {
        id_of(part): id_of(other)
        for part, other in _texts_by_text(options.get(CONF_CLOSING))
    }
    doors = tuple(
        (sensor, lock)
        for pair in _list(options.get(CONF_DOORS))
        if len(both := _texts(pair)) == _PAIR
        for sensor, lock in [both]
    )
    left_out = read_left_out(options.get(CONF_LEFT_OUT))
    return Adjustments(kinds=kinds, closing=closing, doors=doors, exclusions=left_out)


def read_left_out(stored: object) -> Exclusions:
    """Return what is left out, as far as it can be used."""
    left = stored if isinstance(stored, Mapping) else {}
    rooms, kinds, names = (
        _texts(left.get(key)) for key in (CONF_ROOMS, CONF_KINDS, CONF_NAMES)
    )
    return Exclusions(frozenset(rooms), frozenset(kinds), tuple(names))


def _list(stored: object) -> list[Any]:
    return stored if isinstance(stored, list) else []


def _texts(stored: object) -> list[str]:
    return [each for each in _list(stored) if isinstance(each, str)]


def _texts_by_text(stored: object) -> list[tuple[str, str]]:
    pairs = stored.items() if isinstance(stored, Mapping) else ()
    return [(str(key), each) for key, each in pairs if isinstance(each, str)]
