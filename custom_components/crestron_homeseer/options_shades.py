"""Choosing how shades differ from what the hub has of them."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
import voluptuous as vol

from .const import CONF_SHADES, CONF_TOGETHER
from .house.shades import Calibration
from .options_align import AlignFlow, own_percent
from .options_base import as_list, choice_of
from .shade_options import read_calibrations, read_groups, written_calibrations

CONF_GROUPS = "groups"
CONF_SET_BACK = "set_back"
CONF_UPSIDE_DOWN = "upside_down"


class ShadesFlow(AlignFlow):
    """A menu of what can be said about shades."""

    # Whether the hub can have shades arrive together.
    can_arrive_together = False

    def _shades_offered(self) -> bool:
        """Return whether there are shades, or something is set for such as are gone."""
        options = self.config_entry.options
        set_before = options.get(CONF_SHADES) or options.get(CONF_TOGETHER)
        return bool(set_before or self._shades(groups=True))

    async def async_step_shades(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer what can be said about the shades."""
        free, groups = self._free(), read_groups(self.config_entry.options)
        offered = {
            "align": bool(self._shades()),
            "corrections": True,
            "group_add": self.can_arrive_together and len(free) > 1,
            "group_remove": bool(groups),
        }
        return self.async_show_menu(
            step_id="shades",
            menu_options=[step for step, there in offered.items() if there],
        )

    async def async_step_corrections(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the shades that are upside down, and those that are set back."""
        calibrations, broken = read_calibrations(self.config_entry.options)
        if user_input is not None:
            return self._correct(calibrations, **user_input)
        names = self._shades(groups=True)
        inverted = [key for key, each in calibrations.items() if each.invert]
        known = [*calibrations, *broken]
        schema = vol.Schema(
            {
                vol.Required(CONF_UPSIDE_DOWN, default=inverted): choice_of(
                    names, inverted
                ),
                vol.Required(CONF_SET_BACK, default=list): choice_of(
                    {key: names.get(key, key) for key in known}
                ),
            }
        )
        lines = (
            f"{names.get(key, key)}: {points}"
            for key, each in calibrations.items()
            if (points := _points(each))
        )
        return self.async_show_form(
            step_id="corrections",
            data_schema=schema,
            description_placeholders={"corrected": as_list(lines)},
        )

    def _correct(
        self,
        calibrations: dict[str, Calibration],
        upside_down: list[str],
        set_back: list[str],
    ) -> ConfigFlowResult:
        """Turn those round that are to be, and forget what is to be forgotten."""
        for key in {*calibrations, *upside_down}:
            calibration = calibrations.get(key, Calibration())
            if calibration.invert != (key in upside_down):
                calibrations[key] = calibration.inverted()
        for key in set_back:
            calibrations.pop(key, None)
        return self._save({CONF_SHADES: written_calibrations(calibrations)})

    async def async_step_group_add(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose shades that are to arrive together."""
        errors = {}
        chosen: list[str] = []
        groups = read_groups(self.config_entry.options)
        if user_input is not None:
            chosen = user_input[CONF_SHADES]
            if len(chosen) > 1:
                return self._save({CONF_TOGETHER: [*groups, chosen]})
            errors[CONF_SHADES] = "two_shades"
        return self.async_show_form(
            step_id="group_add",
            data_schema=vol.Schema(
                {vol.Required(CONF_SHADES, default=chosen): choice_of(self._free())}
            ),
            errors=errors,
            description_placeholders={
                "groups": as_list(self._group_names().values()),
            },
        )

    async def async_step_group_remove(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose groups to forget."""
        if user_input is not None:
            kept = [
                group
                for place, group in enumerate(read_groups(self.config_entry.options))
                if str(place) not in user_input[CONF_GROUPS]
            ]
            return self._save({CONF_TOGETHER: kept or None})
        return self.async_show_form(
            step_id="group_remove",
            data_schema=vol.Schema(
                {vol.Required(CONF_GROUPS): choice_of(self._group_names())}
            ),
        )

    def _free(self) -> dict[str, str]:
        """Return the shades that are in no group: one shade cannot obey two."""
        groups = read_groups(self.config_entry.options)
        taken = {key for group in groups for key in group}
        return {key: name for key, name in self._shades().items() if key not in taken}

    def _group_names(self) -> dict[str, str]:
        """Return what is in each group, by its place."""
        names = self._shades()
        groups = read_groups(self.config_entry.options)
        return {
            str(place): ", ".join(names.get(key, key) for key in group)
            for place, group in enumerate(groups)
        }


def _points(calibration: Calibration) -> str:
    """Return what is shown where the shade's own count is another, to read."""
    return ", ".join(
        f"{shown * 100:.3g} % ↔ {own_percent(calibration, raw):g} %"
        for shown, raw in calibration.anchors
    )
