"""Hubs without a wire: they get their answers out of one JSON document.

The document maps what is asked for (`shades`, `getstatus`, …) to the answer. Such a
name with `again` behind it is the answer from the second time on.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
import json
import math
from typing import Any, cast

import aiohttp
import orjson

from custom_components.crestron_homeseer.crestron.client import (
    Address,
    Answer as CrestronAnswer,
)
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.homeseer.client import Site
from custom_components.crestron_homeseer.homeseer.exchange import Answer, decode
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house import commands as ask, controls
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Button,
    Cover,
    Device,
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Scene,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    Hub,
    HubConnectionError,
    HubResponseError,
    Reason,
)

type Document = Mapping[str, Any]

_NO_SESSION = cast("aiohttp.ClientSession", None)
_FRACTIONS = ("level", "position", "speed", "volume")
# What comes first in a house is as good as what comes later.
_COMMANDED = 24


class Script:
    """The answers of a document, one after the other."""

    def __init__(self, document: Document) -> None:
        """Start at the first answers."""
        self._document = document
        self._asked: set[str] = set()

    def body(self, name: str) -> bytes:
        """Return the next answer to a question; raises HubResponseError for none."""
        later = f"{name} again"
        key = later if name in self._asked and later in self._document else name
        self._asked.add(name)
        if key not in self._document:
            raise HubResponseError(Reason.MISSING)
        value = self._document[key]
        # A text stands for an answer as it is, so that this may be no JSON at all.
        # Else also what JSON does not have is written: NaN, or half a character.
        text = value if isinstance(value, str) else json.dumps(value)
        return text.encode("utf-8", "surrogatepass")


def crestron_hub(document: Document) -> CrestronHub:
    """Return a processor's hub that reads from a document."""
    script = Script(document)
    hub = CrestronHub(
        _NO_SESSION, Address("processor"), "token", memory={"volume_scale": "raw"}
    )

    async def get(path: str, *, urgent: bool = False) -> bytes:
        return script.body(path)

    async def post(path: str, body: dict[str, Any]) -> CrestronAnswer:
        orjson.dumps([path, body])
        return CrestronAnswer(200, script.body("post"))

    client: Any = hub.client
    client.get, client.post = get, post
    return hub


def homeseer_hub(document: Document) -> HomeSeerHub:
    """Return a HomeSeer system's hub that reads from a document."""
    script = Script(document)
    hub = HomeSeerHub(_NO_SESSION, Site.local("system"))

    async def ask(request: str, **_: object) -> dict[str, Any]:
        return decode(Answer(200, script.body(request).strip()))

    async def command(request: str, **params: object) -> dict[str, Any]:
        assert all(
            not isinstance(value, float) or math.isfinite(value)
            for value in params.values()
        ), params
        orjson.dumps([request, {key: str(value) for key, value in params.items()}])
        return decode(Answer(200, script.body("control").strip()), command=True)

    client: Any = hub.client
    client.ask, client.command = ask, command
    return hub


async def live(hub: Hub, document: Document) -> House:
    """Read everything, twice, and command what is there; raises HubError."""
    if "getsessionconfig" in document:
        await hub.connect()
    house = await hub.survey()
    check(house)
    house = await hub.refresh(house)
    check(house)
    for kind in ("", "again"):
        hub.on_webhook(document.get(f"webhook {kind}".strip()))
    devices = islice(house.devices.values(), _COMMANDED)
    batch = [command for device in devices for command in commands_for(device)]
    for command in batch:
        (error,) = (await hub.send([command])).errors
        # What is worth asking again was never the answer to one command alone.
        assert not isinstance(error, HubConnectionError), error
    house = await hub.survey()
    check(house)
    hub.report()
    hub.choices()
    return house


_RUNNER: list[asyncio.Runner] = []


def run(hub: Hub, document: Document) -> House:
    """Do the same where nothing runs yet."""
    if not _RUNNER:
        _RUNNER.append(asyncio.Runner())
    return _RUNNER[0].run(live(hub, document))


def commands_for(device: Device) -> Iterator[AnyCommand]:
    """Yield commands that a user could give to a device as it shows itself."""
    key = device.id
    match device:
        case Light():
            for level in (0.0, 1e-9, 0.5, 1.0):
                yield ask.SetLevel(device_id=key, level=level)
            if device.colored:
                yield ask.SetColor(device_id=key, color=(255, 0, 127))
        case Fan():
            yield ask.SetSpeed(device_id=key, speed=1 / 3)
        case Cover():
            yield ask.MoveTo(device_id=key, position=0.4)
            yield ask.StopMoving(device_id=key)
        case Lock():
            yield ask.SetLocked(device_id=key, locked=True)
        case Thermostat():
            for mode in device.modes:
                yield ask.SetMode(device_id=key, mode=mode)
            for point in device.set_points:
                wanted = device.temperature if point.value is None else point.value
                points = ((point.kind, wanted or 70.0),)
                yield ask.SetPoints(device_id=key, values=points)
        case MediaRoom():
            yield ask.SetPower(device_id=key, on=True)
            yield ask.SetVolume(device_id=key, volume=0.3)
            for source in device.sources[:2]:
                yield ask.SelectSource(device_id=key, source_id=source.id)
        case AlarmPanel():
            for arm_mode in (None, *device.arm_modes):
                yield ask.Arm(device_id=key, mode=arm_mode)
        case Scene():
            yield controls.ActivateScene(device_id=key)
        case Button():
            yield controls.PressButton(device_id=key)
        case controls.Switch():
            yield controls.SetSwitch(device_id=key, on=True)
        case controls.Number():
            for value in (device.low, device.high):
                yield controls.SetNumber(device_id=key, value=value)
        case controls.Choice():
            for option in device.options[:2]:
                yield controls.SelectOption(device_id=key, option=option)


def check(house: House) -> None:
    """Make sure of what all that shows a house relies on."""
    for key, device in house.devices.items():
        assert key == device.id
        assert device.name.strip()
        hash(device)
        assert house.root_of(device)
        _check_values(device)
        for name in _FRACTIONS:
            value = getattr(device, name, None)
            assert value is None or 0 <= value <= 1, (name, value)
        if isinstance(device, controls.Number):
            assert device.low < device.high, device
            assert device.step > 0, device
        if isinstance(device, controls.Choice):
            assert len(set(device.options)) == len(device.options), device
    for key, room in house.rooms.items():
        assert key == room.id
        assert room.name.strip()


def _check_values(value: object) -> None:
    """Make sure that numbers are finite, and texts can be written."""
    if isinstance(value, float):
        assert math.isfinite(value), value
    elif isinstance(value, str):
        value.encode()
    elif isinstance(value, tuple):
        for item in value:
            _check_values(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            _check_values(getattr(value, item.name))
