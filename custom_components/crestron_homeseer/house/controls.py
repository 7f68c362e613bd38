"""Plain controls: what is none of the usual devices of a home, and its commands."""

from dataclasses import dataclass, replace
from typing import ClassVar, override

from .commands import POSITION_TOLERANCE, Command
from .devices import Device
from .kinds import Gesture, Motion

# Values are floats on their way, and compare as such.
NUMBER_TOLERANCE = 1e-6


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
    `last` is the last one in the hub's own words, and the rest is what these mean:
    which button it was, None where they do not say, what was done to it, and how
    often in a row.
    """

    presses: int = 0
    last: str | None = None
    button: int | None = None
    gesture: Gesture = Gesture.PRESSED
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSwitch(Command[Switch]):
    """Turn a switch on or off."""

    on: bool

    @override
    def expect(self, device: Switch) -> Switch:
        return replace(device, on=self.on)

    @override
    def confirmed_by(self, device: Switch) -> bool:
        return device.on is self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSiren(Command[Siren]):
    """Have a siren sound, or silence it."""

    on: bool

    @override
    def expect(self, device: Siren) -> Siren:
        return replace(device, on=self.on)

    @override
    def confirmed_by(self, device: Siren) -> bool:
        return device.on is self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValve(Command[Valve]):
    """Bring a valve to a position; what has none but its ends takes only these."""

    settle_time: ClassVar[float] = 60.0
    position: float

    @override
    def expect(self, device: Valve) -> Valve:
        opens = device.position is None or self.position > device.position
        motion = Motion.OPENING if opens else Motion.CLOSING
        return device if self.confirmed_by(device) else replace(device, motion=motion)

    @override
    def confirmed_by(self, device: Valve) -> bool:
        return (
            device.position is not None
            and abs(device.position - self.position) <= POSITION_TOLERANCE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNumber(Command[Number]):
    """Set a number."""

    value: float

    @override
    def expect(self, device: Number) -> Number:
        return replace(device, value=self.value)

    @override
    def confirmed_by(self, device: Number) -> bool:
        return (
            device.value is not None
            and abs(device.value - self.value) <= NUMBER_TOLERANCE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectOption(Command[Choice]):
    """Choose an option."""

    option: str

    @override
    def expect(self, device: Choice) -> Choice:
        return replace(device, option=self.option)

    @override
    def confirmed_by(self, device: Choice) -> bool:
        return device.option == self.option


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText(Command[TextBox]):
    """Set a text."""

    text: str

    @override
    def expect(self, device: TextBox) -> TextBox:
        return replace(device, text=self.text)

    @override
    def confirmed_by(self, device: TextBox) -> bool:
        return device.text == self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Direct(Command[Device]):
    """A command in the hub's own terms, carried out each time that it is given."""

    affects_others: ClassVar[bool] = True

    @property
    @override
    def slot(self) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(_Direct):
    """Use one of a device's own controls, by value, by label or with a text.

    `ref` is the hub's own number of what has the control.
    """

    ref: int
    value: float | None = None
    label: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus(_Direct):
    """Change what the hub shows of a device, which hears nothing of it.

    `ref` is the hub's own number of it.
    """

    ref: int
    value: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent(_Direct):
    """Run one of the hub's own events, by its number or by group and name."""

    event: int | None = None
    group: str | None = None
    name: str | None = None
