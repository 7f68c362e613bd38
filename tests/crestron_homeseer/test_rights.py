"""Who can do what, by which way: the table in docs/security.md, line by line."""

from pathlib import Path
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import entity_registry as er, label_registry as lr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.crestron_homeseer.const import (
    CONF_ALARM_CODE,
    CONF_ASCII_PORT,
    CONF_EVENT_GROUPS,
    CONF_SCENE_GROUPS,
    DOMAIN,
)
from simulator.homeseer import HomeSeerSystem, Model
from simulator.homeseer.api import is_command

from .common import device_of, set_up

CODE = "2580"
WHO = ("administrator", "may control it", "may only look", "automation")
# What each line of the table is about: an entity, HomeSeer's number, and the data.
LOCK = "lock.hallway_front_door_lock"
ALARM = "alarm_control_panel.hallway_dsc_alarm_partition_1"
GARAGE = "cover.garage_garage_door"
DIMMER = "light.kitchen_kitchen_dimmer"
PANTRY = "light.kitchen_pantry_light"
SCENE = "scene.lighting_events_dinner"
BUTTON = "button.shades_events_all_shades_closed"
DINNER = {"group": "lighting", "name": "dinner"}
SUBJECTS: dict[tuple[str, str], tuple[str, int, dict[str, Any]]] = {
    ("unlock a door", "unlock"): (LOCK, 191, {}),
    ("unlock a door", "homeseer_control"): (LOCK, 191, {"label": "Unlock"}),
    ("disarm an alarm", "alarm_disarm"): (ALARM, 231, {"code": CODE}),
    ("disarm an alarm", "homeseer_control"): (ALARM, 232, {"label": "Disarm"}),
    ("open a garage door", "open_cover"): (GARAGE, 252, {}),
    ("open a garage door", "homeseer_control"): (GARAGE, 252, {"label": "Open"}),
    ("dim a light", "homeseer_control"): (DIMMER, 102, {"value": 30}),
    ("control what has no enabled entity", "homeseer_control"): (
        PANTRY,
        105,
        {"label": "On"},
    ),
    ("recall a scene", "turn_on"): (SCENE, 0, {}),
    ("press the button of an event", "press"): (BUTTON, 0, {}),
    ("run an event that has an entity", "homeseer_run_event"): (SCENE, 0, DINNER),
    ("run an event that has none", "homeseer_run_event"): ("", 0, {"event_id": 1084}),
    ("fill a virtual device", "homeseer_set_status"): (
        "",
        0,
        {"value": 3, "text": "Washing"},
    ),
    ("show a lock as locked", "homeseer_set_status"): (LOCK, 191, {"value": 255}),
}
REFUSED = {"only_by_entity": "its entity", "no_false_status": "its entity"}


def sent(system: HomeSeerSystem) -> int:
    """Return how many requests came in that make something happen."""
    return sum(map(is_command, system.requests))


def table() -> list[list[str]]:
    """Return the lines of the table."""
    text = Path("docs/security.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    assert rows[0] == ["what", "action", "target", *WHO]
    return rows[1:]


@pytest.fixture
def people(hass: HomeAssistant) -> list[User | None]:
    """Somebody of each kind, in the order of the table."""
    control, look = (MockUser().add_to_hass(hass) for _ in range(2))
    control.mock_policy({"entities": True})
    look.mock_policy({"entities": {"all": {"read": True}}})
    return [MockUser(is_owner=True).add_to_hass(hass), control, look, None]


@pytest.fixture(autouse=True)
async def settled(hass: HomeAssistant, homeseer_entry: MockConfigEntry) -> None:
    """The system with a code, a group of scenes, one of buttons, and others left out."""
    options = {
        CONF_ASCII_PORT: 0,
        CONF_ALARM_CODE: CODE,
        CONF_EVENT_GROUPS: ["Lighting", "Shades"],
        CONF_SCENE_GROUPS: ["Lighting"],
    }
    await set_up(hass, homeseer_entry, options=options)
    er.async_get(hass).async_update_entity(
        PANTRY, disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.async_block_till_done()


def target(hass: HomeAssistant, way: str, entity_id: str, ref: int) -> dict[str, Any]:
    """Return what to send for one way of saying what is meant."""
    if way in {"event", "ref"}:
        return {"ref": ref} if way == "ref" else {}
    device = device_of(hass, entity_id)
    labels = lr.async_get(hass)
    label = labels.async_get_label_by_name("Mine") or labels.async_create("Mine")
    er.async_get(hass).async_update_entity(entity_id, labels={label.label_id})
    targets = {
        "entity_id": entity_id,
        "device_id": device.id,
        "area_id": device.area_id,
        "label_id": label.label_id,
    }
    return {f"{way}_id": targets[f"{way}_id"]}


async def call(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Have one of our actions carried out as an automation does."""
    await hass.services.async_call(DOMAIN, f"homeseer_{action}", data, blocking=True)


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row[0]} {row[1]}")
async def test_who_can_do_what(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    model: Model,
    people: list[User | None],
    row: list[str],
) -> None:
    what, action, ways, *answers = row
    domain, service = action.strip("`").split(".")
    entity_id, ref, data = SUBJECTS[what, service]
    if what == "fill a virtual device":
        ref = model.find("Message of the Day").ref
    for way in ways.split(", "):
        chosen = target(hass, way, entity_id, ref)
        for person, answer in zip(people, answers, strict=True):
            context = Context(user_id=person.id if person else None)
            before = sent(system)
            got = "yes"
            try:
                await hass.services.async_call(
                    domain, service, {**chosen, **data}, blocking=True, context=context
                )
            except Unauthorized:
                got = "no"
            except ServiceValidationError as err:
                got = REFUSED.get(err.translation_key or "", str(err))
            assert got == answer, (way, person)
            assert (sent(system) > before) == (answer == "yes"), (way, person)


async def test_an_unknown_user_may_nothing(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    for action in ("control", "set_status"):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN,
                f"homeseer_{action}",
                {"ref": 102, "value": 1},
                blocking=True,
                context=Context(user_id="gone"),
            )
    assert sent(system) == 0


async def test_nobody_fakes_what_shows_whether_the_home_is_safe(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    for ref in (191, 252, 148, 231, 232, 195, 239):
        with pytest.raises(ServiceValidationError) as caught:
            await call(hass, "set_status", ref=ref, value=0)
        assert caught.value.translation_key == "no_false_status"
    assert sent(system) == 0


async def test_the_entity_to_use_is_named_and_a_virtual_device_is_only_filled(
    hass: HomeAssistant, system: HomeSeerSystem, model: Model
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "control", ref=191, value=0)
    assert caught.value.translation_placeholders == {"device": LOCK}
    box = model.find("Message of the Day")
    value = box.value
    await call(hass, "set_status", ref=box.ref, text="Grüße & more, 50 %")
    assert (box.value, box.status) == (value, "Grüße & more, 50 %")
    assert system.commands == []
