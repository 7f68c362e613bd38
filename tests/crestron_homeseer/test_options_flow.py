"""Choosing what of a hub to include, what it is, and which certificate to trust."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_WEBHOOK_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
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
from custom_components.crestron_homeseer.flow_base import AUTOMATIC, EVERYTHING
from custom_components.crestron_homeseer.homeseer.settings import OVERRIDES
from custom_components.crestron_homeseer.house.adjusted import RELAYS
from custom_components.crestron_homeseer.options_devices import async_kinds
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model

from .common import act, registered, state, texts
from .flows import choose, options_of

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


async def test_all_that_there_is_to_choose_is_offered(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    secure_loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
    model: Model,
) -> None:
    named = set(texts("options")["step"]["init"]["menu_options"])
    assert named == {*OF_ANY, *OF_HOMESEER, *OF_CRESTRON, LAST}
    for entry, pages in (
        (homeseer_loaded, OF_HOMESEER),
        (secure_loaded, OF_CRESTRON),
        # Without encryption, there is no certificate to trust.
        (loaded, OF_CRESTRON[1:]),
    ):
        assert (await choose(hass, entry)).menu == [*OF_ANY, *pages, LAST]
    model.events.clear()
    await hass.config_entries.async_reload(homeseer_loaded.entry_id)
    assert "events" not in (await choose(hass, homeseer_loaded)).menu
    # While the hub is away, only what needs no answer of it.
    for entry, left in (homeseer_loaded, "push"), (loaded, "hints"):
        await hass.config_entries.async_unload(entry.entry_id)
        assert (await choose(hass, entry)).menu == [left]
    data = {**homeseer_loaded.data, CONF_KIND: KIND_MYHS}
    hass.config_entries.async_update_entry(homeseer_loaded, data=data)
    assert (await choose(hass, homeseer_loaded)).step == "not_loaded"


async def test_only_chosen_plug_ins_are_included(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    entry = homeseer_loaded
    before = entities(hass, entry)
    assert "text.message_of_the_day" in before
    flow = await choose(hass, entry, "interfaces")
    names = set(flow.offered(CONF_INTERFACES))
    assert {EVERYTHING, VIRTUAL_DEVICES, "Z-Wave", "UPB", "Sonos"} <= names - {""}
    assert flow.default(CONF_INTERFACES) == [EVERYTHING]
    assert (await flow.submit(interfaces=[])).error == "nothing_chosen"
    await flow.submit(interfaces=["Z-Wave"])
    assert entry.options[CONF_INTERFACES] == ["Z-Wave"]
    # The system was read anew by itself.
    after = entities(hass, entry)
    assert "text.message_of_the_day" not in after
    assert "light.kitchen_kitchen_dimmer" in after
    # A plug-in that is gone can be seen and left out.
    gone = {**entry.options, CONF_INTERFACES: ["Z-Wave", "Gone"]}
    hass.config_entries.async_update_entry(entry, options=gone)
    flow = await choose(hass, entry, "interfaces")
    assert "Gone" in flow.offered(CONF_INTERFACES)
    assert flow.default(CONF_INTERFACES) == ["Z-Wave", "Gone"]
    await flow.submit(interfaces=[VIRTUAL_DEVICES, "Z-Wave"])
    assert entry.options[CONF_INTERFACES] == ["Z-Wave", VIRTUAL_DEVICES]
    assert "text.message_of_the_day" in entities(hass, entry)
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
    flow = await choose(hass, homeseer_loaded, "events")
    groups = [
        *("Announcements", "Climate", "Irrigation", "Lighting", "Maintenance"),
        *("Security", "Shades"),
    ]
    assert list(flow.offered(CONF_EVENT_GROUPS)) == [EVERYTHING, *groups]
    # Before anybody was asked, all were scenes, and so they stay until then.
    assert list(flow.offered(CONF_SCENE_GROUPS)) == groups
    assert flow.default(CONF_SCENE_GROUPS) == groups
    chosen = ["Shades", "Lighting"]
    await flow.submit(scene_groups=chosen)
    assert homeseer_loaded.options[CONF_SCENE_GROUPS] == sorted(chosen)
    assert CONF_EVENT_GROUPS not in homeseer_loaded.options
    there = entities(hass, homeseer_loaded)
    assert {"scene.lighting_events_dinner", "button.security_events_disarm"} <= there
    assert er.async_get(hass).async_get("scene.security_events_disarm") is None
    button = registered(hass, "button.security_events_disarm")
    assert button.hidden_by is er.RegistryEntryHider.INTEGRATION
    for kept, count in (["Shades"], 3), ([], 0):
        # All can still be chosen.
        flow = await choose(hass, homeseer_loaded, "events")
        assert "Lighting" in flow.offered(CONF_EVENT_GROUPS)
        assert flow.default(CONF_SCENE_GROUPS) == sorted(chosen)
        await flow.submit(event_groups=kept)
        assert homeseer_loaded.options[CONF_EVENT_GROUPS] == kept
        assert scenes() == count


async def test_the_room_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    flow = await choose(hass, homeseer_loaded, "rooms")
    rooms = flow.offered(CONF_ROOM_FROM)
    assert rooms["1"].startswith("Room: ")
    assert rooms["2"] == "Floor: Basement, Main Floor, Outside, Upstairs"
    assert flow.default(CONF_ROOM_FROM) == AUTOMATIC
    await flow.submit(room_from="2")
    assert homeseer_loaded.options[CONF_ROOM_FROM] == 2
    house = homeseer_loaded.runtime_data.data
    assert "Upstairs" in {room.name for room in house.rooms.values()}
    flow = await choose(hass, homeseer_loaded, "rooms")
    assert flow.default(CONF_ROOM_FROM) == "2"
    await flow.submit(room_from=AUTOMATIC)
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
    flow = await choose(hass, homeseer_loaded, "overrides")
    parts = flow.offered("part")
    assert parts[ref] == f"Porch Lamp (Outside, Porch, {ref})"
    # Roots that are only names are not there, and lists are to be read.
    assert list(parts.values()) == sorted(parts.values(), key=str.lower)
    assert flow.facts["overridden"] == "–"
    await flow.submit(part=ref)
    assert flow.facts == {
        "device": parts[ref],
        "taken": "light",
        "evidence": "controls: on and off, marked as a light",
    }
    assert flow.default("what") == AUTOMATIC
    with pytest.raises(InvalidData):
        await flow.submit(what="toaster")
    await flow.submit(what="fan")
    # Nothing is kept before it is saved.
    assert CONF_OVERRIDES not in homeseer_loaded.options
    await flow.submit(next_step_id="save")
    assert homeseer_loaded.options[CONF_OVERRIDES] == {ref: "fan"}
    there = entities(hass, homeseer_loaded)
    assert "fan.porch_porch_lamp" in there and "light.porch_porch_lamp" not in there
    assert devices() == before
    # What is gone from the system is there by its number, and can be forgotten.
    kept = {CONF_OVERRIDES: {ref: "fan", "999999": "ignore"}}
    hass.config_entries.async_update_entry(homeseer_loaded, options=kept)
    flow = await choose(hass, homeseer_loaded, "overrides")
    assert flow.offered("part")["999999"] == "999999"
    assert flow.facts["overridden"] == (
        f"\n- 999999: Nothing: leave it out\n- Porch Lamp (Outside, Porch, {ref}): Fan"
    )
    for part, was, what, then in (
        ("999999", "ignore", AUTOMATIC, "overrides"),
        (ref, "fan", AUTOMATIC, "overrides"),
        (other, AUTOMATIC, "ignore", "overrides"),
        (other, "ignore", AUTOMATIC, "save"),
    ):
        await flow.submit(part=part)
        assert flow.default("what") == was
        await flow.submit(what=what)
        await flow.submit(next_step_id=then)
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
    flow = await choose(hass, entry, "push")
    assert flow.suggested(CONF_ASCII_PORT) == 0
    assert flow.default(CONF_WEBHOOK) is False
    # The address can be pasted before the web hook is on.
    path = f"/api/webhook/{entry.data[CONF_WEBHOOK_ID]}"
    address = flow.facts["address"]
    assert address.startswith("http") and address.endswith(path)
    await flow.submit(ascii_port=float(port or 0), webhook=True)
    assert entry.options == {CONF_ASCII_PORT: port, CONF_WEBHOOK: True}
    # An empty field is off; who types the usual port wants it.
    assert await options_of(hass, entry, "push", webhook=False) == {CONF_ASCII_PORT: 0}
    typed = {CONF_ASCII_PORT: 11000, CONF_WEBHOOK: False}
    assert await options_of(hass, entry, "push", **typed) == {CONF_ASCII_PORT: 11000}


async def test_an_alarm_code_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    options = await options_of(hass, homeseer_loaded, "alarm", alarm_code=" 1234 ")
    assert options[CONF_ALARM_CODE] == "1234"
    panel = state(hass, "alarm_control_panel.hallway_dsc_alarm_partition_1")
    assert panel.attributes["code_arm_required"] is True
    # It is shown to nobody, stays where nothing is typed, and goes when it is removed.
    for typed, code in (
        ({"remove_code": False}, "1234"),
        ({"remove_code": False, "alarm_code": "5678"}, "5678"),
        ({"remove_code": True}, None),
    ):
        flow = await choose(hass, homeseer_loaded, "alarm")
        assert flow.suggested("alarm_code") is None
        assert flow.default("remove_code") is False
        await flow.submit(**typed)
        assert homeseer_loaded.options.get(CONF_ALARM_CODE) == code


async def test_one_certificate_is_pinned_and_stays(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    entry = secure_loaded
    flow = await choose(hass, entry, "certificate")
    assert flow.default(PIN) is False
    # What cannot be seen cannot be pinned.
    for fault in ("refuse_connections", "http_where_https"):
        with secure.faults.during(fault):
            await flow.submit(**{PIN: True})
        assert flow.error == "certificate_unseen"
    await flow.submit(**{PIN: True})
    pinned = entry.options[CONF_CERTIFICATE]
    assert len(bytes.fromhex(pinned)) == 32
    assert entry.state is ConfigEntryState.LOADED
    # To look at it and to say yes again accepts no other one.
    await secure.restart()
    flow = await choose(hass, entry, "certificate")
    assert flow.default(PIN) is True
    assert flow.facts["pinned"] == bytes.fromhex(pinned).hex(":").upper()
    await flow.submit(**{PIN: True})
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
    flow = await choose(hass, loaded, "counts")
    assert flow.default(CONF_VOLUME_SCALE) == "percent"
    await flow.submit(**automatic)
    assert loaded.options == {}
