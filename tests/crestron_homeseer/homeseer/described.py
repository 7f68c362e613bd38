"""Devices as HomeSeer describes them, for more than one test."""

from .raw import Raw, feature, pair

LOCK = [pair("Unlock", 0, 19), pair("Lock", 255, 18)]
FAN_RANGE = [pair("Off", 0, 2), pair("On", 99, 1), pair("F", use=23, span=(1, 98))]
SPEEDS = [pair("Off", 0, 2), pair("Low", 1), pair("Medium", 2), pair("High", 3)]
GARAGE = [pair("Open", 255), pair("Close", 0)]


def legacy_thermostat() -> tuple[list[Raw], dict[int, list[Raw]]]:
    """A thermostat as HomeSeer 3 has it: child devices of the thermostat API."""
    children = (11, 12, 13, 14, 15, 16, 17)
    features = [
        feature(10, "Hall Thermostat", kind=(16, 99, 0), children=children),
        feature(11, "Temperature", value=71, status="71 F", kind=(16, 2, 1), root=10),
        feature(12, "Humidity", value=38, status="38%", kind=(16, 2, 5), root=10),
        feature(13, "Mode", value=1, status="Heat", kind=(16, 3, 0), root=10),
        feature(14, "Heat Setpoint", value=68, kind=(16, 6, 1), root=10),
        feature(15, "Cool Setpoint", value=76, kind=(16, 6, 2), root=10),
        feature(16, "Fan Mode", value=0, status="Auto", kind=(16, 4, 0), root=10),
        feature(17, "State", value=1, status="Heating", kind=(16, 1, 0), root=10),
    ]
    controls = {
        13: [
            pair("Off", 0, 14),
            pair("Heat", 1, 15),
            pair("Cool", 2, 16),
            pair("Auto", 3, 17),
            # This carries the use of Auto, and is not Auto.
            pair("Aux Heat", 4, 17),
        ],
        14: [pair("(value) F", use=12, span=(40, 90))],
        15: [pair("(value) F", use=13, span=(60, 99))],
        16: [pair("Auto", 0, 20), pair("On", 1, 21)],
    }
    return features, controls


def player() -> tuple[list[Raw], dict[int, list[Raw]]]:
    """A player with its children."""
    features = [
        feature(30, "Sonos Den", kind=(32, 99, 0), children=(31, 32, 33, 34, 35, 36)),
        feature(31, "Status", value=1, status="Playing", kind=(32, 1, 0), root=30),
        feature(32, "Control", value=0, kind=(32, 3, 0), root=30),
        feature(33, "Volume", value=25, kind=(32, 4, 0), root=30),
        feature(34, "Mute", value=0, status="Unmuted", kind=(513, 32, 13), root=30),
        feature(35, "Track", status="Blue in Green", kind=(32, 10, 0), root=30),
        feature(36, "Source", value=2, kind=(32, 20, 0), root=30),
    ]
    controls = {
        32: [pair("Play", 1, 5), pair("Pause", 2, 6), pair("Next", 3, 31)],
        33: [pair("(value)", use=33, span=(0, 100))],
        34: [pair("Mute", 1, 28), pair("Unmute", 0, 29)],
        36: [pair("Radio", 1), pair("Line-In", 2)],
    }
    return features, controls
