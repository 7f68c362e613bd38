"""Lights, switches, outlets and fans."""

from typing import Any

from simulator.homeseer.behaviours import Dimmer, Late, Written
from simulator.homeseer.build import PLAIN, Builder
from simulator.homeseer.controls import (
    Kind,
    Pair,
    Span,
    Use,
    Words,
    button,
    choice,
    slider,
)
from simulator.homeseer.feature import Feature, Misc, Relationship, Type

Z_WAVE = "Z-Wave"
LIGHT = PLAIN | Misc.IS_LIGHT
DIMMER = LIGHT | Misc.CAN_DIM
ON_OFF = (button("Off", 0, Use.OFF), button("On", 255, Use.ON))


def zwave_root(build: Builder, name: str, kind: str) -> Feature:
    """Add the root of a Z-Wave node."""
    return build.root(
        name,
        interface=Z_WAVE,
        type_string=f"Z-Wave {kind} Root Device",
        image="images/HomeSeer/devices/zwave.png",
    )


def zwave_child(
    build: Builder,
    root: Feature,
    name: str,
    kind: str,
    command_class: int,
    value: float = 0.0,
    **facts: Any,
) -> Feature:
    """Add a feature of a Z-Wave node; its sub type is the number of its command class."""
    return build.child(
        root,
        name,
        value,
        type_string=f"Z-Wave {kind}",
        **{"type": Type(4, 0, command_class)} | facts,
    )


def battery(
    build: Builder, root: Feature, level: float, name: str = "Battery"
) -> Feature:
    """Add the battery of a Z-Wave node; above 100 means that it is nearly empty."""
    readings = (Span(0, 100, suffix="%"), Words(255, "Battery Low Warning"))
    return zwave_child(build, root, name, "Battery", 128, level, readings=readings)


def zwave_dimmer(
    build: Builder, name: str, level: float = 0.0, feature: str | None = None
) -> Feature:
    """Add a Z-Wave dimmer: the dim range ends below the value for on."""
    root = zwave_root(build, name, "Switch Multilevel")
    controls = (
        button("On Last Level", 255, Use.ON_ALTERNATE),
        slider(Span(1, 98, "Dim ", "%"), Use.DIM),
        button("On", 99, Use.ON),
        button("Off", 0, Use.OFF),
    )
    return zwave_child(
        build,
        root,
        feature or name,
        "Switch Multilevel",
        38,
        level,
        controls=controls,
        behaviour=Dimmer(reports=build.random.random() < 0.5),
        misc=DIMMER | Misc.VOICE_COMMAND,
        voice=name,
    )


def zwave_switch(
    build: Builder, name: str, value: float = 0.0, *, light: bool = True
) -> Feature:
    """Add a Z-Wave switch."""
    root = zwave_root(build, name, "Switch Binary")
    return zwave_child(
        build,
        root,
        name,
        "Switch Binary",
        37,
        value,
        controls=ON_OFF,
        behaviour=Late(),
        misc=LIGHT if light else PLAIN,
    )


def percent_dimmer(build: Builder, name: str, level: float = 0.0) -> Feature:
    """Add a dimmer of 0 to 100, whose range holds off and on as well."""
    root = build.root(name, Type(512, 3), interface="RadioRA2")
    controls = (
        button("Off", 0, Use.OFF),
        button("On", 100, Use.ON),
        slider(Span(0, 100, suffix="%"), Use.DIM),
    )
    return build.child(
        root,
        "Brightness",
        level,
        type=Type(513),
        legacy=Type(4),
        controls=controls,
        behaviour=Late(0.2),
        misc=DIMMER,
    )


def byte_dimmer(build: Builder, name: str, level: float = 0.0) -> Feature:
    """Add a dimmer of 1 to 254, which is on at 255 and reports 254 then."""
    root = build.root(name, Type(512, 3), interface="HueJ")
    controls = (
        button("Off", 0, Use.OFF),
        button("On", 255, Use.ON),
        slider(Span(1, 254, "Dim ", "%", divisor=2.54), Use.DIM),
    )
    return build.child(
        root,
        f"{name} Brightness",
        level,
        type=Type(513),
        legacy=Type(4),
        controls=controls,
        behaviour=Dimmer(seconds=0.6, full=254),
        misc=DIMMER,
    )


