"""A system tells a hub what changed."""

import asyncio
from collections.abc import Collection
import json
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory

from custom_components.crestron_homeseer.homeseer.client import Local
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house.controls import Remote
from custom_components.crestron_homeseer.house.devices import House
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.model import Model

from .common import DIMMER, asked


class Told:
    """Collects what the hub tells."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.came = asyncio.Event()

    def __call__(self, ids: Collection[str] | None) -> None:
        self.ids += ids or ()
        self.came.set()

    async def wait(self) -> None:
        async with asyncio.timeout(5):
            await self.came.wait()
        self.came.clear()


async def test_the_ascii_port_tells_what_changed(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    told = Told()
    stop = hub.listen(told)
    async with asyncio.timeout(5):
        while not hub.pushing:
            await asyncio.sleep(0.02)
    # A gap has passed, so all may have changed.
    told.ids.clear()
    told.came.clear()
    model.by_ref(102).set(33)
    await told.wait()
    assert DIMMER in told.ids
    assert stop is not None
    stop()


async def test_a_web_hook_tells_what_changed(hub: HomeSeerHub, house: House) -> None:
    told = Told()
    hub.listen(told)
    await asyncio.sleep(0.1)
    told.ids.clear()
    good = json.loads(
        '{"type":"devicechange","data":{"ref":102,"name":"x","value":11,"status":"11%"}}'
    )
    hub.on_webhook(good)
    assert told.ids == [DIMMER]
    assert hub.pushing
    nonsense: tuple[Any, ...] = (
        None,
        [],
        {"type": "devicechange"},
        {**good, "data": {"ref": 9999}},
        "x",
    )
    for bad in nonsense:
        hub.on_webhook(bad)
    assert told.ids == [DIMMER]


async def test_a_press_that_is_told_twice_is_one(
    session: aiohttp.ClientSession,
    system: HomeSeerSystem,
    freezer: FrozenDateTimeFactory,
) -> None:
    hub = HomeSeerHub(session, Local("127.0.0.1", system.port))
    house = await hub.survey()
    remote = next(key for key, each in house.devices.items() if type(each) is Remote)
    before = house.devices[remote]
    ref = int(remote.removeprefix("ref-"))
    hub._pushed([ref], "ascii")
    hub.on_webhook({"type": "devicechange", "data": {"ref": ref}})
    pressed = (await hub.refresh(house, [remote])).devices[remote]
    assert isinstance(before, Remote)
    assert isinstance(pressed, Remote)
    assert pressed.presses == before.presses + 1
    # A web hook has no heartbeat: nobody knows for ever that it works.
    freezer.tick(299)
    assert hub.pushing
    freezer.tick(2)
    assert not hub.pushing


async def test_what_was_told_is_read_where_the_system_knows_of_no_change(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    await hub.refresh(house)
    remote = next(key for key, each in house.devices.items() if type(each) is Remote)
    ref = int(remote.removeprefix("ref-"))
    model.by_ref(ref).set(model.by_ref(ref).value)
    before = await hub.refresh(house)
    hub.on_webhook({"type": "devicechange", "data": {"ref": ref}})
    # All that changed is read, as after a scene: the same key again is no change.
    system.requests.clear()
    after = await hub.refresh(before)
    assert asked(system) == ["getdeviceschanged", "getstatus"]
    pressed, earlier = after.devices[remote], before.devices[remote]
    assert isinstance(pressed, Remote)
    assert isinstance(earlier, Remote)
    assert pressed.presses == earlier.presses + 1
    # It is told once.
    system.requests.clear()
    assert await hub.refresh(after) is after
    assert asked(system) == ["getdeviceschanged"]
