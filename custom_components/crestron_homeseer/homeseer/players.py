"""Media players: which features make one, and how it is read and controlled."""

from collections.abc import Callable, Iterable, Mapping
import re
from typing import Final, Self, override

from ..house import commands as do
from ..house.controls import PressTransport
from ..house.devices import Device, MediaRoom, Source
from ..house.hub import AnyCommand
from ..house.kinds import PlayState, TemperatureUnit, Transport
from ..house.words import folded
from . import group_words as words
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_text,
    by_use,
    by_value,
    declined,
    now,
)
from .features import Pair, Use
from .group_words import KEYS, is_muted, is_on, is_shuffled, play_state, repeat_of
from .grouping import Group, Role, by_key, chosen, chosen_label, has_plain, own_name

_KEY_USES: Final = {
    Use.PLAY: Transport.PLAY,
    Use.PAUSE: Transport.PAUSE,
    Use.STOP: Transport.STOP,
    Use.NEXT: Transport.NEXT,
    Use.PREVIOUS: Transport.PREVIOUS,
}
_MUTE_USES: Final = {Use.MUTE: True, Use.UNMUTE: False}
_MUTES: Final = frozenset({*_MUTE_USES, Use.MUTE_TOGGLE})
# What stops may be a motor as well, so this alone is no player's key.
_SURE_KEYS: Final = _KEY_USES.keys() - {Use.STOP}
_MEDIA_USES: Final = _SURE_KEYS | _MUTES | {Use.VOLUME}

_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?: ?(?:%|db))?", re.IGNORECASE)
_STATES: Final[dict[Transport | None, PlayState]] = {
    Transport.PLAY: PlayState.PLAYING,
    Transport.PAUSE: PlayState.PAUSED,
    Transport.STOP: PlayState.STOPPED,
}
# A picture's address: never with a name or a password, nor of another kind.
_ADDRESS: Final = re.compile(
    r"(?!//)(?=.{1,2000}\Z)(?:https?://[^\s@/?#]+)?/[^\s<>\"']*", re.IGNORECASE
)


def key_of(pair: Pair, *, labels: bool) -> Transport | None:
    """Return the key that a control is: by its use, else by its label."""
    by_use = _KEY_USES.get(pair.use)
    if by_use is None and labels and pair.use is Use.OTHER and pair.range is None:
        return KEYS.get(folded(pair.label))
    return by_use


def _step_of(pair: Pair) -> Transport | None:
    """Return the key that a control of a volume is."""
    label = folded(pair.label)
    key = words.STEPS.get(label) or KEYS.get(label)
    return key if key in {Transport.VOLUME_UP, Transport.VOLUME_DOWN} else None


def _is_keypad(part: Part) -> bool:
    """Return whether labels alone are those of a player's keys."""
    labels = {folded(pair.label) for pair in part.controls.plain}
    # A vacuum and an oven resume what they do as well.
    keys = {KEYS.get(label) for label in labels - {"resume"}}
    return {Transport.PLAY, Transport.PAUSE} <= keys or (
        Transport.PLAY in keys and len(keys & {Transport.STOP, Transport.NEXT}) > 1
    )


def _several(part: Part) -> bool:
    return len(part.controls.plain) > 1


def _role(
    number: int, *uses: Use, able: Callable[[Part], object] = lambda _: True
) -> Role:
    """Return a role by its type, the same for HomeSeer 3 and 4."""
    return Role(((32, number, None), (513, 32, number)), uses, able)


