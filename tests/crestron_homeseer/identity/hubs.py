"""Two hubs whose numbers, names and rooms can be changed as owners and installers do."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, override

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
from simulator.faults import Faults
from simulator.homeseer import HomeSeerSystem, Model
from simulator.homeseer.feature import Feature
from simulator.house import Device, House, Light, Lock, Sensor, Shade
from simulator.recorder import Order

type Other = Callable[[int], int]

FAR = 100_000


def permuted(numbers: dict[int, int]) -> Other:
    """Return what says another number where there is one."""
    return lambda number: numbers.get(number, number)


class SimulatedHub(ABC):
    """A hub in front of things of several kinds, each with a number."""

    def __init__(self, entry: MockConfigEntry, faults: Faults) -> None:
        self.entry = entry
        self.faults = faults

    @abstractmethod
    def kinds(self) -> Iterable[list[int]]:
        """List the numbers of the things of each kind; only whole things."""

    @abstractmethod
    def change(self, other: Other) -> None:
        """Give things other numbers."""

    @abstractmethod
    def rename(self, number: int) -> None:
        """Give a thing a name that nothing else has."""

    @abstractmethod
    def move(self, number: int) -> None:
        """Put a thing into another room."""

    @abstractmethod
    def alike(self) -> list[int]:
        """Give two lights of a room the same name, and return their numbers."""

    @abstractmethod
    def unlike(self) -> None:
        """Have things of a kind in states of their own."""

    @abstractmethod
    def options(self) -> dict[str, Any]:
        """Return options by some numbers."""

    @abstractmethod
    def lamp(self) -> tuple[str, int]:
        """Return the key of a lamp, and the number by which the hub works it."""

    @abstractmethod
    def replace_lamp(self) -> Other:
        """Put another lamp where that one was: off if it was on."""

    @property
    @abstractmethod
    def received(self) -> list[Order]:
        """What the hub was asked to do."""

    def family(self, number: int) -> Collection[int]:
        """List the numbers that belong to a thing."""
        return (number,)

    def numbers(self, chosen: Callable[[list[int]], Iterable[int]]) -> list[int]:
        """List the numbers of some things of each kind."""
        return [number for kind in self.kinds() for number in chosen(kind)]

    def moved_far(self, numbers: Iterable[int]) -> Other:
        """Return what gives things numbers that nothing has."""
        return permuted(
            {each: each + FAR for number in numbers for each in self.family(number)}
        )

    def swapped(self) -> Other:
        """Return what exchanges the numbers of the first two of each kind."""
        pairs: dict[int, int] = {}
        for kind in self.kinds():
            if len(kind) > 1:
                one, two = (sorted(self.family(each)) for each in kind[:2])
                there = zip(one, two, strict=False)
                pairs |= {a: b for pair in there for a, b in (pair, pair[::-1])}
        return permuted(pairs)


class Crestron(SimulatedHub):
    """A processor after an upload of its program."""

    def __init__(
        self, entry: MockConfigEntry, house: House, processor: CrestronProcessor
    ) -> None:
        super().__init__(entry, processor.faults)
        self.house = house
        self._processor = processor
        self._lamp = house.of(Light)[0]

    @override
    def kinds(self) -> Iterable[list[int]]:
        found: dict[type[Device], list[int]] = defaultdict(list)
        for device in self.house.everything():
            found[type(device)].append(device.id)
        rooms = {device.id for device in self.house.media_rooms.values()}
        return [
            [number for number in kind if number not in rooms]
            for kind in found.values()
        ] + [
            sorted(
                self.house.rooms,
                key=lambda each: self.house.rooms[each].name == "Whole House",
            )
        ]

    @override
    def change(self, other: Other) -> None:
        self.house.change_ids(other)

    @override
    def rename(self, number: int) -> None:
        thing = self.house.get(number)
        thing.name = f"{thing.name} of old"

    @override
    def move(self, number: int) -> None:
        thing = self.house.get(number)
        if isinstance(thing, Device) and thing.room is not None:
            rooms = [*self.house.rooms]
            thing.room = rooms[(rooms.index(thing.room) + 1) % len(rooms)]

    @override
    def lamp(self) -> tuple[str, int]:
        return f"light-{self._lamp.id}", self._lamp.id

    @override
    def replace_lamp(self) -> Other:
        old = self._lamp
        new = Light(old.id + FAR, old.name, old.room, level=1.0 - old.level)
        self.house.remove(old)
        self._lamp = self.house.add(new)
        return permuted({old.id: new.id})

    @property
    @override
    def received(self) -> list[Order]:
        return self._processor.received

    @override
    def alike(self) -> list[int]:
        room = next(
            each.id for each in self.house.rooms.values() if each.name == "Theater"
        )
        lights = [each for each in self.house.of(Light) if each.room == room]
        for light in lights:
            light.name = "Accent"
        return [light.id for light in lights]

    @override
    def unlike(self) -> None:
        for number, light in enumerate(self.house.of(Light)):
            light.level = (number % 2) * 1.0
        for number, shade in enumerate(self.house.of(Shade)):
            shade.position = (number % 2) * 1.0
        for number, lock in enumerate(self.house.of(Lock)):
            lock.locked = number % 2 == 0

    @override
    def options(self) -> dict[str, Any]:
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
            CONF_SHADES: {one: {"invert": False, "anchors": [[0.5, 0.4]]}},
            CONF_TOGETHER: [[one, two]],
        }


class HomeSeer(SimulatedHub):
    """A system after the restore of a backup."""

    def __init__(
        self, entry: MockConfigEntry, model: Model, system: HomeSeerSystem
    ) -> None:
        super().__init__(entry, system.faults)
        self.model = model
        self._system = system
        self._lamp = model.find("Garage Light")
        # The very same name twice is told apart by its owner.
        seen: set[tuple[str, str, int | None]] = set()
        for feature in model.features.values():
            place = feature.name, feature.location, feature.root
            if place in seen:
                feature.name += f" {feature.ref}"
            seen.add(place)

    def _roots(self) -> list[Feature]:
        return [
            each
            for each in self.model.features.values()
            if each.root is None or each.root not in self.model.features
        ]

    @override
    def kinds(self) -> Iterable[list[int]]:
        found: dict[object, list[int]] = defaultdict(list)
        for root in self._roots():
            children = [
                child.name.split()[-1] for child in self.model.children(root.ref)
            ]
            found[root.interface, tuple(children), len(root.controls)].append(root.ref)
        return [*found.values(), [event.id for event in self.model.events]]

    @override
    def family(self, number: int) -> Collection[int]:
        return number, *(child.ref for child in self.model.children(number))

    @override
    def change(self, other: Other) -> None:
        self.model.change_refs(other)

    @override
    def rename(self, number: int) -> None:
        if number in self.model.features:
            self.model.features[number].name += " of old"
        else:
            next(
                each for each in self.model.events if each.id == number
            ).name += " of old"

    @override
    def move(self, number: int) -> None:
        for ref in self.family(number):
            if ref in self.model.features:
                self.model.features[ref].location = "Porch"

    @override
    def lamp(self) -> tuple[str, int]:
        return f"ref-{self._lamp.ref}", self._lamp.ref

    @override
    def replace_lamp(self) -> Other:
        other = self.moved_far([self._lamp.root or self._lamp.ref])
        self.change(other)
        self._lamp.set(0 if self._lamp.value else 255)
        return other

    @property
    @override
    def received(self) -> list[Order]:
        return self._system.received

    @override
    def alike(self) -> list[int]:
        lights = [
            each.root or each.ref
            for each in (self.model.find("Porch Lamp"), self.model.find("Garage Light"))
        ]
        for ref in lights:
            for each in self.family(ref):
                feature = self.model.features[each]
                feature.name = "Accent"
                feature.location, feature.location2 = "Porch", "Outside"
        return sorted(lights)

    @override
    def unlike(self) -> None:
        locks = ("Front Door Lock Bolt", "Garage Entry Lock Bolt")
        for value, name in zip((255, 0), locks, strict=True):
            self.model.find(name).set(value)

    @override
    def options(self) -> dict[str, Any]:
        shade = self.model.find("Living Room Shade Position").ref
        switch = self.model.find("Pantry Light").ref
        return {
            CONF_SHADES: {f"ref-{shade}": {"invert": False, "anchors": [[0.5, 0.4]]}},
            CONF_OVERRIDES: {str(switch): "outlet"},
        }
