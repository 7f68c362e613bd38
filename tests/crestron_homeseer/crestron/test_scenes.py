"""Scenes: their types in all spellings, and how those of one name are told apart."""

import pytest

from custom_components.crestron_homeseer.house.devices import Scene
from custom_components.crestron_homeseer.house.kinds import SceneKind

from .common import ROOMS, Json, body_of, devices_of, listing_of


def scene(number: int, name: str = "All Off", **changes: object) -> Json:
    return {"id": number, "name": name, "type": "Lighting", "roomId": 5} | changes


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Lighting", SceneKind.LIGHTING),
        (" lighting ", SceneKind.LIGHTING),
        ("Shade Group", SceneKind.SHADE_GROUP),
        ("shadeGroup", SceneKind.SHADE_GROUP),
        ("Lock Room", SceneKind.LOCK_ROOM),
        ("LockRoom", SceneKind.LOCK_ROOM),
        ("genericIO", SceneKind.GENERIC_IO),
        ("Generic IO", SceneKind.GENERIC_IO),
        ("generic_io", SceneKind.GENERIC_IO),
        ("I/O", SceneKind.GENERIC_IO),
        ("Daylight", SceneKind.DAYLIGHT),
        ("None", SceneKind.UNKNOWN),
        (None, SceneKind.UNKNOWN),
    ],
)
def test_types(said: str | None, kind: SceneKind) -> None:
    found = devices_of("scene", scene(1, type=said))[0]
    assert isinstance(found, Scene)
    assert found.kind is kind


@pytest.mark.parametrize(
    ("scenes", "names"),
    [
        ([scene(1), scene(2, "All On")], ["All Off", "All On"]),
        ([scene(1), scene(2, roomId=6)], ["All Off", "All Off"]),
        (
            [scene(1), scene(2, "ALL OFF", type="Media")],
            ["All Off (Lighting)", "ALL OFF (Media)"],
        ),
        ([scene(1), scene(2)], ["All Off (1)", "All Off (2)"]),
    ],
)
def test_scenes_of_one_name_in_one_room_are_told_apart(
    scenes: list[Json], names: list[str]
) -> None:
    devices = devices_of("scene", *scenes)
    assert [each.full_name for each in devices[::2]] == names
    # Whether the house matches it is of the same name.
    assert [each.full_name for each in devices[1::2]] == names
    assert [each.name for each in devices[::2]] == [each["name"] for each in scenes]


def test_what_did_not_change_stays_the_same_object() -> None:
    listing = listing_of("scene", scene(1, status=False), scene(2, status=False))
    before = listing.devices
    body = body_of(listing.endpoint, [scene(1, status=True), scene(2, status=False)])
    listing.take(body, dict(ROOMS), 1.0)
    changed = {key for key in before if listing.devices[key] is not before[key]}
    assert changed == {"scene-1-matches"}


def test_quick_actions_are_told_apart_by_their_numbers() -> None:
    actions = devices_of("action", {"id": 1, "name": "Go"}, {"id": 2, "name": "Go"})
    assert [each.full_name for each in actions] == ["Go (1)", "Go (2)"]
