"""Which device is which when a hub numbers them anew: a comparison of two houses.

A key is what the hub calls a thing. It is followed as long as it explains what is
seen. Where a hub gives other keys to what it had, things are matched as people do it:
by kind, name and room, and only where that is unique on both sides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from .devices import Device, House

# The kind of what several devices are parts of.
ROOT = "root"
# What is added to a key that no hub gives.
_GONE = "gone"
# A list or "ref", a number, and the name of a part: so many dashes has what goes along.
_PARTED = 2

type Answers = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a key stands for; `root` is the key of what it is a part of."""

    kind: str
    name: str
    room: str = ""
    root: str = ""


@dataclass(frozen=True, slots=True)
class Things:
    """The devices of a house, and the roots that they are parts of, by their keys."""

    devices: Mapping[str, Thing] = field(default_factory=dict)
    roots: Mapping[str, Thing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Things that look alike: nobody but the owner knows which is which now."""

    known: tuple[str, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Known keys that became others, and what only the owner knows.

    A key that has another thing now while its own is gone becomes one that no hub
    gives (`retired_key`). `waiting` are the devices seen that get no entity until the
    questions are answered, and `asked` the known ones that they may be.
    """

    devices: Mapping[str, str] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    waiting: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    @property
    def renames(self) -> bool:
        """Whether anything has another key now."""
        return bool(self.devices or self.roots)


def things_of(house: House) -> Things:
    """Return the things of a house."""
    rooms = {room.id: plain(room.name) for room in house.rooms.values()}
    roots = {
        key: Thing(ROOT, plain(root.name), rooms.get(root.room_id or "", ""))
        for key, root in house.roots.items()
    }
    devices = {}
    for key, device in house.devices.items():
        root = device.root_id if device.root_id in roots else None
        room = "" if root else rooms.get(device.room_id or "", "")
        kind = type(device).__name__
        devices[key] = Thing(kind, plain(device.name), room, root or "")
    return Things(devices, roots)


def same_structure(last: House, house: House) -> bool:
    """Return whether two houses have the same things, by name, kind and place."""
    before, now = last.devices, house.devices
    return (
        last.roots == house.roots
        and last.rooms == house.rooms
        and len(before) == len(now)
        and all(
            (old := before.get(key)) is device
            or (old is not None and _structure(old) == _structure(device))
            for key, device in now.items()
        )
    )


def _structure(device: Device) -> tuple[object, ...]:
    return type(device), device.name, device.room_id, device.root_id


def plain(name: str) -> str:
    """Return a name without case and doubled blanks."""
    return " ".join(name.casefold().split())


def retired_key(key: str, taken: Collection[str]) -> str:
    """Return the key of a thing that is gone while its own key has another thing."""
    number, new = 1, f"{key}-{_GONE}"
    while new in taken:
        number += 1
        new = f"{key}-{_GONE}{number}"
    return new


def base_key(key: str, things: Things) -> str | None:
    """Return the device that another one's key begins with, and which it goes with."""
    if key.count("-") < _PARTED:
        return None
    base, _, rest = key.rpartition("-")
    own = rest.startswith(_GONE) or base not in things.devices
    return None if own else base


def compare(
    known: Things,
    seen: Things,
    answers: Answers | None = None,
    kinds_of_owner: Collection[str] = (),
) -> Comparison:
    """Return which known device is which in a complete house.

    `answers` are those of the owner to questions: what each known key is now, or None
    where it is gone. `kinds_of_owner` are the keys whose kind the owner set: such a
    device is of another kind under another key, until the setting is renamed with it.
    """
    if known == seen:
        return Comparison()
    answers = answers or {}
    roots, root_questions = _match(known.roots, seen.roots, answers)
    roots |= _groups_renamed(known, seen, roots)
    devices, questions = _match(
        {
            key: replace(thing, root=now) if (now := roots.get(thing.root)) else thing
            for key, thing in _independent(known, _of(root_questions, "known"))
        },
        dict(_independent(seen, _of(root_questions, "seen"))),
        answers,
        kinds_of_owner,
    )
    for key in known.devices if devices else ():
        if (base := base_key(key, known)) is not None and base in devices:
            devices[key] = f"{devices[base]}{key.removeprefix(base)}"
    questions += root_questions
    return Comparison(
        devices=devices,
        roots=roots,
        questions=tuple(questions),
        waiting=_concerned(seen, _of(questions, "seen")) & seen.devices.keys(),
        asked=_concerned(known, _of(questions, "known")),
    )


def _independent(things: Things, asked: Collection[str]) -> Iterable[tuple[str, Thing]]:
    """Yield the devices but those that go with others, or with what is asked about."""
    for key, thing in things.devices.items():
        if thing.root not in asked and base_key(key, things) is None:
            yield key, thing


def _concerned(things: Things, asked: frozenset[str]) -> frozenset[str]:
    """Return what is asked about, and what goes with it or is a part of it."""
    if not asked:
        return asked
    return asked | {
        key
        for key, thing in things.devices.items()
        if thing.root in asked or base_key(key, things) in asked
    }


def uncertain(
    known: Things, seen: Things, kinds_of_owner: Collection[str] = ()
) -> frozenset[str]:
    """Return the devices of a house that is not complete that may be others.

    That is what has a key of another thing, and a new key of a kind of which others
    are missing: it may be one of these. `kinds_of_owner` is as for `compare`.
    """
    comparison = compare(known, seen, kinds_of_owner=kinds_of_owner)
    missing = {
        thing.kind for key, thing in known.devices.items() if key not in seen.devices
    }
    moved = {*comparison.devices.values(), *comparison.devices}
    return comparison.waiting | {
        key
        for key, thing in seen.devices.items()
        if key in moved or (key not in known.devices and thing.kind in missing)
    }


def _of(questions: Iterable[Question], side: str) -> frozenset[str]:
    return frozenset(key for each in questions for key in getattr(each, side))


def _match(
    known: Mapping[str, Thing],
    seen: Mapping[str, Thing],
    answers: Answers,
    kinds_of_owner: Collection[str] = (),
) -> tuple[dict[str, str], list[Question]]:
    """Return which known keys became others, and what is ambiguous."""
    pairs = {
        key: now
        for key in known
        if (now := answers.get(key)) is not None and now in seen
    }
    olds = _changed(known, seen, except_for=answers.keys())
    news = _changed(seen, known, except_for={*pairs.values()})
    alike = []
    for thing, keys in olds.items():
        there = news.get(thing, [])
        if len(keys) == len(there) == 1:
            pairs[keys[0]] = there[0]
        elif there:
            alike.append((keys, there))
    if kinds_of_owner:
        pairs |= _of_any_kind(olds, news, pairs, kinds_of_owner)
    claimed = {*pairs.values()}
    # A key that is still there and that nothing else claims has a new name.
    other = {key for key in known.keys() & seen.keys() if _other(known[key], seen[key])}
    questions = []
    for keys, there in alike:
        left = [k for k in keys if k not in seen or k in claimed or k in other]
        came = [k for k in there if k not in known or k in pairs or k in other]
        if len(left) == len(came) == 1:
            pairs[left[0]] = came[0]
        elif left and came:
            questions.append(Question(tuple(left), tuple(came)))
    # Keys that have another thing now, while their own is nowhere.
    displaced = other | (known.keys() & seen.keys() & {*pairs.values(), *answers})
    taken = known.keys() | seen.keys()
    retired = {key: retired_key(key, taken) for key in displaced - pairs.keys()}
    return pairs | retired, questions


def _changed(
    these: Mapping[str, Thing], others: Mapping[str, Thing], except_for: Collection[str]
) -> dict[Thing, list[str]]:
    """Return by things the keys that do not stand for the same on the other side."""
    found: dict[Thing, list[str]] = defaultdict(list)
    for key, thing in these.items():
        other = others.get(key)
        if other is not thing and other != thing and key not in except_for:
            found[thing].append(key)
    return found


def _of_any_kind(
    olds: Mapping[Thing, list[str]],
    news: Mapping[Thing, list[str]],
    pairs: Mapping[str, str],
    kinds_of_owner: Collection[str],
) -> dict[str, str]:
    """Return pairs by name and place alone, where the owner set the kind of one."""
    left = _by_place(olds, pairs.keys())
    came = _by_place(news, {*pairs.values()})
    return {
        old[0]: now[0]
        for place, old in left.items()
        if len(old) == len(now := came.get(place, [])) == 1
        and old != now
        and (old[0] in kinds_of_owner or now[0] in kinds_of_owner)
    }


def _by_place(
    these: Mapping[Thing, list[str]], except_for: Collection[str]
) -> dict[Thing, list[str]]:
    found: dict[Thing, list[str]] = defaultdict(list)
    for thing, keys in these.items():
        if left := [key for key in keys if key not in except_for]:
            found[replace(thing, kind="")] += left
    return found


def _other(known: Thing, seen: Thing) -> bool:
    """Return whether a key does not explain what is seen: neither kind nor name."""
    return known.kind != seen.kind and known.name != seen.name


def _groups_renamed(
    known: Things, seen: Things, pairs: Mapping[str, str]
) -> dict[str, str]:
    """Return roots that only their name makes, whose parts all went to one new root."""
    gone = known.roots.keys() - seen.roots.keys() - pairs.keys()
    new = seen.roots.keys() - known.roots.keys() - {*pairs.values()}
    parts: dict[str, set[str]] = defaultdict(set)
    for key, thing in known.devices.items():
        if thing.root in gone and key in seen.devices:
            parts[thing.root].add(seen.devices[key].root)
    found: dict[str, str] = {}
    for root, now in parts.items():
        if len(now) == 1 and now <= new - {*found.values()}:
            (found[root],) = now
    return found
