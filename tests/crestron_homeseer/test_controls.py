"""What each kind of device shows, takes and refuses, whichever hub it has."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import replace
import json
import logging
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntityFeature as AlarmFeature,
)
from homeassistant.components.climate import ClimateEntityFeature, HVACMode
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.const import (
    EVENT_STATE_CHANGED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.crestron_homeseer.const import CONF_KIND, DOMAIN, KIND_CRESTRON
from custom_components.crestron_homeseer.house.commands import (
    Arm,
    MoveTo,
    PressTransport,
    SelectSource,
    SetColor,
    SetFanMode,
    SetLevel,
    SetMode,
    SetPoints,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    SelectOption,
    SetNumber,
    SetSwitch,
    SetText,
    Switch,
    TextBox,
)
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
    Cover,
    CoverKind,
    Detector,
    DetectorKind,
    Device,
    Light,
    MediaRoom,
    Motion,
    PlayState,
    Root,
    Sensor,
    SensorKind,
    SetPoint,
    SetPointKind,
    Source,
    TemperatureUnit,
    Thermostat,
    ThermostatAction,
    ThermostatMode,
    Transport,
)
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from custom_components.crestron_homeseer.registry import HUB_ID

from .common import Advance, act, state, texts
from .memory import MemoryHub

type Start = Callable[..., Awaitable[MockConfigEntry]]

# Longer than an idle hub is left alone.
A_READ = 6
AN_OUTAGE = 30


@pytest.fixture(autouse=True)
def no_warnings(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail a test in which Home Assistant found something to complain about."""
    yield
    complaints = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
        and record.name not in {"aiohttp_fast_zlib", "asyncio", "homeassistant.loader"}
    ]
    assert [line for line in complaints if not line.startswith("Error fetching ")] == []


@pytest.fixture
def hub() -> MemoryHub:
    """A hub without devices."""
    return MemoryHub()


@pytest.fixture
def start(hass: HomeAssistant, freezer: FrozenDateTimeFactory, hub: MemoryHub) -> Start:
    """Set up the hub with some devices."""

    async def start(*devices: Device, **options: Any) -> MockConfigEntry:
        hub.put(*devices)
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Home",
            data={CONF_KIND: KIND_CRESTRON},
            options=options,
        )
        entry.add_to_hass(hass)
        with patch(
            "custom_components.crestron_homeseer.create_hub",
            lambda *args, **kwargs: hub,
        ):
            assert await hass.config_entries.async_setup(entry.entry_id)
            await hass.async_block_till_done()
        return entry

    return start


def shown(hass: HomeAssistant, entity_id: str, attribute: str) -> Any:
    """Return an attribute; None where there is none."""
    return state(hass, entity_id).attributes.get(attribute)


async def refused(doing: Awaitable[None]) -> str:
    """Return why something was refused; the reason has to have a complete text."""
    with pytest.raises(HomeAssistantError) as caught:
        await doing
    error = caught.value
    assert error.translation_domain == DOMAIN
    assert error.translation_key is not None
    message = texts("exceptions")[error.translation_key]["message"]
    text = message.format(**(error.translation_placeholders or {}))
    assert "None" not in text
    return error.translation_key


# Switches


@pytest.mark.parametrize(
    ("outlet", "device_class"), [(True, "outlet"), (False, "switch")]
)
async def test_a_switch(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    outlet: bool,
    device_class: str,
) -> None:
    await start(Switch(id="1", name="Pump", on=False, outlet=outlet))
    assert state(hass, "switch.pump").state == "off"
    assert shown(hass, "switch.pump", "device_class") == device_class
    await act(hass, "switch", "turn_on", "switch.pump")
    assert state(hass, "switch.pump").state == "on"
    await act(hass, "switch", "turn_off", "switch.pump")
    assert state(hass, "switch.pump").state == "off"
    assert hub.sent == [
        SetSwitch(device_id="1", on=True),
        SetSwitch(device_id="1", on=False),
    ]
    await advance(A_READ)
    hub.change("1", on=None)
    await advance(A_READ)
    assert state(hass, "switch.pump").state == STATE_UNKNOWN


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (HubCommandError(Reason.DECLINED), "command_declined"),
        (HubUnansweredError(Reason.LOST), "command_unanswered"),
        (HubConnectionError(Reason.REFUSED), "command_unreachable"),
        (HubAuthError(Reason.BAD_TOKEN), "command_refused"),
    ],
)
async def test_what_failed_is_told(
    hass: HomeAssistant, hub: MemoryHub, start: Start, error: HubError, key: str
) -> None:
    await start(Switch(id="1", name="Pump", on=False))
    hub.error = error
    assert await refused(act(hass, "switch", "turn_on", "switch.pump")) == key
    assert state(hass, "switch.pump").state == "off"


# Remotes


