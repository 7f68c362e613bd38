"""What choosing has in common, whichever hub it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
)

from .coordinator import HouseCoordinator
from .house.commands import WAYS_IN
from .house.devices import Cover
from .house.kinds import CoverKind


class HouseOptionsFlow(OptionsFlowWithReload):
    """Knows the shades of the home, and keeps what is chosen."""

    def _coordinator(self) -> HouseCoordinator | None:
        """Return who reads and commands the hub; None while it is not loaded."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: HouseCoordinator = self.config_entry.runtime_data
        return coordinator

    def _shades(self, *, groups: bool = False) -> dict[str, str]:
        """Return the names of shades that take a position, in their order, by id.

        A way into the house is none; `groups` takes in what moves several of them.
        """
        coordinator = self._coordinator()
        if coordinator is None:
            return {}
        house = coordinator.data
        shades = {}
        for device in house.devices.values():
            if not isinstance(device, Cover) or not device.can_position:
                continue
            if device.kind in WAYS_IN:
                continue
            if device.kind is CoverKind.SHADE_GROUP and not groups:
                continue
            room = house.room_of(house.root_of(device))
            shades[device.id] = f"{device.name} ({room.name})" if room else device.name
        return dict(sorted(shades.items(), key=lambda item: item[1].lower()))

    @callback
    def _offer(self, offered: Mapping[str, bool]) -> ConfigFlowResult:
        """Show the menu of what there is to choose."""
        options = [step for step, there in offered.items() if there]
        if options:
            return self.async_show_menu(
                step_id="init",
                menu_options=options,
                description_placeholders={"hub": self.config_entry.title},
            )
        away = self._coordinator() is None
        return self.async_abort(reason="not_loaded" if away else "nothing_to_choose")

    @callback
    def _save(self, changes: dict[str, Any]) -> ConfigFlowResult:
        """Keep choices; None is as the hub has it."""
        options = {**self.config_entry.options, **changes}
        return self.async_create_entry(
            data={key: value for key, value in options.items() if value is not None}
        )


def choice_of(names: dict[str, str], chosen: Iterable[str] = ()) -> SelectSelector:
    """Return the field to choose several by name; what is gone has its id for one."""
    names = {**names, **{key: key for key in chosen if key not in names}}
    return SelectSelector(
        SelectSelectorConfig(
            options=[
                SelectOptionDict(value=key, label=name) for key, name in names.items()
            ],
            multiple=True,
        )
    )


def as_list(lines: Iterable[str]) -> str:
    """Return lines as a list to read in a description."""
    return "".join(f"\n- {line}" for line in lines) or "–"
