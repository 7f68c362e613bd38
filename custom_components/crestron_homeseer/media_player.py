"""Support for media rooms."""

from collections import Counter
from typing import override

from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import SelectSource, SetMuted, SetPower, SetVolume
from .house.devices import MediaRoom

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up media rooms."""
    async_add_devices(entry, async_add_entities, {MediaRoom: HouseMediaRoom})


class HouseMediaRoom(HouseEntity[MediaRoom], MediaPlayerEntity):
    """A room's sound and picture."""

    _attr_device_class = MediaPlayerDeviceClass.RECEIVER

    @property
    @override
    def supported_features(self) -> MediaPlayerEntityFeature:
        """Return what the room has: not each has volume, mute or sources."""
        features = MediaPlayerEntityFeature.TURN_ON | MediaPlayerEntityFeature.TURN_OFF
        if self.device.sources:
            features |= MediaPlayerEntityFeature.SELECT_SOURCE
        if self.device.can_set_volume:
            features |= (
                MediaPlayerEntityFeature.VOLUME_SET
                | MediaPlayerEntityFeature.VOLUME_STEP
            )
        if self.device.can_mute:
            features |= MediaPlayerEntityFeature.VOLUME_MUTE
        return features

    @property
    @override
    def state(self) -> MediaPlayerState | None:
        """Return whether the room is on."""
        match self.device.power:
            case True:
                return MediaPlayerState.ON
            case False:
                return MediaPlayerState.OFF
        return None

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
        """Switch the room on."""
        await self.async_command(SetPower(device_id=self._device_id, on=True))

    @override
    async def async_turn_off(self) -> None:
        """Switch the room off."""
        await self.async_command(SetPower(device_id=self._device_id, on=False))

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
