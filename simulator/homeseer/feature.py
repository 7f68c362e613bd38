"""A device or feature of a HomeSeer system, and what it goes through."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any, NamedTuple, Protocol

from simulator.clock import Clock, Timer

from .controls import Pair, Reading, laid_out, read_as, readings_of

# Older states are forgotten; far more than any lag or freeze of a test looks back to.
REMEMBERED = 100


class Relationship(IntEnum):
    """How a device hangs together with others."""

    NOT_SET = 0
    INDETERMINATE = 1
    ROOT = 2
    STANDALONE = 3
    CHILD = 4


class Misc(IntFlag):
    """Settings of a device, as bits."""

    NONE = 0
    STATUS_ONLY = 0x10
    HIDDEN = 0x20
    SHOW_VALUES = 0x100
    VOICE_COMMAND = 0x200
    # Setting the same value again does not move the date of the last change.
    SAME_IS_NO_CHANGE = 0x1000
    IS_LIGHT = 0x2000
    CAN_DIM = 0x4000
    HIDE_IN_MOBILE = 0x200000


class Type(NamedTuple):
    """What a device is, in numbers."""

    api: int
    type: int = 0
    sub: int = 0


VIRTUAL = Type(0)


@dataclass(frozen=True, slots=True)
class State:
    """How a feature was from a moment on; nobody knows when it changed if `changed` is None."""

    at: float
    value: float
    status: str
    changed: float | None


def with_refs(told: Any, other: Callable[[int], int], key: str = "") -> Any:
    """Give what a real system said about a feature with other refs."""
    match told:
        case dict():
            return {name: with_refs(each, other, name) for name, each in told.items()}
        case list():
            return [with_refs(each, other, key) for each in told]
        case int() if key.lower() in ("ref", "associated_devices"):
            return other(told)
    return told


class Behaviour(Protocol):
    """What a feature does when it is controlled."""

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None: ...


type Heard = Callable[[Feature, State, State], None]


def unheard(feature: Feature, old: State, new: State) -> None:
    """Be a feature that is in no system yet."""


@dataclass(slots=True, eq=False, kw_only=True)
class Feature:
    """A device, feature, or virtual device: each has a ref and, mostly, a value."""

    ref: int
    name: str
    clock: Clock
    type: Type = VIRTUAL
    # The same under HS3, where it differs.
    legacy: Type | None = None
    type_string: str = ""
    interface: str = ""
    location: str = ""
    location2: str = ""
    relationship: Relationship = Relationship.NOT_SET
    root: int | None = None
    controls: tuple[Pair, ...] = ()
    readings: Sequence[Reading] = ()
    behaviour: Behaviour | None = None
    misc: Misc = Misc.SHOW_VALUES | Misc.SAME_IS_NO_CHANGE
    hidden: bool = False
    users: str = "Any"
    note: str = ""
    voice: str = ""
    image: str = ""
    # Seconds that its reports take longer than they would.
    lag: float = 0.0
    # Seconds that the system's own clock is ahead of time.
    skew: float = 0.0
    # A child that does not say whose child it is.
    unlinked: bool = False
    # What a real system said about it, kept word for word.
    recorded: dict[str, Any] | None = None
    recorded_controls: dict[str, Any] | None = None
    heard: Heard = unheard
    _states: deque[State] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _pending: list[Timer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.controls = laid_out(self.controls)
        self.readings = self.readings or readings_of(self.controls)

    def begin(
        self, value: float, status: str | None = None, changed: float | None = None
    ) -> None:
        """Be in a state from the start, without anybody being told."""
        self._states.clear()
        text = self.reads(value) if status is None else status
        self._states.append(State(self.clock.now(), value, text, changed))

    # How it is

    @property
    def state(self) -> State:
        """How it is now."""
        return self._states[-1]

    @property
    def value(self) -> float:
        """Its value now."""
        return self.state.value

    @property
    def status(self) -> str:
        """What it reads as now."""
        return self.state.status

    def at(self, moment: float) -> State:
        """Tell how it was at a moment, as far back as anybody remembers."""
        for state in reversed(self._states):
            if state.at <= moment:
                return state
        return self._states[0]

    def reads(self, value: float) -> str:
        """Say what a value reads as."""
        return read_as(self.readings, value)

    @property
    def told(self) -> bool:
        """Whether the JSON API speaks of it."""
        return not self.misc & Misc.HIDE_IN_MOBILE

    def change_ref(self, other: Callable[[int], int]) -> None:
        """Have another ref, and so has its root."""
        self.ref = other(self.ref)
        if self.root is not None:
            self.root = other(self.root)
        if self.recorded is not None:
            self.recorded = with_refs(self.recorded, other)
        if self.recorded_controls is not None:
            self.recorded_controls = with_refs(self.recorded_controls, other)

    def type_in(self, dialect: str) -> Type:
        """Tell what it is under HS3 or HS4."""
        return self.legacy if dialect == "hs3" and self.legacy else self.type

    # What happens to it

    def set(self, value: float, status: str | None = None) -> None:
        """Take on a value, as when somebody works the device by hand."""
        self.stop()
        self.report(value, status)

    def say(self, status: str) -> None:
        """Read otherwise, at the same value."""
        self.report(self.value, status)

    def report(self, value: float, status: str | None = None) -> None:
        """Show a value, whatever else is still to come."""
        old, now = self.state, self.clock.now()
        text = self.reads(value) if status is None else status
        same = (value, text) == (old.value, old.status)
        if same and self.misc & Misc.SAME_IS_NO_CHANGE:
            return
        new = State(now, value, text, now + self.skew)
        self._states.append(new)
        if not same:
            self.heard(self, old, new)

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        """Let something happen some seconds from now, unless an order comes in between."""
        seconds += self.lag
        if seconds <= 0:
            then()
        else:
            self._pending.append(self.clock.call_at(self.clock.now() + seconds, then))

    def stop(self) -> None:
        """Call off what is still to come."""
        for timer in self._pending:
            timer.cancel()
        self._pending.clear()

    def order(self, pair: Pair, value: float, text: str = "") -> None:
        """Do what a control says."""
        self.stop()
        if self.behaviour is None:
            self.after(0.0, lambda: self.report(value, text or None))
        else:
            self.behaviour.order(self, pair, value, text)
