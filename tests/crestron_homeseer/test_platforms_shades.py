"""Shades and locks of a processor."""

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest
import voluptuous as vol

from simulator.crestron import CrestronProcessor
from simulator.house import House, Lock, Shade

from .common import Advance, act, posts, state

pytestmark = pytest.mark.usefixtures("loaded")

SHADE = "cover.kitchen_kitchen_shade"
LOCK = "lock.hallway_front_door"


# Shades


async def test_a_shade_goes_where_it_is_sent(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "cover", "set_cover_position", SHADE, position=40)
    assert state(hass, SHADE).state == "closing"
    await advance(30)
    assert state(hass, SHADE).state == "open"
    assert state(hass, SHADE).attributes["current_position"] == 40
    await act(hass, "cover", "open_cover", SHADE)
    assert state(hass, SHADE).state == "opening"
    await advance(30)
    assert state(hass, SHADE).attributes["current_position"] == 100
    assert house.find("Kitchen Shade", Shade).position == 1.0


async def test_a_shade_stops_where_it_is(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "cover", "close_cover", SHADE)
    await advance(8)
    await act(hass, "cover", "stop_cover", SHADE)
    await advance(12)
    stopped = state(hass, SHADE)
    assert stopped.state == "open"
    assert 30 < stopped.attributes["current_position"] < 90
    before = house.find("Kitchen Shade", Shade).position
    await advance(10)
    assert house.find("Kitchen Shade", Shade).position == before


@pytest.mark.parametrize(
    ("position", "shown", "closed"),
    [(0.0, 0, "closed"), (0.002, 1, "open"), (0.998, 99, "open"), (1.0, 100, "open")],
)
async def test_only_the_exact_ends_are_shown_as_ends(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    position: float,
    shown: int,
    closed: str,
) -> None:
    house.find("Kitchen Shade", Shade).position = position
    await advance(12)
    assert state(hass, SHADE).state == closed
    assert state(hass, SHADE).attributes["current_position"] == shown


async def test_shades_and_curtains_are_told_apart(hass: HomeAssistant) -> None:
    classes = {
        item.name: item.attributes["device_class"]
        for item in hass.states.async_all("cover")
    }
    assert classes["Sheers"] == "curtain"
    assert classes["All Living Shades"] == "shade"
    assert classes["Kitchen Shade"] == "shade"


async def test_a_position_out_of_range_is_refused_and_nothing_is_sent(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    for value in (-1, 101):
        with pytest.raises(vol.Invalid):
            await act(hass, "cover", "set_cover_position", SHADE, position=value)
    assert posts(processor.requests) == []


async def test_an_offline_shade_is_unavailable(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Kitchen Shade", Shade).online = False
    await advance(7)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    # What the processor does not say is no reason to hide a device.
    house.find("Kitchen Shade", Shade).online = None
    await advance(7)
    assert state(hass, SHADE).state == "open"


# Locks


@pytest.mark.parametrize(
    ("action", "under_way", "after"),
    [("unlock", "unlocking", "unlocked"), ("lock", "locked", "locked")],
)
async def test_a_lock_is_shown_under_way_until_it_is_confirmed(
    hass: HomeAssistant, advance: Advance, action: str, under_way: str, after: str
) -> None:
    await act(hass, "lock", action, LOCK)
    assert state(hass, LOCK).state == under_way
    await advance(8)
    assert state(hass, LOCK).state == after


async def test_a_jammed_lock_ends_with_the_hubs_word(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Front Door", Lock).jam()
    await act(hass, "lock", "unlock", LOCK)
    assert state(hass, LOCK).state == "unlocking"
    await advance(20)
    assert state(hass, LOCK).state == "locked"


async def test_a_lock_without_a_status_is_unknown(hass: HomeAssistant) -> None:
    assert state(hass, "lock.terrace_terrace_door").state == STATE_UNKNOWN
