"""What is connected to a load: the owner sets it, because a hub calls it all a light."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final

from .commands import MoveTo, SetLevel, SetSpeed, StopMoving
from .controls import SetSwitch, Switch
from .devices import Cover, Device, Fan, House, Light
from .hub import AnyCommand, HubCommandError, Reason
from .kinds import CoverKind, Motion
from .words import FAN, LAMP, LOAD, OUTLET, folded

# A dimmer has so many speeds as a fan.
_DIMMED_SPEEDS = 100


class LoadKind(StrEnum):
    """What an owner can set that a load is."""

    LIGHT = "light"
    SWITCH = "switch"
    OUTLET = "outlet"
    FAN = "fan"
    # It opens, and another one closes.
    SHADE_RELAYS = "shade_relays"
    GARAGE_RELAYS = "garage_relays"
    GATE_RELAYS = "gate_relays"
    IGNORE = "ignore"


RELAYS: Final[Mapping[str, CoverKind]] = {
    LoadKind.SHADE_RELAYS: CoverKind.SHADE,
    LoadKind.GARAGE_RELAYS: CoverKind.GARAGE,
    LoadKind.GATE_RELAYS: CoverKind.GATE,
}
_MOTIONS: Final[Mapping[tuple[bool | None, bool | None], Motion]] = {
    (True, False): Motion.OPENING,
    (False, True): Motion.CLOSING,
    (False, False): Motion.STOPPED,
}


def loads_of(house: House) -> dict[str, Light]:
    """Return what may be another thing than a light."""
    return {
        key: device for key, device in house.devices.items() if type(device) is Light
    }


def relays_of(house: House) -> dict[str, Light | Switch]:
    """Return what is on or off and nothing else."""
    return {
        key: device
        for key, device in house.devices.items()
        if isinstance(device, Switch)
        or (isinstance(device, Light) and not device.dimmable)
    }


def suggested(name: str) -> LoadKind | None:
    """Return what a load's name speaks of; it only suggests, and decides nothing."""
    words = folded(name)
    if LAMP.search(words):
        return None
    if FAN.search(words):
        return LoadKind.FAN
    if OUTLET.search(words):
        return LoadKind.OUTLET
    return LoadKind.SWITCH if LOAD.search(words) else None


def as_kind(device: Device, kind: str) -> Device:
    """Return a load as what the owner set that it is; what is none stays."""
    if not isinstance(device, Light):
        return device
    on = None if device.level is None else device.level > 0
    if kind == LoadKind.FAN:
        speeds = _DIMMED_SPEEDS if device.dimmable else 1
        return Fan(**_facts(device), speed=device.level, speeds=speeds)
    if kind in {LoadKind.SWITCH, LoadKind.OUTLET}:
        return Switch(**_facts(device), on=on, outlet=kind == LoadKind.OUTLET)
    return device


def as_cover(kind: CoverKind, opening: Device, closing: Device | None) -> Cover:
    """Return the cover that two relays move; where it is nobody knows.

    Without the one that closes it is out of reach.
    """
    motion = _MOTIONS.get((_on(opening), _on(closing)), Motion.UNKNOWN)
    online = opening.online and closing is not None and closing.online
    return Cover(
        **_facts(opening) | {"online": online},
        kind=kind,
        position=None,
        motion=motion if online else Motion.UNKNOWN,
        can_position=False,
        assumed=True,
    )


def _facts(device: Device) -> dict[str, Any]:
    return {each.name: getattr(device, each.name) for each in fields(Device)}


def _on(device: Device | None) -> bool | None:
    if isinstance(device, Switch):
        return device.on
    if isinstance(device, Light) and device.level is not None:
        return device.level > 0
    return None


def is_off(device: Device | None) -> bool:
    """Return whether a relay is known to be off."""
    return _on(device) is False


def as_load(command: AnyCommand, device: Device | None) -> AnyCommand:
    """Return what a command asks of the load that a switch or a fan is."""
    if isinstance(device, Light):
        key = command.device_id
        match command:
            case SetSwitch(on=on):
                return SetLevel(device_id=key, level=float(on))
            case SetSpeed(speed=speed):
                return SetLevel(device_id=key, level=speed)
    return command


def relay_command(device: Device | None, *, on: bool) -> AnyCommand:
    """Return what switches a relay; raises HubCommandError where there is none."""
    if isinstance(device, Switch):
        return SetSwitch(device_id=device.id, on=on)
    if isinstance(device, Light):
        return SetLevel(device_id=device.id, level=float(on))
    raise HubCommandError(Reason.OFFLINE, "a relay is not there")


def steps(
    command: AnyCommand, opening: Device | None, closing: Device | None
) -> tuple[list[AnyCommand], list[AnyCommand]]:
    """Return what two relays are asked for a cover, at first and after that.

    Both are never on: the other one is off before one is switched on. Raises
    HubCommandError where one is not there, or for what they cannot do.
    """
    match command:
        case MoveTo(position=1.0 | 0.0 as position):
            this, other = (opening, closing) if position else (closing, opening)
            return [relay_command(other, on=False)], [relay_command(this, on=True)]
        case StopMoving():
            there = filter(None, (opening, closing))
            return [relay_command(each, on=False) for each in there], []
    raise HubCommandError(Reason.DECLINED, "not possible with two relays")
