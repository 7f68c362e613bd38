"""How devices behave when they are controlled: few of them do at once what they are told."""

from dataclasses import KW_ONLY, dataclass
from functools import partial
import math

from .controls import Pair, Use
from .feature import Feature

# How often a device that moves says how far it has come.
REPORT_SECONDS = 1.0


def travel(feature: Feature, target: float, seconds: float) -> None:
    """Go to a value within some seconds, and report on the way."""
    start, steps = feature.value, math.ceil(seconds / REPORT_SECONDS)
    for step in range(1, steps):
        value = round(start + (target - start) * step / steps)
        feature.after(step * REPORT_SECONDS, partial(feature.report, value))
    feature.after(seconds, partial(feature.report, target))


@dataclass(slots=True)
class Late:
    """Does it at once, and says so a moment later."""

    seconds: float = 0.4

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        feature.after(self.seconds, partial(feature.report, value))


@dataclass(slots=True)
class Written:
    """Keeps the text that it is given; its value stays."""

    seconds: float = 0.0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        feature.after(self.seconds, partial(feature.say, text))


@dataclass(slots=True)
class Dimmer:
    """Takes seconds to its level, and may report only when it is there."""

    seconds: float = 2.0
    reports: bool = False
    last: float = 99.0
    # What it means by being full on, if the value for it is no level.
    full: float | None = None
    off: float = 0.0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        if feature.value != self.off:
            self.last = feature.value
        if pair.use is Use.ON_ALTERNATE:
            value = self.last
        elif pair.use is Use.ON and self.full is not None:
            value = self.full
        if self.reports:
            travel(feature, value, self.seconds)
        else:
            feature.after(self.seconds, partial(feature.report, value))


@dataclass(slots=True)
class Bolt:
    """A lock: nobody knows where the bolt is until it has got there, if it does."""

    seconds: float = 1.5
    moving: float = 254.0
    jammed: bool = False

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        before = feature.value
        feature.after(0.2, partial(feature.report, self.moving))
        end = before if self.jammed else value
        feature.after(self.seconds, partial(feature.report, end))


@dataclass(slots=True)
class Door:
    """A garage door or gate, with values of its own for opening and closing."""

    opened: float = 255.0
    closed: float = 0.0
    opening: float = 254.0
    closing: float = 252.0
    stopped: float = 253.0
    seconds: float = 12.0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        if value == feature.value:
            return
        if value not in (self.opened, self.closed):
            feature.after(0.3, partial(feature.report, self.stopped))
            return
        way = self.opening if value == self.opened else self.closing
        feature.after(0.3, partial(feature.report, way))
        feature.after(self.seconds, partial(feature.report, value))

    def obstruct(self, feature: Feature) -> None:
        """Stop on the way, as when something stands in it."""
        feature.set(self.stopped)


@dataclass(slots=True)
class Glide:
    """A shade or blind on its way from position to position."""

    seconds: float = 15.0
    # What fully open is on its way back; orders may use another value for it.
    top: float = 99.0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        if pair.use is Use.STOP or pair.label == "Stop":
            return
        target = min(value, self.top)
        way = abs(target - feature.value) / self.top
        travel(feature, target, way * self.seconds)


@dataclass(slots=True)
class SetPoint:
    """A set point, which may have buttons for a little more and a little less."""

    low: float
    high: float
    step: float = 1.0
    less: float = 1000.0
    more: float = 1001.0
    seconds: float = 0.6

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        if value in (self.less, self.more):
            value = feature.value + (self.step if value == self.more else -self.step)
        value = min(max(value, self.low), self.high)
        feature.after(self.seconds, partial(feature.report, value))


@dataclass(slots=True)
class Alarm:
    """An alarm partition: arming leaves time to go."""

    delay: float = 30.0
    disarmed: float = 0.0
    arming: float = 3.0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        if value == self.disarmed:
            feature.after(0.5, partial(feature.report, value))
            return
        feature.after(0.5, partial(feature.report, self.arming))
        feature.after(self.delay, partial(feature.report, value))


@dataclass(slots=True)
class Player:
    """The buttons of a media player: what they do is seen at the features beside them."""

    state: Feature
    track: Feature
    titles: tuple[str, ...]
    playing: int = 0

    def order(self, feature: Feature, pair: Pair, value: float, text: str) -> None:
        states = {Use.PLAY: 1.0, Use.PAUSE: 2.0, Use.STOP: 0.0}
        feature.after(0.3, partial(feature.report, value))
        if pair.use in states:
            feature.after(0.3, partial(self.state.report, states[pair.use]))
        elif pair.use in (Use.NEXT, Use.PREVIOUS):
            self.playing += 1 if pair.use is Use.NEXT else -1
            title = self.titles[self.playing % len(self.titles)]
            # The value says nothing here, so only the text changes.
            feature.after(0.5, partial(self.track.say, title))


@dataclass(slots=True)
class Climate:
    """A thermostat and its room, stepped once in a while."""

    temperature: Feature
    mode: Feature
    state: Feature
    _: KW_ONLY
    heat: Feature
    cool: Feature
    # Which modes heat and cool, and the values for idle, heating and cooling.
    heats: tuple[float, ...]
    cools: tuple[float, ...]
    states: tuple[float, float, float] = (0.0, 1.0, 2.0)
    rate: float = 0.1
    scale: float = 1.0
    outside: float = 60.0

    def step(self) -> None:
        room, mode = self.temperature.value, self.mode.value
        idle, heating, cooling = self.states
        if mode in self.heats and room < self.heat.value - 0.5 * self.scale:
            now, towards = heating, self.heat.value
        elif mode in self.cools and room > self.cool.value + 0.5 * self.scale:
            now, towards = cooling, self.cool.value
        else:
            now, towards = idle, self.outside
        step = math.copysign(self.rate * self.scale, towards - room)
        if now == idle:
            step /= 10
        self.temperature.report(round(room + step, 2))
        self.state.report(now)
