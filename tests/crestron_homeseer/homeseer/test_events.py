"""Events as scenes, also those of old systems that give no numbers."""

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.events import (
    Event,
    read_events,
    root_of,
    run,
    run_direct,
    scene_of,
)
from custom_components.crestron_homeseer.house.controls import RunEvent


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


def test_an_event_with_a_number_keeps_its_id_when_it_is_renamed() -> None:
    event = Event("Lighting", "Outside Off", 123)
    assert event.device_id == Event("Garden", "All Off", 123).device_id
    assert run(event) == Action("runevent", {"id": 123})


def test_an_event_without_a_number_is_run_by_its_name() -> None:
    event = Event("Lighting", "Dinner", None)
    assert scene_of(event, hidden=False).id == "event-lighting/dinner"
    assert run(event) == Action("runevent", {"group": "Lighting", "name": "Dinner"})


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("Lighting", "Lighting events"),
        ("Events", "Events"),
        ("My Events", "My Events"),
    ],
)
def test_a_group_is_called_what_it_is(group: str, name: str) -> None:
    root = root_of(Event(group, "Dinner", 1))
    assert (root.name, root.model) == (name, "Events")


def test_an_event_may_be_named() -> None:
    by_number = RunEvent(device_id="", event=5)
    assert run_direct(by_number) == Action("runevent", {"id": 5})
    by_name = RunEvent(device_id="", group="A", name="B")
    assert run_direct(by_name) == Action("runevent", {"group": "A", "name": "B"})
