"""Systems that know fewer requests than HomeSeer 4, and where they name rooms."""

from collections.abc import Collection
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.devices import (
    House,
    Scene,
    TemperatureUnit,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import HubResponseError, Reason

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


@pytest.mark.parametrize(
    ("config", "answer", "name", "version"),
    [
        (says({"useLocation2": True}), REFUSAL, "HomeSeer", None),
        (REFUSAL, says({"Response": "3.0.0.318"}), "HomeSeer HS3", "3.0.0.318"),
        (REFUSAL, REFUSAL, "HomeSeer", None),
    ],
)
async def test_a_system_is_called_after_its_version(
    session: aiohttp.ClientSession,
    system: Scripted,
    config: Reply,
    answer: Reply,
    name: str,
    version: str | None,
) -> None:
    system.replies |= {"getsessionconfig": config, "hsversion": answer}
    info = await HomeSeerHub(session, system.site()).connect()
    assert (info.name, info.version) == (name, version)


@pytest.mark.parametrize(
    ("setting", "listed", "expected"),
    [
        (REFUSAL, {}, TemperatureUnit.FAHRENHEIT),
        (says({"Value": "True"}), {}, TemperatureUnit.FAHRENHEIT),
        (says({"Value": "False"}), {}, TemperatureUnit.CELSIUS),
        (says({"Value": ""}), {}, TemperatureUnit.FAHRENHEIT),
        # HomeSeer 4 lists it with its devices.
        (REFUSAL, {"TempFormatF": False}, TemperatureUnit.CELSIUS),
    ],
)
async def test_a_system_that_knows_few_requests_is_read(
    hub: HomeSeerHub,
    system: Scripted,
    setting: Reply,
    listed: dict[str, bool],
    expected: TemperatureUnit,
) -> None:
    system.replies["getsetting"] = setting
    system.replies["getstatus"] = says({"Devices": [POINT]} | listed)
    assert unit(await hub.survey()) is expected
    assert ("getsetting" in system.asked) is not bool(listed)
    # Whether devices came or went is unknown, so their controls are read again.
    system.asked.clear()
    for _ in range(5):
        await hub.survey()
    assert system.asked.count("getcontrol") == 5


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
async def test_a_system_that_knows_no_changes_is_asked_once_and_then_read_whole(
    hub: HomeSeerHub, system: Scripted, answer: Reply
) -> None:
    system.replies["getdeviceschanged"] = answer
    house = await hub.survey()
    system.asked.clear()
    for _ in range(2):
        assert await hub.refresh(house) is house
    assert system.asked == ["getdeviceschanged", "getstatus", "getstatus"]


async def test_many_changes_are_read_in_one_answer(
    hub: HomeSeerHub, system: Scripted
) -> None:
    refs = list(range(1, 252))
    for status in ("Cold", "Warm"):
        lamps = [feature(ref, status=status) for ref in refs]
        system.replies["getstatus"] = says({"Devices": lamps})
        system.replies["getdeviceschanged"] = says({"refs": refs})
        if status == "Cold":
            house = await hub.refresh(await hub.survey())
        system.asked.clear()
    await hub.refresh(house)
    assert system.asked == ["getdeviceschanged", "getstatus"]
    assert system.urls[-1].query["ref"] == "all"


async def test_a_first_answer_without_names_and_values_is_no_house(
    hub: HomeSeerHub, system: Scripted
) -> None:
    system.replies["getstatus"] = says({"Devices": [{"ref": 1}, {"ref": 2}]})
    with pytest.raises(HubResponseError) as caught:
        await hub.survey()
    assert caught.value.reason is Reason.NONSENSE


async def test_no_request_of_a_large_system_is_too_long_for_a_server(
    hub: HomeSeerHub, system: Scripted
) -> None:
    refs = [str(1_000_000 + number) for number in range(1001)]
    lamps = [feature(int(ref), status="Cold") for ref in refs]
    system.replies["getstatus"] = says({"Devices": lamps})
    await hub.survey()
    asked = [url for url in system.urls if url.query["request"] == "getcontrol"]
    assert max(len(str(url)) for url in asked) < 4000
    assert ",".join(url.query["ref"] for url in asked).split(",") == refs


@pytest.mark.parametrize(
    ("config", "chosen", "room"),
    [
        ({}, None, "Kitchen"),
        ({}, 2, "Ground Floor"),
        ({"isLocation1First": False}, None, "Ground Floor"),
        ({"isLocation1First": False}, 1, "Kitchen"),
        ({"isLocation1First": True}, None, "Kitchen"),
        # Without a second location the first one is the room, whatever comes first.
        ({"isLocation1First": False, "useLocation2": False}, None, "Kitchen"),
        # The one that is called so.
        ({"location1Label": "Floor", "location2Label": "Room"}, None, "Ground Floor"),
        ({"isLocation1First": False, "location1Label": "My Room"}, None, "Kitchen"),
    ],
)
async def test_which_location_is_the_room(
    session: aiohttp.ClientSession,
    system: Scripted,
    config: Any,
    chosen: int | None,
    room: str,
) -> None:
    system.replies["getsessionconfig"] = says(config)
    hub = HomeSeerHub(session, system.site(), Settings(room_from=chosen))
    await hub.connect()
    house = await hub.survey()
    assert [each.name for each in house.rooms.values()] == [room]


@pytest.mark.parametrize(
    ("answer", "why"), [(REFUSAL, Reason.NO_API), (says(""), Reason.NONSENSE)]
)
async def test_a_system_that_declines_everything_has_json_switched_off(
    hub: HomeSeerHub, system: Scripted, answer: Reply, why: Reason
) -> None:
    if why is not Reason.NO_API:
        # It is no old system either.
        system.replies["getsessionconfig"] = answer
        with pytest.raises(HubResponseError):
            await hub.connect()
        assert system.asked[1:] == ["getsessionconfig"]
    system.replies["getstatus"] = answer
    with pytest.raises(HubResponseError) as caught:
        await hub.survey()
    assert caught.value.reason is why


async def test_what_makes_no_device_is_reported_to_nobody(
    hub: HomeSeerHub, system: Scripted
) -> None:
    name, shown = feature(8, "Only a name", children=(9,)), feature(9, root=8)
    system.replies["getstatus"] = says({"Devices": [POINT, name, shown]})
    reported: list[Collection[str] | None] = []
    hub.listen(reported.append)
    await hub.survey()
    for ref in (8, 7):
        hub.on_webhook({"type": "devicechange", "data": {"ref": ref}})
    assert reported == [{"ref-7-climate"}]
