"""What switches, remotes, numbers, choices and texts show, take and refuse."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    PressButton,
    Remote,
    SelectOption,
    SetNumber,
    SetSiren,
    SetSwitch,
    SetText,
    Siren,
    Switch,
    TextBox,
)
from custom_components.crestron_homeseer.house.devices import Button
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from custom_components.crestron_homeseer.house.kinds import Gesture

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, AN_OUTAGE, Changed, Sent, Shown, Start, refused

OUTLET = Switch(id="1", name="It", on=False, outlet=True)
SIREN = Siren(id="1", name="It", on=False)
DELAY = Number(id="1", name="Delay", value=5.0, low=0.0, high=30.0, step=0.5, unit="s")
MODE = Choice(id="1", name="Mode", option="Eco", options=("Eco", "Full"))
NOTE = TextBox(id="1", name="Note", text="")
UNKNOWN = {"state": STATE_UNKNOWN}

# What is pressed, and which of Home Assistant's own types it is.
PRESSES: list[tuple[dict[str, Any], str, int | None]] = [
    ({"button": 3}, "press_end", None),
    ({"button": 3, "times": 2}, "multi_press_end", 2),
    ({"times": 5}, "multi_press_end", 5),
    ({"button": 1, "gesture": Gesture.HELD}, "long_press_start", None),
    ({"button": 1, "gesture": Gesture.RELEASED}, "long_press_end", None),
]
SHOWN: Shown = [
    (replace(OUTLET, outlet=False, on=True), {"state": "on", "device_class": "switch"}),
    (OUTLET, {"state": "off", "device_class": "outlet"}),
    (SIREN, {"state": "off"}),
    (
        DELAY,
        {"state": "5", "min": 0, "max": 30, "step": 0.5, "mode": "slider"}
        | {"unit_of_measurement": "s"},
    ),
    (MODE, {"state": "Eco", "options": ["Eco", "Full"]}),
    (NOTE, {"state": ""}),
    (replace(NOTE, text="x" * 255), {"state": "x" * 255}),
]
CHANGED: Changed = [
    (OUTLET, {"on": None}, UNKNOWN),
    (SIREN, {"on": None}, UNKNOWN),
    # What the hub allows may change, and then another way to set it is better.
    (DELAY, {"value": None, "high": 1000.0}, UNKNOWN | {"max": 1000, "mode": "box"}),
    (MODE, {"option": "Custom"}, UNKNOWN),
    (
        MODE,
        {"option": "New", "options": ("New",)},
        {"state": "New", "options": ["New"]},
    ),
    # A part of it in a box to edit would soon be all that is left.
    (NOTE, {"text": "x" * 256}, UNKNOWN),
    (NOTE, {"text": None}, UNKNOWN),
    *(
        (
            Remote(id="1", name="Keypad"),
            press | {"presses": 1, "last": "In other words"},
            {"event_type": event_type, "key": "In other words"}
            | {"button": press.get("button"), "multi_press_count": count},
        )
        for press, event_type, count in PRESSES
    ),
]
SENT: Sent = [
    *(
        row
        for on, word in ((True, "on"), (False, "off"))
        for row in (
            (OUTLET, f"switch.turn_{word}", SetSwitch(device_id="1", on=on)),
            (SIREN, f"siren.turn_{word}", SetSiren(device_id="1", on=on)),
        )
    ),
    (DELAY, "number.set_value value=7.5", SetNumber(device_id="1", value=7.5)),
    (DELAY, "number.set_value value=31", ""),
    (
        MODE,
        "select.select_option option=Full",
        SelectOption(device_id="1", option="Full"),
    ),
    (MODE, "select.select_option option=Other", ""),
    # From what is none of the options, one comes to the first of them.
    (
        replace(MODE, option="Custom"),
        "select.select_next",
        SelectOption(device_id="1", option="Eco"),
    ),
    (NOTE, "text.set_value value=Milk&eggs", SetText(device_id="1", text="Milk&eggs")),
    (
        Button(id="1", name="Restart"),
        "button.press",
        PressButton(device_id="1"),
    ),
]


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
