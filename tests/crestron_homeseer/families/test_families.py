"""What owners expect of their devices holds: in one house, after a restart, and ever on.

The families are what plug-ins and owners really build; each expectation is about what
Home Assistant shows, or what HomeSeer is told.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from itertools import zip_longest
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant, State
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

from .expecting import Item, is_as, same, was_told
from .system import Families, Family

FAMILIES: list[Family] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "homeseer_families.json").read_text()
)
HOUSES = sorted(
    {
        (each.get("system", {}).get("hs", 4), each.get("system", {}).get("fahrenheit"))
        for each in FAMILIES
    }
)


# Longer than anything that is shown is left unread.
A_WHILE = 120
GROUPS = {"climate", "player", "alarm"}


def _of(item: Item) -> list[int]:
    refs: list[int] = item.get("refs") or [item[_subject(item)]]
    return refs


def _subject(item: Item) -> str:
    return "absent" if "absent" in item else "ref"


class Home:
    """Families of devices in one Home Assistant, and what was found to be wrong."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        families: list[Family],
    ) -> None:
        """Take the families, and the clock that they live by."""
        self.hass = hass
        self.freezer = freezer
        self.families = families
        self.system = Families(families)
        self.wrong: list[str] = []
        self.held = 0
        self._platforms = {
            tuple(_of(item)): item["platform"]
            for family in families
            for item in family["expect"]
            if "platform" in item
        }
        self._entry: MockConfigEntry | None = None

    @property
    def entry(self) -> MockConfigEntry:
        """The entry of the system."""
        assert self._entry is not None
        return self._entry

    async def add(self, server: Server) -> None:
        """Add the system to Home Assistant."""
        self._entry = MockConfigEntry(
            domain=DOMAIN,
            title="HomeSeer",
            data={
                CONF_KIND: KIND_HOMESEER,
                CONF_HOST: server.host,
                CONF_PORT: server.port,
                CONF_WEBHOOK_ID: "a-web-hook",
            },
            options={CONF_ASCII_PORT: 0},
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def read(self) -> None:
        """Have Home Assistant see what HomeSeer shows, when all of it is due."""
        self.freezer.tick(A_WHILE)
        await self.entry.runtime_data.async_refresh()
        await self.hass.async_block_till_done()

    def registered(self) -> dict[str, bool]:
        """Return all entities, and which are enabled."""
        entries = er.async_entries_for_config_entry(
            er.async_get(self.hass), self.entry.entry_id
        )
        return {each.entity_id: each.disabled_by is None for each in entries}

    def _made_of(self, refs: list[int]) -> Iterator[State]:
        """Yield the states of what is made of some features, or of their group."""
        registry = er.async_get(self.hass)
        rows = self.system.rows
        family = {
            sibling
            for ref in refs
            for root in (ref, *rows[ref]["associated_devices"])
            for sibling in (root, *rows[root]["associated_devices"])
        }
        shared = []
        for each in er.async_entries_for_config_entry(registry, self.entry.entry_id):
            _, _, key = each.unique_id.partition("ref-")
            ref, _, role = key.partition("-")
            state = self.hass.states.get(each.entity_id)
            if each.disabled_by is not None or state is None or not ref.isdecimal():
                continue
            if int(ref) in refs:
                yield state
            # A thermostat, a player or a colour light is made of several.
            elif int(ref) in family and (role in GROUPS or state.domain == "light"):
                shared.append(state)
        yield from shared

    def _fitting(self, item: Item) -> list[State]:
        platform = item.get("platform") or self._platform(_of(item))
        wanted = platform if isinstance(platform, list) else [platform]
        return [state for state in self._made_of(_of(item)) if state.domain in wanted]

    def _platform(self, refs: list[int]) -> Any:
        known = self._platforms.get(tuple(refs))
        others = (
            platform
            for key, platform in self._platforms.items()
            if set(refs) <= set(key)
        )
        return known or next(others)

    def _note(self, family: Family, item: Item, *, held: bool) -> None:
        self.held += held
        if not held:
            shown = [str(state) for state in self._made_of(_of(item))] if item else ""
            self.wrong.append(f"{family['family']}: {item} but {shown}")

    def check(
        self, family: Family, item: Item, before: dict[str, State] | None = None
    ) -> None:
        """Check one expectation."""
        if "absent" in item:
            held = not list(self._made_of(_of(item)))
        elif "never" in item:
            there = {state.domain for state in self._made_of(_of(item))}
            held = not there & set(item["never"])
        else:
            fitting = self._fitting(item)
            held = any(
                is_as(self.hass, item, state, (before or {}).get(state.entity_id))
                for state in fitting
            ) or (not fitting and bool(item.get("optional")))
        self._note(family, item, held=held)

    def states(self) -> dict[str, State]:
        """Return all states."""
        return {state.entity_id: state for state in self.hass.states.async_all()}

    async def act(self, family: Family, item: Item) -> None:
        """Check what HomeSeer is told when something is asked for."""
        self.system.restore()
        self.system.show(item.get("first", {}))
        await self.read()
        state, service = self._service(item)
        self.system.told.clear()
        data = self._data(item, state.domain)
        domain, action = service.split(".")
        await self.hass.services.async_call(
            domain, action, {"entity_id": state.entity_id, **data}, blocking=True
        )
        self._note(family, item, held=was_told(self.system.told, item))

    def _service(self, item: Item) -> tuple[State, str]:
        action = item["action"]
        for state in self._made_of(_of(item)):
            service = action.get(state.domain) if isinstance(action, dict) else action
            if service and service.split(".")[0] in {state.domain, "homeassistant"}:
                if service.split(".")[0] == state.domain or state.domain in {
                    "fan",
                    "light",
                    "media_player",
                    "siren",
                    "switch",
                }:
                    return state, service
        raise AssertionError(f"nothing to act on: {item}")

    def _data(self, item: Item, domain: str) -> dict[str, Any]:
        given = item.get("data", {})
        if isinstance(item["action"], dict):
            given = given.get(domain, {})
        # All that is in degrees is meant in the unit of the house.
        return {
            key: value["value"] if isinstance(value, dict) else value
            for key, value in given.items()
        }


@pytest.fixture(params=HOUSES, ids=lambda house: f"hs{house[0]}-{house[1] or False}")
async def home(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    socket_enabled: None,
) -> AsyncGenerator[Home]:
    """All families of one kind of system, set up."""
    hs, fahrenheit = request.param
    families = [
        each
        for each in FAMILIES
        if each.get("system", {}).get("hs", 4) == hs
        and each.get("system", {}).get("fahrenheit") == fahrenheit
    ]
    hass.config.units = US_CUSTOMARY_SYSTEM if fahrenheit else METRIC_SYSTEM
    found = Home(hass, freezer, families)
    server = Server(found.system.handle)
    await server.start()
    await found.add(server)
    yield found
    await hass.config_entries.async_unload(found.entry.entry_id)
    await hass.async_block_till_done()
    await server.stop()


def _steps(family: Family, kind: str) -> list[Item]:
    return [item for item in family["expect"] if kind in item]


@pytest.mark.timeout(120)
async def test_owners_see_what_they_expect(
    home: Home, record_property: Callable[[str, object], None]
) -> None:
    known = home.registered()
    for family in home.families:
        for item in family["expect"]:
            if not {"then", "action", "reload_with"} & item.keys():
                home.check(family, item)
        for domain in family.get("never", []):
            for device in family["devices"]:
                home.check(family, {"ref": device["ref"], "never": [domain]})
    # All families go on at once: what one shows is nothing to the others.
    for step in zip_longest(*(_steps(family, "then") for family in home.families)):
        before = home.states()
        pairs = [
            (family, item)
            for family, item in zip(home.families, step, strict=True)
            if item
        ]
        for _, item in pairs:
            home.system.show(item["then"])
        await home.read()
        for family, item in pairs:
            for each in item["expect"]:
                home.check(family, each, before)
    for family in home.families:
        for item in _steps(family, "action"):
            await home.act(family, item)
    home.system.restore()
    await home.read()
    assert home.registered() == known
    # After a restart that meets other texts, they are the same.
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    for family in home.families:
        for item in _steps(family, "reload_with"):
            home.system.show(item["reload_with"])
    assert await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.hass.async_block_till_done()
    assert home.registered() == known
    for family in home.families:
        for item in _steps(family, "reload_with"):
            for each in item["expect"]:
                home.check(family, each)
    record_property("expectations", [home.held, home.held + len(home.wrong)])
    assert not home.wrong, "\n".join(home.wrong)


@pytest.mark.parametrize(
    ("got", "want", "result"),
    [
        ("On", "on", True),
        ("2.0", 2, True),
        ("2.1", 2, False),
        ("x", 2, False),
        ("20", {"value": 68, "unit": "°F"}, True),
        ("20", {"value": 20, "unit": "V"}, False),
        (None, {"not": None}, False),
        (["a", "B"], ["b"], True),
        ("c", ["a", "b"], False),
        (True, True, True),
    ],
)
def test_what_is_the_same(got: object, want: object, result: bool) -> None:
    assert same(got, want, "°C") is result
