"""Whatever a processor sends, there are devices or a plain error."""

from collections.abc import Iterable
from dataclasses import replace
import json
import math
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.codec import ENDPOINTS, Endpoint
from custom_components.crestron_homeseer.crestron.listing import Listing
from custom_components.crestron_homeseer.house.devices import Device, House, HubInfo
from custom_components.crestron_homeseer.house.hub import HubResponseError
from tests.crestron_homeseer.house.hostile import json_values

from .common import ROOMS, SAMPLES, Json, body_of

IN_RANGE = ("level", "position", "speed", "volume")
FINITE = (*IN_RANGE, "temperature", "value")

endpoints = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.kind)


def numbers_of(devices: Iterable[Device], names: Iterable[str]) -> list[float]:
    values = [getattr(device, name, None) for device in devices for name in names]
    return [value for value in values if value is not None]


def assert_sane(listing: Listing) -> None:
    """What every part of the integration relies on."""
    devices = listing.devices
    assert all(key == device.id for key, device in devices.items())
    assert all(device.name.strip() for device in devices.values())
    rooms = {device.room_id for device in devices.values()}
    assert rooms <= {None, *ROOMS}
    assert all(math.isfinite(each) for each in numbers_of(devices.values(), FINITE))
    assert all(0 <= each <= 1 for each in numbers_of(devices.values(), IN_RANGE))
    house = House(info=HubInfo(manufacturer="", name=""), devices=devices)
    assert all(house.root_of(device) for device in devices.values())
    # All are values: they can be compared and hashed.
    assert len(set(devices.values())) == len(devices)


def take(listing: Listing, body: bytes, now: float = 0.0) -> bool:
    """Have a list take a body; returns whether it could."""
    try:
        listing.take(body, ROOMS, now)
    except HubResponseError:
        return False
    return True


@st.composite
def mangled(draw: st.DrawFn, kind: str) -> Json:
    """Something that a processor would say, with anything in place of some fields."""
    sample = draw(st.sampled_from(SAMPLES[kind]))
    keys = draw(st.lists(st.sampled_from(sorted(sample)), max_size=3, unique=True))
    others = {key: draw(json_values) for key in keys}
    gone = draw(st.lists(st.sampled_from(sorted(sample)), max_size=2))
    merged = sample | others
    return {key: merged[key] for key in merged if key not in gone}


@st.composite
def _deeply_mangled(draw: st.DrawFn, value: Any) -> Any:
    """A copy of a value with anything in place of some leaves, however deep."""
    match value:
        case dict():
            return {key: draw(_deeply_mangled(value[key])) for key in value}
        case list():
            return [draw(_deeply_mangled(each)) for each in value]
    return draw(st.one_of(st.just(value), st.just(value), json_values))


@endpoints
@given(data=st.data())
def test_a_broken_device_loses_only_itself(
    endpoint: Endpoint, data: st.DataObject
) -> None:
    # The villa's own; what follows is the same in the manual's shape.
    good = SAMPLES[endpoint.kind][: len(SAMPLES[endpoint.kind]) // 2]
    alone = Listing(endpoint)
    assert take(alone, body_of(endpoint, good))
    ids = {item["id"] for item in good}
    broken = data.draw(mangled(endpoint.kind)) | {"id": max(ids) + 1}
    place = data.draw(st.integers(0, len(good)))
    listing = Listing(endpoint)
    assert take(listing, body_of(endpoint, [*good[:place], broken, *good[place:]]))
    # It may have the name of another one, which is then told apart from it.
    before, after = (
        {key: replace(each, mark=None) for key, each in each.devices.items()}
        for each in (alone, listing)
    )
    assert before.items() <= after.items()


@st.composite
def bodies(draw: st.DrawFn, endpoint: Endpoint) -> bytes:
    """An answer: mostly a list, now and then anything else."""
    samples = SAMPLES[endpoint.kind]
    deeply = st.sampled_from(samples).flatmap(_deeply_mangled)
    anything = st.one_of(mangled(endpoint.kind), deeply, json_values)
    items = st.one_of(st.just(samples[:3]), st.lists(anything, max_size=4))
    return draw(
        st.one_of(
            items.map(lambda listed: body_of(endpoint, listed)),
            items.map(lambda listed: body_of(endpoint, listed)),
            st.just(b'{"description":"The Pyng Rest API","version":"2.000.0004"}'),
            json_values.map(lambda value: json.dumps(value).encode()),
            st.binary(max_size=60),
        )
    )


@endpoints
@given(data=st.data())
def test_a_list_fed_with_anything_keeps_its_promises(
    endpoint: Endpoint, data: st.DataObject
) -> None:
    listing = Listing(endpoint)
    sequence = data.draw(st.lists(bodies(endpoint), min_size=1, max_size=6))
    for now, body in enumerate(sequence):
        before = listing.devices
        took = take(listing, body, float(now))
        # An answer that cannot be read changes nothing.
        assert took or listing.devices is before
        # What did not change is the same object, and so is the whole.
        same = [
            device is before[key]
            for key, device in listing.devices.items()
            if before.get(key) == device
        ]
        assert all(same)
        assert (listing.devices is before) == (listing.devices == before)
        assert listing.devices or not before
        assert_sane(listing)
