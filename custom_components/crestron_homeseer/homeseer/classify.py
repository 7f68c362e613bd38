"""Features → devices of the house: what belongs together first, then one by one."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Final

from ..house.devices import Room, Root
from ..house.kinds import TemperatureUnit
from .alarms import AlarmGroup
from .binding import NO_CONTROLS, Binding, Controls, Facts, Part
from .climate import ThermostatGroup
from .decisions import Decisions
from .features import ROOT, Feature, Use, owners
from .grouping import Group
from .loads import LightBinding, Tones
from .making import MAIN, Meaning, What, devices_of
from .players import PlayerGroup
from .settings import Override, Settings

_GROUP_WORDS = re.compile(r"(^|\s+)(root device|root|device)$", re.IGNORECASE)

# Where HomeSeer keeps what it makes up itself; what a plug-in brings is in a room.
_OWN_PLACES = frozenset({"timers", "counters", "virtual"})
# What HomeSeer writes where nobody chose a location.
_NO_PLACE = frozenset({"", "unknown"})

_ROLES: Final[tuple[tuple[type[Group], str], ...]] = (
    (ThermostatGroup, "climate"),
    (PlayerGroup, "player"),
    (AlarmGroup, "alarm"),
)
_FORCED: Final[dict[type[Group], str]] = {
    ThermostatGroup: Override.CLIMATE,
    PlayerGroup: Override.MEDIA,
}


@dataclass(frozen=True, slots=True)
class Places:
    """Which location is the room, and the unit of temperatures."""

    room_from: int
    unit: TemperatureUnit

    def room(self, feature: Feature) -> str | None:
        """Return the name of a feature's room."""
        text = feature.location if self.room_from == 1 else feature.location2
        return None if text.lower() in _NO_PLACE else text


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A device to be: the features that it is made of, and what they are."""

    parts: tuple[Part, ...]
    meaning: Meaning
    group: Group | None = None
    role: str = ""

    @property
    def named_by(self) -> Sequence[Part]:
        """The features that it has its number and its place from."""
        return self.parts if self.group is None else self.group.named_by

    @property
    def main(self) -> bool:
        return self.group is not None or self.meaning.what in MAIN


def classify(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    settings: Settings,
    places: Places,
    decisions: Decisions | None = None,
) -> Generator[None, None, Classified]:
    """Return the devices that features make, each feature in one of them.

    What was decided before stays. It yields after each family of features.
    """
    decisions = Decisions({}) if decisions is None else decisions
    decisions.begin(features)
    sorter = _Sorter(settings, decisions)
    bindings: list[Binding] = []
    roots: dict[str, Root] = {}
    families = list(_families(features, controls, settings))
    yield
    together: list[_Found] = []
    for near in _neighbours(families):
        together.extend(sorter.groups(near))
        yield
    grouped = {part.ref for found in together for part in found.parts}
    for root, parts in families:
        if root is None and parts and parts[0].ref in grouped:
            continue
        found = list(sorter.find(parts)) if root is not None else sorter.alone(parts)
        bindings.extend(_bindings(found, root, places))
        if root is not None and found:
            roots[f"ref-{root.ref}"] = _root(root, places)
        yield
    for item in together:
        bindings.extend(_bindings([item], None, places))
    decisions.keep(features)
    return Classified(tuple(bindings), roots)


def _neighbours(
    families: Iterable[tuple[Feature | None, tuple[Part, ...]]],
) -> Iterable[list[Part]]:
    """Return features without a root by plug-in and place: only these go together."""
    places: dict[tuple[str, ...], list[Part]] = {}
    for root, parts in families:
        if root is None and parts:
            feature = parts[0].feature
            place = feature.interface, feature.location, feature.location2
            places.setdefault(place, []).append(parts[0])
    return places.values()


def _bindings(
    found: Sequence[_Found], root: Feature | None, places: Places
) -> Iterator[Binding]:
    mains = [item for item in found if item.main] or _watching(found)
    for item in found:
        called_root = root is not None and len(mains) == 1 and item is mains[0]
        facts = _facts(item, root, places, called_root=called_root)
        match item.group:
            case Group() as group:
                yield from group.bindings(facts, places.unit)
            case _ if len(item.parts) > 1:
                yield _light(facts, item.parts)
            case _:
                yield from devices_of(item.meaning, facts, item.parts[0], places.unit)


def _light(facts: Facts, parts: Sequence[Part]) -> Binding:
    light, *beside = parts
    color = next((part for part in beside if Use.COLOR in part.controls.uses), None)
    white = next((part for part in beside if part is not color), None)
    return LightBinding(facts, light, color, white)


def _watching(found: Sequence[_Found]) -> Sequence[_Found]:
    """Return what a device is for where nothing is worked: not for its battery."""
    left = [item for item in found if item.meaning.what is not What.BATTERY]
    watches = left and left[0].meaning.what is What.DETECTOR
    return left if watches else found


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
    feature = item.named_by[0].feature
    room = places.room(feature)
    name = feature.name
    if called_root and root is not None:
        name = root.name
    elif item.group is not None:
        name = item.group.title or name
    return {
        "id": _id(item, root),
        "name": name,
        "room_id": room_id(room) if room else None,
        "root_id": f"ref-{root.ref}" if root else None,
        "model": _model(feature),
        "maker": feature.interface or None,
        "hidden": item.meaning.hidden or feature.hidden,
    }


def _id(item: _Found, root: Feature | None) -> str:
    """Return a device's id: its feature's ref, or its root's with its role."""
    if not item.role:
        return f"ref-{item.parts[0].ref}"
    first = root if item.meaning.detail != "more" else None
    own = min(part.ref for part in item.named_by)
    return f"ref-{own if first is None else first.ref}-{item.role}"


