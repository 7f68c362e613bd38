"""Two hubs whose numbers, names and rooms can be changed as owners and installers do."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_LEFT_OUT,
    CONF_OVERRIDES,
    CONF_SHADES,
    CONF_TOGETHER,
)
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import Device, House, Light, Lock, Sensor, Shade

type Other = Callable[[int], int]
type SimulatedHub = Crestron | HomeSeer

FAR = 100_000
CALIBRATED = {"invert": False, "anchors": [[0.5, 0.4]]}


def permuted(numbers: dict[int, int]) -> Other:
    """Return what says another number where there is one."""
    return lambda number: numbers.get(number, number)


def numbers(
    hub: SimulatedHub, chosen: Callable[[list[int]], Iterable[int]]
) -> list[int]:
    """List the numbers of some things of each kind."""
    return [number for kind in hub.kinds() for number in chosen(kind)]


def moved_far(hub: SimulatedHub, numbers: Iterable[int]) -> Other:
    """Return what gives things numbers that nothing has."""
    return permuted(
        {each: each + FAR for number in numbers for each in hub.family(number)}
    )


def swapped(hub: SimulatedHub) -> Other:
    """Return what exchanges the numbers of the first two of each kind."""
    pairs: dict[int, int] = {}
    for kind in hub.kinds():
        if len(kind) > 1:
            one, two = (sorted(hub.family(each)) for each in kind[:2])
            there = zip(one, two, strict=False)
            pairs |= {a: b for pair in there for a, b in (pair, pair[::-1])}
    return permuted(pairs)


class Crestron:
    """A processor after an upload of its program."""

    def __init__(
        self, entry: MockConfigEntry, house: House, processor: CrestronProcessor
    ) -> None:
        self.entry = entry
        self.house = house
        self.system = processor
        self._lamp = house.of(Light)[0]

    def kinds(self) -> list[list[int]]:
        """List the numbers of the things of each kind; only whole things."""
        found: dict[type[Device], list[int]] = defaultdict(list)
        rooms = {device.id for device in self.house.media_rooms.values()}
        for device in self.house.everything():
            if device.id not in rooms:
                found[type(device)].append(device.id)
        whole = {
            room.id: room.name == "Whole House" for room in self.house.rooms.values()
        }
        return [*found.values(), sorted(whole, key=whole.__getitem__)]

    def family(self, number: int) -> list[int]:
        """List the numbers that belong to a thing."""
        return [number]

    def change(self, other: Other) -> None:
        """Give things other numbers."""
        self.house.change_ids(other)

    def rename(self, number: int) -> None:
        """Give a thing a name that nothing else has."""
        self.house.get(number).name += " of old"

    def move(self, number: int) -> None:
        """Put a thing into another room."""
        thing = self.house.get(number)
        if isinstance(thing, Device) and thing.room is not None:
            rooms = [*self.house.rooms]
            thing.room = rooms[(rooms.index(thing.room) + 1) % len(rooms)]

    def lamp(self) -> tuple[str, int]:
        """Return the key of a lamp, and the number by which the hub works it."""
        return f"light-{self._lamp.id}", self._lamp.id

    def replace_lamp(self) -> Other:
        """Put another lamp where that one was: off if it was on."""
        old = self._lamp
        new = Light(old.id + FAR, old.name, old.room, level=1.0 - old.level)
        self.house.remove(old)
        self._lamp = self.house.add(new)
        return permuted({old.id: new.id})

    def alike(self) -> list[int]:
        """Give two lights of a room the same name, and return their numbers."""
        rooms = self.house.rooms.values()
        room = next(each.id for each in rooms if each.name == "Theater")
        lights = [each for each in self.house.of(Light) if each.room == room]
        for light in lights:
            light.name = "Accent"
        return [light.id for light in lights]

    def unlike(self) -> None:
        """Have things of a kind in states of their own."""
        for number, light in enumerate(self.house.of(Light)):
            light.level = (number % 2) * 1.0
        for number, shade in enumerate(self.house.of(Shade)):
            shade.position = (number % 2) * 1.0
        for number, lock in enumerate(self.house.of(Lock)):
            lock.locked = number % 2 == 0

    def options(self) -> dict[str, Any]:
        """Return options by some numbers."""
        one, two, *_ = [f"shade-{each.id}" for each in self.house.of(Shade)]
        load, opens, closes = (
            f"light-{self.house.find(name, Light).id}"
            for name in ("Pool Pump", "Desk Lamp", "Heated Floor")
        )
        sensor = self.house.find("Front Door Contact", Sensor)
        lock = self.house.find("Front Door", Lock)
        return {
            CONF_OVERRIDES: {load: "switch", opens: "shade_relays"},
            CONF_CLOSING: {opens: closes},
            CONF_DOORS: [[f"sensor-{sensor.id}", f"lock-{lock.id}"]],
            CONF_LEFT_OUT: {"names": ["island*"], "kinds": ["scene:media"]},
            CONF_SHADES: {one: CALIBRATED},
            CONF_TOGETHER: [[one, two]],
        }


class HomeSeer:
    """A system after the restore of a backup; its methods are those of `Crestron`."""

    def __init__(
        self, entry: MockConfigEntry, model: Model, system: HomeSeerSystem
    ) -> None:
        self.entry = entry
        self.model = model
        self.system = system
        self._lamp = model.find("Garage Light")
        # The very same name twice is told apart by its owner.
        seen: set[tuple[str, str, int | None]] = set()
        for feature in model.features.values():
            place = feature.name, feature.location, feature.root
            if place in seen:
                feature.name += f" {feature.ref}"
            seen.add(place)

    def kinds(self) -> list[list[int]]:
        features = self.model.features
        found: dict[object, list[int]] = defaultdict(list)
        for root in features.values():
            if root.root not in features:
                children = self.model.children(root.ref)
                names = tuple(child.name.split()[-1] for child in children)
                found[root.interface, names, len(root.controls)].append(root.ref)
        return [*found.values(), [event.id for event in self.model.events]]

    def family(self, number: int) -> list[int]:
        return [number, *(child.ref for child in self.model.children(number))]

    def change(self, other: Other) -> None:
        self.model.change_refs(other)

    def rename(self, number: int) -> None:
        events = {event.id: event for event in self.model.events}
        (self.model.features.get(number) or events[number]).name += " of old"

    def move(self, number: int) -> None:
        for ref in self.family(number):
            if ref in self.model.features:
                self.model.features[ref].location = "Porch"

    def lamp(self) -> tuple[str, int]:
        return f"ref-{self._lamp.ref}", self._lamp.ref

    def replace_lamp(self) -> Other:
        other = moved_far(self, [self._lamp.root or self._lamp.ref])
        self.change(other)
        self._lamp.set(0 if self._lamp.value else 255)
        return other

    def alike(self) -> list[int]:
        lights = [
            each.root or each.ref
            for each in map(self.model.find, ("Porch Lamp", "Garage Light"))
        ]
        for ref in lights:
            for each in self.family(ref):
                feature = self.model.features[each]
                feature.name = "Accent"
                feature.location, feature.location2 = "Porch", "Outside"
        return sorted(lights)

    def unlike(self) -> None:
        self.model.find("Front Door Lock Bolt").set(255)
        self.model.find("Garage Entry Lock Bolt").set(0)

    def options(self) -> dict[str, Any]:
        shade = self.model.find("Living Room Shade Position").ref
        switch = self.model.find("Pantry Light").ref
        return {
            CONF_SHADES: {f"ref-{shade}": CALIBRATED},
            CONF_OVERRIDES: {str(switch): "outlet"},
        }
