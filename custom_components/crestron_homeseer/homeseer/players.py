"""Media players: which features make one, and how it is read and controlled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
import re
from typing import Final, Self, override

from ..house import commands as do
from ..house.controls import PressTransport, SelectOption
from ..house.devices import Device, MediaRoom, Source
from ..house.hub import AnyCommand
from ..house.kinds import PlayState, TemperatureUnit, Transport
from ..house.words import folded
from . import group_words as words
from .binding import (
    NO_CONTROLS,
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_use,
    by_value,
    declined,
    now,
)
from .features import Pair, Use
from .group_words import KEYS, is_muted, is_on, is_shuffled, play_state, repeat_of
from .grouping import Group, Options, Role, own_name
from .simple import ChoiceBinding

_KEY_USES: Final = {
    Use.PLAY: Transport.PLAY,
    Use.PAUSE: Transport.PAUSE,
    Use.STOP: Transport.STOP,
    Use.NEXT: Transport.NEXT,
    Use.PREVIOUS: Transport.PREVIOUS,
}
_SWITCHED: Final = {Use.ON: True, Use.OFF: False}
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
# Whose texts tell what it does, in this order.
_PLAYED: Final = ("status", "control", "keys")
# A picture's address: never with a name or a password, nor of another kind.
_ADDRESS: Final = re.compile(
    r"(?!//)(?=.{1,2000}\Z)(?:https?://[^\s@/?#]+)?/[^\s<>\"']*", re.IGNORECASE
)


def _key_of(pair: Pair) -> Transport | None:
    """Return the key that a control is: by its use, else by its label."""
    if pair.use is not Use.OTHER or pair.range is not None:
        return _KEY_USES.get(pair.use)
    return KEYS.get(folded(pair.label))


def _step_of(pair: Pair) -> Transport | None:
    """Return the key that a control of a volume is."""
    key = words.STEPS.get(folded(pair.label)) or KEYS.get(folded(pair.label))
    return key if key in {Transport.VOLUME_UP, Transport.VOLUME_DOWN} else None


def _is_keypad(part: Part) -> bool:
    """Return whether labels alone are those of a player's keys."""
    labels = {folded(pair.label) for pair in part.controls.plain}
    # A vacuum and an oven resume what they do as well.
    keys = {KEYS.get(label) for label in labels - {"resume"}}
    return {Transport.PLAY, Transport.PAUSE} <= keys or (
        {Transport.PLAY, Transport.STOP, Transport.NEXT} <= keys
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
            able=lambda part: (
                part.controls.slider() or any(map(_step_of, part.controls.plain))
            ),
        ),
        "mute": _role(13, *_MUTES, able=lambda part: part.controls.plain),
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
    ROLE_WORDS = words.PLAYER_WORDS

    # The keys, and the features that have them.
    pressed: Mapping[Transport, tuple[Part, Pair]]

    @override
    def settle(self, parts: Sequence[Part]) -> Self:
        certain = any(map(self._is_media, parts))
        if certain:
            for part in parts:
                self.take(self._roles_by_name(part), part)
        worked = [part for part in parts if certain or _is_keypad(part)]
        keys = [
            (_key_of, part)
            for part in worked
            if self.roles_of(part) or self._roles_by_name(part)
        ]
        if (volume := self.parts.get("volume")) is not None:
            keys.append((_step_of, volume))
        self.pressed = {
            key: (part, pair)
            for key_of, part in reversed(keys)
            for pair in reversed(part.controls.pairs)
            if (key := key_of(pair)) is not None
        }
        held = self.parts.get("keys")
        if held is not None and held.controls.slider() is None:
            used = [pair for part, pair in self.pressed.values() if part is held]
            rest = [pair for pair in held.controls.plain if pair not in used]
            if any(pair.use not in _MUTES | {Use.ON, Use.OFF} for pair in rest):
                # With keys that no player has, it is a device of its own as well.
                self.shared |= {role for role in self.parts if self.parts[role] is held}
        return self

    @property
    @override
    def controllable(self) -> bool:
        more = {"source", "mute", "power"} & self.parts.keys()
        plays = {Transport.PLAY, Transport.PAUSE} & self.pressed.keys()
        return bool(plays or ("volume" in self.parts and more))

    @classmethod
    def _is_media(cls, part: Part) -> bool:
        """Return whether a feature's type, uses or root are those of a player."""
        used = any(pair.use in _MEDIA_USES for pair in part.controls.pairs)
        return used or cls.typed(part) is not None or cls.under_root(part)

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
        own, controls, typed = own_name(part), part.controls, cls.typed(part)
        if not controls.pairs:
            texts = [role for role, name in words.TEXTS.items() if name.search(own)]
            return texts[:1] if typed is None else []
        keys = set(map(_key_of, controls.pairs)) - {None, Transport.STOP}
        worked = [role for role, name in words.WORKED.items() if name.search(own)]
        alone = part.root is not None and part.feature.name == part.root.name
        switch = words.SWITCH.search(own) or (alone and not worked)
        checks = {
            "keys": keys,
            "power": typed in {None, "status", "control"}
            and {Use.ON, Use.OFF} <= controls.uses
            and (typed or keys or switch),
            # A slider among the keys of a player is its volume.
            "volume": keys and controls.slider() is not None,
            "mute": {"mute", "unmute"}
            & {folded(pair.label) for pair in controls.plain},
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
        self._parts: Mapping[str, Part] = group.parts
        self._pressed = group.pressed
        part = group.parts.get
        mute, source = part("mute"), part("source")
        controls = group.parts["volume"].controls if part("volume") else NO_CONTROLS
        pair = controls.slider(Use.VOLUME) or controls.slider()
        self._span = pair.range if pair else None
        self._source = ChoiceBinding(facts, source) if source else None
        self._power = Options(
            part("power"), is_on, lambda pair: _SWITCHED.get(pair.use)
        )
        self._plays = [
            Options(part(role), key=lambda pair: _STATES.get(_key_of(pair)))
            for role in _PLAYED
        ]
        self._shuffle = Options(part("shuffle"), is_shuffled)
        self._repeat = Options(part("repeat"), repeat_of)
        uses = {pair.use: pair for pair in mute.controls.plain} if mute else {}
        used = not _MUTES.isdisjoint(uses)
        # "On" of a feature that has several roles is the player's.
        alone = mute not in (part("keys"), part("power"))
        self._mute = Options(
            mute,
            partial(is_muted, alone=alone),
            (lambda pair: _MUTE_USES.get(pair.use)) if used else None,
        )
        self._toggle = uses.get(Use.MUTE_TOGGLE)
        self._can_mute = used or len(self._mute.pairs) > 1
        # What was last read: a key that only toggles must not be pressed twice.
        self._muted: bool | None = None

    @override
    def read(self, features: Features) -> Device:
        source, shuffles, repeats = self._source, self._shuffle, self._repeat
        names = source.options if source else ()
        playing = self._playing(features)
        self._muted = self._mute.now(features)
        title, artist, album, art = (
            self._text(features, role) for role in ("track", "artist", "album", "art")
        )
        return MediaRoom(
            **self.facts,
            power=self._is_on(features, playing),
            source_id=source.chosen(features) if source else None,
            sources=tuple(Source(id=name, name=name) for name in names),
            volume=self._volume(features),
            muted=self._muted,
            can_set_volume=self._span is not None,
            can_mute=self._can_mute,
            can_switch=self._power.part is not None,
            playing=playing,
            transport=frozenset(self._pressed),
            title=title or None,
            artist=artist or None,
            album=album or None,
            art=art if _ADDRESS.fullmatch(art) else None,
            shuffle=shuffles.now(features),
            can_shuffle=len(shuffles.pairs) > 1,
            repeat=repeats.now(features),
            repeats=tuple(repeats.pairs) if len(repeats.pairs) > 1 else (),
        )

    def _text(self, features: Features, role: str) -> str:
        return now(features, self._parts.get(role)).status

    def _playing(self, features: Features) -> PlayState | None:
        texts = [self._text(features, role) for role in _PLAYED]
        if (shown := _first(map(play_state, texts))) is not None:
            return shown
        quiet = (
            each for each, text in zip(self._plays, texts, strict=True) if not text
        )
        return _first(each.now(features) for each in quiet)

    def _is_on(self, features: Features, playing: PlayState | None) -> bool | None:
        """Return whether it is on; a player without a switch may still be off."""
        texts = (self._text(features, role) for role in ("power", *_PLAYED))
        shown = _first(map(is_on, texts))
        if shown is None and self._power.part is not None:
            on = self._power.now(features)
            return True if on is None and playing is not None else on
        return shown

    def _volume(self, features: Features) -> float | None:
        part, span = self._parts.get("volume"), self._span
        value = now(features, part).value
        if part is None or span is None or value is None or value not in span:
            return None
        text = self._text(features, "volume")
        if part.controls.at(value) and not _NUMBER.fullmatch(text):
            # The value of a key is no volume.
            return None
        return (value - span.low) / (span.high - span.low)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        parts = self._parts
        match command:
            case PressTransport(key=key) if key in self._pressed:
                return by_pair(*self._pressed[key])
            case do.SetPower(on=on):
                return by_use(parts.get("power"), Use.ON if on else Use.OFF)
            case do.SetMuted(muted=muted) if self._can_mute:
                return self._set_muted(muted=muted)
            case do.SetVolume(volume=volume) if (span := self._span) is not None:
                raw = span.low + volume * (span.high - span.low)
                return [by_value(parts["volume"], span.raw(span.shown(raw)))]
            case do.SelectSource(source_id=name) if self._source is not None:
                option = SelectOption(device_id=self.device_id, option=name)
                return self._source.write(option)
            case do.SetShuffle(shuffle=shuffle):
                return self._shuffle.choose(shuffle)
            case do.SetRepeat(repeat=repeat):
                return self._repeat.choose(repeat)
        raise declined()

    def _set_muted(self, *, muted: bool) -> list[Action]:
        if muted in self._mute.pairs:
            return self._mute.choose(muted)
        if self._muted is None:
            # Nobody knows what a toggle would do.
            raise declined()
        toggle = by_pair(self._parts["mute"], self._toggle)
        return toggle if self._muted is not muted else []


def _first[ValueT](values: Iterable[ValueT | None]) -> ValueT | None:
    return next((value for value in values if value is not None), None)
