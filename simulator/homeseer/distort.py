"""Answers that are not what they should be."""

from collections.abc import Callable
from itertools import cycle
from typing import Any

from simulator.faults import Faults
from simulator.lists import spoil

from .rendering import Json

LISTS = ("Devices", "Events", "refs", "ControlPairs")


def distort(faults: Faults, topic: str, body: Any, *, lacking: bool = False) -> Any:
    """Do to an answer what the faults that are on say; it may lack its devices anyway."""
    if not isinstance(body, dict):
        return body
    if lacking or faults.hit("no_devices", topic):
        body = {key: value for key, value in body.items() if key != "Devices"}
    for key in LISTS:
        if isinstance(body.get(key), list):
            body = spoil(faults, topic, body, key, wrong_types)
    for name, change in TEXT_FAULTS.items():
        if faults.hit(name, topic):
            body = _statuses(body, change)
    if faults.hit("nan_values", topic):
        body = _values(body)
    return body


def wrong_types(value: Any, turn: int, key: str = "") -> Any:
    """Give a value another type, or make it null; refs stay readable, as text."""
    match value:
        case dict():
            return {name: wrong_types(each, turn, name) for name, each in value.items()}
        case list():
            return [wrong_types(each, turn, key) for each in value]
        case bool():
            return str(value)
        case int() | float():
            if key.lower() != "ref" and turn % 3 == 2:
                return None
            return str(value)
        case str() if turn % 4 == 3:
            return None
        case _:
            return value


def as_html(status: str) -> str:
    """Dress up a text as some plug-ins do."""
    return f'<span style="color:red"><b>{status}</b></span>&nbsp;'


def as_mojibake(status: str) -> str:
    """Misread a text on its way."""
    return status.encode().decode("latin-1")


def with_comma(text: str) -> str:
    """Write decimals as half the world does."""
    return "".join(
        "," if each == "." and before.isdigit() and after.isdigit() else each
        for before, each, after in zip(f" {text}", text, f"{text} "[1:], strict=False)
    )


TEXT_FAULTS: dict[str, Callable[[str], str]] = {
    "html_status": as_html,
    "mojibake": as_mojibake,
    "comma_decimals": with_comma,
}


def _statuses(body: Json, change: Callable[[str], str]) -> Json:
    devices = body.get("Devices")
    if not isinstance(devices, list):
        return body
    return body | {
        "Devices": [
            entry | {"status": change(entry["status"])}
            if isinstance(entry, dict) and isinstance(entry.get("status"), str)
            else entry
            for entry in devices
        ]
    }


def _values(body: Json) -> Json:
    devices = body.get("Devices")
    if not isinstance(devices, list):
        return body
    odd = cycle((float("nan"), float("inf"), "NaN", float("-inf")))
    return body | {
        "Devices": [
            entry | {"value": next(odd)}
            if isinstance(entry, dict) and "value" in entry
            else entry
            for entry in devices
        ]
    }
