"""A hub of few words: old, half configured, or one that refuses some requests."""

from collections.abc import Collection
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.controls import ActivateScene
from custom_components.crestron_homeseer.house.devices import (
    House,
    Scene,
    TemperatureUnit,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubResponseError,
    Reason,
)

from .common import Reply, Scripted, says
from .raw import feature, pair

REFUSAL = says({"Response": "Error, bad request"})
POINT = feature(7, "Heat", value=20, kind=(16, 6, 1))
SLIDER = {"ref": 7, "ControlPairs": [pair("(value)", use=12, span=(5, 30))]}


@pytest.fixture
def system(system: Scripted) -> Scripted:
    """A system that knows a thermostat, and no more requests than it must."""
    system.replies |= {
        "getsessionconfig": says({"hsVersion": "3.0.0.318"}),
        "getdeviceinfo": REFUSAL,
        "getstatus": says({"Devices": [POINT]}),
        "getcontrol": says(SLIDER),
        "getevents": REFUSAL,
        "getsetting": REFUSAL,
    }
    return system


@pytest.fixture
async def hub(session: aiohttp.ClientSession, system: Scripted) -> HomeSeerHub:
    hub = HomeSeerHub(session, system.site())
    await hub.connect()
    return hub


def unit(house: House) -> TemperatureUnit:
    (device,) = house.devices.values()
    assert isinstance(device, Thermostat)
    return device.unit


async def test_a_system_of_few_words_is_read(
    hub: HomeSeerHub, system: Scripted
) -> None:
    house = await hub.survey()
    assert house.info.name == "HomeSeer HS3"
    assert unit(house) is TemperatureUnit.FAHRENHEIT
    # Whether devices came or went is not told, so it has to be looked.
    system.asked.clear()
    await hub.survey()
    assert "getcontrol" in system.asked


@pytest.mark.parametrize(
    ("answer", "name", "version"),
    [
        (says({"Response": "3.0.0.318"}), "HomeSeer HS3", "3.0.0.318"),
        (REFUSAL, "HomeSeer", None),
    ],
)
async def test_an_old_system_tells_its_version_alone(
    session: aiohttp.ClientSession,
    system: Scripted,
    answer: Reply,
    name: str,
    version: str | None,
) -> None:
    system.replies["getsessionconfig"] = REFUSAL
    system.replies["hsversion"] = answer
    info = await HomeSeerHub(session, system.site()).connect()
    assert (info.name, info.version) == (name, version)


async def test_an_answer_that_cannot_be_read_is_no_old_system(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.replies["getsessionconfig"] = says("")
    with pytest.raises(HubResponseError):
        await HomeSeerHub(session, system.site()).connect()
    assert system.asked == ["getsessionconfig"]


async def test_a_system_that_tells_no_version_has_a_name(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.replies["getsessionconfig"] = says({"useLocation2": True})
    hub = HomeSeerHub(session, system.site())
    info = await hub.connect()
    assert (info.name, info.model, info.version) == ("HomeSeer", None, None)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"Value": "True"}, TemperatureUnit.FAHRENHEIT),
        ({"Value": "False"}, TemperatureUnit.CELSIUS),
        ({"Value": ""}, TemperatureUnit.FAHRENHEIT),
    ],
)
async def test_the_unit_is_a_setting(
    hub: HomeSeerHub, system: Scripted, answer: Any, expected: TemperatureUnit
) -> None:
    system.replies["getsetting"] = says(answer)
    assert unit(await hub.survey()) is expected


async def test_homeseer_4_tells_the_unit_with_its_devices(
    hub: HomeSeerHub, system: Scripted
) -> None:
    system.replies["getstatus"] = says({"TempFormatF": False, "Devices": [POINT]})
    assert unit(await hub.survey()) is TemperatureUnit.CELSIUS
    assert "getsetting" not in system.asked


@pytest.mark.parametrize("lost", [REFUSAL, says({"Name": "HomeSeer Events"})])
async def test_events_are_kept_while_they_cannot_be_read(
    hub: HomeSeerHub, system: Scripted, lost: Reply
) -> None:
    system.replies["getevents"] = says({"Events": [{"Group": "A", "Name": "B"}]})
    before = await hub.survey()
    system.replies["getevents"] = lost
    after = await hub.survey()
    for house in (before, after):
        assert [each.name for each in house.devices.values()] == ["Heat", "B"]
        assert isinstance(house.devices["event-a/b"], Scene)


