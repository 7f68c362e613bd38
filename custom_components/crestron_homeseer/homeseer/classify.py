"""Features → devices of the house: what belongs together first, then one by one."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
import re

from ..house.devices import Room, Root
from ..house.kinds import CoverKind, TemperatureUnit
from .binding import NO_CONTROLS, Binding, Facts, Part
from .climate import ThermostatBinding, ThermostatParts
from .controls import Controls
from .features import ROOT, Feature, Use, owners
from .kinds import KINDS, SECURITY, Kind, cover_kind, detector_kind, is_battery
from .loads import (
    CoverBinding,
    CoverTraits,
    FanBinding,
    LightBinding,
    LockBinding,
    SwitchBinding,
)
from .players import AlarmBinding, PlayerBinding, PlayerParts, arming
from .sensing import DetectorBinding
from .settings import Override, Settings

_GROUP_WORDS = re.compile(r"(^|\s+)(root device|root|device)$", re.IGNORECASE)

# Where HomeSeer keeps what it makes up itself; what a plug-in brings is in a room.
_OWN_PLACES = frozenset({"timers", "counters", "virtual"})

# What several features make together is known by their root and its role.
_ROLES = {"thermostat": "climate", "player": "player", "alarm": "alarm"}

_ARMING_TYPE = 10
_ALARM_TYPE = 1


def _covering(kind: CoverKind, *, inverted: bool) -> Kind:
    def make(facts: Facts, part: Part) -> Binding:
        own = cover_kind(part) if kind is CoverKind.SHADE else None
        return CoverBinding(facts, part, CoverTraits(own or kind, inverted))

    return Kind("cover", lambda _: True, make, main=True)


def _locking(*, on_locks: bool) -> Kind:
    make = partial(LockBinding, on_locks=on_locks)
    return Kind("lock", lambda _: True, make, main=True)


# What the user says goes before what the features say.
_OVERRIDES = {
    Override.SWITCH: Kind("switch", lambda _: True, SwitchBinding, main=True),
    Override.OUTLET: Kind(
        "switch",
        lambda _: True,
        lambda facts, part: SwitchBinding(facts, part, outlet=True),
        main=True,
    ),
    Override.LIGHT: Kind("light", lambda _: True, LightBinding, main=True),
    Override.FAN: Kind("fan", lambda _: True, FanBinding, main=True),
    Override.LOCK: _locking(on_locks=True),
    Override.LOCK_INVERTED: _locking(on_locks=False),
    Override.SHADE: _covering(CoverKind.SHADE, inverted=False),
    Override.SHADE_INVERTED: _covering(CoverKind.SHADE, inverted=True),
    Override.GARAGE: _covering(CoverKind.GARAGE, inverted=False),
    Override.GARAGE_INVERTED: _covering(CoverKind.GARAGE, inverted=True),
    Override.SENSOR_INVERTED: Kind(
        "detector",
        lambda _: True,
        lambda facts, part: DetectorBinding(
            facts, part, detector_kind(part), inverted=True
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A device to be: its kind, and the features that it is made of."""

    kind: str
    ref: int
    parts: tuple[Part, ...]
    make: Kind | ThermostatParts | PlayerParts | None
    main: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Which location is the room, and the unit of temperatures."""

    room_from: int
    unit: TemperatureUnit

    def room(self, feature: Feature) -> str | None:
        """Return the name of a feature's room."""
        text = feature.location if self.room_from == 1 else feature.location2
        return text or None


def room_id(name: str) -> str:
    """Return the id of a room, which has nothing but its name."""
    return name.casefold()


def rooms(features: Iterable[Feature], places: Places) -> dict[str, Room]:
    """Return the rooms; where HomeSeer's own timers are kept, nobody can stand."""
    found: dict[str, Room] = {}
    for feature in sorted(features, key=lambda each: places.room(each) or ""):
        name = places.room(feature)
        if name is None:
            continue
        own = room_id(name) in _OWN_PLACES and feature.native
        known = found.get(room_id(name))
        if known is None or (known.virtual and not own):
            found[room_id(name)] = Room(id=room_id(name), name=name, virtual=own)
    return found


@dataclass(frozen=True, slots=True)
class Classified:
    """The devices to be read, and their roots."""

    bindings: tuple[Binding, ...]
    roots: dict[str, Root]


def classify(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    settings: Settings,
    places: Places,
) -> Generator[None, None, Classified]:
    """Return the devices that features make, each feature in one of them.

    It yields after each family of features.
    """
    bindings: list[Binding] = []
    roots: dict[str, Root] = {}
    for root, parts in _families(features, controls, settings):
        found = list(_find(parts, settings))
        mains = [item for item in found if item.main] or _watching(found)
        for item in found:
            called_root = root is not None and len(mains) == 1 and item is mains[0]
            facts = _facts(item, root, places, called_root=called_root)
            bindings.append(_make(item, facts, places))
            if root is not None:
                roots[f"ref-{root.ref}"] = _root(root, places)
        yield
    return Classified(tuple(bindings), roots)


def _watching(found: list[_Found]) -> list[_Found]:
    """Return what a device is for where nothing is worked: not for its battery."""
    left = [item for item in found if not is_battery(item.parts[0])]
    return left if left and left[0].kind == "detector" else found