class PlayerGroup(Group):
    """The features of one player; one feature may have several roles."""

    ROLES = {
        "status": _role(1),
        "control": _role(3),
        "keys": Role((), _SURE_KEYS),
        "volume": _role(
            4,
            Use.VOLUME,
            able=lambda part: part.controls.slider() or by_key(part, _step_of),
        ),
        "mute": _role(13, *_MUTES, able=has_plain),
        "source": _role(20, able=lambda part: part.controls.listed or _several(part)),
        "power": Role(),
        "track": _role(10),
        "artist": _role(9),
        "album": _role(8),
        "art": _role(14),
        "shuffle": _role(5, Use.SHUFFLE, able=_several),
        "repeat": _role(6, Use.REPEAT, able=_several),
    }
    ONCE = {"keys", "volume", "mute", "source"}
    ROOTS = {(512, 10), (32, 99)}
    MAKES = MAKES_LOOSE = (
        *({"play"}, {"pause"}),
        *({"volume", role} for role in ("source", "mute", "power")),
    )
    ROLE_WORDS = words.PLAYER_WORDS

    # The keys, and the features that have them.
    pressed: dict[Transport, tuple[Part, Pair]]

    @classmethod
    @override
    def of(cls, parts: Iterable[Part]) -> Self:
        """Sort features by role."""
        parts = list(parts)
        found = super().of(parts)
        certain = any(map(cls._is_media, parts))
        for part in parts:
            found.take(cls._roles_by_name(part) if certain else (), part)
        found.pressed = {}
        for part in parts:
            if cls.roles_of(part) or (certain and cls._roles_by_name(part)):
                labels = certain or _is_keypad(part)
                for pair in part.controls.pairs:
                    if (key := key_of(pair, labels=labels)) is not None:
                        found.pressed.setdefault(key, (part, pair))
            if found.parts.get("volume") is part:
                for key, pair in by_key(part, _step_of).items():
                    found.pressed.setdefault(key, (part, pair))
        held = found.parts.get("keys")
        if held is not None and held.controls.slider() is None:
            used = [pair for part, pair in found.pressed.values() if part is held]
            rest = [pair for pair in held.controls.plain if pair not in used]
            if any(pair.use not in _MUTES | {Use.ON, Use.OFF} for pair in rest):
                # With keys that no player has, it is a device of its own as well.
                roles = found.parts.items()
                found.shared |= {role for role, part in roles if part is held}
        return found

    @property
    @override
    def made_of(self) -> set[str]:
        return {*self.parts, *self.pressed}

    @classmethod
    def _is_media(cls, part: Part) -> bool:
        """Return whether a feature's type, uses or root are those of a player."""
        feature = part.feature
        typed = feature.api == 32 or (feature.api, feature.type) == (513, 32)
        used = any(pair.use in _MEDIA_USES for pair in part.controls.pairs)
        return typed or used or cls.under_root(part)

    @classmethod
    @override
    def roles_of(cls, part: Part) -> list[str]:
        roles = super().roles_of(part)
        certain = cls._is_media(part) or _is_keypad(part)
        more = cls._roles_by_name(part) if certain else []
        return list(dict.fromkeys([*roles, *more]))

    @classmethod
    def _roles_by_name(cls, part: Part) -> list[str]:
        """Return the roles of a feature by its name and its labels."""
        own, controls = own_name(part), part.controls
        typed, roles = cls.typed(part), super().roles_of(part)
        if not controls.pairs:
            texts = [role for role, name in words.TEXTS.items() if name.search(own)]
            return texts[:1] if typed is None else []
        keys = {key_of(pair, labels=True) for pair in controls.pairs}
        keys -= {None, Transport.STOP}
        worked = [role for role, name in words.WORKED.items() if name.search(own)]
        alone = part.root is not None and part.feature.name == part.root.name
        switch = words.SWITCH.search(own) or (alone and not (roles or keys or worked))
        labels = {folded(pair.label) for pair in controls.plain}
        checks = {
            "keys": keys,
            "power": typed in {None, "status", "control"}
            and {Use.ON, Use.OFF} <= controls.uses
            and (typed or keys or switch),
            # A slider among the keys of a player is its volume.
            "volume": keys and controls.slider() is not None,
            "mute": labels & {"mute", "unmute"},
        }
        found = [role for role, holds in checks.items() if holds]
        found += worked if typed is None else []
        return [role for role in found if cls.ROLES[role].able(part)]

    @override
    def bindings(self, facts: Facts, unit: TemperatureUnit) -> list[Binding]:
        return [PlayerBinding(facts, self)]


