"""A processor of which others tell what changes: a web hook, and a CRPC bridge."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from http import HTTPStatus
import logging
import time
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import (
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_WEBHOOK,
)
from custom_components.crestron_homeseer.house import connection
from custom_components.crestron_homeseer.house.cadence import GATHER_PUSHED
from custom_components.crestron_homeseer.webhook import MAX_BODY
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor, CrpcBridge, Sequence
from simulator.house import (
    House,
    Light,
    Lock,
    MediaRoom,
    Scene,
    Sensor,
    Shade,
    Thermostat,
)

from .common import Advance, paths, state, until
from .conftest import TOKEN
from .options import choose, default, submit

BRIDGE_TOKEN = "a-bridge-token-nobody-may-see"
HOOK = "a-crestron-hook-that-nobody-may-see"
LIGHT = "light.kitchen_downlights"
ALL = {
    "shades",
    "lights",
    "doorlocks",
    "sensors",
    "securitydevices",
    "thermostats",
    "mediarooms",
    "scenes",
}


async def set_up(
    hass: HomeAssistant, entry: MockConfigEntry, **options: Any
) -> MockConfigEntry:
    """Set an entry up that reads only what something causes."""
    hass.config_entries.async_update_entry(
        entry, options=options, pref_disable_polling=True
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def read_all(entry: MockConfigEntry, advance: Advance) -> None:
    """Let all that is done after a start be done: the next survey is long after it."""
    await advance(8)
    await entry.runtime_data.async_refresh()
    await advance(3)


@pytest.fixture
async def bridge(
    socket_enabled: None, house: House, clock: ManualClock
) -> AsyncGenerator[CrpcBridge]:
    """A bridge beside the processor, which wants a token."""
    async with CrpcBridge(house, token=BRIDGE_TOKEN, clock=clock) as bridge:
        yield bridge


def where(bridge: CrpcBridge) -> dict[str, Any]:
    """Return the options that say where a bridge is."""
    return {
        CONF_BRIDGE: f"{bridge.host}:{bridge.port}",
        CONF_BRIDGE_TOKEN: bridge.token,
    }


@pytest.fixture
async def heard(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
    advance: Advance,
) -> MockConfigEntry:
    """The entry of the processor, with a bridge that is heard; all was read."""
    await set_up(hass, entry, **where(bridge))
    await until(lambda: bridge.listeners == 1)
    await read_all(entry, advance)
    processor.requests.clear()
    return entry


@pytest.fixture
async def hook(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> str:
    """The address of the web hook of a processor, which is on."""
    await set_up(hass, entry, **{CONF_WEBHOOK: True, CONF_WEBHOOK_ID: HOOK})
    client = await hass_client_no_auth()
    await read_all(entry, advance)
    processor.requests.clear()
    return str(client.make_url(f"/api/webhook/{HOOK}"))


def shown_now(house: House, processor: CrestronProcessor) -> None:
    """Have a processor that shows each change at once."""
    house.find("Downlights", Light, room="Kitchen").fade_seconds = 0.0
    processor.change(report_lag=0.0, command_latency=0.0)


@pytest.mark.parametrize(("method", "names_list"), [("GET", True), ("POST", False)])
async def test_a_sequence_calls_and_the_change_is_shown(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    hook: str,
    advance: Advance,
    method: str,
    names_list: bool,
) -> None:
    shown_now(house, processor)
    light = house.find("Downlights", Light, room="Kitchen")
    before = state(hass, LIGHT).state
    async with Sequence(house, hook, method, names_list=names_list) as sequence:
        light.jump("level", 0.0 if before == "on" else 1.0)
        await sequence.caller.drain()
        assert sequence.caller.answers == [HTTPStatus.OK]
    await asyncio.sleep(0.05)
    await advance(0.5)
    assert state(hass, LIGHT).state != before
    read = set(paths(processor.requests))
    assert {"lights"} <= read <= ({"lights"} if names_list else ALL)
    # Once more later, because states may lag.
    await advance(3)
    assert paths(processor.requests).count("lights") == 2
    assert names_list or set(paths(processor.requests)) == ALL
    assert processor.commands == []


@pytest.mark.parametrize("names_list", [True, False])
async def test_a_flood_of_calls_costs_few_reads(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
    names_list: bool,
) -> None:
    client = await hass_client_no_auth()
    began = time.monotonic()
    for _ in range(200):
        await client.post(f"/api/webhook/{HOOK}?list={'lights' * names_list}")
    took = time.monotonic() - began
    await advance(5)
    most = 4 + took / GATHER_PUSHED
    assert 2 <= paths(processor.requests).count("lights") <= most


async def test_a_flood_takes_no_more_than_a_part_of_a_slow_processor(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    freezer: FrozenDateTimeFactory,
    clock: ManualClock,
) -> None:
    client = await hass_client_no_auth()
    with processor.faults.during("slow", 1.0):
        for step in range(240):
            if step % 2:
                await client.get(f"/api/webhook/{HOOK}?list=lights")
            clock.advance(0.25)
            freezer.tick(0.25)
            # Sockets need some of the real time.
            await asyncio.sleep(0.004)
    # A third of a minute, and what a few changes in a row may take at once.
    assert 8 <= paths(processor.requests).count("lights") <= 24
    clock.advance(5)
    await asyncio.sleep(0.05)


async def test_what_lags_is_seen_a_moment_later(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    hook: str,
    advance: Advance,
) -> None:
    shown_now(house, processor)
    processor.change(report_lag=0.8)
    light = house.find("Downlights", Light, room="Kitchen")
    before = state(hass, LIGHT).state
    async with Sequence(house, hook) as sequence:
        light.jump("level", 0.0 if before == "on" else 1.0)
        await sequence.caller.drain()
    await advance(0.5)
    assert state(hass, LIGHT).state == before
    await advance(2)
    assert state(hass, LIGHT).state != before


async def test_no_body_matters(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    for body in (b"", b"<html>", b'{"type":7}', b"\xff" * MAX_BODY):
        processor.requests.clear()
        response = await client.post(f"/api/webhook/{HOOK}?list=nonsense", data=body)
        assert response.status == HTTPStatus.OK
        await advance(5)
        assert set(paths(processor.requests)) >= ALL


async def test_who_may_not_call_is_not_heard(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    path = f"/api/webhook/{HOOK}"
    too_long = await client.post(path, data=b" " * (MAX_BODY + 1))
    assert too_long.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    other = await client.put(path)
    assert other.status == HTTPStatus.METHOD_NOT_ALLOWED
    is_local = "homeassistant.components.webhook.network_util.is_local"
    with patch(is_local, return_value=False):
        await client.get(path)
    await client.get(f"{path}x")
    hass.config_entries.async_update_entry(entry, options={CONF_WEBHOOK_ID: HOOK})
    await hass.config_entries.async_reload(entry.entry_id)
    await read_all(entry, advance)
    processor.requests.clear()
    await client.get(path)
    await advance(3)
    assert processor.requests == []


async def test_a_list_that_fails_is_asked_for_no_sooner(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    with processor.faults.during("http_500", path="/lights"):
        await client.get(f"/api/webhook/{HOOK}")
        await advance(3)
        assert paths(processor.requests).count("lights") == 1
        for _ in range(5):
            await client.get(f"/api/webhook/{HOOK}")
            await advance(1)
    read = paths(processor.requests)
    # As often as while nobody calls.
    assert read.count("lights") <= 3
    assert read.count("shades") > 5


async def test_only_the_list_of_the_kind_is_read(
    house: House,
    heard: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    for kind, what, value, path in (
        (Light, "level", 0.42, "lights"),
        (Shade, "position", 0.42, "shades"),
        (Thermostat, "temperature", 61.0, "thermostats"),
        (Scene, "stated", True, "scenes"),
        (Lock, "locked", None, "doorlocks"),
        (MediaRoom, "muted", True, "mediarooms"),
    ):
        processor.requests.clear()
        # Whoever waits for a change does not wait until all there is is read.
        heard.runtime_data.timing.survey_at = 0.0
        device = next(each for each in house.of(kind) if what in each.tracks)
        device.jump(what, value)
        await asyncio.sleep(0.05)
        await advance(0.5)
        assert paths(processor.requests) == [path]
        await read_all(heard, advance)


async def test_a_change_is_shown_at_once_through_the_bridge(
    hass: HomeAssistant,
    house: House,
    heard: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    shown_now(house, processor)
    light = house.find("Downlights", Light, room="Kitchen")
    before = state(hass, LIGHT).state
    light.jump("level", 0.0 if before == "on" else 1.0)
    await asyncio.sleep(0.05)
    await advance(0.5)
    assert state(hass, LIGHT).state != before


async def test_what_the_bridge_cannot_tell_is_polled(
    hass: HomeAssistant,
    house: House,
    heard: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    hass.config_entries.async_update_entry(heard, pref_disable_polling=False)
    await hass.config_entries.async_reload(heard.entry_id)
    await read_all(heard, advance)
    processor.requests.clear()
    house.of(Sensor)[0].jump("presence", True)
    await advance(10)
    assert {"sensors", "lights", "shades"} <= set(paths(processor.requests))


async def test_a_kind_that_nobody_knows_may_be_in_any_list(
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    for kind in ("IRpcPools", "", None, ["IRpcLights"]):
        processor.requests.clear()
        bridge.tell("stateUpdate", DeviceType=kind)
        await asyncio.sleep(0.05)
        await advance(5)
        assert set(paths(processor.requests)) >= ALL


async def test_nonsense_does_no_harm(
    hass: HomeAssistant,
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.clear()
    bridge.garbage = True
    for event in ("", "systemError", "somethingNew", "connected") * 5:
        bridge.tell(event)
    await asyncio.sleep(0.1)
    await advance(3)
    assert processor.requests == []
    assert bridge.listeners == 1
    assert lines(caplog) == []
    bridge.tell("stateUpdate", DeviceType="IRpcShades")
    await asyncio.sleep(0.05)
    await advance(0.5)
    assert paths(processor.requests) == ["shades"]


async def test_a_flood_of_messages_costs_few_reads(
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    for _ in range(2000):
        bridge.tell("stateUpdate", DeviceType="IRpcLights")
    await asyncio.sleep(0.3)
    await advance(5)
    assert 2 <= paths(processor.requests).count("lights") <= 6
    assert paths(processor.requests).count("shades") <= 2


async def test_what_comes_and_goes_is_there_and_gone(
    hass: HomeAssistant,
    house: House,
    heard: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    hass.config_entries.async_update_entry(heard, pref_disable_polling=False)
    room = next(iter(house.rooms))
    house.add(Light(9999, "Brand New", room))
    await asyncio.sleep(0.05)
    await advance(6)
    assert [each for each in hass.states.async_all() if "Brand New" in each.name]


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Return what was said of the bridge to who reads the log."""
    return [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name == connection.__name__ and record.levelno >= logging.INFO
    ]


