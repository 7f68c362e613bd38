"""The naive way to do it, to compare with; and entities that do nothing at all.

The naive client asks for each device by itself, parses whatever comes, and writes the
state of every entity at every poll. Its costs grow with the devices one by one, so a
part of a large house is enough to know them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
import json
from typing import Any, override

import aiohttp
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from .const import CRESTRON, HOST, TOKEN
from .far import Far

PLAIN = "plain"
LISTS = {
    "lights": "lights",
    "shades": "shades",
    "thermostats": "thermostats",
    "doorlocks": "doorLocks",
    "sensors": "sensors",
    "mediarooms": "mediaRooms",
    "securitydevices": "securityDevices",
}


class PlainEntity(Entity):
    """An entity as small as Home Assistant lets it be; it is told what it shows."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(
        self,
        number: str,
        name: str | None,
        state: str | None,
        attributes: Mapping[str, Any],
        device: DeviceInfo | None = None,
    ) -> None:
        """Take all that is shown; entities of a kind may share the attributes."""
        self._attr_unique_id = number
        self._attr_name = name
        self._attr_state = state
        self._attributes = attributes
        if device is not None:
            self._attr_device_info = device

    @property
    @override
    def state_attributes(self) -> dict[str, Any]:
        """Return attributes, as a real entity does."""
        return dict(self._attributes)

    def show(self, state: str) -> None:
        """Show a state, also where it is the same."""
        self._attr_state = state
        self.async_write_ha_state()


async def set_up_plain(
    hass: HomeAssistant, entities: Mapping[str, Sequence[PlainEntity]]
) -> None:
    """Set up an integration of such entities, by domain."""

    def platform(domain: str) -> MockPlatform:
        async def setup(
            hass: HomeAssistant,
            entry: ConfigEntry,
            add: AddConfigEntryEntitiesCallback,
        ) -> None:
            add(entities[domain])

        return MockPlatform(async_setup_entry=setup)

    async def setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, list(entities))
        return True

    mock_integration(hass, MockModule(PLAIN, async_setup_entry=setup_entry))
    mock_platform(hass, f"{PLAIN}.config_flow", None)
    for domain in entities:
        mock_platform(hass, f"{PLAIN}.{domain}", platform(domain))
    entry = MockConfigEntry(domain=PLAIN)
    entry.add_to_hass(hass)
    with mock_config_flow(PLAIN, ConfigFlow):
        await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state.value == "loaded", entry.reason


@dataclass(slots=True)
class NaiveClient:
    """One request per device, every entity written at every poll."""

    hass: HomeAssistant
    far: Far
    most: int
    entities: dict[str, PlainEntity] = field(default_factory=dict)
    _headers: dict[str, str] = field(default_factory=dict)

    async def set_up(self) -> None:
        """Find out what there is, ask for each device, and add its entity."""
        paths = await (
            self._crestron() if self.far.kind == CRESTRON else self._homeseer()
        )
        for path in paths[: self.most]:
            item = self._item(await self._get(path))
            self.entities[path] = PlainEntity(
                path,
                item["name"],
                self._state(item),
                item,
                DeviceInfo(identifiers={(PLAIN, path)}, name=item["name"]),
            )
        await set_up_plain(self.hass, {"sensor": list(self.entities.values())})

    async def poll(self) -> None:
        """Ask for each device, and write each state."""
        for path, entity in self.entities.items():
            entity.show(self._state(self._item(await self._get(path))))

    def shades(self) -> list[int]:
        """Return the numbers of the shades that can be moved."""
        return [
            int(path.rsplit("/", 1)[1]) for path in self.entities if "/shades/" in path
        ]

    async def move_shades(self, numbers: Sequence[int], position: int) -> None:
        """Move shades, one after the other."""
        for number in numbers:
            body = {"shades": [{"id": number, "position": position}]}
            url = f"http://{HOST}:{self.far.port}/cws/api/shades/SetState"
            async with self._session.post(
                url, json=body, headers=self._headers
            ) as response:
                await response.read()

    @property
    def _session(self) -> aiohttp.ClientSession:
        return async_get_clientsession(self.hass)

    async def _get(self, path: str) -> dict[str, Any]:
        url = f"http://{HOST}:{self.far.port}{path}"
        async with self._session.get(url, headers=self._headers) as response:
            answer: dict[str, Any] = json.loads(await response.read())
            return answer

    async def _crestron(self) -> list[str]:
        self._headers = {"Crestron-RestAPI-AuthToken": TOKEN}
        login = await self._get("/cws/api/login")
        self._headers = {"Crestron-RestAPI-AuthKey": login["authkey"]}
        return [
            f"/cws/api/{name}/{item['id']}"
            for name, key in LISTS.items()
            for item in (await self._get(f"/cws/api/{name}"))[key]
        ]

    async def _homeseer(self) -> list[str]:
        items = (await self._get("/JSON?request=getstatus"))["Devices"]
        return [f"/JSON?request=getstatus&ref={item['ref']}" for item in items]

    def _item(self, answer: dict[str, Any]) -> dict[str, Any]:
        return next(
            value[0] for value in answer.values() if isinstance(value, list) and value
        )

    def _state(self, item: dict[str, Any]) -> str:
        keys = ("level", "position", "presence", "status", "value")
        return str(next((item[key] for key in keys if key in item), None))[:200]
