"""What features were taken for, remembered: a decision stays until the structure changes."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final
import zlib

from .binding import Part
from .clues import Clues
from .evidence import decide
from .features import Feature
from .meaning import SHOWN, Meaning, What
from .settings import meant

MEMORY_KEY: Final = "decisions"
_SHAPE, _NAME = "shape", "called"
# What is made of several features is not decided here.
_TOGETHER = frozenset({What.CLIMATE, What.PLAYER})
# They are kept by the keys that devices have: who renames these renames them, too.
_KEY: Final = "ref-"
type Kept = dict[str, dict[str, Any]]


def shape_of(part: Part) -> int:
    """Return a number for what a decision hangs on: type, controls and root.

    No ref is in it, no name and no text: these come and go, and the thing stays.
    """
    feature, root = part.feature, part.root
    above = None if root is None else (root.api, root.type, root.subtype)
    controls = tuple(
        (pair.use, pair.label, pair.value, pair.type, pair.range)
        for pair in part.controls.pairs
    )
    own = (feature.api, feature.type, feature.subtype, feature.type_string)
    said = repr((own, feature.interface, above, controls))
    return zlib.crc32(said.encode("utf-8", "replace"))


class Decisions:
    """Decides what features are, once each; kept in a hub's memory as plain JSON."""

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take the memory; what makes no sense in it is decided anew."""
        self._memory = memory
        self._kept = _read(memory.get(MEMORY_KEY))
        self._names = _names(memory.get(MEMORY_KEY))
        # What was kept when the features came that are decided of now.
        self._features: Mapping[int, Feature] = {}
        self._before: dict[tuple[int, str], list[int]] | None = None
        self._meant: dict[int, tuple[int, Meaning]] = {}
        self._called: dict[int, str] = {}
        # What each feature was taken for in the last classification.
        self.last: dict[int, Meaning] = {}
        self._shapes: dict[int, tuple[Part, int]] = {}
        self._changed = False
        # Whether another structure is one: a system that starts tells little.
        self.settled = True

    def begin(self, features: Mapping[int, Feature]) -> None:
        """Take the features that are decided of."""
        self._features = features
        self._meant, self._called = dict(self._kept), dict(self._names)
        self._before = None

    def of(self, part: Part, override: str | None = None) -> Meaning:
        """Return what a feature is: as the owner says, as before, or by evidence."""
        chosen = meant(override) if override is not None else None
        if chosen is None or chosen.what in _TOGETHER:
            chosen = self._automatic(part)
        elif (before := self._automatic(part)).what is chosen.what:
            # What was known of it besides still holds.
            detail, unit = chosen.detail or before.detail, before.unit
            chosen = replace(chosen, detail=detail, unit=unit, buttons=before.buttons)
        self.last[part.ref] = chosen
        return chosen

    def _automatic(self, part: Part) -> Meaning:
        shape = self._shape(part)
        self._follow(part, shape)
        known_shape, known = self._kept.get(part.ref, (None, None))
        if known is not None and known_shape != shape and not self.settled:
            return known
        if known is None or known_shape != shape:
            meaning = decide(Clues(part))
        elif known.open:
            meaning = _learned(known, part)
        else:
            return known
        if known_shape != shape or meaning is not known:
            self._kept[part.ref] = shape, meaning
            self._changed = True
        return meaning

    def _follow(self, part: Part, shape: int) -> None:
        """Take a decision along to the ref that its feature has now.

        By name and structure, where these are at one other ref only, and that has
        something else now: else what it is might change with its number.
        """
        ref, name = part.ref, part.feature.name
        if self._names.get(ref) == name:
            return
        self._names[ref] = name
        self._changed = True
        if self._before is None:
            self._before = self._elsewhere()
        refs = self._before.get((shape, name), ())
        if len(refs) == 1:
            self._kept[ref] = self._meant[refs[0]]

    def _elsewhere(self) -> dict[tuple[int, str], list[int]]:
        """Return which refs had a feature that they have no more."""
        found: dict[tuple[int, str], list[int]] = {}
        for ref, (shape, _) in self._meant.items():
            name, now = self._called.get(ref), self._features.get(ref)
            if name is not None and (now is None or now.name != name):
                found.setdefault((shape, name), []).append(ref)
        return found

    def _shape(self, part: Part) -> int:
        before, shape = self._shapes.get(part.ref, (None, 0))
        same = (
            before is not None
            and before.controls is part.controls
            and before.feature is part.feature
            and before.root is part.root
        )
        if not same:
            shape = shape_of(part)
            self._shapes[part.ref] = part, shape
        return shape

    def belongs(self, part: Part, meaning: Meaning) -> None:
        """Note what a feature is a part of."""
        self.last[part.ref] = meaning

    def keep(self, refs: Collection[int]) -> None:
        """Keep what was decided of the features that there are, and nothing else."""
        gone = (self._kept.keys() | self.last.keys()) - set(refs)
        for ref in gone:
            for memory in (self.last, self._shapes, self._kept, self._names):
                memory.pop(ref, None)
        if not (gone or self._changed):
            return
        self._changed = False
        kept: Kept = {
            f"{_KEY}{ref}": {
                _SHAPE: shape,
                _NAME: self._names.get(ref),
                **meaning.as_json(),
            }
            for ref, (shape, meaning) in sorted(self._kept.items())
        }
        if kept != self._memory.get(MEMORY_KEY):
            # Another object each time: whoever stores the memory sees that it changed.
            self._memory[MEMORY_KEY] = kept

    def undecided(self, ref: int) -> bool:
        """Return whether a feature had nothing to show when it was decided."""
        _, meaning = self._kept.get(ref, (None, None))
        return meaning is not None and meaning.open


def _learned(known: Meaning, part: Part) -> Meaning:
    """Return what a feature that had nothing to show is, now that it may have.

    It stays a sensor: which one is learned, and no other thing comes of it.
    """
    clues = Clues(part)
    if clues.lost:
        return known
    found = decide(clues)
    if found.what in SHOWN:
        return replace(found, hidden=known.hidden, buttons=known.buttons)
    return replace(known, open=False)


def _read(raw: object) -> dict[int, tuple[int, Meaning]]:
    """Return what can be understood of a memory; one that is damaged starts empty."""
    if not isinstance(raw, dict):
        return {}
    found: dict[int, tuple[int, Meaning]] = {}
    for key, item in raw.items():
        meaning = Meaning.from_json(item)
        shape = item.get(_SHAPE) if isinstance(item, dict) else None
        ref = str(key).removeprefix(_KEY)
        if meaning is None or type(shape) is not int or not ref.isdecimal():
            continue
        found[int(ref)] = shape, meaning
    return found


def _names(raw: object) -> dict[int, str]:
    """Return what features were called when they were decided."""
    return {
        int(ref): item[_NAME]
        for key, item in (raw.items() if isinstance(raw, dict) else ())
        if (ref := str(key).removeprefix(_KEY)).isdecimal()
        and isinstance(item, dict)
        and isinstance(item.get(_NAME), str)
    }
