"""What Google, Alexa, HomeKit and language models are offered, and what they bring about."""

import json
from typing import Any

from homeassistant.core import HomeAssistant
from pyhap.const import HAP_REPR_AID, HAP_REPR_CHARS, HAP_REPR_IID, HAP_REPR_VALUE
import pytest

from ..conftest import TOKEN
from .conftest import Ask, Make
from .facts import Houses

SHADE, DOOR = "cover.kitchen_kitchen_shade", "lock.hallway_front_door"
GARAGE, WORKSHOP = "cover.garage_garage_door", "cover.garage_workshop_door"
CHANDELIER, OUTLET = "light.dining_room_chandelier", "switch.kitchen_coffee_maker"
HEATING, MOVIE = "climate.office_ctstat", "scene.movie_night"
ALARM = "alarm_control_panel.hallway_dsc_alarm_partition_1"
# What an entity is to Google, to Alexa (with what can be done) and to HomeKit.
OFFERED: dict[str, tuple[str, str, str]] = {
    SHADE: (
        "BLINDS OpenClose StartStop",
        "INTERIOR_BLIND PlaybackController PowerController RangeController",
        "WindowCovering",
    ),
    "cover.master_bedroom_master_bedroom_drapes": (
        "CURTAIN OpenClose StartStop",
        "INTERIOR_BLIND PlaybackController PowerController RangeController",
        "WindowCovering",
    ),
    GARAGE: ("GARAGE OpenClose", "GARAGE_DOOR ModeController", "GarageDoorOpener"),
    WORKSHOP: ("GARAGE OpenClose", "GARAGE_DOOR ModeController", "GarageDoorOpener"),
    "light.kitchen_downlights": (
        "LIGHT Brightness OnOff",
        "LIGHT BrightnessController PowerController",
        "Light",
    ),
    "light.garage_garage_lights": ("LIGHT OnOff", "LIGHT PowerController", "Light"),
    "light.living_room_bookshelf_light": (
        "LIGHT Brightness ColorSetting OnOff",
        "LIGHT BrightnessController ColorController PowerController",
        "Light",
    ),
    DOOR: ("LOCK LockUnlock", "SMARTLOCK LockController", "Lock"),
    HEATING: (
        "THERMOSTAT OnOff TemperatureSetting",
        "THERMOSTAT PowerController TemperatureSensor ThermostatController",
        "Thermostat",
    ),
    "fan.master_bedroom_ceiling_fan": (
        "FAN FanSpeed OnOff",
        "FAN PowerController RangeController",
        "Fan",
    ),
    MOVIE: ("SCENE Scene", "SCENE_TRIGGER SceneController", "Switch"),
    OUTLET: ("OUTLET OnOff", "SMARTPLUG ContactSensor PowerController", "Outlet"),
    ALARM: (
        "SECURITYSYSTEM ArmDisarm",
        "SECURITY_PANEL SecurityPanelController",
        "SecuritySystem",
    ),
    "binary_sensor.terrace_terrace_slider": (
        "DOOR OpenClose",
        "CONTACT_SENSOR ContactSensor",
        "BinarySensor",
    ),
    "sensor.dining_room_dining_room_sensor_temperature": (
        "SENSOR TemperatureControl",
        "TEMPERATURE_SENSOR TemperatureSensor",
        "TemperatureSensor",
    ),
    "media_player.theater": (
        "AUDIO_VIDEO_RECEIVER InputSelector MediaState OnOff Volume",
        "TV PowerController Speaker",
        "ReceiverMediaPlayer",
    ),
}
# What comes of what each of them says to one entity; HomeKit speaks Celsius alone.
COMMANDS: list[tuple[str, str, dict[str, tuple[str, Any]]]] = [
    (
        SHADE,
        "Kitchen Shade: 100 % → 30 %",
        {
            "google": ("OpenClose", {"openPercent": 30}),
            "alexa": (
                "RangeController.SetRangeValue.cover.position",
                {"rangeValue": 30},
            ),
            "homekit": ("char_target_position", 30),
            "model": (
                "intent__HassSetPosition",
                {"name": "Kitchen Shade", "position": 30},
            ),
        },
    ),
    (
        CHANDELIER,
        "Chandelier: 60 % → 20 %",
        {
            "google": ("BrightnessAbsolute", {"brightness": 20}),
            "alexa": ("BrightnessController.SetBrightness", {"brightness": 20}),
        },
    ),
    (
        DOOR,
        "Front Door: unlocked → locked",
        {
            "google": ("LockUnlock", {"lock": True}),
            "alexa": ("LockController.Lock", {}),
            "homekit": ("char_target_state", 1),
            "model": ("intent__HassTurnOn", {"name": "Front Door", "domain": ["lock"]}),
        },
    ),
    (
        MOVIE,
        "Theater Blackout: 100 % → 0 %",
        {
            "google": ("ActivateScene", {"deactivate": False}),
            "alexa": ("SceneController.Activate", {}),
            "model": (
                "intent__HassTurnOn",
                {"name": "Movie Night", "domain": ["scene"]},
            ),
        },
    ),
    (
        HEATING,
        "CTSTAT: heat 68.0 → heat 72.0",
        {
            "google": (
                "ThermostatTemperatureSetpoint",
                {"thermostatTemperatureSetpoint": 22.2},
            ),
            "alexa": (
                "ThermostatController.SetTargetTemperature",
                {"targetSetpoint": {"value": 72.0, "scale": "FAHRENHEIT"}},
            ),
        },
    ),
    (
        HEATING,
        "CTSTAT: heat 68.0 → heat 71.6",
        {"homekit": ("char_target_temp", 22)},
    ),
    (
        OUTLET,
        "Coffee Maker Outlet: value 0 → value 255",
        {
            "alexa": ("PowerController.TurnOn", {}),
            "homekit": ("char_on", True),
        },
    ),
    (
        GARAGE,
        "Garage Door Opener: value 0 → value 255",
        {
            "alexa": (
                "ModeController.SetMode.cover.position",
                {"mode": "position.open"},
            ),
            "homekit": ("char_target_state", 0),
        },
    ),
    (
        "cover.office_office_blind",
        "Blind Position: value 0 → value 100",
        {"google": ("OpenClose", {"openPercent": 0})},
    ),
    (
        "light.kitchen_kitchen_dimmer",
        "Kitchen Dimmer: value 60 → value 0",
        {"model": ("intent__HassTurnOff", {"area": "Kitchen", "domain": ["light"]})},
    ),
]
PIN = "4711"
# What opens a way in, as Google asks for it.
GUARDED: list[tuple[str, str, Any, str]] = [
    (DOOR, "LockUnlock", {"lock": False}, "Front Door: locked → unlocked"),
    (
        GARAGE,
        "OpenClose",
        {"openPercent": 100},
        "Garage Door Opener: value 0 → value 255",
    ),
    (WORKSHOP, "OpenClose", {"openPercent": 100}, "Door Status: value 2 → value 1"),
    (ALARM, "ArmDisarm", {"arm": False}, "DSC Alarm Partition 1: value 1 → value 0"),
]
TOOLS = {
    "intent__HassTurnOn",
    "intent__HassTurnOff",
    "intent__HassSetPosition",
    "light__HassLightSet",
    "fan__HassFanSetSpeed",
    "climate__HassClimateSetTemperature",
    "media_player__HassSetVolume",
    "homeassistant__GetLiveContext",
}


