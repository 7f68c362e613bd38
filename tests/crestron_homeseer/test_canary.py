"""No secret comes out anywhere, whatever goes wrong meanwhile."""

from base64 import b64encode
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, ExitStack, contextmanager
import json
import logging
from unittest.mock import patch
from urllib.parse import quote, quote_plus

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.crestron_homeseer.crestron import client as crestron_client
from custom_components.crestron_homeseer.homeseer import (
    client as homeseer_client,
    find,
    reader,
)
from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.webhook import webhook_id_of
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.faults import known
from simulator.homeseer import Account, HomeSeerSystem, Model, MyHS
from simulator.house import House

from .canary import HOOK_LOGGERS, Net, Place, forms
from .canary_visitor import CODE, Scenario, Visitor

BRIDGE = "cAnary-br1dge%2B+/=&x"
TOKEN = "cAnary-t0ken%2B+/=&x"
PASSWORD = 'cAnary-pa55 w+rd/&"<;=see'
USER = "cAnary-us3r@example.org"
LICENSE = "cAnaryL1C58127"

# So long is waited for what does not come.
SHORT = 0.15


@pytest.fixture
async def scenario(
    request: pytest.FixtureRequest,
    socket_enabled: None,
    house: House,
    model: Model,
    clock: ManualClock,
) -> AsyncGenerator[Scenario]:
    """The hub that a test is about."""
    password = {"username": USER, "password": PASSWORD}
    hubs = "custom_components.crestron_homeseer.hubs"
    kind, _, way = request.param.partition(" ")
    async with AsyncExitStack() as running:
        if kind == "crestron":
            processor = CrestronProcessor(
                house, token=TOKEN, clock=clock, bridge_port=0, bridge_token=BRIDGE
            )
            await running.enter_async_context(processor)
            bridge = processor.bridge
            assert bridge is not None
            host = {"host": f"{processor.host}:{processor.port}"}
            token = {"token": TOKEN}
            name = "Crestron-RestAPI-AuthKey"
            yield Scenario(
                kind,
                processor.faults,
                user=host | token,
                reauth=token,
                reconfigure=host,
                secrets=[TOKEN, BRIDGE],
                bridge={
                    "bridge": f"{bridge.host}:{bridge.port}",
                    "bridge_token": BRIDGE,
                },
                keys=lambda: {
                    key
                    for each in processor.requests
                    if (key := each.headers.get(name))
                },
                light="light.kitchen_pendants",
            )
        elif kind == "homeseer":
            system = HomeSeerSystem(model, clock=clock, auth=(USER, PASSWORD))
            await running.enter_async_context(system)
            running.enter_context(
                patch(f"{hubs}.DEFAULT_ASCII_PORT", system.ascii_port)
            )
            data = {"host": f"{system.host}:{system.port}"} | password
            secrets = [USER, PASSWORD]
            yield Scenario(kind, system.faults, data, password, data, secrets)
        else:
            login = {"token": TOKEN} if way == "by token" else password
            systems = {LICENSE: HomeSeerSystem(model, clock=clock)}
            account = Account(USER, PASSWORD, (LICENSE,), TOKEN)
            cloud = MyHS(systems, [account], https=False, clock=clock, same_lan=False)
            await running.enter_async_context(cloud)
            running.enter_context(patch(f"{hubs}.MYHS_URL", URL(cloud.url())))
            secrets = [LICENSE, *login.values()]
            yield Scenario(kind, cloud.faults, login, login, login, secrets)


@contextmanager
def impatience() -> Generator[None]:
    """Wait for nothing long, as long as something is wrong."""
    ask = HomeSeerClient.ask.__kwdefaults__
    assert ask
    with ExitStack() as stack:
        for name in ("READ", "COMMAND"):
            stack.enter_context(patch.object(crestron_client, f"{name}_TIMEOUT", SHORT))
        stack.enter_context(patch.dict(ask, timeout=SHORT))
        for module, name in (
            (homeseer_client, "COMMAND_TIMEOUT"),
            (reader, "WHOLE_TIMEOUT"),
            (find, "_RECORD_TIMEOUT"),
            (find, "PROBE_TIMEOUT"),
        ):
            stack.enter_context(patch.object(module, name, SHORT))
        yield


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "scenario",
    ["crestron", "homeseer", "myhs by password", "myhs by token"],
    indirect=True,
)
async def test_no_secret_comes_out_anywhere(
    hass: HomeAssistant,
    scenario: Scenario,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("webhook", "config", "diagnostics", "system_health"):
        assert await async_setup_component(hass, name, {})
    caplog.set_level(logging.DEBUG)
    caplog.handler.setLevel(logging.DEBUG)
    # The event loop has something to say in its debug mode alone, which is slow.
    hass.loop.set_debug(True)
    stranger = await hass_client_no_auth()
    visitor = Visitor(hass, await hass_client(), stranger, scenario)
    await visitor.add()
    if scenario.kind != "myhs":
        await visitor.choose_options()
    await visitor.look_around()
    hass.loop.set_debug(False)
    faults = [name for name, fault in known(scenario.kind).items() if fault.per_request]
    assert len(faults) > 15
    for fault in faults:
        with scenario.faults.during(fault), impatience():
            await visitor.try_everything()
            await visitor.call_the_hook()
            await visitor.look_around()
        await visitor.recover()
    await visitor.look_at_the_rest()
    await hass.config_entries.async_unload(visitor.entry.entry_id)
    hook = webhook_id_of(visitor.entry) or ""
    for record in caplog.records:
        line = caplog.handler.format(record)
        if record.name in HOOK_LOGGERS:
            line = line.replace(hook, "") if hook else line
        visitor.net.hold(Place.LOG, line)
    assert {place for place, each in visitor.net.caught.items() if any(each)} == {
        *Place
    }
    logged = {record.name.split(".")[0] for record in caplog.records}
    assert logged >= {"asyncio", "custom_components", "homeassistant"}
    secrets = {*scenario.secrets, *scenario.keys()}
    assert len(secrets) >= (2 if scenario.kind != "homeseer" else 4)
    assert visitor.net.found(secrets) == []


@pytest.mark.parametrize("secret", [TOKEN, PASSWORD, USER, CODE])
def test_the_net_holds_each_way_to_write_a_secret(secret: str) -> None:
    written = [
        f"say {secret}!",
        f"?pass={quote_plus(secret)}&x",
        f"?pass={quote(secret)}&x",
        f"Basic {b64encode(f'{USER}:{secret}'.encode()).decode()}",
        f"Basic {b64encode(f'x{secret}y'.encode()).decode()}",
        secret.encode().hex().upper(),
        json.dumps({"password": secret}),
        repr({"password": secret}),
        repr(secret.encode()),
    ]
    for text in written:
        net = Net()
        net.hold(Place.LOG, "something else", text)
        assert net.found([secret]), text
    assert Net().found([secret]) == []
    assert len(forms(secret)) >= 5
