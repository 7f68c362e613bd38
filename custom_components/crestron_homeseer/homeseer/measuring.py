"""What a number that is shown measures: by its type, its unit, and its words."""

from typing import Final

from ..house.kinds import SensorKind
from .clues import ENERGY, FEATURE, LEGACY_CLIMATE, ZWAVE_MEASURED, ZWAVE_METER, Clues
from .readings import BY_UNIT, KIND_UNITS
from .topics import MEASURED

_ENERGY_KINDS: Final = {
    1: SensorKind.POWER,
    2: SensorKind.CURRENT,
    3: SensorKind.VOLTAGE,
    4: SensorKind.ENERGY,
}
# What has no unit, or is understood without.
_UNITLESS: Final = frozenset(
    {
        SensorKind.ULTRAVIOLET,
        SensorKind.AIR_QUALITY,
        SensorKind.PH,
        SensorKind.POWER_FACTOR,
    }
)
_USUAL: Final = _UNITLESS | {SensorKind.HUMIDITY, SensorKind.TEMPERATURE}
# Kinds with the same words as the one before them, told apart by the unit.
_NEXT: Final = {
    SensorKind.VOC: SensorKind.VOC_PARTS,
    SensorKind.PRECIPITATION_INTENSITY: SensorKind.PRECIPITATION,
    SensorKind.PRECIPITATION: SensorKind.PRECIPITATION_INTENSITY,
    SensorKind.POWER: SensorKind.ENERGY,
    SensorKind.ENERGY: SensorKind.POWER,
}


def by_type(clues: Clues) -> SensorKind | None:
    """Return what a feature measures by its type; None where that does not tell."""
    api, kind, subtype = clues.typed
    if api == ENERGY:
        return _ENERGY_KINDS.get(kind)
    if (api, kind) == (FEATURE, ENERGY):
        return _ENERGY_KINDS.get(subtype)
    if api == LEGACY_CLIMATE and kind in {2, 10}:
        return SensorKind.HUMIDITY if subtype == 5 else SensorKind.TEMPERATURE
    if (api, kind) == (FEATURE, 16):
        if subtype == 5:
            return SensorKind.HUMIDITY
        return SensorKind.TEMPERATURE if subtype in {0, 1, 2} else None
    if clues.zwave in {ZWAVE_MEASURED, ZWAVE_METER}:
        return MEASURED.of(clues.feature.type_string)
    return None


def by_words(clues: Clues, unit: str | None) -> SensorKind | None:
    """Return what a feature's words say that it measures in a unit."""
    for text in (clues.own, clues.words):
        kind = MEASURED.of(text)
        for each in (kind, _NEXT.get(kind) if kind else None):
            if each is not None and fits(each, unit, _USUAL):
                return each
    return None


def fits(
    kind: SensorKind, unit: str | None, unitless: frozenset[SensorKind] = _UNITLESS
) -> bool:
    """Return whether a kind is measured in a unit; some need none."""
    if unit is None:
        return kind in unitless
    return unit in KIND_UNITS.get(kind, frozenset())


def kind_of(clues: Clues, unit: str | None) -> SensorKind:
    """Return what a number in a unit measures, as far as that is known."""
    typed = by_type(clues)
    if typed is not None and (unit is None or unit == "°" or fits(typed, unit)):
        return typed
    return (
        by_words(clues, unit) or (BY_UNIT.get(unit) if unit else None)
    ) or SensorKind.NUMBER
