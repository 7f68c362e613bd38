"""Choosing which things of a home are included, and which are of one door."""

from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.helpers.translation import async_get_translations
import voluptuous as vol

from .const import CONF_DOORS, CONF_LEFT_OUT, PLATFORMS
from .house.adjusted import Adjuster
from .house.devices import House
from .house.exclusions import UNUSED, Exclusions, door_pairs, kind_of, rooms_in_use
from .house.identity import plain
from .house.words import unused
from .house_options import (
    CONF_KINDS,
    CONF_NAMES,
    CONF_ROOMS,
    read_adjustments,
    read_left_out,
)
from .options_base import HouseOptionsFlow, choice_of

# Between the ids of a pair.
_AND = "|"


class IncludeFlow(HouseOptionsFlow):
    """Shows what a choice leaves before it is kept."""

    def _all(self) -> House:
        """Return the home with all that could be included."""
        adjustments = read_adjustments(self.config_entry.options)
        return Adjuster(replace(adjustments, exclusions=Exclusions())).house(
            self._entire()
        )

    def _doors(self) -> dict[str, str]:
        """Return the sensors and locks that may be of one door."""
        pairs = door_pairs(self._entire())
        return {_AND.join(pair): name for pair, name in pairs.items()}

    async def async_step_include(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose what is left out."""
        self._back = "include"
        if user_input is not None:
            self._changes[CONF_LEFT_OUT] = {
                key: chosen for key, chosen in user_input.items() if chosen
            } or None
            return await self.async_step_preview()
        house, chosen = self._all(), read_left_out(self._chosen(CONF_LEFT_OUT))
        names = rooms_in_use(house)
        rooms = {UNUSED: UNUSED} if any(map(unused, names)) else {}
        rooms |= {plain(name): name for name in names}
        kinds = await _async_kinds(self.hass, house)
        schema = {
            vol.Required(CONF_ROOMS, default=sorted(chosen.rooms)): _several(
                rooms, chosen.rooms, CONF_ROOMS
            ),
            vol.Required(CONF_KINDS, default=sorted(chosen.kinds)): choice_of(
                kinds, chosen.kinds
            ),
            vol.Required(CONF_NAMES, default=list(chosen.names)): TextSelector(
                TextSelectorConfig(multiple=True)
            ),
        }
        return self.async_show_form(
            step_id="include", data_schema=vol.Schema(schema), last_step=False
        )

    async def async_step_doors(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the sensors that are one device with the lock of their door."""
        if user_input is not None:
            pairs = [pair.split(_AND) for pair in user_input[CONF_DOORS]]
            return self._save({CONF_DOORS: pairs or None})
        joined = read_adjustments(self.config_entry.options).doors
        chosen = [_AND.join(pair) for pair in joined]
        field = vol.Required(CONF_DOORS, default=chosen)
        return self.async_show_form(
            step_id="doors",
            data_schema=vol.Schema({field: choice_of(self._doors(), chosen)}),
        )


async def _async_kinds(hass: HomeAssistant, house: House) -> dict[str, str]:
    """Return the kinds that there are, as Home Assistant calls them."""
    words = await async_get_translations(
        hass, hass.config.language, "title", set(PLATFORMS)
    )
    labels = {}
    for kind in {kind_of(device) for device in house.devices.values()}:
        platform, _, of_scene = kind.partition(":")
        name = words.get(f"component.{platform}.title", platform)
        labels[kind] = f"{name}: {of_scene}" if of_scene else name
    return dict(sorted(labels.items(), key=lambda item: item[1].lower()))


def _several(
    names: dict[str, str], chosen: frozenset[str], translation_key: str
) -> SelectSelector:
    """Return the field to choose several, of which some are words of ours."""
    config: SelectSelectorConfig = choice_of(names, chosen).config
    config["translation_key"] = translation_key
    return SelectSelector(config)
