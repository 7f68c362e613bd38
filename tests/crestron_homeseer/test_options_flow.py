"""Choosing what of a HomeSeer system to include, and what it is."""

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_WEBHOOK_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)

from custom_components.crestron_homeseer.const import (
    CONF_ALARM_CODE,
    CONF_ASCII_PORT,
    CONF_EVENT_GROUPS,
    CONF_INTERFACES,
    CONF_KIND,
    CONF_OVERRIDES,
    CONF_ROOM_FROM,
    CONF_SCENE_GROUPS,
    CONF_WEBHOOK,
    KIND_MYHS,
    VIRTUAL_DEVICES,
)
from custom_components.crestron_homeseer.homeseer.settings import OVERRIDES
from custom_components.crestron_homeseer.house.loads import RELAYS
from custom_components.crestron_homeseer.options_devices import AUTOMATIC, async_kinds
from custom_components.crestron_homeseer.options_flow import EVERYTHING
from simulator.homeseer import HomeSeerSystem, Model

from .common import texts
from .options import choose, default, offered, start, submit

ALL_STEPS = [
    *("shades", "overrides", "include", "doors"),
    *("interfaces", "events", "rooms", "push", "alarm"),
]


def entities(hass: HomeAssistant, entry: MockConfigEntry) -> set[str]:
    """Return the entities that are there and known to the system."""
    return {
        entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
        if (state := hass.states.get(entity.entity_id)) is not None
        and state.state != STATE_UNAVAILABLE
    }


