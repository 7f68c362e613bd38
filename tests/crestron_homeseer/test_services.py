"""Actions in HomeSeer's own terms."""

from collections.abc import AsyncGenerator
import json
from pathlib import Path
from typing import Any

from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.services import SCHEMAS
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model, default_system

from .common import set_up, texts

LIGHTS_OFF = {"group": "Lighting", "name": "All Lights Off"}


@pytest.fixture
async def other(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    socket_enabled: None,
    clock: ManualClock,
) -> AsyncGenerator[HomeSeerSystem]:
    """A second system, set up as 01OTHER."""
    async with HomeSeerSystem(default_system(clock, seed=2), clock=clock) as other:
        where = {CONF_HOST: other.host, CONF_PORT: other.port}
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cabin",
            entry_id="01OTHER",
            data={**homeseer_loaded.data, **where},
            options=homeseer_loaded.options,
        )
        entry.add_to_hass(hass)
        await set_up(hass, entry)
        yield other
        await hass.config_entries.async_unload(entry.entry_id)


async def call(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Have an action carried out."""
    await hass.services.async_call(DOMAIN, f"homeseer_{action}", data, blocking=True)


async def refused(hass: HomeAssistant, action: str, **data: Any) -> str:
    """Have an action refused, and return which text says so."""
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, action, **data)
    key = caught.value.translation_key
    assert key is not None
    if caught.value.translation_domain == DOMAIN:
        facts = caught.value.translation_placeholders or {}
        # The text has everything that it speaks of.
        assert texts("exceptions")[key]["message"].format(**facts)
    return key


def device_of(hass: HomeAssistant, name: str, entry_id: str = "01SYSTEM") -> str:
    """Return the id of a device by its name."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry_id)
    return next(device.id for device in devices if device.name == name)


@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_device_or_a_feature_is_controlled(
    hass: HomeAssistant, system: HomeSeerSystem, model: Model
) -> None:
    ref = model.find("Kitchen Dimmer").ref
    for target in ({"ref": ref}, {"device_id": device_of(hass, "Kitchen Dimmer")}):
        for wanted, value in (({"value": 30}, 30), ({"value": "7.0"}, 7)):
            await call(hass, "control", **target, **wanted)
            assert (system.commands[-1].ref, system.commands[-1].value) == (ref, value)
        await call(hass, "control", **target, label="on")
        assert (system.commands[-1].ref, system.commands[-1].value) == (ref, 99)


@pytest.mark.usefixtures("homeseer_loaded")
async def test_an_event_is_run(hass: HomeAssistant, model: Model) -> None:
    lower = {key: value.lower() for key, value in LIGHTS_OFF.items()}
    for named in (
        {"event_id": 1021},
        LIGHTS_OFF,
        lower | {"config_entry_id": "01SYSTEM"},
    ):
        model.fired.clear()
        await call(hass, "run_event", **named)
        assert [event.name for event in model.fired] == ["All Lights Off"]


UNCLEAR: list[tuple[str, dict[str, Any], str]] = [
    ("control", {"value": 1}, "device_or_ref"),
    ("control", {"ref": 1, "device_id": "x", "value": 1}, "device_or_ref"),
    ("control", {"ref": 1}, "value_or_label"),
    ("control", {"ref": 1, "value": 1, "label": "On"}, "value_or_label"),
    ("control", {"area_id": "none", "value": 1}, "device_or_ref"),
    ("control", {"area_id": "nowhere", "value": 1}, "nothing_there"),
    ("control", {"entity_id": "sun.sun", "value": 1}, "not_our_entity"),
    ("set_status", {"ref": 1}, "value_or_text"),
    ("run_event", {}, "event_or_name"),
    ("run_event", {"group": "Lighting"}, "event_or_name"),
    ("run_event", {"name": "Dinner"}, "event_or_name"),
    ("run_event", {"name": "Dinner", "event_id": 1}, "event_or_name"),
    ("run_event", {**LIGHTS_OFF, "event_id": 1}, "event_or_name"),
    *(
        ("run_event", {"event_id": 1, "config_entry_id": entry_id}, key)
        for entry_id in ("nothing", "")
        for key in ("service_config_entry_not_found",)
    ),
]
NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("control", {"ref": 0, "value": 1}),
    ("control", {"ref": "one", "value": 1}),
    ("control", {"ref": 1, "value": "nan"}),
    ("control", {"ref": 1, "value": "inf"}),
    ("control", {"ref": 1, "label": ""}),
    ("run_event", {"event_id": -1}),
    ("set_status", {"ref": 1, "value": "nan"}),
    ("set_status", {"text": "x"}),
]


@pytest.mark.usefixtures("homeseer_loaded")
async def test_what_is_not_clear_or_nonsense_is_refused(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    for action, data, key in UNCLEAR:
        assert await refused(hass, action, **data) == key, (action, data)
    for action, data in NONSENSE:
        with pytest.raises(vol.Invalid):
            await call(hass, action, **data)
    devices = (
        ("DSC Alarm", 12345, "no_such_control"),
        ("Hallway Thermostat", 0, "several_controls"),
    )
    for name, value, key in devices:
        device_id = device_of(hass, name)
        assert await refused(hass, "control", device_id=device_id, value=value) == key
    assert system.commands == []


@pytest.mark.usefixtures("homeseer_loaded")
async def test_what_the_system_does_not_do_is_said(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    async def said(action: str, **data: Any) -> tuple[str | None, Any]:
        with pytest.raises(HomeAssistantError) as caught:
            await call(hass, action, **data)
        return caught.value.translation_key, caught.value.translation_placeholders

    for action, data in (
        ("control", {"ref": 999_999, "value": 1}),
        ("set_status", {"ref": 999_999, "text": "x"}),
        ("run_event", {"event_id": 999_999}),
        ("run_event", LIGHTS_OFF | {"name": "No"}),
    ):
        assert (await said(action, **data))[0] == "command_declined"
    with system.faults.during("refuse_connections"):
        key, facts = await said("run_event", event_id=1007)
    assert (key, facts) == ("command_unreachable", {"device": "Event 1007"})


async def test_of_several_systems_one_has_to_be_named(
    hass: HomeAssistant, system: HomeSeerSystem, other: HomeSeerSystem
) -> None:
    assert await refused(hass, "run_event", event_id=1007) == "several_systems"
    named = {"config_entry_id": "01OTHER"}
    await call(hass, "run_event", event_id=1007, **named)
    assert [event.id for event in other.model.fired] == [1007]
    ref = other.model.find("Kitchen Dimmer").ref
    await call(hass, "control", ref=ref, value=7, **named)
    assert other.commands[-1].value == 7
    # Devices and entities know where they belong.
    both = [device_of(hass, "Kitchen Dimmer", each) for each in ("01SYSTEM", "01OTHER")]
    await call(hass, "control", device_id=both[0], value=8)
    assert system.commands[-1].value == 8
    assert system.model.fired == []
    sent = len(system.commands), len(other.commands)
    key = await refused(hass, "control", device_id=both, value=1)
    assert key == "several_systems"
    assert (len(system.commands), len(other.commands)) == sent


async def test_a_crestron_processor_is_no_system(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    entry_id = loaded.entry_id
    assert await refused(hass, "run_event", event_id=1) == "no_system"
    key = await refused(hass, "run_event", event_id=1, config_entry_id=entry_id)
    assert key == "not_homeseer"
    device_id = device_of(hass, "Kitchen Shade", entry_id)
    key = await refused(hass, "control", device_id=device_id, value=1)
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
        key = await refused(hass, "control", value=1, **data)
        assert key == "service_config_entry_not_loaded"


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
