"""What faults change about a house, and take back when they end."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol

from .faults import Active

type Undo = Callable[[], None]

ADDED = "Added Light"


def alter(things: Iterable[object], name: str, value: object) -> Undo:
    """Give an attribute of things another value; the result gives each its own again."""
    before = [(thing, getattr(thing, name)) for thing in things]
    for thing, _ in before:
        setattr(thing, name, value)

    def undo() -> None:
        for thing, old in before:
            setattr(thing, name, old)

    return undo


class Named(Protocol):
    """Something with a name."""

    name: str


class Changes[DeviceT: Named](ABC):
    """The faults that are changes of the house itself."""

    FAULTS: ClassVar[tuple[str, ...]] = (
        "device_renamed",
        "device_moved",
        "device_removed",
        "device_added",
    )

    def __init__(self) -> None:
        """Have changed nothing yet."""
        self._undo: dict[str, list[Undo]] = {}

    def fault(self, name: str, active: Active | None) -> None:
        """Begin or end a fault; raises ValueError for an id that nothing has."""
        for undo in reversed(self._undo.pop(name, [])):
            undo()
        if active is not None:
            self._undo[name] = self.begin(name, active.ids)

    def begin(self, name: str, ids: tuple[int, ...]) -> list[Undo]:
        """Begin a fault, and tell how to take it back."""
        if name == "device_added":
            return [self.add()]
        change = {
            "device_renamed": self.rename,
            "device_moved": self.move,
            "device_removed": self.remove,
        }[name]
        return [change(device) for device in self.chosen(ids)]

    def rename(self, device: DeviceT) -> Undo:
        """Give a device another name."""
        return alter([device], "name", f"Renamed {device.name}")

    @abstractmethod
    def chosen(self, ids: tuple[int, ...]) -> list[DeviceT]:
        """List the devices of some ids; without ids, one that anybody would miss."""

    @abstractmethod
    def move(self, device: DeviceT) -> Undo:
        """Put a device in another room."""

    @abstractmethod
    def remove(self, device: DeviceT) -> Undo:
        """Take a device away."""

    @abstractmethod
    def add(self) -> Undo:
        """Put a light up."""
