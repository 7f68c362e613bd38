"""Sensors, meters, and remotes, which only ever tell."""

from simulator.homeseer.build import PLAIN, Builder
from simulator.homeseer.controls import Reading, Span, Words
from simulator.homeseer.feature import Feature, Misc, Type

from .lighting import battery, zwave_child, zwave_root

STATUS = PLAIN | Misc.STATUS_ONLY
# What two-valued sensors call their two values; hardly any two agree.
BINARY: dict[str, tuple[str, int, tuple[Words, ...]]] = {
    "motion": (
        "Home Security",
        113,
        (Words(0, "No Motion"), Words(8, "Motion Detected"), Words(254, "Unknown")),
    ),
    "door": (
        "Access Control Notification",
        113,
        (Words(22, "Window/Door is open"), Words(23, "Window/Door is closed")),
    ),
    "handle": (
        "Door/Window Sensor",
        113,
        (Words(5632, "Open"), Words(5633, "Closed")),
    ),
    "window": ("Sensor Binary", 48, (Words(0, "Closed"), Words(255, "Open"))),
    "smoke": (
        "Smoke Alarm",
        113,
        (Words(0, "No Smoke"), Words(2, "Smoke Detected"), Words(3, "Smoke Test")),
    ),
    "co": ("CO Alarm", 113, (Words(0, "Clear"), Words(2, "Carbon Monoxide Detected"))),
    "water": ("Water Alarm", 113, (Words(0, "Dry"), Words(2, "Water Leak Detected"))),
    "tamper": ("Sensor Binary", 48, (Words(0, "Off"), Words(255, "On"))),
}
# Type string, type, value, and how the value reads.
MEASURES: dict[str, tuple[str, Type, float, Reading]] = {
    "fahrenheit": ("Temperature", Type(16, 2, 1), 82, Span(-40, 212, suffix=" F")),
    "celsius": ("Temperature", Type(16, 2, 1), 24, Span(-40, 100, suffix=" °C")),
    "sign": ("Temperature", Type(16, 2, 2), 72, Span(-40, 212, suffix="℉")),
    "luminance": ("Luminance", Type(4, 0, 49), 310, Span(0, 60000, suffix=" Lux")),
    "humidity": (
        "Relative Humidity",
        Type(4, 0, 49),
        44,
        Span(0, 100, suffix="%"),
    ),
    "uv": ("Ultraviolet", Type(4, 0, 49), 3, Span(0, 20)),
    "pressure": (
        "Sensor Multilevel",
        Type(4, 0, 49),
        29.92,
        Span(0, 100, suffix=" inHg", decimals=2),
    ),
}
METER = (
    ("Watts", 1, 1432.7, Span(0, 50000, suffix=" Watts", decimals=1)),
    ("Amps", 2, 12.1, Span(0, 400, suffix=" Amperes", decimals=1)),
    ("Volts", 3, 119.4, Span(0, 500, suffix=" Volts", decimals=1)),
    ("Energy", 4, 18233.51, Span(0, 1e9, suffix=" kW Hours", decimals=2)),
)


def binary(
    build: Builder, name: str, kind: str, *, on: bool = False, charge: float | None = 90
) -> Feature:
    """Add a sensor with two values, and its battery."""
    label, command_class, readings = BINARY[kind]
    root = zwave_root(build, name, label)
    values = sorted(each.value for each in readings if each.value != 254)
    # Windows that number "open" first are closed at the higher value.
    low_is_on = kind in ("door", "handle")
    sensor = zwave_child(
        build,
        root,
        f"{name} {label}",
        label,
        command_class,
        values[0] if on == low_is_on else values[1],
        readings=readings,
        misc=STATUS,
    )
    if charge is not None:
        battery(build, root, charge)
    return sensor


def measure(
    build: Builder, root: Feature, kind: str, name: str | None = None
) -> Feature:
    """Add a sensor that measures something."""
    label, its_type, value, reading = MEASURES[kind]
    return zwave_child(
        build,
        root,
        name or label,
        label,
        0,
        value,
        type=its_type,
        readings=(reading,),
        misc=STATUS,
    )


def multi_sensor(build: Builder, name: str, *kinds: str) -> Feature:
    """Add a sensor that measures several things."""
    root = zwave_root(build, name, "Sensor Multilevel")
    for kind in kinds:
        measure(build, root, kind)
    return root


def meter(build: Builder, name: str) -> Feature:
    """Add an energy meter with one feature for each of its readings."""
    root = build.root(name, Type(512), interface="Emporia")
    for label, kind, value, reading in METER:
        build.child(
            root,
            label,
            value,
            type=Type(513, 256, kind),
            legacy=Type(256, kind),
            readings=(reading,),
            misc=STATUS,
        )
    return root


def remote(build: Builder, name: str) -> Feature:
    """Add a remote whose presses are values of a central scene."""
    root = zwave_root(build, name, "Central Scene")
    readings = tuple(
        Words(scene * 1000 + code, f"Scene {scene} {what}")
        for scene in (1, 2, 3, 4)
        for code, what in ((0, "Pressed"), (1, "Released"), (2, "Held"), (3, "2 Times"))
    )
    scene = zwave_child(
        build,
        root,
        "Central Scene",
        "Central Scene",
        91,
        1000,
        readings=readings,
        misc=STATUS,
    )
    battery(build, root, 255)
    return scene


def keypad_button(build: Builder, root: Feature, name: str) -> Feature:
    """Add a button that looks like a battery in numbers, and like a light in its bits."""
    return build.child(
        root,
        name,
        type=Type(513),
        legacy=Type(4),
        type_string="Keypad Button",
        readings=(Words(0, "Off"), Words(1, "On")),
        misc=Misc(12608),
    )
