"""Thermostats, and the warmth of the rooms they stand in."""

from enum import StrEnum
from typing import Any, ClassVar, override

from .device import BEFORE, Device, State
from .tracks import Ramp, Steps


class Mode(StrEnum):
    """What a thermostat does."""

    OFF = "Off"
    HEAT = "Heat"
    COOL = "Cool"
    AUTO = "Auto"
    AUX_HEAT = "AuxHeat"


ALL_MODES = (Mode.OFF, Mode.HEAT, Mode.COOL, Mode.AUTO)
FAHRENHEIT_LIMITS = {"heat": (38.0, 89.0), "cool": (59.0, 99.0)}
CELSIUS_LIMITS = {"heat": (4.0, 32.0), "cool": (15.0, 37.0)}


class Thermostat(Device):
    """Keeps a room at its set points; without it the room drifts to the ambient warmth.

    All temperatures are degrees in the thermostat's own `unit`, "F" or "C".
    """

    kind: ClassVar[str] = "thermostat"
    mode = State[Mode | str]()
    heat = State[float | None]()
    cool = State[float | None]()
    fan_mode = State[str]()
    schedule = State[str]()
    ambient = State[float]()
    temperature = State[float]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        mode: Mode | str = Mode.OFF,
        heat: float | None = None,
        cool: float | None = None,
        temperature: float = 72.0,
        ambient: float | None = None,
        unit: str = "F",
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.unit = unit
        self.modes: tuple[str, ...] = ALL_MODES
        self.fan_modes: tuple[str, ...] = ("Auto", "On")
        self.limits = dict(FAHRENHEIT_LIMITS if unit == "F" else CELSIUS_LIMITS)
        # Some count in whole or half degrees; most in tenths.
        self.resolution = "tenths"
        # Some have one set point in Auto instead of a pair.
        self.single_auto = False
        self.degrees_per_minute = 0.5
        self.warmth = Ramp(temperature)
        self.tracks |= {
            "mode": Steps(mode),
            "heat": Steps(heat),
            "cool": Steps(cool),
            "fan_mode": Steps("Auto"),
            "schedule": Steps("run"),
            "ambient": Steps(temperature if ambient is None else ambient),
            "temperature": self.warmth,
        }

    @override
    def placed(self) -> None:
        self._drift(self.clock.now())

    @override
    def jump(self, what: str, value: Any) -> None:
        super().jump(what, value)
        if self.clock.now() > BEFORE:
            self._drift(self.clock.now())

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        super().carry_out(what, value, at, seconds)
        self._drift(at)

    def _drift(self, since: float) -> None:
        """Work out anew where the warmth goes, from a moment on."""
        self.warmth.hold(since)
        moments = {since}
        for what in ("mode", "heat", "cool", "ambient"):
            moments.update(
                moment for moment in self.tracks[what].moments() if moment > since
            )
        for moment in sorted(moments):
            target = self.at(moment).aim()
            self.warmth.order(moment, target, speed=self.degrees_per_minute / 60)

    def aim(self) -> float:
        """Where the warmth of the room is heading."""
        aim = self.ambient
        if self.mode in (Mode.COOL, Mode.AUTO) and self.cool is not None:
            aim = min(aim, self.cool)
        if self.mode in (Mode.HEAT, Mode.AUTO, Mode.AUX_HEAT) and self.heat is not None:
            aim = max(aim, self.heat)
        return aim

    @property
    def set_points(self) -> dict[str, float | None]:
        """The set points that count in the present mode, by type."""
        match self.mode:
            case Mode.HEAT | Mode.AUX_HEAT:
                return {"heat": self.heat}
            case Mode.COOL:
                return {"cool": self.cool}
            case Mode.AUTO if self.single_auto:
                return {"auto": self.heat}
            case Mode.AUTO:
                return {"heat": self.heat, "cool": self.cool}
            case _:
                return {}

    def set_point(self, type: str, degrees: float, *, at: float | None = None) -> None:
        """Set `heat`, `cool`, or with `auto` both."""
        for what in ("heat", "cool") if type == "auto" else (type,):
            self.order(what, degrees, at=at)
