"""Shades, blinds, locks and garage doors."""

from simulator.homeseer.behaviours import Bolt, Door, Glide
from simulator.homeseer.build import Builder
from simulator.homeseer.controls import Span, Use, Words, button, slider
from simulator.homeseer.feature import Feature, Type

from .lighting import battery, zwave_child, zwave_root

LOCK_READINGS = (
    *(Words(value, "Unlocked") for value in (0, 1, 16, 17, 32, 33, 64, 128)),
    Words(65, "Locked with timeout"),
    Words(129, "Locked from inside"),
    Words(254, "Lock Mode Unknown"),
    Words(255, "Locked"),
)


def shade(build: Builder, name: str, position: float = 99.0) -> Feature:
    """Add a shade that opens upwards in numbers, with the uses of a dimmer."""
    root = zwave_root(build, name, "Window Shade")
    return zwave_child(
        build,
        root,
        f"{name} Position",
        "Window Shade",
        38,
        position,
        controls=(
            button("Close", 0, Use.OFF),
            button("Open", 99, Use.ON),
            slider(Span(1, 98, suffix="% Open"), Use.DIM),
            button("Stop", 200, Use.STOP),
        ),
        readings=(
            Words(0, "Closed"),
            Words(99, "Open"),
            Span(1, 98, suffix="% Open"),
        ),
        behaviour=Glide(),
    )


def reversed_blind(build: Builder, name: str, position: float = 0.0) -> Feature:
    """Add a blind that is open at 0 and closed at 100, and has no uses."""
    root = build.root(name, Type(512, 9), interface="PowerView")
    return build.child(
        root,
        "Blind Position",
        position,
        type=Type(513),
        legacy=Type(4),
        controls=(
            button("Open", 0),
            button("Close", 100),
            slider(Span(1, 99, suffix="% closed")),
        ),
        readings=(
            Words(0, "Open"),
            Words(100, "Closed"),
            Span(1, 99, suffix="% closed"),
        ),
        behaviour=Glide(seconds=10, top=100),
    )


def lock(
    build: Builder, name: str, *, locked: bool = True, charge: float = 85
) -> Feature:
    """Add a door lock with its battery and its log."""
    root = zwave_root(build, name, "Door Lock")
    bolt = zwave_child(
        build,
        root,
        f"{name} Bolt",
        "Door Lock",
        98,
        255 if locked else 0,
        controls=(
            button("Unlock", 0, Use.UNLOCK),
            button("Lock", 255, Use.LOCK),
        ),
        readings=LOCK_READINGS,
        behaviour=Bolt(),
    )
    battery(build, root, charge)
    zwave_child(
        build,
        root,
        "Door Lock Logging",
        "Door Lock Logging",
        76,
        5,
        readings=(Words(5, "Lock: Access Code, User 3"),),
    )
    return bolt


def barrier(build: Builder, name: str) -> Feature:
    """Add a garage door on a Z-Wave barrier operator."""
    root = zwave_root(build, name, "Barrier Operator")
    return zwave_child(
        build,
        root,
        f"{name} Opener",
        "Barrier Operator",
        102,
        0,
        controls=(button("Open", 255, Use.ON), button("Close", 0, Use.OFF)),
        readings=(
            Words(0, "Closed"),
            Words(252, "Closing"),
            Words(253, "Stopped"),
            Words(254, "Opening"),
            Words(255, "Open"),
        ),
        behaviour=Door(),
    )


def garage_door(build: Builder, name: str) -> Feature:
    """Add a garage door of a plug-in that numbers its states, and has no uses."""
    root = build.root(name, Type(512, 1), interface="MyQ")
    return build.child(
        root,
        "Door Status",
        2,
        type=Type(513),
        legacy=Type(4),
        controls=(button("Open", 1), button("Close", 2)),
        readings=(
            Words(1, "Open"),
            Words(2, "Closed"),
            Words(3, "Stopped"),
            Words(4, "Opening"),
            Words(5, "Closing"),
        ),
        behaviour=Door(opened=1, closed=2, opening=4, closing=5, stopped=3, seconds=14),
    )
