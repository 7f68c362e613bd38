"""A processor of which a CRPC bridge tells what changes."""

import asyncio
from collections.abc import AsyncGenerator
import logging
from typing import Any

from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)

from custom_components.crestron_homeseer.const import (
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_WEBHOOK,
)
from custom_components.crestron_homeseer.house import connection
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor, CrpcBridge
from simulator.house import House, Light, Lock, MediaRoom, Scene, Shade, Thermostat

from .common import Advance, paths, state, until
from .flows import choose, options_of
from .test_hints import ALL, HOOK, LIGHT, read_all, set_up

BRIDGE_TOKEN = "a-bridge-token-nobody-may-see"


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
    await pass_by(advance, 100)
    # 1, 2, 4, 8, 16 and 32 seconds; the token in an address is no first try.
    assert 6 <= len(bridge.asked) <= 9
    assert set(bridge.asked) == {"/crpc/status"}
    assert [level for level, _ in lines(caplog)] == ["WARNING"]
    assert BRIDGE_TOKEN not in caplog.text
    assert state(hass, LIGHT).state != "unavailable"
    # It takes the token now, and has no processor yet.
    bridge.token, bridge.connected = BRIDGE_TOKEN, False
    hub = entry.runtime_data.hub
    await pass_by(advance, 75)
    assert bridge.listeners == 1
    assert hub.report()["bridge_heard"] is False
    bridge.find_processor()
    await pass_by(advance, 2)
    assert hub.report()["bridge_heard"] is True
    assert [level for level, _ in lines(caplog)] == ["WARNING", "INFO"]


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
    flow = await choose(hass, loaded, "hints")
    assert flow.default(CONF_WEBHOOK) is False
    address = flow.facts["address"]
    typed = f" http://{bridge.host}:{bridge.port}/ "
    await flow.submit(webhook=True, bridge=typed, bridge_token=BRIDGE_TOKEN)
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
    flow = await choose(hass, loaded, "hints")
    assert flow.facts["address"] == address
    assert flow.suggested("bridge_token") is None
    await flow.submit(webhook=False, bridge=flow.suggested("bridge"))
    assert loaded.options == {CONF_WEBHOOK_ID: secret, **where(bridge)}
    options = await options_of(hass, loaded, "hints", webhook=False)
    assert options == {CONF_WEBHOOK_ID: secret}
    await until(lambda: bridge.listeners == 0)


async def test_what_is_wrong_with_a_bridge_is_said(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    bridge: CrpcBridge,
    processor: CrestronProcessor,
) -> None:
    right = where(bridge)
    flow = await choose(hass, loaded, "hints")
    for wrong, error in (
        ({CONF_BRIDGE: "no such: place"}, "bridge_away"),
        ({CONF_BRIDGE: "127.0.0.1:1"}, "bridge_away"),
        ({CONF_BRIDGE: f"{processor.host}:{processor.port}"}, "bridge_other"),
        ({CONF_BRIDGE_TOKEN: "another one"}, "bridge_token"),
        ({}, "bridge_offline"),
    ):
        bridge.connected = bool(wrong)
        await flow.submit(webhook=False, **right | wrong)
        assert flow.error == error
    assert loaded.options == {}
    # What was typed is still there, and can be put right.
    bridge.connected = True
    assert flow.suggested(CONF_BRIDGE) == right[CONF_BRIDGE]
    await flow.submit(webhook=False, **right)
    assert loaded.options.items() >= right.items()
