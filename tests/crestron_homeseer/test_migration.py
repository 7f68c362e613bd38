"""An installation that an earlier version has stored, taken over as it stands."""

from collections.abc import AsyncGenerator, Iterable
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_PORT, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_OVERRIDES,
    CONF_SHADES,
    CONF_TOGETHER,
    DOMAIN,
)
from custom_components.crestron_homeseer.takeover import async_take_over
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem

from .common import Advance, registered, set_up, state

FROZEN = Path("tests/fixtures/storage_1_1.json")
REGISTRIES = (ar, dr, er, lr)

# What belongs to the owner, of an entity and of a device.
OF_ENTITY = [
    "entity_id",
    "name",
    "icon",
    "labels",
    "aliases",
    "area_id",
    "disabled_by",
    "hidden_by",
    "options",
]
# What is shown as a part of something else now, or as it was overridden to be.
MERGED = (
    "select.living_room_living_room_sonos_repeat",
    "select.living_room_living_room_sonos_shuffle",
    "switch.kitchen_coffee_maker",
)
OF_DEVICE = ["id", "name_by_user", "area_id", "labels", "disabled_by"]


def owned(thing: object, facts: Iterable[str]) -> tuple[str, ...]:
    """Return what an owner made of an entry of a registry, as it compares."""
    found = {fact: getattr(thing, fact) for fact in facts}
    if options := found.get("options"):
        # What a device class suggests besides is Home Assistant's own.
        exposed = (key for key, each in options.items() if "should_expose" in each)
        found["options"] = {key: options[key] for key in exposed}
    return tuple(map(str, found.values()))


def snapshot(hass: HomeAssistant) -> dict[str, tuple[str, ...]]:
    """Return what the owner has, by the registries' own ids."""
    found = {
        each.id: owned(each, OF_ENTITY)
        for each in er.async_get(hass).entities.values()
        if each.platform == DOMAIN
    }
    for entry in hass.config_entries.async_entries(DOMAIN):
        devices = dr.async_get(hass)
        for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
            found[device.id] = owned(device, OF_DEVICE)
    for area in ar.async_get(hass).async_list_areas():
        found[area.id] = (area.name,)
    return found


def anywhere(facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an owner made of an entity, in whichever domain that is."""
    return facts[0].rpartition(".")[2], *facts[1:]


def changed(
    before: dict[str, tuple[str, ...]], now: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Return what is not as it was, as it was and as it is.

    More may be there now, and something may be understood as another thing: then it
    has all that the owner made of it in the other domain.
    """
    moved = {anywhere(facts) for facts in now.values()}
    return {
        was[0]: now.get(key)
        for key, was in before.items()
        if was != now.get(key) and (key in now or anywhere(was) not in moved)
    }


@pytest.fixture
async def entries(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    processor: CrestronProcessor,
    system: HomeSeerSystem,
    advance: Advance,
) -> AsyncGenerator[list[MockConfigEntry]]:
    """The entries of the installation, not set up yet, with their hubs."""
    frozen: dict[str, Any] = json.loads(FROZEN.read_text(encoding="utf-8"))
    stored = frozen.pop("core.config_entries")["data"]["entries"]
    hass_storage.update(frozen)
    dr.async_setup(hass)
    for registry in REGISTRIES:
        await registry.async_load(hass)
    found = []
    hubs: tuple[CrestronProcessor | HomeSeerSystem, ...] = (processor, system)
    for facts, hub in zip(stored, hubs, strict=True):
        where = {CONF_HOST: hub.host, CONF_PORT: hub.port}
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=facts["title"],
            entry_id=facts["entry_id"],
            minor_version=facts["minor_version"],
            data=facts["data"] | where,
            options=facts["options"],
        )
        entry.add_to_hass(hass)
        found.append(entry)
    yield found
    for entry in found:
        await hass.config_entries.async_unload(entry.entry_id)
    # The device registry cleans up ten seconds after the last change.
    await advance(12)


async def start(hass: HomeAssistant, entries: list[MockConfigEntry]) -> None:
    """Set up what is not, and restart what is."""
    for entry in entries:
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)
    for entry in entries:
        # The first brings the other one along, when nothing is set up yet.
        if entry.state is ConfigEntryState.NOT_LOADED:
            await set_up(hass, entry)


@pytest.mark.parametrize("load_registries", [False])
async def test_all_that_an_owner_has_stays_and_keys_are_those_of_the_hub(
    hass: HomeAssistant,
    entries: list[MockConfigEntry],
    hass_storage: dict[str, Any],
    advance: Advance,
) -> None:
    before = snapshot(hass)
    assert len(before) > 320
    await start(hass, entries)
    assert [entry.minor_version for entry in entries] == [2, 2]
    # Long enough for what is missed to be removed.
    await advance(330)
    after = snapshot(hass)
    assert changed(before, after) == dict.fromkeys(MERGED)
    # A second start changes nothing.
    await start(hass, entries)
    await advance(330)
    assert snapshot(hass) == after
    away = [
        each.entity_id
        for each in er.async_get(hass).entities.values()
        if each.platform == DOMAIN
        and each.disabled_by is None
        and state(hass, each.entity_id).state == STATE_UNAVAILABLE
    ]
    assert away == []
    house, system = entries
    keys = {
        each.entity_id: each.unique_id for each in er.async_get(hass).entities.values()
    }
    ids = set(keys.values())
    assert {"01HOUSE_light-1069", "01SYSTEM_ref-209-climate", "01SYSTEM_ref-356"} <= ids
    assert not [
        key for key in ids if key.startswith(("01HOUSE_fan-", "01SYSTEM_switch-"))
    ]
    assert house.options[CONF_SHADES].keys() == {"shade-1071", "shade-1072"}
    assert house.options[CONF_TOGETHER] == [["shade-1072", "shade-1073"]]
    assert system.options[CONF_SHADES].keys() == {"ref-148"}
    assert system.options[CONF_OVERRIDES] == {"109": "light"}
    assert hass_storage[f"{DOMAIN}.01HOUSE"]["data"]["volume_scale"] == "raw"
    assert f"{DOMAIN}.01HOUSE.rooms" not in hass_storage


async def test_an_entry_of_the_future_is_left_alone(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(entry, version=2)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.version == 2


async def test_what_came_with_a_new_key_makes_room(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    entities, devices = er.async_get(hass), dr.async_get(hass)

    def device_of(key: str) -> str:
        identifiers = {(DOMAIN, f"01HOUSE_{key}")}
        return devices.async_get_or_create(
            config_entry_id=entry.entry_id, identifiers=identifiers
        ).id

    def entity_of(domain: str, key: str, device_id: str) -> str:
        return entities.async_get_or_create(
            domain, DOMAIN, f"01HOUSE_{key}", config_entry=entry, device_id=device_id
        ).entity_id

    old, new = device_of("light-1"), device_of("light-2")
    kept, came = entity_of("light", "light-1", old), entity_of("light", "light-2", new)
    beside = entity_of("sensor", "x", new)
    async_take_over(hass, entry, {"light-1": "light-2"}, {})
    assert entities.async_get(came) is None
    assert devices.async_get(new) is None
    for entity_id, unique_id in ((kept, "01HOUSE_light-2"), (beside, "01HOUSE_x")):
        entity = registered(hass, entity_id)
        assert (entity.unique_id, entity.device_id) == (unique_id, old)
