"""A door's sensor and its lock: which of them seem to be of one door."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .devices import Detector, Device, House, Lock, Root
from .kinds import DetectorKind
from .leaving_out import room_of
from .words import door_of

_DOORS = frozenset({DetectorKind.DOOR, DetectorKind.OPENING})


def pairs_of(house: House) -> dict[tuple[str, str], str]:
    """Return the sensors and the locks of one door by their names, and what it is called.

    Both are in one room, where no other lock is called like that.
    """
    locks: dict[tuple[str, str], list[Device]] = defaultdict(list)
    for device in house.devices.values():
        if isinstance(device, Lock):
            locks[_door(house, device)].append(device)
    found = {}
    for device in house.devices.values():
        if not isinstance(device, Detector) or device.kind not in _DOORS:
            continue
        door = room, _ = _door(house, device)
        there = locks.get(door, [])
        if room and len(there) == 1:
            lock = there[0]
            names = [house.root_of(each).name for each in (device, lock)]
            place = house.rooms[room].name
            found[device.id, lock.id] = f"{names[0]} + {names[1]} ({place})"
    return found


def _door(house: House, device: Device) -> tuple[str, str]:
    room = room_of(house, device)
    return room.id if room else "", door_of(house.root_of(device).name)


def joined(house: House, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return which root each device of some sensors has, where it is their lock's now."""
    moved: dict[str, str] = {}
    for sensor_id, lock_id in pairs:
        sensor, lock = house.devices.get(sensor_id), house.devices.get(lock_id)
        if isinstance(sensor, Detector) and isinstance(lock, Lock):
            root, target = house.root_of(sensor), house.root_of(lock)
            if not (_of_many(root) or _of_many(target)):
                moved[root.id] = target.id
    if not moved:
        return {}
    return {
        key: moved[root.id]
        for key, device in house.devices.items()
        if (root := house.root_of(device)).id in moved
    }


def _of_many(root: Device | Root) -> bool:
    return isinstance(root, Root) and root.of_many
