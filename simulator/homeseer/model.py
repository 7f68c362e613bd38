"""What a HomeSeer system knows: features, events, locations, counters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator.clock import Clock, ManualClock, Timer
from simulator.shelves import put_back

from .feature import Feature, Heard, Relationship, State

# When a clock that reads 0 started to run, in seconds since 1970.
EPOCH = 1_790_000_000.0


@dataclass(slots=True, kw_only=True)
class Event:
    """An event of HomeSeer: something that it can be told to run."""

    id: int
    group: str
    name: str
    voice_command: str = ""
    # What it does: refs, and the values they are set to.
    actions: tuple[tuple[int, float], ...] = ()
    # Events of old systems have no id on the wire.
    has_id: bool = True


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera; its picture is a text."""

    id: int
    name: str
    snapshot: str = "iVBORw0KGgo="


@dataclass(slots=True)
class Model:
    """A HomeSeer system as seen from inside."""

    clock: Clock = field(default_factory=ManualClock)
    name: str = "HomeSeer"
    epoch: float = EPOCH
    fahrenheit: bool = True
    location1_first: bool = False
    use_location2: bool = True
    location1_label: str = "Room"
    location2_label: str = "Floor"
    features: dict[int, Feature] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    counters: dict[str, float] = field(default_factory=dict)
    cameras: list[Camera] = field(default_factory=list)
    plugins: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    # Every event that was run, in order.
    fired: list[Event] = field(default_factory=list)
    last_added: float | None = None
    last_removed: float | None = None
    # How wrong the system's own clock is, in seconds: it is behind if they are negative.
    skew: float = 0.0
    # How many changes there were so far, and which one was the last of each ref.
    changes: int = 0
    changed: dict[int, int] = field(default_factory=dict)
    # What is removed and will come back.
    _away: list[Feature] = field(default_factory=list)
    # The features of each root.
    _children: dict[int, list[Feature]] = field(default_factory=dict)
    _steps: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    _listeners: list[Heard] = field(default_factory=list)
    _ticking: Timer | None = None
    _ticks: int = 0

    # Features

    def by_ref(self, ref: int) -> Feature:
        """Return the feature of a ref."""
        return self.features[ref]

    def find(self, name: str, *, root: str | None = None) -> Feature:
        """Return a feature by its name; of several, the first that can be controlled."""
        found = [
            feature
            for feature in self.features.values()
            if feature.name == name
            and (root is None or self._root_name(feature) == root)
        ]
        if not found:
            raise KeyError(name)
        return min(
            found,
            key=lambda each: (
                not each.controls,
                each.relationship is Relationship.ROOT,
            ),
        )

    def _root_name(self, feature: Feature) -> str:
        root = self.features.get(feature.root or -1)
        return root.name if root else ""

    def children(self, ref: int) -> list[Feature]:
        """List the features of a root."""
        return list(self._children.get(ref, ()))

    def associated(self, feature: Feature) -> list[int]:
        """List the refs that a feature says it belongs together with."""
        if feature.root is not None:
            return [] if feature.unlinked else [feature.root]
        return [child.ref for child in self.children(feature.ref)]

    def next_ref(self) -> int:
        """Return a ref that was never given out."""
        return max((*self.features, *self.changed), default=0) + 1

    def add(self, feature: Feature) -> Feature:
        """Take in a feature."""
        if feature.ref in self.features:
            raise ValueError(f"there is a ref {feature.ref} already")
        self.features[feature.ref] = feature
        if feature.root is not None:
            self._children.setdefault(feature.root, []).append(feature)
        feature.heard, feature.skew = self._heard, self.skew
        self.last_added = self.now()
        return feature

    def remove(self, ref: int, *, children: bool = True) -> None:
        """Forget a feature and, unless they shall be orphans, those of a root."""
        for child in self.children(ref) if children else ():
            self.remove(child.ref)
        feature = self.features.pop(ref)
        if feature.root is not None:
            self._children[feature.root].remove(feature)
        feature.stop()
        self.changed.setdefault(ref, 0)
        self.last_removed = self.now()

    def send_away(self, ref: int) -> Callable[[], None]:
        """Remove a device with its features; the result brings them back as they were."""
        gone, order = (
            [self.features[ref], *self.children(ref)],
            [*self.features.values()],
        )
        self.remove(ref)
        self._away += gone
        return lambda: self._bring_back(gone, order)

    def _bring_back(self, gone: Sequence[Feature], order: Sequence[Feature]) -> None:
        self._away = [each for each in self._away if each not in gone]
        found = {each.ref: each for each in gone}
        put_back(self.features, found, [each.ref for each in order])
        self._children.clear()
        for feature in self.features.values():
            if feature.root is not None:
                self._children.setdefault(feature.root, []).append(feature)
        self.set_skew(self.skew)
        self.last_added = self.now()

    def change_refs(self, other: Callable[[int], int]) -> None:
        """Give everything another ref or id, as a new installation does."""
        for feature in (*self.features.values(), *self._away):
            feature.change_ref(other)
        for event in self.events:
            event.id = other(event.id)
            event.actions = tuple((other(ref), value) for ref, value in event.actions)
        self.features = {other(ref): each for ref, each in self.features.items()}
        self.changed = {other(ref): change for ref, change in self.changed.items()}
        self._children = {other(ref): each for ref, each in self._children.items()}
        self.last_added = self.last_removed = self.now()

    def rename(self, ref: int, name: str) -> None:
        """Give a feature another name."""
        self.features[ref].name = name

    def locations(self, of: Callable[[Feature], str]) -> list[str]:
        """List the locations in use."""
        return sorted({of(each) for each in self.features.values()} - {""})

    def set_lag(self, seconds: float) -> None:
        """Let all reports of devices take longer by some seconds."""
        for feature in self.features.values():
            feature.lag = seconds

    def now(self) -> float:
        """Tell the time that the system takes it to be."""
        return self.clock.now() + self.skew

    def set_skew(self, seconds: float) -> None:
        """Let the system's own clock be wrong; dates of the past stay as they were told."""
        self.skew = seconds
        for feature in self.features.values():
            feature.skew = seconds

    # Events

    def event(self, name: str, group: str | None = None) -> Event | None:
        """Find an event by its name, whatever its case; the first if no group is named."""
        for event in self.events:
            same_group = group is None or event.group.lower() == group.lower()
            if same_group and event.name.lower() == name.lower():
                return event
        return None

    def run_event(self, event: Event) -> None:
        """Run an event."""
        self.fired.append(event)
        for ref, value in event.actions:
            if ref in self.features:
                self.features[ref].set(value)

    # What changes

    def listen(self, listener: Heard) -> Callable[[], None]:
        """Be told of every change; the result ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _heard(self, feature: Feature, old: State, new: State) -> None:
        self.changes += 1
        self.changed[feature.ref] = self.changes
        for listener in tuple(self._listeners):
            listener(feature, old, new)

    def changed_since(self, changes: int) -> list[int]:
        """List the refs of what changed after a number of changes."""
        return sorted(
            ref
            for ref, change in self.changed.items()
            if change > changes and ref in self.features
        )

    def every(self, seconds: int, step: Callable[[], None]) -> None:
        """Do something every so many seconds, while the system runs."""
        self._steps.append((seconds, step))

    def start(self) -> None:
        """Let time pass for the features."""
        if self._ticking is None:
            self._tick_at(self.clock.now() + 1)

    def stop(self) -> None:
        """Let time stand still; what was ordered is called off."""
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None
        for feature in self.features.values():
            feature.stop()

    def _tick_at(self, when: float) -> None:
        self._ticking = self.clock.call_at(when, lambda: self._tick(when))

    def _tick(self, when: float) -> None:
        self._tick_at(when + 1)
        self._ticks += 1
        for seconds, step in self._steps:
            if self._ticks % seconds == 0:
                step()
