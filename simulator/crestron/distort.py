"""Inventories that are not what they should be."""

from typing import Any

from simulator.faults import Faults
from simulator.lists import spoil

from .inventory import LIST_KEYS, Json

# What a client may take for one of a few words that it knows.
ENUMERATIONS = {
    "type",
    "subtype",
    "status",
    "presence",
    "door status",
    "battery level",
    "connectionstatus",
    "currentmode",
    "currentfanmode",
    "schedulerstate",
    "temperatureunits",
    "currentmutestate",
    "currentpowerstate",
    "currentstate",
}
UNHEARD_OF = "Wibble"


def distort(faults: Faults, path: str, kind: str, body: Json) -> Json:
    """Do to the answer of a list what the faults that are on say."""
    key = LIST_KEYS[kind]
    return spoil(faults, path, body, key, wrong_types)


def wrong_types(value: Any, turn: int, key: str = "") -> Any:
    """Give a value another type, or make it null; ids stay readable, as text."""
    match value:
        case dict():
            return {name: wrong_types(each, turn, name) for name, each in value.items()}
        case list():
            return [wrong_types(each, turn, key) for each in value]
        case bool():
            return str(value)
        case int() | float():
            if key.lower() not in ("id", "roomid") and turn % 3 == 2:
                return None
            return str(value)
        case str() if key.lower() in ENUMERATIONS:
            return None if turn % 3 == 1 else UNHEARD_OF
        case _:
            return value