def colour_light(build: Builder, name: str, level: float = 0.0) -> Feature:
    """Add a light with a colour, which is told as a text."""
    root = build.root(name, Type(512, 3), interface="Tuya")
    light = build.child(
        root,
        f"{name} Level",
        level,
        type=Type(513),
        legacy=Type(4, 0, 38),
        controls=(
            button("Off", 0, Use.OFF),
            button("On", 100, Use.ON),
            slider(Span(1, 99, suffix="%"), Use.DIM),
        ),
        behaviour=Late(0.3),
        misc=DIMMER,
    )
    build.child(
        root,
        "Color",
        0,
        "#ffb46b",
        type=Type(513),
        legacy=Type(4, 0, 51),
        controls=(Pair("Color", 0, Use.COLOR, Kind.COLOR_PICKER),),
        behaviour=Written(0.3),
    )
    return light


def outlet(build: Builder, name: str, value: float = 0.0) -> Feature:
    """Add an outlet that meters what it gives."""
    root = build.root(name, Type(512, 5), interface=Z_WAVE)
    plug = build.child(
        root,
        f"{name} Outlet",
        value,
        type=Type(513, 0, 2),
        legacy=Type(4, 0, 37),
        controls=ON_OFF,
        behaviour=Late(),
    )
    watts = (Span(0, 5000, suffix=" Watts", decimals=1),)
    zwave_child(build, root, "Watts", "Electric Meter", 50, 12.5, readings=watts)
    return plug


def virtual_light(build: Builder, name: str) -> Feature:
    """Add a legacy lamp that stands alone, as the power line ones do."""
    return build.add(
        name,
        type=Type(4),
        type_string="X10 Lamp Module",
        relationship=Relationship.STANDALONE,
        interface="X10",
        controls=(
            button("Off", 3, Use.OFF),
            button("On", 2, Use.ON),
            slider(Span(4, 100, "Dim ", "%"), Use.DIM),
        ),
        misc=DIMMER,
    )


def root_with_controls(build: Builder, name: str) -> Feature:
    """Add a root that is controlled itself, beside a child for its buttons."""
    root = build.root(
        name,
        Type(4),
        status=None,
        interface="Insteon",
        type_string="Insteon KeypadLinc",
        controls=(
            button("Off", 0, Use.OFF),
            button("On", 100, Use.ON),
            slider(Span(1, 99, "Dim ", "%"), Use.DIM),
        ),
        behaviour=Late(),
        misc=DIMMER,
        never_changed=False,
    )
    build.child(
        root,
        f"{name} Button B",
        type=Type(4),
        type_string="Insteon KeypadLinc Button",
        controls=(button("Off", 0, Use.OFF), button("On", 100, Use.ON)),
    )
    return root


def dim_fan(build: Builder, name: str) -> Feature:
    """Add a fan whose speed is a range."""
    root = zwave_root(build, name, "Fan Controller")
    return zwave_child(
        build,
        root,
        name,
        "Switch Multilevel",
        38,
        33,
        controls=(
            button("Off", 0, Use.OFF),
            button("On", 99, Use.ON),
            slider(Span(1, 98, "Speed ", "%"), Use.DIM_FAN),
        ),
        behaviour=Late(0.8),
    )


def step_fan(build: Builder, name: str) -> Feature:
    """Add a fan with a few speeds by name only."""
    root = build.root(name, Type(512, 2), interface="BondHome")
    return build.child(
        root,
        "Fan Speed",
        type=Type(513),
        legacy=Type(4),
        controls=(
            choice("Off", 0),
            choice("Low", 1),
            choice("Med", 2),
            choice("High", 3),
        ),
        behaviour=Late(0.5),
    )
