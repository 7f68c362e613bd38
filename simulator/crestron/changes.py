"""How faults change a house that a processor serves."""

from typing import Any, override

from simulator.changes import ADDED, Changes, Undo, alter
from simulator.house import Device, House, Light, Shade
from simulator.shelves import put_back


class HouseChanges(Changes[Device]):
    """The faults that are changes of the house itself."""

    def __init__(self, house: House) -> None:
        """Have changed nothing yet."""
        super().__init__()
        self.house = house

    @override
    def chosen(self, ids: tuple[int, ...]) -> list[Device]:
        try:
            if ids:
                return [self.house.find(one) for one in ids]
            return [[*self.house.of(Light), *self.house.of(Shade)][0]]
        except LookupError as error:
            raise ValueError(f"there is no such device: {error}") from error

    @override
    def move(self, device: Device) -> Undo:
        rooms = (room for room in self.house.rooms if room != device.room)
        return alter([device], "room", next(rooms, None))

    @override
    def remove(self, device: Device) -> Undo:
        shelf: dict[int, Any] = self.house.shelf(device)
        order = list(shelf)
        del shelf[device.id]
        return lambda: put_back(shelf, {device.id: device}, order)

    @override
    def add(self) -> Undo:
        house = self.house
        ids = (*house.rooms, *(device.id for device in house.everything()))
        room = next(iter(house.rooms), None)
        light = house.add(Light(max(ids, default=0) + 1, ADDED, room))
        return lambda: house.remove(light)
