"""How a test asks a client for something, and has a hub do something."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.hub import HubError, Reason
from simulator import house as sim
from simulator.house import House

type Ask = Callable[[CrestronClient, str], Awaitable[object]]


async def read(client: CrestronClient, path: str) -> object:
    """Read a path."""
    return await client.get(path)


async def command(client: CrestronClient, path: str) -> object:
    """Post something to a path."""
    return await client.post(path, {})


both = pytest.mark.parametrize("ask", [read, command])


async def failure(asking: Awaitable[object]) -> Reason | None:
    """Return why something could not be done; None where it could."""
    try:
        await asking
    except HubError as err:
        return err.reason
    return None


async def send(hub: CrestronHub, *commands: Command[Any]) -> list[HubError | None]:
    """Send a batch, and return what is said of each command."""
    return list((await hub.send(commands)).errors)


def reasons(errors: Sequence[HubError | None]) -> list[Reason | None]:
    return [None if error is None else error.reason for error in errors]


def id_of(house: House, name: str, kind: type[sim.Device] = sim.Device) -> str:
    """Return our id of something in the house."""
    prefixes: dict[type[sim.Device], str] = {
        sim.Light: "light",
        sim.Fan: "fan",
        sim.Shade: "shade",
        sim.Lock: "lock",
        sim.Thermostat: "thermostat",
        sim.MediaRoom: "mediaroom",
        sim.Scene: "scene",
        sim.QuickAction: "action",
        sim.SecurityPanel: "security",
    }
    device = house.find(name, kind)
    return f"{prefixes[type(device)]}-{device.id}"
