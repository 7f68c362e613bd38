"""Which devices of a home its owner leaves out, and which belong to one door."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import re
from typing import Final

from .devices import Detector, Device, House, Lock, Room, Scene
from .identity import plain
from .kinds import DetectorKind
from .words import door_of, unused

# Stands for the rooms that are not used, by their names.
UNUSED: Final = "unused_rooms"
# Kinds that have another name than their devices.
_KINDS: Final = {
    "AlarmPanel": "alarm_control_panel",
    "Choice": "select",
    "Detector": "binary_sensor",
    "MediaRoom": "media_player",
    "Remote": "event",
    "TextBox": "text",
    "Thermostat": "climate",
}
_DOORS: Final = frozenset({DetectorKind.DOOR, DetectorKind.OPENING})


def kind_of(device: Device) -> str:
    """Return the kind by which a device is left out: of a scene as in `scene:media`."""
    name = type(device).__name__
    kind = _KINDS.get(name, name.lower())
    return f"{kind}:{device.kind}" if isinstance(device, Scene) else kind


def room_of(house: House, device: Device) -> Room | None:
    """Return the room of a device, or of what it is a part of."""
    return house.room_of(house.root_of(device)) or house.room_of(device)


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is left out: rooms by their plain names, kinds, and patterns of names.

    A pattern with * or ? is that of a whole name; without, it is a part of one.
    """

    rooms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether all is included."""
        return not (self.rooms or self.kinds or self.names)

    def keys(self, house: House) -> set[str]:
        """Return the devices of a house that are left out."""
        called = [_pattern(plain(name)) for name in self.names if name.strip()]
        rooms = {
            key
            for key, room in house.rooms.items()
            if plain(room.name) in self.rooms
            or (UNUSED in self.rooms and unused(room.name))
        }

        def left(device: Device) -> bool:
            root = house.root_of(device)
            room = room_of(house, device)
            names = {plain(device.name)}
            if not root.shared:
                names.add(plain(root.name))
            return (
                kind_of(device) in self.kinds
                or (room is not None and room.id in rooms)
                or any(each.search(name) for each in called for name in names)
            )

        found = {key for key, device in house.devices.items() if left(device)}
        # What shows the state of a scene is left out with it.
        return found | {
            key
            for key, device in house.devices.items()
            if isinstance(device, Detector)
            and device.kind is DetectorKind.SCENE
            and key.rpartition("-")[0] in found
        }


def _pattern(words: str) -> re.Pattern[str]:
    regular = re.escape(words).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(regular if regular == re.escape(words) else rf"^{regular}$")


def rooms_in_use(house: House) -> list[str]:
    """Return the names of the rooms that have anything in them, each once."""
    rooms = {room_of(house, device) for device in house.devices.values()}
    names = {plain(room.name): room.name for room in rooms if room is not None}
    return sorted(names.values(), key=str.lower)


def door_pairs(house: House) -> dict[tuple[str, str], str]:
    """Return the sensors and the locks of one door by their names, and what it is called.

    Both are in one room, where no other lock is called like that.
    """
    locks: dict[tuple[str, str], list[Lock]] = defaultdict(list)
    for device in house.devices.values():
        if isinstance(device, Lock):
            locks[_door(house, device)].append(device)
    found = {}
    for device in house.devices.values():
        if not isinstance(device, Detector) or device.kind not in _DOORS:
            continue
        room, _ = door = _door(house, device)
        there = locks.get(door, [])
        if room and len(there) == 1:
            one, other = (house.root_of(each).name for each in (device, there[0]))
            name = f"{one} + {other} ({house.rooms[room].name})"
            found[device.id, there[0].id] = name
    return found


def _door(house: House, device: Device) -> tuple[str, str]:
    room = room_of(house, device)
    return room.id if room else "", door_of(house.root_of(device).name)


def joined_roots(house: House, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return which root each device of some sensors has, where it is their lock's now."""
    moved: dict[str, str] = {}
    for sensor_id, lock_id in pairs:
        sensor, lock = house.devices.get(sensor_id), house.devices.get(lock_id)
        if isinstance(sensor, Detector) and isinstance(lock, Lock):
            root, target = house.root_of(sensor), house.root_of(lock)
            if not (root.shared or target.shared):
                moved[root.id] = target.id
    if not moved:
        return {}
    return {
        key: moved[root.id]
        for key, device in house.devices.items()
        if (root := house.root_of(device)).id in moved
    }
