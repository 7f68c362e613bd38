"""What Alexa discovers, and what comes of its directives."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.components.alexa.smart_home import AlexaConfig, async_handle_message
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entityfilter import FILTER_SCHEMA
import pytest

from .facts import Houses

DISCOVERED = {
    "cover#kitchen_kitchen_shade": (
        "INTERIOR_BLIND",
        {"RangeController", "PowerController", "PlaybackController"},
    ),
    "cover#garage_garage_door": ("GARAGE_DOOR", {"ModeController"}),
    "light#kitchen_downlights": ("LIGHT", {"PowerController", "BrightnessController"}),
    "light#living_room_bookshelf_light": (
        "LIGHT",
        {"PowerController", "BrightnessController", "ColorController"},
    ),
    "lock#hallway_front_door": ("SMARTLOCK", {"LockController"}),
    "climate#office_ctstat": (
        "THERMOSTAT",
        {"PowerController", "ThermostatController", "TemperatureSensor"},
    ),
    "fan#master_bedroom_ceiling_fan": ("FAN", {"PowerController", "RangeController"}),
    "scene#movie_night": ("SCENE_TRIGGER", {"SceneController"}),
    "switch#kitchen_coffee_maker": ("SMARTPLUG", {"PowerController", "ContactSensor"}),
    "binary_sensor#terrace_terrace_slider": ("CONTACT_SENSOR", {"ContactSensor"}),
    "binary_sensor#hallway_hallway_motion": ("MOTION_SENSOR", {"MotionSensor"}),
    "sensor#dining_room_dining_room_sensor_temperature": (
        "TEMPERATURE_SENSOR",
        {"TemperatureSensor"},
    ),
    "media_player#theater": ("TV", {"PowerController", "Speaker"}),
}
EVERYWHERE = {"Alexa", "EndpointHealth"}
DIRECTIVES = [
    (
        "cover#kitchen_kitchen_shade",
        ("RangeController", "SetRangeValue", "cover.position"),
        {"rangeValue": 30},
        "Kitchen Shade: 100 % → 30 %",
    ),
    (
        "light#dining_room_chandelier",
        ("BrightnessController", "SetBrightness", None),
        {"brightness": 20},
        "Chandelier: 60 % → 20 %",
    ),
    (
        "switch#kitchen_coffee_maker",
        ("PowerController", "TurnOn", None),
        {},
        "Coffee Maker Outlet: value 0 → value 255",
    ),
    (
        "lock#hallway_front_door",
        ("LockController", "Lock", None),
        {},
        "Front Door: unlocked → locked",
    ),
    (
        "scene#movie_night",
        ("SceneController", "Activate", None),
        {},
        "Theater Blackout: 100 % → 0 %",
    ),
    (
        "climate#office_ctstat",
        ("ThermostatController", "SetTargetTemperature", None),
        {"targetSetpoint": {"value": 72.0, "scale": "FAHRENHEIT"}},
        "CTSTAT: heat 68.0 → heat 72.0",
    ),
    (
        "cover#garage_garage_door",
        ("ModeController", "SetMode", "cover.position"),
        {"mode": "position.open"},
        "Garage Door Opener: value 0 → value 255",
    ),
]
type Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def ask(hass: HomeAssistant, both: Houses) -> Ask:
    """Send what Alexa sends."""
    every = FILTER_SCHEMA({})
    config = AlexaConfig(hass, {"endpoint": None, "locale": "en-US", "filter": every})
    await config.async_initialize()

    async def ask(header: dict[str, Any], **directive: Any) -> Any:
        header = {"messageId": "1", "payloadVersion": "3", **header}
        request = {"directive": {"header": header, "payload": {}, **directive}}
        return (await async_handle_message(hass, config, request))["event"]

    return ask


async def test_what_is_discovered(ask: Ask) -> None:
    event = await ask({"namespace": "Alexa.Discovery", "name": "Discover"})
    endpoints = {each["endpointId"]: each for each in event["payload"]["endpoints"]}
    discovered = {
        endpoint_id: (
            endpoints[endpoint_id]["displayCategories"][0],
            {
                each["interface"].removeprefix("Alexa.")
                for each in endpoints[endpoint_id]["capabilities"]
            }
            - EVERYWHERE,
        )
        for endpoint_id in DISCOVERED
    }
    assert discovered == DISCOVERED
    assert endpoints["scene#movie_night"]["friendlyName"] == "Movie Night"


@pytest.mark.parametrize(("endpoint_id", "what", "payload", "fact"), DIRECTIVES)
async def test_a_directive_reaches_the_house(
    hass: HomeAssistant,
    ask: Ask,
    both: Houses,
    endpoint_id: str,
    what: tuple[str, str, str | None],
    payload: dict[str, Any],
    fact: str,
) -> None:
    interface, name, instance = what
    header = {"namespace": f"Alexa.{interface}", "name": name}
    if instance:
        header["instance"] = instance
    event = await ask(header, endpoint={"endpointId": endpoint_id}, payload=payload)
    assert event["header"]["name"] in ("Response", "ActivationStarted"), event
    # Alexa is answered before it is done.
    await hass.async_block_till_done()
    assert both.later_wrong(fact) is None
