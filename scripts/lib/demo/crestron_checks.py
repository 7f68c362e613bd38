"""What is tried with the simulated Crestron Home processor."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .checks import Check, Look
from .crestron_wire import FULL, Processor
from .errors import DemoError
from .rest import HomeAssistant, Json

# How far a shade's word may lie from the last one while it stands.
STILL = 30


@dataclass(slots=True)
class Both:
    """Home Assistant and the processor."""

    home: HomeAssistant
    processor: Processor

    def tells(self, kind: str, number: int, text: str, **wanted: object) -> Look:
        """Look whether an entry of the processor has some values."""

        async def look() -> str | None:
            entry = await self.processor.entry(kind, number)
            return text if _has(entry, wanted) else None

        return look

    def shows(self, entity_id: str, state: str | None = None, **wanted: object) -> Look:
        """Look whether Home Assistant shows a state and attributes."""

        async def look() -> str | None:
            shown = await self.home.state(entity_id)
            if state is not None and shown["state"] != state:
                return None
            return shown["state"] if _has(shown["attributes"], wanted) else None

        return look


def _has(entry: Json, wanted: dict[str, Any]) -> bool:
    return all(
        abs((entry.get(key) or 0) - value) <= 0.011 * max(1, abs(value))
        if isinstance(value, float)
        else entry.get(key) == value
        for key, value in wanted.items()
    )


async def all_checks(home: HomeAssistant, processor: Processor) -> Sequence[Check]:
    """Return everything that is tried."""
    both = Both(home, processor)
    return [
        await _open_shade(both),
        await _stop_shade(both),
        await _dim(both),
        await _fan(both),
        await _thermostat(both),
        await _lock(both),
        await _scene(both),
        await _source(both),
        await _volume(both),
        await _keypad(both),
    ]


async def _open_shade(both: Both) -> Check:
    name = "Master Bedroom Drapes"
    number = await both.processor.find("shades", name)
    entity = await both.home.find("cover", name)
    return Check(
        asked=f"open {name}",
        act=lambda: both.home.call("cover.open_cover", entity),
        hub=both.tells("shades", number, "open to the end", position=FULL),
        home=both.shows(entity, "open", current_position=100),
    )


async def _stop_shade(both: Both) -> Check:
    name = "Office Shade"
    number = await both.processor.find("shades", name)
    entity = await both.home.find("cover", name)
    last: list[int] = []

    async def close_halfway() -> None:
        await both.home.call("cover.close_cover", entity)
        for _ in range(100):
            await asyncio.sleep(0.2)
            shown = await both.home.state(entity)
            entry = await both.processor.entry("shades", number)
            if shown["state"] == "closing" and entry["position"] < FULL * 0.75:
                return
        raise DemoError("It was told to close first, and is not on its way.")

    async def stands() -> str | None:
        position = (await both.processor.entry("shades", number))["position"]
        last.append(position)
        # Five looks are about a second, in which a moving shade goes 3000 on.
        steady = len(last) >= 5 and max(last[-5:]) - min(last[-5:]) <= STILL
        if not steady or not 0 < position < FULL:
            return None
        return f"it stands at {position / FULL:.0%}"

    async def shown() -> str | None:
        state = await both.home.state(entity)
        position = (await both.processor.entry("shades", number))["position"]
        same = state["attributes"]["current_position"] == round(position / FULL * 100)
        return "open" if state["state"] == "open" and same and await stands() else None

    return Check(
        asked=f"stop {name} on its way down",
        prepare=close_halfway,
        act=lambda: both.home.call("cover.stop_cover", entity),
        hub=stands,
        home=shown,
    )


async def _dim(both: Both) -> Check:
    name = "Chandelier"
    number = await both.processor.find("lights", name)
    entity = await both.home.find("light", name)
    return Check(
        asked=f"dim {name} to 25 %",
        act=lambda: both.home.call("light.turn_on", entity, brightness_pct=25),
        hub=both.tells("lights", number, "it burns at 25 %", level=FULL * 0.25),
        home=both.shows(entity, "on", brightness=64),
    )


async def _fan(both: Both) -> Check:
    name = "Ceiling Fan"
    number = await both.processor.find("lights", name)
    entity = await both.home.find("fan", name)
    return Check(
        asked=f"{name} at full speed",
        act=lambda: both.home.call("fan.set_percentage", entity, percentage=100),
        hub=both.tells("lights", number, "it turns at speed 4", speed=4),
        home=both.shows(entity, "on", percentage=100),
    )


async def _thermostat(both: Both) -> Check:
    name = "Main Floor"
    number = await both.processor.find("thermostats", name)
    entity = await both.home.find("climate", name)
    return Check(
        asked=f"{name} to 74 °F",
        act=lambda: both.home.call("climate.set_temperature", entity, temperature=74),
        hub=both.tells(
            "thermostats",
            number,
            "it cools to 74 °F",
            currentMode="Cool",
            currentSetPoint=[{"type": "cool", "temperature": 740}],
        ),
        home=both.shows(entity, "cool", temperature=74.0),
    )


async def _lock(both: Both) -> Check:
    name = "Garage Entry"
    number = await both.processor.find("doorlocks", name)
    entity = await both.home.find("lock", name)
    return Check(
        asked=f"lock {name}",
        act=lambda: both.home.call("lock.lock", entity),
        hub=both.tells("doorlocks", number, "it is locked", status="Locked"),
        home=both.shows(entity, "locked"),
    )


async def _scene(both: Both) -> Check:
    shade = await both.processor.find("shades", "Theater Blackout")
    light = await both.processor.find("lights", "Sconces", "Theater")
    scene = await both.home.find("scene", "Movie Night")
    cover_entity = await both.home.find("cover", "Theater Blackout")
    light_entity = await both.home.find("light", "Sconces")
    dark = both.tells("shades", shade, "", position=0)
    dim = both.tells("lights", light, "", level=FULL * 0.1)
    cover_shown = both.shows(cover_entity, "closed", current_position=0)
    light_shown = both.shows(light_entity, "on", brightness=26)

    async def happened() -> str | None:
        if await dark() is None or await dim() is None:
            return None
        return "theater shade closed, lights at 10 %"

    async def shown() -> str | None:
        return await cover_shown() and await light_shown()

    return Check(
        asked="recall the scene Movie Night",
        act=lambda: both.home.call("scene.turn_on", scene),
        hub=happened,
        home=shown,
    )


async def _source(both: Both) -> Check:
    number = await both.processor.find("mediarooms", "Living Room")
    entity = await both.home.find("media_player", "Living Room")
    rooms = await both.processor.entry("mediarooms", number)
    source = rooms["availableSources"][1]
    return Check(
        asked=f"play {source['sourceName']} in the Living Room",
        act=lambda: both.home.call(
            "media_player.select_source", entity, source=source["sourceName"]
        ),
        hub=both.tells(
            "mediarooms",
            number,
            "the room is on and plays it",
            currentPowerState="on",
            currentSourceId=source["id"],
        ),
        home=both.shows(entity, "on", source=source["sourceName"]),
    )


async def _volume(both: Both) -> Check:
    number = await both.processor.find("mediarooms", "Kitchen")
    entity = await both.home.find("media_player", "Kitchen")

    async def switch_on() -> None:
        await both.home.call("media_player.turn_on", entity)

    return Check(
        asked="volume in the Kitchen to 45 %",
        prepare=switch_on,
        act=lambda: both.home.call(
            "media_player.volume_set", entity, volume_level=0.45
        ),
        hub=both.tells(
            "mediarooms", number, "it is at 45 %", currentVolumeLevel=FULL * 0.45
        ),
        home=both.shows(entity, "on", volume_level=0.45),
    )


async def _keypad(both: Both) -> Check:
    name = "Desk Lamp"
    number = await both.processor.find("lights", name)
    entity = await both.home.find("light", name)
    body = {"lights": [{"id": number, "level": FULL}]}
    return Check(
        asked=f"{name}, switched on at its keypad",
        act=lambda: both.processor.post("lights/SetState", body),
        hub=both.tells("lights", number, "it burns", level=FULL),
        home=both.shows(entity, "on"),
    )
