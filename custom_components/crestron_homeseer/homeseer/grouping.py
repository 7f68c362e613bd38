"""Features that make one device together: under one root, or at one place.

Each kind of device has a table of roles. A feature gets its roles by its structure
first (its type, the uses of its controls); where these are certain, also by its name.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
import re
from typing import ClassVar, Self, override

from ..house.kinds import TemperatureUnit
from ..house.words import folded
from .binding import Binding, Facts, Features, Part, now
from .features import Pair, Use

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
    # Which roles together make a device, and which do so even without a root.
    MAKES: ClassVar[Sequence[set[str]]]
    MAKES_LOOSE: ClassVar[Sequence[set[str]]]
    # Words in names that distinguish the features of one device, not two devices.
    ROLE_WORDS: ClassVar[re.Pattern[str]]

    _typed: ClassVar[dict[tuple[int, int, int | None], str]]
    _used: ClassVar[dict[Use, str]]

    parts: dict[str, Part] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    # Whether the root is a device of this kind.
    rooted: bool = False

    @override
    def __init_subclass__(cls) -> None:
        """Index the roles by what gives them."""
        roles = cls.ROLES.items()
        cls._typed = {kind: name for name, role in roles for kind in role.types}
        cls._used = {use: name for name, role in roles for use in role.uses}

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Self:
        """Sort features by role."""
        found = cls()
        for part in parts:
            found.rooted |= cls.under_root(part)
            found.take(cls.roles_of(part), part)
        return found

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
        kind = part.feature.api, part.feature.type
        exact = cls._typed.get((*kind, part.feature.subtype))
        return exact or cls._typed.get((*kind, None))

    @classmethod
    def roles_of(cls, part: Part) -> list[str]:
        """Return the roles that a feature has by its structure alone."""
        names = {cls._used.get(pair.use) for pair in part.controls.pairs}
        names.add(cls.typed(part))
        found = (name for name in cls.ROLES if name in names)
        return [name for name in found if cls.ROLES[name].able(part)]

    @property
    def made_of(self) -> set[str]:
        """The roles that count for whether there is a device."""
        return set(self.parts)

    @property
    def controllable(self) -> bool:
        """Whether these make a device that can be controlled."""
        return any(roles <= self.made_of for roles in self.MAKES)

    @property
    def complete(self) -> bool:
        """Whether they make one also where no root holds them together."""
        return any(roles <= self.made_of for roles in self.MAKES_LOOSE)

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
        parts = (self.parts[role] for role in roles)
        return list({part.ref: part for part in parts}.values())

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
        worked = [part for part in parts if part.controls.pairs]
        roles = [role for part in worked for role in cls.roles_of(part)]
        if any(roles.count(role) > 1 for role in cls.ONCE):
            made = cls.several([cls.of(group) for group in cls._split(parts)])
            if len(made) > 1:
                return made
        whole = cls.of(parts)
        return [whole] if whole.controllable else []

    @classmethod
    def _loose(cls, parts: Iterable[Part]) -> list[Self]:
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
        common = set(_TOKEN.findall(root))
        words = _TOKEN.findall(part.feature.name.lower())
        return [
            word
            for word in words
            if word not in common and not cls.ROLE_WORDS.fullmatch(folded(word))
        ]


def own_name(part: Part) -> str:
    """Return a feature's name without its root's, and its type, to search for words."""
    root = folded(part.root.name) if part.root is not None else ""
    name = folded(part.feature.name)
    if name != root:
        name = name.removeprefix(root)
    return f"{name} {folded(part.feature.type_string)}"


def has_plain(part: Part) -> bool:
    """Return whether a feature has controls of one value each."""
    return bool(part.controls.plain)


def labelled(part: Part | None, text: str) -> Pair | None:
    """Return the control that has a text as its label, whatever the case."""
    return by_key(part, lambda pair: pair.label.casefold()).get(text.casefold())


def by_key[KeyT](
    part: Part | None, key: Callable[[Pair], KeyT | None]
) -> dict[KeyT, Pair]:
    """Return the plain controls of a feature by what they mean, the first of each."""
    found: dict[KeyT, Pair] = {}
    for pair in part.controls.plain if part else ():
        if (meaning := key(pair)) is not None:
            found.setdefault(meaning, pair)
    return found


def chosen[KeyT](
    features: Features,
    part: Part | None,
    pairs: Mapping[KeyT, Pair],
    meaning: Callable[[str], KeyT | None],
) -> KeyT | None:
    """Return what a feature shows: by its text, then by the control at its value."""
    if (shown := meaning(now(features, part).status)) is not None:
        return shown
    value = now(features, part).value
    at = (key for key, pair in pairs.items() if not pair.texts and pair.value == value)
    return next(at, None)


def chosen_label(
    features: Features, part: Part | None, pairs: Mapping[str, Pair]
) -> str | None:
    """Return which of some labels a feature shows, whatever the case of its text."""
    labels = {label.casefold(): label for label in reversed(list(pairs))}
    return chosen(features, part, pairs, lambda text: labels.get(text.casefold()))