async def test_what_google_is_offered(google: Ask) -> None:
    devices = {each["id"]: each for each in (await google("SYNC"))["devices"]}
    for entity_id, (offered, _, _) in OFFERED.items():
        device = devices[entity_id]
        told = [device["type"], *sorted(device["traits"])]
        assert " ".join(each.rpartition(".")[2] for each in told) == offered
    assert devices[SHADE]["name"]["name"] == "Kitchen Shade"
    assert devices[SHADE]["roomHint"] == "Kitchen"


async def test_what_alexa_discovers(alexa: Ask) -> None:
    event = await alexa({"namespace": "Alexa.Discovery", "name": "Discover"})
    endpoints = {each["endpointId"]: each for each in event["payload"]["endpoints"]}
    for entity_id, (_, discovered, _) in OFFERED.items():
        found = endpoints[entity_id.replace(".", "#")]
        told = {
            each["interface"].removeprefix("Alexa.") for each in found["capabilities"]
        } - {"Alexa", "EndpointHealth"}
        assert " ".join([found["displayCategories"][0], *sorted(told)]) == discovered
    assert endpoints["scene#movie_night"]["friendlyName"] == "Movie Night"


async def test_the_accessories_of_homekit(homekit: Make) -> None:
    made = {entity_id: type(homekit(entity_id)).__name__ for entity_id in OFFERED}
    assert made == {entity_id: each[2] for entity_id, each in OFFERED.items()}


