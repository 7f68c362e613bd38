"""What features become, by which evidence, and which devices, rooms and names they have."""

from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.evidence import ROWS
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.homeseer.settings import OWNER, Settings
from custom_components.crestron_homeseer.house.devices import Button, Light

from .families import pairs
from .raw import DIMMER, SWITCH, Raw, at_once, feature, one, only, pair, take

EXAMPLES = Path(__file__).parents[2] / "fixtures" / "homeseer_features.txt"


def parsed(text: str) -> Any:
    """Return a value of the table: JSON, or a text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def facts_of(text: str) -> dict[str, Any]:
    """Return what is said as "key=value; key=value"."""
    facts = (each.partition("=") for each in text.split("; ") if each)
    return {key: parsed(value) for key, _, value in facts}


def examples() -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the table, each with its evidence."""
    evidence = ""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            evidence = line[2:]
        elif line and evidence:
            cells = [cell.strip() for cell in line.split("|")]
            yield evidence, cells + [""] * (9 - len(cells))


@pytest.mark.parametrize(
    ("evidence", "row"),
    [pytest.param(*each, id=" ".join(filter(None, each[1]))) for each in examples()],
)
def test_what_a_feature_becomes(evidence: str, row: list[str]) -> None:
    device, name, type_string, type_, status, value, controls, facts, more = row
    given = facts_of(more)
    override, texts = given.pop("override", None), given.pop("texts", "")
    api, kind, subtype = map(int, (type_ or "4.0.0").split("."))
    own = pairs(controls)
    if texts:
        own[0]["ControlStringList"] = texts.split(",")
    inventory = one(
        own,
        override or "",
        name=name or "Thing",
        value=json.loads(value or "0"),
        status=status,
        kind=(api, kind, subtype),
        type_string=type_string,
        **given,
    )
    found = inventory.devices["ref-1"]
    wanted = facts_of(facts)
    shown = {key: json.loads(json.dumps(getattr(found, key))) for key in wanted}
    assert (type(found).__name__, inventory.meanings[1][1]) == (device, evidence)
    assert shown == pytest.approx(wanted, abs=1e-5)
    assert found.room_id == str(given.get("location", "Kitchen")).casefold()


def test_each_kind_of_evidence_has_an_example_and_a_name_of_its_own() -> None:
    names = [OWNER, *(name for name, _, _ in ROWS)]
    assert len(set(names)) == len(names)
    assert {evidence for evidence, _ in examples()} == set(names)


def test_buttons_stand_beside_what_is_shown() -> None:
    washer = feature(1, "Washer", value=7, status="Rinsing")
    devices = take([washer], {1: pairs("Start=1; Stop=0.5")}).devices
    buttons = {key: each.name for key, each in devices.items() if type(each) is Button}
    assert buttons == {
        "ref-1-button-1": "Washer Start",
        "ref-1-button-0.5": "Washer Stop",
    }


# Several features under one root

COLOR = [pair("Color", use=22, kind=13)]
SECURITY = "Alarm: On: Z-Wave Home Security"
POSITION = [pair("(value)%", use=3, span=(0, 99))]


def under(
    root: str,
    children: str,
    controls: dict[int, list[Raw]] | None = None,
    kind: tuple[int, int, int] = (4, 999, 0),
    **facts: Any,
) -> Inventory:
    """Return a root with children "Name: status: type string; …", from ref 2 on."""
    features = []
    for ref, child in enumerate(children.split("; "), 2):
        name, status, text = (*child.split(": "), "", "")[:3]
        features.append(
            feature(ref, name, status=status, type_string=text, value=50, root=1)
        )
    refs = tuple(range(2, 2 + len(features)))
    return take(
        [feature(1, root, kind=kind, children=refs, **facts), *features], controls
    )


DIMMERS = {2: DIMMER, 3: DIMMER}
COLORED = {2: DIMMER, 3: COLOR}


@pytest.mark.parametrize(
    ("root", "children", "controls", "names"),
    [
        (
            "Porch Sensor",
            "Porch Sensor  Motion: No Motion; Temp: 7 °F; Battery: 9%",
            {},
            "Detector Porch Sensor Motion, Sensor Temp, Sensor Battery",
        ),
        # The one thing that a device watches, or controls, has its name.
        (
            "Bath Window",
            "Access Control: Window Closed; Battery: 9%",
            {},
            "Detector Bath Window, Sensor Battery",
        ),
        (
            "Lamp",
            "Multilevel: Off; Watts: 3 W",
            {2: DIMMER},
            "Light Lamp, Sensor Watts",
        ),
        # A lamp at a ceiling fan is no fan.
        ("Ceiling Fan Light", "Fan; Lamp", DIMMERS, "Fan Fan, Light Lamp"),
        ("Weather", "Rain: 3 mm", {}, "Sensor Weather"),
        # A root with controls is a device, too.
        ("Old Plug", "Watts: 3 W", {1: SWITCH}, "Switch Old Plug, Sensor Watts"),
        # Without a light a colour is only shown.
        (
            "Lamp",
            "Brightness; Color: ff",
            {3: COLOR},
            "Sensor Brightness, Sensor Color",
        ),
        ("Lamp", "Level; Color: ff", COLORED, "Light Lamp"),
    ],
)
def test_names(
    root: str, children: str, controls: dict[int, list[Raw]], names: str
) -> None:
    inventory = under(root, children, controls)
    found = inventory.devices.values()
    assert ", ".join(f"{type(each).__name__} {each.name}" for each in found) == names
    assert {device.root_id for device in found} == {"ref-1"}
    assert inventory.roots["ref-1"].name == root


