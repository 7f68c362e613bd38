"""The house: rooms, devices, scenes, and what they do to each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Protocol, overload

from simulator.clock import Clock, RealClock

from .device import Device
from .media import MediaRoom
from .scenes import Goal, QuickAction, Room, Scene

type Listener = Callable[[Device], None]


class InventoryListener(Protocol):
    """Hears of a device that came or went."""

    def __call__(self, device: Device, *, came: bool) -> None: ...


class House:
    """Everything that stands in it, by id.

    Media rooms and quick actions have ids of their own: controllers give a media room the
    id of its room, and count quick actions from 1.
    """

    def __init__(self, clock: Clock | None = None, name: str = "House") -> None:
        self.clock: Clock = clock or RealClock()
        self.name = name
        self.rooms: dict[int, Room] = {}
        self.devices: dict[int, Device] = {}
        self.media_rooms: dict[int, MediaRoom] = {}
        self.scenes: dict[int, Scene] = {}
        self.quick_actions: dict[int, QuickAction] = {}
        self._listeners: list[Listener] = []
        self._inventory_listeners: list[InventoryListener] = []

    # Who stands in it

    def everything(self) -> Iterator[Device]:
        for shelf in self._shelves():
            yield from shelf.values()

    def _shelves(self) -> tuple[dict[int, Any], ...]:
        return self.devices, self.media_rooms, self.scenes, self.quick_actions

    def shelf(self, device: Device) -> dict[int, Any]:
        """Where a device stands, or would stand."""
        match device:
            case MediaRoom():
                return self.media_rooms
            case Scene():
                return self.scenes
            case QuickAction():
                return self.quick_actions
            case _:
                return self.devices

    def add[T: Device | Room](self, thing: T) -> T:
        if isinstance(thing, Room):
            self.rooms[thing.id] = thing
        else:
            shelf = self.shelf(thing)
            if thing.id in shelf:
                raise ValueError(f"id {thing.id} is taken by {shelf[thing.id]!r}")
            shelf[thing.id] = thing
            thing.clock, thing.changed = self.clock, self._tell
            thing.placed()
            self._tell_inventory(thing, came=True)
        return thing

    def remove(self, thing: Device | Room | int) -> None:
        """Take away a device, scene or room; by id whatever has it, devices first."""
        if isinstance(thing, int):
            thing = self.get(thing)
        if isinstance(thing, Room):
            del self.rooms[thing.id]
        else:
            del self.shelf(thing)[thing.id]
            self._tell_inventory(thing, came=False)

    def get(self, id: int) -> Device | Room:
        for shelf in (*self._shelves()[:1], self.scenes, self.rooms, *self._shelves()):
            if id in shelf:
                found: Device | Room = shelf[id]
                return found
        raise LookupError(f"nothing has the id {id}")

    def rename(self, id: int, name: str) -> None:
        self.get(id).name = name

    def move(self, id: int, room: int | None) -> None:
        """Put a device or scene in another room."""
        thing = self.get(id)
        if isinstance(thing, Room):
            raise TypeError(f"{id} is a room itself")
        thing.room = room

    def change_ids(self, other: Callable[[int], int]) -> None:
        """Give everything another id, as a new program does; all else stays."""
        for shelf in (self.rooms, *self._shelves()):
            things = list(shelf.values())
            shelf.clear()
            for thing in things:
                thing.id = other(thing.id)
                shelf[thing.id] = thing
        for device in self.everything():
            if device.room is not None:
                device.room = other(device.room)
        for scene in self.scenes.values():
            scene.goals = tuple(
                replace(goal, device=other(goal.device)) for goal in scene.goals
            )
        for action in self.quick_actions.values():
            action.scenes = tuple(map(other, action.scenes))

    def of[D: Device](self, kind: type[D]) -> list[D]:
        return [device for device in self.everything() if isinstance(device, kind)]

    @overload
    def find(self, name: str | int, *, room: str | None = None) -> Any: ...

    @overload
    def find[D: Device](
        self, name: str | int, kind: type[D], *, room: str | None = None
    ) -> D: ...

    def find(
        self, name: str | int, kind: type[Device] = Device, *, room: str | None = None
    ) -> Device:
        """The one device or scene of a name (or id), of a kind and in a room if need be."""
        found = [
            device
            for device in self.everything()
            if isinstance(device, kind)
            and name in (device.name, device.id)
            and room in (None, self.room_name(device))
        ]
        if isinstance(name, int):
            found = found[:1]
        if len(found) != 1:
            raise LookupError(f"{len(found) or 'nothing'} named {name!r}: {found}")
        return found[0]

    def room_name(self, device: Device) -> str | None:
        room = self.rooms.get(device.room) if device.room is not None else None
        return None if room is None else room.name

    # What happens in it

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of every device that was asked to change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, device: Device) -> None:
        for listener in list(self._listeners):
            listener(device)

    def listen_inventory(self, listener: InventoryListener) -> Callable[[], None]:
        """Be told of every device that comes or goes; returns how to stop that."""
        self._inventory_listeners.append(listener)
        return lambda: self._inventory_listeners.remove(listener)

    def _tell_inventory(self, device: Device, *, came: bool) -> None:
        for listener in list(self._inventory_listeners):
            listener(device, came=came)

    def _device_of(self, goal: Goal) -> Device | None:
        return (self.media_rooms if goal.media else self.devices).get(goal.device)

    def recall(self, scene: Scene, at: float | None = None) -> None:
        """Ask for everything that a scene wants."""
        moment = self.clock.now() if at is None else at
        if scene.momentary:
            scene.pulses += 1
        for goal in scene.goals:
            if device := self._device_of(goal):
                device.order(goal.what, goal.value, at=moment)
        if scene.stated is not None:
            for other in self.scenes.values():
                if other.stated and (other.room, other.type) == (
                    scene.room,
                    scene.type,
                ):
                    other.order("stated", False, at=moment)
            scene.order("stated", True, at=moment)

    def run(self, action: QuickAction, at: float | None = None) -> None:
        action.runs += 1
        for scene in map(self.scenes.get, action.scenes):
            if scene is not None:
                self.recall(scene, at)

    def matches(self, scene: Scene, at: float | None = None) -> bool:
        """Whether the house is, at a moment, as the scene wants it."""
        moment = self.clock.now() if at is None else at
        if scene.momentary:
            return False
        stated = scene.at(moment).stated
        if stated is not None:
            return stated
        wanted = [(self._device_of(goal), goal) for goal in scene.goals]
        return bool(wanted) and all(
            device is not None and device.at(moment).shows(goal.what, goal.value)
            for device, goal in wanted
        )
