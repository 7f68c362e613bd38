"""The kinds and states of what is in a home, each with an UNKNOWN."""

from enum import StrEnum
from typing import Self, override


class TolerantEnum(StrEnum):
    """An enumeration that takes a value in any case and has an UNKNOWN."""

    @classmethod
    @override
    def _missing_(cls, value: object) -> Self:
        plain = str(value).strip().lower()
        for member in cls:
            if member.value == plain:
                return member
        return cls("unknown")


class TemperatureUnit(StrEnum):
    """The unit that a temperature is in."""

    CELSIUS = "°C"
    FAHRENHEIT = "°F"


class CoverKind(TolerantEnum):
    """What kind of thing opens and closes."""

    SHADE = "shade"
    SHADE_GROUP = "shade group"
    CURTAIN = "drape"
    BLIND = "blind"
    SHUTTER = "shutter"
    AWNING = "awning"
    WINDOW = "window"
    GARAGE = "garage"
    GATE = "gate"
    DOOR = "door"
    UNKNOWN = "unknown"


# Covers that keep people out.
ACCESS_COVERS = (CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR)


class Motion(TolerantEnum):
    """Whether a cover moves, and which way."""

    OPENING = "opening"
    CLOSING = "closing"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class LockState(TolerantEnum):
    """What a lock reports. UNKNOWN is never to be shown as unlocked."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    LOCKING = "locking"
    UNLOCKING = "unlocking"
    JAMMED = "jammed"
    UNKNOWN = "unknown"


class DetectorKind(TolerantEnum):
    """What a two-state sensor watches."""

    OCCUPANCY = "occupancy"
    MOTION = "motion"
    DOOR = "door"
    WINDOW = "window"
    DOORBELL = "doorbell"
    DRIVEWAY = "driveway"
    BURGLARY = "burglary"
    FIRE = "fire"
    SMOKE = "smoke"
    WATER = "water"
    CARBON_MONOXIDE = "carbon monoxide"
    GAS = "gas"
    TAMPER = "tamper"
    VIBRATION = "vibration"
    PROBLEM = "problem"
    BATTERY_LOW = "battery low"
    SCENE = "scene"
    CHARGING = "charging"
    COLD = "cold"
    CONNECTIVITY = "connectivity"
    GARAGE_DOOR = "garage door"
    HEAT = "heat"
    LIGHT = "light"
    LOCK = "lock"
    MOVING = "moving"
    OPENING = "opening"
    PLUG = "plug"
    POWER = "power"
    PRESENCE = "presence"
    RUNNING = "running"
    SAFETY = "safety"
    SOUND = "sound"
    UPDATE = "update"
    UNKNOWN = "unknown"


class SensorKind(TolerantEnum):
    """What a measuring sensor measures."""

    PHOTOCELL = "photocell"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    ILLUMINANCE = "illuminance"
    ULTRAVIOLET = "ultraviolet"
    CARBON_DIOXIDE = "carbon dioxide"
    POWER = "power"
    CURRENT = "current"
    VOLTAGE = "voltage"
    ENERGY = "energy"
    BATTERY = "battery"
    AIR_QUALITY = "air quality index"
    APPARENT_POWER = "apparent power"
    ATMOSPHERIC_PRESSURE = "atmospheric pressure"
    CARBON_MONOXIDE = "carbon monoxide"
    CONDUCTIVITY = "conductivity"
    DATA_RATE = "data rate"
    DATA_SIZE = "data size"
    DISTANCE = "distance"
    DURATION = "duration"
    FLOW = "flow"
    FREQUENCY = "frequency"
    GAS = "gas"
    IRRADIANCE = "irradiance"
    MOISTURE = "moisture"
    NITROGEN_DIOXIDE = "nitrogen dioxide"
    OZONE = "ozone"
    PH = "ph"
    PM1 = "pm1"
    PM10 = "pm10"
    PM25 = "pm2.5"
    POWER_FACTOR = "power factor"
    PRECIPITATION = "precipitation"
    PRECIPITATION_INTENSITY = "precipitation intensity"
    PRESSURE = "pressure"
    REACTIVE_POWER = "reactive power"
    SIGNAL = "signal"
    SOUND = "sound"
    SPEED = "speed"
    SULPHUR_DIOXIDE = "sulphur dioxide"
    VOC = "volatile organic compounds"
    VOC_PARTS = "volatile organic compounds parts"
    VOLUME = "volume"
    WATER = "water"
    WEIGHT = "weight"
    WIND_DIRECTION = "wind direction"
    WIND_SPEED = "wind speed"
    NUMBER = "number"
    TEXT = "text"
    UNKNOWN = "unknown"


class SceneKind(TolerantEnum):
    """What a scene does. Who knows an UNKNOWN one or a GENERIC_IO is the owner alone."""

    LIGHTING = "lighting"
    SHADE = "shade"
    SHADE_GROUP = "shadegroup"
    MEDIA = "media"
    CLIMATE = "climate"
    DAYLIGHT = "daylight"
    LOCK = "lock"
    LOCK_ROOM = "lockroom"
    UNLOCK = "unlock"
    GENERIC_IO = "genericio"
    # One of HomeSeer's own; no processor has it.
    EVENT = "homeseer event"
    UNKNOWN = "unknown"


class ThermostatMode(TolerantEnum):
    """What a thermostat is asked to do."""

    OFF = "off"
    HEAT = "heat"
    COOL = "cool"
    AUTO = "auto"
    AUX_HEAT = "auxheat"
    FAN_ONLY = "fan only"
    DRY = "dry"
    UNKNOWN = "unknown"


class ThermostatAction(TolerantEnum):
    """What a thermostat's equipment does now."""

    IDLE = "idle"
    HEATING = "heating"
    COOLING = "cooling"
    FAN = "fan"
    DRYING = "drying"
    DEFROSTING = "defrosting"
    UNKNOWN = "unknown"


