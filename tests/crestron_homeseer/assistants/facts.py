"""What is so in the two simulated houses, and how to make it so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulator.homeseer import Model
from simulator.homeseer.feature import Feature
from simulator.house import House

VALUE, RUNS = "value", "runs"

WORDS = {
    ("locked", True): "locked",
    ("locked", False): "unlocked",
    ("locked", None): "unknown",
    ("presence", True): "on",
    ("presence", False): "off",
    ("power", True): "on",
    ("power", False): "off",
    ("muted", True): "muted",
    ("muted", False): "not muted",
}
FRACTIONS = ("position", "level", "volume")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so before a sentence, and so after it.

    Of HomeSeer, a fact is the value of a feature or that an event runs; everything
    else is of Crestron.
    """

    thing: str
    what: str
    before: Any
    after: Any
    room: str | None = None

    @property
    def told(self) -> str:
        """How a page for people puts it."""
        thing = f"{self.room} {self.thing}" if self.room else self.thing
        if self.what == RUNS:
            return f"event {thing} runs"
        if self.before == self.after:
            return f"{thing}: {self._word(self.after)}"
        return f"{thing}: {self._word(self.before)} → {self._word(self.after)}"

    def _word(self, value: Any) -> str:
        if self.what in FRACTIONS:
            return f"{value * 100:.0f} %"
        word = WORDS.get((self.what, value), value)
        # HomeSeer tells numbers; what they mean depends on the feature.
        if self.what == VALUE:
            return f"value {value:g}"
        return f"{self.what} {word}" if word is value else str(word)


def was(thing: str, what: str, value: Any, room: str | None = None) -> Fact:
    """Return what is so before a sentence, and stays so."""
    return Fact(thing, what, value, value, room)


@dataclass(frozen=True, slots=True, init=False)
class Line:
    """What somebody says; what the houses make of it, or what is answered."""

    text: str
    facts: tuple[Fact, ...]
    says: str | None

    def __init__(self, text: str, *facts: Fact, says: str | None = None) -> None:
        """Take the sentence, and `says` where it is a question."""
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "facts", facts)
        object.__setattr__(self, "says", says)

    @property
    def asks(self) -> bool:
        """Whether it only wants to know something."""
        return self.says is not None


@dataclass(frozen=True, slots=True)
class Houses:
    """Both houses as they are, whatever Home Assistant thinks."""

    crestron: House
    homeseer: Model

    def arrange(self, line: Line) -> None:
        """Make it so before a sentence."""
        for fact in line.facts:
            found = self._find(fact)
            if isinstance(found, Feature):
                found.set(fact.before)
            elif found is not None:
                found.jump(fact.what, fact.before)

    def _find(self, fact: Fact) -> Any:
        match fact.what:
            case "runs":
                return None
            case "value":
                # Of HomeSeer, the room stands for the device that a feature is of.
                return self.homeseer.find(fact.thing, root=fact.room)
        return self.crestron.find(fact.thing, room=fact.room)

    def begin(self, lines: Iterable[Line]) -> None:
        """Make everything so before the first sentence; what is asked for, for sure."""
        for line in sorted(lines, key=lambda line: line.asks):
            self.arrange(line)

    def confirm(self, fact: Fact) -> str | None:
        """Look whether it is so after the sentence; return what is wrong."""
        if fact.what == RUNS:
            fired = [event.name for event in self.homeseer.fired]
            return None if fact.after in fired else f"only {fired} ran"
        now = getattr(self._find(fact), fact.what)
        close = isinstance(now, float) and abs(now - fact.after) < 0.006
        return None if close or now == fact.after else f"{fact.told}, but it is {now}"