def test_a_colour_is_part_of_a_light() -> None:
    lamp = under("Lamp", "Level; Color: ff8000", COLORED)
    light = lamp.devices["ref-2"]
    assert isinstance(light, Light)
    assert (light.colored, light.color) == (True, (255, 128, 0))
    assert lamp.meanings[3] == ("light", "several features: a colour light")


@pytest.mark.parametrize(
    ("name", "root", "child", "controls", "kind"),
    [
        ("Skylight", (512, 9, 0), "Position", POSITION, "window"),
        ("Skylight", (512, 1, 0), "Position", POSITION, "door"),
        ("Skylight", (512, 7, 0), "Position", POSITION, None),
        ("Glass Break", (4, 999, 0), SECURITY, [], "vibration"),
        ("Hall", (4, 999, 0), SECURITY, [], "burglary"),
    ],
)
def test_a_root_tells_what_its_feature_is(
    name: str,
    root: tuple[int, int, int],
    child: str,
    controls: list[Raw],
    kind: str | None,
) -> None:
    inventory = under(name, f"{child}; Battery", {2: controls}, root)
    assert getattr(inventory.devices["ref-2"], "kind", None) == kind


@pytest.mark.parametrize(
    ("type_string", "model"),
    [
        ("Z-Wave Switch Binary Root Device", "Z-Wave Switch Binary"),
        ("UPB root", "UPB"),
        ("Root Device", "Z-Wave"),
        ("Devices of the house", "Devices of the house"),
        ("", "Z-Wave"),
    ],
)
def test_a_model_says_what_something_is(type_string: str, model: str) -> None:
    inventory = under("Lamp", "Level; Battery", type_string=type_string)
    assert inventory.roots["ref-1"].model == model
    alone = only(take([feature(1, status="x", type_string=type_string)]))
    assert alone.model == model


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize(
    ("places", "rooms"),
    [
        # Where HomeSeer keeps its own nobody can stand, but beside a real device.
        (["Timers", "Timers", "Kitchen+"], {"Timers": True, "Kitchen": False}),
        (["timers", "Hall"], {"timers": True, "Hall": False}),
        (["Virtual", "Virtual+"], {"Virtual": False}),
        (["", "Unknown"], {}),
    ],
)
def test_rooms(places: list[str], rooms: dict[str, bool], turned: int) -> None:
    features = [
        feature(
            ref,
            status="0:12:34",
            kind=(0, 0, 0),
            location=place.rstrip("+"),
            interface_name="Z-Wave" if place.endswith("+") else "",
        )
        for ref, place in enumerate(places)
    ]
    inventory = take(features[::turned])
    assert {each.name: each.virtual for each in inventory.rooms.values()} == rooms
    ids = {each.room_id for each in inventory.devices.values()}
    assert inventory.rooms.keys() == ids - {None}


# What is left out


def test_what_is_ignored_or_of_another_interface_is_not_there() -> None:
    settings = Settings(overrides={1: "ignore"}, interfaces=frozenset({"Z-Wave"}))
    features = [feature(1), feature(2), feature(3, interface_name="Insteon")]
    devices = take(features, dict.fromkeys((1, 2, 3), SWITCH), settings).devices
    assert set(devices) == {"ref-2"}


def test_broken_devices_cost_nobody_else() -> None:
    nonsense: list[Any] = [{"name": "without a number"}, "nonsense", None]
    odd = {"ref": 5, "REF": "five", "name": "Odd"}
    # One names a root that is not there, and is hidden.
    orphan = feature(3, "Orphan", root=79, hide_from_view=True)
    features = [feature(1, "First"), feature(1, "Second"), odd, *nonsense, orphan]
    inventory = take([*features, {"ref": 2}], {1: SWITCH, 2: SWITCH})
    found = {key: (each.name, each.hidden) for key, each in inventory.devices.items()}
    assert found == {
        "ref-1": ("First", False),
        "ref-2": ("Device 2", False),
        "ref-3": ("Orphan", True),
    }
    # Also later, when only some features are read again.
    at_once(inventory.take([{"ref": 1, "REF": "one"}, feature(1, status="On")]))
    assert inventory.features[1].status == "On"
