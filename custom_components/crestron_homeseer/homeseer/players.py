"""Media players: one feature or many become one device."""

from collections.abc import Callable
import re
from typing import override

from ..house.commands import (
    SelectSource,
    SetMuted,
    SetPower,
    SetRepeat,
    SetShuffle,
    SetVolume,
)
from ..house.controls import PressTransport
from ..house.devices import Device, MediaRoom, Source
from ..house.hub import AnyCommand
from ..house.kinds import PlayState, Repeat, Transport
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
    status_of,
    value_of,
)
from .features import Pair, Range, Use
from .player_parts import PlayerParts, key_of
from .player_words import is_muted, is_on, is_shuffled, play_state, repeat_of

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?: ?(?:%|db))?", re.IGNORECASE)
_STATES = {
    Transport.PLAY: PlayState.PLAYING,
    Transport.PAUSE: PlayState.PAUSED,
    Transport.STOP: PlayState.STOPPED,
}
# A picture's address: never with a name or a password, nor of another kind.
_ADDRESS = re.compile(r"(?:https?://[^\s@/?#]+)?/[^\s<>\"']*", re.IGNORECASE)
_LONGEST = 2000


class PlayerBinding(Binding):
    """A media player."""

    def __init__(self, facts: Facts, parts: PlayerParts) -> None:
        """Take the features."""
        super().__init__(facts, *parts.every())
        self._own = parts
        self._span = _span(parts.volume)
        self._mutes = _mutes(parts.mute)
        self._shuffles = _shuffles(parts.shuffle)
        self._repeats = _repeats(parts.repeat)
        self._sources = _sources(parts.source)
        # What was last read: a key that only turns it round must not be pressed twice.
        self._muted: bool | None = None

    @override
    def read(self, features: Features) -> Device:
        own = self._own
        playing = self._playing(features)
        self._muted = self._is_muted(features)
        return MediaRoom(
            **self.facts,
            power=self._power(features, playing),
            source_id=self._source(features),
            sources=tuple(Source(id=name, name=name) for name in self._sources),
            volume=self._volume(features),
            muted=self._muted,
            can_set_volume=self._span is not None,
            can_mute=bool(self._mutes),
            can_switch=own.power is not None,
            playing=playing,
            transport=frozenset(own.pressed),
            title=_text(features, own.track),
            artist=_text(features, own.artist),
            album=_text(features, own.album),
            art=_art(_text(features, own.art)),
            shuffle=_state(features, own.shuffle, self._shuffles, is_shuffled),
            can_shuffle=len(self._shuffles) > 1,
            repeat=_state(features, own.repeat, self._repeats, repeat_of),
            repeats=tuple(self._repeats) if len(self._repeats) > 1 else (),
        )

    def _power(self, features: Features, playing: PlayState | None) -> bool | None:
        part = self._own.power
        for each in (part, self._own.status, self._own.control, self._own.keys):
            said = is_on(status_of(features, each)) if each is not None else None
            if said is not None:
                return said
        if part is None:
            return None
        pair = part.controls.at(value_of(features, part))
        if pair is not None and pair.use in {Use.ON, Use.OFF}:
            return pair.use is Use.ON
        return True if playing is not None else None

    def _source(self, features: Features) -> str | None:
        part = self._own.source
        said = status_of(features, part)
        for name in self._sources:
            if name.lower() == said.lower():
                return name
        value = value_of(features, part)
        chosen = (
            name
            for name, pair in self._sources.items()
            if not pair.texts and pair.value == value
        )
        return next(chosen, None)

    def _volume(self, features: Features) -> float | None:
        part, span = self._own.volume, self._span
        value = value_of(features, part)
        if part is None or span is None or value is None:
            return None
        said = _NUMBER.fullmatch(status_of(features, part).strip())
        pressed = part.controls.at(value) is not None and said is None
        if pressed or not span.low <= value <= span.high:
            # The value of a key is no volume.
            return None
        return (value - span.low) / (span.high - span.low)

    def _is_muted(self, features: Features) -> bool | None:
        part = self._own.mute
        if part is None:
            return None
        text = status_of(features, part)
        if self._own.keys is part or self._own.power is part:
            # Here "On" is the player's.
            said = is_muted(text) if "mut" in text.lower() else None
        else:
            said = is_muted(text)
        if said is not None:
            return said
        value = value_of(features, part)
        found = (muted for muted, pair in self._mutes.items() if pair.value == value)
        return next((muted for muted in found if muted is not None), None)

    def _playing(self, features: Features) -> PlayState | None:
        parts = [self._own.status, self._own.control, self._own.keys]
        for part in parts:
            said = play_state(status_of(features, part)) if part is not None else None
            if said is not None:
                return said
        for part in parts:
            value = value_of(features, part)
            pair = part.controls.at(value) if part is not None else None
            if pair is not None and not status_of(features, part):
                key = key_of(pair, labels=True)
                return None if key is None else _STATES.get(key)
        return None

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        own = self._own
        match command:
            case PressTransport(key=key) if key in own.pressed:
                part, pair = own.pressed[key]
                return by_pair(part, pair)
            case SetPower(on=on):
                return by_use(own.power, Use.ON if on else Use.OFF)
            case SetMuted(muted=muted) if own.mute is not None:
                return self._mute(own.mute, muted=muted)
            case SetVolume(volume=volume) if own.volume and self._span:
                span = self._span
                raw = span.low + volume * (span.high - span.low)
                return [by_value(own.volume, span.raw(span.shown(raw)))]
            case SelectSource(source_id=name) if own.source is not None:
                return _choose(own.source, self._sources.get(name), name)
            case SetShuffle(shuffle=shuffle) if own.shuffle is not None:
                return by_pair(own.shuffle, self._shuffles.get(shuffle))
            case SetRepeat(repeat=repeat) if own.repeat is not None:
                return by_pair(own.repeat, self._repeats.get(repeat))
        raise declined()

    def _mute(self, part: Part, *, muted: bool) -> list[Action]:
        if muted in self._mutes:
            return by_pair(part, self._mutes[muted])
        if self._muted is None:
            # Nobody knows what a key that turns it round would do.
            raise declined()
        return [] if self._muted is muted else by_pair(part, self._mutes.get(None))


