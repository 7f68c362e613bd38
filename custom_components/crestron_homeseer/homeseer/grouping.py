"""Features that make one device together: under one root, or at one place.

Each kind of device has a table of roles. A feature gets its roles by its structure
first (its type, the uses of its controls); where these are certain, also by its name.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
import re
from typing import ClassVar, Self

from ..house.kinds import TemperatureUnit
from ..house.words import folded
from .binding import Action, Binding, Facts, Features, Part, by_pair, declined, now
from .features import Pair, Use
from .states import is_gone

# Words and numbers: "Setpoint2" is both.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Role:
    """What gives a feature a role: types (API, type, subtype), or uses of its controls.

    `able` is what its controls must allow.
    """

    types: tuple[tuple[int, int, int | None], ...] = ()
    uses: Collection[Use] = ()
    able: Callable[[Part], object] = lambda _: True


@dataclass(eq=False)
class Group(ABC):
    """The features of one device by role.

    Features of `shared` roles are devices of their own as well.
    """

    # The first feature in the order of this table names the device.
    ROLES: ClassVar[Mapping[str, Role]]
    # Roles that one device has once: two features of such a role make two devices.
    ONCE: ClassVar[set[str]]
    # The API and type of a root that is a device of this kind.
    ROOTS: ClassVar[set[tuple[int, int]]]
    # Words in names that distinguish the features of one device, not two devices.
    ROLE_WORDS: ClassVar[re.Pattern[str]]

    parts: dict[str, Part] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    # Whether the root is a device of this kind.
    rooted: bool = False

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by role."""
        found = cls(rooted=any(map(cls.under_root, parts)))
        for part in parts:
            found.take(cls.roles_of(part), part)
        return found.settle(parts)

    def settle(self, parts: Sequence[Part]) -> Self:
        """Take what names tell where structure is certain, and leave what is twice."""
        return self

    def take(self, roles: Iterable[str], part: Part) -> None:
        """Give a feature the roles that are free; one with controls goes first."""
        worked = bool(part.controls.pairs)
        for role in roles:
            held = self.parts.get(role)
            if held is None or (worked and not held.controls.pairs):
                self.parts[role] = part
                if not worked and self.typed(part) is None:
                    self.shared.add(role)

    @classmethod
    def under_root(cls, part: Part) -> bool:
        """Return whether a feature's root is a device of this kind."""
        root = part.root
        return root is not None and (root.api, root.type) in cls.ROOTS

    @classmethod
    def typed(cls, part: Part) -> str | None:
        """Return the role that a feature has by its type."""
        feature = part.feature
        return cls._role_at(feature.api, feature.type, feature.subtype)

    @classmethod
    @lru_cache(maxsize=1024)
    def _role_at(cls, api: int, kind: int, subtype: int) -> str | None:
        types = {each: name for name, role in cls.ROLES.items() for each in role.types}
        return types.get((api, kind, subtype)) or types.get((api, kind, None))

    @classmethod
    def roles_of(cls, part: Part) -> list[str]:
        """Return the roles that a feature has by its structure alone."""
        typed = cls.typed(part)
        uses = {pair.use for pair in part.controls.pairs}
        return [
            name
            for name, role in cls.ROLES.items()
            if (name == typed or not uses.isdisjoint(role.uses)) and role.able(part)
        ]

    @property
    @abstractmethod
    def controllable(self) -> bool:
        """Whether these make a device that can be controlled."""

    @property
    def complete(self) -> bool:
        """Whether they make one also where no root holds them together."""
        return self.controllable

    @abstractmethod
    def bindings(self, facts: Facts, unit: TemperatureUnit) -> list[Binding]:
        """Return what reads and controls the device."""

    @classmethod
    def several(cls, found: Sequence[Self]) -> list[Self]:
        """Return which of the groups of one root are devices of their own."""
        return [each for each in found if each.controllable]

    def features(self, *, shared: bool = True) -> list[Part]:
        """Return its features, each once; without shared ones, those of it alone."""
        without = set() if shared else self.shared
        roles = (role for role in self.ROLES if role in self.parts.keys() - without)
        return list({self.parts[role].ref: self.parts[role] for role in roles}.values())

    @property
    def named_by(self) -> list[Part]:
        """The features that it has its ref and its name from."""
        return self.features(shared=False) or self.features()

    @property
    def ref(self) -> int:
        """The lowest ref of its own features."""
        return min(part.ref for part in self.named_by)

    @property
    def title(self) -> str | None:
        """What the names of its features have in common."""
        first, *rest = self.named_by
        own = self._own_words(first)
        words = _TOKEN.findall(first.feature.name) if rest else []
        return " ".join(word for word in words if word.lower() in own) or None

    @classmethod
    def all_of(cls, parts: Sequence[Part]) -> list[Self]:
        """Return the devices of one root's features, or of some at one place."""
        if not parts or parts[0].root is None:
            return cls._loose(parts)
        worked = filter(lambda part: part.controls.pairs, parts)
        roles = [role for part in worked for role in cls.roles_of(part)]
        if any(roles.count(role) > 1 for role in cls.ONCE):
            made = cls.several([cls.of(group) for group in cls._split(parts)])
            if len(made) > 1:
                return made
        whole = cls.of(parts)
        return [whole] if whole.controllable else []

    @classmethod
    def _loose(cls, parts: Sequence[Part]) -> list[Self]:
        """Return the devices of features without a root: those with the same name.

        Nothing is guessed: where two have the same role, each is on its own.
        """
        found: list[Self] = []
        for members in cls._split(parts):
            roles = [role for part in members for role in cls.roles_of(part)]
            known = members[0].feature.interface or cls._own_words(members[0])
            sure = known and 0 < len(roles) == len(set(roles))
            groups = [cls.of(members)] if sure else []
            if not any(each.complete for each in groups):
                groups = [cls.of([part]) for part in members if cls.roles_of(part)]
            found.extend(each for each in groups if each.controllable)
        return found

    @classmethod
    def _split(cls, parts: Iterable[Part]) -> list[list[Part]]:
        """Return features by name and place."""
        groups: dict[tuple[str, ...], list[Part]] = {}
        for part in parts:
            feature = part.feature
            place = feature.interface, feature.location, feature.location2
            groups.setdefault((*place, *cls._own_words(part)), []).append(part)
        return list(groups.values())

    @classmethod
    def _own_words(cls, part: Part) -> list[str]:
        """Return the words of a name that are neither a role's nor the root's."""
        root = part.root.name.lower() if part.root is not None else ""
        return [
            word
            for word in _TOKEN.findall(part.feature.name.lower())
            if word not in _TOKEN.findall(root)
            and not cls.ROLE_WORDS.fullmatch(folded(word))
        ]


