"""What owners expect of their devices holds: in one house, after a restart, and ever on.

The families are what plug-ins and owners really build: the devices as HomeSeer sends
them, all entities that they make ("off" where it is disabled), what these show at first
and after each step, what HomeSeer is sent when somebody acts, and what is shown after a
restart that meets other texts.
"""

from collections.abc import AsyncGenerator
from itertools import groupby, zip_longest
import json
from pathlib import Path
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import METRIC_SYSTEM, US_CUSTOMARY_SYSTEM
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_KIND,
    DOMAIN,
    KIND_HOMESEER,
)
from simulator.server import Server

type Family = dict[str, Any]
type Shown = dict[str, dict[str, Any]]

FIXTURE = Path(__file__).parents[2] / "fixtures" / "homeseer_families.json"
# Longer than anything that is shown is left unread.
A_WHILE = 120


def kind_of_system(family: Family) -> tuple[str, bool]:
    """Return which kind of system a family is of: these are in one house."""
    return family["version"], family["fahrenheit"]


FAMILIES = sorted(json.loads(FIXTURE.read_text("utf-8")), key=kind_of_system)
HOUSES = {kind: list(each) for kind, each in groupby(FAMILIES, kind_of_system)}


class System:
    """A HomeSeer system that holds families of devices, and notes what it is sent."""

    def __init__(self, families: list[Family]) -> None:
        self.version, self.fahrenheit = kind_of_system(families[0])
        devices = [dict(each) for family in families for each in family["devices"]]
        self.rows = {device["ref"]: device for device in devices}
        self.first = {
            ref: (row["value"], row["status"]) for ref, row in self.rows.items()
        }
        self.pairs = {
            int(ref): pairs
            for family in families
            for ref, pairs in family["controls"].items()
        }
        self.sent: list[list[Any]] = []

    def show(self, what: dict[Any, Any]) -> None:
        """Have some devices show a value and a text."""
        for ref, (value, status) in what.items():
            self.rows[int(ref)] |= {"value": value, "status": status}

    def _answer(self, query: dict[str, str]) -> object:
        refs = [int(ref) for ref in query.get("ref", "").split(",") if ref.isdecimal()]
        rows = [row for ref, row in self.rows.items() if ref in (refs or self.rows)]
        match query["request"].lower():
            case "getstatus":
                return {"TempFormatF": self.fahrenheit, "Devices": rows}
            case "getcontrol":
                wanted = refs or self.pairs
                pairs = {ref: own for ref, own in self.pairs.items() if ref in wanted}
                controls = [
                    {"ref": ref, "ControlPairs": own} for ref, own in pairs.items()
                ]
                return {"Devices": controls}
            case "getevents":
                return {"Events": []}
            case "controldevicebyvalue":
                self.sent.append([refs[0], float(query["value"])])
                return {"Devices": rows}
            case "controldevicebyindex":
                value = self.pairs[refs[0]][int(query["value"])]["ControlValue"]
                self.sent.append([refs[0], value, query["string"]])
                return {"Devices": rows}
            case "getsetting":
                return {"Value": str(self.fahrenheit)}
            case "getsessionconfig" | "hsversion":
                return {"hsVersion": self.version, "isLocation1First": True}
        return {"Response": "Error, bad request"}

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer a request."""
        return web.json_response(self._answer(dict(request.query)))


class Home:
    """A system in Home Assistant, and what was found to be otherwise than expected."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, system: System
    ) -> None:
        self.hass, self.freezer, self.system = hass, freezer, system
        self.wrong: list[str] = []
        self.entry = MockConfigEntry()

    async def start(self) -> None:
        """Set the entry up."""
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def show(self, what: dict[Any, Any]) -> None:
        """Have Home Assistant see what HomeSeer shows, when all of it is due."""
        self.system.show(what)
        self.freezer.tick(A_WHILE)
        await self.entry.runtime_data.async_refresh()
        await self.hass.async_block_till_done()

    def entities(self) -> dict[str, str]:
        """Return the ids of all entities by platform and feature."""
        registry = er.async_get(self.hass)
        found = er.async_entries_for_config_entry(registry, self.entry.entry_id)
        return {
            f"{each.domain} ref-{key}{' off' if each.disabled_by else ''}": each.entity_id
            for each in found
            for _, there, key in (each.unique_id.partition("ref-"),)
            if there
        }

    def check(self, what: object, found: object, wanted: object) -> None:
        """Note what is otherwise than expected."""
        if found != wanted:
            self.wrong.append(f"{what}: {found}, not {wanted}")

    def check_shown(self, what: str, wanted: Shown, before: dict[str, str]) -> None:
        """Check what some entities show; an event may only have changed, or be known."""
        entities = self.entities()
        for key, facts in wanted.items():
            state = self.hass.states.get(entities.get(key, key.replace(" ", ".")))
            if state is None:
                self.check((what, key), None, facts)
                continue
            found = {name: state.attributes.get(name) for name in facts}
            found["state"] = state.state
            if facts["state"] == "changed" and state.state != before[state.entity_id]:
                found["state"] = "changed"
            elif facts["state"] == "known" and state.state != "unknown":
                found["state"] = "known"
            self.check((what, key), json.loads(json.dumps(found)), facts)

    async def act(self, what: str, action: dict[str, Any]) -> None:
        """Check what HomeSeer is sent when somebody acts."""
        await self.show(self.system.first | action.get("first", {}))
        self.system.sent.clear()
        domain, service = action["call"].split(".")
        data = {
            "entity_id": self.entities()[action["entity"]],
            **action.get("data", {}),
        }
        await self.hass.services.async_call(domain, service, data, blocking=True)
        self.check((what, action["call"]), self.system.sent, action["sent"])