class _Sorter:
    """Sorts the features of a family into devices."""

    def __init__(self, settings: Settings, decisions: Decisions) -> None:
        self._overrides = settings.overrides
        self._decisions = decisions

    def find(self, parts: Sequence[Part]) -> Iterator[_Found]:
        """Yield the devices of one family: what several features make, then the rest."""
        left = list(parts)
        for group in (*self.groups(parts), *self._lights(parts)):
            yield group
            taken = {part.ref for part in group.parts}
            left = [part for part in left if part.ref not in taken]
        yield from self.alone(left)

    def alone(self, parts: Iterable[Part]) -> list[_Found]:
        """Return what features are alone."""
        return [
            _Found((part,), self._decisions.of(part, self._overrides.get(part.ref)))
            for part in parts
        ]

    def groups(self, parts: Sequence[Part]) -> Iterator[_Found]:
        """Yield what several features make together: thermostats, players, alarms."""
        left = [part for part in parts if part.ref not in self._overrides]
        for kind, role in _ROLES:
            groups = sorted(kind.all_of(left), key=lambda group: group.ref)
            groups += self._forced(kind, parts)
            for number, group in enumerate(groups):
                meaning = Meaning(
                    what=What.PLAYER if role == "player" else What.CLIMATE,
                    evidence=f"several features: {role}",
                    detail="more" if number else None,
                )
                own = tuple(group.all())
                taken = {part.ref for part in own}
                for part in own:
                    self._decisions.last[part.ref] = meaning
                left = [part for part in left if part.ref not in taken]
                yield _Found(own, meaning, group, role)

    def _forced(self, kind: type[Group], parts: Sequence[Part]) -> list[Group]:
        """Return what the owner says that some features are together."""
        wanted = _FORCED.get(kind)
        named = [part for part in parts if self._overrides.get(part.ref, "") == wanted]
        groups = [kind.of(named)] if named else []
        return [group for group in groups if group.all()]

    def _lights(self, parts: Sequence[Part]) -> Iterator[_Found]:
        """Yield a dimmer with the features for colours beside it."""
        free = [part for part in parts if part.ref not in self._overrides]
        color = next((part for part in free if Use.COLOR in part.controls.uses), None)
        white = next((part for part in free if Tones.of(part) is not None), None)
        beside = [part for part in (color, white) if part is not None]
        dims = (Use.DIM, Use.ON)
        light = next(
            (
                part
                for part in free
                if part not in beside and any(use in part.controls.uses for use in dims)
            ),
            None,
        )
        if light is None or not beside:
            return
        meaning = Meaning(what=What.LIGHT, evidence="several features: a colour light")
        for part in (light, *beside):
            self._decisions.last[part.ref] = meaning
        yield _Found((light, *beside), meaning)


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
    if settings.overrides.get(feature.ref) == Override.IGNORE:
        return False
    return settings.interfaces is None or feature.interface in settings.interfaces
