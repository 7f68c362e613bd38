"""Families of features under one root, written in short."""

from collections.abc import Iterable
from typing import Any

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError

from .raw import (
    DIMMER,
    FAN_RANGE,
    LOCK,
    SPEEDS,
    SWITCH,
    Raw,
    asked,
    feature,
    pair,
    take,
)

NO_TYPE = (4, 0, 0)
PLAIN_ROOT = (4, 999, 0)
WELL_KNOWN = {
    "@dimmer": DIMMER,
    "@fan range": FAN_RANGE,
    "@lock": LOCK,
    "@speeds": SPEEDS,
    "@switch": SWITCH,
}


def pairs(text: str) -> list[Raw]:
    """Return the controls in a text: "@lock; Heat=2; Cool=3/16/5" has a use and a type.

    Without a value it is the place in the list; "(value)=5..35/12/7/%" is a range with
    what it shows behind the value.
    """
    found: list[Raw] = []
    for place, each in enumerate(text.split("; ") if text else ()):
        if each in WELL_KNOWN:
            found += WELL_KNOWN[each]
            continue
        label, _, rest = each.rpartition("=") if "=" in each else (each, "", "")
        value, use, kind, suffix = (
            *rest.split("/"),
            *("0", "5", "")[rest.count("/") :],
        )
        low, _, high = value.partition("..")
        found.append(
            pair(
                label,
                float(low) if low and not high else float(place),
                int(use),
                int(kind),
                index=place,
                span=(float(low), float(high)) if high else None,
                RangeStatusSuffix=suffix,
            )
        )
    return found


def part(
    ref: int,
    name: str,
    text: str = "",
    value: float | None = 0,
    controls: str | list[Raw] = "",
    kind: tuple[int, int, int] = NO_TYPE,
    **facts: Any,
) -> Raw:
    """Return a feature of the root, with its controls."""
    own = pairs(controls) if isinstance(controls, str) else controls
    raw = feature(ref, name, value=value, status=text, kind=kind, root=1, **facts)
    return raw | {"pairs": own}


def family(
    *parts: Raw, root: tuple[int, int, int] | None = PLAIN_ROOT, name: str = "Den"
) -> Inventory:
    """Return a system with one device, or with features without a root."""
    controls = {raw["ref"]: raw["pairs"] for raw in parts}
    raws = [{key: raw[key] for key in raw if key != "pairs"} for raw in parts]
    if root is None:
        alone = {"relationship": 3, "associated_devices": []}
        return take([raw | alone for raw in raws], controls)
    first = feature(1, name, kind=root, children=tuple(controls))
    return take([first, *raws], controls)


def facts(inventory: Inventory, device_id: str, names: Iterable[str]) -> dict[str, Any]:
    """Return some facts of a device, as they are read."""
    device = inventory.devices[device_id]
    return {name: getattr(device, name) for name in names}


def sent(inventory: Inventory, command: AnyCommand) -> list[tuple[int, object]] | None:
    """Return what a command sends; None where it is refused."""
    try:
        return asked(inventory, command)
    except HubCommandError:
        return None