@pytest.fixture
async def home(
    families: list[Family],
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    socket_enabled: None,
) -> AsyncGenerator[Home]:
    """All families of one kind of system, set up."""
    found = Home(hass, freezer, System(families))
    fahrenheit = found.system.fahrenheit
    hass.config.units = US_CUSTOMARY_SYSTEM if fahrenheit else METRIC_SYSTEM
    server = Server(found.system.handle)
    await server.start()
    data = {
        CONF_KIND: KIND_HOMESEER,
        CONF_HOST: server.host,
        CONF_PORT: server.port,
        CONF_WEBHOOK_ID: "a-web-hook",
    }
    found.entry = MockConfigEntry(
        domain=DOMAIN, title="HomeSeer", data=data, options={CONF_ASCII_PORT: 0}
    )
    found.entry.add_to_hass(hass)
    await found.start()
    yield found
    await hass.config_entries.async_unload(found.entry.entry_id)
    await hass.async_block_till_done()
    await server.stop()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("families", HOUSES.values(), ids=map(str, HOUSES))
async def test_owners_see_what_they_expect(home: Home, families: list[Family]) -> None:
    known = sorted(home.entities())
    wanted = sorted(each for family in families for each in family["entities"])
    home.check("entities", known, wanted)
    for family in families:
        home.check_shown(family["family"], family["shown"], {})
    # The steps of all families at once: what one shows is nothing to others.
    for step in zip_longest(*(family["steps"] for family in families), fillvalue=None):
        before = {each.entity_id: each.state for each in home.hass.states.async_all()}
        await home.show(
            {ref: now for each in step if each for ref, now in each["show"].items()}
        )
        for family, each in zip(families, step, strict=True):
            home.check_shown(family["family"], each["states"] if each else {}, before)
    for family in families:
        for action in family["actions"]:
            await home.act(family["family"], action)
    await home.show(home.system.first)
    # After a restart that meets other texts, they are the same.
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    for family in families:
        home.system.show(family["restart"]["show"])
    await home.start()
    home.check("entities after a restart", sorted(home.entities()), known)
    for family in families:
        home.check_shown(family["family"], family["restart"]["states"], {})
    assert not home.wrong, "\n".join(home.wrong)
