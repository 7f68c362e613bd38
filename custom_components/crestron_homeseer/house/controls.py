"""Plain controls: what is none of the usual devices of a home, and its commands."""

from dataclasses import dataclass, replace
from typing import override

from .commands import Command, MoveTo, SetField, close_to
from .devices import Device
from .kinds import Gesture, Motion, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Device):
    """Something that is on or off; `outlet` where things are plugged in."""

    on: bool | None
    outlet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Siren(Device):
    """Something that sounds the alarm."""

    on: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Valve(Device):
    """What lets water or gas through; `position` is 0.0 closed, 1.0 fully open."""

    position: float | None
    motion: Motion = Motion.UNKNOWN
    can_position: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Device):
    """A number that can be set, between `low` and `high` in steps."""

    value: float | None
    low: float
    high: float
    step: float = 1.0
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Device):
    """One of several options."""

    option: str | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox(Device):
    """A text that can be set."""

    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote(Device):
    """A remote or a keypad: what was pressed last, and how many presses were seen.

    The count is the hub's own since it was read first; more of them is a press.
    `last` is the last one as the hub names it, and the rest is what that means: which
    button it was, None where that is not known, what was done to it, and how often in
    a row.
    """

    presses: int = 0
    last: str | None = None
    button: int | None = None
    gesture: Gesture = Gesture.PRESSED
    times: int = 1


class SetValve(Command[Valve]):
    """Bring a valve to a position; what has none but its ends takes only these."""

    settle_time = 60.0
    position: float

    @override
    def expect(self, device: Valve) -> Valve:
        opens = device.position is None or self.position > device.position
        motion = Motion.OPENING if opens else Motion.CLOSING
        return device if self.confirmed_by(device) else replace(device, motion=motion)

    @override
    def confirmed_by(self, device: Valve) -> bool:
        return close_to(device.position, self.position, MoveTo.tolerance)


class SetSwitch(SetField[Switch]):
    """Turn a switch on or off."""

    on: bool


class SetSiren(SetField[Siren]):
    """Have a siren sound, or silence it."""

    on: bool


class SetNumber(SetField[Number]):
    """Set a number."""

    tolerance = 1e-6
    value: float


class SelectOption(SetField[Choice]):
    """Choose an option."""

    option: str


class SetText(SetField[TextBox]):
    """Set a text."""

    text: str


class EveryTime(Command[Device]):
    """A command that means something each time that it is given."""

    affects_others = True

    @property
    @override
    def slot(self) -> None:
        return None


class ActivateScene(EveryTime):
    """Recall a scene."""


class PressButton(EveryTime):
    """Press a button."""


class PressTransport(EveryTime):
    """Press one of a player's keys."""

    affects_others = False
    key: Transport


class Control(EveryTime):
    """Use one of a device's own controls, by value, by label or with a text.

    `ref` is the hub's own number of what has the control.
    """

    ref: int
    value: float | None = None
    label: str | None = None
    text: str | None = None


class SetStatus(EveryTime):
    """Change what the hub shows of a device, without any effect on the device.

    `ref` is the hub's own number of it.
    """

    ref: int
    value: float | None = None
    text: str | None = None


class RunEvent(EveryTime):
    """Run one of the hub's own events, by its number or by group and name."""

    event: int | None = None
    group: str | None = None
    name: str | None = None