async def test_all_is_offered(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    result = await start(hass, homeseer_loaded)
    assert result["type"] is FlowResultType.MENU
    assert result["menu_options"] == ALL_STEPS
    named = set(texts("options")["step"]["init"]["menu_options"])
    # The last are of Crestron processors alone.
    assert named == {*ALL_STEPS, "certificate", "counts", "hints"}


async def test_only_chosen_plug_ins_are_included(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    before = entities(hass, homeseer_loaded)
    assert "text.message_of_the_day" in before
    result = await choose(hass, homeseer_loaded, "interfaces")
    names = offered(result, CONF_INTERFACES)
    assert {EVERYTHING, VIRTUAL_DEVICES, "Z-Wave", "UPB", "Sonos"} <= set(names)
    assert "" not in names
    assert default(result, CONF_INTERFACES) == [EVERYTHING]
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, interfaces=[])
    assert result["errors"] == {CONF_INTERFACES: "nothing_chosen"}
    result = await submit(hass, flow_id, interfaces=["Z-Wave"])
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert homeseer_loaded.options[CONF_INTERFACES] == ["Z-Wave"]
    # The system was read anew by itself.
    assert homeseer_loaded.state is ConfigEntryState.LOADED
    after = entities(hass, homeseer_loaded)
    assert "text.message_of_the_day" not in after
    assert "light.kitchen_kitchen_dimmer" in after
    # A plug-in that is gone can be seen and left out.
    hass.config_entries.async_update_entry(
        homeseer_loaded,
        options={**homeseer_loaded.options, CONF_INTERFACES: ["Z-Wave", "Gone"]},
    )
    result = await choose(hass, homeseer_loaded, "interfaces")
    assert "Gone" in offered(result, CONF_INTERFACES)
    assert default(result, CONF_INTERFACES) == ["Z-Wave", "Gone"]
    chosen = [VIRTUAL_DEVICES, "Z-Wave"]
    await submit(hass, result["flow_id"], interfaces=chosen)
    assert homeseer_loaded.options[CONF_INTERFACES] == ["Z-Wave", VIRTUAL_DEVICES]
    # All is as if nothing had ever been chosen.
    result = await choose(hass, homeseer_loaded, "interfaces")
    await submit(hass, result["flow_id"], interfaces=[EVERYTHING, "Z-Wave"])
    assert CONF_INTERFACES not in homeseer_loaded.options
    assert entities(hass, homeseer_loaded) == before


async def test_only_chosen_groups_of_events_are_included(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    def scenes() -> int:
        return sum(
            entity_id.startswith("scene.")
            for entity_id in entities(hass, homeseer_loaded)
        )

    assert scenes() == 25
    result = await choose(hass, homeseer_loaded, "events")
    assert list(offered(result, CONF_EVENT_GROUPS)) == [
        EVERYTHING,
        "Announcements",
        "Climate",
        "Irrigation",
        "Lighting",
        "Maintenance",
        "Security",
        "Shades",
    ]
    await submit(hass, result["flow_id"], event_groups=["Shades"])
    assert homeseer_loaded.options[CONF_EVENT_GROUPS] == ["Shades"]
    assert scenes() == 3
    # The others can still be chosen.
    result = await choose(hass, homeseer_loaded, "events")
    assert "Lighting" in offered(result, CONF_EVENT_GROUPS)
    assert default(result, CONF_EVENT_GROUPS) == ["Shades"]
    await submit(hass, result["flow_id"], event_groups=[])
    assert homeseer_loaded.options[CONF_EVENT_GROUPS] == []
    assert scenes() == 0


async def test_events_are_scenes_or_buttons_as_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    result = await choose(hass, homeseer_loaded, "events")
    # Before anybody was asked, all were scenes, and so they stay until then.
    groups = list(offered(result, CONF_SCENE_GROUPS))
    assert default(result, CONF_SCENE_GROUPS) == groups
    await submit(hass, result["flow_id"], scene_groups=["Shades", "Lighting"])
    assert homeseer_loaded.options[CONF_SCENE_GROUPS] == ["Lighting", "Shades"]
    there = entities(hass, homeseer_loaded)
    assert "scene.lighting_events_dinner" in there
    assert "button.security_events_disarm" in there
    assert "scene.security_events_disarm" not in there
    registry = er.async_get(hass)
    assert registry.async_get("scene.security_events_disarm") is None
    result = await choose(hass, homeseer_loaded, "events")
    assert default(result, CONF_SCENE_GROUPS) == ["Lighting", "Shades"]


async def test_a_system_without_events_offers_none(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, model: Model
) -> None:
    model.events.clear()
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    result = await start(hass, homeseer_entry)
    assert "events" not in result["menu_options"]


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
    ref = str(model.find("Porch Lamp").ref)
    other = str(model.find("Garage Light").ref)
    result = await choose(hass, homeseer_loaded, "overrides")
    parts = offered(result, "part")
    assert parts[ref] == f"Porch Lamp (Outside, Porch, {ref})"
    # Roots that are only names are not there, and lists are to be read.
    assert list(parts.values()) == sorted(parts.values(), key=str.lower)
    assert (result["description_placeholders"] or {})["overridden"] == "–"
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, part=ref)
    assert result["step_id"] == "override"
    assert result["description_placeholders"] == {
        "device": parts[ref],
        "taken": "light",
        "evidence": "controls: on and off, marked as a light",
    }
    assert default(result, "what") == AUTOMATIC
    with pytest.raises(InvalidData):
        await submit(hass, flow_id, what="toaster")
    result = await submit(hass, flow_id, what="fan")
    assert result["step_id"] == "preview"
    await submit(hass, flow_id, next_step_id="overrides")
    await submit(hass, flow_id, part=other)
    await submit(hass, flow_id, what="ignore")
    # Nothing is kept before it is saved.
    assert CONF_OVERRIDES not in homeseer_loaded.options
    result = await submit(hass, flow_id, next_step_id="save")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert homeseer_loaded.options[CONF_OVERRIDES] == {ref: "fan", other: "ignore"}
    there = entities(hass, homeseer_loaded)
    assert "fan.porch_porch_lamp" in there
    assert not {"light.porch_porch_lamp", "light.garage_garage_light"} & there


async def test_an_override_is_taken_back(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, model: Model
) -> None:
    ref = str(model.find("Porch Lamp").ref)
    hass.config_entries.async_update_entry(
        homeseer_loaded,
        options={
            **homeseer_loaded.options,
            CONF_OVERRIDES: {ref: "fan", "999999": "ignore"},
        },
    )
    result = await choose(hass, homeseer_loaded, "overrides")
    # What is gone from the system is there by its number.
    assert offered(result, "part")["999999"] == "999999"
    listed = (result["description_placeholders"] or {})["overridden"]
    assert listed == (
        f"\n- 999999: Nothing: leave it out\n- Porch Lamp (Outside, Porch, {ref}): Fan"
    )
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, part="999999")
    assert default(result, "what") == "ignore"
    await submit(hass, flow_id, what=AUTOMATIC)
    await submit(hass, flow_id, next_step_id="overrides")
    result = await submit(hass, flow_id, part=ref)
    assert default(result, "what") == "fan"
    await submit(hass, flow_id, what=AUTOMATIC)
    await submit(hass, flow_id, next_step_id="save")
    assert CONF_OVERRIDES not in homeseer_loaded.options
    assert "light.porch_porch_lamp" in entities(hass, homeseer_loaded)


