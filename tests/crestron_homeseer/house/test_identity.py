"""Which device is which, as a pure comparison of two houses."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.crestron_homeseer.house.identity import (
    ROOT,
    Answers,
    Comparison,
    Question,
    Thing,
    Things,
    compare,
    uncertain,
)

KITCHEN = Thing("Light", "spots", "kitchen")
HALL = Thing("Light", "spots", "hall")
ACCENT = Thing("Light", "accent", "hall")
FRONT = Thing("Lock", "front door", "hall")
GARDEN = Thing("Lock", "garden door", "garden")
ROOM = Thing(ROOT, "hall", "hall")
SCENE = Thing("Scene", "all on", root="r1")


@dataclass(frozen=True)
class Case:
    """What was known, what is seen, and which is which."""

    known: dict[str, Thing]
    seen: dict[str, Thing]
    devices: dict[str, str] = field(default_factory=dict)
    roots: tuple[dict[str, Thing], dict[str, Thing]] = field(
        default_factory=lambda: ({}, {})
    )
    renamed_roots: dict[str, str] = field(default_factory=dict)
    questions: list[tuple[str, str]] = field(default_factory=list)
    waiting: str = ""
    asked: str = ""
    decided: Answers = field(default_factory=dict)
    kinds_of_owner: str = ""


PLUG = replace(KITCHEN, kind="Switch")
FOUR = dict.fromkeys("1234", ACCENT)

MATCHES = replace(SCENE, kind="Detector")
# A scene and what goes with it, and two more of them that look the same.
WITH_IT = {"s-1": SCENE, "s-1-matches": MATCHES}
OTHERS = {"s-2": SCENE, "s-2-matches": MATCHES}

# A scene in each of two rooms that look alike, numbered anew with them.
TWO_ROOMS = (
    {"1": SCENE, "2": replace(SCENE, root="r2")},
    {"5": replace(SCENE, root="r5"), "6": replace(SCENE, root="r6")},
)

CASES = {
    "a part goes with its device": Case(
        WITH_IT,
        {"s-7": SCENE, "s-7-matches": replace(MATCHES, name="another word")},
        {"s-1": "s-7", "s-1-matches": "s-7-matches"},
    ),
    "of alike devices, their parts are not asked about": Case(
        WITH_IT | OTHERS,
        {key.replace("-", "-1"): thing for key, thing in (WITH_IT | OTHERS).items()},
        questions=[("s-1 s-2", "s-11 s-12")],
        waiting="s-11 s-12 s-11-1matches s-12-1matches",
        asked="s-1 s-2 s-1-matches s-2-matches",
    ),
    "nothing was known": Case({}, {"1": FRONT, "2": FRONT}),
    "one is gone": Case({"1": FRONT, "2": GARDEN}, {"1": FRONT}),
    "renamed, and what has its old name is new": Case(
        {"1": FRONT},
        {"1": replace(FRONT, name="old door"), "2": FRONT},
        {"1": "2"},
    ),
    "of another kind": Case({"1": KITCHEN}, {"1": replace(KITCHEN, kind="Switch")}),
    "of another kind and name": Case({"1": KITCHEN}, {"1": FRONT}, {"1": "1-gone"}),
    "of another kind, and itself elsewhere": Case(
        {"1": KITCHEN}, {"1": FRONT, "2": KITCHEN}, {"1": "2"}
    ),
    "its kind was the owner's word": Case(
        {"1": PLUG, "2": HALL},
        {"8": KITCHEN, "9": HALL},
        {"1": "8", "2": "9"},
        kinds_of_owner="1",
    ),
    "swapped with one whose kind was the owner's word": Case(
        {"1": PLUG, "2": HALL},
        {"1": replace(HALL, kind="Switch"), "2": KITCHEN},
        {"1": "2", "2": "1"},
        kinds_of_owner="1",
    ),
    "the owner said of what kind it is": Case(
        {"1": KITCHEN}, {"1": PLUG}, kinds_of_owner="1"
    ),
    "several may be what the owner's word was about": Case(
        {"1": PLUG, "2": PLUG}, {"8": KITCHEN, "9": KITCHEN}, kinds_of_owner="12"
    ),
    "another kind, name or room is another thing": Case(
        {"1": KITCHEN}, {"2": HALL, "3": replace(KITCHEN, kind="Fan")}
    ),
    "shifted, the first is gone": Case(
        {"1": KITCHEN, "2": HALL, "3": ACCENT},
        {"1": HALL, "2": ACCENT},
        {"1": "1-gone", "2": "1", "3": "2"},
    ),
    "shifted, the first is new": Case(
        {"1": HALL, "2": ACCENT},
        {"1": KITCHEN, "2": HALL, "3": ACCENT},
        {"1": "2", "2": "3"},
    ),
    "the key of one that is gone went to another twice": Case(
        {"1": KITCHEN, "1-gone": GARDEN, "2": HALL},
        {"1": HALL},
        {"1": "1-gone2", "2": "1"},
    ),
    "alike, and numbered anew": Case(
        FOUR,
        dict.fromkeys("5678", ACCENT),
        questions=[("1234", "5678")],
        waiting="5678",
        asked="1234",
    ),
    "alike, and only one has another key": Case(
        FOUR, dict.fromkeys("1235", ACCENT), {"4": "5"}
    ),
    "alike, and half have other keys": Case(
        FOUR,
        dict.fromkeys("1256", ACCENT),
        questions=[("34", "56")],
        waiting="56",
        asked="34",
    ),
    "alike, and one of two has another name": Case(
        {"1": ACCENT, "2": ACCENT},
        {"1": ACCENT, "2": replace(ACCENT, name="lamp")},
    ),
    "alike, said by the owner": Case(
        FOUR,
        dict.fromkeys("5678", ACCENT),
        {"1": "6", "2": "5"},
        decided={"1": "6", "2": "5", "3": None, "4": None},
    ),
    "what the owner said of what is gone meanwhile": Case(
        FOUR,
        dict.fromkeys("567", ACCENT),
        {"1": "5"},
        decided={"1": "5", "2": "9", "3": None, "4": None},
    ),
    "the last that the owner did not speak of": Case(
        {"1": ACCENT, "2": ACCENT},
        {"5": ACCENT, "6": ACCENT},
        {"1": "6", "2": "5"},
        decided={"1": "6"},
    ),
    "its room is numbered anew": Case(
        {"1": SCENE},
        {"5": replace(SCENE, root="r9")},
        {"1": "5"},
        roots=({"r1": ROOM}, {"r9": ROOM}),
        renamed_roots={"r1": "r9"},
    ),
    "only its room is numbered anew": Case(
        {"1": SCENE},
        {"1": replace(SCENE, root="r9")},
        roots=({"r1": ROOM}, {"r9": ROOM}),
        renamed_roots={"r1": "r9"},
    ),
    "a group that its name makes is renamed": Case(
        {"1": SCENE, "2": replace(SCENE, name="all off")},
        {
            "1": replace(SCENE, root="parlour"),
            "2": replace(SCENE, name="all off", root="parlour"),
        },
        roots=({"r1": ROOM}, {"parlour": Thing(ROOT, "parlour")}),
        renamed_roots={"r1": "parlour"},
    ),
    "a group whose parts went to two is none of them": Case(
        {"1": SCENE, "2": replace(SCENE, name="all off")},
        {
            "1": replace(SCENE, root="a"),
            "2": replace(SCENE, name="all off", root="b"),
        },
        roots=({"r1": ROOM}, {"a": Thing(ROOT, "a"), "b": Thing(ROOT, "b")}),
    ),
    "a part that moved to a group that was there": Case(
        {"1": SCENE},
        {"1": replace(SCENE, root="r2")},
        roots=(
            {"r1": ROOM, "r2": Thing(ROOT, "attic")},
            {"r2": Thing(ROOT, "attic")},
        ),
    ),
    "two rooms that look alike": Case(
        *TWO_ROOMS,
        roots=({"r1": ROOM, "r2": ROOM}, {"r5": ROOM, "r6": ROOM}),
        questions=[("r1 r2", "r5 r6")],
        waiting="56",
        asked="12",
    ),
    "two rooms that look alike, said by the owner": Case(
        *TWO_ROOMS,
        {"1": "6", "2": "5"},
        roots=({"r1": ROOM, "r2": ROOM}, {"r5": ROOM, "r6": ROOM}),
        renamed_roots={"r1": "r6", "r2": "r5"},
        decided={"r1": "r6", "r2": "r5"},
    ),
}


def keys(text: str) -> tuple[str, ...]:
    return tuple(text.split()) if " " in text else tuple(text)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_which_is_which(case: Case) -> None:
    known = Things(case.known, case.roots[0])
    seen = Things(case.seen, case.roots[1])
    found = compare(known, seen, case.decided, case.kinds_of_owner)
    asked_roots = {key for pair in case.questions for key in keys(pair[0])}
    assert found == Comparison(
        devices=case.devices,
        roots=case.renamed_roots,
        questions=tuple(Question(keys(old), keys(new)) for old, new in case.questions),
        waiting=frozenset(keys(case.waiting)),
        asked=frozenset(keys(case.asked)) | asked_roots,
    )
    assert found.renames is bool(case.devices or case.renamed_roots)


@pytest.mark.parametrize(
    ("known", "seen", "waiting"),
    [
        ({"1": FRONT}, {"1": FRONT, "2": KITCHEN}, ""),
        ({"1": FRONT, "2": KITCHEN}, {"1": FRONT}, ""),
        # It may be what is missing, whatever it is called for now.
        ({"1": FRONT, "2": KITCHEN}, {"1": FRONT, "3": HALL}, "3"),
        ({"1": FRONT, "2": GARDEN}, {"1": GARDEN, "2": FRONT}, "12"),
        (FOUR, dict.fromkeys("1256", ACCENT), "56"),
    ],
)
def test_what_may_be_another_before_all_was_seen(
    known: dict[str, Thing], seen: dict[str, Thing], waiting: str
) -> None:
    assert uncertain(Things(known), Things(seen)) == frozenset(waiting)


# Random houses

NAMES = st.sampled_from(["lamp", "door", "spots", "accent"])
ROOMS = st.sampled_from(["hall", "kitchen", ""])
THINGS = st.builds(Thing, st.sampled_from(["Light", "Lock", "Scene"]), NAMES, ROOMS)
KEYS = st.integers(1, 12).map(str)
HOUSES = st.dictionaries(KEYS, THINGS, max_size=9)
UNIQUE = st.lists(THINGS, max_size=9, unique=True)
few = settings(max_examples=60, deadline=None, database=None)


@few
@given(HOUSES, HOUSES)
def test_no_two_become_one_and_nothing_another_kind(
    known: dict[str, Thing], seen: dict[str, Thing]
) -> None:
    found = compare(Things(known), Things(seen))
    assert max(Counter(found.devices.values()).values(), default=1) == 1
    assert found.devices.keys() <= known.keys()
    now = {found.devices.get(key, key) for key in known}
    assert len(now) == len(known)
    for old, new in found.devices.items():
        assert new not in seen or seen[new] == known[old]
    for question in found.questions:
        assert len({known[key] for key in question.known}) == 1
        assert {seen[key] for key in question.seen} == {known[question.known[0]]}
        assert not set(question.seen) & set(found.devices.values())
        # One whose key went to another thing has a key that no hub gives.
        assert not {found.devices.get(key) for key in question.known} & seen.keys()
    # Once it is taken over, there is nothing more to tell.
    assert compare(Things(known), Things(dict(known))) == Comparison()
    if not found.questions:
        after = {found.devices.get(key, key): thing for key, thing in known.items()}
        assert not compare(Things(after), Things(seen)).renames


@few
@given(UNIQUE, st.randoms(use_true_random=False))
def test_what_has_a_name_of_its_own_is_always_found(
    things: list[Thing], random: Random
) -> None:
    before = random.sample(range(20), len(things))
    after = random.sample(range(20), len(things))
    found = compare(
        Things(dict(zip(map(str, before), things, strict=True))),
        Things(dict(zip(map(str, after), things, strict=True))),
    )
    assert not found.questions
    assert {str(old): found.devices.get(str(old), str(old)) for old in before} == {
        str(old): str(new) for old, new in zip(before, after, strict=True)
    }


@few
@given(HOUSES, st.data())
def test_a_new_name_or_room_is_of_the_same_thing(
    house: dict[str, Thing], data: st.DataObject
) -> None:
    changed = data.draw(
        st.sets(st.sampled_from(sorted(house))) if house else st.just(set[str]())
    )
    part = data.draw(st.sampled_from(["name", "room"]))
    seen = {
        key: replace(thing, **{part: f"new {key}"}) if key in changed else thing
        for key, thing in house.items()
    }
    assert compare(Things(house), Things(seen)) == Comparison()
