"""Good night, in both houses: what is done, and what is told."""

import pytest

from .conftest import Both

FRONT, ENTRY = "lock.hallway_front_door", "lock.garage_garage_entry"
TERRACE = "lock.terrace_terrace_door"
HOMESEER_ENTRY = "lock.garage_garage_entry_lock"
KITCHEN = "cover.kitchen_kitchen_shade"
HOMESEER_SHADE = "cover.living_room_living_room_shade"
PANEL = "alarm_control_panel.hallway_alarm_panel"
PARTITION = "alarm_control_panel.hallway_dsc_alarm_partition_1"
WINDOW = "binary_sensor.living_room_living_room_window"
LOOK = "Good night: please have a look"


async def night(both: Both, **inputs: object) -> None:
    """Make the automation, and say good night."""
    when = [{"trigger": "event", "event_type": "good_night"}]
    await both.automate("goodnight", **{"when": when, **inputs})
    both.hass.bus.async_fire("good_night")


async def test_both_houses_are_closed_and_the_alarm_is_told(both: Both) -> None:
    locks = [FRONT, ENTRY, HOMESEER_ENTRY]
    shades, alarms = [KITCHEN, HOMESEER_SHADE], [PANEL, PARTITION]
    await night(both, locks=locks, shades=shades, openings=[WINDOW], alarms=alarms)
    await both.wait(60)
    assert both.shown(*locks) == ["locked"] * 3
    assert both.lock("Garage Entry").locked
    assert both.model.find("Garage Entry Lock Bolt").value == 255
    assert both.shade().position == 0
    assert both.model.find("Living Room Shade Position").value == 0
    alarms_told = "Alarm Panel is disarmed. DSC Alarm Partition 1 is disarmed."
    told = f"Everything is closed. All doors are locked. {alarms_told}"
    assert both.texts() == [told]
    assert both.told[0].data["title"] == "Good night"


async def test_what_is_not_as_it_should_be_is_told(both: Both) -> None:
    for jammed in (both.lock("Garage Entry"), both.lock("Terrace Door"), both.shade()):
        jammed.jam()
    both.model.find("Living Room Window Sensor Binary").set(255)
    await both.wait(20)
    assert both[WINDOW].state == "on"
    locks = [FRONT, ENTRY, TERRACE, "lock.gone"]
    few = {"shades": [KITCHEN], "openings": [WINDOW], "tell_always": False}
    await night(both, locks=locks, **few)
    await both.wait(60)
    assert both.told == []
    # Its 90 seconds begin once the locks and shades have been asked.
    for _ in range(10):
        await both.wait(10)
        if both.told:
            break
    (message,) = both.texts()
    assert both.told[0].data["title"] == LOOK
    assert "Front Door" not in message
    for sentence in (
        "Garage Entry is not locked.",
        "Terrace Door does not say how it is.",
        "lock.gone is not there.",
        "Kitchen Shade is not closed.",
        "Living Room Window is open.",
    ):
        assert sentence in message
    assert "closed. All" not in message


async def test_a_hub_that_is_away_is_told_and_the_other_one_is_locked(
    both: Both,
) -> None:
    both.processor.faults.on("refuse_connections")
    await both.wait(40)
    assert both[FRONT].state == "unavailable"
    await night(both, locks=[FRONT, HOMESEER_ENTRY], alarms=[PANEL], patience=20)
    await both.wait(80)
    assert both.model.find("Garage Entry Lock Bolt").value == 255
    told = "Front Door does not answer. Alarm Panel does not answer."
    assert both.texts() == [told]
    assert both.told[0].data["title"] == LOOK


@pytest.mark.parametrize("lock", [FRONT, TERRACE])
async def test_all_well_need_not_be_told(both: Both, lock: str) -> None:
    # The lock of the terrace says nothing before it is asked to lock.
    assert both.lock("Terrace Door").locked is None
    await night(both, locks=[lock], alarms=[PARTITION], tell_always=False)
    await both.wait(100)
    assert both[lock].state == "locked"
    assert both.told == []
