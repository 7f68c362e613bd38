"""All features of a system, and the devices that they make."""

from collections.abc import (
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
from operator import attrgetter
import time
from typing import Any

from ..house.devices import Device, Room, Root
from ..house.fields import Fields
from ..house.kinds import TemperatureUnit
from .binding import Binding, Controls
from .classify import Places, classify, rooms
from .decisions import Decisions
from .events import MANY, Event, device_of, root_of
from .features import Feature, read_feature, read_pairs
from .settings import Settings
from .simple import RemoteBinding
from .states import is_nothing

# So many seconds after one channel the other may report the same press.
ECHO = 2.0

# What decides which device a feature makes.
_shape = attrgetter(
    *("name", "location", "location2", "type_string", "api", "type", "subtype"),
    *("relationship", "associates", "hidden", "interface"),
)


class Inventory:
    """Keeps features, and gives devices that stay the same objects while unchanged."""

    def __init__(
        self, settings: Settings, memory: dict[str, Any] | None = None
    ) -> None:
        """Take the user's choices, and the memory of what was decided."""
        self.settings = settings
        self.decisions = Decisions({} if memory is None else memory)
        self.features: dict[int, Feature] = {}
        self.controls: dict[int, Controls] = {}
        self.devices: dict[str, Device] = {}
        self.rooms: dict[str, Room] = {}
        self.roots: dict[str, Root] = {}
        self.events: dict[str, Event] = {}
        # All there are, also those whose events are not wanted.
        self.event_groups: frozenset[str] = frozenset()
        self.bindings: dict[str, Binding] = {}
        # Whether other devices have to be made of the features.
        self.stale = True
        # What was reported to have changed and has not been read since, and what was
        # reported since the last read began: that may not show it yet.
        self.pending: set[int] = set()
        self._since: set[int] = set()
        # Features whose value was known once and could not be read the last time.
        self.unreadable: set[int] = set()
        self._by_ref: dict[int, list[Binding]] = {}
        self._raw: dict[int, Any] = {}
        # Remotes that were reported to be pressed since they were read; when one was
        # last, and how many presses more the ASCII port has reported than the web hook.
        self._pressed: set[int] = set()
        self._ahead: dict[int, tuple[float, int]] = {}

    @property
    def bound(self) -> AbstractSet[int]:
        """The features that devices are made of."""
        return self._by_ref.keys()

    def begin_read(self) -> None:
        """Note that a read begins."""
        self._since = set()

    def take(self, items: Iterable[object], *, whole: bool = False) -> Generator[None]:
        """Take features that were read, of those that are known, or the `whole` list.

        It yields after each feature, and nothing of it is seen before its end.
        """
        raws: dict[int, Any] = {}
        features: dict[int, Feature] = {}
        for raw in items:
            yield
            ref = _ref(raw)
            if ref is None or ref in raws or not (whole or ref in self.features):
                continue
            same = raw == self._raw.get(ref)
            feature = self.features[ref] if same else read_feature(raw)
            if feature is not None:
                raws[ref], features[ref] = raw, feature
        before = self.features
        changed = {
            ref: feature
            for ref, feature in features.items()
            if feature is not before.get(ref)
        }
        if whole:
            self.stale |= before.keys() != features.keys()
            self.unreadable &= features.keys()
            self.pending &= features.keys()
            self.features, self._raw = features, raws
        else:
            self.features = before | features
            self._raw |= raws
        self.pending -= features.keys() - self._since
        for ref in self._since & features.keys():
            # What was pressed meanwhile is not in what was read before that.
            if features[ref] == before.get(ref):
                changed.pop(ref, None)
                self._raw.pop(ref)
        self._note(before, changed)
        self._read(changed)

    def _note(self, before: Mapping[int, Feature], now: Mapping[int, Feature]) -> None:
        """Note what is new about features that changed."""
        for ref, feature in now.items():
            last = before.get(ref)
            # What had nothing to show may have something now.
            shows = self.decisions.undecided(ref) and not is_nothing(feature.status)
            self.stale |= last is None or shows or _shape(last) != _shape(feature)
            if feature.value is not None:
                self.unreadable.discard(ref)
            elif last is not None and last.value is not None:
                self.unreadable.add(ref)
            if last is not None:
                self._count_presses(last, feature, before)

    def take_controls(self, items: Iterable[object]) -> Generator[None]:
        """Take the controls of features; it yields after each."""
        for raw in items:
            ref = _ref(raw)
            pairs = read_pairs(raw)
            if ref is not None and pairs:
                self.controls[ref] = Controls(pairs)
            yield

    def take_events(self, events: Iterable[Event]) -> None:
        """Take the events there are."""
        groups = self.settings.event_groups
        events = tuple(events)
        self.event_groups = frozenset(event.group for event in events)
        wanted = {
            event.device_id: event
            for event in events
            if groups is None or event.group in groups
        }
        self.stale |= wanted != self.events
        self.events = wanted

    def classify(self, room_from: int, unit: TemperatureUnit) -> Generator[None]:
        """Decide anew which devices the features make.

        It yields after each device, and nothing of it is seen before its end.
        """
        self.stale = False
        places = Places(room_from, unit)
        found, roots = yield from classify(
            self.features, self.controls, self.settings, places, self.decisions
        )
        bindings: dict[str, Binding] = {}
        by_ref: dict[int, list[Binding]] = {}
        devices: dict[str, Device] = {}
        for binding in found:
            bindings[binding.device_id] = binding
            for ref in binding.refs:
                by_ref.setdefault(ref, []).append(binding)
            self._renew(devices, binding.read(self.features))
            yield
        for key, binding in bindings.items():
            last = self.bindings.get(key)
            if isinstance(binding, RemoteBinding) and isinstance(last, RemoteBinding):
                # Last of all, because presses are reported meanwhile.
                binding.presses = last.presses
                self._renew(devices, binding.read(self.features))
        many = len(self.events) > MANY
        for event in self.events.values():
            self._renew(devices, device_of(event, self.settings, many=many))
        self.bindings, self._by_ref, self.devices = bindings, by_ref, devices
        self.roots = roots | {
            event.root_id: root_of(event) for event in self.events.values()
        }
        self.rooms = rooms(self.features.values(), places)

    def _renew(self, devices: dict[str, Device], device: Device) -> None:
        """Add a device; one that did not change stays the same object."""
        last = self.devices.get(device.id)
        devices[device.id] = last if last is not None and last == device else device

    def _read(self, refs: Iterable[int]) -> None:
        """Read anew the devices that some features make."""
        touched = {key: self.bindings[key] for key in self.ids_of(refs)}
        changed = {
            key: device
            for key, binding in touched.items()
            if (device := binding.read(self.features)) != self.devices.get(key)
        }
        if changed:
            self.devices = {**self.devices, **changed}

    def ids_of(self, refs: Iterable[int]) -> set[str]:
        """Return the devices that features make."""
        return {each.device_id for ref in refs for each in self._by_ref.get(ref, ())}

    def refs_of(self, device_ids: Collection[str]) -> set[int]:
        """Return the features that devices are made of."""
        return {
            ref
            for key in device_ids
            if (binding := self.bindings.get(key)) is not None
            for ref in binding.refs
        }

    @property
    def meanings(self) -> dict[int, tuple[str, str]]:
        """What each feature was taken for, and by which evidence."""
        decided = sorted(self.decisions.last.items())
        return {ref: (str(meaning), meaning.evidence) for ref, meaning in decided}

    # Push

    def pushed(self, refs: Iterable[int], channel: str) -> None:
        """Note that features were reported to have changed, or remotes to be pressed.

        Both channels report each press, and the same value again is one, too.
        """
        refs = self.bound & set(refs)
        self.pending |= refs
        self._since |= refs
        for ref in refs:
            remotes = list(self._remotes(ref))
            if not remotes or self._is_echo(ref, channel):
                continue
            self._pressed.add(ref)
            # The read that follows has to see a change, even of nothing.
            self._raw.pop(ref, None)
            for binding in remotes:
                binding.presses += 1

    def _is_echo(self, ref: int, channel: str) -> bool:
        """Return whether the other channel has reported a press before."""
        now = time.monotonic()
        at, ahead = self._ahead.get(ref, (now, 0))
        step = 1 if channel == "ascii" else -1
        ahead = ahead if now - at <= ECHO else 0
        self._ahead[ref] = now, ahead + step
        return ahead * step < 0

    def _remotes(self, ref: int) -> Iterator[RemoteBinding]:
        for binding in self._by_ref.get(ref, ()):
            if isinstance(binding, RemoteBinding):
                yield binding

    def _count_presses(
        self, last: Feature, feature: Feature, before: Mapping[int, Feature]
    ) -> None:
        """Count presses that only a read has shown."""
        moved = (last.value, last.status) != (feature.value, feature.status)
        for binding in self._remotes(feature.ref):
            let_go = binding.let_go(before, self.features)
            rest = binding.at_rest(self.features) and not let_go
            if feature.ref in self._pressed:
                self._pressed.discard(feature.ref)
                # What was reported was the end of a press.
                binding.presses -= rest
            else:
                binding.presses += moved and not rest


def _ref(raw: object) -> int | None:
    if not isinstance(raw, dict):
        return None
    ref = raw.get("ref")
    return ref if type(ref) is int else Fields(raw).integer("ref")
