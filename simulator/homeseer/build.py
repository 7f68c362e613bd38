"""Puts systems together, the way plug-ins make their devices."""

from collections.abc import Sequence
import random
from typing import Any

from simulator.clock import Clock, ManualClock

from .controls import Pair, Reading
from .feature import VIRTUAL, Behaviour, Feature, Misc, Relationship, Type
from .model import Model

PLAIN = Misc.SHOW_VALUES | Misc.SAME_IS_NO_CHANGE
LEGACY_ROOT = Type(4, 999)


class Builder:
    """Hands out refs the way HomeSeer does: upwards, with gaps where things were deleted."""

    def __init__(self, clock: Clock | None, seed: int, name: str) -> None:
        self.model = Model(clock or ManualClock(), name)
        self.random = random.Random(seed)
        self.last_ref = 100
        self.location = self.location2 = ""

    def place(self, location: str, location2: str) -> None:
        """Put what comes next into a room."""
        self.location, self.location2 = location, location2

    def next_ref(self) -> int:
        self.last_ref += self.random.choice((1, 1, 1, 2, 5))
        return self.last_ref

    def add(
        self,
        name: str,
        value: float = 0.0,
        status: str | None = None,
        *,
        type: Type = VIRTUAL,
        controls: Sequence[Pair] = (),
        readings: Sequence[Reading] = (),
        behaviour: Behaviour | None = None,
        never_changed: bool = False,
        **facts: Any,
    ) -> Feature:
        """Add one device or feature."""
        feature = Feature(
            ref=self.next_ref(),
            name=name,
            clock=self.model.clock,
            type=type,
            controls=tuple(controls),
            readings=readings,
            behaviour=behaviour,
            location=facts.pop("location", self.location),
            location2=facts.pop("location2", self.location2),
            **facts,
        )
        ago = None if never_changed else -float(self.random.randrange(10, 90_000))
        feature.begin(value, status, ago)
        return self.model.add(feature)

    def root(self, name: str, type: Type = LEGACY_ROOT, **facts: Any) -> Feature:
        """Add a root; it has no value worth the name."""
        facts.setdefault("misc", PLAIN | Misc.STATUS_ONLY)
        facts.setdefault("never_changed", True)
        facts.setdefault("status", "")
        if type.api == 512:
            facts.setdefault("legacy", LEGACY_ROOT)
        return self.add(name, type=type, relationship=Relationship.ROOT, **facts)

    def child(
        self,
        root: Feature,
        name: str,
        value: float = 0.0,
        status: str | None = None,
        **facts: Any,
    ) -> Feature:
        """Add a feature of a root."""
        facts.setdefault("interface", root.interface)
        facts.setdefault("location", root.location)
        facts.setdefault("location2", root.location2)
        return self.add(
            name,
            value,
            status,
            relationship=Relationship.CHILD,
            root=root.ref,
            **facts,
        )