async def test_a_press_is_told_once(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    events = async_capture_events(hass, EVENT_STATE_CHANGED)

    def told() -> list[str | None]:
        states = [event.data["new_state"] for event in events]
        events.clear()
        return [item.attributes["key"] for item in states if item.state != "unknown"]

    await start(Remote(id="1", name="Keypad", presses=4, last="Old"))
    await advance(A_READ)
    assert state(hass, "event.keypad").state == STATE_UNKNOWN
    assert shown(hass, "event.keypad", "event_types") == ["press"]
    assert told() == []
    hub.change("1", presses=5, last="Key 2")
    await advance(3 * A_READ)
    assert shown(hass, "event.keypad", "event_type") == "press"
    assert told() == ["Key 2"]
    # The same key again is a press again.
    hub.change("1", presses=6)
    await advance(A_READ)
    assert told() == ["Key 2"]
    # Other news of the remote are no press, and neither is a hub that counts anew.
    hub.change("1", model="Other")
    await advance(A_READ)
    hub.change("1", presses=0)
    await advance(A_READ)
    assert told() == []
    hub.change("1", presses=1, last=None)
    await advance(A_READ)
    assert told() == [None]


async def test_what_was_pressed_during_an_outage_is_past(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(Remote(id="1", name="Keypad", presses=4, last="Old"))
    hub.away = HubConnectionError(Reason.TIMED_OUT)
    await advance(AN_OUTAGE)
    assert state(hass, "event.keypad").state == STATE_UNAVAILABLE
    hub.change("1", presses=9, last="Missed")
    hub.away = None
    await advance(2 * AN_OUTAGE)
    assert state(hass, "event.keypad").state == STATE_UNKNOWN
    # The same holds for a remote that the hub did not reach.
    hub.change("1", online=False)
    await advance(A_READ)
    assert state(hass, "event.keypad").state == STATE_UNAVAILABLE
    hub.change("1", online=True, presses=10)
    await advance(A_READ)
    assert state(hass, "event.keypad").state == STATE_UNKNOWN
    hub.change("1", presses=11, last="Now")
    await advance(A_READ)
    assert shown(hass, "event.keypad", "key") == "Now"


async def test_a_restart_tells_no_press(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    entry = await start(Remote(id="1", name="Keypad"))
    hub.change("1", presses=1, last="Key 1")
    await advance(A_READ)
    before = state(hass, "event.keypad")
    assert await hass.config_entries.async_unload(entry.entry_id)
    hub.change("1", presses=7, last="Key 7")
    with patch(
        "custom_components.crestron_homeseer.create_hub", lambda *args, **kwargs: hub
    ):
        assert await hass.config_entries.async_setup(entry.entry_id)
    await advance(A_READ)
    after = state(hass, "event.keypad")
    assert (after.state, after.attributes) == (before.state, before.attributes)


# Numbers, choices and texts


async def test_a_number(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(
        Number(id="1", name="Delay", value=5.0, low=0.0, high=30.0, step=0.5, unit="s")
    )
    number = state(hass, "number.delay")
    assert number.state == "5"
    assert number.attributes["min"] == 0
    assert number.attributes["max"] == 30
    assert number.attributes["step"] == 0.5
    assert number.attributes["mode"] == "slider"
    assert number.attributes["unit_of_measurement"] == "s"
    await act(hass, "number", "set_value", "number.delay", value=7.5)
    assert state(hass, "number.delay").state == "7.5"
    with pytest.raises(ServiceValidationError):
        await act(hass, "number", "set_value", "number.delay", value=31)
    assert hub.sent == [SetNumber(device_id="1", value=7.5)]
    await advance(A_READ)
    # What the hub allows may change, and then another way to set it is better.
    hub.change("1", value=None, high=1000.0)
    await advance(A_READ)
    assert state(hass, "number.delay").state == STATE_UNKNOWN
    assert shown(hass, "number.delay", "max") == 1000
    assert shown(hass, "number.delay", "mode") == "box"


async def test_a_choice(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(Choice(id="1", name="Mode", option="Eco", options=("Eco", "Full")))
    assert state(hass, "select.mode").state == "Eco"
    assert shown(hass, "select.mode", "options") == ["Eco", "Full"]
    await act(hass, "select", "select_option", "select.mode", option="Full")
    assert state(hass, "select.mode").state == "Full"
    with pytest.raises(ServiceValidationError):
        await act(hass, "select", "select_option", "select.mode", option="Other")
    assert hub.sent == [SelectOption(device_id="1", option="Full")]
    await advance(A_READ)
    hub.change("1", option="Custom")
    await advance(A_READ)
    assert state(hass, "select.mode").state == STATE_UNKNOWN
    # From what is none of the options, one comes to the first of them.
    await act(hass, "select", "select_next", "select.mode")
    assert state(hass, "select.mode").state == "Eco"
    await advance(A_READ)
    hub.change("1", option="New", options=("New",))
    await advance(A_READ)
    assert state(hass, "select.mode").state == "New"
    assert shown(hass, "select.mode", "options") == ["New"]


async def test_a_text(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(TextBox(id="1", name="Note", text=""))
    assert state(hass, "text.note").state == ""
    await act(hass, "text", "set_value", "text.note", value="Milk & eggs")
    assert state(hass, "text.note").state == "Milk & eggs"
    assert hub.sent == [SetText(device_id="1", text="Milk & eggs")]
    await advance(A_READ)
    for text in ("x" * 256, None):
        hub.change("1", text=text)
        await advance(A_READ)
        assert state(hass, "text.note").state == STATE_UNKNOWN
    hub.change("1", text="x" * 255)
    await advance(A_READ)
    assert state(hass, "text.note").state == "x" * 255


# Covers


@pytest.mark.parametrize(
    ("kind", "device_class"),
    [
        (CoverKind.SHADE, "shade"),
        (CoverKind.SHADE_GROUP, "shade"),
        (CoverKind.CURTAIN, "curtain"),
        (CoverKind.BLIND, "blind"),
        (CoverKind.SHUTTER, "shutter"),
        (CoverKind.AWNING, "awning"),
        (CoverKind.WINDOW, "window"),
        (CoverKind.GARAGE, "garage"),
        (CoverKind.GATE, "gate"),
        (CoverKind.DOOR, "door"),
        (CoverKind.UNKNOWN, "shade"),
    ],
)
async def test_covers_are_told_apart(
    hass: HomeAssistant, start: Start, kind: CoverKind, device_class: str
) -> None:
    await start(Cover(id="1", name="Cover", kind=kind, position=0.5))
    assert shown(hass, "cover.cover", "device_class") == device_class


def test_each_kind_of_cover_has_been_thought_of() -> None:
    (mark,) = test_covers_are_told_apart.pytestmark
    assert {kind for kind, _ in mark.args[1]} == set(CoverKind)


async def test_a_cover_with_positions(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(Cover(id="1", name="Blind", kind=CoverKind.BLIND, position=0.5))
    assert shown(hass, "cover.blind", "supported_features") == (
        CoverEntityFeature.OPEN
        | CoverEntityFeature.CLOSE
        | CoverEntityFeature.SET_POSITION
        | CoverEntityFeature.STOP
    )
    assert shown(hass, "cover.blind", "current_position") == 50
    await act(hass, "cover", "set_cover_position", "cover.blind", position=20)
    await act(hass, "cover", "stop_cover", "cover.blind")
    assert hub.sent == [
        MoveTo(device_id="1", position=0.2),
        StopMoving(device_id="1"),
    ]


async def test_a_cover_without_positions(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(
        Cover(
            id="1",
            name="Gate",
            kind=CoverKind.GATE,
            position=0.0,
            can_stop=False,
            can_position=False,
        )
    )
    assert shown(hass, "cover.gate", "supported_features") == (
        CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    )
    assert state(hass, "cover.gate").state == "closed"
    assert shown(hass, "cover.gate", "current_position") is None
    await act(hass, "cover", "open_cover", "cover.gate")
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "open"
    assert shown(hass, "cover.gate", "current_position") is None
    await act(hass, "cover", "close_cover", "cover.gate")
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "closed"
    assert hub.sent == [
        MoveTo(device_id="1", position=1.0),
        MoveTo(device_id="1", position=0.0),
    ]


@pytest.mark.parametrize("kind", [CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR])
async def test_a_way_in_is_closed_only_when_that_is_certain(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    kind: CoverKind,
) -> None:
    await start(
        Cover(id="1", name="Gate", kind=kind, position=None, can_position=False)
    )
    assert state(hass, "cover.gate").state == STATE_UNKNOWN
    assert shown(hass, "cover.gate", "is_closed") is None
    for motion, seen in ((Motion.OPENING, "opening"), (Motion.CLOSING, "closing")):
        hub.change("1", position=0.0, motion=motion)
        await advance(A_READ)
        assert state(hass, "cover.gate").state == seen
        assert shown(hass, "cover.gate", "is_closed") is None
    hub.change("1", motion=Motion.STOPPED)
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "closed"
    # The answer to a command was lost: nobody knows whether it moves.
    hub.error = HubUnansweredError(Reason.LOST)
    await refused(act(hass, "cover", "open_cover", "cover.gate"))
    assert state(hass, "cover.gate").state == STATE_UNKNOWN
    await advance(AN_OUTAGE)
    assert state(hass, "cover.gate").state == "closed"


# Lights


def lamp(**facts: Any) -> Light:
    """Return a light with colours."""
    usual: dict[str, Any] = {
        "level": 0.5,
        "dimmable": True,
        "colored": True,
        "color": (255, 0, 0),
    }
    return Light(id="1", name="Lamp", **(usual | facts))


async def test_a_light_with_colours(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(lamp())
    assert shown(hass, "light.lamp", "supported_color_modes") == ["rgb"]
    assert shown(hass, "light.lamp", "color_mode") == "rgb"
    assert shown(hass, "light.lamp", "rgb_color") == (255, 0, 0)
    assert shown(hass, "light.lamp", "brightness") == 128
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 10, 20])
    # A light that is on stays at its level.
    assert hub.sent == [SetColor(device_id="1", color=(0, 10, 20))]
    assert shown(hass, "light.lamp", "rgb_color") == (0, 10, 20)
    hub.sent.clear()
    await act(
        hass, "light", "turn_on", "light.lamp", rgb_color=[1, 2, 3], brightness=51
    )
    assert hub.sent == [
        SetColor(device_id="1", color=(1, 2, 3)),
        SetLevel(device_id="1", level=0.2),
    ]
    hub.sent.clear()
    await act(hass, "light", "turn_on", "light.lamp", brightness=102)
    assert hub.sent == [SetLevel(device_id="1", level=0.4)]


@pytest.mark.parametrize(("level", "after"), [(0.0, 0.4), (None, 0.4)])
async def test_a_colour_turns_a_light_on(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    level: float | None,
    after: float,
) -> None:
    await start(lamp(level=0.4))
    hub.change("1", level=level)
    await advance(A_READ)
    assert shown(hass, "light.lamp", "rgb_color") is None
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 0, 9])
    assert hub.sent == [
        SetColor(device_id="1", color=(0, 0, 9)),
        SetLevel(device_id="1", level=after),
    ]
    assert state(hass, "light.lamp").state == "on"


async def test_a_light_with_colours_that_only_switches(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(lamp(level=1.0, dimmable=False, color=None))
    assert shown(hass, "light.lamp", "supported_color_modes") == ["rgb"]
    assert shown(hass, "light.lamp", "brightness") == 255
    assert shown(hass, "light.lamp", "rgb_color") is None
    await act(hass, "light", "turn_off", "light.lamp")
    assert state(hass, "light.lamp").state == "off"
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 0, 9])
    assert hub.sent[1:] == [
        SetColor(device_id="1", color=(0, 0, 9)),
        SetLevel(device_id="1", level=1.0),
    ]


async def test_a_colour_of_a_light_without_colours_is_not_shown(
    hass: HomeAssistant, start: Start
) -> None:
    await start(lamp(colored=False))
    assert shown(hass, "light.lamp", "supported_color_modes") == ["brightness"]
    assert shown(hass, "light.lamp", "rgb_color") is None


# Sensors


@pytest.mark.parametrize(
    ("kind", "unit", "value", "seen", "device_class", "state_class", "seen_unit"),
    [
        ("temperature", "°C", 21.5, "21.5", "temperature", "measurement", "°C"),
        ("temperature", "°F", 68.0, "20.0", "temperature", "measurement", "°C"),
        ("temperature", None, 68.0, "68", None, "measurement", None),
        ("humidity", "%", 40.0, "40", "humidity", "measurement", "%"),
        ("illuminance", "lx", 12.0, "12", "illuminance", "measurement", "lx"),
        ("illuminance", "%", 12.0, "12", None, "measurement", "%"),
        ("ultraviolet", None, 3.0, "3", None, "measurement", None),
        ("carbon dioxide", "ppm", 600.0, "600", "carbon_dioxide", "measurement", "ppm"),
        ("power", "W", 60.2, "60.2", "power", "measurement", "W"),
        ("power", "kW", 1.5, "1.5", "power", "measurement", "kW"),
        ("power", "horses", 2.0, "2", None, "measurement", "horses"),
        ("current", "A", 0.5, "0.5", "current", "measurement", "A"),
        ("voltage", "V", 230.0, "230", "voltage", "measurement", "V"),
        ("energy", "kWh", 9.25, "9.25", "energy", "total_increasing", "kWh"),
        ("energy", "Wh", 9.0, "9", "energy", "total_increasing", "Wh"),
        ("energy", "pulses", 9.0, "9", None, "total_increasing", "pulses"),
        ("battery", "%", 80.0, "80", "battery", "measurement", "%"),
        ("photocell", None, 1.0, "1", None, "measurement", None),
        ("number", "rpm", 1.25, "1.25", None, "measurement", "rpm"),
        ("number", None, -1.0, "-1", None, "measurement", None),
        ("unknown", None, 5.0, "5", None, "measurement", None),
        ("text", "%", "80 percent", "80 percent", None, None, None),
        ("text", None, 5.0, "5", None, None, None),
        ("text", None, "007", "007", None, None, None),
        ("text", None, "x" * 300, "x" * 255, None, None, None),
        # A word or no number where there should be a number.
        ("temperature", "°C", "warm", "unknown", "temperature", "measurement", "°C"),
        ("power", "W", float("nan"), "unknown", "power", "measurement", "W"),
        ("power", "W", float("inf"), "unknown", "power", "measurement", "W"),
        ("power", "W", None, "unknown", "power", "measurement", "W"),
        ("text", None, None, "unknown", None, None, None),
    ],
)
async def test_a_sensor(
    hass: HomeAssistant,
    start: Start,
    kind: str,
    unit: str | None,
    value: float | str | None,
    seen: str,
    device_class: str | None,
    state_class: str | None,
    seen_unit: str | None,
) -> None:
    await start(
        Sensor(id="1", name="It", kind=SensorKind(kind), value=value, unit=unit)
    )
    assert state(hass, "sensor.it").state == seen
    assert shown(hass, "sensor.it", "device_class") == device_class
    assert shown(hass, "sensor.it", "state_class") == state_class
    assert shown(hass, "sensor.it", "unit_of_measurement") == seen_unit


def test_each_kind_of_sensor_has_been_thought_of() -> None:
    (mark,) = test_a_sensor.pytestmark
    assert {row[0] for row in mark.args[1]} == set(SensorKind)


async def test_a_sensor_may_change_its_unit(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(
        Sensor(id="1", name="It", kind=SensorKind.TEMPERATURE, value=20.0, unit="°C")
    )
    hub.change("1", value=77.0, unit="°F")
    await advance(A_READ)
    assert state(hass, "sensor.it").state == "25.0"
    hub.change("1", value=3.0, unit="thing")
    await advance(A_READ)
    assert state(hass, "sensor.it").state == "3"
    assert shown(hass, "sensor.it", "device_class") is None


async def test_a_battery_is_no_main_matter(
    hass: HomeAssistant, start: Start, entity_registry: er.EntityRegistry
) -> None:
    await start(
        Sensor(id="1", name="Battery", kind=SensorKind.BATTERY, value=8.0, unit="%"),
        Sensor(id="2", name="Load", kind=SensorKind.POWER, value=8.0, unit="W"),
    )
    categories = [
        entity_registry.entities[name].entity_category
        for name in ("sensor.battery", "sensor.load")
    ]
    assert categories == [EntityCategory.DIAGNOSTIC, None]


@pytest.mark.parametrize(
    ("kind", "device_class"),
    [
        (DetectorKind.OCCUPANCY, "occupancy"),
        (DetectorKind.MOTION, "motion"),
        (DetectorKind.DOOR, "door"),
        (DetectorKind.WINDOW, "window"),
        (DetectorKind.DOORBELL, None),
        (DetectorKind.DRIVEWAY, "motion"),
        (DetectorKind.BURGLARY, "safety"),
        (DetectorKind.FIRE, "heat"),
        (DetectorKind.SMOKE, "smoke"),
        (DetectorKind.WATER, "moisture"),
        (DetectorKind.CARBON_MONOXIDE, "carbon_monoxide"),
        (DetectorKind.GAS, "gas"),
        (DetectorKind.TAMPER, "tamper"),
        (DetectorKind.VIBRATION, "vibration"),
        (DetectorKind.PROBLEM, "problem"),
        (DetectorKind.BATTERY_LOW, "battery"),
        (DetectorKind.UNKNOWN, None),
    ],
)
async def test_detectors_are_told_apart(
    hass: HomeAssistant, start: Start, kind: DetectorKind, device_class: str | None
) -> None:
    await start(Detector(id="1", name="Battery", kind=kind, on=True))
    (detector,) = hass.states.async_all("binary_sensor")
    assert detector.state == "on"
    assert detector.attributes.get("device_class") == device_class


def test_each_kind_of_detector_has_been_thought_of() -> None:
    (mark,) = test_detectors_are_told_apart.pytestmark
    assert {kind for kind, _ in mark.args[1]} == set(DetectorKind)


# Thermostats

HEAT = SetPoint(kind=SetPointKind.HEAT, value=20.0)
COOL = SetPoint(kind=SetPointKind.COOL, value=25.0)
BOTH_WAYS = SetPoint(kind=SetPointKind.AUTO, value=22.0)
OFF_HEAT = (ThermostatMode.OFF, ThermostatMode.HEAT)


def thermostat(**facts: Any) -> Thermostat:
    """Return a thermostat with as little as there can be."""
    usual: dict[str, Any] = {
        "unit": TemperatureUnit.CELSIUS,
        "temperature": 21.0,
        "mode": ThermostatMode.HEAT,
        "modes": OFF_HEAT,
        "set_points": (HEAT,),
    }
    return Thermostat(id="1", name="Hall", **(usual | facts))


async def test_a_thermostat_with_little_to_it(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(thermostat())
    hall = state(hass, "climate.hall")
    assert hall.state == HVACMode.HEAT
    assert hall.attributes["temperature"] == 20.0
    assert hall.attributes["supported_features"] == (
        ClimateEntityFeature.TARGET_TEMPERATURE
        | ClimateEntityFeature.TURN_ON
        | ClimateEntityFeature.TURN_OFF
    )
    for missing in ("fan_modes", "preset_modes", "current_humidity", "hvac_action"):
        assert missing not in hall.attributes
    # Without limits of its own it has those of Home Assistant.
    assert hall.attributes["min_temp"] == 7
    assert hall.attributes["max_temp"] == 35
    await act(hass, "climate", "set_temperature", "climate.hall", temperature=23)
    assert hub.sent == [SetPoints(device_id="1", values=((SetPointKind.HEAT, 23.0),))]


@pytest.mark.parametrize(("low", "lowest"), [(50.0, 10.0), (None, 7.2)])
async def test_a_thermostat_may_be_switched_to_the_other_unit(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    low: float | None,
    lowest: float,
) -> None:
    await start(thermostat())
    hub.change(
        "1",
        unit=TemperatureUnit.FAHRENHEIT,
        temperature=77.0,
        set_points=(replace(HEAT, value=68.0, low=low),),
    )
    await advance(A_READ)
    assert shown(hass, "climate.hall", "current_temperature") == 25.0
    assert shown(hass, "climate.hall", "temperature") == 20.0
    assert shown(hass, "climate.hall", "min_temp") == lowest
    assert shown(hass, "climate.hall", "max_temp") == 35.0


@pytest.mark.parametrize(
    ("action", "mode", "seen"),
    [
        (ThermostatAction.HEATING, ThermostatMode.HEAT, "heating"),
        (ThermostatAction.COOLING, ThermostatMode.HEAT, "cooling"),
        (ThermostatAction.FAN, ThermostatMode.OFF, "fan"),
        (ThermostatAction.IDLE, ThermostatMode.HEAT, "idle"),
        (ThermostatAction.IDLE, ThermostatMode.OFF, "off"),
        (ThermostatAction.UNKNOWN, ThermostatMode.HEAT, None),
        (None, ThermostatMode.OFF, None),
    ],
)
async def test_what_a_thermostat_does_now(
    hass: HomeAssistant,
    start: Start,
    action: ThermostatAction | None,
    mode: ThermostatMode,
    seen: str | None,
) -> None:
    await start(thermostat(action=action, mode=mode, humidity=40.5))
    assert shown(hass, "climate.hall", "hvac_action") == seen
    assert shown(hass, "climate.hall", "current_humidity") == 40.5


@pytest.mark.parametrize(
    ("modes", "seen", "on"),
    [
        ((), [], None),
        ((ThermostatMode.OFF,), ["off"], None),
        ((ThermostatMode.HEAT,), ["heat"], None),
        ((ThermostatMode.UNKNOWN, *OFF_HEAT), ["off", "heat"], ThermostatMode.HEAT),
        (
            (ThermostatMode.OFF, ThermostatMode.COOL),
            ["off", "cool"],
            ThermostatMode.COOL,
        ),
        (
            (ThermostatMode.OFF, ThermostatMode.AUX_HEAT),
            ["off", "heat"],
            ThermostatMode.AUX_HEAT,
        ),
        (
            (*OFF_HEAT, ThermostatMode.AUX_HEAT),
            ["off", "heat"],
            ThermostatMode.HEAT,
        ),
        (
            (*OFF_HEAT, ThermostatMode.COOL, ThermostatMode.AUTO),
            ["off", "heat", "cool", "heat_cool"],
            ThermostatMode.AUTO,
        ),
    ],
)
async def test_odd_sets_of_modes(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    modes: tuple[ThermostatMode, ...],
    seen: list[str],
    on: ThermostatMode | None,
) -> None:
    await start(thermostat(modes=modes, mode=ThermostatMode.UNKNOWN, set_points=()))
    assert state(hass, "climate.hall").state == STATE_UNKNOWN
    assert shown(hass, "climate.hall", "hvac_modes") == seen
    features = shown(hass, "climate.hall", "supported_features")
    assert bool(features & ClimateEntityFeature.TURN_OFF) is ("off" in seen)
    assert bool(features & ClimateEntityFeature.TURN_ON) is (on is not None)
    assert not features & ClimateEntityFeature.TARGET_TEMPERATURE
    if on is not None:
        await act(hass, "climate", "turn_on", "climate.hall")
        assert hub.sent == [SetMode(device_id="1", mode=on)]


async def test_one_set_point_for_both_ways(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    modes = (ThermostatMode.AUTO, ThermostatMode.HEAT, ThermostatMode.COOL)
    await start(
        thermostat(modes=modes, mode=ThermostatMode.AUTO, set_points=(BOTH_WAYS,))
    )
    assert state(hass, "climate.hall").state == HVACMode.HEAT_COOL
    assert shown(hass, "climate.hall", "temperature") == 22.0
    assert shown(hass, "climate.hall", "target_temp_low") is None
    for mode in (HVACMode.COOL, HVACMode.HEAT_COOL):
        await act(
            hass,
            "climate",
            "set_temperature",
            "climate.hall",
            hvac_mode=mode,
            temperature=23,
        )
    kept = SetPoints(device_id="1", values=((SetPointKind.AUTO, 23.0),))
    assert hub.sent == [
        SetMode(device_id="1", mode=ThermostatMode.COOL),
        kept,
        SetMode(device_id="1", mode=ThermostatMode.AUTO),
        kept,
    ]


async def test_a_range(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    modes = (*OFF_HEAT, ThermostatMode.AUTO)
    await start(
        thermostat(modes=modes, mode=ThermostatMode.AUTO, set_points=(HEAT, COOL))
    )
    assert shown(hass, "climate.hall", "temperature") is None
    assert shown(hass, "climate.hall", "target_temp_low") == 20.0
    assert shown(hass, "climate.hall", "target_temp_high") == 25.0
    wanted = {"target_temp_low": 18, "target_temp_high": 28}
    await act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    values = ((SetPointKind.HEAT, 18.0), (SetPointKind.COOL, 28.0))
    assert hub.sent == [SetPoints(device_id="1", values=values)]
    hub.change("1", mode=ThermostatMode.HEAT)
    await advance(A_READ)
    setting = act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert await refused(setting) == "no_range"
    # A range that the hub no longer has is not offered, and refused by Home Assistant.
    hub.change("1", mode=ThermostatMode.AUTO, set_points=(COOL,))
    await advance(A_READ)
    assert shown(hass, "climate.hall", "target_temp_high") is None
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert len(hub.sent) == 1


async def test_a_mode_that_is_gone_is_refused(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(thermostat())
    hub.change("1", modes=(ThermostatMode.HEAT,))
    await advance(A_READ)
    assert shown(hass, "climate.hall", "hvac_modes") == [HVACMode.HEAT]
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_hvac_mode", "climate.hall", hvac_mode="off")
    wanted = {"temperature": 20, "hvac_mode": "off"}
    doing = act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert await refused(doing) == "mode_not_there"
    assert hub.sent == []


@pytest.mark.parametrize(
    ("low", "high", "value", "key"),
    [
        (15.0, None, 14, "temperature_too_low"),
        (None, 30.0, 31, "temperature_too_high"),
        (15.0, 30.0, 31, "temperature_out_of_range"),
    ],
)
async def test_a_set_points_own_limits(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    low: float | None,
    high: float | None,
    value: float,
    key: str,
) -> None:
    heat = replace(HEAT, low=low, high=high)
    # Another one's wider limits are those that Home Assistant knows.
    cool = replace(COOL, low=low and 5.0, high=high and 40.0)
    await start(thermostat(set_points=(heat, cool)))
    doing = act(hass, "climate", "set_temperature", "climate.hall", temperature=value)
    assert await refused(doing) == key
    assert hub.sent == []


async def test_a_mode_alone_may_be_set_with_the_temperature(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(thermostat(fan_mode=None, fan_modes=("Auto", "On")))
    assert shown(hass, "climate.hall", "fan_mode") is None
    await act(hass, "climate", "set_fan_mode", "climate.hall", fan_mode="on")
    await act(hass, "climate", "turn_off", "climate.hall")
    assert hub.sent == [
        SetFanMode(device_id="1", fan_mode="On"),
        SetMode(device_id="1", mode=ThermostatMode.OFF),
    ]


# Media


def player(**facts: Any) -> MediaRoom:
    """Return a player that can do nothing."""
    usual: dict[str, Any] = {
        "power": True,
        "source_id": None,
        "sources": (),
        "volume": None,
        "muted": None,
        "can_set_volume": False,
        "can_mute": False,
        "can_switch": False,
    }
    return MediaRoom(id="1", name="Radio", **(usual | facts))


@pytest.mark.parametrize(
    ("power", "playing", "seen"),
    [
        (True, None, "on"),
        (True, PlayState.UNKNOWN, "on"),
        (True, PlayState.PLAYING, "playing"),
        (True, PlayState.PAUSED, "paused"),
        (True, PlayState.STOPPED, "idle"),
        (False, None, "off"),
        (False, PlayState.PLAYING, "off"),
        (None, None, STATE_UNKNOWN),
        (None, PlayState.PLAYING, "playing"),
        (None, PlayState.UNKNOWN, STATE_UNKNOWN),
    ],
)
async def test_what_a_player_does(
    hass: HomeAssistant,
    start: Start,
    power: bool | None,
    playing: PlayState | None,
    seen: str,
) -> None:
    await start(player(power=power, playing=playing))
    assert state(hass, "media_player.radio").state == seen


@pytest.mark.parametrize(
    ("key", "feature", "action"),
    [
        (Transport.PLAY, MediaPlayerEntityFeature.PLAY, "media_play"),
        (Transport.PAUSE, MediaPlayerEntityFeature.PAUSE, "media_pause"),
        (Transport.STOP, MediaPlayerEntityFeature.STOP, "media_stop"),
        (Transport.NEXT, MediaPlayerEntityFeature.NEXT_TRACK, "media_next_track"),
        (
            Transport.PREVIOUS,
            MediaPlayerEntityFeature.PREVIOUS_TRACK,
            "media_previous_track",
        ),
    ],
)
async def test_a_players_keys(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    key: Transport,
    feature: MediaPlayerEntityFeature,
    action: str,
) -> None:
    await start(player(transport=frozenset({key, Transport.UNKNOWN})))
    assert shown(hass, "media_player.radio", "supported_features") == feature
    await act(hass, "media_player", action, "media_player.radio")
    await act(hass, "media_player", action, "media_player.radio")
    assert hub.sent == [PressTransport(device_id="1", key=key)] * 2


async def test_a_player_that_cannot_be_switched(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(player())
    assert shown(hass, "media_player.radio", "supported_features") == 0
    with pytest.raises(HomeAssistantError):
        await act(hass, "media_player", "turn_off", "media_player.radio")
    assert hub.sent == []


async def test_what_plays(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(player(playing=PlayState.PLAYING, title="So What"))
    assert shown(hass, "media_player.radio", "media_title") == "So What"
    assert shown(hass, "media_player.radio", "media_content_type") is None
    hub.change("1", artist="Miles Davis", album="Kind of Blue")
    await advance(A_READ)
    assert shown(hass, "media_player.radio", "media_artist") == "Miles Davis"
    assert shown(hass, "media_player.radio", "media_album_name") == "Kind of Blue"
    assert shown(hass, "media_player.radio", "media_content_type") == "music"


async def test_sources_of_one_name_are_told_apart(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    sources = (
        Source(id="a", name="TV"),
        Source(id="b", name="TV"),
        Source(id="c", name="Radio"),
    )
    await start(player(sources=sources, source_id="b"))
    assert shown(hass, "media_player.radio", "source") == "TV (b)"
    assert shown(hass, "media_player.radio", "source_list") == [
        "TV (a)",
        "TV (b)",
        "Radio",
    ]
    await act(
        hass, "media_player", "select_source", "media_player.radio", source="Radio"
    )
    assert hub.sent == [SelectSource(device_id="1", source_id="c")]


# Alarm systems

ARMS = (ArmMode.HOME, ArmMode.AWAY, ArmMode.NIGHT, ArmMode.UNKNOWN)
PANEL = AlarmPanel(
    id="1",
    name="Alarm",
    state=AlarmState.DISARMED,
    arm_modes=ARMS,
    can_disarm=True,
)
ALARM = "alarm_control_panel.alarm"


async def arm(hass: HomeAssistant, action: str, code: str | None = None) -> None:
    """Have an alarm system armed or disarmed."""
    data = {} if code is None else {"code": code}
    await act(hass, "alarm_control_panel", f"alarm_{action}", ALARM, **data)


@pytest.mark.parametrize(
    ("modes", "features"),
    [
        (ARMS, AlarmFeature.ARM_HOME | AlarmFeature.ARM_AWAY | AlarmFeature.ARM_NIGHT),
        ((ArmMode.AWAY,), AlarmFeature.ARM_AWAY),
        ((), AlarmFeature(0)),
    ],
)
async def test_only_ways_to_arm_that_there_are(
    hass: HomeAssistant,
    start: Start,
    modes: tuple[ArmMode, ...],
    features: AlarmFeature,
) -> None:
    await start(replace(PANEL, arm_modes=modes))
    assert shown(hass, ALARM, "supported_features") == features


async def test_arming_without_a_code(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(PANEL)
    assert shown(hass, ALARM, "code_format") is None
    assert shown(hass, ALARM, "code_arm_required") is False
    for action in ("arm_home", "arm_away", "arm_night", "disarm"):
        await arm(hass, action)
        # Arming is shown until the hub says that it is armed; so is disarmed.
        expected = "disarmed" if action == "disarm" else "arming"
        assert state(hass, ALARM).state == expected
    assert hub.sent == [Arm(device_id="1", mode=mode) for mode in (*ARMS[:3], None)]


@pytest.mark.parametrize(
    ("code", "code_format"), [("0042", "number"), ("o42!", "text"), ("٤٢", "text")]
)
async def test_a_code_is_asked_for(
    hass: HomeAssistant, hub: MemoryHub, start: Start, code: str, code_format: str
) -> None:
    await start(PANEL, alarm_code=code)
    assert shown(hass, ALARM, "code_format") == code_format
    assert shown(hass, ALARM, "code_arm_required") is True
    for action in ("arm_away", "disarm"):
        assert await refused(arm(hass, action, "42")) == "alarm_wrong_code"
    assert await refused(arm(hass, "disarm")) == "alarm_wrong_code"
    # That arming takes a code is told by Home Assistant itself.
    with pytest.raises(ServiceValidationError):
        await arm(hass, "arm_away")
    assert hub.sent == []
    await arm(hass, "arm_away", code)
    await arm(hass, "disarm", code)
    assert hub.sent == [
        Arm(device_id="1", mode=ArmMode.AWAY),
        Arm(device_id="1", mode=None),
    ]


@pytest.mark.parametrize("modes", [(), (ArmMode.AWAY,)])
async def test_what_cannot_be_disarmed_refuses_it(
    hass: HomeAssistant, hub: MemoryHub, start: Start, modes: tuple[ArmMode, ...]
) -> None:
    await start(replace(PANEL, arm_modes=modes, can_disarm=False), alarm_code="42")
    # A code that would be of no use is not asked for.
    assert shown(hass, ALARM, "code_arm_required") is bool(modes)
    assert await refused(arm(hass, "disarm", "42")) == "alarm_read_only"
    assert hub.sent == []


async def test_an_empty_code_is_none(hass: HomeAssistant, start: Start) -> None:
    await start(PANEL, alarm_code="")
    assert shown(hass, ALARM, "code_arm_required") is False


# What belongs together


async def test_a_part_is_named_after_what_it_is_a_part_of(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    roots = {
        "r": Root(id="r", name="Hall", model="Multi"),
        HUB_ID: Root(id=HUB_ID, name="Home"),
    }
    hub.house = replace(hub.house, roots=roots)
    await start(
        Switch(id="1", name="HALL", on=True, root_id="r"),
        Switch(id="2", name="Hall - Left", on=True, root_id="r"),
        Switch(id="3", name="Hallway", on=True, root_id="r"),
        Switch(id="4", name="Hall - ", on=True, root_id="r"),
        Switch(id="5", name="Watchdog", on=True, root_id=HUB_ID),
    )
    assert sorted(item.name for item in hass.states.async_all("switch")) == [
        "Hall",
        "Hall",
        "Hall Hallway",
        "Hall Left",
        "Home Watchdog",
    ]


async def test_what_has_become_something_else_is_not_shown_as_what_it_was(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(lamp())
    hub.put(TextBox(id="1", name="Lamp", text="Hello"))
    await advance(A_READ)
    assert state(hass, "light.lamp").state == STATE_UNAVAILABLE


# All of them

ALL = (
    Switch(id="s", name="Switch", on=True),
    Remote(id="r", name="Remote"),
    Number(id="n", name="Number", value=1.0, low=0.0, high=9.0),
    Choice(id="c", name="Choice", option="A", options=("A",)),
    TextBox(id="t", name="Text", text="Hello"),
    replace(thermostat(), id="h"),
    replace(lamp(), id="l"),
    replace(player(), id="p"),
    replace(PANEL, id="a"),
    Cover(id="g", name="Gate", kind=CoverKind.GATE, position=0.0),
    Sensor(id="u", name="Sun", kind=SensorKind.ULTRAVIOLET, value=1.0),
    Sensor(id="w", name="Word", kind=SensorKind.TEXT, value="Hello"),
    Detector(id="d", name="Door", kind=DetectorKind.DOORBELL, on=False),
)


async def test_what_is_away_is_unavailable_and_comes_back(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(*ALL)
    before = {item.entity_id: item.state for item in hass.states.async_all()}
    assert len(before) == len(ALL)
    hub.away = HubConnectionError(Reason.TIMED_OUT)
    await advance(AN_OUTAGE)
    assert {item.state for item in hass.states.async_all()} == {STATE_UNAVAILABLE}
    hub.away = None
    await advance(2 * AN_OUTAGE)
    assert {item.entity_id: item.state for item in hass.states.async_all()} == before


async def test_own_words_have_icons_or_translations(
    hass: HomeAssistant, start: Start, entity_registry: er.EntityRegistry
) -> None:
    entry = await start(*ALL)
    path = Path("custom_components/crestron_homeseer/icons.json")
    icons = json.loads(path.read_text(encoding="utf-8"))["entity"]
    keys = {
        (item.domain, item.translation_key)
        for item in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if item.translation_key
    }
    assert keys == {
        ("binary_sensor", "doorbell"),
        ("climate", "thermostat"),
        ("event", "remote"),
        ("sensor", "read_interval"),
        ("sensor", "response_time"),
        ("sensor", "text"),
        ("sensor", "ultraviolet"),
    }
    assert [(domain, key) for domain, key in keys if key not in icons[domain]] == []
