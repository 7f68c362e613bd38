"""Support for lights."""

import time
from typing import Any, override

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_RGB_COLOR,
    ATTR_TRANSITION,
    ColorMode,
    LightEntity,
    LightEntityFeature,
)
from homeassistant.helpers.restore_state import RestoredExtraData, RestoreEntity

from .entity import HouseEntity, setting_up
from .house.commands import SetColor, SetLevel, SetWhite
from .house.devices import Light
from .house.hub import AnyCommand

PARALLEL_UPDATES = 0

# Seconds in which a light that goes out is seen at another level, again and again.
FADING = 8.0


class HouseLight(HouseEntity[Light], LightEntity, RestoreEntity):
    """A dimmer, a switched light, or one with colours."""

    _last_level: float | None = None
    # The level that is shown, and since when.
    _shown: tuple[float | None, float] = (None, 0.0)

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        level = device.level
        self._keep_level(level)
        self._attr_is_on = None if level is None else level > 0
        # A light that is on is never shown as 0.
        self._attr_brightness = max(1, round(level * 255)) if level else None
        self._attr_rgb_color = device.color if device.colored else None
        self._attr_color_temp_kelvin = device.white
        modes = set()
        if device.whites is not None:
            modes.add(ColorMode.COLOR_TEMP)
            low, high = device.whites
            self._attr_min_color_temp_kelvin = low
            self._attr_max_color_temp_kelvin = high
        if device.colored:
            modes.add(ColorMode.RGB)
        plain = ColorMode.BRIGHTNESS if device.dimmable else ColorMode.ONOFF
        self._attr_supported_color_modes = modes or {plain}
        if len(modes) > 1:
            # The hub does not say which of both is seen: a colour that is white is none.
            white = device.color is None or min(device.color) == max(device.color)
            modes = {ColorMode.COLOR_TEMP if white else ColorMode.RGB}
        self._attr_color_mode = next(iter(modes), plain)
        self._attr_supported_features = (
            LightEntityFeature.TRANSITION if device.fades else LightEntityFeature(0)
        )

    def _keep_level(self, level: float | None) -> None:
        """Keep the level to come back to: one on the way down was chosen by nobody."""
        before, since = self._shown
        if level == before:
            return
        now = time.monotonic()
        self._shown = level, now
        if before and now - since >= FADING:
            self._last_level = before
        if level and level >= (self._last_level or 0.0):
            self._last_level = level

    @override
    async def async_added_to_hass(self) -> None:
        """Recall the level from before a restart."""
        await super().async_added_to_hass()
        stored = await self.async_get_last_extra_data()
        if self._last_level is None and stored is not None:
            level = stored.as_dict().get("level")
            if isinstance(level, float) and 0 < level <= 1:
                self._last_level = level

    @property
    @override
    def extra_restore_state_data(self) -> RestoredExtraData:
        """Return the level to recall after a restart."""
        return RestoredExtraData({"level": self.device.level or self._last_level})

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn the light on, to its last level where none is asked for."""
        device = self.device
        commands: list[AnyCommand] = []
        if ATTR_RGB_COLOR in kwargs:
            # Before the level, so that it does not come on in its old colour.
            color = kwargs[ATTR_RGB_COLOR]
            commands.append(SetColor(device_id=self.device.id, color=color))
        if ATTR_COLOR_TEMP_KELVIN in kwargs:
            white = kwargs[ATTR_COLOR_TEMP_KELVIN]
            commands.append(SetWhite(device_id=self.device.id, white=white))
        if not device.dimmable:
            level = 1.0
        elif ATTR_BRIGHTNESS in kwargs:
            level = kwargs[ATTR_BRIGHTNESS] / 255
        else:
            level = device.level or self._last_level or 1.0
        if not commands or not device.level or ATTR_BRIGHTNESS in kwargs:
            commands.append(self._set_level(level, kwargs))
        await self.async_command(*commands)
        self._last_level = level

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn the light off."""
        await self.async_command(self._set_level(0.0, kwargs))

    def _set_level(self, level: float, kwargs: dict[str, Any]) -> SetLevel:
        fade = kwargs.get(ATTR_TRANSITION)
        return SetLevel(device_id=self.device.id, level=level, fade=fade)


async_setup_entry = setting_up(Light, HouseLight)
