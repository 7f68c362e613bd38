"""The same entries in the shape of the vendor's manual."""

from .inventory import Json

COMMON = ("id", "name", "roomId", "connectionStatus")
# In the manual a thermostat's units do not fit its numbers: 770 is called whole degrees.
MANUAL_UNITS = {
    "DeciFahrenheit": "FahrenheitWholeDegrees",
    "DeciCelsius": "CelsiusWholeDegrees",
}


def thermostat(live: Json) -> Json:
    """Give a thermostat one set point with its limits, as the manual has it."""
    entry = {key: value for key, value in live.items() if key in COMMON}
    points = live["currentSetPoint"]
    kind = points[0]["type"] if points else "off"
    limits = {each["type"]: each for each in live["availableSetPoints"]}
    limit = limits.get(kind, {})
    point: Json = {"type": str(kind).title()}
    if points and "temperature" in points[0]:
        point["temperature"] = points[0]["temperature"]
    point |= {key: limit[key] for key in ("minValue", "maxValue") if key in limit}
    units = live["temperatureUnits"]
    return entry | {
        "mode": live["currentMode"],
        "setPoint": point,
        "currentTemperature": live["currentTemperature"],
        "temperatureUnits": MANUAL_UNITS.get(units, units),
        "currentFanMode": live["currentFanMode"],
        "schedulerState": live["schedulerState"],
        "availableFanModes": live["availableFanModes"],
        "availableSystemModes": live["availableSystemModes"],
    }


def media_room(live: Json) -> Json:
    """Give a media room names for sources, counted from 1, and its words capitals."""
    ids = [source["id"] for source in live["availableSources"]]
    playing = live["currentSourceId"]
    entry = {
        key: value
        for key, value in live.items()
        if key not in ("currentSourceId", "availableSources")
    }
    return entry | {
        "currentMuteState": live["currentMuteState"].title(),
        "currentPowerState": live["currentPowerState"].title(),
        "currentProviderId": ids.index(playing) + 1 if playing in ids else 0,
        "availableProviders": [
            source["sourceName"] for source in live["availableSources"]
        ],
    }


def sensor(live: Json) -> Json:
    """Give a door sensor its keys with underscores, as some writing has them."""
    return {key.replace(" ", "_"): value for key, value in live.items()}


def door_lock(live: Json) -> Json:
    """Give a lock its status in lower case."""
    status = live["status"]
    return live | {"status": status.lower() if status else status}


SHAPES = {
    "thermostats": thermostat,
    "mediarooms": media_room,
    "sensors": sensor,
    "doorlocks": door_lock,
}


def as_in_manual(kind: str, live: Json) -> Json:
    """Put an entry in the manual's shape, where that differs."""
    shape = SHAPES.get(kind)
    return live if shape is None else shape(live)
