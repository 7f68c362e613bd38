"""Features → devices of the house: what belongs together first, then one by one."""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
import re
from typing import Final

from ..house.devices import Room, Root
from ..house.hub import Choices
from ..house.kinds import SensorKind, TemperatureUnit
from .alarms import AlarmGroup
from .binding import NO_CONTROLS, Binding, Controls, Facts, OwnBinding, Part
from .climate import ThermostatGroup
from .decisions import Decisions
from .events import called_scenes
from .features import ROOT, Feature, Use, owners
from .grouping import Group
from .loads import FanBinding, LightBinding, SwitchBinding, Tones
from .moving import LockBinding, OpeningBinding
from .players import PlayerGroup
from .settings import IGNORE, MAIN, Meaning, Settings, What, meant
from .simple import (
    ButtonBinding,
    ChoiceBinding,
    DetectorBinding,
    EntryBinding,
    RemoteBinding,
    SensorBinding,
    entry_of,
)

_GROUP_WORDS = re.compile(r"(^|\s+)(root device|root|device)$", re.IGNORECASE)

# Where HomeSeer keeps what it makes up itself; what a plug-in brings is in a room.
_OWN_PLACES = frozenset({"timers", "counters", "virtual"})
# What HomeSeer writes where nobody chose a location.
_NO_PLACE = frozenset({"", "unknown"})

