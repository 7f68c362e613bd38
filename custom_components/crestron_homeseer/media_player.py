"""Support for media rooms."""

from collections import Counter
from typing import override

from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.helpers.restore_state import RestoredExtraData, RestoreEntity
from yarl import URL

from .entity import HouseEntity, matching, offered, sends, setting_up
from .house.commands import (
    SelectSource,
    SetMuted,
    SetPower,
    SetRepeat,
    SetShuffle,
    SetVolume,
)
from .house.controls import PressTransport
from .house.devices import MediaRoom
from .house.kinds import PlayState, Repeat, Transport

PARALLEL_UPDATES = 0

TRANSPORT_FEATURES = {
    MediaPlayerEntityFeature.PLAY: Transport.PLAY,
    MediaPlayerEntityFeature.PAUSE: Transport.PAUSE,
    MediaPlayerEntityFeature.STOP: Transport.STOP,
    MediaPlayerEntityFeature.NEXT_TRACK: Transport.NEXT,
    MediaPlayerEntityFeature.PREVIOUS_TRACK: Transport.PREVIOUS,
}
STEPS = {Transport.VOLUME_UP, Transport.VOLUME_DOWN}
PLAY_STATES = matching(
    PlayState, MediaPlayerState, {PlayState.STOPPED: MediaPlayerState.IDLE}
)
REPEATS = matching(Repeat, RepeatMode)


class HouseMediaRoom(HouseEntity[MediaRoom], MediaPlayerEntity, RestoreEntity):
    """A room's sound and picture."""

    _attr_device_class = MediaPlayerDeviceClass.RECEIVER
    _last_source: str | None = None

    async_turn_off = sends(SetPower, on=False)
    async_media_play = sends(PressTransport, key=Transport.PLAY)
    async_media_pause = sends(PressTransport, key=Transport.PAUSE)
    async_media_stop = sends(PressTransport, key=Transport.STOP)
    async_media_next_track = sends(PressTransport, key=Transport.NEXT)
    async_media_previous_track = sends(PressTransport, key=Transport.PREVIOUS)

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
    def extra_restore_state_data(self) -> RestoredExtraData:
        """Return the source to recall after a restart."""
        return RestoredExtraData({"source": self._last_source})

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        self._attr_state = self._state(device)
        # What somebody plays on an album is music.
        music = device.artist or device.album
        self._attr_media_content_type = MediaType.MUSIC if music else None
        self._attr_media_title = device.title
        self._attr_media_artist = device.artist
        self._attr_media_album_name = device.album
        self._attr_media_image_url = self._image_url(device.art)
        self._attr_shuffle = device.shuffle
        self._attr_repeat = REPEATS.get(device.repeat or Repeat.UNKNOWN)
        self._attr_volume_level = device.volume
        self._attr_is_volume_muted = device.muted
        sources = self._sources()
        self._attr_source_list = list(sources)
        self._attr_source = next(
            (name for name, key in sources.items() if key == device.source_id), None
        )
        self._last_source = self._attr_source or self._last_source
        self._attr_supported_features = self._features(device)

    def _features(self, device: MediaRoom) -> MediaPlayerEntityFeature:
        """Return what the room has: not each has volume, mute or sources."""
        feature, keys = MediaPlayerEntityFeature, device.transport
        return offered(
            {
                feature.TURN_ON | feature.TURN_OFF: device.can_switch,
                feature.SELECT_SOURCE: device.sources,
                feature.VOLUME_SET: device.can_set_volume,
                feature.VOLUME_STEP: device.can_set_volume or keys >= STEPS,
                feature.VOLUME_MUTE: device.can_mute,
                feature.SHUFFLE_SET: device.can_shuffle,
                feature.REPEAT_SET: device.repeats,
            }
            | {each: key in keys for each, key in TRANSPORT_FEATURES.items()}
        )

    def _state(self, device: MediaRoom) -> MediaPlayerState | None:
        """Return whether the room is on, and what its player does as far as known."""
        if device.power is False:
            return MediaPlayerState.OFF
        if device.playing in PLAY_STATES:
            return PLAY_STATES[device.playing]
        return MediaPlayerState.ON if device.power else None

    def _image_url(self, art: str | None) -> str | None:
        """Return the picture of what plays; Home Assistant fetches and serves it."""
        hub = self.coordinator.data.info.url
        if art is None or not art.startswith("/"):
            return art
        return None if hub is None else str(URL(hub).join(URL(art, encoded=True)))

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
            SetPower(device_id=self.device.id, on=True, source_id=source)
        )

    @override
    async def async_volume_up(self) -> None:
        """Turn up, by the player's own step where it has one."""
        if not await self._async_step(Transport.VOLUME_UP):
            await super().async_volume_up()

    @override
    async def async_volume_down(self) -> None:
        """Turn down, by the player's own step where it has one."""
        if not await self._async_step(Transport.VOLUME_DOWN):
            await super().async_volume_down()

    async def _async_step(self, key: Transport) -> bool:
        if own := self.device.transport >= STEPS:
            await self.async_command(PressTransport(device_id=self.device.id, key=key))
        return own

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in any order, or in order."""
        await self.async_command(SetShuffle(device_id=self.device.id, shuffle=shuffle))

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Change what is played again, to what the player knows."""
        wanted = Repeat(repeat.value)
        if wanted not in self.device.repeats:
            raise self.invalid("mode_not_there", mode=repeat.value)
        await self.async_command(SetRepeat(device_id=self.device.id, repeat=wanted))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume, 0..1."""
        await self.async_command(SetVolume(device_id=self.device.id, volume=volume))

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Mute or unmute the room."""
        await self.async_command(SetMuted(device_id=self.device.id, muted=mute))

    @override
    async def async_select_source(self, source: str) -> None:
        """Play a source."""
        sources = self._sources()
        if source not in sources:
            raise self.invalid(
                "no_such_source", source=source, sources=", ".join(sources)
            )
        await self.async_command(
            SelectSource(device_id=self.device.id, source_id=sources[source])
        )


async_setup_entry = setting_up(MediaRoom, HouseMediaRoom)
