"""What people do in the houses by hand, at random."""

from collections.abc import Callable
from random import Random
from typing import Any

from simulator.homeseer import Feature, Model
from simulator.homeseer.behaviours import Bolt
from simulator.homeseer.controls import Span, Words
from simulator.house import (
    SECURITY_STATES,
    Device,
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    SecurityPanel,
    Sensor,
    SensorKind,
    Shade,
    Thermostat,
)

ADDED = "A New Lamp"


def _shade(shade: Shade, chance: Random) -> str:
    if shade.moving and chance.random() < 0.5:
        shade.stop()
        return "stopped"
    position = chance.choice((0.0, 1.0, round(chance.random(), 2)))
    shade.move_to(position)
    return f"to {position}"


def _light(light: Light, chance: Random) -> str:
    level = chance.choice((0.0, 1.0, round(chance.random(), 2)))
    light.fade_to(level)
    return f"to {level}"


def _lock(lock: Lock, chance: Random) -> str:
    locked = chance.random() < 0.6
    lock.order("locked", locked)
    return "locked" if locked else "unlocked"


def _sensor(sensor: Sensor, chance: Random) -> str:
    if sensor.measures == SensorKind.PHOTO:
        sensor.level = chance.randrange(65000)
        return f"measures {sensor.level}"
    sensor.presence = chance.choice((True, False))
    return f"senses {sensor.presence}"


def _thermostat(device: Thermostat, chance: Random) -> str:
    if chance.random() < 0.4:
        device.mode = chance.choice((Mode.OFF, Mode.HEAT, Mode.COOL, Mode.AUTO))
        return f"in {device.mode}"
    what, low = chance.choice((("heat", 62), ("cool", 72)))
    degrees = float(chance.randrange(low, low + 9))
    device.set_point(what, degrees)
    return f"{what} to {degrees}"


def _media(room: MediaRoom, chance: Random) -> str:
    what: str = "volume"
    value: Any = chance.randrange(80) / 100
    if not room.power or chance.random() < 0.3:
        source = chance.choice((None, *room.sources))
        what, value = ("power", False) if source is None else ("source", source)
    room.order(what, value)
    return f"{what} {value}"


def _fan(fan: Fan, chance: Random) -> str:
    fan.set_speed(chance.randrange(4))
    return "turned"


def _security(panel: SecurityPanel, chance: Random) -> str:
    panel.state = chance.choice(SECURITY_STATES)
    return f"shows {panel.state}"


_BY_HAND: dict[type[Device], Callable[[Any, Random], str]] = {
    Shade: _shade,
    Light: _light,
    Lock: _lock,
    Sensor: _sensor,
    Thermostat: _thermostat,
    MediaRoom: _media,
    Fan: _fan,
    SecurityPanel: _security,
}


def in_house(house: House, chance: Random) -> str:
    """Do something in a Crestron house; return what it was."""
    kind = chance.choice(list(_BY_HAND))
    device = chance.choice(house.of(kind))
    lot = chance.random()
    if lot < 0.04 and device.online is not None:
        device.online = not device.online
        return f"{device.name} is {'there' if device.online else 'not reached'}"
    if lot < 0.1 and isinstance(device, Shade | Lock):
        (device.free if device.jammed else device.jam)()
        return f"{device.name} is {'stuck' if device.jammed else 'free'}"
    return f"{device.name} {_BY_HAND[kind](device, chance)}"


def at_house(house: House, chance: Random) -> str:
    """Change what a Crestron house consists of."""
    added = [light for light in house.of(Light) if light.name.startswith(ADDED)]
    lot = chance.random()
    if lot < 0.3 and added:
        house.remove(added[0])
        return f"{added[0].name} is gone"
    if lot < 0.5:
        ids = (*house.rooms, *(device.id for device in house.everything()))
        light = Light(
            max(ids) + 1, f"{ADDED} {max(ids)}", chance.choice([*house.rooms])
        )
        return f"{house.add(light).name} is new"
    devices = [*house.of(Light), *house.of(Shade)]
    device = chance.choice(devices)
    old = device.name
    if lot < 0.75:
        room = chance.choice([*house.rooms])
        # Nobody could tell two of one name in one room.
        if all((each.name, each.room) != (old, room) for each in devices):
            house.move(device.id, room)
        return f"{device.name} is moved"
    house.rename(
        device.id, f"{old.split(' *')[0]} *{device.id % 97}{chance.randrange(99)}"
    )
    return f"{old} is {device.name} now"


def in_system(model: Model, chance: Random) -> str:
    """Do something in a HomeSeer house; return what it was."""
    features = [each for each in model.features.values() if _worked(each)]
    feature = chance.choice(features)
    if isinstance(feature.behaviour, Bolt) and chance.random() < 0.2:
        feature.behaviour.jammed = not feature.behaviour.jammed
        return f"{feature.name} jammed: {feature.behaviour.jammed}"
    reading = chance.choice(
        [each for each in feature.readings if isinstance(each, Words | Span)]
    )
    value = reading.value if isinstance(reading, Words) else _within(reading, chance)
    if feature.controls and chance.random() < 0.5:
        pair = next((each for each in feature.controls if each.takes(value)), None)
        if pair is not None:
            feature.order(pair, value)
            return f"{feature.name} asked for {value}"
    feature.set(value)
    return f"{feature.name} is at {value}"


def _worked(feature: Feature) -> bool:
    readings = [each for each in feature.readings if isinstance(each, Words | Span)]
    hidden = feature.hidden or feature.name in {"Central Scene", "Color"}
    return bool(readings) and feature.told and not hidden


def _within(span: Span, chance: Random) -> float:
    low, high = int(span.start), int(min(span.end, span.start + 200))
    return float(chance.randrange(low, high + 1))


def at_system(model: Model, chance: Random) -> str:
    """Change what a HomeSeer house consists of."""
    roots = roots_of(model)
    device = chance.choice(roots)
    if chance.random() < 0.5:
        old = device.name
        model.rename(device.ref, f"{old.split(' *')[0]} *{chance.randrange(99)}")
        return f"{old} is {device.name} now"
    rooms = model.locations(lambda each: each.location)
    room = chance.choice(rooms)
    if any((each.name, each.location) == (device.name, room) for each in roots):
        return f"{device.name} stays"
    for each in (device, *model.children(device.ref)):
        each.location = room
    return f"{device.name} is in {room} now"


def roots_of(model: Model) -> list[Feature]:
    """List the devices that have features."""
    return [
        each
        for each in model.features.values()
        if each.root is None and model.children(each.ref)
    ]
