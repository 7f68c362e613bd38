"""What was decided stays, until the structure or the owner says otherwise."""

from collections.abc import Mapping
from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.homeseer.settings import (
    DETECTORS,
    OVERRIDES,
    SENSORS,
    Settings,
)
from custom_components.crestron_homeseer.house.devices import Detector, Device, Sensor
from custom_components.crestron_homeseer.house.kinds import (
    DetectorKind,
    SensorKind,
    TemperatureUnit,
)
from custom_components.crestron_homeseer.takeover import renamed_in, renaming

from .raw import DIMMER, LOCK, SWITCH, Raw, at_once, feature, pair


def survey(
    inventory: Inventory,
    raws: list[Raw],
    controls: Mapping[int, list[Raw]] | None = None,
) -> Mapping[str, Device]:
    """Read everything, and decide what it is."""
    at_once(inventory.take(raws, whole=True))
    pairs = (controls or {}).items()
    at_once(
        inventory.take_controls({"ref": ref, "ControlPairs": own} for ref, own in pairs)
    )
    at_once(inventory.classify(1, TemperatureUnit.CELSIUS))
    return inventory.devices


def kind_of(memory: dict[str, Any], raw: Raw, **settings: Any) -> Device:
    """Return what a feature is after a start with a memory."""
    return survey(Inventory(Settings(**settings), memory), [raw])["ref-1"]


MOTION = feature(1, "Attic Motion", value=0, status="No Motion")
# Called otherwise, and with a text that is none of two states.
OTHER = feature(1, "Somebody", value=3, status="Low light")


def test_a_text_changes_a_state_and_nothing_else() -> None:
    memory: dict[str, Any] = {}
    assert isinstance(kind_of(memory, MOTION), Detector)
    assert isinstance(kind_of(memory, OTHER, overrides={1: "sensor"}), Sensor)
    # What the owner takes back is as it was.
    assert isinstance(kind_of(memory, OTHER), Detector)
    assert isinstance(kind_of({}, OTHER), Sensor)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": (4, 0, 49)},
        {"type_string": "Z-Wave Luminance"},
        {"interface_name": "Other"},
    ],
)
def test_another_structure_is_another_thing(changed: dict[str, Any]) -> None:
    memory: dict[str, Any] = {}
    kind_of(memory, MOTION)
    device = kind_of(memory, feature(1, "Somebody", value=3, status="3 lux", **changed))
    assert isinstance(device, Sensor)
    assert device.kind is SensorKind.ILLUMINANCE
    assert memory["decisions"]["ref-1"]["detail"] == "illuminance"


def test_other_controls_are_another_structure_once_a_system_has_started() -> None:
    memory: dict[str, Any] = {}
    locked = [feature(1, status="Locked")]
    inventory = Inventory(Settings(), memory)
    kinds = [type(survey(inventory, locked, each)["ref-1"]) for each in ({}, {1: LOCK})]
    again = Inventory(Settings(), memory)
    # It has yet to tell of its controls.
    for again.decisions.settled in (False, True):
        kinds.append(type(survey(again, locked)["ref-1"]))
    assert [kind.__name__ for kind in kinds] == ["Sensor", "Lock", "Lock", "Sensor"]


def test_the_memory_is_replaced_only_when_something_was_decided() -> None:
    memory: dict[str, Any] = {}
    inventory = Inventory(Settings(), memory)
    survey(inventory, [MOTION])
    first = memory["decisions"]
    survey(inventory, [feature(1, "Attic Motion", status="Motion")])
    assert memory["decisions"] is first
    survey(inventory, [MOTION, feature(2, status="x")])
    assert memory["decisions"] is not first
    assert memory["decisions"].keys() == {"ref-1", "ref-2"}
    survey(inventory, [MOTION])
    assert memory["decisions"].keys() == {"ref-1"}


def test_what_had_nothing_to_show_may_be_learned_and_stays_a_sensor() -> None:
    inventory = Inventory(Settings(), {})
    empty = feature(1, "Attic Motion")
    assert isinstance(survey(inventory, [empty])["ref-1"], Sensor)
    at_once(inventory.take([MOTION]))
    assert inventory.stale
    device = survey(inventory, [MOTION])["ref-1"]
    # A name and two states would have made a detector of it: too late.
    assert isinstance(device, Sensor)
    assert (device.kind, device.value) == (SensorKind.TEXT, "No Motion")
    # Nothing is left to be learned.
    at_once(inventory.take([empty]))
    at_once(inventory.take([MOTION]))
    assert not inventory.stale


def test_a_unit_is_learned_and_kept() -> None:
    inventory = Inventory(Settings(), {})
    survey(inventory, [feature(1, "Probe", status="No Data")])
    for status, value in (("7 W", 7.0), ("No Data", None)):
        probe = feature(1, "Probe", value=7, status=status)
        device = survey(inventory, [probe])["ref-1"]
        assert isinstance(device, Sensor)
        found = (device.kind, device.unit, device.value)
        assert found == (SensorKind.POWER, "W", value)


@pytest.mark.parametrize(
    "damaged",
    [
        7,
        {"ref-1": None},
        {"ref-1": {"what": "lock", "evidence": "x"}},
        {"ref-1": {"what": "spaceship", "evidence": "x", "shape": 1}},
        {"ref-1": {"what": "lock", "shape": 1}},
        {"ref-x": {"what": "lock", "evidence": "x", "shape": 1}},
    ],
)
def test_a_damaged_memory_starts_empty(damaged: object) -> None:
    assert isinstance(kind_of({"decisions": damaged}, MOTION), Detector)


