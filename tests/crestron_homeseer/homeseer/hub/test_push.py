"""A system reports to a hub what changed."""

import aiohttp
from freezegun.api import FrozenDateTimeFactory

from custom_components.crestron_homeseer.homeseer.client import Site
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house.controls import Remote
from custom_components.crestron_homeseer.house.devices import House
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.model import Model

from ...common import until
from .common import DIMMER, LOCK, asked


def remote_of(house: House) -> tuple[str, int]:
    """Return the id and the presses of a remote."""
    return next(
        (key, each.presses)
        for key, each in house.devices.items()
        if isinstance(each, Remote)
    )


def message(key: str) -> dict[str, object]:
    ref = int(key.removeprefix("ref-"))
    return {"type": "devicechange", "data": {"ref": ref, "value": 11, "status": "11%"}}


async def test_the_ascii_port_reports_what_changed(
    hub: HomeSeerHub,
    house: House,
    system: HomeSeerSystem,
    model: Model,
) -> None:
    changed: list[str] = []
    stop = hub.listen(lambda ids: changed.extend(ids or ()))
    assert stop is not None
    await until(lambda: hub.pushing)
    # A gap has passed, so all may have changed.
    assert {DIMMER, LOCK} <= set(changed)
    changed.clear()
    model.by_ref(102).set(33)
    await until(lambda: DIMMER in changed)
    stop()
    changed.clear()
    hub.on_webhook(message(DIMMER))
    assert changed == []
    await hub.close()


async def test_a_port_that_was_asked_for_is_missed(
    session: aiohttp.ClientSession, system: HomeSeerSystem
) -> None:
    for wanted in (False, True):
        hub = HomeSeerHub(
            session, Site.local("127.0.0.1", 1), ascii_port=1, ascii_wanted=wanted
        )
        assert hub.issues() == ()
        hub.listen(lambda ids: None)
        issues = [(each.reason, dict(each.facts)) for each in hub.issues()]
        assert issues == ([(Reason.NO_PUSH, {"port": "1"})] if wanted else [])
        await hub.close()


async def test_a_web_hook_reports_what_changed(
    hub: HomeSeerHub, house: House, freezer: FrozenDateTimeFactory
) -> None:
    changed: list[str] = []
    hub._on_change = lambda ids: changed.extend(ids or ())
    bad: list[object] = [None, [], {"type": "devicechange"}, message("ref-9999"), "x"]
    for each in bad:
        hub.on_webhook(each)
    pushing = [hub.pushing]
    hub.on_webhook(message(DIMMER))
    assert changed == [DIMMER]
    # A web hook has no heartbeat: nobody knows for ever that it works.
    for seconds in (299, 2):
        freezer.tick(seconds)
        pushing.append(hub.pushing)
    assert pushing == [False, True, False]


async def test_a_press_that_is_reported_twice_is_one(
    session: aiohttp.ClientSession, system: HomeSeerSystem
) -> None:
    hub = HomeSeerHub(session, Site.local("127.0.0.1", system.port))
    house = await hub.survey()
    key, before = remote_of(house)
    hub._pushed([int(key.removeprefix("ref-"))], "ascii")
    hub.on_webhook(message(key))
    assert remote_of(await hub.refresh(house, [key])) == (key, before + 1)


async def test_what_was_reported_is_read_where_the_system_knows_of_no_change(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    house = await hub.refresh(house)
    key, before = remote_of(house)
    hub.on_webhook(message(key))
    # All that changed is read, as after a scene: the same key again is no change.
    system.requests.clear()
    after = await hub.refresh(house)
    assert asked(system) == ["getdeviceschanged", "getstatus"]
    assert remote_of(after) == (key, before + 1)
    # It is read once.
    system.requests.clear()
    assert await hub.refresh(after) is after
    assert asked(system) == ["getdeviceschanged"]
