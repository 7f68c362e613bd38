"""The demo's HomeSeer house, as far as it needs no Home Assistant."""

from collections.abc import AsyncGenerator

import pytest

from scripts.lib.demo.errors import DemoError
from scripts.lib.demo.homeseer import HomeSeerHouse
from scripts.lib.demo.homeseer_checks import Both
from scripts.lib.demo.homeseer_wire import System
from scripts.lib.demo.rest import HomeAssistant
from simulator.homeseer import HomeSeerSystem

from .conftest import PASSWORD, USER


@pytest.fixture
async def wire(system: HomeSeerSystem) -> AsyncGenerator[System]:
    wire = System(system.url(), USER, PASSWORD)
    yield wire
    await wire.close()


async def test_what_has_a_name(wire: System, system: HomeSeerSystem) -> None:
    dimmer = system.model.find("Kitchen Dimmer")
    assert await wire.find("Kitchen Dimmer") == dimmer.ref
    assert (await wire.feature(dimmer.ref))["value"] == dimmer.value
    root = await wire.find("Upstairs Thermostat")
    heating = await wire.find("Heating Setpoint", "Master Bedroom")
    assert system.model.by_ref(heating).root == root


@pytest.mark.parametrize("name", ["Vacation Mode", "No such thing"])
async def test_a_name_has_to_be_that_of_one(wire: System, name: str) -> None:
    with pytest.raises(DemoError, match="not one"):
        await wire.find(name)


async def test_one_value_after_the_other(wire: System, system: HomeSeerSystem) -> None:
    async with HomeAssistant("http://127.0.0.1:1") as home:
        both = Both(home, wire, system.model)
        look = await both.tells("Garage Door Opener", "open", 254, 255)
        door = system.model.find("Garage Door Opener")
        seen = []
        for value in (255, 0, 254, 253, 255):
            door.set(value)
            seen.append(await look())
        await both.by_hand("Garage Door Opener", 0, None)()
    # Open without having been opening does not count.
    assert seen == [None, None, None, None, "open"]
    assert door.value == 0


async def test_a_house_that_is_kept_is_where_it_was(socket_enabled: None) -> None:
    house = HomeSeerHouse()
    await house.start({})
    kept = house.keep()
    other = HomeSeerHouse()
    with pytest.raises(DemoError, match="--keep"):
        await other.start(kept)
    await house.stop()
    again = HomeSeerHouse()
    await again.start(kept)
    assert again.keep() == kept
    await again.stop()