def test_a_remembered_ref_is_the_same_thing_under_its_new_name() -> None:
    memory: dict[str, Any] = {}
    kind_of(memory, MOTION)
    memory = renamed_in(memory, renaming({"ref-1": "ref-2", "ref-2": "ref-1"}))
    devices = survey(Inventory(Settings(), memory), [{**OTHER, "ref": 2}])
    assert isinstance(devices["ref-2"], Detector)


@pytest.mark.parametrize("ref", [1, 3], ids=["swapped", "numbered anew"])
def test_a_decision_goes_along_by_name_and_structure(ref: int) -> None:
    """The text shows another thing by now, and the ref of it is another."""
    memory: dict[str, Any] = {}
    survey(Inventory(Settings(), memory), [MOTION, {**OTHER, "ref": 2}])
    hall = {**MOTION, "ref": 2, "status": "Low light"}
    now = survey(Inventory(Settings(), memory), [hall, {**OTHER, "ref": ref}])
    assert isinstance(now["ref-2"], Detector)
    assert isinstance(now[f"ref-{ref}"], Sensor)


@pytest.mark.parametrize("ref", [1, 3])
def test_what_an_answer_left_out_is_what_it_was(ref: int) -> None:
    """Its text shows another thing by now, and its controls come late."""
    inventory = Inventory(Settings(), {})
    chime = feature(1, "Chime", value=0, status="Idle")
    now = {**chime, "ref": ref, "value": 1, "status": "Ring"}
    stays, rings = {**OTHER, "ref": 2}, [pair("Ring", 1), pair("Silence", 2)]
    before = survey(inventory, [chime, stays], {1: rings})
    survey(inventory, [stays])
    survey(inventory, [now, stays])
    after = survey(inventory, [now, stays], {ref: rings})
    assert [type(each) for each in after.values()] == [
        type(each) for each in before.values()
    ]


def test_which_of_two_alike_went_is_not_guessed() -> None:
    memory: dict[str, Any] = {}
    unlit = {**MOTION, "status": "Low light"}
    survey(Inventory(Settings(), memory), [MOTION, {**unlit, "ref": 2}])
    devices = survey(Inventory(Settings(), memory), [{**unlit, "ref": 3}])
    assert isinstance(devices["ref-3"], Sensor)


# As earlier releases wrote it: an update makes no other devices of them.
STORED = {
    "ref-1": {
        "shape": 2662553001,
        "called": "Attic Motion",
        "what": "binary sensor",
        "evidence": "words and two states",
        "detail": "motion",
    },
    "ref-3": {
        "shape": 2920450502,
        "called": "Probe",
        "what": "number sensor",
        "evidence": "type: measurement",
        "detail": "illuminance",
        "open": True,
    },
    "ref-11": {
        "shape": 192169436,
        "called": "Lamp",
        "what": "switch",
        "evidence": "controls: on and off",
    },
}


def test_what_earlier_releases_stored_is_understood() -> None:
    memory: dict[str, Any] = {"decisions": STORED}
    features = [
        feature(1, "Attic Motion", status="Low light"),
        feature(3, "Probe", type_string="Z-Wave Luminance", kind=(4, 0, 49)),
        feature(10, "Hall", kind=(512, 3, 0), children=(11, 12)),
        feature(11, "Lamp", status="Off", root=10),
    ]
    inventory = Inventory(Settings(), memory)
    devices = survey(inventory, features, {11: DIMMER})
    names = [type(device).__name__ for device in devices.values()]
    assert names == ["Detector", "Sensor", "Switch"]
    assert memory == {"decisions": STORED}
    found = inventory.meanings[1]
    assert found == ("binary sensor (motion)", STORED["ref-1"]["evidence"])
    assert inventory.decisions.undecided(3)


# What the owner says


@pytest.mark.parametrize(
    ("override", "pairs", "keys"),
    [
        (
            "button",
            [pair("Home", 1), pair("Away", 2)],
            {"ref-1-button-1", "ref-1-button-2"},
        ),
        ("media_player", [pair("Play", 1, 5), pair("Pause", 2, 6)], {"ref-1-player"}),
    ],
)
def test_what_is_several_entities_or_of_one_feature(
    override: str, pairs: list[Raw], keys: set[str]
) -> None:
    inventory = Inventory(Settings(overrides={1: override}), {})
    assert survey(inventory, [feature(1)], {1: pairs}).keys() == keys


def test_what_is_turned_round_is_still_what_it_was() -> None:
    inverted = kind_of({}, MOTION, overrides={1: "sensor_inverted"})
    assert isinstance(inverted, Detector)
    assert (inverted.kind, inverted.on) == (DetectorKind.MOTION, True)


@pytest.mark.parametrize("override", OVERRIDES)
def test_whatever_is_chosen_has_an_entity(override: str) -> None:
    inventory = Inventory(Settings(overrides={1: override}), {})
    devices = survey(inventory, [feature(1, status="On", value=255)], {1: SWITCH})
    assert bool(devices) is (override != "ignore")
    if override in SENSORS or override in DETECTORS:
        assert inventory.meanings[1][1] == "the owner"