def own_name(part: Part) -> str:
    """Return a feature's name without its root's, and its type, to search for words."""
    root = folded(part.root.name) if part.root is not None else ""
    name = folded(part.feature.name)
    if name != root:
        name = name.removeprefix(root)
    return f"{name} {folded(part.feature.type_string)}"


class Options[KeyT]:
    """What can be chosen on a feature, and the first of its controls for each."""

    def __init__(
        self,
        part: Part | None,
        meaning: Callable[[str], KeyT | None] = lambda text: None,
        key: Callable[[Pair], KeyT | None] | None = None,
    ) -> None:
        """Take what a text means, and what a control does if its label does not tell."""
        self.part = part
        self._meaning = meaning
        self.pairs: dict[KeyT, Pair] = {}
        self.labels: dict[str, KeyT] = {}
        self._values: dict[float, KeyT] = {}
        for pair in part.controls.plain if part else ():
            if (found := key(pair) if key else meaning(pair.label)) is not None:
                self.pairs.setdefault(found, pair)
                self.labels.setdefault(pair.label.casefold(), found)
                self._values.setdefault(pair.value, found)

    def now(self, features: Features) -> KeyT | None:
        """Return what is chosen: by the text, then by the value of a control."""
        shown = now(features, self.part)
        found = self.labels.get(shown.status.casefold())
        if found is None:
            found = self._meaning(shown.status)
        if found is not None or is_gone(shown.status) or shown.value is None:
            return found
        return self._values.get(shown.value)

    def choose(self, key: KeyT) -> list[Action]:
        """Return the request that chooses something."""
        if self.part is None:
            raise declined()
        return by_pair(self.part, self.pairs.get(key))
