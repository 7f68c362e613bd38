"""What faults change about a house, and take back when they end."""

from collections.abc import Callable
from typing import Any, ClassVar

from simulator.faults import Active
from simulator.house import Device, House, Light, Shade
from simulator.shelves import put_back

type Undo = Callable[[], None]

RENAMED = "Renamed "
ADDED = "Added Light"


class Changes:
    """The faults that are changes of the house itself."""

    FAULTS: ClassVar = (
        "device_renamed",
        "device_moved",
        "device_removed",
        "device_added",
    )

    def __init__(self, house: House) -> None:
        """Have changed nothing yet."""
        self.house = house
        self._undo: dict[str, list[Undo]] = {}

    def fault(self, name: str, active: Active | None) -> None:
        """Begin or end a fault; raises ValueError for an id that nothing has."""
        for undo in reversed(self._undo.pop(name, [])):
            undo()
        if active is None:
            return
        if name == "device_added":
            self._undo[name] = [self._add()]
            return
        change = {
            "device_renamed": self._rename,
            "device_moved": self._move,
            "device_removed": self._remove,
        }[name]
        devices = self._chosen(active.ids)
        self._undo[name] = [change(device) for device in devices]

    def _chosen(self, ids: tuple[int, ...]) -> list[Device]:
        try:
            if ids:
                return [self.house.find(one) for one in ids]
            return [[*self.house.of(Light), *self.house.of(Shade)][0]]
        except LookupError as error:
            raise ValueError(f"there is no such device: {error}") from error

    def _rename(self, device: Device) -> Undo:
        name, device.name = device.name, f"{RENAMED}{device.name}"

        def undo() -> None:
            device.name = name

        return undo

    def _move(self, device: Device) -> Undo:
        rooms = [room for room in self.house.rooms if room != device.room]
        room, device.room = device.room, rooms[0] if rooms else None

        def undo() -> None:
            device.room = room

        return undo

    def _remove(self, device: Device) -> Undo:
        shelf: dict[int, Any] = self.house.shelf(device)
        order = list(shelf)
        del shelf[device.id]
        return lambda: put_back(shelf, {device.id: device}, order)

    def _add(self) -> Undo:
        house = self.house
        ids = (*house.rooms, *(device.id for device in house.everything()))
        room = next(iter(house.rooms), None)
        light = house.add(Light(max(ids, default=0) + 1, ADDED, room))
        return lambda: house.remove(light)