class PlayerBinding(Binding):
    """A media player."""

    def __init__(self, facts: Facts, group: PlayerGroup) -> None:
        """Take the features."""
        super().__init__(facts, *group.features())
        self._roles: Mapping[str, Part] = group.parts
        self._pressed = group.pressed
        part = self._roles.get
        volume = group.parts["volume"].controls if "volume" in group.parts else None
        pair = (volume.slider(Use.VOLUME) or volume.slider()) if volume else None
        self._span = pair.range if pair else None
        self._mutes = _mutes(part("mute"))
        self._toggle = by_key(part("mute"), lambda pair: pair.use).get(Use.MUTE_TOGGLE)
        self._shuffles = by_key(part("shuffle"), lambda pair: is_shuffled(pair.label))
        self._repeats = by_key(part("repeat"), lambda pair: repeat_of(pair.label))
        source = part("source")
        listed = source.controls.listed if source else None
        names = by_key(source, lambda pair: pair.label)
        self._sources = dict.fromkeys(listed.texts, listed) if listed else names
        # What was last read: a key that only toggles must not be pressed twice.
        self._muted: bool | None = None

    @override
    def read(self, features: Features) -> Device:
        part = self._roles.get
        playing = self._playing(features)
        self._muted = chosen(features, part("mute"), self._mutes, self._mute_in)
        roles = ("track", "artist", "album", "art")
        title, artist, album, art = (now(features, part(role)).status for role in roles)
        return MediaRoom(
            **self.facts,
            power=self._power(features, playing),
            source_id=chosen_label(features, part("source"), self._sources),
            sources=tuple(Source(id=name, name=name) for name in self._sources),
            volume=self._volume(features),
            muted=self._muted,
            can_set_volume=self._span is not None,
            can_mute=bool(self._mutes or self._toggle),
            can_switch="power" in self._roles,
            playing=playing,
            transport=frozenset(self._pressed),
            title=title or None,
            artist=artist or None,
            album=album or None,
            art=art if _ADDRESS.fullmatch(art) else None,
            shuffle=chosen(features, part("shuffle"), self._shuffles, is_shuffled),
            can_shuffle=len(self._shuffles) > 1,
            repeat=chosen(features, part("repeat"), self._repeats, repeat_of),
            repeats=tuple(self._repeats) if len(self._repeats) > 1 else (),
        )

    def _power(self, features: Features, playing: PlayState | None) -> bool | None:
        """Return whether it is on; a player without a switch may still be off."""
        part = self._roles.get("power")
        for role in ("power", "status", "control", "keys"):
            shown = is_on(now(features, self._roles.get(role)).status)
            if shown is not None:
                return shown
        pair = part.controls.at(now(features, part).value) if part else None
        if pair is not None and pair.use in {Use.ON, Use.OFF}:
            return pair.use is Use.ON
        return True if part is not None and playing is not None else None

    def _playing(self, features: Features) -> PlayState | None:
        parts = [self._roles.get(role) for role in ("status", "control", "keys")]
        texts = [now(features, part).status for part in parts]
        if (shown := next(filter(None, map(play_state, texts)), None)) is not None:
            return shown
        for part, text in zip(parts, texts, strict=True):
            value = now(features, part).value
            pair = part.controls.at(value) if part is not None else None
            if pair is not None and not text:
                return _STATES.get(key_of(pair, labels=True))
        return None

    def _volume(self, features: Features) -> float | None:
        part, span = self._roles.get("volume"), self._span
        value = now(features, part).value
        if part is None or span is None or value is None:
            return None
        number = _NUMBER.fullmatch(now(features, part).status)
        pressed = part.controls.at(value) is not None and number is None
        if pressed or not span.low <= value <= span.high:
            # The value of a key is no volume.
            return None
        return (value - span.low) / (span.high - span.low)

    def _mute_in(self, text: str) -> bool | None:
        held = [self._roles.get(role) for role in ("mute", "keys", "power")]
        # "On" of a feature that has several roles is the player's.
        shared = any(part is held[0] for part in held[1:])
        return None if shared and "mut" not in text.lower() else is_muted(text)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        roles = self._roles
        match command:
            case PressTransport(key=key) if key in self._pressed:
                return by_pair(*self._pressed[key])
            case do.SetPower(on=on):
                return by_use(roles.get("power"), Use.ON if on else Use.OFF)
            case do.SetMuted(muted=muted) if "mute" in roles:
                return self._mute(roles["mute"], muted=muted)
            case do.SetVolume(volume=volume) if (span := self._span) is not None:
                raw = span.low + volume * (span.high - span.low)
                return [by_value(roles["volume"], span.raw(span.shown(raw)))]
            case do.SelectSource(source_id=name) if name in self._sources:
                part, pair = roles["source"], self._sources[name]
                listed = bool(pair.texts)
                return (
                    [by_text(part.ref, pair, name)] if listed else by_pair(part, pair)
                )
            case do.SetShuffle(shuffle=shuffle) if "shuffle" in roles:
                return by_pair(roles["shuffle"], self._shuffles.get(shuffle))
            case do.SetRepeat(repeat=repeat) if "repeat" in roles:
                return by_pair(roles["repeat"], self._repeats.get(repeat))
        raise declined()

    def _mute(self, part: Part, *, muted: bool) -> list[Action]:
        if muted in self._mutes:
            return by_pair(part, self._mutes[muted])
        if self._muted is None:
            # Nobody knows what a toggle would do.
            raise declined()
        return [] if self._muted is muted else by_pair(part, self._toggle)


def _mutes(part: Part | None) -> dict[bool, Pair]:
    """Return what mutes, and what unmutes."""
    found = by_key(part, lambda pair: _MUTE_USES.get(pair.use))
    if part is None or any(pair.use in _MUTES for pair in part.controls.plain):
        return found
    keys = any(key_of(pair, labels=True) for pair in part.controls.plain)
    # "On" among keys switches the player.
    found = by_key(
        part,
        lambda pair: (
            is_muted(pair.label) if not keys or "m" in pair.label.lower() else None
        ),
    )
    return found if len(found) > 1 else {}
