"""Whether what Home Assistant shows is what is expected of it."""

import re
from typing import Any

from homeassistant.components.sensor.const import UNIT_CONVERTERS
from homeassistant.core import HomeAssistant, State
from homeassistant.util.unit_conversion import TemperatureConverter

type Item = dict[str, Any]

NOT_KNOWN = {"unknown", "unavailable"}
# Brightness is a byte, and levels are percents.
BRIGHTNESS_TOLERANCE = 3


def number(text: object) -> float | None:
    """Return a number, also one in a text."""
    try:
        return None if isinstance(text, bool) else float(str(text))
    except ValueError:
        return None


def convert(value: float, unit: str | None, other: str | None) -> float | None:
    """Return a value in another unit; None where there is no way to it."""
    if unit == other:
        return value
    converters: list[Any] = [TemperatureConverter, *UNIT_CONVERTERS.values()]
    for converter in converters:
        if {unit, other} <= set(converter.VALID_UNITS):
            converted: float = converter.convert(value, unit, other)
            return converted
    return None


def same(got: Any, want: Any, unit: str | None, tolerance: float | None = None) -> bool:
    """Return whether something is as it is wanted."""
    match want:
        case {"value": value, "unit": other}:
            shown = number(got)
            found = None if shown is None else convert(shown, unit, other)
            within: float = want.get("tolerance", 0.3)
            return found is not None and bool(abs(found - value) <= within)
        case {"not": unwanted}:
            return not same(got, unwanted, unit, tolerance)
        case list() if isinstance(got, list | tuple | set):
            given = [str(each).lower() for each in got]
            return all(str(each).lower() in given for each in want)
        case list():
            return any(same(got, each, unit, tolerance) for each in want)
        case bool() | None:
            return bool(got == want)
        case int() | float():
            near = tolerance or max(0.011, abs(want) * 0.003)
            shown = number(got)
            return shown is not None and abs(shown - want) <= near
    return " ".join(str(got).split()).lower() == " ".join(str(want).split()).lower()


def _by_domain(wanted: Any, domain: str, known: set[str]) -> Any:
    """Return what is wanted of one platform, where that is said for each."""
    if isinstance(wanted, dict) and not wanted.keys() & known:
        return wanted.get(domain)
    return wanted


def is_as(hass: HomeAssistant, item: Item, state: State, before: State | None) -> bool:
    """Return whether an entity shows what is expected of it."""
    unit = state.attributes.get("unit_of_measurement")
    want = _by_domain(item.get("state"), state.domain, {"value", "not"})
    if want == "changed":
        return before is not None and before.state != state.state
    if want is not None and "unit" in item and number(want) is not None:
        near = item.get("tolerance", max(0.06, abs(want) * 0.003))
        want = {"value": want, "unit": item["unit"], "tolerance": near}
    if want is not None and not same(state.state, want, unit):
        return False
    wanted = item.get("attributes", {})
    if isinstance(wanted.get(state.domain), dict):
        wanted = wanted[state.domain]
    degrees = str(hass.config.units.temperature_unit)
    return all(
        same(
            state.attributes.get(key),
            value,
            degrees,
            BRIGHTNESS_TOLERANCE if key == "brightness" else None,
        )
        for key, value in wanted.items()
        if not re.fullmatch("sensor|binary_sensor|light|climate|media_player", key)
    )


def _fits(
    told: list[tuple[int, float, str | None]], wanted: list[Any], near: float
) -> bool:
    left = list(told)
    for ref, value, *text in wanted:
        hit = next(
            (
                each
                for each in left
                if each[0] == ref
                and (value is None or abs(each[1] - value) <= near)
                and (not text or (each[2] or "").lower().lstrip("#") == text[0].lower())
            ),
            None,
        )
        if hit is None:
            return False
        left.remove(hit)
    return not left


def was_told(told: list[tuple[int, float, str | None]], item: Item) -> bool:
    """Return whether HomeSeer was told what it was to be told, and nothing else."""
    sent = item["sent"]
    choices = sent if sent and isinstance(sent[0][0], list) else [sent]
    return any(_fits(told, each, item.get("tolerance", 0.01)) for each in choices)
