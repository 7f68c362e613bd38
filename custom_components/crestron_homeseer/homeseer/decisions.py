"""What features were taken for, remembered: a decision stays until the structure changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
import zlib

from .binding import Part
from .evidence import decide
from .features import Feature
from .settings import Meaning, What, meant
from .states import is_nothing

MEMORY_KEY: Final = "decisions"
# They are kept by the keys that devices have: who renames these renames them, too.
_KEY: Final = "ref-"
# What is made of several features is not decided here.
_GROUPS = frozenset({What.CLIMATE, What.PLAYER})
# Which of these a feature is may still be learned: each is one entity, a sensor.
_SENSORS = frozenset({What.READING, What.TEXT, What.BATTERY})


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
        self._kept: dict[int, Meaning] = {}
        raw = memory.get(MEMORY_KEY)
        for key, item in raw.items() if isinstance(raw, dict) else ():
            meaning, ref = Meaning.from_json(item), str(key).removeprefix(_KEY)
            if meaning is not None and ref.isdecimal():
                self._kept[int(ref)] = meaning
        # What features were that were left out of the last answer.
        self._gone: list[Meaning] = []
        # What was kept of features that are gone or renamed, by shape and name.
        self._moved: dict[tuple[int, str | None], list[Meaning]] = {}
        # What each feature was taken for in the last classification.
        self.last: dict[int, Meaning] = {}
        # Whether another structure is one: a system that starts tells little.
        self.settled = True

    def begin(self, features: Mapping[int, Feature]) -> None:
        """Take the features that are decided of."""
        self._moved = defaultdict(list)
        for gone in self._gone:
            self._moved[gone.shape, gone.called].append(gone)
        for ref, kept in self._kept.items():
            if ref not in features or features[ref].name != kept.called:
                self._moved[kept.shape, kept.called].append(kept)

    def of(self, part: Part, override: str | None = None) -> Meaning:
        """Return what a feature is: as the owner says, as before, or by evidence."""
        self._kept[part.ref] = found = self._automatic(part)
        chosen = meant(override)
        if chosen is not None and chosen.what not in _GROUPS:
            if chosen.what is found.what:
                # What was known of it besides still holds.
                detail, unit = chosen.detail or found.detail, found.unit
                chosen = replace(
                    chosen, detail=detail, unit=unit, buttons=found.buttons
                )
            found = chosen
        self.last[part.ref] = found
        return found

    def _automatic(self, part: Part) -> Meaning:
        shape, name = shape_of(part), part.feature.name
        kept = self._kept.get(part.ref)
        if kept is None or (kept.shape, kept.called) != (shape, name):
            # A decision goes along to the ref that its feature has now, where name and
            # structure are at no other: else what it is might change with its number.
            moved = self._moved.get((shape, name), ())
            kept = moved[0] if len(moved) == 1 else kept and replace(kept, called=name)
        if kept is None or (kept.shape != shape and self.settled):
            return replace(decide(part), shape=shape, called=name)
        if kept.shape != shape or not kept.open or is_nothing(part.feature.status):
            return kept
        # It stays a sensor: which one is learned, and no other thing comes of it.
        found = decide(part)
        if found.what not in _SENSORS:
            return replace(kept, open=False)
        hidden, buttons = kept.hidden, kept.buttons
        return replace(found, hidden=hidden, buttons=buttons, shape=shape, called=name)

    def keep(self, features: Mapping[int, Feature]) -> None:
        """Keep what was decided of the features that there are, and what of others.

        An answer may leave features out: until the next start they are what they were
        when they come back. These are kept of as many as there are features.
        """
        here = {ref: each for ref, each in self._kept.items() if ref in features}
        back = {(each.shape, each.called) for each in here.values()}
        gone = [
            each
            for each in (*self._gone, *self._kept.values())
            if (each.shape, each.called) not in back
        ]
        self._kept, self._gone = here, gone[-len(features) :]
        self.last = {ref: each for ref, each in self.last.items() if ref in features}
        memory = {
            f"{_KEY}{ref}": self._kept[ref].as_json() for ref in sorted(self._kept)
        }
        if memory != self._memory.get(MEMORY_KEY, {}):
            # Another object each time: whoever stores the memory sees that it changed.
            self._memory[MEMORY_KEY] = memory

    def undecided(self, ref: int) -> bool:
        """Return whether a feature had nothing to show when it was decided."""
        return ref in self._kept and self._kept[ref].open