async def pass_by(advance: Advance, seconds: int) -> None:
    """Let time pass, and sockets have some of the real time in each second."""
    for _ in range(seconds):
        await advance(1)
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("how", ["drop", "silent", "processor"])
async def test_a_loss_is_one_line_and_the_return_another(
    hass: HomeAssistant,
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    caplog.clear()
    hub = heard.runtime_data.hub
    match how:
        case "drop":
            bridge.refuse()
        case "silent":
            bridge.silent = True
        case _:
            bridge.lose_processor()
    await pass_by(advance, 60)
    assert [level for level, _ in lines(caplog)] == ["WARNING"]
    assert state(hass, LIGHT).state != "unavailable"
    processor.requests.clear()
    bridge.silent = False
    bridge.accept()
    if how == "processor":
        bridge.find_processor()
    await pass_by(advance, 100)
    assert [level for level, _ in lines(caplog)] == ["WARNING", "INFO"]
    assert BRIDGE_TOKEN not in caplog.text
    assert hub.report()["bridge_heard"] is True
    # What changed meanwhile was not told.
    assert set(paths(processor.requests)) >= ALL


async def test_a_bridge_that_is_not_there_is_tried_ever_more_seldom(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    bridge: CrpcBridge,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bridge.token = "another one"
    options = where(bridge) | {CONF_BRIDGE_TOKEN: BRIDGE_TOKEN}
    await set_up(hass, entry, **options)
    await pass_by(advance, 300)
    # 1, 2, 4, 8, 16, 32 and then 60 seconds; the token in an address is no first try.
    assert 9 <= len(bridge.asked) <= 13
    assert set(bridge.asked) == {"/crpc/status"}
    assert [level for level, _ in lines(caplog)] == ["WARNING"]
    assert BRIDGE_TOKEN not in caplog.text
    assert state(hass, LIGHT).state != "unavailable"


async def test_a_bridge_may_have_no_processor_at_first(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    bridge: CrpcBridge,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bridge.connected = False
    await set_up(hass, entry, **where(bridge))
    await until(lambda: bridge.listeners == 1)
    await pass_by(advance, 5)
    hub = entry.runtime_data.hub
    assert hub.report()["bridge_heard"] is False
    assert [level for level, _ in lines(caplog)] == ["WARNING"]
    bridge.find_processor()
    await pass_by(advance, 2)
    assert hub.report()["bridge_heard"] is True
    assert [level for level, _ in lines(caplog)] == ["WARNING", "INFO"]


async def test_two_processors_have_two_bridges(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    house: House,
    clock: ManualClock,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(
            CrestronProcessor(house, token=TOKEN, clock=clock, bridge_port=0)
        )
        assert other.bridge is not None
        second = MockConfigEntry(
            domain=entry.domain,
            title="Annex",
            entry_id="01ANNEX",
            minor_version=2,
            data={**entry.data, "port": other.port},
        )
        second.add_to_hass(hass)
        await set_up(hass, second, **where(other.bridge))
        await until(lambda: other.bridge is not None and other.bridge.listeners == 1)
        await read_all(second, advance)
        for told, quiet, teller in (
            (processor, other, bridge),
            (other, processor, other.bridge),
        ):
            processor.requests.clear()
            other.requests.clear()
            teller.tell("stateUpdate", DeviceType="IRpcDoors")
            await asyncio.sleep(0.05)
            await advance(0.5)
            assert paths(told.requests) == ["doorlocks"]
            await advance(5)
            assert quiet.requests == []
        await hass.config_entries.async_unload(second.entry_id)
        assert other.bridge.listeners == 0
        assert bridge.listeners == 1


async def test_diagnostics_tell_of_both_and_of_no_secret(
    hass: HomeAssistant,
    heard: MockConfigEntry,
    bridge: CrpcBridge,
    hass_client: Any,
    advance: Advance,
) -> None:
    hass.config_entries.async_update_entry(
        heard, options={**heard.options, CONF_WEBHOOK_ID: HOOK, CONF_WEBHOOK: True}
    )
    bridge.tell("stateUpdate", DeviceType="IRpcLights")
    await asyncio.sleep(0.05)
    await advance(1)
    shown = await get_diagnostics_for_config_entry(hass, hass_client, heard)
    assert isinstance(shown, dict)
    assert shown["hub"]["bridge_heard"] is True
    assert shown["coordinator"]["last_push_at"].startswith("20")
    for secret in (BRIDGE_TOKEN, HOOK, f"{bridge.host}:{bridge.port}"):
        assert secret not in str(shown)


# The options


async def test_a_bridge_is_chosen_and_taken_back(
    hass: HomeAssistant, loaded: MockConfigEntry, bridge: CrpcBridge
) -> None:
    await hass.config.async_update(internal_url="http://192.168.1.9:8123")
    result = await choose(hass, loaded, "hints")
    assert default(result, CONF_WEBHOOK) is False
    address = (result["description_placeholders"] or {})["address"]
    typed = f" http://{bridge.host}:{bridge.port}/ "
    chosen = {CONF_WEBHOOK: True, "bridge": typed, "bridge_token": BRIDGE_TOKEN}
    result = await submit(hass, result["flow_id"], **chosen)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    secret = loaded.options[CONF_WEBHOOK_ID]
    assert address == f"http://192.168.1.9:8123/api/webhook/{secret}"
    assert loaded.options == {
        CONF_WEBHOOK: True,
        CONF_WEBHOOK_ID: secret,
        **where(bridge),
    }
    assert bridge.asked[0] == "/crpc/status"
    await until(lambda: bridge.listeners == 1)
    # The token stays where it was not typed again, and the address of the hook always.
    result = await choose(hass, loaded, "hints")
    assert (result["description_placeholders"] or {})["address"] == address
    schema = result["data_schema"]
    assert schema is not None
    assert get_schema_suggested_value(schema.schema, "bridge_token") is None
    shown = get_schema_suggested_value(schema.schema, "bridge")
    await submit(hass, result["flow_id"], webhook=False, bridge=shown)
    assert loaded.options == {CONF_WEBHOOK_ID: secret, **where(bridge)}
    result = await choose(hass, loaded, "hints")
    await submit(hass, result["flow_id"], webhook=False)
    assert loaded.options == {CONF_WEBHOOK_ID: secret}
    await until(lambda: bridge.listeners == 0)


async def test_what_is_wrong_with_a_bridge_is_said(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
) -> None:
    right = where(bridge)
    result = await choose(hass, loaded, "hints")
    for wrong, errors in (
        ({CONF_BRIDGE: "no such: place"}, {"bridge": "bridge_away"}),
        ({CONF_BRIDGE: "127.0.0.1:1"}, {"bridge": "bridge_away"}),
        (
            {CONF_BRIDGE: f"{processor.host}:{processor.port}"},
            {"bridge": "bridge_other"},
        ),
        ({CONF_BRIDGE_TOKEN: "another one"}, {"bridge_token": "bridge_token"}),
        ({}, {"bridge": "bridge_offline"}),
    ):
        bridge.connected = bool(wrong)
        result = await submit(hass, result["flow_id"], webhook=False, **right | wrong)
        assert result["errors"] == errors
    assert loaded.options == {}
    # What was typed is still there, and can be put right.
    bridge.connected = True
    result = await submit(hass, result["flow_id"], webhook=False, **right)
    assert result["type"] is FlowResultType.CREATE_ENTRY
