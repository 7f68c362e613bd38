"""What is so in the two simulated houses, as docs/voice.md puts it, and how to make it so."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
import re
from typing import Any, NamedTuple

from simulator.clock import ManualClock
from simulator.homeseer import Model
from simulator.homeseer.feature import Feature
from simulator.house import House, Sensor, Shade

PAGE = Path("docs/voice.md")
DONE = 40.0
LOCKED = {"locked": True, "unlocked": False, "unknown": None}


class Line(NamedTuple):
    """What somebody says; what is answered if it is a question; and what is so."""

    text: str
    says: str
    facts: list[str]


def chapters() -> Iterator[tuple[str, str, list[Line]]]:
    """Yield the tables of the page: language, title and lines."""
    for part in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE):
        if found := re.match(r"(English|German): .+", part):
            rows = re.findall(
                r"^\| (.+?) \| (?:“(.+)”)? \| (.+) \|$", part, re.MULTILINE
            )
            lines = [Line(text, says, what.split("<br>")) for text, says, what in rows]
            yield {"English": "en", "German": "de"}[found[1]], found[0], lines


@dataclass(frozen=True, slots=True)
class Houses:
    """Both houses as they are, whatever Home Assistant thinks."""

    crestron: House
    homeseer: Model
    clock: ManualClock

    def arrange(self, facts: Iterable[str]) -> None:
        """Make it so before a sentence."""
        for fact in facts:
            if found := _parts(fact):
                thing, what, value = self._read(found[0], found[1])
                if isinstance(thing, Feature):
                    thing.set(value)
                else:
                    thing.jump(what, value)

    def later_wrong(self, fact: str) -> str | None:
        """Let the slowest shade travel, and look whether it is so."""
        self.clock.advance(DONE)
        return self.wrong(fact)

    def wrong(self, fact: str) -> str | None:
        """Look whether it is so after the sentence; return what is wrong."""
        if (found := _parts(fact)) is None:
            fired = [event.name for event in self.homeseer.fired]
            return None if any(name in fact for name in fired) else f"only {fired} ran"
        thing, what, value = self._read(found[0], found[2])
        now = getattr(thing, what)
        close = isinstance(now, float) and abs(now - value) < 0.006
        return None if close or now == value else f"{fact}, but it is {now}"

    def _read(self, name: str, told: str) -> tuple[Any, str, Any]:
        """Return the thing, the name of what is told of it, and the value."""
        what, _, number = told.rpartition(" ")
        thing = self._find(name, of_homeseer=what == "value")
        if number == "%":
            what = "position" if isinstance(thing, Shade) else "level"
            return thing, what, float(told[:-1]) / 100
        if told in LOCKED:
            return thing, "locked", LOCKED[told]
        if told in {"on", "off"}:
            what = "presence" if isinstance(thing, Sensor) else "power"
            return thing, what, told == "on"
        return thing, what, float(number)

    def _find(self, name: str, *, of_homeseer: bool) -> Any:
        """Find a thing; its name may begin with its room, or with its device's name."""
        words = name.split(" ")
        for cut in range(len(words)):
            of, thing = " ".join(words[:cut]) or None, " ".join(words[cut:])
            with suppress(LookupError):
                if of_homeseer:
                    return self.homeseer.find(thing, root=of)
                return self.crestron.find(thing, room=of)
        raise LookupError(name)


def _parts(fact: str) -> tuple[str, str, str] | None:
    """Split what is so into thing, before and after; an event has none of them."""
    found = re.fullmatch(r"event .+ runs|(.+?): (.+?)(?: → (.+))?", fact)
    assert found is not None, fact
    thing, before, after = found.groups()
    return (thing, before, after or before) if thing else None
