"""What an entry's options say about shades."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from .const import CONF_SHADES, CONF_TOGETHER
from .house.shades import Calibration

CONF_ANCHORS = "anchors"
CONF_INVERT = "invert"

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
    """Return the groups of shades that arrive together, as far as they can be used."""
    stored = options.get(CONF_TOGETHER, [])
    groups = []
    for group in stored if isinstance(stored, list) else ():
        try:
            groups.append(_GROUP(group))
        except vol.Invalid:
            continue
    return groups
