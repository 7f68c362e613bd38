"""What faults change about a system, and take back when they end."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from simulator.faults import Active

from .controls import Kind, Pair, Span, Use
from .feature import Feature
from .model import Model

type Undo = Callable[[], None]

RENAMED = "Renamed "
ADDED = "Added Light"
ELSEWHERE = "Elsewhere"
# A bit that no ref of a system has.
BIT = 1 << 20
LIGHT_USES = {Use.ON, Use.DIM}


def other(ref: int) -> int:
    """Turn a ref into the one after a new installation, or back."""
    return ref ^ BIT if ref > 0 else ref


class Changes:
    """The faults that are changes of the system itself.

    They concern whole devices: a root is moved and removed with its features.
    """

    FAULTS: ClassVar = (
        "ids_changed",
        "device_renamed",
        "device_moved",
        "device_removed",
        "device_added",
    )

    def __init__(self, model: Model) -> None:
        """Have changed nothing yet."""
        self.model = model
        self._undo: dict[str, list[Undo]] = {}

    def fault(self, name: str, active: Active | None) -> None:
        """Begin or end a fault; raises ValueError for a ref that nothing has."""
        for undo in reversed(self._undo.pop(name, [])):
            undo()
        if active is None:
            return
        match name:
            case "ids_changed":
                self.model.change_refs(other)
                self._undo[name] = [lambda: self.model.change_refs(other)]
            case "device_added":
                self._undo[name] = [self._add()]
            case _:
                change = {
                    "device_renamed": self._rename,
                    "device_moved": self._move,
                    "device_removed": self._remove,
                }[name]
                devices = list(self._chosen(active.ids))
                self._undo[name] = [change(device) for device in devices]

    def _chosen(self, refs: tuple[int, ...]) -> Iterable[Feature]:
        features = self.model.features
        if not refs:
            refs = tuple(
                each.root if each.root in features else each.ref
                for each in features.values()
                if each.told and any(pair.use in LIGHT_USES for pair in each.controls)
            )[:1]
        if not refs or not set(refs) <= features.keys():
            raise ValueError(f"there is no device with the refs {refs}")
        return (features[ref] for ref in refs)

    def _rename(self, device: Feature) -> Undo:
        name, device.name = device.name, f"{RENAMED}{device.name}"

        def undo() -> None:
            device.name = name

        return undo

    def _move(self, device: Feature) -> Undo:
        moved = [device, *self.model.children(device.ref)]
        before = [(each, each.location) for each in moved]
        here = device.location
        rooms = self.model.locations(lambda each: each.location)
        there = next((room for room in rooms if room != here), ELSEWHERE)
        for each in moved:
            each.location = there

        def undo() -> None:
            for each, location in before:
                each.location = location

        return undo

    def _remove(self, device: Feature) -> Undo:
        return self.model.send_away(device.ref)

    def _add(self) -> Undo:
        places = [each for each in self.model.features.values() if each.location]
        feature = Feature(
            ref=self.model.next_ref(),
            name=ADDED,
            clock=self.model.clock,
            location=places[0].location if places else "",
            location2=places[0].location2 if places else "",
            controls=(
                Pair("Off", 0, Use.OFF),
                Pair("On", 100, Use.ON),
                Pair("Dim (value)%", 1, Use.DIM, Kind.SLIDER, Span(1, 99, "Dim ", "%")),
            ),
        )
        feature.begin(0.0)
        self.model.add(feature)

        def undo() -> None:
            self.model.remove(feature.ref)

        return undo
