"""Support for media rooms."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from yarl import URL

from .const import DOMAIN
from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import (
    PressTransport,
    SelectSource,
    SetMuted,
    SetPower,
    SetRepeat,
    SetShuffle,
    SetVolume,
)
from .house.devices import MediaRoom
from .house.kinds import PlayState, Repeat, Transport

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

TRANSPORT_FEATURES = {
    Transport.PLAY: MediaPlayerEntityFeature.PLAY,
    Transport.PAUSE: MediaPlayerEntityFeature.PAUSE,
    Transport.STOP: MediaPlayerEntityFeature.STOP,
    Transport.NEXT: MediaPlayerEntityFeature.NEXT_TRACK,
    Transport.PREVIOUS: MediaPlayerEntityFeature.PREVIOUS_TRACK,
}
STEPS = {Transport.VOLUME_UP, Transport.VOLUME_DOWN}
PLAY_STATES = {
    PlayState.PLAYING: MediaPlayerState.PLAYING,
    PlayState.PAUSED: MediaPlayerState.PAUSED,
    PlayState.STOPPED: MediaPlayerState.IDLE,
    PlayState.BUFFERING: MediaPlayerState.BUFFERING,
}
REPEATS = {
    Repeat.OFF: RepeatMode.OFF,
    Repeat.ONE: RepeatMode.ONE,
    Repeat.ALL: RepeatMode.ALL,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up media rooms."""
    await async_add_devices(entry, async_add_entities, {MediaRoom: HouseMediaRoom})


