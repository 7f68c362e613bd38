"""Actions in HomeSeer's own terms."""

from collections.abc import AsyncGenerator
import json
from pathlib import Path
from typing import Any

from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.services import SCHEMAS
from simulator.clock import ManualClock
from simulator.homeseer import Command, HomeSeerSystem, Model, default_system

from .common import texts


@pytest.fixture
async def other(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    socket_enabled: None,
    clock: ManualClock,
) -> AsyncGenerator[HomeSeerSystem]:
    """A second system, set up as 01OTHER."""
    async with HomeSeerSystem(default_system(clock, seed=2), clock=clock) as other:
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cabin",
            entry_id="01OTHER",
            data={
                **homeseer_loaded.data,
                CONF_HOST: other.host,
                CONF_PORT: other.port,
            },
            options=homeseer_loaded.options,
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        yield other
        await hass.config_entries.async_unload(entry.entry_id)


async def call(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Have an action carried out."""
    await hass.services.async_call(DOMAIN, action, data, blocking=True)


async def refused(hass: HomeAssistant, action: str, **data: Any) -> str:
    """Have an action refused, and return which text says so."""
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, action, **data)
    key = caught.value.translation_key
    assert key is not None
    if caught.value.translation_domain == DOMAIN:
        facts = caught.value.translation_placeholders or {}
        # The text has everything that it tells of.
        assert texts("exceptions")[key]["message"].format(**facts)
    return key


def device_of(hass: HomeAssistant, name: str) -> str:
    """Return the id of a device by its name."""
    return next(
        device.id
        for device in dr.async_entries_for_config_entry(dr.async_get(hass), "01SYSTEM")
        if device.name == name
    )


def last(system: HomeSeerSystem) -> Command:
    """Return the last control that was carried out."""
    return system.commands[-1]


@pytest.mark.parametrize(
    ("wanted", "value"), [({"value": 30}, 30), ({"label": "on"}, 99)]
)
@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_device_is_controlled(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    model: Model,
    wanted: dict[str, Any],
    value: float,
) -> None:
    dimmer = model.find("Kitchen Dimmer")
    device_id = device_of(hass, "Kitchen Dimmer")
    await call(hass, "homeseer_control", device_id=device_id, **wanted)
    assert last(system).ref == dimmer.ref
    assert last(system).value == value


@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_feature_is_controlled_by_its_ref(
    hass: HomeAssistant, system: HomeSeerSystem, model: Model
) -> None:
    ref = model.find("Kitchen Dimmer").ref
    await call(hass, "homeseer_control", ref=ref, value="12.0")
    assert (last(system).ref, last(system).value) == (ref, 12)


@pytest.mark.usefixtures("homeseer_loaded")
async def test_of_several_features_the_ref_decides(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    device_id = device_of(hass, "DSC Alarm")
    assert (
        await refused(hass, "homeseer_control", device_id=device_id, value=12345)
        == "no_such_control"
    )
    fan = device_of(hass, "Hallway Thermostat")
    assert (
        await refused(hass, "homeseer_control", device_id=fan, value=0)
        == "several_controls"
    )
    assert system.commands == []


@pytest.mark.parametrize(
    "said",
    [
        {"event_id": 1021},
        {"group": "Lighting", "name": "All Lights Off"},
        {"group": "lighting", "name": "all lights off", "config_entry_id": "01SYSTEM"},
    ],
)
@pytest.mark.usefixtures("homeseer_loaded")
async def test_an_event_is_run(
    hass: HomeAssistant, model: Model, said: dict[str, Any]
) -> None:
    await call(hass, "homeseer_run_event", **said)
    assert [event.name for event in model.fired] == ["All Lights Off"]


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("homeseer_control", {"value": 1}, "device_or_ref"),
        ("homeseer_control", {"ref": 1, "device_id": "x", "value": 1}, "device_or_ref"),
        ("homeseer_control", {"ref": 1}, "value_or_label"),
        ("homeseer_control", {"ref": 1, "value": 1, "label": "On"}, "value_or_label"),
        ("homeseer_control", {"area_id": "none", "value": 1}, "device_or_ref"),
        ("homeseer_control", {"area_id": "nowhere", "value": 1}, "nothing_there"),
        ("homeseer_control", {"entity_id": "sun.sun", "value": 1}, "not_our_entity"),
        ("homeseer_set_status", {"ref": 1}, "value_or_text"),
        ("homeseer_run_event", {}, "event_or_name"),
        ("homeseer_run_event", {"group": "Lighting"}, "event_or_name"),
        ("homeseer_run_event", {"name": "Dinner"}, "event_or_name"),
        ("homeseer_run_event", {"name": "Dinner", "event_id": 1}, "event_or_name"),
        (
            "homeseer_run_event",
            {"group": "Lighting", "name": "Dinner", "event_id": 1},
            "event_or_name",
        ),
    ],
)
@pytest.mark.usefixtures("homeseer_loaded")
async def test_what_is_not_clear_is_refused(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    action: str,
    data: dict[str, Any],
    key: str,
) -> None:
    assert await refused(hass, action, **data) == key
    assert system.commands == []


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("homeseer_control", {"ref": 0, "value": 1}),
        ("homeseer_control", {"ref": "one", "value": 1}),
        ("homeseer_control", {"ref": 1, "value": "nan"}),
        ("homeseer_control", {"ref": 1, "value": "inf"}),
        ("homeseer_control", {"ref": 1, "label": ""}),
        ("homeseer_run_event", {"event_id": -1}),
        ("homeseer_set_status", {"ref": 1, "value": "nan"}),
        ("homeseer_set_status", {"text": "x"}),
    ],
)
@pytest.mark.usefixtures("homeseer_loaded")
async def test_what_is_nonsense_is_refused(
    hass: HomeAssistant, action: str, data: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await call(hass, action, **data)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("homeseer_control", {"ref": 999_999, "value": 1}),
        ("homeseer_set_status", {"ref": 999_999, "text": "x"}),
        ("homeseer_run_event", {"event_id": 999_999}),
        ("homeseer_run_event", {"group": "Lighting", "name": "Nothing"}),
    ],
)
@pytest.mark.usefixtures("homeseer_loaded")
async def test_what_the_system_declines_is_said(
    hass: HomeAssistant, action: str, data: dict[str, Any]
) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, action, **data)
    assert caught.value.translation_key == "command_declined"


@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_system_that_is_away_is_said(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    with (
        system.faults.during("refuse_connections"),
        pytest.raises(HomeAssistantError) as caught,
    ):
        await call(hass, "homeseer_run_event", event_id=1007)
    assert caught.value.translation_key == "command_unreachable"
    assert caught.value.translation_placeholders == {"device": "Event 1007"}


async def test_of_several_systems_one_has_to_be_named(
    hass: HomeAssistant, system: HomeSeerSystem, other: HomeSeerSystem
) -> None:
    key = await refused(hass, "homeseer_run_event", event_id=1007)
    assert key == "several_systems"
    await call(hass, "homeseer_run_event", event_id=1007, config_entry_id="01OTHER")
    assert [event.id for event in other.model.fired] == [1007]
    ref = other.model.find("Kitchen Dimmer").ref
    await call(hass, "homeseer_control", ref=ref, value=7, config_entry_id="01OTHER")
    assert last(other).value == 7
    # Devices and entities know where they belong.
    device_id = device_of(hass, "Kitchen Dimmer")
    await call(hass, "homeseer_control", device_id=device_id, value=8)
    assert last(system).value == 8
    assert system.model.fired == []


async def test_without_a_system_it_is_said(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    key = await refused(hass, "homeseer_run_event", event_id=1)
    assert key == "no_system"


async def test_a_crestron_processor_is_refused(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    named = {"config_entry_id": loaded.entry_id}
    key = await refused(hass, "homeseer_run_event", event_id=1, **named)
    assert key == "not_homeseer"
    device_id = next(
        device.id
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), loaded.entry_id
        )
    )
    key = await refused(hass, "homeseer_control", device_id=device_id, value=1)
    assert key == "not_homeseer"


async def test_a_system_that_is_not_loaded_is_said(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    device_id = device_of(hass, "Kitchen Dimmer")
    await hass.config_entries.async_unload(homeseer_loaded.entry_id)
    for data in (
        {"ref": 1},
        {"device_id": device_id},
        {"ref": 1, "config_entry_id": homeseer_loaded.entry_id},
    ):
        key = await refused(hass, "homeseer_control", value=1, **data)
        assert key == "service_config_entry_not_loaded"


@pytest.mark.parametrize("entry_id", ["nothing", ""])
@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_system_that_is_not_there_is_said(
    hass: HomeAssistant, entry_id: str
) -> None:
    key = await refused(
        hass, "homeseer_run_event", event_id=1, config_entry_id=entry_id
    )
    assert key == "service_config_entry_not_found"


def test_each_field_is_described() -> None:
    here = Path("custom_components/crestron_homeseer")
    described = load_yaml_dict(str(here / "services.yaml"))
    icons = json.loads((here / "icons.json").read_text(encoding="utf-8"))["services"]
    assert SCHEMAS.keys() == described.keys() == texts("services").keys()
    assert SCHEMAS.keys() == icons.keys()
    for action, schema in SCHEMAS.items():
        targets = {"entity_id", "device_id", "area_id", "floor_id", "label_id"}
        fields = {str(key) for key in schema.schema}
        assert ("target" in described[action]) == (targets <= fields)
        fields -= targets
        assert fields == described[action]["fields"].keys()
        assert fields == texts("services")[action]["fields"].keys()


async def test_targets_in_two_systems_are_refused(
    hass: HomeAssistant, system: HomeSeerSystem, other: HomeSeerSystem
) -> None:
    entities = er.async_get(hass)
    both = [
        entity_id
        for entry in ("01SYSTEM", "01OTHER")
        if (
            entity_id := entities.async_get_entity_id(
                "light", DOMAIN, f"{entry}_ref-102"
            )
        )
    ]
    assert len(both) == 2
    key = await refused(hass, "homeseer_control", entity_id=both, value=1)
    assert key == "several_systems"
    assert system.commands == other.commands == []
