"""The web hook of HS4."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model
from simulator.server import Server


@dataclass
class Hook:
    """Somebody who takes posts."""

    status: int = 200
    bodies: list[Any] = field(default_factory=list)

    async def take(self, request: web.BaseRequest) -> web.StreamResponse:
        request._client_max_size = 10**8
        self.bodies.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def hook(system: HomeSeerSystem) -> AsyncIterator[Hook]:
    """A hook that the system posts to."""
    hook = Hook()
    server = Server(hook.take)
    await server.start()
    system.webhook_url = f"{server.url()}/api/webhook/abc"
    yield hook
    await server.stop()


async def test_every_change_is_posted_in_order(
    system: HomeSeerSystem, model: Model, clock: ManualClock, hook: Hook
) -> None:
    mode = model.find("Vacation Mode")
    clock.advance(1)
    hook.bodies.clear()
    mode.set(100)
    mode.say("Gone fishing")
    await system.pump()
    assert hook.bodies[-2] == {
        "type": "devicechange",
        "data": {
            "ref": mode.ref,
            "name": "Vacation Mode",
            "location": "Virtual",
            "location2": "",
            "value": 100,
            "status": "On",
            "last_change": f"/Date({int((model.epoch + 1) * 1000)}-0400)/",
        },
    }
    # Changes of the text alone, which no line tells of, are posted too.
    assert hook.bodies[-1]["data"]["status"] == "Gone fishing"
    assert set(system.webhook_answers) == {200}
    hook.bodies.clear()
    system.change(dialect="hs3")
    mode.set(0)
    await system.pump()
    assert hook.bodies == []


async def test_what_fails_is_not_posted_again(
    system: HomeSeerSystem, model: Model, hook: Hook
) -> None:
    mode = model.find("Vacation Mode")
    hook.status = 503
    url = system.webhook_url
    for value, target in ((100, url), (0, "http://127.0.0.1:1/"), (100, "nonsense")):
        system.webhook_url = target
        mode.set(value)
        await system.pump()
    assert system.webhook_answers == [503, 0, 0]
    assert len(hook.bodies) == 1


async def test_faults(system: HomeSeerSystem, model: Model, hook: Hook) -> None:
    mode = model.find("Vacation Mode")
    for value, fault in ((100, "wrong_body"), (0, "foreign_system"), (100, "huge")):
        with system.faults.during(f"webhook_{fault}"):
            mode.set(value)
    await system.pump()
    wrong, foreign, huge = hook.bodies
    assert isinstance(wrong, list)
    assert foreign["data"]["ref"] == mode.ref
    assert foreign["data"]["name"] != mode.name
    assert len(huge["data"]["status"]) > 10**6
