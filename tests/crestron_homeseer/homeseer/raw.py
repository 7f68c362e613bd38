"""Devices as HomeSeer tells them, built from what differs."""

from collections.abc import Generator
from typing import Any

from custom_components.crestron_homeseer.homeseer.binding import Action, Binding
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.devices import Device, TemperatureUnit
from custom_components.crestron_homeseer.house.hub import AnyCommand

type Raw = dict[str, Any]


def feature(
    ref: int,
    name: str = "Thing",
    *,
    value: object = 0,
    status: object = "",
    kind: tuple[int, int, int] = (4, 0, 0),
    type_string: str = "",
    root: int | None = None,
    children: tuple[int, ...] = (),
    **more: object,
) -> Raw:
    """Return a device of getstatus: a child, a root or one that stands alone."""
    relationship = 4 if root is not None else 2 if children else 0
    api, type_, subtype = kind
    return {
        "ref": ref,
        "name": name,
        "location": "Kitchen",
        "location2": "Ground Floor",
        "value": value,
        "status": status,
        "device_type_string": type_string,
        "last_change": "/Date(1410193983884)/",
        "relationship": relationship,
        "hide_from_view": False,
        "associated_devices": list(children) if root is None else [root],
        "device_type": {
            "Device_API": api,
            "Device_Type": type_,
            "Device_SubType": subtype,
        },
        "misc": 4864,
        "interface_name": "Z-Wave",
        **more,
    }


def pair(
    label: str,
    value: float = 0,
    use: int = 0,
    kind: int = 5,
    index: int = 1,
    span: tuple[float, float] | None = None,
    **shown: object,
) -> Raw:
    """Return a control pair; with a span it is a range."""
    range_: Raw | None = None
    if span is not None:
        range_ = {
            "RangeStart": span[0],
            "RangeEnd": span[1],
            "RangeStatusDecimals": 0,
            "RangeStatusValueOffset": 0,
            "RangeStatusDivisor": 0,
            "RangeStatusPrefix": "",
            "RangeStatusSuffix": "",
            **shown,
        }
    return {
        "ControlUse": use,
        "Label": label,
        "ControlValue": value if span is None else span[0],
        "ControlType": 7 if span is not None else kind,
        "CCIndex": index,
        "Range": range_,
    }


DIMMER = [
    pair("Off", 0, 2),
    pair("On", 99, 1),
    pair("On Last Level", 255, 4),
    pair("Dim (value)%", use=3, span=(1, 98)),
]
SWITCH = [pair("Off", 0, 2), pair("On", 255, 1)]
LOCK = [pair("Unlock", 0, 19), pair("Lock", 255, 18)]
FAN_RANGE = [pair("Off", 0, 2), pair("On", 99, 1), pair("F", use=23, span=(1, 98))]
SPEEDS = [pair("Off", 0, 2), pair("Low", 1), pair("Medium", 2), pair("High", 3)]
GARAGE = [pair("Open", 255), pair("Close", 0)]


def at_once[ResultT](work: Generator[None, None, ResultT]) -> ResultT:
    """Carry out work without a pause."""
    try:
        while True:
            next(work)
    except StopIteration as done:
        result: ResultT = done.value
        return result


def take(
    features: list[Raw],
    controls: dict[int, list[Raw]] | None = None,
    settings: Settings | None = None,
) -> Inventory:
    """Return an inventory of some features and their controls."""
    inventory = Inventory(settings or Settings())
    at_once(inventory.take(features, whole=True))
    pairs = (controls or {}).items()
    at_once(
        inventory.take_controls({"ref": ref, "ControlPairs": own} for ref, own in pairs)
    )
    at_once(inventory.classify(1, TemperatureUnit.FAHRENHEIT))
    return inventory


def one(pairs: list[Raw], override: str = "", /, **facts: Any) -> Inventory:
    """Return a system with one feature, which the owner may say what it is."""
    settings = Settings(overrides={1: override} if override else {})
    return take([feature(1, **facts)], {1: pairs}, settings)


def only(inventory: Inventory) -> Device:
    """Return the one device that there has to be, but for what goes with a panel."""
    (device,) = (
        each for key, each in inventory.devices.items() if not key.endswith("-fire")
    )
    return device


def asked(inventory: Inventory, command: AnyCommand) -> list[tuple[int, object]]:
    """Return refs and values of what a command asks for."""
    binding: Binding = inventory.bindings[command.device_id]
    actions: list[Action] = binding.write(command)
    return [
        (int(action.params["ref"]), action.params.get("string", action.params["value"]))
        for action in actions
    ]
