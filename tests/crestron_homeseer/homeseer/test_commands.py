"""Commands reach a HomeSeer system exactly once, whatever happens."""

import asyncio

from aiohttp import web
import pytest

from custom_components.crestron_homeseer.homeseer import client as client_module
from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.house.controls import PressButton
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
)

from .common import Reply, Scripted, cut_off, half, in_turn, says, sends_to, silent


async def control(client: HomeSeerClient) -> dict[str, object]:
    """Switch something on."""
    return await client.command("controldevicebyvalue", ref=7, value=99.0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "COMMAND_TIMEOUT", 0.3)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says("error\r\n"), HubCommandError),
        (sends_to("http://x.example/JSON"), HubCommandError),
        (says("", 429), HubConnectionError),
        (says("", 500), HubUnansweredError),
        (cut_off, HubUnansweredError),
        (half, HubUnansweredError),
        (silent, HubUnansweredError),
        (says("ok", headers={"Content-Encoding": "gzip"}), HubUnansweredError),
    ],
)
@pytest.mark.parametrize("kept", [True, False])
async def test_a_command_goes_out_once_whatever_comes_back(
    client: HomeSeerClient,
    system: Scripted,
    reply: Reply,
    kind: type[HubError],
    kept: bool,
) -> None:
    # Where a connection was kept, aiohttp itself sends a GET again.
    before = ["getstatus"] if kept else []
    for each in before:
        await client.ask(each)
    system.replies["controldevicebyvalue"] = reply
    with pytest.raises(HubError) as caught:
        await control(client)
    assert type(caught.value) is kind
    await asyncio.sleep(0)
    assert system.asked == [*before, "controldevicebyvalue"]
    assert client.requests == len(system.asked)
    assert system.connections == 1


async def test_a_command_on_a_dead_connection_is_in_doubt_and_the_next_is_not(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = says("ok")
    system.drops_reused = True
    await client.ask("getstatus")
    with pytest.raises(HubUnansweredError):
        await control(client)
    # From then on, each gets a connection of its own.
    for _ in range(3):
        assert await control(client) == {}
    assert system.asked.count("dropped") == 1


async def test_a_command_that_nobody_waits_for_any_more_frees_the_way(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = in_turn(silent, says("ok"))
    first = asyncio.create_task(control(client))
    await asyncio.sleep(0.05)
    first.cancel()
    assert await control(client) == {}


# Several commands


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says("", 429), HubUnansweredError),
        (says("", 401), HubUnansweredError),
        (cut_off, HubUnansweredError),
        (says("error"), HubCommandError),
    ],
)
async def test_what_went_out_by_half_is_not_called_unsent(
    client: HomeSeerClient, system: Scripted, reply: Reply, kind: type[HubError]
) -> None:
    system.replies |= {"heat": says("ok"), "cool": reply}
    actions = [Action("heat", {"ref": 1}), Action("cool", {"ref": 2})]
    command = PressButton(device_id="ref-1-climate")
    (outcome,) = await client.send_all([command], lambda _: actions)
    assert type(outcome) is kind
    assert system.asked == ["heat", "cool"]


async def test_only_what_touches_the_same_keeps_its_order_and_four_go_at_once(
    client: HomeSeerClient, system: Scripted
) -> None:
    under_way: list[str] = []
    most = 0
    events: list[tuple[str, list[str]]] = []

    async def reply(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal most
        name = request.query["request"]
        events.append((name, under_way.copy()))
        under_way.append(name)
        most = max(most, len(under_way))
        await asyncio.sleep(0.02)
        under_way.remove(name)
        return await says("ok")(request)

    plan: dict[str, list[Action]] = {
        "lock": [Action("open lock", {"ref": 1})],
        "lock again": [Action("close lock", {"ref": 1})],
        "both": [Action("one", {"ref": 1}), Action("two", {"ref": 2})],
        "event": [Action("event", {"id": 1})],
        "after": [Action("after", {"ref": 3})],
        **{f"lamp {ref}": [Action(f"lamp {ref}", {"ref": ref})] for ref in range(4, 9)},
    }
    order = [*(f"lamp {ref}" for ref in range(4, 9)), "lock", "lock again", "both"]
    order += ["event", "after"]
    system.replies = dict.fromkeys(
        (action.request for actions in plan.values() for action in actions), reply
    )
    commands = [PressButton(device_id=key) for key in order]
    outcomes = await client.send_all(commands, lambda each: plan[each.device_id])
    assert outcomes == (None,) * len(order)
    assert most == 4
    sent = [name for name, _ in events]
    assert len(sent) == len(set(sent)) == len(order) + 1
    with_lock = [name for name in sent if name in {"open lock", "close lock", "one"}]
    assert with_lock == ["open lock", "close lock", "one"]
    # Nobody knows what an event touches.
    assert sent[-2:] == ["event", "after"]
    assert dict(events)["event"] == dict(events)["after"] == []
