"""How faults change a HomeSeer system."""

from functools import partial
from typing import ClassVar, override

from simulator.changes import ADDED, Changes, Undo, alter

from .controls import Kind, Pair, Span, Use
from .feature import Feature
from .model import Model

ELSEWHERE = "Elsewhere"
# A bit that no ref of a system has.
BIT = 1 << 20
LIGHT_USES = {Use.ON, Use.DIM}


def other(ref: int) -> int:
    """Turn a ref into the one after a new installation, or back."""
    return ref ^ BIT if ref > 0 else ref


class ModelChanges(Changes[Feature]):
    """The faults that are changes of the system itself.

    They concern whole devices: a root is moved and removed with its features.
    """

    FAULTS: ClassVar = ("ids_changed", *Changes.FAULTS)

    def __init__(self, model: Model) -> None:
        """Have changed nothing yet."""
        super().__init__()
        self.model = model

    @override
    def begin(self, name: str, ids: tuple[int, ...]) -> list[Undo]:
        if name == "ids_changed":
            self.model.change_refs(other)
            return [partial(self.model.change_refs, other)]
        return super().begin(name, ids)

    @override
    def chosen(self, ids: tuple[int, ...]) -> list[Feature]:
        features = self.model.features
        refs = (
            ids
            or tuple(
                each.root if each.root in features else each.ref
                for each in features.values()
                if each.told and any(pair.use in LIGHT_USES for pair in each.controls)
            )[:1]
        )
        if not refs or not set(refs) <= features.keys():
            raise ValueError(f"there is no device with the refs {refs}")
        return [features[ref] for ref in refs]

    @override
    def move(self, device: Feature) -> Undo:
        here = device.location
        rooms = self.model.locations(lambda each: each.location)
        there = next((room for room in rooms if room != here), ELSEWHERE)
        return alter([device, *self.model.children(device.ref)], "location", there)

    @override
    def remove(self, device: Feature) -> Undo:
        return self.model.send_away(device.ref)

    @override
    def add(self) -> Undo:
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
        # Its ref may be another one by then.
        return lambda: self.model.remove(feature.ref)