@dataclass(frozen=True, slots=True)
class LastSource(ExtraStoredData):
    """The name of what a room played when it was last on."""

    name: str | None

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return what is stored."""
        return {"source": self.name}


class HouseMediaRoom(HouseEntity[MediaRoom], MediaPlayerEntity, RestoreEntity):
    """A room's sound and picture."""

    _attr_device_class = MediaPlayerDeviceClass.RECEIVER
    _last_source: str | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Recall the source from before a restart."""
        await super().async_added_to_hass()
        stored = await self.async_get_last_extra_data()
        if stored is not None and self._last_source is None:
            name = stored.as_dict().get("source")
            self._last_source = name if isinstance(name, str) else None

    @property
    @override
    def extra_restore_state_data(self) -> LastSource:
        """Return the source to recall after a restart."""
        return LastSource(self._last_source)

    @override
    def _take(self, device: MediaRoom) -> None:
        super()._take(device)
        self._last_source = self.source or self._last_source

    @property
    @override
    def supported_features(self) -> MediaPlayerEntityFeature:
        """Return what the room has: not each has volume, mute or sources."""
        features = MediaPlayerEntityFeature(0)
        if self.device.can_switch:
            features |= (
                MediaPlayerEntityFeature.TURN_ON | MediaPlayerEntityFeature.TURN_OFF
            )
        for key, feature in TRANSPORT_FEATURES.items():
            if key in self.device.transport:
                features |= feature
        if self.device.sources:
            features |= MediaPlayerEntityFeature.SELECT_SOURCE
        if self.device.can_set_volume:
            features |= (
                MediaPlayerEntityFeature.VOLUME_SET
                | MediaPlayerEntityFeature.VOLUME_STEP
            )
        if self.device.transport >= STEPS:
            features |= MediaPlayerEntityFeature.VOLUME_STEP
        if self.device.can_mute:
            features |= MediaPlayerEntityFeature.VOLUME_MUTE
        if self.device.can_shuffle:
            features |= MediaPlayerEntityFeature.SHUFFLE_SET
        if self.device.repeats:
            features |= MediaPlayerEntityFeature.REPEAT_SET
        return features

    @property
    @override
    def state(self) -> MediaPlayerState | None:
        """Return whether the room is on, and what its player does as far as known."""
        device = self.device
        if device.power is False:
            return MediaPlayerState.OFF
        if device.playing in PLAY_STATES:
            return PLAY_STATES[device.playing]
        return MediaPlayerState.ON if device.power else None

    @property
    @override
    def media_content_type(self) -> MediaType | None:
        """Return what plays; what somebody plays on an album is music."""
        music = self.device.artist or self.device.album
        return MediaType.MUSIC if music else None

    @property
    @override
    def media_title(self) -> str | None:
        """Return the title of what plays."""
        return self.device.title

    @property
    @override
    def media_artist(self) -> str | None:
        """Return who plays."""
        return self.device.artist

    @property
    @override
    def media_album_name(self) -> str | None:
        """Return the album of what plays."""
        return self.device.album

    @property
    @override
    def media_image_url(self) -> str | None:
        """Return the picture of what plays; Home Assistant fetches and serves it."""
        art, hub = self.device.art, self.coordinator.data.info.url
        if art is None or not art.startswith("/"):
            return art
        return None if hub is None else str(URL(hub).join(URL(art, encoded=True)))

    @property
    @override
    def shuffle(self) -> bool | None:
        """Return whether it plays in any order."""
        return self.device.shuffle

    @property
    @override
    def repeat(self) -> RepeatMode | None:
        """Return what is played again."""
        repeat = self.device.repeat
        return None if repeat is None else REPEATS.get(repeat)

    @property
    @override
    def volume_level(self) -> float | None:
        """Return the volume, 0..1."""
        return self.device.volume

    @property
    @override
    def is_volume_muted(self) -> bool | None:
        """Return whether the room is muted."""
        return self.device.muted

    @property
    @override
    def source_list(self) -> list[str]:
        """Return the sources by name."""
        return list(self._sources())

    @property
    @override
    def source(self) -> str | None:
        """Return the name of what plays."""
        wanted = self.device.source_id
        return next(
            (name for name, key in self._sources().items() if key == wanted), None
        )

    def _sources(self) -> dict[str, str]:
        """Return ids by name; names that several sources have get their id."""
        sources = self.device.sources
        times = Counter(source.name for source in sources)
        return {
            source.name
            if times[source.name] == 1
            else f"{source.name} ({source.id})": source.id
            for source in sources
        }

    @override
    async def async_turn_on(self) -> None:
        """Switch the room on, with its last source if it comes on without one."""
        source = (
            None if self.device.power else self._sources().get(self._last_source or "")
        )
        await self.async_command(
            SetPower(device_id=self._device_id, on=True, source_id=source)
        )

    @override
    async def async_turn_off(self) -> None:
        """Switch the room off."""
        await self.async_command(SetPower(device_id=self._device_id, on=False))

    @override
    async def async_media_play(self) -> None:
        """Play."""
        await self._async_press(Transport.PLAY)

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_press(Transport.PAUSE)

    @override
    async def async_media_stop(self) -> None:
        """Stop."""
        await self._async_press(Transport.STOP)

    @override
    async def async_media_next_track(self) -> None:
        """Go on to the next track."""
        await self._async_press(Transport.NEXT)

    @override
    async def async_media_previous_track(self) -> None:
        """Go back to the previous track."""
        await self._async_press(Transport.PREVIOUS)

    @override
    async def async_volume_up(self) -> None:
        """Turn up, by the player's own step where it has one."""
        if self.device.transport >= STEPS:
            await self._async_press(Transport.VOLUME_UP)
        else:
            await super().async_volume_up()

    @override
    async def async_volume_down(self) -> None:
        """Turn down, by the player's own step where it has one."""
        if self.device.transport >= STEPS:
            await self._async_press(Transport.VOLUME_DOWN)
        else:
            await super().async_volume_down()

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in any order, or in order."""
        await self.async_command(SetShuffle(device_id=self._device_id, shuffle=shuffle))

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Change what is played again, to what the player knows."""
        wanted = Repeat(repeat.value)
        if wanted not in self.device.repeats:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="mode_not_there",
                translation_placeholders={
                    "device": self.device.name,
                    "mode": repeat.value,
                },
            )
        await self.async_command(SetRepeat(device_id=self._device_id, repeat=wanted))

    async def _async_press(self, key: Transport) -> None:
        await self.async_command(PressTransport(device_id=self._device_id, key=key))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume, 0..1."""
        await self.async_command(SetVolume(device_id=self._device_id, volume=volume))

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Mute or unmute the room."""
        await self.async_command(SetMuted(device_id=self._device_id, muted=mute))

    @override
    async def async_select_source(self, source: str) -> None:
        """Play a source."""
        sources = self._sources()
        if source not in sources:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="no_such_source",
                translation_placeholders={
                    "device": self.device.name,
                    "source": source,
                    "sources": ", ".join(sources),
                },
            )
        await self.async_command(
            SelectSource(device_id=self._device_id, source_id=sources[source])
        )
