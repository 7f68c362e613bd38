"""Which features make one device together: under one root, or under none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
import re
from typing import ClassVar, Self

from .binding import Part
from .features import Pair

# Words and numbers: "Setpoint2" is both.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def labelled(part: Part, text: str) -> Pair | None:
    """Return the control that has a text as its label, whatever the case."""
    wanted = text.casefold()
    return next(
        (pair for pair in part.controls.plain if pair.label.casefold() == wanted), None
    )


@dataclass(slots=True)
class Group:
    """The features of a device that is made of several, one field for each role.

    `borrowed` names the fields whose features stand for themselves as well.
    """

    borrowed: frozenset[str] = frozenset()
    # Roles that one device has once: two features of a role make two devices.
    CONTROLS: ClassVar[frozenset[str]] = frozenset()
    # What tells the parts of one device apart, and not one device from another.
    ROLE_WORDS: ClassVar[re.Pattern[str]]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by their role."""
        raise NotImplementedError

    @classmethod
    def roles_of(cls, part: Part) -> frozenset[str]:
        """Return the roles that a feature has by its structure alone."""
        raise NotImplementedError

    @property
    def controllable(self) -> bool:
        """Whether these make a device that can be controlled."""
        raise NotImplementedError

    @property
    def complete(self) -> bool:
        """Whether it is one without what other features say."""
        return self.controllable

    @property
    def apart(self) -> bool:
        """Whether it can be one of several devices of a root."""
        return True

    @property
    def joins(self) -> bool:
        """Whether it lacks what others of its root could be there for."""
        return False

    def borrow(self, rest: Iterable[Self]) -> None:
        """Take what the rest of a root has for all of its devices."""

    def every(self) -> list[Part]:
        """Return the features that it is read from, each once."""
        return self._parts(frozenset())

    def all(self) -> list[Part]:
        """Return the features that are nothing else."""
        return self._parts(self.borrowed)

    def _parts(self, without: frozenset[str]) -> list[Part]:
        found: dict[int, Part] = {}
        for item in fields(self):
            part = getattr(self, item.name)
            if isinstance(part, Part) and item.name not in without:
                found.setdefault(part.ref, part)
        return list(found.values())

    @property
    def named_by(self) -> list[Part]:
        """The features that it has its number and its name from."""
        return self.all() or self.every()

    @property
    def ref(self) -> int:
        """The lowest number of its own features."""
        return min(part.ref for part in self.named_by)

    @property
    def title(self) -> str | None:
        """What its features are called alike, without what tells them apart."""
        first, *rest = self.named_by
        if not rest:
            return None
        own = self._own_words(first)
        words = _TOKEN.findall(first.feature.name)
        return " ".join(word for word in words if word.lower() in own) or None

    @classmethod
    def all_of(cls, parts: Sequence[Part]) -> list[Self]:
        """Return the devices that features make; those without a root need more."""
        roots: dict[int, list[Part]] = {}
        loose: list[Part] = []
        for part in parts:
            members = (
                loose if part.root is None else roots.setdefault(part.root.ref, [])
            )
            members.append(part)
        found = [each for members in roots.values() for each in cls._under(members)]
        found.extend(cls._loose(loose))
        return found

    @classmethod
    def _under(cls, parts: list[Part]) -> list[Self]:
        """Return the devices of one root: several where several can be told apart."""
        whole = cls.of(parts)
        if cls._rivals(part for part in parts if part.controls.pairs):
            found = [cls.of(group) for group in cls._split(parts)]
            made = [each for each in found if each.controllable and each.apart]
            sure = all(each.complete for each in made)
            if len(made) > 1 and (sure or not any(each.joins for each in made)):
                for each in made:
                    each.borrow(other for other in found if other not in made)
                return made
        return [whole] if whole.controllable else []

    @classmethod
    def _rivals(cls, parts: Iterable[Part], *, strict: bool = False) -> bool:
        """Return whether several features want the same role."""
        seen: set[str] = set()
        for part in parts:
            roles = cls.roles_of(part)
            if not strict:
                roles &= cls.CONTROLS
            if roles & seen:
                return True
            seen |= roles
        return False

    @classmethod
    def _split(cls, parts: list[Part]) -> list[list[Part]]:
        """Return features by what they are called and where they are."""
        groups: dict[tuple[str, ...], list[Part]] = {}
        for part in parts:
            groups.setdefault(cls._key(part), []).append(part)
        return list(groups.values())

    @classmethod
    def _loose(cls, parts: list[Part]) -> list[Self]:
        """Return what features without a root make: with the same name, at one place.

        Nothing is guessed: where two want the same role, they stand alone.
        """
        found: list[Self] = []
        typed = [part for part in parts if cls.roles_of(part)]
        places = {cls._place(part) for part in typed}
        near = [part for part in parts if cls._place(part) in places]
        for members in cls._split(near):
            group = cls.of(members)
            known = members[0].feature.interface or cls._own_words(members[0])
            if known and group.complete and not cls._rivals(members, strict=True):
                found.append(group)
                continue
            singles = (cls.of([part]) for part in members if cls.roles_of(part))
            found.extend(each for each in singles if each.controllable)
        return found

    @staticmethod
    def _place(part: Part) -> tuple[str, ...]:
        feature = part.feature
        return feature.interface, feature.location, feature.location2

    @classmethod
    def _key(cls, part: Part) -> tuple[str, ...]:
        return *cls._place(part), " ".join(cls._own_words(part))

    @classmethod
    def _own_words(cls, part: Part) -> list[str]:
        """Return the words of a name that are neither a role's nor the root's."""
        root = part.root.name.lower() if part.root is not None else ""
        common = set(_TOKEN.findall(root))
        words = _TOKEN.findall(part.feature.name.lower())
        return [
            word
            for word in words
            if word not in common and not cls.ROLE_WORDS.fullmatch(word)
        ]
