"""What every device of the house has in common."""

from collections.abc import Callable
import copy
from typing import Any, ClassVar, Self, cast, overload, override

from simulator.clock import Clock, ManualClock

from .tracks import Ramp, Steps

# The moment of a device that stands in no house yet: what it is then, it always was.
BEFORE = -1e9

type Tracks = dict[str, Steps[Any] | Ramp]


class State[T]:
    """An attribute that is a value in time: reads as it is now, and jumps when it is set."""

    name: str

    def __set_name__(self, owner: type[Device], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, device: None, owner: type[Device]) -> Self: ...

    @overload
    def __get__(self, device: Device, owner: type[Device]) -> T: ...

    def __get__(self, device: Device | None, owner: type[Device]) -> Self | T:
        if device is None:
            return self
        value: Any = device.tracks[self.name].at(device.clock.now())
        return cast(T, value)

    def __set__(self, device: Device, value: T) -> None:
        device.jump(self.name, value)


def _nobody(device: Device) -> None:
    """Listens while a device stands in no house."""


class Device:
    """A thing in a room: states in time, and orders that change them."""

    kind: ClassVar[str] = "device"

    def __init__(
        self, id: int, name: str, room: int | None = None, *, online: bool | None = True
    ) -> None:
        self.id = id
        self.name = name
        self.room = room
        self.online = online
        self.tracks: Tracks = {}
        self.clock: Clock = ManualClock(BEFORE)
        self.changed: Callable[[Device], None] = _nobody

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.name!r}>"

    def placed(self) -> None:
        """Called once it stands in a house and knows its clock."""

    def at(self, moment: float) -> Self:
        """The same device as it is, was or will be at a moment; for looking at."""
        view = copy.copy(self)
        view.clock = ManualClock(moment)
        return view

    def order(
        self,
        what: str,
        value: Any,
        *,
        at: float | None = None,
        seconds: float | None = None,
    ) -> None:
        """Ask for a state; `at` is when the device hears of it, `seconds` how long to take."""
        if what not in self.tracks:
            raise ValueError(f"{self!r} has no {what}")
        self.carry_out(what, value, self.clock.now() if at is None else at, seconds)
        self.changed(self)

    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        """How this device does what it is asked; most do it at once."""
        track = self.tracks[what]
        if isinstance(track, Ramp):
            track.order(at, value, seconds=seconds)
        else:
            track.order(at, value, delay=seconds or 0.0)

    def jump(self, what: str, value: Any) -> None:
        """Be in a state from now on, without any way there: for tests."""
        self.tracks[what].jump(self.clock.now(), value)
        self.changed(self)

    def shows(self, what: str, value: Any) -> bool:
        """Whether a state is as a scene wants it."""
        state = getattr(self, what, None)
        if isinstance(state, float) and isinstance(value, int | float):
            return abs(state - value) < 0.01
        return bool(state == value)

    def settled_at(self) -> float:
        """When everything that was ordered so far will be done."""
        return max((track.settled_at() for track in self.tracks.values()), default=0.0)
