"""What else can be asked of a HomeSeer system: events, names, settings, changes."""

import json
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Event, HomeSeerSystem, Model

from .homeseer import Asker


async def test_events(asker: Asker, model: Model) -> None:
    model.events.append(Event(id=0, group="Old", name="No id", has_id=False))
    body = (await asker.ask("getevents")).json
    assert (body["Name"], body["Version"]) == ("HomeSeer Events", "1.0")
    assert body["Events"][1] == {
        "Group": "Lighting",
        "Name": "Outside Lights Off",
        "id": model.events[1].id,
        "voice_command": "outside lights off",
        "voice_command_enabled": True,
    }
    assert "id" not in body["Events"][-1]


async def test_locations_and_categories(asker: Asker) -> None:
    body = (await asker.ask("getlocations")).json
    assert "Kitchen" in body["location1"]
    assert body["location2"] == ["Basement", "Main Floor", "Outside", "Upstairs"]
    body = (await asker.ask("getcategories")).json
    assert body["Categories"][0]["Name"] == "Lights"


async def test_the_version(asker: Asker, system: HomeSeerSystem) -> None:
    assert (await asker.ask("hsversion")).json == {"Response": "4.2.22.4"}
    system.change(dialect="hs3")
    assert (await asker.ask("hsversion")).json == {"Response": "3.0.0.548"}
    system.change(version="3.0.0.1")
    assert (await asker.ask("hsversion")).json == {"Response": "3.0.0.1"}


async def test_the_session(asker: Asker, model: Model) -> None:
    model.location1_first = True
    assert (await asker.ask("getsessionconfig")).json == {
        "hsVersion": "4.2.22.4",
        "isLocation1First": True,
        "useLocation2": True,
        "location1Label": "Room",
        "location2Label": "Floor",
        "username": "default",
        "userPermissions": {
            "user_permissions": 6,
            "user_permissions_valid": True,
            "eventAccess": True,
            "cameraAdd": True,
        },
    }


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("gLocLabel", "Room"),
        ("gLocLabel2", "Floor"),
        ("gGlobalTempScaleF", "True"),
        ("gNoPW192", "False"),
        ("gNothing", ""),
    ],
)
async def test_settings(asker: Asker, setting: str, value: str) -> None:
    assert (await asker.ask("getsetting", setting=setting)).json == {"Value": value}


async def test_when_devices_came_and_went(
    asker: Asker, model: Model, clock: ManualClock
) -> None:
    before = (await asker.ask("getdeviceinfo")).json
    assert before["Count"] == len(model.features) - 1
    assert before["TimeLastDeviceRemoved"] == (
        f"/Date({int(model.epoch * 1000)}-0400)/"
    )
    clock.advance(7)
    model.remove(model.find("Lost Switch").ref)
    after = (await asker.ask("getdeviceinfo")).json
    assert after["Count"] == before["Count"] - 1
    assert after["TimeLastDeviceAdded"] == before["TimeLastDeviceAdded"]
    assert after["TimeLastDeviceRemoved"] > before["TimeLastDeviceRemoved"]


async def test_what_changed_since_the_same_id_asked(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    async def changed(who: str) -> Any:
        return (await asker.ask("getdeviceschanged", devicechangeid=who)).json

    mode, message = model.find("Vacation Mode"), model.find("Message of the Day")
    mode.set(100)
    assert await changed("one") == {"refs": []}
    mode.set(0)
    mode.set(100)
    message.say("Hi")
    model.find("Kiosk Only").set(5)
    assert await changed("one") == {"refs": sorted((mode.ref, message.ref))}
    assert await changed("one") == {"refs": []}
    assert await changed("two") == {"refs": []}
    await system.restart()
    mode.set(0)
    assert await changed("one") == {"refs": []}


async def test_what_changed_is_not_told_by_every_system(
    asker: Asker, system: HomeSeerSystem
) -> None:
    error = {"Response": "Error, bad request"}
    assert (await asker.ask("getdeviceschanged")).json == error
    system.change(first_changes="all")
    first = (await asker.ask("getdeviceschanged", devicechangeid="a")).json
    assert len(first["refs"]) > 100
    system.change(changes_supported=False)
    reply = await asker.ask("getdeviceschanged", devicechangeid="a")
    assert reply.json == error


async def test_counters_plugins_and_cameras(asker: Asker) -> None:
    assert len((await asker.ask("getcounter")).json["Counters"]) == 2
    assert (await asker.ask("getcounter", counter="visitors")).json == {
        "Counters": [{"name": "Visitors", "value": 3.0}]
    }
    plugins = (await asker.ask("pluginlist")).json["Plugins"]
    assert set(plugins[0]) == {"Name", "Version", "VersionAvailable", "UpdateAvailable"}
    (camera,) = (await asker.ask("getcameras")).json["Cameras"]
    assert camera["Name"] == "Driveway"
    assert (await asker.ask("getcamerasnapshot", camid=1)).json == camera
    assert "Error" in (await asker.ask("getcamerasnapshot", camid=2)).text


async def test_names_may_change(asker: Asker, model: Model) -> None:
    dimmer = model.find("Kitchen Dimmer")
    model.rename(dimmer.ref, "Küche")
    device = await asker.device(dimmer.ref)
    assert device["name"] == "Küche"
    body = await asker.ask(
        "setdeviceproperty", ref=dimmer.ref, property="Name", value="X"
    )
    assert body.json == {"Response": "ok"}
    assert dimmer.name == "X"
    body = await asker.ask("setdeviceproperty", ref=dimmer.ref, property="Colour")
    assert body.json == {"Response": "Error, bad request"}


async def test_html_and_letters_come_as_they_are(asker: Asker, model: Model) -> None:
    weather = await asker.device(model.find("Weather").ref)
    assert weather["status"].startswith("<b style=")
    sign = model.find("Temperature", root="Living Room Motion")
    assert json.dumps((await asker.device(sign.ref))["status"]) == '"72\\u2109"'
