"""What devices of every kind show, take and refuse: the tables beside this file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.hub import AnyCommand

from ..common import Advance, act, state
from ..memory import MemoryHub
from . import (
    test_alarms as alarms,
    test_controls as controls,
    test_lights as lights,
    test_openings as openings,
    test_players as players,
    test_sensors as sensors,
    test_thermostats as thermostats,
)
from .common import A_READ, Start, check, check_shown, refused, set_up

SHOWN = [
    *chain(alarms.SHOWN, controls.SHOWN, lights.SHOWN, openings.SHOWN),
    *chain(players.SHOWN, thermostats.SHOWN),
]
CHANGED = [
    *chain(controls.CHANGED, lights.CHANGED, openings.CHANGED),
    *chain(sensors.CHANGED, thermostats.CHANGED),
]
SENT = [
    *chain(alarms.SENT, controls.SENT, lights.SENT, openings.SENT),
    *chain(players.SENT, thermostats.SENT),
]


async def test_what_is_shown(hass: HomeAssistant, start: Start) -> None:
    # A code that is empty is none.
    await check_shown(hass, partial(start, alarm_code=""), SHOWN)


async def test_what_changes(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    """A device for each row, which changes: it shows what is expected then."""
    entity_ids = await set_up(hass, start, [row[0] for row in CHANGED])
    for number, (_, changes, _) in enumerate(CHANGED):
        hub.change(str(number), **changes)
    await advance(A_READ)
    for entity_id, (device, changes, expected) in zip(entity_ids, CHANGED, strict=True):
        check(hass, entity_id, (device, changes), expected)


async def test_what_actions_send(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    """A device for each row: an action sends commands, or is refused.

    An action is "climate.set_temperature temperature=20"; the reason of a refusal is
    empty where it is Home Assistant's own.
    """
    entity_ids = await set_up(hass, start, [row[0] for row in SENT])
    for number, (device, text, expected) in enumerate(SENT):
        name, *pairs = text.split()
        domain, action = name.split(".")
        data = {key: value(each) for key, each in (p.split("=", 1) for p in pairs)}
        doing = act(hass, domain, action, entity_ids[number], **data)
        hub.sent.clear()
        commands: Sequence[AnyCommand] = ()
        if expected == "":
            with pytest.raises(HomeAssistantError):
                await doing
        elif isinstance(expected, str):
            reason = await refused(doing)
            assert reason == expected, (device, text, reason)
        else:
            await doing
            commands = [expected] if isinstance(expected, Command) else expected
            # It is shown at once; a fan has few speeds.
            attributes = state(hass, entity_ids[number]).attributes
            for key in data.keys() & attributes.keys() - {"percentage"}:
                now = attributes[key]
                shown = list(now) if isinstance(now, tuple) else now
                assert shown == data[key], (device, text, shown)
        sent = [replace(each, device_id=str(number)) for each in commands]
        assert hub.sent == sent, (device, text, hub.sent)


def value(text: str) -> Any:
    """Return a value of an action."""
    try:
        return json.loads(text)
    except ValueError:
        return text
