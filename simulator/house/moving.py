"""Devices that move or shine: shades, lights, fans, locks."""

from typing import Any, ClassVar, override

from .device import Device, State
from .motors import Glide, Motor
from .tracks import Ramp, Steps


class Jammable(Device):
    """A device whose mechanics can get stuck: it hears its orders and does nothing."""

    jammed = State[bool]()

    def __init__(
        self, id: int, name: str, room: int | None = None, *, online: bool | None = True
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.tracks["jammed"] = Steps(False)

    def jam(self) -> None:
        now = self.clock.now()
        for what, track in self.tracks.items():
            if what != "jammed":
                track.hold(now)
        self.jump("jammed", True)

    def free(self) -> None:
        """Work again, from the next order on."""
        self.jump("jammed", False)

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        if not self.tracks["jammed"].at(at):
            super().carry_out(what, value, at, seconds)


class Shade(Jammable):
    """Travels between closed (0) and open (1) at its own speed, as its motor goes.

    `travel_seconds` are to the top; `closing_seconds` back, where these are others.
    """

    kind: ClassVar[str] = "shade"
    position = State[float]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        position: float = 0.0,
        style: str = "Shade",
        travel_seconds: float = 20.0,
        closing_seconds: float | None = None,
        motor: Motor | None = None,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.style = style
        self.travel_seconds = travel_seconds
        self._closing_seconds = closing_seconds
        self.motor = motor or Motor()
        self._runs = 0
        self.path = Ramp(position)
        self.tracks["position"] = self.path

    @property
    def closing_seconds(self) -> float:
        return self._closing_seconds or self.travel_seconds

    @property
    def target(self) -> float:
        return self.path.target(self.clock.now())

    @property
    def moving(self) -> bool:
        return self.path.moving(self.clock.now())

    def move_to(self, position: float, *, at: float | None = None) -> None:
        self.order("position", position, at=at)

    def stop(self, *, at: float | None = None) -> None:
        """Stop where it is (a key on the wall; Crestron's API cannot ask for it)."""
        self.order("position", None, at=at)

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        if self.jammed_at(at):
            return
        at += self.motor.lag_of(len(self.path.moments()))
        # A motor changes between runs, not on its way.
        if value is not None and not self.path.moving(at):
            self._runs += 1
        opens = value is not None and value > self.path.at(at)
        if value is None:
            opens = self.path.target(at) > self.path.at(at)
        seconds = self.travel_seconds if opens else self.closing_seconds
        speed = self.motor.pace(self._runs) / seconds
        if self.motor.ramp:
            self.path.insert(Glide(at, value, speed, ramp=self.motor.ramp))
        else:
            self.path.order(at, value, speed=speed)

    def jammed_at(self, moment: float) -> bool:
        return bool(self.tracks["jammed"].at(moment))


class Light(Device):
    """Ramps to a level (0 off, 1 full), or just switches."""

    kind: ClassVar[str] = "light"
    level = State[float]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        level: float = 0.0,
        dimmable: bool = True,
        fade_seconds: float = 1.0,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.dimmable = dimmable
        self.fade_seconds = fade_seconds
        self.ramp = Ramp(level)
        self.tracks["level"] = self.ramp

    @property
    def target(self) -> float:
        return self.ramp.target(self.clock.now())

    def fade_to(
        self, level: float, seconds: float | None = None, *, at: float | None = None
    ) -> None:
        self.order("level", level, at=at, seconds=seconds)

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        if self.dimmable:
            self.ramp.order(
                at, value, seconds=self.fade_seconds if seconds is None else seconds
            )
        else:
            self.ramp.order(at, 1.0 if value else 0.0, seconds=0.0)


class Fan(Device):
    """Turns at one of a few speeds: 0 off, 1 low, 2 medium, 3 high."""

    kind: ClassVar[str] = "fan"
    speed = State[int]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        speed: int = 0,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.tracks["speed"] = Steps(speed)

    def set_speed(self, speed: int, *, at: float | None = None) -> None:
        self.order("speed", speed, at=at)


class Lock(Jammable):
    """A bolt that takes a moment. `locked` is None while nobody knows."""

    kind: ClassVar[str] = "lock"
    locked = State[bool | None]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        locked: bool | None = True,
        bolt_seconds: float = 1.5,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.bolt_seconds = bolt_seconds
        self.tracks["locked"] = Steps(locked)

    def lock(self, *, at: float | None = None) -> None:
        self.order("locked", True, at=at)

    def unlock(self, *, at: float | None = None) -> None:
        self.order("locked", False, at=at)

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        super().carry_out(what, value, at, self.bolt_seconds)
