"""Choosing how shades differ from what the hub has of them, and lining them up."""

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import PERCENTAGE
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import CONF_KIND, CONF_SHADES, CONF_TOGETHER, KIND_CRESTRON
from .flow_base import HouseOptionsFlow, Typed, number, pick, pick_several
from .house.commands import MoveTo
from .house.devices import Cover
from .house.hub import HubError
from .house.kinds import ACCESS_COVERS, CoverKind
from .house.shades import Calibration
from .house_options import read_calibrations, read_groups, written_calibrations
from .options_devices import as_list

CONF_GROUPS = "groups"
CONF_NEXT = "next"
CONF_POSITION = "position"
CONF_SET_BACK = "set_back"
CONF_UPSIDE_DOWN = "upside_down"

# What comes next, while shades are lined up.
NEXT = ("move", "keep", "undo")

# Percent: where shades are compared, and by how much they are corrected.
COMPARED = number(5, 95, 5, slider=True, unit=PERCENTAGE)
LOWEST, HIGHEST = 1, 99
OWN = number(LOWEST, HIGHEST, 0.5, unit=PERCENTAGE)


class ShadesFlow(HouseOptionsFlow):
    """A menu of what can be chosen for shades.

    To line them up, it moves them until the person who watches them is content.
    Nothing is kept before that, so the entry is not loaded anew in between.
    """

    def __init__(self) -> None:
        """Start with no shade chosen."""
        super().__init__()
        self._position: float = 50
        # By the shades' ids: their fields, their corrections so far, which the hub still
        # has, the percents that are typed and those that they were given.
        self._names: dict[str, str] = {}
        self._used: dict[str, Calibration] = {}
        self._own: dict[str, float] = {}
        self._moved: dict[str, float] = {}

    def _shades(self, *, groups: bool = False) -> dict[str, str]:
        """Return the names of shades that take a position, in their order, by id.

        A way into the house is none; `groups` takes in what moves several of them.
        """
        coordinator = self._coordinator()
        if coordinator is None:
            return {}
        house = coordinator.data
        left_out = ACCESS_COVERS if groups else {*ACCESS_COVERS, CoverKind.SHADE_GROUP}
        shades = {}
        for device in house.devices.values():
            if not isinstance(device, Cover) or not device.can_position:
                continue
            if device.kind not in left_out:
                room = house.room_of(house.root_of(device))
                place = f" ({room.name})" if room else ""
                shades[device.id] = f"{device.name}{place}"
        return dict(sorted(shades.items(), key=lambda item: item[1].lower()))

    def _shades_offered(self) -> bool:
        """Return whether there are shades, or something is set for such as are gone."""
        options = self.config_entry.options
        set_before = options.get(CONF_SHADES) or options.get(CONF_TOGETHER)
        return bool(set_before or self._shades(groups=True))

    def _groups(self) -> list[list[str]]:
        return read_groups(self.config_entry.options)

    def _calibrations(self) -> dict[str, Calibration]:
        return read_calibrations(self.config_entry.options)[0]

    def _free(self) -> dict[str, str]:
        """Return the shades that are in no group: one shade cannot obey two."""
        taken = {key for group in self._groups() for key in group}
        return {key: name for key, name in self._shades().items() if key not in taken}

    async def async_step_shades(self, user_input: Typed = None) -> ConfigFlowResult:
        """Offer what can be chosen for the shades."""
        # Only a processor can have shades arrive together.
        crestron = self.config_entry.data[CONF_KIND] == KIND_CRESTRON
        together = self._groups() or (crestron and len(self._free()) > 1)
        offered = {"align": self._shades(), "corrections": True, "together": together}
        return self._offer("shades", offered)

    async def async_step_corrections(
        self, user_input: Typed = None
    ) -> ConfigFlowResult:
        """Choose the shades that are upside down, and those that are set back."""
        calibrations, broken = read_calibrations(self.config_entry.options)
        if user_input is not None:
            upside_down = user_input[CONF_UPSIDE_DOWN]
            for key in {*calibrations, *upside_down}:
                calibration = calibrations.get(key, Calibration())
                if calibration.invert != (key in upside_down):
                    calibrations[key] = calibration.inverted()
            for key in user_input[CONF_SET_BACK]:
                calibrations.pop(key, None)
            return self._save({CONF_SHADES: written_calibrations(calibrations)})
        names = self._shades(groups=True)
        inverted = [key for key, each in calibrations.items() if each.invert]
        known = {key: names.get(key, key) for key in (*calibrations, *broken)}
        fields = pick_several(CONF_UPSIDE_DOWN, names, inverted)
        fields |= pick_several(CONF_SET_BACK, known)
        lines = (
            f"{known[key]}: {points}"
            for key, each in calibrations.items()
            if (points := _points(each))
        )
        return self._show("corrections", fields, corrected=as_list(lines))

    async def async_step_together(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose shades that are to arrive together, and groups to forget."""
        groups, error = self._groups(), ""
        if user_input is not None:
            gone, chosen = user_input[CONF_GROUPS], user_input[CONF_SHADES]
            kept = [each for at, each in enumerate(groups) if str(at) not in gone]
            if len(chosen) != 1:
                kept += [chosen] if chosen else []
                return self._save({CONF_TOGETHER: kept or None})
            error = "two_shades"
        names = self._shades()
        lines = {
            str(at): ", ".join(names.get(key, key) for key in group)
            for at, group in enumerate(groups)
        }
        fields = pick_several(CONF_SHADES, self._free())
        fields |= pick_several(CONF_GROUPS, lines)
        return self._show("together", fields, error, user_input)

    async def async_step_align(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose shades and a position to compare them at; then they go there."""
        error, shades, chosen = "", self._shades(), []
        if user_input is not None:
            chosen, self._position = user_input[CONF_SHADES], user_input[CONF_POSITION]
            known = self._calibrations()
            self._used = {key: known.get(key, Calibration()) for key in chosen}
            self._own = {
                # A shade is sent no nearer to an end than can be typed.
                key: min(max(_own_percent(each, self._position / 100), LOWEST), HIGHEST)
                for key, each in self._used.items()
            }
            self._names = {}
            for key in chosen:
                # Two of the same name have to be two fields.
                name = shades.get(key, key)
                taken = name in {CONF_NEXT, *self._names.values()}
                self._names[key] = f"{name} – {key}" if taken else name
            error = await self._async_move() if chosen else "nothing_chosen"
            if not error:
                return await self.async_step_line_up()
        fields = pick_several(CONF_SHADES, shades, chosen)
        fields[vol.Required(CONF_POSITION, default=self._position)] = COMPARED
        return self._show("align", fields, error)

    async def async_step_line_up(self, user_input: Typed = None) -> ConfigFlowResult:
        """Correct each shade and move again, until they line up."""
        typed, error = user_input or {}, ""
        for key, name in self._names.items():
            self._own[key] = typed.get(name, self._own[key])
        match typed.get(CONF_NEXT):
            case "undo":
                return self.async_abort(reason="undone")
            case "move":
                error = await self._async_move()
            case "keep" if self._own == self._moved:
                known = self._calibrations()
                known |= {
                    key: each.with_anchor(self._position / 100, self._raw(key))
                    for key, each in self._used.items()
                }
                return self._save({CONF_SHADES: written_calibrations(known)})
            case "keep":
                # Nobody has seen yet whether they line up there.
                error = "move_first"
        fields: VolDictType = {
            vol.Required(name, default=self._own[key]): OWN
            for key, name in self._names.items()
        }
        fields[vol.Required(CONF_NEXT, default=NEXT[0])] = pick(NEXT)
        return self._show("line_up", fields, error, position=f"{self._position:g}")

    def _raw(self, key: str) -> float:
        """Return the hub's position for what a shade is corrected to."""
        own = self._own[key] / 100
        return 1.0 - own if self._used[key].invert else own

    async def _async_move(self) -> str:
        """Send all shades where they are corrected to; return what went wrong."""
        coordinator = self._coordinator()
        self._moved = {}
        if coordinator is None:
            return "not_moved"
        commands = [
            MoveTo(device_id=key, position=each.shown(self._raw(key)))
            for key, each in self._used.items()
        ]
        try:
            await coordinator.queue.put(*commands)
        except HubError:
            return "not_moved"
        self._moved = dict(self._own)
        return ""


def _own_percent(calibration: Calibration, shown: float) -> float:
    """Return how far open a shade is by its motor's count, in percent."""
    raw = calibration.raw(shown)
    return round((1.0 - raw if calibration.invert else raw) * 100, 1)


def _points(calibration: Calibration) -> str:
    """Return what is shown where the shade's own count is another, to read."""
    return ", ".join(
        f"{shown * 100:.3g} % ↔ {_own_percent(calibration, shown):g} %"
        for shown, _ in calibration.anchors
    )
