"""What is tried with the simulated HomeSeer system."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.homeseer import Model

from .checks import Check, Look
from .homeseer_wire import System
from .rest import HomeAssistant, Json

# What is told is shown within this; what is only looked for takes up to a minute.
TOLD_WITHIN = 3.0

type Act = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Both:
    """Home Assistant and HomeSeer, and the house for what is done by hand."""

    home: HomeAssistant
    system: System
    model: Model

    async def tells(self, feature: str, text: str, *values: float) -> Look:
        """Look whether a feature has one value after the other, at last the last."""
        ref = await self.system.find(feature)
        left = list(values)

        async def look() -> str | None:
            value = (await self.system.feature(ref))["value"]
            if len(left) > 1 and value == left[0]:
                del left[0]
            return text if left[-1:] == [value] and len(left) == 1 else None

        return look

    async def says(self, feature: str, text: str) -> Look:
        """Look whether a feature has a text."""
        ref = await self.system.find(feature)

        async def look() -> str | None:
            status = (await self.system.feature(ref))["status"]
            return f"it says {text!r}" if status == text else None

        return look

    def shows(self, entity_id: str, *states: str, **wanted: object) -> Look:
        """Look whether Home Assistant shows one state after the other, and attributes."""
        left = list(states)

        async def look() -> str | None:
            shown = await self.home.state(entity_id)
            if len(left) > 1 and shown["state"] == left[0]:
                del left[0]
            reached = left in ([], [shown["state"]])
            good = reached and _has(shown["attributes"], wanted)
            return shown["state"] if good else None

        return look

    def asks(self, action: str, entity_id: str, **data: Any) -> Act:
        """Have an action carried out on an entity."""

        async def act() -> None:
            await self.home.call(action, entity_id, **data)

        return act

    def by_hand(self, feature: str, value: float | None, text: str | None) -> Act:
        """Have somebody work a feature in the house itself."""

        async def act() -> None:
            found = self.model.find(feature)
            found.set(found.value if value is None else value, text)

        return act


def _has(attributes: Json, wanted: dict[str, Any]) -> bool:
    return all(attributes.get(key) == value for key, value in wanted.items())


async def all_checks(
    home: HomeAssistant, system: System, model: Model
) -> Sequence[Check]:
    """Return everything that is tried."""
    both = Both(home, system, model)
    return [
        await _dim(both),
        await _outlet(both),
        await _unlock(both),
        await _lock(both),
        await _garage(both),
        await _shade(both),
        await _mode(both),
        await _set_point(both),
        await _event(both),
        await _fan(both),
        await _speed(both),
        await _alarm(both),
        await _select(both),
        await _text(both),
        await _player(both),
        await _control(both),
        await _by_hand(both),
        await _track(both),
    ]


async def _dim(both: Both) -> Check:
    entity = await both.home.find("light", "Kitchen Dimmer")
    return Check(
        asked="dim Kitchen Dimmer to 25 %",
        act=both.asks("light.turn_on", entity, brightness_pct=25),
        hub=await both.tells("Kitchen Dimmer", "it burns at 25", 25),
        home=both.shows(entity, "on", brightness=64),
    )


async def _outlet(both: Both) -> Check:
    entity = await both.home.find("switch", "Coffee Maker")
    return Check(
        asked="switch Coffee Maker on",
        act=both.asks("switch.turn_on", entity),
        hub=await both.tells("Coffee Maker Outlet", "it is on", 255),
        home=both.shows(entity, "on", device_class="outlet"),
    )


async def _unlock(both: Both) -> Check:
    entity = await both.home.find("lock", "Front Door Lock")
    return Check(
        asked="unlock Front Door Lock",
        act=both.asks("lock.unlock", entity),
        hub=await both.tells("Front Door Lock Bolt", "it is unlocked", 0),
        home=both.shows(entity, "unlocked"),
    )


async def _lock(both: Both) -> Check:
    entity = await both.home.find("lock", "Garage Entry Lock")
    return Check(
        asked="lock Garage Entry Lock",
        act=both.asks("lock.lock", entity),
        hub=await both.tells("Garage Entry Lock Bolt", "it is locked", 255),
        home=both.shows(entity, "locked"),
    )


async def _garage(both: Both) -> Check:
    entity = await both.home.find("cover", "Garage Door")
    return Check(
        asked="open Garage Door",
        act=both.asks("cover.open_cover", entity),
        hub=await both.tells("Garage Door Opener", "opening, then open", 254, 255),
        home=both.shows(entity, "opening", "open", device_class="garage"),
    )


async def _shade(both: Both) -> Check:
    entity = await both.home.find("cover", "Living Room Shade")
    return Check(
        asked="Living Room Shade to 40 %",
        act=both.asks("cover.set_cover_position", entity, position=40),
        hub=await both.tells("Living Room Shade Position", "it stands at 40", 40),
        home=both.shows(entity, "open", current_position=40),
    )


async def _mode(both: Both) -> Check:
    entity = await both.home.find("climate", "Hallway Thermostat")
    return Check(
        asked="Hallway Thermostat to cool",
        act=both.asks("climate.set_hvac_mode", entity, hvac_mode="cool"),
        hub=await both.tells("Hallway Thermostat Mode", "it cools", 2),
        home=both.shows(entity, "cool", temperature=74),
    )


async def _set_point(both: Both) -> Check:
    entity = await both.home.find("climate", "Upstairs Thermostat")
    ref = await both.system.find("Heating Setpoint", "Master Bedroom")

    async def heat() -> None:
        await both.home.call("climate.set_hvac_mode", entity, hvac_mode="heat")

    async def set_point() -> str | None:
        feature = await both.system.feature(ref)
        # This one counts in half degrees Celsius, of which 70 °F are 42.2.
        return "it heats to 21.1 °C" if feature["value"] == 42.2 else None

    return Check(
        asked="Upstairs Thermostat to 70 °F",
        prepare=heat,
        act=both.asks("climate.set_temperature", entity, temperature=70),
        hub=set_point,
        home=both.shows(entity, "heat", temperature=70),
    )


async def _event(both: Both) -> Check:
    button = await both.home.find("button", "Lighting events Outside Lights On")
    light = await both.home.find("light", "Porch Lamp")
    return Check(
        asked="run the event Outside Lights On",
        act=both.asks("button.press", button),
        hub=await both.tells("Porch Lamp", "the porch lamp burns", 255),
        home=both.shows(light, "on"),
    )


async def _fan(both: Both) -> Check:
    entity = await both.home.find("fan", "Bedroom Fan")
    return Check(
        asked="Bedroom Fan to 66 %",
        act=both.asks("fan.set_percentage", entity, percentage=66),
        # Full speed is 99.
        hub=await both.tells("Bedroom Fan", "it turns at 65", 65),
        home=both.shows(entity, "on", percentage=66),
    )


async def _speed(both: Both) -> Check:
    entity = await both.home.find("fan", "Porch Fan")
    return Check(
        asked="Porch Fan to full speed",
        act=both.asks("fan.set_percentage", entity, percentage=100),
        hub=await both.tells("Fan Speed", "it is at High", 3),
        home=both.shows(entity, "on", percentage=100),
    )


async def _alarm(both: Both) -> Check:
    name = "DSC Alarm Partition 1"
    entity = await both.home.find("alarm_control_panel", name)
    return Check(
        asked="arm DSC Alarm, away",
        act=both.asks("alarm_control_panel.alarm_arm_away", entity),
        hub=await both.tells(name, "exit delay, then armed", 3, 2),
        home=both.shows(entity, "arming", "armed_away"),
    )


async def _select(both: Both) -> Check:
    entity = await both.home.find("select", "House Mode")
    return Check(
        asked="House Mode to Night",
        act=both.asks("select.select_option", entity, option="Night"),
        hub=await both.says("House Mode", "Night"),
        home=both.shows(entity, "Night"),
    )


async def _text(both: Both) -> Check:
    entity = await both.home.find("text", "Message of the Day")
    return Check(
        asked="Message of the Day: Bon appétit & more",
        act=both.asks("text.set_value", entity, value="Bon appétit & more"),
        hub=await both.says("Message of the Day", "Bon appétit & more"),
        home=both.shows(entity, "Bon appétit & more"),
    )


async def _player(both: Both) -> Check:
    entity = await both.home.find("media_player", "Living Room Sonos")
    return Check(
        asked="play Living Room Sonos",
        act=both.asks("media_player.media_play", entity),
        hub=await both.tells("Living Room Sonos Player State", "it plays", 1),
        home=both.shows(entity, "playing"),
    )


async def _control(both: Both) -> Check:
    entity = await both.home.find("switch", "Water Heater")
    ref = await both.system.find("Water Heater")

    async def act() -> None:
        await both.home.act("crestron_homeseer.homeseer_control", ref=ref, label="Off")

    return Check(
        asked=f"the control Off of ref {ref}",
        act=act,
        hub=await both.tells("Water Heater", "the water heater is off", 0),
        home=both.shows(entity, "off"),
    )


async def _by_hand(both: Both) -> Check:
    entity = await both.home.find("light", "Pantry Light")
    return Check(
        asked="Pantry Light, switched on at the wall",
        act=both.by_hand("Pantry Light", 255, None),
        hub=await both.tells("Pantry Light", "it burns; told at once", 255),
        home=both.shows(entity, "on"),
        within=TOLD_WITHIN,
    )


async def _track(both: Both) -> Check:
    entity = await both.home.find("media_player", "Living Room Sonos")
    track = "Living Room Sonos Track"
    return Check(
        asked="another track on Living Room Sonos",
        # A text is told by the web hook alone.
        act=both.by_hand(track, None, "All Blues"),
        hub=await both.says(track, "All Blues"),
        home=both.shows(entity, media_title="All Blues"),
        within=TOLD_WITHIN,
    )
