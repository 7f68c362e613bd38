"""Virtual devices: made by hand, with labels and no uses."""

from simulator.homeseer.behaviours import Written
from simulator.homeseer.build import Builder
from simulator.homeseer.controls import Kind, Pair, Span, button, choice, slider
from simulator.homeseer.feature import Feature

SECONDS_A_DAY = 86_400


def buttons(build: Builder, name: str, *labels: str) -> Feature:
    """Add a device with nothing but buttons."""
    return build.add(
        name, controls=tuple(button(label, at) for at, label in enumerate(labels, 1))
    )


def on_off(build: Builder, name: str, *, on: bool = False) -> Feature:
    """Add a device that is on or off by label only."""
    return build.add(name, 100.0 * on, controls=(button("On", 100), button("Off", 0)))


def drop_down(build: Builder, name: str, *labels: str) -> Feature:
    """Add a device with a list of values."""
    return build.add(
        name, controls=tuple(choice(label, at) for at, label in enumerate(labels))
    )


def number_list(build: Builder, name: str, low: float, high: float) -> Feature:
    """Add a device with a range as a drop-down list."""
    span = Span(low, high, suffix=" min")
    return build.add(name, low, controls=(slider(span, kind=Kind.RANGE),))


def number_box(build: Builder, name: str, value: float) -> Feature:
    """Add a device for any number."""
    return build.add(name, value, controls=(Pair("Value", kind=Kind.NUMBER_BOX),))


def text_box(build: Builder, name: str, text: str) -> Feature:
    """Add a device for any text."""
    return build.add(
        name,
        0,
        text,
        controls=(Pair("Text", kind=Kind.TEXT_BOX),),
        behaviour=Written(),
    )


def clock_text(seconds: float) -> str:
    """Write seconds the way timers read."""
    days, rest = divmod(int(seconds), SECONDS_A_DAY)
    text = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days}.{text}" if days else text


def timer(build: Builder, name: str, seconds: float) -> Feature:
    """Add a timer: it counts, and tells so each second."""
    feature = build.add(name, seconds, clock_text(seconds), location="Timers")

    def tick() -> None:
        value = feature.value + 1
        feature.report(value, clock_text(value))

    build.model.every(1, tick)
    return feature


def counter(build: Builder, name: str, count: float) -> Feature:
    """Add a counter."""
    build.model.counters[name] = count
    return build.add(name, count, location="Counters")
