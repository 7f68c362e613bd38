"""The lines of the table: what is measured, in what, and what is to be reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
import math

from .const import CRESTRON, HOMESEER


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a value may be, at a size of the house and all smaller ones."""

    most: float
    size: int
    # Zero writes are reached by zero, one write by one: nothing less will do.
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Spec:
    """What one line measures."""

    key: str
    what: str
    unit: str
    targets: Mapping[str, Target] = field(default_factory=dict)
    # Whether it is a cost that may grow with the house.
    grows: bool = False


def _both(most: float, size: int, *, exactly: bool = False) -> dict[str, Target]:
    return dict.fromkeys((CRESTRON, HOMESEER), Target(most, size, exactly))


SPECS = (
    Spec("entities", "entities in Home Assistant", "", grows=True),
    Spec("setup", "set-up", "s", _both(3, 1000), grows=True),
    Spec("setup_largest", "set-up of 5,000", "s", {HOMESEER: Target(10, 5000)}),
    Spec(
        "setup_requests",
        "set-up: requests",
        "",
        {CRESTRON: Target(10, 1000), HOMESEER: Target(6, 1000)},
    ),
    Spec("setup_bytes", "set-up: bytes read", "kB", grows=True),
    Spec("setup_block", "set-up: longest block", "ms", _both(50, 5000), grows=True),
    Spec("setup_block_plain", "the same, plain entities", "ms", grows=True),
    Spec("setup_garbage", "set-up: longest garbage collection", "ms", grows=True),
    Spec("setup_garbage_plain", "the same, plain entities", "ms", grows=True),
    Spec("idle", "idle read: time on the loop", "ms", _both(3, 1000), grows=True),
    Spec("idle_requests", "idle read: requests", ""),
    Spec("idle_writes", "idle read: state writes", "", _both(0, 5000, exactly=True)),
    Spec("idle_block", "idle read: longest block", "ms", _both(50, 5000), grows=True),
    Spec("survey", "full survey: time on the loop", "ms", grows=True),
    Spec(
        "survey_block", "full survey: longest block", "ms", _both(50, 5000), grows=True
    ),
    Spec("identity", "…: of which who is who", "ms", _both(10, 5000), grows=True),
    Spec("one", "one device changed: time on the loop", "ms", grows=True),
    Spec(
        "one_writes",
        "one device changed: state writes",
        "",
        _both(1, 5000, exactly=True),
    ),
    Spec("shades", "shades in one action", ""),
    Spec("shades_posts", "…: commands on the wire", "", {CRESTRON: Target(1, 5000)}),
    Spec("shades_time", "…: whole time", "ms"),
    Spec("post_time", "…: one such POST alone", "ms"),
    Spec(
        "shades_over", "…: beyond 1.5 × that POST", "ms", {CRESTRON: Target(60, 5000)}
    ),
    Spec("scene", "lights and shades in one automation", ""),
    Spec("scene_posts", "…: commands on the wire", "", {CRESTRON: Target(2, 5000)}),
    Spec("scene_time", "…: whole time", "ms"),
    Spec("first_byte", "command → at the hub, median", "ms"),
    Spec("confirmed", "command → confirmed by the hub, median", "ms"),
    Spec(
        "hub_idle",
        "change at the hub → state, idle, most",
        "ms",
        {CRESTRON: Target(5000, 1000)},
    ),
    Spec(
        "hub_settling",
        "change at the hub → state, settling, most",
        "ms",
        {CRESTRON: Target(1200, 1000)},
    ),
    *(
        Spec(
            f"{way}_{part}",
            f"change at the hub → state with {what}, p{part}",
            "ms",
            {CRESTRON: Target(300, 1000)},
        )
        for way, what in (
            ("hook", "web hook"),
            ("hook_list", "web hook that names the list"),
            ("bridge", "CRPC bridge"),
        )
        for part in (50, 95)
    ),
    Spec(
        "push_50",
        "push to a quiet system → state, p50",
        "ms",
        {HOMESEER: Target(20, 5000)},
    ),
    Spec(
        "push_95",
        "push to a quiet system → state, p95",
        "ms",
        {HOMESEER: Target(60, 5000)},
    ),
    Spec("busy_50", "push → state at 50 changes/s, p50", "ms"),
    Spec(
        "busy_95",
        "push → state at 50 changes/s, p95",
        "ms",
        {HOMESEER: Target(350, 5000)},
    ),
    Spec("busy_reads", "…: reads a second", ""),
    Spec("busy_lost", "…: never seen", "", {HOMESEER: Target(0, 5000)}),
    Spec("burst", "features changed in one burst", ""),
    Spec("burst_reads", "…: reads", "", {HOMESEER: Target(5, 5000)}),
    Spec("burst_lost", "…: lost", "", {HOMESEER: Target(0, 5000)}),
    Spec(
        "memory",
        "memory a device above plain entities",
        "kB",
        _both(6, 5000),
    ),
    Spec("memory_plain", "memory a device of plain entities", "kB"),
    Spec("many", "processors in one Home Assistant", ""),
    Spec("many_entities", "…: entities", ""),
    Spec("many_setup", "…: start", "s"),
    Spec("many_block", "…: longest block", "ms", {CRESTRON: Target(100, 5000)}),
    Spec("many_writes", "…: state writes while nothing happens", ""),
    Spec("many_idle", "…: idle, of a core", "%", {CRESTRON: Target(2, 5000)}),
)


@dataclass(slots=True)
class Row:
    """What came out, by the size of the house; naive is the other client's."""

    vendor: str
    spec: Spec
    ours: dict[int, float] = field(default_factory=dict)
    naive: dict[int, float] = field(default_factory=dict)

    @property
    def target(self) -> Target | None:
        """What is to be reached."""
        return self.spec.targets.get(self.vendor)

    @property
    def reached(self) -> bool | None:
        """Whether it is; None where no house has the size that the target is for."""
        target = self.target
        if target is None or target.size not in self.ours:
            return None
        held = [
            value == target.most if target.exactly else value <= target.most
            for size, value in self.ours.items()
            if size <= target.size
        ]
        return all(held)

    @property
    def slope(self) -> float | None:
        """How the cost grows with the house: 1 is in proportion, 0 not at all."""
        return slope(self.ours) if self.spec.grows else None

    @property
    def ratio(self) -> float | None:
        """How many times as much the naive client takes, in the largest house."""
        sizes = [size for size in self.naive if self.ours.get(size)]
        return self.naive[max(sizes)] / self.ours[max(sizes)] if sizes else None


def slope(values: Mapping[int, float]) -> float | None:
    """Return the slope of the line through the logarithms; None where there is none."""
    points = [
        (math.log(size), math.log(value)) for size, value in values.items() if value > 0
    ]
    if len(points) < 2:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


type Measured = Mapping[str, float]


def rows_of(
    vendor: str, results: Iterable[tuple[int, Measured, Measured]]
) -> list[Row]:
    """Return the lines of a vendor, of what was measured at each size."""
    rows = {spec.key: Row(vendor, spec) for spec in SPECS}
    for size, ours, naive in results:
        for key, value in ours.items():
            rows[key].ours[size] = value
        for key, value in naive.items():
            rows[key].naive[size] = value
    return [row for row in rows.values() if row.ours]
