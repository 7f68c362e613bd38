"""What switches, remotes, numbers, choices and texts show, take and refuse."""

from typing import Any
from unittest.mock import patch

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    SelectOption,
    SetNumber,
    SetSiren,
    SetSwitch,
    SetText,
    SetValve,
    Siren,
    Switch,
    TextBox,
    Valve,
)
from custom_components.crestron_homeseer.house.devices import Device
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from custom_components.crestron_homeseer.house.kinds import Gesture, Motion

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, AN_OUTAGE, Start, refused, shown

# What is on or off, and valves


@pytest.mark.parametrize(
    ("device", "domain", "command", "device_class"),
    [
        (Switch(id="1", name="It", on=False), "switch", SetSwitch, "switch"),
        (
            Switch(id="1", name="It", on=False, outlet=True),
            "switch",
            SetSwitch,
            "outlet",
        ),
        (Siren(id="1", name="It", on=False), "siren", SetSiren, None),
    ],
)
async def test_what_is_on_or_off(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    device: Device,
    domain: str,
    command: type[Any],
    device_class: str | None,
) -> None:
    await start(device)
    it = f"{domain}.it"
    assert shown(hass, it, "device_class") == device_class
    for on, seen in ((True, "on"), (False, "off")):
        await act(hass, domain, f"turn_{seen}", it)
        assert state(hass, it).state == seen
        assert hub.sent.pop() == command(device_id="1", on=on)
    await advance(A_READ)
    hub.change("1", on=None)
    await advance(A_READ)
    assert state(hass, it).state == STATE_UNKNOWN


async def test_a_valve(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    it = "valve.main"
    await start(Valve(id="1", name="Main", position=0.0))
    assert state(hass, it).state == "closed"
    await act(hass, "valve", "open_valve", it)
    await act(hass, "valve", "close_valve", it)
    for facts, seen in (
        ({"motion": Motion.OPENING}, "opening"),
        ({"motion": Motion.CLOSING}, "closing"),
        ({"motion": Motion.STOPPED, "position": 1.0}, "open"),
        ({"position": None}, STATE_UNKNOWN),
        ({"position": 0.5, "can_position": True}, "open"),
    ):
        await advance(2 * AN_OUTAGE)
        hub.change("1", **facts)
        await advance(A_READ)
        assert state(hass, it).state == seen
    assert shown(hass, it, "current_position") == 50
    await act(hass, "valve", "set_valve_position", it, position=25)
    assert hub.sent == [SetValve(device_id="1", position=p) for p in (1.0, 0.0, 0.25)]


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (HubCommandError(Reason.DECLINED), "command_declined"),
        (HubUnansweredError(Reason.LOST), "command_unanswered"),
        (HubConnectionError(Reason.REFUSED), "command_unreachable"),
        (HubAuthError(Reason.BAD_TOKEN), "command_refused"),
    ],
)
async def test_a_failure_is_said(
    hass: HomeAssistant, hub: MemoryHub, start: Start, error: HubError, key: str
) -> None:
    await start(Switch(id="1", name="Pump", on=False))
    hub.error = error
    assert await refused(act(hass, "switch", "turn_on", "switch.pump")) == key
    assert state(hass, "switch.pump").state == "off"


# Remotes


async def test_a_press_is_an_event_once(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    events = async_capture_events(hass, EVENT_STATE_CHANGED)
    await start(Remote(id="1", name="Keypad", presses=4, last="Old"))
    for facts, keys in (
        # Nothing has been pressed since it was read first.
        ({}, []),
        ({"presses": 5, "last": "Key 2"}, ["Key 2"]),
        ({}, []),
        # The same key again is a press again.
        ({"presses": 6}, ["Key 2"]),
        # Other news are no press, and neither is a hub that counts anew.
        ({"model": "Other"}, []),
        ({"presses": 0}, []),
        ({"presses": 1, "last": None}, [None]),
    ):
        hub.change("1", **facts)
        await advance(A_READ)
        states = [event.data["new_state"] for event in events]
        events.clear()
        pressed = [each for each in states if each.state != STATE_UNKNOWN]
        assert [each.attributes["key"] for each in pressed] == keys


@pytest.mark.parametrize(
    ("press", "event_type", "count"),
    [
        ({"button": 3}, "press_end", None),
        ({"button": 3, "times": 2}, "multi_press_end", 2),
        ({"times": 5}, "multi_press_end", 5),
        ({"button": 1, "gesture": Gesture.HELD}, "long_press_start", None),
        ({"button": 1, "gesture": Gesture.RELEASED}, "long_press_end", None),
    ],
)
async def test_a_press_has_a_type_of_home_assistant(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    press: dict[str, Any],
    event_type: str,
    count: int | None,
) -> None:
    await start(Remote(id="1", name="Keypad"))
    hub.change("1", presses=1, last="In other words", **press)
    await advance(A_READ)
    attributes = state(hass, "event.keypad").attributes
    assert event_type in attributes["event_types"]
    assert attributes["event_type"] == event_type
    assert attributes["key"] == "In other words"
    assert attributes["button"] == press.get("button")
    assert attributes.get("multi_press_count") == count


async def test_what_was_pressed_during_an_outage_or_a_restart_is_past(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    entry = await start(Remote(id="1", name="Keypad", presses=4, last="Old"))
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
    before = state(hass, "event.keypad")
    assert before.attributes["key"] == "Now"
    assert await hass.config_entries.async_unload(entry.entry_id)
    hub.change("1", presses=17, last="Key 7")
    with patch("custom_components.crestron_homeseer.create_hub", lambda *args: hub):
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
    assert number.attributes.items() >= {
        ("min", 0),
        ("max", 30),
        ("step", 0.5),
        ("mode", "slider"),
        ("unit_of_measurement", "s"),
    }
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
    for text, seen in (
        ("x" * 256, STATE_UNKNOWN),
        (None, STATE_UNKNOWN),
        ("x" * 255, "x" * 255),
    ):
        hub.change("1", text=text)
        await advance(A_READ)
        assert state(hass, "text.note").state == seen
