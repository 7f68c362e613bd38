"""What HomeKit makes of the entities, and what comes of its characteristics."""

from collections.abc import AsyncGenerator, Callable
from unittest.mock import patch

from homeassistant.components.homekit.accessories import (
    HomeAccessory,
    HomeDriver,
    get_accessory,
)
from homeassistant.components.homekit.iidmanager import AccessoryIIDStorage
from homeassistant.core import HomeAssistant
from pyhap.const import HAP_REPR_AID, HAP_REPR_CHARS, HAP_REPR_IID, HAP_REPR_VALUE
import pytest

from ..common import state
from .facts import Houses

ACCESSORIES = {
    "cover.kitchen_kitchen_shade": "WindowCovering",
    "cover.garage_garage_door": "GarageDoorOpener",
    "cover.garage_workshop_door": "GarageDoorOpener",
    "light.kitchen_downlights": "Light",
    "lock.hallway_front_door": "Lock",
    "climate.office_ctstat": "Thermostat",
    "fan.master_bedroom_ceiling_fan": "Fan",
    "scene.movie_night": "Switch",
    "switch.kitchen_coffee_maker": "Outlet",
    "alarm_control_panel.hallway_dsc_alarm_partition_1": "SecuritySystem",
    "binary_sensor.terrace_terrace_slider": "BinarySensor",
    "sensor.dining_room_dining_room_sensor_temperature": "TemperatureSensor",
    "media_player.theater": "ReceiverMediaPlayer",
}
SETTINGS = [
    (
        "cover.kitchen_kitchen_shade",
        "char_target_position",
        30,
        "Kitchen Shade: 100 % → 30 %",
    ),
    (
        "lock.hallway_front_door",
        "char_target_state",
        1,
        "Front Door: unlocked → locked",
    ),
    (
        "cover.garage_garage_door",
        "char_target_state",
        0,
        "Garage Door Opener: value 0 → value 255",
    ),
    (
        "climate.office_ctstat",
        "char_target_temp",
        # HomeKit speaks Celsius alone.
        22,
        "CTSTAT: heat 68.0 → heat 71.6",
    ),
    (
        "switch.kitchen_coffee_maker",
        "char_on",
        True,
        "Coffee Maker Outlet: value 0 → value 255",
    ),
]
type Make = Callable[[str], HomeAccessory]


@pytest.fixture
async def make(hass: HomeAssistant, both: Houses) -> AsyncGenerator[Make]:
    """Return what makes accessories; nothing is published to the network."""
    with (
        patch("pyhap.accessory_driver.AsyncZeroconf"),
        patch("pyhap.accessory_driver.AccessoryEncoder"),
        patch("pyhap.accessory_driver.HAPServer"),
        patch("pyhap.accessory_driver.AccessoryDriver.persist"),
    ):
        iids = AccessoryIIDStorage(hass, "an entry")
        await iids.async_initialize()
        driver = HomeDriver(
            hass,
            "an entry",
            "Bridge",
            "HomeKit",
            iids,
            address="127.0.0.1",
            loop=hass.loop,
            pincode=b"123-45-678",
        )

        def make(entity_id: str) -> HomeAccessory:
            config = {"name": entity_id}
            made = get_accessory(hass, driver, state(hass, entity_id), 1, config)
            assert made is not None
            return made

        yield make


async def test_the_accessories(make: Make) -> None:
    made = {entity_id: type(make(entity_id)).__name__ for entity_id in ACCESSORIES}
    assert made == ACCESSORIES


@pytest.mark.parametrize(("entity_id", "characteristic", "value", "fact"), SETTINGS)
async def test_a_characteristic_reaches_the_house(
    hass: HomeAssistant,
    make: Make,
    both: Houses,
    entity_id: str,
    characteristic: str,
    value: float,
    fact: str,
) -> None:
    accessory = make(entity_id)
    accessory.driver.add_accessory(accessory)
    accessory.run()
    await hass.async_block_till_done()
    one = {
        HAP_REPR_AID: accessory.aid,
        HAP_REPR_IID: getattr(accessory, characteristic).to_HAP()[HAP_REPR_IID],
        HAP_REPR_VALUE: value,
    }
    accessory.driver.set_characteristics({HAP_REPR_CHARS: [one]}, "a phone")
    await hass.async_block_till_done()
    assert both.later_wrong(fact) is None
    accessory.async_stop()