async def test_push_is_chosen(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
) -> None:
    result = await choose(hass, homeseer_loaded, "push")
    schema = result["data_schema"]
    assert schema is not None
    assert get_schema_suggested_value(schema.schema, CONF_ASCII_PORT) == 0
    assert default(result, CONF_WEBHOOK) is False
    # The address can be pasted before the web hook is on.
    shown = (result["description_placeholders"] or {})["address"]
    path = f"/api/webhook/{homeseer_loaded.data[CONF_WEBHOOK_ID]}"
    assert shown.startswith("http") and shown.endswith(path)
    await submit(
        hass,
        result["flow_id"],
        **{CONF_ASCII_PORT: float(system.ascii_port or 0), CONF_WEBHOOK: True},
    )
    assert homeseer_loaded.options == {
        CONF_ASCII_PORT: system.ascii_port,
        CONF_WEBHOOK: True,
    }
    # An empty field is off; who types the usual port wants it.
    result = await choose(hass, homeseer_loaded, "push")
    await submit(hass, result["flow_id"], webhook=False)
    assert homeseer_loaded.options == {CONF_ASCII_PORT: 0}
    result = await choose(hass, homeseer_loaded, "push")
    await submit(hass, result["flow_id"], webhook=False, ascii_port=11000)
    assert homeseer_loaded.options == {CONF_ASCII_PORT: 11000}


def told(result: ConfigFlowResult) -> str:
    """Return all that a browser gets of a form."""
    schema = result["data_schema"]
    assert schema is not None
    fields = [
        (key.schema, key.description, key.default() if callable(key.default) else None)
        for key in schema.schema
    ]
    return f"{fields} {result['description_placeholders']}"


async def test_an_alarm_code_is_chosen(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    result = await choose(hass, homeseer_loaded, "alarm")
    await submit(hass, result["flow_id"], alarm_code=" 1234 ")
    assert homeseer_loaded.options[CONF_ALARM_CODE] == "1234"
    state = hass.states.get("alarm_control_panel.hallway_dsc_alarm_partition_1")
    assert state is not None
    assert state.attributes["code_arm_required"] is True
    # It is told to nobody, stays where nothing is typed, and goes when it is told to.
    for typed, code in (
        ({"remove_code": False}, "1234"),
        ({"remove_code": False, "alarm_code": "5678"}, "5678"),
        ({"remove_code": True}, None),
    ):
        result = await choose(hass, homeseer_loaded, "alarm")
        assert homeseer_loaded.options[CONF_ALARM_CODE] not in told(result)
        await submit(hass, result["flow_id"], **typed)
        assert homeseer_loaded.options.get(CONF_ALARM_CODE) == code


async def test_what_needs_no_answer_is_offered_while_the_system_is_away(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(homeseer_loaded.entry_id)
    result = await start(hass, homeseer_loaded)
    assert result["menu_options"] == ["push"]


async def test_without_an_answer_the_cloud_offers_nothing(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(
        homeseer_entry, data={**homeseer_entry.data, CONF_KIND: KIND_MYHS}
    )
    result = await start(hass, homeseer_entry)
    assert result["reason"] == "not_loaded"


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


async def test_a_choice_keeps_the_device(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    model: Model,
    device_registry: dr.DeviceRegistry,
) -> None:
    def known() -> set[str]:
        entries = dr.async_entries_for_config_entry(
            device_registry, homeseer_loaded.entry_id
        )
        return {each.id for each in entries}

    before = known()
    ref = str(model.find("Porch Lamp").ref)
    result = await choose(hass, homeseer_loaded, "overrides")
    flow_id = result["flow_id"]
    await submit(hass, flow_id, part=ref)
    await submit(hass, flow_id, what="fan")
    await submit(hass, flow_id, next_step_id="save")
    await hass.async_block_till_done()
    assert known() == before
    assert "Porch Lamp" in {state.name for state in hass.states.async_all("fan")}
