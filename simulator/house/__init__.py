"""A house that behaves, whatever controller it is served as."""

from .climate import Mode, Thermostat
from .device import Device, State
from .house import House
from .media import MediaRoom
from .motors import Motor
from .moving import Fan, Light, Lock, Shade
from .scenes import Goal, QuickAction, Room, Scene
from .sensing import SECURITY_STATES, SecurityPanel, Sensor, SensorKind

__all__ = [
    "SECURITY_STATES",
    "Device",
    "Fan",
    "Goal",
    "House",
    "Light",
    "Lock",
    "MediaRoom",
    "Mode",
    "Motor",
    "QuickAction",
    "Room",
    "Scene",
    "SecurityPanel",
    "Sensor",
    "SensorKind",
    "Shade",
    "State",
    "Thermostat",
]
