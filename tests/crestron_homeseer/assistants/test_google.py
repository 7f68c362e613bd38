"""What Google Assistant is offered, and what comes of its commands."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.components.google_assistant import GOOGLE_ASSISTANT_SCHEMA
from homeassistant.components.google_assistant.http import GoogleConfig
from homeassistant.components.google_assistant.smart_home import async_handle_message
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from .facts import Houses

TYPE, TRAIT, COMMAND = (
    f"action.devices.{each}" for each in ("types.", "traits.", "commands.")
)
PIN = "4711"
OFFERED = {
    "cover.kitchen_kitchen_shade": ("BLINDS", {"OpenClose", "StartStop"}),
    "cover.master_bedroom_master_bedroom_drapes": (
        "CURTAIN",
        {"OpenClose", "StartStop"},
    ),
    "cover.garage_garage_door": ("GARAGE", {"OpenClose"}),
    "cover.garage_workshop_door": ("GARAGE", {"OpenClose"}),
    "light.kitchen_downlights": ("LIGHT", {"OnOff", "Brightness"}),
    "light.garage_garage_lights": ("LIGHT", {"OnOff"}),
    "light.living_room_bookshelf_light": (
        "LIGHT",
        {"OnOff", "Brightness", "ColorSetting"},
    ),
    "lock.hallway_front_door": ("LOCK", {"LockUnlock"}),
    "climate.office_ctstat": ("THERMOSTAT", {"OnOff", "TemperatureSetting"}),
    "fan.master_bedroom_ceiling_fan": ("FAN", {"OnOff", "FanSpeed"}),
    "scene.movie_night": ("SCENE", {"Scene"}),
    "switch.kitchen_coffee_maker": ("OUTLET", {"OnOff"}),
    "alarm_control_panel.hallway_dsc_alarm_partition_1": (
        "SECURITYSYSTEM",
        {"ArmDisarm"},
    ),
    "binary_sensor.terrace_terrace_slider": ("DOOR", {"OpenClose"}),
    "media_player.theater": (
        "AUDIO_VIDEO_RECEIVER",
        {"OnOff", "Volume", "InputSelector", "MediaState"},
    ),
}
COMMANDS = [
    (
        "cover.kitchen_kitchen_shade",
        "OpenClose",
        {"openPercent": 30},
        "Kitchen Shade: 100 % → 30 %",
    ),
    (
        "light.dining_room_chandelier",
        "BrightnessAbsolute",
        {"brightness": 20},
        "Chandelier: 60 % → 20 %",
    ),
    (
        "climate.office_ctstat",
        "ThermostatTemperatureSetpoint",
        {"thermostatTemperatureSetpoint": 22.2},
        "CTSTAT: heat 68.0 → heat 72.0",
    ),
    (
        "scene.movie_night",
        "ActivateScene",
        {"deactivate": False},
        "Theater Blackout: 100 % → 0 %",
    ),
    (
        "cover.office_office_blind",
        "OpenClose",
        {"openPercent": 0},
        "Blind Position: value 0 → value 100",
    ),
    (
        "lock.hallway_front_door",
        "LockUnlock",
        {"lock": True},
        "Front Door: unlocked → locked",
    ),
]
GUARDED = [
    (
        "lock.hallway_front_door",
        "LockUnlock",
        {"lock": False},
        "Front Door: locked → unlocked",
    ),
    (
        "cover.garage_garage_door",
        "OpenClose",
        {"openPercent": 100},
        "Garage Door Opener: value 0 → value 255",
    ),
    (
        "cover.garage_workshop_door",
        "OpenClose",
        {"openPercent": 100},
        "Door Status: value 2 → value 1",
    ),
    (
        "alarm_control_panel.hallway_dsc_alarm_partition_1",
        "ArmDisarm",
        {"arm": False},
        "DSC Alarm Partition 1: value 1 → value 0",
    ),
]
type Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
def ask(hass: HomeAssistant, both: Houses, hass_admin_user: MockUser) -> Ask:
    """Send what Google sends."""

    async def ask(intent: str, payload: Any = None, *, pin: str | None = None) -> Any:
        settings = {"project_id": "home", "report_state": False}
        if pin:
            settings["secure_devices_pin"] = pin
        google_config: Any = GoogleConfig
        handle: Any = async_handle_message
        config = google_config(hass, GOOGLE_ASSISTANT_SCHEMA(settings))
        await config.async_initialize()
        inputs = [{"intent": f"action.devices.{intent}", "payload": payload or {}}]
        message = {"requestId": "1", "inputs": inputs}
        answer = await handle(
            hass, config, "agent", hass_admin_user.id, message, "cloud"
        )
        return answer["payload"]

    return ask


def order(
    entity_id: str, command: str, params: dict[str, Any], pin: str | None = None
) -> dict[str, Any]:
    execution = {"command": COMMAND + command, "params": params}
    if pin:
        execution["challenge"] = {"pin": pin}
    return {"commands": [{"devices": [{"id": entity_id}], "execution": [execution]}]}


async def test_what_is_offered(ask: Ask) -> None:
    devices = {each["id"]: each for each in (await ask("SYNC"))["devices"]}
    offered = {
        entity_id: (
            devices[entity_id]["type"].removeprefix(TYPE),
            {trait.removeprefix(TRAIT) for trait in devices[entity_id]["traits"]},
        )
        for entity_id in OFFERED
    }
    assert offered == OFFERED
    shade = devices["cover.kitchen_kitchen_shade"]
    assert shade["name"]["name"] == "Kitchen Shade"
    assert shade["roomHint"] == "Kitchen"


@pytest.mark.parametrize(
    ("entity_id", "command", "params", "fact"), [*COMMANDS, *GUARDED]
)
async def test_a_command_reaches_the_house(
    ask: Ask,
    both: Houses,
    entity_id: str,
    command: str,
    params: dict[str, Any],
    fact: str,
) -> None:
    said = await ask("EXECUTE", order(entity_id, command, params, PIN), pin=PIN)
    assert said["commands"][0]["status"] == "SUCCESS", said
    assert both.later_wrong(fact) is None


@pytest.mark.parametrize(("entity_id", "command", "params", "fact"), GUARDED)
async def test_a_way_in_opens_with_the_pin_only(
    ask: Ask,
    both: Houses,
    entity_id: str,
    command: str,
    params: dict[str, Any],
    fact: str,
) -> None:
    for pin, given, error in (
        (None, None, "challengeFailedNotSetup"),
        (PIN, None, "challengeNeeded"),
        (PIN, "0815", "challengeNeeded"),
    ):
        said = await ask("EXECUTE", order(entity_id, command, params, given), pin=pin)
        assert said["commands"][0]["errorCode"] == error
    assert both.later_wrong(fact.partition(" →")[0]) is None
