"""All features of a system, and the devices that they make."""

from collections import Counter
from collections.abc import (
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
import logging
from typing import Any

from ..house.controls import Control
from ..house.devices import Device, Room, Root
from ..house.fields import Fields, integer
from ..house.hub import Choices
from ..house.kinds import TemperatureUnit
from .binding import NO_CONTROLS, Action, Binding, by_text, declined
from .choices import choices, takes
from .classify import Places, classify, rooms
from .controls import Controls
from .events import MANY, Event, root_of, scene_of
from .features import Feature, read_feature, read_pairs
from .sensing import RemoteBinding
from .settings import Settings

LOGGER = logging.getLogger(__name__)

# What a remote shows when nothing is pressed.
_AT_REST = frozenset({"", "idle", "no event", "released", "none", "off"})


class Inventory:
    """Keeps features, and gives devices that stay the same objects while unchanged."""

    def __init__(self, settings: Settings) -> None:
        """Take the user's choices."""
        self.settings = settings
        self.features: dict[int, Feature] = {}
        self.controls: dict[int, Controls] = {}
        self.devices: dict[str, Device] = {}
        self.rooms: dict[str, Room] = {}
        self.roots: dict[str, Root] = {}
        self.events: dict[str, Event] = {}
        # All there are, also those whose events are not wanted.
        self.event_groups: frozenset[str] = frozenset()
        self.bindings: dict[str, Binding] = {}
        self._by_ref: dict[int, list[Binding]] = {}
        self._raw: dict[int, Any] = {}
        self._heard: dict[int, Counter[str]] = {}
        self._told: set[object] = set()
        # Whose value was known once and could not be read the last time.
        self.unreadable: set[int] = set()

    def _mark(self, before: Mapping[int, Feature], now: Mapping[int, Feature]) -> None:
        for ref, feature in now.items():
            if feature.value is not None:
                self.unreadable.discard(ref)
            elif ref in before and before[ref].value is not None:
                self.unreadable.add(ref)

    def take_all(self, items: Iterable[object]) -> bool:
        """Take every feature there is; returns whether other ones are there now."""
        before = self.features
        raws: dict[int, Any] = {}
        features: dict[int, Feature] = {}
        for raw in items:
            ref = _ref(raw)
            if ref is None or ref in raws:
                self._tell(ref)
                continue
            known = before.get(ref)
            same = known is not None and raw == self._raw.get(ref)
            feature = known if same else read_feature(raw)
            if feature is not None:
                raws[ref] = raw
                features[ref] = feature
        self._raw, self.features = raws, features
        other = features.keys() != before.keys() or any(
            _shape(feature) != _shape(before[ref])
            for ref, feature in features.items()
            if feature is not before[ref]
        )
        self._mark(before, features)
        self.unreadable &= features.keys()
        self._count_presses(before, features)
        self._read(ref for ref in features if features[ref] is not before.get(ref))
        return other

    def take(self, items: Iterable[object]) -> set[int]:
        """Take some features that are known; returns which were told of."""
        changed = []
        before = {}
        told: set[int] = set()
        for raw in items:
            ref = _ref(raw)
            if ref is not None:
                told.add(ref)
            if ref is None or ref not in self.features or raw == self._raw.get(ref):
                continue
            feature = read_feature(raw)
            if feature is not None:
                before[ref] = self.features[ref]
                self._raw[ref] = raw
                self.features[ref] = feature
                changed.append(ref)
        now = {ref: self.features[ref] for ref in changed}
        self._mark(before, now)
        self._count_presses(before, now)
        self._read(changed)
        return told

    def take_controls(self, items: Iterable[object]) -> None:
        """Take the controls of features."""
        for raw in items:
            ref = _ref(raw)
            pairs = read_pairs(raw)
            if ref is not None and pairs:
                self.controls[ref] = Controls(pairs)

    def classify(self, room_from: int, unit: TemperatureUnit) -> None:
        """Decide anew which devices the features make."""
        places = Places(room_from, unit)
        classified = classify(self.features, self.controls, self.settings, places)
        presses = {
            key: binding.presses
            for key, binding in self.bindings.items()
            if isinstance(binding, RemoteBinding)
        }
        self.bindings = {}
        self._by_ref = {}
        for binding in classified.bindings:
            self.bindings[binding.device_id] = binding
            if isinstance(binding, RemoteBinding):
                binding.presses = presses.get(binding.device_id, 0)
            for ref in binding.refs:
                self._by_ref.setdefault(ref, []).append(binding)
        self.roots = classified.roots | {
            event.root_id: root_of(event) for event in self.events.values()
        }
        self.rooms = rooms(self.features.values(), places)
        self._renew()

    def take_events(self, events: Iterable[Event]) -> bool:
        """Take the events there are; returns whether they are other ones."""
        groups = self.settings.event_groups
        events = tuple(events)
        self.event_groups = frozenset(event.group for event in events)
        wanted = {
            event.device_id: event
            for event in events
            if groups is None or event.group in groups
        }
        if wanted == self.events:
            return False
        self.events = wanted
        return True

    def _renew(self) -> None:
        hidden = self.settings.event_groups is None and len(self.events) > MANY
        fresh: dict[str, Device] = {
            key: binding.read(self.features) for key, binding in self.bindings.items()
        }
        fresh |= {
            key: scene_of(event, hidden=hidden) for key, event in self.events.items()
        }
        devices = {
            key: last if (last := self.devices.get(key)) == device and last else device
            for key, device in fresh.items()
        }
        self.devices = devices

    def _read(self, refs: Iterable[int]) -> None:
        """Read anew the devices that some features make."""
        touched = {
            binding.device_id: binding
            for ref in refs
            for binding in self._by_ref.get(ref, ())
        }
        changed = {}
        for key, binding in touched.items():
            device = binding.read(self.features)
            if device != self.devices.get(key):
                changed[key] = device
        if changed:
            self.devices = {**self.devices, **changed}

    # What was pushed

    def ids_of(self, refs: Collection[int]) -> set[str]:
        """Return the devices that features make."""
        return {
            binding.device_id for ref in refs for binding in self._by_ref.get(ref, ())
        }

    def refs_of(self, device_ids: Collection[str]) -> set[int]:
        """Return the features that devices are made of."""
        return {
            ref
            for key in device_ids
            if (binding := self.bindings.get(key)) is not None
            for ref in binding.refs
        }

    @property
    def bound(self) -> AbstractSet[int]:
        """The features that devices are made of."""
        return self._by_ref.keys()

    def choices(self, place_names: tuple[str, str]) -> Choices:
        """Return what a user can choose from; locations have names, too."""
        return choices(self.features, self.controls, self.event_groups, place_names)

    def takers(self, device_ids: Collection[str], control: Control) -> list[int]:
        """Return the features of some devices that take a control."""
        return [
            ref
            for ref in sorted(self.refs_of(device_ids))
            if takes(self.controls.get(ref, NO_CONTROLS), control)
        ]

    def direct(self, command: Control) -> Action:
        """Return the request for a control that somebody named; raises HubCommandError."""
        if command.ref not in self.features:
            raise declined()
        params: dict[str, str | int | float] = {"ref": command.ref}
        if command.label is not None:
            return Action("controldevicebylabel", params | {"label": command.label})
        if command.value is not None:
            value = command.value
            whole = int(value) if value.is_integer() else value
            return Action("controldevicebyvalue", params | {"value": whole})
        text = command.text or ""
        pair = self.controls.get(command.ref, NO_CONTROLS).written(text)
        return by_text(command.ref, pair, text)

    def pressed(self, refs: Collection[int], channel: str) -> None:
        """Note that remotes were heard: the same value again is a press, too.

        Both channels tell each press; the one that told more since the last read
        is right.
        """
        for ref in refs:
            for binding in self._remotes(ref):
                heard = self._heard.setdefault(ref, Counter())
                most = max(heard.values(), default=0)
                heard[channel] += 1
                if heard[channel] > most:
                    binding.presses += 1
                # The read that follows has to see a change, even of nothing.
                self._raw.pop(ref, None)

    def _remotes(self, ref: int) -> Iterator[RemoteBinding]:
        for binding in self._by_ref.get(ref, ()):
            if isinstance(binding, RemoteBinding):
                yield binding

    def _count_presses(
        self, before: dict[int, Feature], after: dict[int, Feature]
    ) -> None:
        """Count presses that only a read has shown."""
        for ref, feature in after.items():
            last = before.get(ref)
            if last is None or ref not in self._by_ref:
                continue
            moved = (last.value, last.status) != (feature.value, feature.status)
            for binding in self._remotes(ref):
                if self._heard.pop(ref, None):
                    if feature.status.lower() in _AT_REST:
                        # What was heard was the end of a press.
                        binding.presses -= 1
                elif moved and feature.status.lower() not in _AT_REST:
                    binding.presses += 1

    def _tell(self, ref: int | None) -> None:
        if ref not in self._told:
            self._told.add(ref)
            what = "without a number" if ref is None else f"{ref} that is doubled"
            LOGGER.debug("A device %s is left out", what)


def _ref(raw: object) -> int | None:
    if isinstance(raw, dict):
        ref = raw.get("ref")
        return ref if type(ref) is int else integer(ref) or Fields(raw).integer("ref")
    return None


def _shape(feature: Feature) -> tuple[object, ...]:
    """Return what decides which device a feature makes."""
    return (
        feature.name,
        feature.location,
        feature.location2,
        feature.type_string,
        feature.api,
        feature.type,
        feature.subtype,
        feature.relationship,
        feature.associates,
        feature.hidden,
        feature.interface,
    )
