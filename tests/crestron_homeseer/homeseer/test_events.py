"""Events as buttons and scenes, also those of old systems that give no numbers."""

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.events import (
    Event,
    called_scenes,
    device_of,
    read_events,
    root_of,
    run,
)
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.devices import Button, Scene


def test_events_are_read() -> None:
    items = [
        {"Group": "Lighting", "Name": "Outside  Off", "id": 123},
        {"Group": "Lighting", "Name": "Dinner"},
        {"Name": "Alone", "id": "7"},
        {"Group": "Lighting", "id": 9},
        None,
    ]
    assert list(read_events(items)) == [
        Event("Lighting", "Outside Off", 123),
        Event("Lighting", "Dinner", None),
        Event("Events", "Alone", 7),
    ]


@pytest.mark.parametrize(
    ("scenes", "groups", "many", "kind", "hidden"),
    [
        # As it was before anybody was asked.
        (None, None, False, Scene, False),
        (None, None, True, Scene, True),
        ([], None, False, Button, False),
        ([], None, True, Button, True),
        ([], ["Lighting"], True, Button, False),
        (["Lighting"], None, True, Scene, False),
        (["Other"], None, False, Button, False),
    ],
)
def test_an_event_is_what_its_group_is(
    scenes: list[str] | None,
    groups: list[str] | None,
    many: bool,
    kind: type,
    hidden: bool,
) -> None:
    settings = Settings(
        event_groups=None if groups is None else frozenset(groups),
        scene_groups=None if scenes is None else frozenset(scenes),
    )
    device = device_of(Event("Lighting", "Dinner", 5), settings, many=many)
    assert (type(device), device.hidden) == (kind, hidden)
    assert device.id == "event-5"


@pytest.mark.parametrize(
    ("names", "scenes"),
    [
        ("Scenes|Light Scene|Lichtszenen|Szene|Scènes|Scénario|Lichtscènes", True),
        ("Scener|Ljusscener|Lysscener|Escenas|Scenari|Scena|SCENE 1", True),
        ("Lighting|Scenery|Cena|Security|Events|Landscape|", False),
    ],
)
def test_groups_of_scenes_are_known_by_what_they_are_called(
    names: str, scenes: bool
) -> None:
    assert {called_scenes(name) for name in names.split("|")} == {scenes}


def test_an_event_is_known_and_run_by_its_number_or_else_by_its_name() -> None:
    old, new = Event("Lighting", "Dinner", None), Event("Lighting", "Dinner", 5)
    assert (old.device_id, new.device_id) == ("event-lighting/dinner", "event-5")
    assert run(5, "A", "B") == Action("runevent", {"id": 5})
    assert run(None, "A", "B") == Action("runevent", {"group": "A", "name": "B"})
    groups = {
        "Lighting": "Lighting events",
        "Events": "Events",
        "My Events": "My Events",
    }
    for group, name in groups.items():
        root = root_of(Event(group, "Dinner", 1))
        assert (root.name, root.model) == (name, "Events")
