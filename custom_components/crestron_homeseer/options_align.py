"""Lining up the shades of a façade, with the person who looks at them."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import PERCENTAGE
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from .const import CONF_SHADES
from .house.commands import MoveTo
from .house.hub import HubError
from .house.shades import Calibration
from .options_base import HouseOptionsFlow, choice_of
from .shade_options import read_calibrations, written_calibrations

CONF_NEXT = "next"
CONF_POSITION = "position"

KEEP = "keep"
MOVE = "move"
UNDO = "undo"

# Percent: where shades are compared, and by how much they are corrected.
MIDDLE = 50
COMPARED = NumberSelector(
    NumberSelectorConfig(
        min=5,
        max=95,
        step=5,
        unit_of_measurement=PERCENTAGE,
        mode=NumberSelectorMode.SLIDER,
    )
)
LOWEST, HIGHEST = 1, 99
OWN = NumberSelector(
    NumberSelectorConfig(
        min=LOWEST,
        max=HIGHEST,
        step=0.5,
        unit_of_measurement=PERCENTAGE,
        mode=NumberSelectorMode.BOX,
    )
)
NEXT = SelectSelector(
    SelectSelectorConfig(
        options=[MOVE, KEEP, UNDO],
        mode=SelectSelectorMode.LIST,
        translation_key=CONF_NEXT,
    )
)


def own_percent(calibration: Calibration, raw: float) -> float:
    """Return how far open a shade is by its motor's count, in percent."""
    return round((1.0 - raw if calibration.invert else raw) * 100, 1)


def _typable(percents: float) -> float:
    """Return the nearest that can be typed; a shade is sent no nearer to an end."""
    return min(max(percents, LOWEST), HIGHEST)


class AlignFlow(HouseOptionsFlow):
    """Moves shades as they are told, until the person says that they line up.

    Nothing is kept before that, so the entry is not loaded anew in between.
    """

    def __init__(self) -> None:
        """Start with no shade chosen."""
        super().__init__()
        self._position: float = MIDDLE
        # By the shades' ids: their names, and the percents that they were given.
        self._names: dict[str, str] = {}
        self._own: dict[str, float] = {}
        self._moved: dict[str, float] = {}

    async def async_step_align(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose shades and a position to compare them at; then they go there."""
        errors = {}
        shades = self._shades()
        chosen: list[str] = []
        if user_input is not None:
            chosen = user_input[CONF_SHADES]
            self._position = user_input[CONF_POSITION]
            if not chosen:
                errors[CONF_SHADES] = "no_shade"
            else:
                self._start({key: shades.get(key, key) for key in chosen})
                if not (errors := await self._async_move()):
                    return self._line_up({})
        schema = vol.Schema(
            {
                vol.Required(CONF_SHADES, default=chosen): choice_of(shades, chosen),
                vol.Required(CONF_POSITION, default=self._position): COMPARED,
            }
        )
        return self.async_show_form(step_id="align", data_schema=schema, errors=errors)

    async def async_step_line_up(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Correct each shade and move again, until they line up."""
        typed = user_input or {}
        for device_id, name in self._names.items():
            self._own[device_id] = typed.get(name, self._own[device_id])
        errors = {}
        match typed.get(CONF_NEXT):
            case "undo":
                return self.async_abort(reason="undone")
            case "move":
                errors = await self._async_move()
            case "keep" if self._own == self._moved:
                return self._keep_anchors()
            case "keep":
                # Nobody has seen yet whether they line up there.
                errors[CONF_NEXT] = "move_first"
        return self._line_up(errors)

    @callback
    def _start(self, names: dict[str, str]) -> None:
        """Begin with the shades where they would go for the position now."""
        self._names = {}
        self._own = {}
        for device_id, name in names.items():
            # Two of the same name have to be two fields.
            taken = name in {CONF_NEXT, *self._names.values()}
            self._names[device_id] = f"{name} – {device_id}" if taken else name
        for device_id, calibration in self._in_use().items():
            raw = calibration.raw(self._position / 100)
            self._own[device_id] = _typable(own_percent(calibration, raw))

    async def _async_move(self) -> dict[str, str]:
        """Send all shades where they are corrected to; return what went wrong."""
        coordinator = self._coordinator()
        self._moved = {}
        if coordinator is None:
            return {"base": "not_moved"}
        commands = [
            # The hub still has the old corrections.
            MoveTo(
                device_id=device_id,
                position=calibration.shown(self._raw(device_id, calibration)),
            )
            for device_id, calibration in self._in_use().items()
        ]
        try:
            await coordinator.queue.put(*commands)
        except HubError:
            return {"base": "not_moved"}
        self._moved = dict(self._own)
        return {}

    @callback
    def _line_up(self, errors: dict[str, str]) -> ConfigFlowResult:
        """Show what each shade was given."""
        fields: dict[Any, Any] = {
            vol.Required(name, default=self._own[device_id]): OWN
            for device_id, name in self._names.items()
        }
        fields[vol.Required(CONF_NEXT, default=MOVE)] = NEXT
        return self.async_show_form(
            step_id="line_up",
            data_schema=vol.Schema(fields),
            errors=errors,
            description_placeholders={"position": f"{self._position:g}"},
        )

    @callback
    def _keep_anchors(self) -> ConfigFlowResult:
        """Keep that the shades are at the position where they are now."""
        calibrations, _ = read_calibrations(self.config_entry.options)
        for device_id, calibration in self._in_use().items():
            calibrations[device_id] = calibration.with_anchor(
                self._position / 100, self._raw(device_id, calibration)
            )
        return self._save({CONF_SHADES: written_calibrations(calibrations)})

    def _in_use(self) -> dict[str, Calibration]:
        """Return the corrections of the chosen shades as they are in use."""
        calibrations, _ = read_calibrations(self.config_entry.options)
        return {key: calibrations.get(key, Calibration()) for key in self._names}

    def _raw(self, device_id: str, calibration: Calibration) -> float:
        """Return the hub's position for what a shade is corrected to."""
        own = self._own[device_id] / 100
        return 1.0 - own if calibration.invert else own
