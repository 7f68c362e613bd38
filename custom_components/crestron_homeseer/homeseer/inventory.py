"""All features of a system, and the devices that they make."""

from collections import Counter
from collections.abc import (
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
from dataclasses import replace
import logging
import time
from typing import Any

from ..house.access import opens
from ..house.controls import Control, RunEvent, SetStatus
from ..house.devices import Device, Room, Root
from ..house.fields import Fields, integer
from ..house.hub import Choices
from ..house.kinds import TemperatureUnit
from .binding import NO_CONTROLS, Action, Binding, Controls, by_text, declined
from .choices import choices, takes
from .classify import Places, classify, rooms
from .decisions import Decisions
from .events import MANY, Event, device_of, root_of
from .features import Feature, Use, owners, read_feature, read_pairs
from .sensing import RemoteBinding
from .settings import Settings
from .states import is_nothing

LOGGER = logging.getLogger(__name__)

# Who tells of presses.
CHANNELS = ("ascii", "hook")
# So many seconds after one channel the other may tell the same press.
ECHO = 2.0


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
        self._by_ref: dict[int, list[Binding]] = {}
        self._raw: dict[int, Any] = {}
        self._heard: dict[int, Counter[str]] = {}
        # When a press was read, and which channel has yet to tell it, how often.
        self._echoes: dict[int, tuple[float, Counter[str]]] = {}
        # What was heard since the last read began.
        self._later: set[int] = set()
        self._told: set[object] = set()
        # Whose value was known once and could not be read the last time.
        self.unreadable: set[int] = set()
        # Whether a read of some showed what may make other devices of them.
        self.reshaped = False

    def _mark(self, before: Mapping[int, Feature], now: Mapping[int, Feature]) -> None:
        for ref, feature in now.items():
            if self.decisions.undecided(ref) and not is_nothing(feature.status):
                # What had nothing to show may have something now.
                self.reshaped = True
            if feature.value is not None:
                self.unreadable.discard(ref)
            elif ref in before and before[ref].value is not None:
                self.unreadable.add(ref)

    def asks(self) -> None:
        """Note that a read begins: what is heard from now on may not be in it."""
        self._later = set()

    def take_all(self, items: Iterable[object]) -> Generator[None, None, bool]:
        """Take every feature there is; returns whether other ones are there now.

        It yields after each feature, and nothing of it is seen before its end.
        """
        before = self.features
        raws: dict[int, Any] = {}
        features: dict[int, Feature] = {}
        for raw in items:
            yield
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
        for ref in self._later & before.keys() & features.keys():
            # A press that was heard meanwhile is not in what was read before it.
            features[ref] = before[ref]
            del raws[ref]
        self._raw, self.features = raws, features
        changed = {
            ref: feature
            for ref, feature in features.items()
            if feature is not before.get(ref)
        }
        self._mark(before, changed)
        other = (
            self.reshaped
            or features.keys() != before.keys()
            or any(
                _shape(feature) != _shape(before[ref])
                for ref, feature in changed.items()
            )
        )
        self.reshaped = False
        self.unreadable &= features.keys()
        self._count_presses(before, changed)
        self._read(changed)
        return other

    def take(self, items: Iterable[object]) -> set[int]:
        """Take some features that are known; returns which were told of.

        A press that was heard meanwhile is told by the next read, if not by this.
        """
        changed = []
        before = {}
        told: set[int] = set()
        for raw in items:
            ref = _ref(raw)
            feature = None
            if ref is None:
                continue
            if ref in self.features and raw != self._raw.get(ref):
                feature = read_feature(raw)
            if ref in self._later and feature == self.features.get(ref):
                continue
            told.add(ref)
            if feature is not None:
                last = before[ref] = self.features[ref]
                self.reshaped = self.reshaped or _shape(feature) != _shape(last)
                self._raw[ref] = raw
                self.features[ref] = feature
                changed.append(ref)
        now = {ref: self.features[ref] for ref in changed}
        self._mark(before, now)
        self._count_presses(before, now)
        self._read(changed)
        return told

    def take_controls(self, items: Iterable[object]) -> Generator[None]:
        """Take the controls of features; it yields after each."""
        for raw in items:
            ref = _ref(raw)
            pairs = read_pairs(raw)
            if ref is not None and pairs:
                self.controls[ref] = Controls(pairs)
            yield

    def classify(self, room_from: int, unit: TemperatureUnit) -> Generator[None]:
        """Decide anew which devices the features make.

        It yields after each device, and nothing of it is seen before its end.
        """
        places = Places(room_from, unit)
        classified = yield from classify(
            self.features, self.controls, self.settings, places, self.decisions
        )
        bindings: dict[str, Binding] = {}
        by_ref: dict[int, list[Binding]] = {}
        devices: dict[str, Device] = {}
        for binding in classified.bindings:
            bindings[binding.device_id] = binding
            for ref in binding.refs:
                by_ref.setdefault(ref, []).append(binding)
            self._renew(devices, binding.read(self.features))
            yield
        for key, binding in bindings.items():
            last = self.bindings.get(key)
            if isinstance(binding, RemoteBinding) and isinstance(last, RemoteBinding):
                # Last of all, because presses are heard meanwhile.
                binding.presses = last.presses
                self._renew(devices, binding.read(self.features))
        many = len(self.events) > MANY
        for event in self.events.values():
            self._renew(devices, device_of(event, self.settings, many=many))
        self.bindings, self._by_ref, self.devices = bindings, by_ref, devices
        self.roots = classified.roots | {
            event.root_id: root_of(event) for event in self.events.values()
        }
        self.rooms = rooms(self.features.values(), places)

    def _renew(self, devices: dict[str, Device], device: Device) -> None:
        """Add a device; one that did not change stays the same object."""
        last = self.devices.get(device.id)
        devices[device.id] = last if last is not None and last == device else device

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
        found = choices(self.features, self.controls, self.event_groups, place_names)
        return replace(found, meanings=self.meanings)

    @property
    def meanings(self) -> dict[int, tuple[str, str]]:
        """What each feature was taken for, and by which evidence."""
        decided = sorted(self.decisions.last.items())
        return {ref: (str(meaning), meaning.evidence) for ref, meaning in decided}

    def control_refs(self, device_ids: Collection[str], control: Control) -> list[int]:
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
            value = _typed(command.value)
            return Action("controldevicebyvalue", params | {"value": value})
        text = command.text or ""
        pair = self.controls.get(command.ref, NO_CONTROLS).written(text)
        return by_text(command.ref, pair, text)

    def shown(self, command: SetStatus) -> Action:
        """Return the request that changes what is shown; raises HubCommandError."""
        if command.ref not in self.features:
            raise declined()
        params: dict[str, str | int | float] = {"ref": command.ref}
        if command.value is not None:
            params["value"] = _typed(command.value)
        if command.text is not None:
            params["string"] = command.text
        return Action("setdevicestatus", params)

    def opens(self, ref: int) -> bool:
        """Return whether a feature has a control that opens or closes a way in."""
        return any(
            pair.use in {Use.LOCK, Use.UNLOCK} or opens(pair.label)
            for pair in self.controls.get(ref, NO_CONTROLS).pairs
        )

    def family_of(self, ref: int) -> set[str]:
        """Return the devices of all features that have the same root."""
        roots = owners(self.features)
        root = roots.get(ref)
        owner = ref if root is None else root.ref
        return self.ids_of([each for each, own in roots.items() if own.ref == owner])

    def events_of(self, command: RunEvent) -> list[str]:
        """Return the ids of the events that a command may run: names have no case."""
        return [
            key
            for key, event in self.events.items()
            if (command.event is not None and event.number == command.event)
            or (
                event.name.casefold() == (command.name or "").casefold()
                and event.group.casefold() == (command.group or "").casefold()
            )
        ]

    def pressed(self, refs: Collection[int], channel: str) -> None:
        """Note that remotes were heard: the same value again is a press, too.

        Both channels tell each press; the one that told more since the last read
        is right.
        """
        for ref in refs:
            for binding in self._remotes(ref):
                if self._is_echo(ref, channel):
                    continue
                heard = self._heard.setdefault(ref, Counter())
                most = max(heard.values(), default=0)
                heard[channel] += 1
                if heard[channel] > most:
                    binding.presses += 1
                self._later.add(ref)
                # The read that follows has to see a change, even of nothing.
                self._raw.pop(ref, None)

    def _is_echo(self, ref: int, channel: str) -> bool:
        """Return whether a press was told by the other channel, and read since."""
        at, owed = self._echoes.get(ref, (0.0, Counter[str]()))
        if not owed[channel] or time.monotonic() - at > ECHO:
            return False
        owed[channel] -= 1
        return True

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
                let_go = binding.let_go(before, self.features)
                rest = binding.at_rest(self.features) and not let_go
                if heard := self._heard.pop(ref, None):
                    most = max(heard.values())
                    owed = Counter({each: most - heard[each] for each in CHANNELS})
                    self._echoes[ref] = (time.monotonic(), owed)
                    if rest:
                        # What was heard was the end of a press.
                        binding.presses -= 1
                elif moved and not rest:
                    binding.presses += 1

    def _tell(self, ref: int | None) -> None:
        if ref not in self._told:
            self._told.add(ref)
            what = "without a number" if ref is None else f"{ref} that is doubled"
            LOGGER.debug("A device %s is left out", what)


def _typed(value: float) -> int | float:
    """Return a number as it is typed."""
    return int(value) if value.is_integer() else value


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
