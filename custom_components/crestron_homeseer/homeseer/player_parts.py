"""Which features make a player: types and uses first, words beside these."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
import re
from typing import ClassVar, Final, Self, override

from ..house.kinds import Transport
from .binding import Part
from .features import Pair, Use
from .grouping import Group
from .player_words import KEYS, POWER, ROLE_WORDS, STEPS, TEXTS, WORKED

LEGACY, DEVICE, FEATURE = 32, 512, 513
ROOT_TYPE, LEGACY_ROOT = 10, 99

# Types, the same for the old media API and for HomeSeer 4's features.
_ROLES: Final = {
    1: "status",
    3: "control",
    4: "volume",
    5: "shuffle",
    6: "repeat",
    8: "album",
    9: "artist",
    10: "track",
    13: "mute",
    14: "art",
    20: "source",
}
_KEY_USES: Final = {
    Use.PLAY: Transport.PLAY,
    Use.PAUSE: Transport.PAUSE,
    Use.STOP: Transport.STOP,
    Use.NEXT: Transport.NEXT,
    Use.PREVIOUS: Transport.PREVIOUS,
}
# What stops may be a motor as well, so this alone is no player's key.
_SURE_KEYS: Final = frozenset(_KEY_USES) - {Use.STOP}
# What a player has besides its keys.
_OWN_USES: Final = frozenset({Use.ON, Use.OFF, Use.MUTE, Use.UNMUTE, Use.MUTE_TOGGLE})
_MUTES: Final = frozenset({Use.MUTE, Use.UNMUTE, Use.MUTE_TOGGLE})


def type_role(part: Part) -> str | None:
    """Return which part of a player a feature is by its type."""
    feature = part.feature
    if feature.api == LEGACY:
        return _ROLES.get(feature.type)
    if feature.api == FEATURE and feature.type == LEGACY:
        return _ROLES.get(feature.subtype)
    return None


def key_of(pair: Pair, *, labels: bool) -> Transport | None:
    """Return the key that a control is: by its use, else by its label."""
    by_use = _KEY_USES.get(pair.use)
    if by_use is None and labels and pair.use is Use.OTHER and pair.range is None:
        return KEYS.get(" ".join(pair.label.lower().split()))
    return by_use


def is_media(part: Part) -> bool:
    """Return whether a feature's type or uses say that it is part of a player."""
    feature = part.feature
    typed = feature.api == LEGACY or (feature.api, feature.type) == (FEATURE, LEGACY)
    uses = {pair.use for pair in part.controls.pairs}
    return typed or bool(uses & {*_SURE_KEYS, *_MUTES, Use.VOLUME})


def _is_root(root: object) -> bool:
    kind = getattr(root, "api", 0), getattr(root, "type", 0)
    return kind in {(DEVICE, ROOT_TYPE), (LEGACY, LEGACY_ROOT)}


def roles_of(part: Part, *, sure: bool) -> frozenset[str]:
    """Return the roles of a feature; words count where it is `sure` to be a player's."""
    typed = type_role(part)
    uses = {pair.use for pair in part.controls.pairs}
    roles = {typed} if typed is not None else set()
    if {key_of(pair, labels=sure) for pair in part.controls.pairs} - {
        None,
        Transport.STOP,
    }:
        roles.add("keys")
    if Use.VOLUME in uses:
        roles.add("volume")
    if uses & _MUTES:
        roles.add("mute")
    if uses & {Use.SHUFFLE}:
        roles.add("shuffle")
    if uses & {Use.REPEAT}:
        roles.add("repeat")
    if sure:
        roles |= _worded(part, typed, roles)
    return frozenset(role for role in roles if _able(part, role))


def _worded(part: Part, typed: str | None, roles: set[str]) -> set[str]:
    """Return what a feature beside others of a player is by its words."""
    own = f"{part.feature.name} {part.feature.type_string}".lower()
    found: set[str] = set()
    switched = {Use.ON, Use.OFF} <= part.controls.uses
    if not part.controls.pairs:
        if typed is None:
            found |= {next((role for role, each in TEXTS if each.search(own)), "")}
        return found - {""}
    if typed in {None, "status", "control"}:
        free = not roles and not any(each.search(own) for _, each in WORKED)
        named = free and part.feature.name.lower() == _root_name(part)
        known = typed is not None or "keys" in roles or POWER.search(own)
        if switched and (known or named):
            found.add("power")
    if typed is None:
        found |= {role for role, each in WORKED if each.search(own)}
    if "keys" in roles and part.controls.slider() is not None:
        # A slider among the keys of a player is its volume.
        found.add("volume")
    if {pair.label.lower() for pair in part.controls.plain} & {"mute", "unmute"}:
        found.add("mute")
    return found