# What several features are together, and the role in its id.
_GROUPS: Final[tuple[tuple[What, str, type[Group]], ...]] = (
    (What.CLIMATE, "climate", ThermostatGroup),
    (What.PLAYER, "player", PlayerGroup),
    (What.ALARM, "alarm", AlarmGroup),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Which location is the room, and the unit of temperatures."""

    room_from: int
    unit: TemperatureUnit

    def room(self, feature: Feature) -> Room | None:
        """Return a feature's room; where HomeSeer's own are kept, nobody can stand."""
        name = feature.location if self.room_from == 1 else feature.location2
        key = name.casefold()
        if key in _NO_PLACE:
            return None
        of_others = feature.api or feature.interface or feature.associates
        return Room(id=key, name=name, virtual=key in _OWN_PLACES and not of_others)

    def room_id(self, feature: Feature) -> str | None:
        """Return the id of a feature's room, which has nothing but its name."""
        room = self.room(feature)
        return None if room is None else room.id


def rooms(features: Iterable[Feature], places: Places) -> dict[str, Room]:
    """Return the rooms by id; one that anything real is in is real."""
    found = [room for each in features if (room := places.room(each)) is not None]
    found.sort(key=lambda room: (room.virtual, room.name), reverse=True)
    return dict(sorted({room.id: room for room in found}.items()))


@dataclass(frozen=True, slots=True)
class _Found:
    """A device to be: the features that it is made of, what it is, and its id."""

    id: str
    parts: Sequence[Part]
    meaning: Meaning
    group: Group | None = None


def classify(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    settings: Settings,
    places: Places,
    decisions: Decisions,
) -> Generator[None, None, tuple[list[Binding], dict[str, Root]]]:
    """Return the devices that features make, each feature in one, and their roots.

    What was decided before stays. It yields after each device.
    """
    decisions.begin(features)
    bindings: list[Binding] = []
    roots: dict[str, Root] = {}
    families = _families(features, controls, settings)
    yield
    for root, parts in families:
        found: list[_Found] = []
        for item in _devices(parts, settings.overrides, decisions):
            found.append(item)
            yield
        main = None if root is None else _main(found)
        for item in found:
            facts = _facts(item, root, places)
            if root is not None and item is main:
                facts["name"] = root.name
            if item.group is not None:
                bindings.extend(item.group.bindings(facts, places.unit))
            else:
                bindings.extend(_bindings(item.meaning, facts, item.parts, places.unit))
        if root is not None and found:
            roots[f"ref-{root.ref}"] = Root(
                id=f"ref-{root.ref}",
                name=root.name,
                room_id=places.room_id(root),
                model=_model(root),
                maker=root.interface or None,
            )
    decisions.keep(features)
    return bindings, roots


def _families(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    settings: Settings,
) -> Collection[tuple[Feature | None, list[Part]]]:
    """Return features with the root that they share, or by plug-in and place."""
    roots = owners(features)
    members: dict[int, list[Feature]] = {}
    for feature in features.values():
        if settings.overrides.get(feature.ref) == IGNORE:
            continue
        if settings.interfaces is not None:
            if feature.interface not in settings.interfaces:
                continue
        owner = roots.get(feature.ref)
        if owner is None and feature.relationship != ROOT:
            # A child may name a root that does not name it, or is not there.
            known = (features[ref] for ref in feature.associates if ref in features)
            owner = next(known, None)
        members.setdefault((owner or feature).ref, []).append(feature)
    families: dict[object, tuple[Feature | None, list[Part]]] = {}
    for ref, own in members.items():
        first = own[0]
        root = features[ref] if len(own) > 1 or first.ref != ref else None
        place = first.interface, first.location, first.location2
        _, parts = families.setdefault(place if root is None else ref, (root, []))
        parts.extend(
            Part(member, controls.get(member.ref, NO_CONTROLS), root)
            for member in own
            # A root that has nothing to control is only a name for the others.
            if member is not root or controls.get(member.ref)
        )
    return families.values()


def _devices(
    parts: Sequence[Part], overrides: Mapping[int, str], decisions: Decisions
) -> Iterator[_Found]:
    """Yield what several features of a family make, then what the others are alone."""
    left = list(parts)
    for kind in (_groups, _lights):
        for found in kind(left, overrides):
            decisions.last |= {part.ref: found.meaning for part in found.parts}
            left = [part for part in left if part not in found.parts]
            yield found
    for part in left:
        meaning = decisions.of(part, overrides.get(part.ref))
        yield _Found(f"ref-{part.ref}", (part,), meaning)


def _groups(parts: Sequence[Part], overrides: Mapping[int, str]) -> Iterator[_Found]:
    """Yield thermostats, players and alarm panels."""
    root = parts[0].root if parts else None
    free = [part for part in parts if part.ref not in overrides]
    for what, role, kind in _GROUPS:
        groups = sorted(kind.all_of(free), key=lambda group: group.ref)
        chosen = [
            part
            for part in parts
            if (given := meant(overrides.get(part.ref))) and given.what is what
        ]
        if (forced := kind.of(chosen)).features(shared=False):
            groups.append(forced)
        meaning = Meaning(what=what, evidence=f"several features: {role}")
        for group in groups:
            own = group.features(shared=False)
            ref = root.ref if root is not None and group is groups[0] else group.ref
            yield _Found(f"ref-{ref}-{role}", own, meaning, group)
            free = [part for part in free if part not in own]


def _lights(parts: Sequence[Part], overrides: Mapping[int, str]) -> Iterator[_Found]:
    """Yield a dimmer with the features of its root for colours and whites."""
    free = [part for part in parts if part.ref not in overrides and part.root]
    color = next((part for part in free if Use.COLOR in part.controls.uses), None)
    white = next((part for part in free if Tones.of(part) is not None), None)
    tones = [part for part in (color, white) if part is not None]
    for part in free if tones else ():
        if part not in tones and {Use.DIM, Use.ON} & part.controls.uses:
            evidence = "several features: a colour light"
            meaning = Meaning(what=What.LIGHT, evidence=evidence)
            yield _Found(f"ref-{part.ref}", (part, *tones), meaning)
            return


_OWN: dict[What, type[OwnBinding]] = {
    What.LOCK: LockBinding,
    What.COVER: OpeningBinding,
    What.VALVE: OpeningBinding,
    What.SIREN: SwitchBinding,
    What.FAN: FanBinding,
    What.LIGHT: LightBinding,
    What.OUTLET: SwitchBinding,
    What.SWITCH: SwitchBinding,
    What.REMOTE: RemoteBinding,
    What.DETECTOR: DetectorBinding,
}


def _device_of(
    meaning: Meaning, facts: Facts, parts: Sequence[Part], unit: TemperatureUnit
) -> Binding:
    """Return what features make; their text where the controls do not bear more."""
    part = parts[0]
    choices = part.controls.plain or part.controls.listed
    match meaning.what:
        case What.NUMBER | What.TEXT_BOX if (pair := entry_of(part)) is not None:
            return EntryBinding(facts, part, pair)
        case What.LIST | What.CHOICE if choices:
            return ChoiceBinding(facts, part)
    if meaning.detail == SensorKind.TEMPERATURE and meaning.unit in {None, "°"}:
        meaning = replace(meaning, unit=unit.value)
    return _OWN.get(meaning.what, SensorBinding)(facts, part, meaning, *parts[1:])


def _bindings(
    meaning: Meaning, facts: Facts, parts: Sequence[Part], unit: TemperatureUnit
) -> Iterator[Binding]:
    """Yield what features make: one device, and the buttons beside it."""
    part, buttons = parts[0], parts[0].controls.plain
    alone = meaning.what is What.BUTTONS
    if alone and len(buttons) == 1:
        yield ButtonBinding(facts, part, buttons[0])
        return
    if not (alone and buttons):
        yield _device_of(meaning, facts, parts, unit)
    if alone or meaning.buttons:
        for pair in {pair.value: pair for pair in reversed(buttons)}.values():
            own = {
                "id": f"{facts['id']}-button-{pair.value:g}",
                "name": f"{facts['name']} {pair.label}",
            }
            yield ButtonBinding(facts | own, part, pair)


def _main(found: Sequence[_Found]) -> _Found | None:
    """Return the one device that people mean by their root's name."""
    mains = [item for item in found if item.meaning.what in MAIN]
    if not mains:
        # What nothing is controlled of is for what it watches: not for its battery.
        rest = [item for item in found if item.meaning.what is not What.BATTERY]
        watches = rest and rest[0].meaning.what is What.DETECTOR
        mains = rest if watches else list(found)
    return mains[0] if len(mains) == 1 else None


def _facts(item: _Found, root: Feature | None, places: Places) -> Facts:
    group = item.group
    feature = (item.parts if group is None else group.named_by)[0].feature
    return {
        "id": item.id,
        "name": (group.title if group is not None else None) or feature.name,
        "room_id": places.room_id(feature),
        "root_id": None if root is None else f"ref-{root.ref}",
        "model": _model(feature),
        "maker": feature.interface or None,
        "hidden": item.meaning.hidden or feature.hidden,
    }


def _model(feature: Feature) -> str | None:
    """Return what a feature is, without HomeSeer's own words for a group of them."""
    return _GROUP_WORDS.sub("", feature.type_string) or feature.interface or None


def choices(
    features: Mapping[int, Feature],
    controls: Collection[int],
    event_groups: Collection[str],
    place_names: tuple[str, str],
) -> Choices:
    """Return what an owner can choose from in what was read."""
    roots = owners(features)
    places = (
        (place_names[0], {feature.location for feature in features.values()}),
        (place_names[1], {feature.location2 for feature in features.values()}),
    )
    return Choices(
        interfaces=tuple(sorted({each.interface for each in features.values()})),
        event_groups=tuple(sorted(event_groups)),
        scene_groups=tuple(filter(called_scenes, sorted(event_groups))),
        places=tuple((name, tuple(sorted(place - {""}))) for name, place in places),
        parts={
            ref: _name_in_list(feature, roots.get(ref))
            for ref, feature in features.items()
            # A root that has nothing to control is only a name for the others.
            if feature.relationship != ROOT or ref in controls
        },
    )


def _name_in_list(feature: Feature, root: Feature | None) -> str:
    name = feature.name
    if root is not None and not name.lower().startswith(root.name.lower()):
        name = f"{root.name} {name}"
    places = [place for place in (feature.location2, feature.location) if place]
    return f"{name} ({', '.join((*places, str(feature.ref)))})"
