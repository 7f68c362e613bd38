"""Recorded HomeSeer systems."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem
from simulator.recording import HomeSeerRecording

from .homeseer import Asker

DIMMER = {
    "ref": 9,
    "name": "Dimmer",
    "value": "45",
    "status": "Dim 45%",
    "odd": [1],
    "relationship": 4,
    "associated_devices": [8],
    "last_change": "/Date(1)/",
    "device_type": {"Device_API": 4, "Device_SubType": "38"},
}
PAIRS = [
    {"Label": "Off", "ControlValue": 0, "ControlUse": 2, "ControlType": 5},
    {
        "Label": "Dim (value)%",
        "ControlUse": 3,
        "ControlType": 7,
        "Range": {"RangeStart": 1, "RangeEnd": 99, "RangeStatusPrefix": "Dim "},
    },
    {"Label": "Odd", "ControlValue": "x", "ControlUse": 99, "ControlType": None},
    "nonsense",
]
BODIES: dict[str, Any] = {
    "getstatus": {
        "TempFormatF": False,
        "Devices": [
            {"ref": 8, "name": "Root", "relationship": 2, "device_type": None},
            DIMMER,
            {"ref": 9, "name": "Again"},
            {"ref": 10, "name": "Text", "relationship": 77, "value": float("inf")},
            {"ref": None},
            "nonsense",
        ],
    },
    "getcontrol": {
        "Devices": [
            {"ref": 9, "name": "Dimmer", "ControlPairs": PAIRS},
            {
                "ref": 10,
                "ControlPairs": [
                    {"Label": "L", "ControlType": 3, "ControlStringList": ["a", "b"]}
                ],
            },
        ]
    },
    "getevents": {"Events": [{"Group": "G", "Name": "N", "id": 7}, {"Name": "Old"}]},
    "getsessionconfig": {"isLocation1First": True, "location1Label": "Zimmer"},
    "hsversion": {"Response": "4.2.0.0"},
}


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """All of this goes over sockets."""


async def test_what_did_not_change_is_told_word_for_word(clock: ManualClock) -> None:
    recording = HomeSeerRecording("hs4", BODIES)
    async with HomeSeerSystem.of_recording(recording, clock=clock) as system:
        asker, model = Asker(system), system.model
        devices = await asker.devices()
        assert [each["ref"] for each in devices] == [8, 9, 10]
        assert devices[1] == DIMMER
        control = (await asker.ask("getcontrol", ref=9)).json
        assert control["ControlPairs"] == PAIRS
        assert (await asker.ask("getstatus")).json["TempFormatF"] is False
        assert (await asker.ask("hsversion")).json == {"Response": "4.2.0.0"}
        session = (await asker.ask("getsessionconfig")).json
        assert session["isLocation1First"] is True
        assert session["location1Label"] == "Zimmer"
        events = (await asker.ask("getevents")).json["Events"]
        assert [each.get("id") for each in events] == [7, None]
        # What changes is told anew.
        await asker.control(9, 0)
        assert await asker.device(9) == DIMMER
        clock.advance(1)
        device = await asker.device(9)
        assert (device["value"], device["status"], device["odd"]) == (0, "Off", [1])
        assert device["last_change"] != DIMMER["last_change"]
        await asker.control(9, 45)
        await asker.ask("controldevicebyindex", ref=10, value=0, string="b")
        clock.advance(1)
        model.rename(9, "New")
        told = [(each["name"], each.get("status")) for each in await asker.devices()]
        assert told[1:] == [("New", "Dim 45%"), ("Text", "b")]
        await asker.session.close()


async def test_a_restored_backup_gives_what_was_recorded_other_refs(
    clock: ManualClock,
) -> None:
    recording = HomeSeerRecording("hs4", BODIES)
    async with HomeSeerSystem.of_recording(recording, clock=clock) as system:
        asker = Asker(system)
        system.model.change_refs(lambda ref: ref + 100)
        devices = await asker.devices()
        assert [each["ref"] for each in devices] == [108, 109, 110]
        assert devices[1] == DIMMER | {"ref": 109, "associated_devices": [108]}
        control = (await asker.ask("getcontrol", ref=109)).json
        assert (control["ref"], control["ControlPairs"]) == (109, PAIRS)
        await asker.session.close()


def test_a_bare_control_and_a_version_of_choice(clock: ManualClock) -> None:
    bodies: dict[str, Any] = {
        "getstatus": {"Devices": [DIMMER, {"ref": 3, "associated_devices": 5}]},
        "getcontrol": {"ref": 9, "ControlPairs": PAIRS},
    }
    recording = HomeSeerRecording("hs3", bodies)
    system = HomeSeerSystem.of_recording(recording, clock=clock, version="3.0")
    assert system.settings.hs_version == "3.0"
    controls = {ref: len(each.controls) for ref, each in system.model.features.items()}
    assert controls == {9: 3, 3: 0}
    empty = HomeSeerSystem.of_recording(HomeSeerRecording("hs4", {"x": {}}))
    assert empty.model.features == {}