def _root(root: Feature, places: Places) -> Root:
    room = places.room(root)
    return Root(
        id=f"ref-{root.ref}",
        name=root.name,
        room_id=room_id(room) if room else None,
        model=_model(root),
        maker=root.interface or None,
    )


def _model(feature: Feature) -> str | None:
    """Return what a feature is, without HomeSeer's own words for a group of them."""
    return _GROUP_WORDS.sub("", feature.type_string) or feature.interface or None


def _facts(
    item: _Found, root: Feature | None, places: Places, *, called_root: bool
) -> Facts:
    feature = item.parts[0].feature
    room = places.room(feature)
    role = _ROLES.get(item.kind)
    refs = [part.ref for part in item.parts]
    ref = (root.ref if root else min(refs)) if role else item.ref
    return {
        "id": f"ref-{ref}-{role}" if role else f"ref-{ref}",
        "name": root.name if called_root and root else feature.name,
        "room_id": room_id(room) if room else None,
        "root_id": f"ref-{root.ref}" if root else None,
        "model": _model(feature),
        "maker": feature.interface or None,
        "hidden": item.hidden or feature.hidden,
    }


def _make(item: _Found, facts: Facts, places: Places) -> Binding:
    match item.make:
        case ThermostatParts() as parts:
            return ThermostatBinding(facts, parts, places.unit)
        case PlayerParts() as parts:
            return PlayerBinding(facts, parts)
        case Kind(make=make):
            return make(facts, item.parts[0])
    if item.kind == "alarm":
        return AlarmBinding(facts, *item.parts)
    return LightBinding(facts, *item.parts)


def _families(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    settings: Settings,
) -> Iterator[tuple[Feature | None, tuple[Part, ...]]]:
    """Yield features with the root that they share; one without a root is alone."""
    roots = owners(features)
    families: dict[int, list[Feature]] = {}
    for feature in features.values():
        if not _wanted(feature, settings):
            continue
        owner = roots.get(feature.ref)
        if owner is None and feature.relationship != ROOT:
            # A child may name a root that does not name it, or is not there.
            known = (features[ref] for ref in feature.associates if ref in features)
            owner = next(known, None)
        families.setdefault((owner or feature).ref, []).append(feature)
    for ref, members in families.items():
        root = features.get(ref) if len(members) > 1 or members[0].ref != ref else None
        parts = tuple(
            Part(member, controls.get(member.ref, NO_CONTROLS), root)
            for member in members
            # A root that has nothing to control is only a name for the others.
            if root is None or member is not root or controls.get(member.ref)
        )
        yield root, parts


def _wanted(feature: Feature, settings: Settings) -> bool:
    if settings.overrides.get(feature.ref) is Override.IGNORE:
        return False
    return settings.interfaces is None or feature.interface in settings.interfaces


def _find(parts: Iterable[Part], settings: Settings) -> Iterator[_Found]:
    """Yield the devices of one family."""
    left = list(parts)
    free = [part for part in left if part.ref not in settings.overrides]
    for group in _groups(free):
        yield group
        left = [part for part in left if part not in group.parts]
    for part in left:
        override = settings.overrides.get(part.ref)
        kind = _OVERRIDES.get(override) if override else None
        if kind is None:
            kind = next((kind for kind in KINDS if kind.applies(part)), None)
        if kind is not None:
            yield _Found(kind.name, part.ref, (part,), kind, kind.main, kind.hidden)


def _groups(parts: list[Part]) -> Iterator[_Found]:
    """Yield what several features make together."""
    climate = ThermostatParts.of(parts)
    if climate.controllable:
        own = tuple(climate.all())
        yield _Found("thermostat", own[0].ref, own, climate, main=True, hidden=False)
        parts = [part for part in parts if part not in own]
    player = PlayerParts.of(parts)
    if player.controllable:
        own = tuple(player.all())
        yield _Found("player", own[0].ref, own, player, main=True, hidden=False)
        parts = [part for part in parts if part not in own]
    armed = next((part for part in parts if _arms(part)), None)
    if armed is not None:
        alarm = next((part for part in parts if _sounds(part)), None)
        own = (armed,) if alarm is None else (armed, alarm)
        yield _Found("alarm", armed.ref, own, None, main=True, hidden=False)
        parts = [part for part in parts if part not in own]
    yield from _colored(parts)


def _colored(parts: list[Part]) -> Iterator[_Found]:
    color = next((part for part in parts if Use.COLOR in part.controls.uses), None)
    if color is None:
        return
    dims = (Use.DIM, Use.ON)
    light = next(
        (part for part in parts if any(use in part.controls.uses for use in dims)), None
    )
    if light is not None:
        own = (light, color)
        yield _Found("light", light.ref, own, None, main=True, hidden=False)


def _arms(part: Part) -> bool:
    pairs = arming(part)
    typed = part.feature.api == SECURITY and part.feature.type == _ARMING_TYPE
    return len(pairs) > 1 and (None in pairs or typed)


def _sounds(part: Part) -> bool:
    return part.feature.api == SECURITY and part.feature.type == _ALARM_TYPE