async def test_models_know_names_and_areas_and_no_secret(language_model: Ask) -> None:
    listed = (await language_model("tools/list", {}))["tools"]
    assert {each["name"] for each in listed} >= TOOLS
    # One for each thing that can be done, and not one for each device.
    assert len(listed) < 40
    called = {"name": "homeassistant__GetLiveContext", "arguments": {}}
    told = (await language_model("tools/call", called))["content"][0]["text"]
    seen = json.loads(told)["result"]
    for line in ("names: Kitchen Shade", "areas: Kitchen", "names: Movie Night"):
        assert line in seen
    # What is not exposed is not told.
    assert "Garage Entry Lock" not in seen
    for secret in (TOKEN, "a-web-hook-that-nobody-may-see"):
        assert secret not in told + json.dumps(listed)


@pytest.mark.parametrize(("entity_id", "fact", "said"), COMMANDS)
async def test_what_is_said_reaches_the_house(
    hass: HomeAssistant,
    both: Houses,
    google: Ask,
    alexa: Ask,
    homekit: Make,
    language_model: Ask,
    entity_id: str,
    fact: str,
    said: dict[str, tuple[str, Any]],
) -> None:
    for who, (what, value) in said.items():
        both.arrange([fact])
        match who:
            case "google":
                answer = await execute(google, entity_id, what, value)
                assert answer["status"] == "SUCCESS", answer
            case "alexa":
                interface, name, *instance = what.split(".", 2)
                header = {"namespace": f"Alexa.{interface}", "name": name}
                header |= {"instance": instance[0]} if instance else {}
                endpoint = {"endpointId": entity_id.replace(".", "#")}
                event = await alexa(header, endpoint=endpoint, payload=value)
                assert event["header"]["name"] in ("Response", "ActivationStarted")
            case "homekit":
                accessory = homekit(entity_id)
                accessory.driver.add_accessory(accessory)
                accessory.run()
                await hass.async_block_till_done()
                one = {
                    HAP_REPR_AID: accessory.aid,
                    HAP_REPR_IID: getattr(accessory, what).to_HAP()[HAP_REPR_IID],
                    HAP_REPR_VALUE: value,
                }
                changes = {HAP_REPR_CHARS: [one]}
                accessory.driver.set_characteristics(changes, "a phone")
                await hass.async_block_till_done()
                accessory.async_stop()
            case "model":
                asked = {"name": what, "arguments": value}
                result = await language_model("tools/call", asked)
                assert not result.get("isError"), result
        # Not all of them wait until it is done.
        await hass.async_block_till_done()
        assert both.later_wrong(fact) is None, who


@pytest.mark.parametrize(("entity_id", "command", "params", "fact"), GUARDED)
async def test_a_way_in_opens_with_the_pin_only(
    google: Ask, both: Houses, entity_id: str, command: str, params: Any, fact: str
) -> None:
    for pin, given, error in (
        (None, None, "challengeFailedNotSetup"),
        (PIN, None, "challengeNeeded"),
        (PIN, "0815", "challengeNeeded"),
    ):
        said = await execute(google, entity_id, command, params, given, pin=pin)
        assert said["errorCode"] == error
    assert both.later_wrong(fact.partition(" →")[0]) is None
    said = await execute(google, entity_id, command, params, PIN)
    assert said["status"] == "SUCCESS"
    assert both.later_wrong(fact) is None


async def execute(
    google: Ask,
    entity_id: str,
    command: str,
    params: Any,
    given: str | None = None,
    *,
    pin: str | None = PIN,
) -> Any:
    """Have Google carry something out, usually where a PIN is set; return the answer."""
    command = f"action.devices.commands.{command}"
    execution = {"command": command, "params": params}
    if given:
        execution["challenge"] = {"pin": given}
    asked = {"devices": [{"id": entity_id}], "execution": [execution]}
    said = await google("EXECUTE", {"commands": [asked]}, pin=pin)
    return said["commands"][0]
