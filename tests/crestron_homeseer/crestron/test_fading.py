"""How a processor counts the time of a fade shows where dimmers report levels on their way."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.fading import FadeUnit
from custom_components.crestron_homeseer.house.devices import Device, Light

LIGHT = Light(id="light-1", name="Lamp", level=0.0, dimmable=True, fades=True)
MS, CS = {"fade_unit": "milliseconds"}, {"fade_unit": "hundredths"}

# When a light was read, at which level; a light that is gone has None for it.
type Readings = list[tuple[float, float | None]]


def reads(seconds: float, every: float = 1.0) -> Readings:
    """Return readings of a light that takes so many seconds to come on."""
    return [(n * every, min(1.0, n * every / seconds)) for n in range(13)]


def fade(
    unit: FadeUnit, readings: Readings, asked: float | None = 5.0, target: float = 1.0
) -> None:
    """Send a light to a level, and take readings of it."""
    unit.sent(replace(LIGHT, level=1.0 - target), target, asked)
    for now, level in readings:
        shown = level if level is None or target else 1.0 - level
        unit.saw({LIGHT.id: replace(LIGHT, level=shown)}, now)


@pytest.mark.parametrize(
    ("fades", "memory"),
    [
        ([reads(5), reads(5)], MS),
        ([reads(50), reads(50)], CS),
        ([reads(17), reads(5), reads(5)], MS),
        # One alone, and others in turn.
        ([reads(5), reads(17), reads(5)], {}),
        # Lights that jump, creep, go another way, come back or stay.
        ([reads(0.5), reads(0.5)], {}),
        ([reads(17), reads(17)], {}),
        ([reads(-5), reads(-5)], {}),
        # Readings that are near each other, and one that comes later.
        ([[(1, 0.2), (1.7, 0.34)]] * 2, {}),
        ([[(1, 0.2), (1.7, 0.34), (2, 0.4)]] * 2, MS),
        ([[(1, 0.01), (10, 0.2), (11, 0.4)]] * 2, MS),
        # Lights that are gone on the way.
        ([[(1, 0.2), (2, None), (3, 0.6)]] * 2, {}),
    ],
)
@pytest.mark.parametrize("target", [1.0, 0.0])
def test_two_fades_that_agree_decide(
    fades: list[Readings], memory: dict[str, Any], target: float
) -> None:
    found: dict[str, Any] = {}
    unit = FadeUnit(found)
    for readings in fades:
        fade(unit, readings, target=target)
    assert found == memory


@pytest.mark.parametrize(
    ("light", "level", "memory"),
    [
        # Another command ends a fade; what is no light's does not.
        (LIGHT, 0.0, {}),
        (replace(LIGHT, level=None), 0.5, {}),
        (None, 0.0, MS),
        (replace(LIGHT, id="light-2"), 0.0, MS),
    ],
)
def test_another_command_on_the_way_ends_a_fade(
    light: Device | None, level: float, memory: dict[str, Any]
) -> None:
    found: dict[str, Any] = {}
    unit = FadeUnit(found)
    for _ in range(2):
        fade(unit, [(1, 0.2)])
        unit.sent(light, level, 5.0)
        unit.saw({LIGHT.id: replace(LIGHT, level=0.4)}, 2)
        unit.saw({LIGHT.id: replace(LIGHT, level=0.6)}, 3)
    assert found == memory


def test_a_short_fade_decides_nothing() -> None:
    found: dict[str, Any] = {}
    unit = FadeUnit(found)
    for asked in (None, None, 1.9, 1.9):
        fade(unit, reads(2, every=0.9), asked)
    assert found == {}
    for _ in range(2):
        fade(unit, reads(2, every=0.9), 2.0)
    assert found == MS


def test_lights_that_fade_at_once_decide_together() -> None:
    found: dict[str, Any] = {}
    unit = FadeUnit(found)
    # What comes after a decision does not change it.
    lights = {replace(LIGHT, id=f"light-{n}"): n for n in (50, 51, 5, 6)}
    for light in lights:
        unit.sent(light, 1.0, 5.0)
    for now in (0, 1, 3):
        seen = [replace(each, level=0.1 + now / lights[each]) for each in lights]
        unit.saw({each.id: each for each in seen}, now)
    assert found == CS


@pytest.mark.parametrize(
    ("chosen", "memory", "count", "later"),
    [
        (None, {}, 2500, MS),
        (None, CS, 250, CS),
        ("seconds", CS, 2, CS),
        ("nonsense", {}, 2500, MS),
    ],
)
def test_a_unit_that_was_chosen_or_found_is_kept(
    chosen: str | None, memory: dict[str, Any], count: int, later: dict[str, Any]
) -> None:
    unit = FadeUnit(found := dict(memory), chosen)
    assert unit.counts(2.5) == count
    for _ in range(2):
        # So many counts in five seconds would be milliseconds.
        fade(unit, reads(5), 5000 * 2.5 / count)
    assert found == later
