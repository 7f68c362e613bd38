"""What an entry's options hold about its devices, as far as it can be used."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import voluptuous as vol

from .const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_LEFT_OUT,
    CONF_OVERRIDES,
    CONF_SHADES,
    CONF_TOGETHER,
)
from .house.adjusted import RELAYS, Adjustments, LoadKind
from .house.exclusions import Exclusions
from .house.shades import Calibration

CONF_ANCHORS = "anchors"
CONF_INVERT = "invert"
CONF_KINDS = "kinds"
CONF_NAMES = "names"
CONF_ROOMS = "rooms"

_REF = "ref-"
_OF_ANY = {*RELAYS, LoadKind.IGNORE}

_FRACTION = vol.All(vol.Any(float, int), vol.Range(min=0, max=1))
_SHADE = vol.Schema(
    {
        vol.Optional(CONF_INVERT, default=False): bool,
        vol.Optional(CONF_ANCHORS, default=list): [
            vol.ExactSequence([_FRACTION, _FRACTION])
        ],
    }
)
_GROUP = vol.Schema(vol.All([str], vol.Length(min=2), vol.Unique()))
_PAIR = vol.Schema(vol.ExactSequence([str, str]))
_TEXT = vol.Schema(str)


def id_of(part: str) -> str:
    """Return the id of a device that the options name; HomeSeer's by its ref."""
    return f"{_REF}{part}" if part.isdecimal() else part


def part_of(key: str) -> str:
    """Return by what the options name a device, as `id_of` reads it."""
    return key.removeprefix(_REF)


def read_adjustments(options: Mapping[str, Any]) -> Adjustments:
    """Return what is chosen for the home."""
    return Adjustments(
        kinds={
            id_of(part): kind
            for part, kind in _texts_by_text(options.get(CONF_OVERRIDES))
            # All other kinds of a ref are for HomeSeer's own reading of it.
            if kind in _OF_ANY or (kind in set(LoadKind) and not part.isdecimal())
        },
        closing={
            id_of(part): id_of(other)
            for part, other in _texts_by_text(options.get(CONF_CLOSING))
        },
        doors=tuple((pair[0], pair[1]) for pair in _valid(options, CONF_DOORS, _PAIR)),
        exclusions=read_exclusions(options.get(CONF_LEFT_OUT)),
    )


def read_exclusions(stored: object) -> Exclusions:
    """Return what is left out."""
    left = stored if isinstance(stored, Mapping) else {}
    rooms, kinds, names = (
        _valid(left, key, _TEXT) for key in (CONF_ROOMS, CONF_KINDS, CONF_NAMES)
    )
    return Exclusions(frozenset(rooms), frozenset(kinds), tuple(names))


def read_calibrations(
    options: Mapping[str, Any],
) -> tuple[dict[str, Calibration], list[str]]:
    """Return the calibrations by device, and the devices whose cannot be used."""
    stored = options.get(CONF_SHADES, {})
    if not isinstance(stored, Mapping):
        return {}, [CONF_SHADES]
    calibrations, broken = {}, []
    for device_id, shade in stored.items():
        try:
            read = _SHADE(dict(shade))
            anchors = sorted((shown, raw) for shown, raw in read[CONF_ANCHORS])
            calibration = Calibration(read[CONF_INVERT], tuple(anchors))
        except TypeError, ValueError, vol.Invalid:
            broken.append(str(device_id))
            continue
        if not calibration.is_default:
            calibrations[str(device_id)] = calibration
    return calibrations, broken


def written_calibrations(
    calibrations: Mapping[str, Calibration],
) -> dict[str, Any] | None:
    """Return calibrations as they are stored; None where there are none."""
    return {
        device_id: {
            CONF_INVERT: calibration.invert,
            CONF_ANCHORS: [list(anchor) for anchor in calibration.anchors],
        }
        for device_id, calibration in calibrations.items()
        if not calibration.is_default
    } or None


def read_groups(options: Mapping[str, Any]) -> list[list[str]]:
    """Return the groups of shades that arrive together."""
    return _valid(options, CONF_TOGETHER, _GROUP)


def _valid(options: Mapping[str, Any], key: str, schema: vol.Schema) -> list[Any]:
    """Return those of a list that are as a schema wants them."""
    stored, valid = options.get(key), []
    for each in stored if isinstance(stored, list) else ():
        with suppress(vol.Invalid):
            valid.append(schema(each))
    return valid


def _texts_by_text(stored: object) -> list[tuple[str, str]]:
    pairs = stored.items() if isinstance(stored, Mapping) else ()
    return [(str(key), each) for key, each in pairs if isinstance(each, str)]
