"""What features were taken for, remembered: a decision stays until the structure changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple
import zlib

from ..house.fields import Fields
from .binding import Part
from .evidence import decide
from .features import Feature
from .making import Meaning, What
from .settings import meant
from .states import is_nothing

MEMORY_KEY: Final = "decisions"
_SHAPE, _NAME = "shape", "called"
# They are kept by the keys that devices have: who renames these renames them, too.
_KEY: Final = "ref-"
# What is made of several features is not decided here.
_GROUPS = frozenset({What.CLIMATE, What.PLAYER})
# Which of these a feature is may still be learned: each is one entity, a sensor.
_SENSORS = frozenset({What.READING, What.TEXT, What.BATTERY})


class Kept(NamedTuple):
    """A decision: what it hangs on, what the feature was called, what it was taken for."""

    shape: int
    name: str | None
    meaning: Meaning


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
    text = repr((own, feature.interface, above, controls))
    return zlib.crc32(text.encode("utf-8", "replace"))


class Decisions:
    """Decides what features are, once each; kept in a hub's memory as plain JSON."""

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take the memory; what makes no sense in it is decided anew."""
        self._memory = memory
        self._kept = _read(memory.get(MEMORY_KEY))
        # What was kept of features that are gone or renamed, by shape and name.
        self._moved: dict[tuple[int, str], list[Kept]] = {}
        self._changed = False
        # What each feature was taken for in the last classification.
        self.last: dict[int, Meaning] = {}
        # Whether another structure is one: a system that starts tells little.
        self.settled = True

    def begin(self, features: Mapping[int, Feature]) -> None:
        """Take the features that are decided of."""
        self._moved = {}
        for ref, kept in self._kept.items():
            feature = features.get(ref)
            renamed = feature is None or feature.name != kept.name
            if renamed and kept.name is not None:
                self._moved.setdefault((kept.shape, kept.name), []).append(kept)

    def of(self, part: Part, override: str | None = None) -> Meaning:
        """Return what a feature is: as the owner says, as before, or by evidence."""
        chosen = None if override is None else meant(override)
        before = self._automatic(part)
        if chosen is None or chosen.what in _GROUPS:
            chosen = before
        elif before.what is chosen.what:
            # What was known of it besides still holds.
            detail, unit = chosen.detail or before.detail, before.unit
            chosen = replace(chosen, detail=detail, unit=unit, buttons=before.buttons)
        self.last[part.ref] = chosen
        return chosen

    def _automatic(self, part: Part) -> Meaning:
        shape, name = shape_of(part), part.feature.name
        before = kept = self._kept.get(part.ref)
        if kept is None or kept.name != name:
            # A decision goes along to the ref that its feature has now, where name and
            # structure are at no other: else what it is might change with its number.
            moved = self._moved.get((shape, name), ())
            kept = moved[0] if len(moved) == 1 else kept and kept._replace(name=name)
        if kept is None or (kept.shape != shape and self.settled):
            kept = Kept(shape, name, decide(part))
        elif kept.shape == shape and kept.meaning.open:
            kept = kept._replace(meaning=_learned(kept.meaning, part))
        if kept != before:
            self._kept[part.ref] = kept
            self._changed = True
        return kept.meaning

    def keep(self, features: Mapping[int, Feature]) -> None:
        """Keep what was decided of the features that there are, and nothing else."""
        there = {ref: kept for ref, kept in self._kept.items() if ref in features}
        self.last = {ref: each for ref, each in self.last.items() if ref in features}
        if not self._changed and len(there) == len(self._kept):
            return
        self._kept, self._changed = there, False
        memory = {
            f"{_KEY}{ref}": {
                _SHAPE: kept.shape,
                _NAME: kept.name,
                **kept.meaning.as_json(),
            }
            for ref, kept in sorted(there.items())
        }
        if memory != self._memory.get(MEMORY_KEY):
            # Another object each time: whoever stores the memory sees that it changed.
            self._memory[MEMORY_KEY] = memory

    def undecided(self, ref: int) -> bool:
        """Return whether a feature had nothing to show when it was decided."""
        kept = self._kept.get(ref)
        return kept is not None and kept.meaning.open


def _learned(known: Meaning, part: Part) -> Meaning:
    """Return what a feature that had nothing to show is, now that it may have.

    It stays a sensor: which one is learned, and no other thing comes of it.
    """
    if is_nothing(part.feature.status):
        return known
    found = decide(part)
    if found.what in _SENSORS:
        return replace(found, hidden=known.hidden, buttons=known.buttons)
    return replace(known, open=False)


def _read(raw: object) -> dict[int, Kept]:
    """Return what can be understood of a memory; one that is damaged starts empty."""
    found: dict[int, Kept] = {}
    for key, item in raw.items() if isinstance(raw, dict) else ():
        fields = Fields(item)
        meaning, shape = Meaning.from_json(fields), fields.get(_SHAPE)
        ref = str(key).removeprefix(_KEY)
        if meaning is not None and type(shape) is int and ref.isdecimal():
            found[int(ref)] = Kept(shape, fields.text(_NAME), meaning)
    return found