class SetPointKind(TolerantEnum):
    """What a set point is for."""

    HEAT = "heat"
    COOL = "cool"
    AUTO = "auto"
    SLAB = "slab"
    UNKNOWN = "unknown"


class Schedule(TolerantEnum):
    """What a thermostat's own schedule does."""

    RUN = "run"
    HOLD = "hold"
    OFF = "off"
    UNKNOWN = "unknown"


class PlayState(TolerantEnum):
    """What a player does."""

    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"
    BUFFERING = "buffering"
    UNKNOWN = "unknown"


class Repeat(TolerantEnum):
    """What a player plays again."""

    OFF = "off"
    ONE = "one"
    ALL = "all"
    UNKNOWN = "unknown"


class Transport(TolerantEnum):
    """What can be asked of a player."""

    PLAY = "play"
    PAUSE = "pause"
    STOP = "stop"
    NEXT = "next"
    PREVIOUS = "previous"
    VOLUME_UP = "volume up"
    VOLUME_DOWN = "volume down"
    UNKNOWN = "unknown"


class ArmMode(TolerantEnum):
    """How an alarm system can be armed."""

    HOME = "home"
    AWAY = "away"
    NIGHT = "night"
    VACATION = "vacation"
    UNKNOWN = "unknown"


class AlarmState(TolerantEnum):
    """What an alarm system reports."""

    DISARMED = "disarmed"
    ARMED_HOME = "armed home"
    ARMED_AWAY = "armed away"
    ARMED_INSTANT = "armed instant"
    ARMED_VACATION = "armed vacation"
    ARMING = "arming"
    PENDING = "pending"
    TRIGGERED = "triggered"
    UNKNOWN = "unknown"


class Gesture(StrEnum):
    """What was done to a button of a remote."""

    PRESSED = "pressed"
    HELD = "held"
    RELEASED = "released"
