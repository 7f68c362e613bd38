"""Devices that only report: sensors and security panels."""

from enum import StrEnum
from typing import ClassVar

from .device import Device, State
from .tracks import Steps


class SensorKind(StrEnum):
    """What a sensor senses."""

    OCCUPANCY = "OccupancySensor"
    PHOTO = "PhotoSensor"
    CONTACT = "DoorSensor"
    DOOR = "Door"
    WINDOW = "Window"
    DOORBELL = "Doorbell"
    DRIVEWAY = "DrivewaySensor"
    BURGLARY = "BurglaryAlarm"
    FIRE = "FireAlarm"
    SMOKE = "SmokeAlarm"
    WATER = "WaterAlarm"


class Sensor(Device):
    """Reports one thing: presence (someone is there, it is open, it alarms) or a level.

    `presence` is None while the sensor does not know.
    """

    kind: ClassVar[str] = "sensor"
    presence = State[bool | None]()
    level = State[int | None]()
    battery_low = State[bool | None]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        measures: SensorKind | str = SensorKind.OCCUPANCY,
        presence: bool | None = False,
        level: int | None = 0,
        battery_low: bool | None = False,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.measures = measures
        self.tracks |= {
            "presence": Steps(presence),
            "level": Steps(level),
            "battery_low": Steps(battery_low),
        }


SECURITY_STATES = (
    "ArmStay",
    "ArmAway",
    "ArmInstant",
    "EntryDelay",
    "ExitDelay",
    "Disarmed",
    "Fire",
    "Alarm",
    "Unknown",
)


class SecurityPanel(Device):
    """An alarm system: someone arms it at its own keypad."""

    kind: ClassVar[str] = "security"
    state = State[str | None]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        state: str | None = "Disarmed",
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.states: tuple[str, ...] = SECURITY_STATES
        self.tracks["state"] = Steps(state)
