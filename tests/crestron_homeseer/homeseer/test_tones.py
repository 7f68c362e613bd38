"""Tones of white beside a dimmer."""

import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import SetWhite
from custom_components.crestron_homeseer.house.controls import Number
from custom_components.crestron_homeseer.house.devices import Light

from .raw import DIMMER, Raw, asked, feature, pair, take


def lamp(name: str, value: float, tone: Raw) -> Inventory:
    """Return a system with a dimmer that has another slider beside it."""
    features = [
        feature(1, "Bulb", kind=(512, 3, 0), children=(2, 3)),
        feature(2, "Level", value=50, root=1),
        feature(3, name, value=value, root=1),
    ]
    return take(features, {2: DIMMER, 3: [tone]})


def span(low: float, high: float, suffix: str = "") -> Raw:
    return pair("(value)", span=(low, high), RangeStatusSuffix=suffix)


@pytest.mark.parametrize(
    ("name", "value", "tone", "ends", "white", "wanted", "sent"),
    [
        ("Slider", 2700, span(2200, 6500, " K"), (2200, 6500), 2700, 4000, 4000),
        ("Farbtemperatur", 9, span(2000, 6500), (2000, 6500), None, 9000, 6500),
        ("Color Temperature", 250, span(153, 500), (2000, 6536), 4000, 5000, 200),
        ("Tone", 400, span(153, 500, " mired"), (2000, 6536), 2500, 2000, 500),
    ],
)
def test_a_tone_of_white_is_part_of_the_light(
    name: str,
    value: float,
    tone: Raw,
    ends: tuple[int, int],
    white: int | None,
    wanted: int,
    sent: float,
) -> None:
    inventory = lamp(name, value, tone)
    (device,) = inventory.devices.values()
    assert isinstance(device, Light)
    assert (device.whites, device.white, device.dimmable) == (ends, white, True)
    assert asked(inventory, SetWhite(device_id=device.id, white=wanted)) == [(3, sent)]


@pytest.mark.parametrize(
    ("name", "tone"),
    [
        ("Color Temperature", span(0, 100, "%")),
        ("Ramp Rate", span(2000, 6500)),
        ("Color Temperature", span(0, 255)),
    ],
)
def test_what_is_no_tone_for_sure_stays_a_number(name: str, tone: Raw) -> None:
    devices = lamp(name, 50, tone).devices.values()
    assert {type(device) for device in devices} == {Light, Number}
