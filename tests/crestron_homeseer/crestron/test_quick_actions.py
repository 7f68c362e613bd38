"""Quick actions are run in the way that a processor has, and never twice."""

from typing import Any, get_args

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.controls import PressButton
from custom_components.crestron_homeseer.house.hub import (
    HubError,
    HubUnansweredError,
    Reason,
)
from simulator.crestron import CrestronProcessor
from simulator.crestron.settings import QuickActionWay
from simulator.house import House

from .canned import Canned, Reply, says
from .common import TOKEN, Start, asked

PRESS = PressButton(device_id="action-3")
BANNER = says({"description": "The Pyng Rest API …", "version": "2.000.0004"})
SUCCESS = says({"status": "success"})
REFUSED = says({"status": "failure", "errorMessage": "Not now."})


async def press(hub: CrestronHub) -> HubError | None:
    return (await hub.send([PRESS])).errors[0]


def hub_at(
    session: aiohttp.ClientSession, canned: Canned, **memory: Any
) -> CrestronHub:
    return CrestronHub(session, canned.address, TOKEN, memory=memory)


@pytest.mark.parametrize("way", get_args(QuickActionWay.__value__))
async def test_each_way_is_found_once_and_remembered(
    start: Start, house: House, way: QuickActionWay
) -> None:
    hub, processor = await start(quick_action_way=way, command_latency=0.0)
    for runs in (1, 2):
        processor.requests.clear()
        assert await press(hub) is None
        assert house.quick_actions[3].runs == runs
    assert len(asked(processor, "POST")) == 1
    assert set(hub.memory) == {"quick_action_way"}


async def test_a_way_that_is_gone_is_looked_for_anew(
    start: Start, house: House
) -> None:
    hub, processor = await start(quick_action_way="recall/ID", command_latency=0.0)
    assert await press(hub) is None
    processor.change(quick_action_way="ID/run")
    assert await press(hub) is None
    assert house.quick_actions[3].runs == 2
    assert hub.memory == {"quick_action_way": "{}/run"}
    # Where there is none, it is said.
    processor.change(quick_action_way=None)
    error = await press(hub)
    assert (error and error.reason) is Reason.DECLINED


@pytest.mark.parametrize(
    ("answers", "tried"),
    [
        ([BANNER, SUCCESS], 2),
        ([says("gone", 404), SUCCESS], 2),
        ([says({"errorSource": 8000}, 500), SUCCESS], 2),
        # Any of these may have been done.
        ([REFUSED, SUCCESS], 1),
        ([says({"errorSource": 7000}, 500), SUCCESS], 1),
        ([says("nonsense"), SUCCESS], 1),
        ([says({"status": "partial"}), SUCCESS], 1),
    ],
)
async def test_another_way_is_tried_only_where_nothing_can_have_been_done(
    session: aiohttp.ClientSession, canned: Canned, answers: list[Reply], tried: int
) -> None:
    paths = ["quickactions/recall/3", "quickactions/3/recall"]
    canned.replies.update(zip(paths, answers, strict=True))
    hub = hub_at(session, canned)
    error = await press(hub)
    assert (error is None) is (tried == 2)
    posts = [line for line in canned.asked if "quickactions" in line]
    assert len(posts) == tried
    assert bool(hub.memory) is (tried == 2)


async def test_what_may_have_been_done_is_not_done_again(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    processor.faults.on("answer_lost", path="/quickactions/recall")
    assert isinstance(await press(hub), HubUnansweredError)
    assert asked(processor, "POST") == ["quickactions/recall/3"]
