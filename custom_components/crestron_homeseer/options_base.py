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
from .house.adjusted import Adjuster
from .house.devices import Cover, Device, House, HubInfo
from .house.hub import Choices
from .house.kinds import ACCESS_COVERS, CoverKind
from .house_options import read_adjustments

# Stands for what the hub itself says.
AUTOMATIC = "automatic"
# So many names of what is left out are enough to see whether it is meant.
_EXAMPLES = 25


class HouseOptionsFlow(OptionsFlowWithReload):
    """Knows what there is in the home, and keeps what is chosen."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._choices = Choices()
        # What is chosen, and is kept when all is.
        self._changes: dict[str, Any] = {}
        # Where one more choice is made.
        self._back = ""

    def _coordinator(self) -> HouseCoordinator | None:
        """Return who reads and commands the hub; None while it is not loaded."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: HouseCoordinator = self.config_entry.runtime_data
        return coordinator

    def _entire(self) -> House:
        """Return the home as its hub has it; an empty one where it is not loaded."""
        coordinator = self._coordinator()
        if coordinator is None or coordinator.hub_house is None:
            return House(info=HubInfo(manufacturer="", name=""))
        return coordinator.hub_house.as_reported

    def _placed(self, device: Device, key: str) -> str:
        """Return the name of a device with its room and its id."""
        house = self._entire()
        room = house.room_of(house.root_of(device))
        return f"{device.name} ({f'{room.name}, ' if room else ''}{key})"

    def _chosen(self, key: str) -> dict[str, Any]:
        """Return a copy of what is chosen so far."""
        kept = self.config_entry.options.get(key)
        return dict(self._changes.get(key, kept) or {})

    async def async_step_preview(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what is left of the home, and ask whether that was all."""
        house = self._entire()
        adjustments = read_adjustments({**self.config_entry.options, **self._changes})
        left = house.devices.keys() - Adjuster(adjustments).house(house).devices.keys()
        names = sorted((house.devices[key].name for key in left), key=str.lower)
        if len(names) > _EXAMPLES:
            names[_EXAMPLES:] = ["…"]
        return self.async_show_menu(
            step_id="preview",
            menu_options=["save", self._back],
            description_placeholders={
                "all": str(len(house.devices)),
                "stay": str(len(house.devices) - len(left)),
                "left_out": as_list(names),
            },
        )

    async def async_step_save(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep what was chosen."""
        return self._save(self._changes)

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
            if device.kind in ACCESS_COVERS:
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
        return self.async_abort(reason="not_loaded")

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
