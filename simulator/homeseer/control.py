"""What controls features: by value, label, index or use."""

from collections.abc import Callable, Iterator, Mapping
import contextlib
from dataclasses import dataclass, field

from simulator.faults import Faults
from simulator.recorder import Order

from .controls import TEXT_KINDS, Kind, Pair, find_pair
from .feature import Feature, Relationship
from .model import Model
from .settings import User


@dataclass(frozen=True, slots=True)
class Command:
    """A control that was carried out, and how it came in."""

    ref: int
    value: float
    how: str
    text: str = ""
    at: float = field(default=0.0, compare=False)


type Done = Callable[[], None]


class NotTaken(Exception):
    """A control that nobody takes."""


def as_number(text: str) -> float:
    """Read a number; only a point separates its decimals."""
    try:
        return float(text)
    except ValueError:
        raise NotTaken(text) from None


@dataclass(slots=True)
class Controls:
    """Carries out controls, and remembers what was asked and what was done."""

    model: Model
    faults: Faults
    done: list[Command] = field(default_factory=list)
    received: list[Order] = field(default_factory=list)

    @contextlib.contextmanager
    def order(self, target: str, action: str, value: object) -> Iterator[Done]:
        """Note what is asked; who does it calls what this gives."""
        done = []
        try:
            yield lambda: done.append(True)
        finally:
            ref, now = int(target) if target.isdecimal() else 0, self.model.clock.now()
            self.received.append(Order("homeseer", ref, action, value, bool(done), now))

    def feature(self, ref: str, user: User) -> Feature:
        """Find the feature that somebody wants to control."""
        feature = self.model.features.get(int(ref) if ref.isdecimal() else -1)
        if feature is None or not feature.told:
            raise NotTaken(ref)
        if not user.controls or not user.sees(feature.users):
            raise NotTaken(ref)
        return feature

    def by_value(self, ref: str, value: str, user: User, how: str = "value") -> Feature:
        """Send a value."""
        with self.order(ref, how, value) as done:
            feature, number = self.feature(ref, user), as_number(value)
            pair = find_pair(feature.controls, number)
            if pair is None:
                raise NotTaken(value)
            return self._do(feature, pair, number, how, done)

    def by_label(self, ref: str, label: str, user: User, how: str = "label") -> Feature:
        """Send what stands behind a label."""
        with self.order(ref, how, label) as done:
            feature = self.feature(ref, user)
            for pair in feature.controls:
                if pair.kind is Kind.TEXT_FROM_LIST and label in pair.choices:
                    return self._do(feature, pair, feature.value, how, done, label)
                if pair.kind in (*TEXT_KINDS, Kind.NUMBER_BOX):
                    continue
                if (value := pair.value_of(label)) is not None:
                    return self._do(feature, pair, value, how, done)
            raise NotTaken(label)

    def by_index(self, ref: str, index: str, text: str, user: User) -> Feature:
        """Send what the control with an index says, or a text with it."""
        with self.order(ref, "index", (index, text)) as done:
            feature = self.feature(ref, user)
            if not index.isdecimal() or int(index) >= len(feature.controls):
                raise NotTaken(index)
            pair = feature.controls[int(index)]
            return self._with_text(feature, pair, text, "index", done)

    def by_use(self, ref: str, use: str, value: str, text: str, user: User) -> Feature:
        """Find the control for a use among the features of a root."""
        with self.order(ref, "use", (use, text or value)) as done:
            root = self.feature(ref, user)
            if root.relationship is Relationship.CHILD:
                raise NotTaken(ref)
            for feature in (*self.model.children(root.ref), root):
                for pair in feature.controls:
                    if str(int(pair.use)) == use.strip():
                        self.feature(str(feature.ref), user)
                        sent = text if pair.kind in TEXT_KINDS else text or value
                        return self._with_text(feature, pair, sent, "use", done)
            raise NotTaken(use)

    def _with_text(
        self, feature: Feature, pair: Pair, text: str, how: str, done: Done
    ) -> Feature:
        if pair.kind in TEXT_KINDS:
            if pair.choices and text not in pair.choices:
                raise NotTaken(text)
            return self._do(feature, pair, feature.value, how, done, text)
        if pair.kind is Kind.NUMBER_BOX or (pair.span is not None and text):
            number = as_number(text)
            if not pair.takes(number):
                raise NotTaken(text)
            return self._do(feature, pair, number, how, done)
        return self._do(feature, pair, pair.value, how, done)

    def _do(
        self,
        feature: Feature,
        pair: Pair,
        value: float,
        how: str,
        done: Done,
        text: str = "",
    ) -> Feature:
        topic = f"controldeviceby{'controluse' if how == 'use' else how}"
        failing = self.faults.hit("partial_failure", topic)
        if failing is not None and (not failing.ids or feature.ref in failing.ids):
            raise NotTaken(str(feature.ref))
        if self.faults.hit("command_failure", topic):
            raise NotTaken(str(feature.ref))
        if not self.faults.hit("command_not_executed", topic):
            now = self.model.clock.now()
            self.done.append(Command(feature.ref, value, how, text, now))
            feature.order(pair, value, text)
            done()
        return feature

    def requests(self) -> Mapping[str, Callable[[Mapping[str, str], User], Feature]]:
        """Tell which request does what with its parameters."""
        return {
            "controldevicebyvalue": lambda given, user: self.by_value(
                given.get("ref", ""), given.get("value", ""), user
            ),
            "controldevicebylabel": lambda given, user: self.by_label(
                given.get("ref", ""), given.get("label", ""), user
            ),
            "controldevicebyindex": lambda given, user: self.by_index(
                given.get("ref", ""),
                given.get("value", ""),
                given.get("string", ""),
                user,
            ),
            "controldevicebycontroluse": lambda given, user: self.by_use(
                given.get("ref", ""),
                given.get("controluse", ""),
                given.get("value", ""),
                given.get("string", ""),
                user,
            ),
        }