def _root_name(part: Part) -> str | None:
    return part.root.name.lower() if part.root is not None else None


def _able(part: Part, role: str) -> bool:
    """Return whether a feature can do what its role asks for."""
    match role:
        case "volume":
            return part.controls.slider() is not None or bool(_steps(part))
        case "source":
            listed = part.controls.listed is not None
            return listed or len(part.controls.plain) > 1
        case "mute":
            return bool(part.controls.plain)
        case "shuffle" | "repeat":
            return len(part.controls.plain) > 1
    return True


def _steps(part: Part) -> dict[Transport, Pair]:
    found: dict[Transport, Pair] = {}
    for pair in part.controls.plain:
        label = " ".join(pair.label.lower().split())
        key = STEPS.get(label) or KEYS.get(label)
        if key in {Transport.VOLUME_UP, Transport.VOLUME_DOWN}:
            found.setdefault(key, pair)
    return found


@dataclass(slots=True)
class PlayerParts(Group):
    """The features of one player; one feature may have several roles."""

    CONTROLS: ClassVar[frozenset[str]] = frozenset({"volume", "mute", "source", "keys"})
    ROLE_WORDS: ClassVar[re.Pattern[str]] = ROLE_WORDS

    status: Part | None = None
    control: Part | None = None
    keys: Part | None = None
    volume: Part | None = None
    mute: Part | None = None
    source: Part | None = None
    power: Part | None = None
    track: Part | None = None
    artist: Part | None = None
    album: Part | None = None
    art: Part | None = None
    shuffle: Part | None = None
    repeat: Part | None = None
    pressed: dict[Transport, tuple[Part, Pair]] = field(default_factory=dict)

    @classmethod
    @override
    def roles_of(cls, part: Part) -> frozenset[str]:
        sure = is_media(part) or _is_root(part.root) or _is_keypad(part)
        return roles_of(part, sure=sure)

    @classmethod
    @override
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by their role: words count where the structure is sure."""
        sure = any(is_media(part) or _is_root(part.root) for part in parts)
        found = cls()
        for part in parts:
            sorted_roles = roles_of(part, sure=sure or _is_keypad(part))
            for role in sorted_roles:
                found._take(role, part)
            if sorted_roles:
                found._take_keys(part, sure=sure or _is_keypad(part))
        # Texts that words alone tell apart stand for themselves as well.
        texts = ("status", "track", "artist", "album", "art")
        held = ((role, getattr(found, role)) for role in texts)
        found.borrowed = frozenset(
            role for role, part in held if part is not None and not is_media(part)
        )
        found._lend_keys()
        return found

    def _take(self, role: str, part: Part) -> None:
        held: Part | None = getattr(self, role)
        # One that only shows is none, beside one that is worked.
        if held is None or (not held.controls.pairs and part.controls.pairs):
            setattr(self, role, part)

    def _take_keys(self, part: Part, *, sure: bool) -> None:
        for pair in part.controls.pairs:
            key = key_of(pair, labels=sure)
            if key is not None:
                self.pressed.setdefault(key, (part, pair))
        if self.volume is part:
            for key, pair in _steps(part).items():
                self.pressed.setdefault(key, (part, pair))

    def _lend_keys(self) -> None:
        """Leave a feature its own device where it has keys that no player has."""
        part = self.keys
        if part is None or part.controls.slider() is not None:
            return
        used = {pair for held, pair in self.pressed.values() if held is part}
        rest = [pair for pair in part.controls.plain if pair not in used]
        if any(pair.use not in _OWN_USES for pair in rest):
            roles = {item.name for item in fields(self)}
            self.borrowed |= {role for role in roles if getattr(self, role) is part}

    @property
    def _keys(self) -> set[Transport]:
        return {Transport.PLAY, Transport.PAUSE} & self.pressed.keys()

    @property
    @override
    def controllable(self) -> bool:
        beside = self.source or self.mute or self.power
        return bool(self._keys) or (self.volume is not None and beside is not None)

    @property
    @override
    def complete(self) -> bool:
        return self.controllable


def _is_keypad(part: Part) -> bool:
    """Return whether labels alone are those of a player's keys."""
    labels = {pair.label.lower() for pair in part.controls.plain}
    # A vacuum and an oven resume what they do as well.
    keys = {KEYS.get(label) for label in labels - {"resume"}}
    return {Transport.PLAY, Transport.PAUSE} <= keys or (
        Transport.PLAY in keys and len(keys & {Transport.STOP, Transport.NEXT}) > 1
    )