@pytest.mark.parametrize("answer", [REFUSAL, says({"refs": None}), says({})])
async def test_who_does_not_tell_changes_is_asked_once_and_then_read_whole(
    hub: HomeSeerHub, system: Scripted, answer: Reply
) -> None:
    system.replies["getdeviceschanged"] = answer
    house = await hub.survey()
    system.asked.clear()
    for _ in range(2):
        assert await hub.refresh(house) is house
    assert system.asked == ["getdeviceschanged", "getstatus", "getstatus"]


@pytest.mark.parametrize(
    ("config", "room"),
    [
        ({}, "Kitchen"),
        ({"isLocation1First": False}, "Ground Floor"),
        ({"isLocation1First": True}, "Kitchen"),
        # Without a second location the first one is the room, whatever comes first.
        ({"isLocation1First": False, "useLocation2": False}, "Kitchen"),
        # The one that is called so.
        ({"location1Label": "Floor", "location2Label": "Room"}, "Ground Floor"),
        ({"isLocation1First": False, "location1Label": "My Room"}, "Kitchen"),
    ],
)
async def test_which_location_is_the_room(
    session: aiohttp.ClientSession, system: Scripted, config: Any, room: str
) -> None:
    system.replies["getsessionconfig"] = says(config)
    hub = HomeSeerHub(session, system.site())
    await hub.connect()
    house = await hub.survey()
    assert [each.name for each in house.rooms.values()] == [room]


@pytest.mark.parametrize(("room_from", "room"), [(1, "Kitchen"), (2, "Ground Floor")])
async def test_the_user_may_say_which_it_is(
    session: aiohttp.ClientSession, system: Scripted, room_from: int, room: str
) -> None:
    hub = HomeSeerHub(session, system.site(), Settings(room_from=room_from))
    await hub.connect()
    house = await hub.survey()
    assert [each.name for each in house.rooms.values()] == [room]


@pytest.mark.parametrize(
    ("answer", "why"), [(REFUSAL, Reason.NO_API), (says(""), Reason.NONSENSE)]
)
async def test_a_system_that_says_no_to_everything_has_json_switched_off(
    hub: HomeSeerHub, system: Scripted, answer: Reply, why: Reason
) -> None:
    system.replies["getstatus"] = answer
    with pytest.raises(HubResponseError) as caught:
        await hub.survey()
    assert caught.value.reason is why


async def test_many_changes_are_read_in_one_answer(
    hub: HomeSeerHub, system: Scripted
) -> None:
    def lamps(status: str) -> Reply:
        features = [feature(ref, status=status) for ref in range(1, 252)]
        return says({"Devices": features})

    system.replies["getstatus"] = lamps("Cold")
    system.replies["getdeviceschanged"] = says({"refs": list(range(1, 252))})
    house = await hub.refresh(await hub.survey())
    system.replies["getstatus"] = lamps("Warm")
    system.asked.clear()
    await hub.refresh(house)
    assert system.asked == ["getdeviceschanged", "getstatus"]
    assert system.urls[-1].query["ref"] == "all"


async def test_an_event_that_is_gone_is_not_run(
    hub: HomeSeerHub, system: Scripted
) -> None:
    await hub.survey()
    (error,) = (await hub.send([ActivateScene(device_id="event-1")])).errors
    assert isinstance(error, HubCommandError)
    assert "runevent" not in system.asked


async def test_what_makes_no_device_is_told_to_nobody(
    hub: HomeSeerHub, system: Scripted
) -> None:
    name, shown = feature(8, "Only a name", children=(9,)), feature(9, root=8)
    system.replies["getstatus"] = says({"Devices": [POINT, name, shown]})
    told: list[Collection[str] | None] = []
    hub.listen(told.append)
    await hub.survey()
    for ref in (8, 7):
        hub.on_webhook({"type": "devicechange", "data": {"ref": ref}})
    assert told == [{"ref-7-climate"}]


async def test_what_is_told_after_the_end_is_told_to_nobody(hub: HomeSeerHub) -> None:
    told: list[Collection[str] | None] = []
    stop = hub.listen(told.append)
    assert stop is not None
    await hub.survey()
    message = {"type": "devicechange", "data": {"ref": 7}}
    hub.on_webhook(message)
    stop()
    hub.on_webhook(message)
    assert told == [{"ref-7-climate"}]
