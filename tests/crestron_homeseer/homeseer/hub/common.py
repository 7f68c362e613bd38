"""What the tests of a hub ask it, and of what."""

from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house.hub import AnyCommand
from simulator.homeseer import HomeSeerSystem

DIMMER = "ref-102"
LOCK = "ref-191"


def asked(system: HomeSeerSystem) -> list[str]:
    """Return the names of the requests."""
    return [request.query["request"] for request in system.requests]


async def send(hub: HomeSeerHub, *commands: AnyCommand) -> list[object]:
    """Send commands; returns what became of each."""
    return list((await hub.send(commands)).errors)
