"""Choosing what of a hub to include, what it is, and which certificate to trust."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_WEBHOOK_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_ALARM_CODE,
    CONF_ASCII_PORT,
    CONF_CERTIFICATE,
    CONF_EVENT_GROUPS,
    CONF_FADE_UNIT,
    CONF_INTERFACES,
    CONF_KIND,
    CONF_OVERRIDES,
    CONF_ROOM_FROM,
    CONF_SCENE_GROUPS,
    CONF_VOLUME_SCALE,
    CONF_WEBHOOK,
    KIND_MYHS,
    VIRTUAL_DEVICES,
)
from custom_components.crestron_homeseer.homeseer.settings import OVERRIDES
from custom_components.crestron_homeseer.house.adjusted import RELAYS
from custom_components.crestron_homeseer.options_devices import AUTOMATIC, async_kinds
from custom_components.crestron_homeseer.options_flow import EVERYTHING
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model

from .common import act, texts
from .options import choose, default, menu, offered, shown, start, submit, suggested

OF_ANY = ["shades", "overrides", "include", "doors"]
OF_HOMESEER = ["interfaces", "events", "rooms", "push", "alarm"]
OF_CRESTRON = ["certificate", "counts", "hints"]
LAST = "come_over"
PIN = "pin_certificate"


def entities(hass: HomeAssistant, entry: MockConfigEntry) -> set[str]:
    """Return the entities that are there and known to the system."""
    registry = er.async_get(hass)
    return {
        entity.entity_id
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        if (state := hass.states.get(entity.entity_id)) is not None
        and state.state != STATE_UNAVAILABLE
    }


async def options_of(
    hass: HomeAssistant, entry: MockConfigEntry, page: str, **typed: Any
) -> dict[str, Any]:
    """Submit a page of the menu, and return what is stored then."""
    result = await choose(hass, entry, page)
    result = await submit(hass, result["flow_id"], **typed)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    return dict(entry.options)


async def test_all_that_there_is_to_choose_is_offered(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    secure_loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
    model: Model,
) -> None:
    named = set(texts("options")["step"]["init"]["menu_options"])
    assert named == {*OF_ANY, *OF_HOMESEER, *OF_CRESTRON, LAST}
    result = await start(hass, homeseer_loaded)
    assert result["menu_options"] == [*OF_ANY, *OF_HOMESEER, LAST]
    result = await start(hass, secure_loaded)
    assert result["menu_options"] == [*OF_ANY, *OF_CRESTRON, LAST]
    # Without encryption, there is no certificate to trust.
    offered_to_old = {*OF_ANY, *OF_CRESTRON, LAST} - {"certificate"}
    assert menu(await start(hass, loaded)) == offered_to_old
    model.events.clear()
    await hass.config_entries.async_reload(homeseer_loaded.entry_id)
    assert "events" not in menu(await start(hass, homeseer_loaded))
    # While the hub is away, only what needs no answer of it.
    for entry, left in (homeseer_loaded, "push"), (loaded, "hints"):
        await hass.config_entries.async_unload(entry.entry_id)
        assert menu(await start(hass, entry)) == {left}
    data = {**homeseer_loaded.data, CONF_KIND: KIND_MYHS}
    hass.config_entries.async_update_entry(homeseer_loaded, data=data)
    assert (await start(hass, homeseer_loaded))["reason"] == "not_loaded"


async def test_only_chosen_plug_ins_are_included(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    entry = homeseer_loaded
    before = entities(hass, entry)
    assert "text.message_of_the_day" in before
    result = await choose(hass, entry, "interfaces")
    names = offered(result, CONF_INTERFACES)
    assert {EVERYTHING, VIRTUAL_DEVICES, "Z-Wave", "UPB", "Sonos"} <= set(names)
    assert "" not in names
    assert default(result, CONF_INTERFACES) == [EVERYTHING]
    result = await submit(hass, result["flow_id"], interfaces=[])
    assert result["errors"] == {CONF_INTERFACES: "nothing_chosen"}
    await submit(hass, result["flow_id"], interfaces=["Z-Wave"])
    assert entry.options[CONF_INTERFACES] == ["Z-Wave"]
    # The system was read anew by itself.
    assert entry.state is ConfigEntryState.LOADED
    after = entities(hass, entry)
    assert "text.message_of_the_day" not in after
    assert "light.kitchen_kitchen_dimmer" in after
    # A plug-in that is gone can be seen and left out.
    gone = {**entry.options, CONF_INTERFACES: ["Z-Wave", "Gone"]}
    hass.config_entries.async_update_entry(entry, options=gone)
    result = await choose(hass, entry, "interfaces")
    assert "Gone" in offered(result, CONF_INTERFACES)
    assert default(result, CONF_INTERFACES) == ["Z-Wave", "Gone"]
    chosen = [VIRTUAL_DEVICES, "Z-Wave"]
    options = await options_of(hass, entry, "interfaces", interfaces=chosen)
    assert options[CONF_INTERFACES] == ["Z-Wave", VIRTUAL_DEVICES]
    # All is as if nothing had ever been chosen.
    chosen = [EVERYTHING, "Z-Wave"]
    options = await options_of(hass, entry, "interfaces", interfaces=chosen)
    assert CONF_INTERFACES not in options
    assert entities(hass, entry) == before


async def test_only_chosen_groups_of_events_are_included_as_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    def scenes() -> int:
        there = entities(hass, homeseer_loaded)
        return sum(entity_id.startswith("scene.") for entity_id in there)

    assert scenes() == 25
    result = await choose(hass, homeseer_loaded, "events")
    groups = [
        *("Announcements", "Climate", "Irrigation", "Lighting", "Maintenance"),
        *("Security", "Shades"),
    ]
    assert list(offered(result, CONF_EVENT_GROUPS)) == [EVERYTHING, *groups]
    # Before anybody was asked, all were scenes, and so they stay until then.
    assert list(offered(result, CONF_SCENE_GROUPS)) == groups
    assert default(result, CONF_SCENE_GROUPS) == groups
    chosen = ["Shades", "Lighting"]
    await submit(hass, result["flow_id"], scene_groups=chosen)
    assert homeseer_loaded.options[CONF_SCENE_GROUPS] == sorted(chosen)
    there = entities(hass, homeseer_loaded)
    assert "scene.lighting_events_dinner" in there
    assert "button.security_events_disarm" in there
    assert er.async_get(hass).async_get("scene.security_events_disarm") is None
    for kept, count in (["Shades"], 3), ([], 0):
        # All can still be chosen.
        result = await choose(hass, homeseer_loaded, "events")
        assert "Lighting" in offered(result, CONF_EVENT_GROUPS)
        assert default(result, CONF_SCENE_GROUPS) == sorted(chosen)
        await submit(hass, result["flow_id"], event_groups=kept)
        assert homeseer_loaded.options[CONF_EVENT_GROUPS] == kept
        assert scenes() == count


async def test_the_room_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    result = await choose(hass, homeseer_loaded, "rooms")
    rooms = offered(result, CONF_ROOM_FROM)
    assert rooms["1"].startswith("Room: ")
    assert rooms["2"] == "Floor: Basement, Main Floor, Outside, Upstairs"
    assert default(result, CONF_ROOM_FROM) == AUTOMATIC
    await submit(hass, result["flow_id"], room_from="2")
    assert homeseer_loaded.options[CONF_ROOM_FROM] == 2
    house = homeseer_loaded.runtime_data.data
    assert "Upstairs" in {room.name for room in house.rooms.values()}
    result = await choose(hass, homeseer_loaded, "rooms")
    assert default(result, CONF_ROOM_FROM) == "2"
    await submit(hass, result["flow_id"], room_from=AUTOMATIC)
    assert CONF_ROOM_FROM not in homeseer_loaded.options


async def test_a_device_is_said_to_be_something_else(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, model: Model
) -> None:
    def devices() -> set[str]:
        registry, entry_id = dr.async_get(hass), homeseer_loaded.entry_id
        found = dr.async_entries_for_config_entry(registry, entry_id)
        return {each.id for each in found}

    before = devices()
    ref, other = (str(model.find(name).ref) for name in ("Porch Lamp", "Pantry Light"))
    result = await choose(hass, homeseer_loaded, "overrides")
    parts = offered(result, "part")
    assert parts[ref] == f"Porch Lamp (Outside, Porch, {ref})"
    # Roots that are only names are not there, and lists are to be read.
    assert list(parts.values()) == sorted(parts.values(), key=str.lower)
    assert shown(result, "overridden") == "–"
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, part=ref)
    assert result["description_placeholders"] == {
        "device": parts[ref],
        "taken": "light",
        "evidence": "controls: on and off, marked as a light",
    }
    assert default(result, "what") == AUTOMATIC
    with pytest.raises(InvalidData):
        await submit(hass, flow_id, what="toaster")
    await submit(hass, flow_id, what="fan")
    # Nothing is kept before it is saved.
    assert CONF_OVERRIDES not in homeseer_loaded.options
    await submit(hass, flow_id, next_step_id="save")
    assert homeseer_loaded.options[CONF_OVERRIDES] == {ref: "fan"}
    there = entities(hass, homeseer_loaded)
    assert "fan.porch_porch_lamp" in there and "light.porch_porch_lamp" not in there
    assert devices() == before
    # What is gone from the system is there by its number, and can be forgotten.
    kept = {CONF_OVERRIDES: {ref: "fan", "999999": "ignore"}}
    hass.config_entries.async_update_entry(homeseer_loaded, options=kept)
    result = await choose(hass, homeseer_loaded, "overrides")
    assert offered(result, "part")["999999"] == "999999"
    assert shown(result, "overridden") == (
        f"\n- 999999: Nothing: leave it out\n- Porch Lamp (Outside, Porch, {ref}): Fan"
    )
    flow_id = result["flow_id"]
    for part, was, what in (
        ("999999", "ignore", AUTOMATIC),
        (ref, "fan", AUTOMATIC),
        (other, AUTOMATIC, "ignore"),
    ):
        result = await submit(hass, flow_id, part=part)
        assert default(result, "what") == was
        await submit(hass, flow_id, what=what)
        await submit(hass, flow_id, next_step_id="overrides")
    await submit(hass, flow_id, part=other)
    await submit(hass, flow_id, what=AUTOMATIC)
    await submit(hass, flow_id, next_step_id="save")
    assert CONF_OVERRIDES not in homeseer_loaded.options
    assert "light.porch_porch_lamp" in entities(hass, homeseer_loaded)


async def test_each_kind_is_called_something(hass: HomeAssistant) -> None:
    kinds = await async_kinds(hass)
    assert set(kinds) == {*OVERRIDES, *RELAYS}
    # There are words for each, and no two are alike.
    assert [kind for kind, label in kinds.items() if kind in label] == []
    assert len(set(kinds.values())) == len(kinds)
    for kind, label in {
        "garage_inverted": "Garage, the other way round",
        "shade_relays": "Shade, moved by two relays",
        "sensor_number": "Sensor: Number",
        "binary_sensor_door": "Binary sensor: Door",
        "ignore": "Nothing: leave it out",
    }.items():
        assert kinds[kind] == label


async def test_push_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, system: HomeSeerSystem
) -> None:
    entry, port = homeseer_loaded, system.ascii_port
    result = await choose(hass, entry, "push")
    assert suggested(result, CONF_ASCII_PORT) == 0
    assert default(result, CONF_WEBHOOK) is False
    # The address can be pasted before the web hook is on.
    address = shown(result, "address")
    path = f"/api/webhook/{entry.data[CONF_WEBHOOK_ID]}"
    assert address.startswith("http") and address.endswith(path)
    typed = {CONF_ASCII_PORT: float(port or 0), CONF_WEBHOOK: True}
    options = await options_of(hass, entry, "push", **typed)
    assert options == {CONF_ASCII_PORT: port, CONF_WEBHOOK: True}
    # An empty field is off; who types the usual port wants it.
    assert await options_of(hass, entry, "push", webhook=False) == {CONF_ASCII_PORT: 0}
    typed = {CONF_ASCII_PORT: 11000, CONF_WEBHOOK: False}
    assert await options_of(hass, entry, "push", **typed) == {CONF_ASCII_PORT: 11000}


async def test_an_alarm_code_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    options = await options_of(hass, homeseer_loaded, "alarm", alarm_code=" 1234 ")
    assert options[CONF_ALARM_CODE] == "1234"
    state = hass.states.get("alarm_control_panel.hallway_dsc_alarm_partition_1")
    assert state is not None
    assert state.attributes["code_arm_required"] is True
    # It is shown to nobody, stays where nothing is typed, and goes when it is removed.
    for typed, code in (
        ({"remove_code": False}, "1234"),
        ({"remove_code": False, "alarm_code": "5678"}, "5678"),
        ({"remove_code": True}, None),
    ):
        result = await choose(hass, homeseer_loaded, "alarm")
        assert suggested(result, "alarm_code") is None
        assert default(result, "remove_code") is False
        await submit(hass, result["flow_id"], **typed)
        assert homeseer_loaded.options.get(CONF_ALARM_CODE) == code


async def test_one_certificate_is_pinned_and_stays(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    entry = secure_loaded
    assert default(await choose(hass, entry, "certificate"), PIN) is False
    assert await options_of(hass, entry, "certificate", **{PIN: False}) == {}
    # What cannot be seen cannot be pinned.
    result = await choose(hass, entry, "certificate")
    for fault in ("refuse_connections", "http_where_https"):
        with secure.faults.during(fault):
            result = await submit(hass, result["flow_id"], **{PIN: True})
        assert result["errors"] == {PIN: "certificate_unseen"}
    await submit(hass, result["flow_id"], **{PIN: True})
    pinned = entry.options[CONF_CERTIFICATE]
    assert len(bytes.fromhex(pinned)) == 32
    assert entry.state is ConfigEntryState.LOADED
    # To look at it and to say yes again accepts no other one.
    await secure.restart()
    result = await choose(hass, entry, "certificate")
    assert default(result, PIN) is True
    assert shown(result, "pinned") == bytes.fromhex(pinned).hex(":").upper()
    await submit(hass, result["flow_id"], **{PIN: True})
    assert entry.options == {CONF_CERTIFICATE: pinned}
    assert await options_of(hass, entry, "certificate", **{PIN: False}) == {}
    assert entry.state is ConfigEntryState.LOADED


async def test_who_knows_how_a_processor_counts_may_say_so(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    percent = {CONF_VOLUME_SCALE: "percent"}
    automatic = dict.fromkeys((CONF_VOLUME_SCALE, CONF_FADE_UNIT), AUTOMATIC)
    options = await options_of(hass, loaded, "counts", **automatic | percent)
    assert options == percent
    processor.change(volume_write="percent", command_latency=0.0)
    processor.requests.clear()
    room = "media_player.living_room"
    await act(hass, "media_player", "volume_set", room, volume_level=0.4)
    sent = [each.path.split("/")[-1] for each in processor.requests if each.body == {}]
    # Once, and nothing is read back for it.
    assert sent == ["40"]
    result = await choose(hass, loaded, "counts")
    assert default(result, CONF_VOLUME_SCALE) == "percent"
    assert await options_of(hass, loaded, "counts", **automatic) == {}
