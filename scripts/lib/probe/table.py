"""A house as people read it, and as programs do."""

from collections.abc import Iterator
from dataclasses import asdict
import json
from typing import Any

from custom_components.crestron_homeseer.house.devices import Device, House
from custom_components.crestron_homeseer.house.hub import Choices

from .states import state

NO_ROOM = "No room"


def room_name(house: House, device: Device) -> str:
    """Return the name of the room that a device is in."""
    room = house.room_of(device) or house.room_of(house.root_of(device))
    return NO_ROOM if room is None else room.name


def table(house: House) -> str:
    """Put all devices into a table, by room."""
    rooms: dict[str, list[Device]] = {room.name: [] for room in house.rooms.values()}
    for device in house.devices.values():
        rooms.setdefault(room_name(house, device), []).append(device)
    rows = {
        name: [
            (type(device).__name__, device.name, state(device), device.id)
            for device in devices
        ]
        for name, devices in rooms.items()
    }
    widths = [
        max((len(row[column]) for lines in rows.values() for row in lines), default=0)
        for column in range(4)
    ]
    return "\n\n".join(
        "\n".join([name, *_aligned(lines, widths)]) for name, lines in rows.items()
    )


def _aligned(rows: list[tuple[str, str, str, str]], widths: list[int]) -> Iterator[str]:
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
    if not rows:
        yield "  nothing"


def explained(choices: Choices) -> str:
    """Say of each of a hub's own parts what it was taken for, and why."""
    lines = [
        f"{choices.parts.get(ref, ref)}: {what}, by {evidence}"
        for ref, (what, evidence) in choices.meanings.items()
    ]
    return "\n".join(["What devices were taken for", *lines])


def heading(house: House) -> str:
    """Say in a line what hub it is, and how much there is."""
    info = house.info
    hub = f"{info.manufacturer} {info.model or info.name}"
    rooms = sum(not room.virtual for room in house.rooms.values())
    where = f" at {info.url}" if info.url else f" ({info.name})"
    version = f", version {info.version}" if info.version else ""
    return f"{hub}{where}{version}: {rooms} rooms, {len(house.devices)} devices"


def device_json(house: House, device: Device) -> dict[str, Any]:
    """Return a device for programs."""
    kind = type(device).__name__
    return {"type": kind, **asdict(device), "room": room_name(house, device)}


def house_json(house: House, *, indent: int | None) -> str:
    """Return a house for programs."""
    data = {
        "hub": asdict(house.info),
        "complete": house.complete,
        "rooms": [asdict(room) for room in house.rooms.values()],
        "devices": [device_json(house, device) for device in house.devices.values()],
    }
    return as_json(data, indent)


def as_json(data: object, indent: int | None = None) -> str:
    """Return values of a house as JSON."""
    return json.dumps(data, indent=indent, ensure_ascii=False, default=sorted)