def _span(part: Part | None) -> Range | None:
    """Return the range of the volume."""
    if part is None:
        return None
    pair = part.controls.slider(Use.VOLUME) or part.controls.slider()
    return pair.range if pair else None


def _mutes(part: Part | None) -> dict[bool | None, Pair]:
    """Return what mutes and what unmutes, or under None what turns it round."""
    found: dict[bool | None, Pair] = {}
    for pair in part.controls.plain if part else ():
        match pair.use:
            case Use.MUTE | Use.UNMUTE:
                found[pair.use is Use.MUTE] = pair
            case Use.MUTE_TOGGLE:
                found[None] = pair
    if found or part is None:
        return found
    keys = any(key_of(pair, labels=True) for pair in part.controls.plain)
    for pair in part.controls.plain:
        # "On" beside keys switches the player.
        said = is_muted(pair.label) if "m" in pair.label.lower() or not keys else None
        if said is not None:
            found.setdefault(said, pair)
    return found if len(found) > 1 else {}


def _shuffles(part: Part | None) -> dict[bool, Pair]:
    found: dict[bool, Pair] = {}
    for pair in part.controls.plain if part else ():
        if (said := is_shuffled(pair.label)) is not None:
            found.setdefault(said, pair)
    return found


def _repeats(part: Part | None) -> dict[Repeat, Pair]:
    found: dict[Repeat, Pair] = {}
    for pair in part.controls.plain if part else ():
        if (said := repeat_of(pair.label)) is not None:
            found.setdefault(said, pair)
    return found


def _sources(part: Part | None) -> dict[str, Pair]:
    """Return the sources by name, from values or from a list of texts."""
    if part is None:
        return {}
    listed = part.controls.listed
    if listed is not None:
        return dict.fromkeys(listed.texts, listed)
    found: dict[str, Pair] = {}
    for pair in part.controls.plain:
        found.setdefault(pair.label, pair)
    return found


def _choose(part: Part, pair: Pair | None, name: str) -> list[Action]:
    if pair is not None and pair.texts:
        return [by_text(part.ref, pair, name)]
    return by_pair(part, pair)


def _state[StateT](
    features: Features,
    part: Part | None,
    pairs: dict[StateT, Pair],
    said_by: Callable[[str], StateT | None],
) -> StateT | None:
    """Return what a feature shows: by its text, then by its value."""
    if part is None:
        return None
    said = said_by(status_of(features, part))
    if said is not None:
        return said
    value = value_of(features, part)
    return next((state for state, pair in pairs.items() if pair.value == value), None)


def _text(features: Features, part: Part | None) -> str | None:
    return status_of(features, part) or None


def _art(text: str | None) -> str | None:
    """Return the address of a picture, or None where the text is none."""
    if text is None or len(text) > _LONGEST or text.startswith("//"):
        return None
    return text if _ADDRESS.fullmatch(text) else None
