"""Good night, in both houses: what is done, and what is told."""

from homeassistant.core import HomeAssistant, ServiceCall
import pytest

from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House, Lock, Shade

from ..common import Advance, state
from .conftest import Automate

FRONT, ENTRY = "lock.hallway_front_door", "lock.garage_garage_entry"
TERRACE = "lock.terrace_terrace_door"
HOMESEER_ENTRY = "lock.garage_garage_entry_lock"
KITCHEN = "cover.kitchen_kitchen_shade"
HOMESEER_SHADE = "cover.living_room_living_room_shade"
PANEL = "alarm_control_panel.hallway_alarm_panel"
PARTITION = "alarm_control_panel.hallway_dsc_alarm_partition_1"
WINDOW = "binary_sensor.living_room_living_room_window"

pytestmark = pytest.mark.usefixtures("loaded", "homeseer_loaded")


@pytest.fixture
def night(automate: Automate, hass: HomeAssistant) -> Automate:
    """Make the automation; it begins when somebody says good night."""

    async def night(**inputs: object) -> None:
        when = [{"trigger": "event", "event_type": "good_night"}]
        await automate("goodnight", **{"when": when, **inputs})
        hass.bus.async_fire("good_night")

    return night


def texts(told: list[ServiceCall]) -> list[tuple[str, str]]:
    """Return the titles and texts of what was told."""
    return [(each.data["title"], each.data["message"]) for each in told]


async def test_both_houses_are_closed_and_the_alarm_is_told(
    hass: HomeAssistant,
    house: House,
    model: Model,
    night: Automate,
    told: list[ServiceCall],
    wait: Advance,
) -> None:
    await night(
        locks=[FRONT, ENTRY, HOMESEER_ENTRY],
        shades=[KITCHEN, HOMESEER_SHADE],
        openings=[WINDOW],
        alarms=[PANEL, PARTITION],
    )
    await wait(60)
    for lock in (FRONT, ENTRY, HOMESEER_ENTRY):
        assert state(hass, lock).state == "locked"
    assert house.find("Garage Entry", Lock).locked
    assert model.find("Garage Entry Lock Bolt").value == 255
    assert house.find("Kitchen Shade", Shade).position == 0
    assert model.find("Living Room Shade Position").value == 0
    alarms = "Alarm Panel is disarmed. DSC Alarm Partition 1 is disarmed."
    assert texts(told) == [
        (
            "Good night",
            f"Everything is closed. All doors are locked. {alarms}",
        )
    ]


async def test_what_is_not_as_it_should_be_is_told(
    hass: HomeAssistant,
    house: House,
    model: Model,
    night: Automate,
    told: list[ServiceCall],
    wait: Advance,
) -> None:
    house.find("Garage Entry", Lock).jam()
    house.find("Terrace Door", Lock).jam()
    house.find("Kitchen Shade", Shade).jam()
    model.find("Living Room Window Sensor Binary").set(255)
    await wait(20)
    assert state(hass, WINDOW).state == "on"
    await night(
        locks=[FRONT, ENTRY, TERRACE, "lock.gone"],
        shades=[KITCHEN],
        openings=[WINDOW],
        tell_always=False,
    )
    await wait(60)
    assert told == []
    # Its 90 seconds begin once the locks and shades have been asked.
    for _ in range(10):
        await wait(10)
        if told:
            break
    [(title, message)] = texts(told)
    assert title == "Good night: please have a look"
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
    hass: HomeAssistant,
    processor: CrestronProcessor,
    model: Model,
    night: Automate,
    told: list[ServiceCall],
    wait: Advance,
) -> None:
    processor.faults.on("refuse_connections")
    await wait(40)
    assert state(hass, FRONT).state == "unavailable"
    await night(locks=[FRONT, HOMESEER_ENTRY], alarms=[PANEL], patience=20)
    await wait(80)
    assert model.find("Garage Entry Lock Bolt").value == 255
    assert texts(told) == [
        (
            "Good night: please have a look",
            "Front Door does not answer. Alarm Panel does not answer.",
        )
    ]


async def test_a_lock_that_says_nothing_is_asked_to_lock(
    house: House, night: Automate, told: list[ServiceCall], wait: Advance
) -> None:
    lock = house.find("Terrace Door", Lock)
    assert house.find("Terrace Door", Lock).locked is None
    await night(locks=[TERRACE], tell_always=False)
    await wait(100)
    assert lock.locked is True
    assert told == []


async def test_all_well_need_not_be_told(
    night: Automate, told: list[ServiceCall], wait: Advance
) -> None:
    await night(locks=[FRONT], alarms=[PARTITION], tell_always=False)
    await wait(10)
    assert told == []
