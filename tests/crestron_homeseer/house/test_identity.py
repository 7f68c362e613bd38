"""Which device is which, as a pure comparison of two houses."""

from collections import Counter
from dataclasses import replace
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
# What a letter stands for after a key.
LETTERS = {
    "K": KITCHEN,
    "P": replace(KITCHEN, kind="Switch"),
    "H": HALL,
    "Q": replace(HALL, kind="Switch"),
    "A": ACCENT,
    "L": replace(ACCENT, name="lamp"),
    "F": FRONT,
    "O": replace(FRONT, name="old door"),
    "G": Thing("Lock", "garden door", "garden"),
}
FOUR = "1A 2A 3A 4A"


def things(text: str) -> dict[str, Thing]:
    """Return things by their keys, of a text like "1K 2H"."""
    return {part[:-1]: LETTERS[part[-1]] for part in text.split()}


def renames(text: str) -> dict[str, str]:
    """Return what became of keys, of a text like "1>2 3>"."""
    return dict(part.split(">") for part in text.split())


# What was known, what is seen, and what became of which key, or the question of which
# is which. After that, what the owner has answered, and the kinds that he had set.
CASES: dict[str, tuple[str, ...]] = {
    "nothing was known": ("", "1F 2F", ""),
    "one is gone": ("1F 2G", "1F", ""),
    "renamed, and what has its old name is new": ("1F", "1O 2F", "1>2"),
    "of another room or name": ("1K 2F", "1H 2O", ""),
    "of another kind": ("1K", "1P", ""),
    "of another kind and name": ("1K", "1F", "1>1-gone"),
    "of another kind, and itself elsewhere": ("1K", "1F 2K", "1>2"),
    "another kind, name or room is another thing": ("1K", "2H 3P", ""),
    "its kind was the owner's word": ("1P 2H", "8K 9H", "1>8 2>9", "", "1"),
    "swapped with that": ("1P 2H", "1Q 2K", "1>2 2>1", "", "1"),
    "the owner said of what kind it is": ("1K", "1P", "", "", "1"),
    "several may be what he spoke of": ("1P 2P", "8K 9K", "", "", "12"),
    "shifted, the first is gone": ("1K 2H 3A", "1H 2A", "1>1-gone 2>1 3>2"),
    "shifted, the first is new": ("1H 2A", "1K 2H 3A", "1>2 2>3"),
    "a key went to another twice": ("1K 1-goneG 2H", "1H", "1>1-gone2 2>1"),
    "alike, and numbered anew": (FOUR, "5A 6A 7A 8A", "1234?5678"),
    "alike, and only one has another key": (FOUR, "1A 2A 3A 5A", "4>5"),
    "alike, and half have other keys": (FOUR, "1A 2A 5A 6A", "34?56"),
    "alike, and one of two has another name": ("1A 2A", "1A 2L", ""),
    "alike, and the key of one went to a third": ("1A 2A 3H", "1H 2L 5A", "3>1 1>5"),
    "alike, and the key of one is another's now": ("1A 2A", "1F 2L 5A", "1>5"),
    "alike, said by the owner": (FOUR, "5A 6A 7A 8A", "1>6 2>5", "1>6 2>5 3> 4>"),
    "said, and gone meanwhile": (FOUR, "5A 6A 7A", "1>5", "1>5 2>9 3> 4>"),
    "the last that he did not speak of": ("1A 2A", "5A 6A", "1>6 2>5", "1>6"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_which_is_which(case: tuple[str, ...]) -> None:
    known, seen, became, said, kinds_of_owner = (*case, "", "")[:5]
    old, _, new = became.partition("?") if "?" in became else ("", "", "")
    expected = Comparison(
        devices={} if old else renames(became),
        questions=(Question(tuple(old), tuple(new)),) if old else (),
        waiting=frozenset(new),
        asked=frozenset(old),
    )
    answers: Answers = {key: now or None for key, now in renames(said).items()}
    found = compare(
        Things(things(known)), Things(things(seen)), answers, kinds_of_owner
    )
    assert found == expected
    assert found.renames is bool(expected.devices)


def test_a_part_goes_with_its_device_and_is_not_asked_about() -> None:
    scene, matches = Thing("Scene", "all on"), Thing("Detector", "all on")
    known = {"s-1": scene, "s-1-matches": matches}
    seen = {"s-7": scene, "s-7-matches": replace(matches, name="another word")}
    found = compare(Things(known), Things(seen))
    assert found.devices == {"s-1": "s-7", "s-1-matches": "s-7-matches"}
    known |= {"s-2": scene, "s-2-matches": matches}
    seen |= {"s-8": scene, "s-8-matches": matches}
    assert compare(Things(known), Things(seen)) == Comparison(
        questions=(Question(("s-1", "s-2"), ("s-7", "s-8")),),
        waiting=frozenset(seen),
        asked=frozenset(known),
    )


# Two scenes, by the rooms or groups that they are parts of before and after, by the
# names of these, and which became which.
@pytest.mark.parametrize(
    ("before", "after", "names", "became"),
    [
        ("rr", "99", {"r": "hall", "9": "hall"}, {"r": "9"}),
        # A group that its name makes is renamed; one whose parts went to two is
        # neither, and one that was there is no new one.
        ("rr", "pp", {"r": "hall", "p": "parlour"}, {"r": "p"}),
        ("rr", "ab", {"r": "hall", "a": "a", "b": "b"}, {}),
        ("rb", "bb", {"r": "hall", "b": "attic"}, {}),
    ],
)
def test_what_becomes_of_a_room(
    before: str, after: str, names: dict[str, str], became: dict[str, str]
) -> None:
    known, seen = (
        Things(
            {
                "1": Thing("Scene", "all on", root=parents[0]),
                "2": Thing("Scene", "all off", root=parents[1]),
            },
            {key: Thing(ROOT, names[key]) for key in parents},
        )
        for parents in (before, after)
    )
    assert compare(known, seen) == Comparison(roots=became)


@pytest.mark.parametrize("said", [{}, {"r": "6", "s": "5"}])
def test_two_rooms_that_look_alike(said: dict[str, str]) -> None:
    # A scene in each of them, numbered anew with its room.
    known, seen = (
        Things(
            {key: Thing("Scene", "all on", root=root) for key, root in pairs.items()},
            {root: Thing(ROOT, "hall") for root in pairs.values()},
        )
        for pairs in ({"1": "r", "2": "s"}, {"5": "5", "6": "6"})
    )
    assert compare(known, seen, said) == (
        Comparison(devices={"1": "6", "2": "5"}, roots=said)
        if said
        else Comparison(
            questions=(Question(("r", "s"), ("5", "6")),),
            waiting=frozenset("56"),
            asked=frozenset("12rs"),
        )
    )


@pytest.mark.parametrize(
    ("known", "seen", "waiting"),
    [
        ("1F", "1F 2K", ""),
        ("1F 2K", "1F", ""),
        # It may be what is missing, whatever it is called for now.
        ("1F 2K", "1F 3H", "3"),
        ("1F 2G", "1G 2F", "12"),
        (FOUR, "1A 2A 5A 6A", "56"),
    ],
)
def test_what_may_be_another_before_all_was_seen(
    known: str, seen: str, waiting: str
) -> None:
    found = uncertain(Things(things(known)), Things(things(seen)))
    assert found == frozenset(waiting)


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
