"""One list of the processor: what stays the same object, what moves, what is lost."""

import json
import logging
from typing import Any
from unittest.mock import Mock

import pytest

from custom_components.crestron_homeseer.crestron import listing as listing_module
from custom_components.crestron_homeseer.crestron.codec import list_in
from custom_components.crestron_homeseer.crestron.listing import Listing
from custom_components.crestron_homeseer.house.devices import Cover, Device, Light
from custom_components.crestron_homeseer.house.hub import HubResponseError
from custom_components.crestron_homeseer.house.kinds import Motion

from .common import BY_KIND, ROOMS, Json, body_of, listing_of

OPENING, CLOSING = Motion.OPENING, Motion.CLOSING
STOPPED, UNKNOWN = Motion.STOPPED, Motion.UNKNOWN
FULL = 65535
BANNER = b'{"description":"The Pyng Rest API \\u2026","version":"2.000.0004"}'


def light(number: int | str, level: int = 0, **more: Any) -> Json:
    return {"id": number, "name": f"Lamp {number}", "level": level, **more}


def shade(position: float | None, number: int = 4) -> Json:
    raw = None if position is None else round(position * FULL)
    return {"id": number, "name": "Shade", "subType": "Shade", "position": raw}


def take(listing: Listing, *items: object, now: float = 0.0) -> dict[str, Device]:
    listing.take(body_of(listing.endpoint, items), ROOMS, now)
    return listing.devices


def level_of(device: Device) -> float | None:
    assert isinstance(device, Light)
    return device.level


def cover_of(listing: Listing) -> Cover:
    device = listing.devices["shade-4"]
    assert isinstance(device, Cover)
    return device


# The list in an answer


def test_a_list_is_found_by_the_letters_of_its_key() -> None:
    for key in ("doorLocks", "DOORLOCKS", "door_locks"):
        body = json.dumps({"version": "2", key: [1]}).encode()
        assert list_in(body, "doorlocks") == [1]


# What stays the same


@pytest.mark.parametrize("word", [None, "", 7, "Wibble"])
@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("light", {"subType": "Fan", "speed": 2}),
        ("sensor", {"subType": "PhotoSensor", "presence": "x", "level": 7}),
        ("scene", {"type": "generic IO", "status": False}),
    ],
)
def test_what_does_not_say_what_it_is_is_what_it_was(
    kind: str, item: Json, word: object
) -> None:
    item |= {"id": 1, "name": "Same"}
    listing = listing_of(kind, item)
    before, key = listing.devices, "type" if kind == "scene" else "subType"
    assert take(listing, item | {key: word}) is before
    # What is called otherwise may be another thing under the same number.
    other = take(listing, item | {key: word, "name": "Other"})
    as_never_before = listing_of(kind, item | {key: word, "name": "Other"})
    assert other == as_never_before.devices


def test_only_items_that_changed_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = listing_of("light", light(1), light(2))
    before = listing.devices
    parsed = Mock(wraps=list_in)
    decoded = Mock(wraps=listing_module.decode)
    monkeypatch.setattr(listing_module, "list_in", parsed)
    monkeypatch.setattr(listing_module, "decode", decoded)
    assert take(listing, light(1), light(2)) is before
    assert parsed.call_count == decoded.call_count == 0
    take(listing, light(1), light(2, 9))
    assert [call.args[1] for call in decoded.call_args_list] == [2]


def test_only_what_changed_is_a_new_object() -> None:
    listing = listing_of("light", light(1), light(2), light("3"))
    before = listing.devices
    # Neither another order nor a field that is not read changes anything.
    assert take(listing, light(2), light(1, firmware="9"), light(3)) is before
    after = take(listing, light(1), light(2, FULL), light(4))
    assert after["light-1"] is before["light-1"]
    assert list(after) == ["light-1", "light-2", "light-4"]
    assert [level_of(each) for each in after.values()] == [0.0, 1.0, 0.0]
    raw = listing.raw_of(2)
    assert raw is not None
    assert raw.integer("level") == FULL
    assert listing.raw_of(3) is None


NO_ITEMS: list[object] = [None, 7, "light", [], {}, {"id": None}]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        *((each, "None has no id") for each in NO_ITEMS),
        ({"id": 1, "ID": "x"}, "None has no id"),
        (light("1", FULL), "1 is doubled"),
    ],
)
def test_what_has_no_id_of_its_own_is_left_out(broken: object, reason: str) -> None:
    listing = listing_of("light", light(1), broken, broken, light(2))
    assert list(listing.devices) == ["light-1", "light-2"]
    assert level_of(listing.devices["light-1"]) == 0.0
    (entry,) = listing.ignored
    assert f"{entry['id']} {entry['reason']}" == f"light-{reason}"


