"""Helpers of the tests of Crestron Home."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
import json
from typing import Any

import aiohttp
from aiohttp import web
import pytest

from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.crestron.codec import ENDPOINTS, Endpoint
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.crestron.listing import Listing
from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.devices import Device, House, Room
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
    SendResult,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS, inventory
from simulator.crestron.manual import as_in_manual
from simulator.recorder import Request
from simulator.samples import default_house
from simulator.server import Server

type Json = dict[str, Any]
type Serve = Callable[..., Awaitable[CrestronProcessor]]
type Start = Callable[..., Awaitable[tuple[CrestronHub, CrestronProcessor]]]

TOKEN = "a-token-that-nobody-may-see"
PREFIX = "/cws/api/"

ROOMS = {
    "1001": Room(id="1001", name="Whole House", virtual=True),
    "5": Room(id="5", name="Den"),
    "6": Room(id="6", name="Hall"),
}
BY_KIND = {endpoint.kind: endpoint for endpoint in ENDPOINTS}

# What is read each time, and what is read in turn.
KINDS = {"shades", "lights", "doorlocks", "sensors", "securitydevices"}
IN_TURN = {"thermostats", "mediarooms", "scenes"}

# Everything that a list can be answered with instead of the list.
INSTEAD = [
    "banner_instead",
    "html_login_page",
    "empty_body",
    "truncated_json",
    "lists_missing",
    "http_404",
    "http_500",
    "http_503",
]


def address_of(processor: CrestronProcessor, *, https: bool = False) -> Address:
    """Return where a processor is."""
    return Address(processor.host, processor.port, https=https)


def asked(processor: CrestronProcessor, method: str = "GET") -> list[str]:
    """Return the paths of the requests that came in, below the API."""
    return [
        _path(request) for request in processor.requests if request.method == method
    ]


def posted(processor: CrestronProcessor) -> list[tuple[str, Any]]:
    """Return the paths and bodies of what was posted."""
    return [
        (_path(request), request.body)
        for request in processor.requests
        if request.method == "POST"
    ]


def _path(request: Request) -> str:
    return request.path.removeprefix(PREFIX)


def counted(processor: CrestronProcessor) -> Counter[str]:
    """Return how often each path was asked for."""
    return Counter(map(_path, processor.requests))


def body_of(endpoint: Endpoint, items: Sequence[object]) -> bytes:
    """Return an answer with a list."""
    key = LIST_KEYS[endpoint.path]
    return json.dumps({key: items, "version": "2.000.0004"}).encode()


def listing_of(kind: str, *items: object, rooms: Mapping[str, Room] = ROOMS) -> Listing:
    """Return a list that was read once."""
    listing = Listing(BY_KIND[kind])
    listing.take(body_of(listing.endpoint, items), dict(rooms), 0.0)
    return listing


def devices_of(
    kind: str, *items: object, rooms: Mapping[str, Room] = ROOMS
) -> list[Device]:
    """Return the devices that a list describes."""
    return list(listing_of(kind, *items, rooms=rooms).devices.values())


_HOUSE = default_house(ManualClock(), seed=1)
# What the simulated villa has of each kind, as firmware and as the manual write it.
SAMPLES: dict[str, list[Json]] = {
    each.kind: items + [as_in_manual(each.path, item) for item in items]
    for each in ENDPOINTS
    if (items := inventory(_HOUSE, each.path, 0.0)) is not None
}


def of_kind[D: Device](house: House, kind: type[D]) -> list[D]:
    """Return the devices of a kind."""
    return [device for device in house.devices.values() if isinstance(device, kind)]


def named[D: Device](house: House, kind: type[D], name: str) -> D:
    """Return the one device of a kind and a name."""
    (device,) = (each for each in of_kind(house, kind) if each.name == name)
    return device


def changed(before: House, after: House) -> list[str]:
    """Return the names of the devices that are not the same object as before."""
    return [
        device.name
        for key, device in after.devices.items()
        if before.devices.get(key) is not device
    ]


async def settled(hub: CrestronHub, processor: CrestronProcessor) -> House:
    """Return the house of a hub that has read everything, and forget how."""
    await hub.survey()
    house = await hub.survey()
    processor.requests.clear()
    return house


def hub_of(
    session: aiohttp.ClientSession, processor: CrestronProcessor, clock: ManualClock
) -> CrestronHub:
    """Return a hub of a processor, not yet connected."""
    return CrestronHub(
        session, address_of(processor), TOKEN, model="MC4-R", clock=clock.now
    )


async def tolerant(hub: CrestronHub, house: House) -> House:
    """Read as a coordinator does: what fails as a whole changes nothing."""
    try:
        return await hub.survey()
    except HubConnectionError, HubResponseError:
        return house


def online(devices: Iterable[Device]) -> set[bool]:
    """Return whether devices are within reach."""
    return {device.online for device in devices}


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


async def in_the_end(result: SendResult) -> HubError | None:
    """Return what whoever asked for one thing is told in the end."""
    return await result.pending[0] if result.pending else result.errors[0]


def id_of(house: sim.House, name: str, kind: type[sim.Device] = sim.Device) -> str:
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


type Reply = Callable[[web.BaseRequest], web.Response]


def says(
    body: Any = "", status: int = 200, headers: dict[str, str] | None = None
) -> Reply:
    """Answer the same to everyone."""
    text = body if isinstance(body, str) else json.dumps(body)
    return lambda request: web.Response(text=text, status=status, headers=headers)


def echo(status: int) -> Reply:
    """Repeat what came in the headers, as a careless error message does."""
    return lambda request: web.Response(
        text=json.dumps({"errorMessage": f"cannot read {dict(request.headers)}"}),
        status=status,
    )


class Canned:
    """Answers by path; what it does not know gets a 404."""

    def __init__(self, *, https: bool = False) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.bodies: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._server = Server(self._handle, https=https)

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(self._server.host, self._server.port, https=self._server.https)

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        self.asked.append(f"{request.method} {request.path}")
        self.bodies.append(await request.text())
        self.headers.append(dict(request.headers))
        path = request.path.removeprefix("/cws/api").strip("/")
        return self.replies.get(path, says("Not Found", 404))(request)

    async def start(self) -> None:
        """Open the port."""
        await self._server.start()

    async def stop(self) -> None:
        """Close it."""
        await self._server.stop()
