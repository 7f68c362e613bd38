"""Media players and alarm panels: features under one root become one device."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import override

from ..house.commands import (
    Arm,
    PressTransport,
    SelectSource,
    SetMuted,
    SetPower,
    SetVolume,
)
from ..house.devices import AlarmPanel, Device, MediaRoom, Source
from ..house.hub import AnyCommand
from ..house.kinds import ArmMode, PlayState, Transport
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    Roles,
    by_pair,
    by_use,
    by_value,
    declined,
    status_of,
    value_of,
)
from .controls import Scale, is_on, scale_of
from .features import Pair, Use
from .words import alarm_state

LEGACY = 32
HS4_FEATURE = 513

_TRANSPORT = {
    Transport.PLAY: Use.PLAY,
    Transport.PAUSE: Use.PAUSE,
    Transport.STOP: Use.STOP,
    Transport.NEXT: Use.NEXT,
    Transport.PREVIOUS: Use.PREVIOUS,
}
_PLAYING = {
    "play": PlayState.PLAYING,
    "playing": PlayState.PLAYING,
    "pause": PlayState.PAUSED,
    "paused": PlayState.PAUSED,
    "stop": PlayState.STOPPED,
    "stopped": PlayState.STOPPED,
    "idle": PlayState.STOPPED,
}
# Type numbers, the same for the old media API and HomeSeer 4's features.
_ROLES = {
    1: "status",
    3: "transport",
    4: "volume",
    8: "album",
    9: "artist",
    10: "title",
    13: "mute",
    20: "source",
}
_USE_ROLES = {
    Use.VOLUME: "volume",
    Use.MUTE: "mute",
    Use.UNMUTE: "mute",
    Use.PLAY: "transport",
    Use.PAUSE: "transport",
    Use.STOP: "transport",
    Use.NEXT: "transport",
    Use.PREVIOUS: "transport",
}


def role_of(part: Part) -> str | None:
    """Return which part of a player a feature is; None where it is none."""
    for pair in part.controls.pairs:
        if pair.use in _USE_ROLES:
            return _USE_ROLES[pair.use]
    feature = part.feature
    role = None
    if feature.api == LEGACY:
        role = _ROLES.get(feature.type)
    elif feature.api == HS4_FEATURE and feature.type == LEGACY:
        role = _ROLES.get(feature.subtype)
    if role == "source" and not part.controls.plain:
        # A list of texts is chosen from in another way, on its own.
        role = None
    switched = {Use.ON, Use.OFF} <= part.controls.uses
    return "power" if role is None and switched and "power" in part.words else role


@dataclass(slots=True)
class PlayerParts(Roles):
    """The features of one player."""

    status: Part | None = None
    transport: Part | None = None
    volume: Part | None = None
    mute: Part | None = None
    source: Part | None = None
    power: Part | None = None
    title: Part | None = None
    artist: Part | None = None
    album: Part | None = None

    role_of = staticmethod(role_of)

    @property
    def controllable(self) -> bool:
        """Whether there is a player, and not just a volume somewhere."""
        keys = self.transport.controls.uses if self.transport else frozenset()
        return bool(keys & {Use.PLAY, Use.PAUSE}) or (
            self.volume is not None and (self.source or self.mute) is not None
        )


class PlayerBinding(Binding):
    """A media player."""

    def __init__(self, facts: Facts, parts: PlayerParts) -> None:
        """Take the features."""
        super().__init__(facts, *parts.all())
        self._own = parts
        volume = parts.volume
        self._scale: Scale | None = (
            scale_of(volume.controls, Use.VOLUME) if volume else None
        )
        self._sources = parts.source.controls.plain if parts.source else ()

    @override
    def read(self, features: Features) -> Device:
        own = self._own
        return MediaRoom(
            **self.facts,
            power=self._power(features),
            source_id=self._source(features),
            sources=tuple(
                Source(id=pair.label, name=pair.label) for pair in self._sources
            ),
            volume=self._volume(features),
            muted=self._muted(features),
            can_set_volume=self._scale is not None,
            can_mute=own.mute is not None,
            can_switch=own.power is not None,
            playing=self._playing(features),
            transport=frozenset(self._keys()),
            title=status_of(features, own.title) or None,
            artist=status_of(features, own.artist) or None,
            album=status_of(features, own.album) or None,
        )

    def _power(self, features: Features) -> bool | None:
        part = self._own.power
        return is_on(part.controls, value_of(features, part)) if part else None

    def _source(self, features: Features) -> str | None:
        part = self._own.source
        pair = part.controls.at(value_of(features, part)) if part else None
        return pair.label if pair else None

    def _volume(self, features: Features) -> float | None:
        value = value_of(features, self._own.volume)
        if self._scale is None or value is None:
            return None
        span = self._scale.high - self._scale.low
        return min(max((value - self._scale.low) / span, 0.0), 1.0)

    def _muted(self, features: Features) -> bool | None:
        part = self._own.mute
        pair = part.controls.find(Use.MUTE) if part else None
        value = value_of(features, part)
        return None if pair is None or value is None else value == pair.value

    def _playing(self, features: Features) -> PlayState | None:
        for part in (self._own.status, self._own.transport):
            words = status_of(features, part).lower()
            if words in _PLAYING:
                return _PLAYING[words]
        return None

    def _keys(self) -> Iterable[Transport]:
        for key, use in _TRANSPORT.items():
            if self._own.transport and self._own.transport.controls.find(use):
                yield key

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        own = self._own
        match command:
            case PressTransport(key=key) if key in _TRANSPORT:
                return by_use(own.transport, _TRANSPORT[key])
            case SetPower(on=on):
                return by_use(own.power, Use.ON if on else Use.OFF)
            case SetMuted(muted=muted):
                return by_use(own.mute, Use.MUTE if muted else Use.UNMUTE)
            case SetVolume(volume=volume) if own.volume and self._scale:
                span = self._scale.high - self._scale.low
                return [by_value(own.volume, self._scale.low + round(volume * span))]
            case SelectSource(source_id=label) if own.source is not None:
                return by_pair(
                    own.source, own.source.controls.labelled({label.lower()})
                )
        raise declined()


_ARMING = {
    ArmMode.HOME: (
        "arm stay",
        "arm home",
        "stay",
        "home",
        "arm perimeter",
        "armed stay",
    ),
    ArmMode.AWAY: ("arm away", "away", "arm", "armed away"),
    ArmMode.NIGHT: ("arm night", "arm instant", "night", "instant"),
}
_DISARMING = ("disarm", "disarmed", "arm disarm")


def arming(part: Part) -> dict[ArmMode | None, Pair]:
    """Return the controls that arm, by mode, and the one that disarms under None."""
    found = {mode: part.controls.labelled(words) for mode, words in _ARMING.items()}
    pairs: dict[ArmMode | None, Pair] = {
        mode: pair for mode, pair in found.items() if pair is not None
    }
    disarm = part.controls.labelled(_DISARMING)
    if disarm is not None:
        pairs[None] = disarm
    return pairs


class AlarmBinding(Binding):
    """An alarm panel: one feature that arms, perhaps another that sounds."""

    def __init__(self, facts: Facts, part: Part, alarm: Part | None = None) -> None:
        """Take the feature that arms, and the one that tells an alarm."""
        super().__init__(facts, part, alarm)
        self._part = part
        self._alarm = alarm
        self._pairs = arming(part)

    @override
    def read(self, features: Features) -> Device:
        state = alarm_state(status_of(features, self._alarm)) if self._alarm else None
        pair = self._part.controls.at(value_of(features, self._part))
        own = alarm_state(
            status_of(features, self._part) or (pair.label if pair else "")
        )
        sounding = state is not None and state.value == "triggered"
        return AlarmPanel(
            **self.facts,
            state=state if sounding and state else own,
            word=status_of(features, self._alarm if sounding else self._part) or None,
            arm_modes=tuple(mode for mode in self._pairs if mode is not None),
            can_disarm=None in self._pairs,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, Arm):
            raise declined()
        return by_pair(self._part, self._pairs.get(command.mode))