def test_what_is_of_no_use_here_is_reported_for_as_long_as_it_is_there() -> None:
    odd = {"id": 3, "name": "Quakes", "subType": "Seismometer"}
    left_out = {
        "id": "sensor-3",
        "name": "Quakes",
        "list": "sensors",
        "reason": "has the unknown subtype Seismometer",
    }
    door = {"id": 4, "subType": "Door"}
    listing = listing_of("sensor", odd, door)
    assert listing.ignored == [left_out]
    take(listing, odd, door | {"presence": "OpenOrOn"})
    assert listing.ignored == [left_out]
    take(listing, door)
    assert listing.ignored == []


# What cannot be read


def test_an_answer_that_is_none_changes_nothing() -> None:
    listing = listing_of("light", light(1))
    before = listing.devices
    for body in (BANNER, b"", b'{"lights":[{"id":1', b'{"lights":null}'):
        with pytest.raises(HubResponseError):
            listing.take(body, ROOMS, 0.0)
    assert listing.devices is before
    assert take(listing, light(1)) is before


def test_a_list_that_is_empty_at_once_keeps_its_devices_as_offline() -> None:
    listing = listing_of("light", light(1), light(2))
    devices = take(listing)
    assert [device.online for device in devices.values()] == [False, False]
    assert [device.name for device in devices.values()] == ["Lamp 1", "Lamp 2"]
    assert take(listing) is devices
    # An empty list that is written in another way.
    listing.take(b'{"lights":[],"version":"3"}', ROOMS, 0.0)
    assert listing.devices is devices
    assert take(listing, light(1), light(2))["light-1"].online


def test_a_list_that_never_was_or_is_missing_is_not_told_as_lost_or_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    listing = Listing(BY_KIND["light"])
    for _ in range(5):
        listing.fail("status 500")
    listing.lack()
    assert (listing.read, listing.failures) == (True, 0)
    # Nor is a shorter trouble.
    before = take(listing, light(1))
    for _ in range(5):
        listing.fail("status 500")
        listing.fail("status 500")
        assert take(listing, light(1)) is before
    assert caplog.text == ""


# How shades move


@pytest.mark.parametrize(
    ("positions", "motion"),
    [
        ((0.0,), STOPPED),
        ((0.5,), UNKNOWN),
        ((0.5, 0.5), UNKNOWN),
        ((0.5, 0.6), OPENING),
        ((0.5, 0.4), CLOSING),
        ((0.9, 1.0), STOPPED),
        ((0.4, 0.6, 0.5), CLOSING),
        ((0.4, 0.5, None), UNKNOWN),
        ((0.4, None, 0.5), UNKNOWN),
        ((0.4, None, 1.0), STOPPED),
    ],
)
def test_a_shade_moves_where_its_positions_go(
    positions: tuple[float | None, ...], motion: Motion
) -> None:
    listing = Listing(BY_KIND["shade"])
    for second, position in enumerate(positions):
        take(listing, shade(position), now=float(second))
    assert cover_of(listing).motion is motion


@pytest.mark.parametrize(
    ("seconds", "motion"),
    [(0.5, OPENING), (1.4, OPENING), (1.5, STOPPED), (9, STOPPED)],
)
def test_a_shade_that_reports_nothing_new_for_a_while_stands(
    seconds: float, motion: Motion
) -> None:
    listing = listing_of("shade", shade(0.4))
    take(listing, shade(0.5), now=10.0)
    take(listing, shade(0.5), now=10.0 + seconds)
    assert cover_of(listing).motion is motion


def test_a_shade_that_stands_is_the_same_object_again() -> None:
    listing = listing_of("shade", shade(0.4), shade(0.4, 5))
    other = listing.devices["shade-5"]
    take(listing, shade(0.5), shade(0.4, 5), now=1.0)
    assert listing.devices["shade-5"] is other
    before = take(listing, shade(0.5), shade(0.4, 5), now=5.0)
    assert take(listing, shade(0.5), shade(0.4, 5), now=9.0) is before
    # The same once more, in an answer that has to be parsed.
    assert take(listing, shade(0.5) | {"firmware": 1}, shade(0.4, 5)) is before


@pytest.mark.parametrize(
    ("position", "motion"), [(0.5, UNKNOWN), (0.0, STOPPED), (0.6, OPENING)]
)
def test_a_shade_out_of_reach_is_not_said_to_move(
    position: float, motion: Motion
) -> None:
    listing = listing_of("shade", shade(0.4))
    take(listing, shade(0.5), now=1.0)
    assert cover_of(listing).motion is OPENING
    for _ in range(3):
        listing.fail("status 500")
    assert cover_of(listing).motion is UNKNOWN
    take(listing, shade(position), now=9.0)
    assert cover_of(listing).motion is motion
