"""How a processor counts the time of a fade shows where dimmers report levels on their way."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.fading import FadeUnit
from custom_components.crestron_homeseer.house.devices import Light

LIGHT = Light(id="light-1", name="Lamp", level=0.0, dimmable=True, fades=True)


def seen(at: float, level: float | None) -> dict[str, Light]:
    return {"light-1": Light(id="light-1", name="Lamp", level=level, dimmable=True)}


def fade(
    unit: FadeUnit, real: float, *, asked: float = 5.0, every: float = 1.0
) -> None:
    """Send a light up, and read it each second while it takes its time."""
    unit.sent(LIGHT, 1.0, asked)
    now = 0.0
    while now < 12:
        now += every
        unit.saw(seen(now, min(1.0, now / real)), now)


@pytest.mark.parametrize(
    ("real", "memory"),
    [
        (5.0, {"fade_unit": "milliseconds"}),
        (7.0, {"fade_unit": "milliseconds"}),
        (50.0, {"fade_unit": "hundredths"}),
        # Whoever jumps to its end, creeps, or goes by another way shows nothing.
        (0.5, {}),
        (1.0, {}),
        (17.0, {}),
        (5000.0, {}),
    ],
)
def test_two_fades_tell_how_time_is_counted(
    real: float, memory: dict[str, Any]
) -> None:
    unit = FadeUnit(found := {})
    fade(unit, real)
    assert found == {}
    fade(unit, real)
    assert found == memory


def test_fades_that_do_not_agree_tell_nothing() -> None:
    unit = FadeUnit(memory := {})
    for real in (5.0, 50.0, 5.0, 50.0):
        fade(unit, real)
    assert memory == {}


@pytest.mark.parametrize("asked", [None, 1.5])
def test_a_short_fade_tells_nothing(asked: float | None) -> None:
    unit = FadeUnit(memory := {})
    for _ in range(3):
        unit.sent(LIGHT, 1.0, asked)
        for tenth in range(1, 10):
            unit.saw(seen(tenth, tenth / 10), tenth)
    assert memory == {}


def test_another_command_and_a_light_that_is_gone_end_it() -> None:
    unit = FadeUnit(memory := {})
    for _ in range(2):
        unit.sent(LIGHT, 1.0, 5.0)
        unit.saw(seen(1, 0.2), 1)
        unit.saw({}, 2)
        unit.saw(seen(3, None), 3)
        unit.sent(LIGHT, 0.0, None)
        unit.saw(seen(4, 0.8), 4)
    unit.sent(None, 1.0, 5.0)
    assert memory == {}


@pytest.mark.parametrize(
    ("told", "memory", "count"),
    [
        (None, {}, 2500),
        (None, {"fade_unit": "hundredths"}, 250),
        (None, {"fade_unit": ["nonsense"]}, 2500),
        ("seconds", {"fade_unit": "hundredths"}, 2),
        ("nonsense", {}, 2500),
    ],
)
def test_what_somebody_said_goes_first(
    told: str | None, memory: dict[str, Any], count: int
) -> None:
    unit = FadeUnit(dict(memory), told)
    assert unit.counts(2.5) == count
