"""The hubs that are watched while things go wrong."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_SSL,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_KIND,
    CONF_LICENSE,
    CONF_WEBHOOK,
    DOMAIN,
    KIND_CRESTRON,
    KIND_HOMESEER,
    KIND_MYHS,
)
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Account, HomeSeerSystem, Model, MyHS
from simulator.homeseer.api import is_command
from simulator.house import House

from ..conftest import TOKEN
from .truth import differences_of_house, differences_of_system
from .watched import Ask, Watched

type Watch = Callable[[str], Awaitable[Watched]]

HOOK = "a-web-hook-that-nobody-may-see"
USER, PASSWORD, LICENSE = "casa@example.org", "pa55-w0rd", "12345"
ENTRY_ID = "01WATCHED"


def of_house(hass: HomeAssistant, house: House, served: CrestronProcessor) -> Any:
    """Return what a watched processor differs in from another hub."""
    shade, light = house.find("Kitchen Shade").id, house.find("Cove").id
    lock, scene = house.find("Front Door").id, house.find("Movie Night").id

    def stir() -> None:
        house.find("Chandelier").fade_to(0.3, 0.0)
        house.find("Garage Entry").lock()
        house.find("Office Shade").move_to(0.5)
        house.find("Front Door Contact").presence = True

    return {
        "faults": served.faults,
        "requests": served.requests,
        "done": lambda: [(each.kind, each.id, each.what) for each in served.commands],
        "differences": lambda: differences_of_house(hass, ENTRY_ID, house),
        "asks": (
            Ask("cover.close_cover", f"shade-{shade}", ("shade", shade, "position")),
            Ask("light.turn_on", f"light-{light}", ("light", light, "level")),
            Ask("lock.unlock", f"lock-{lock}", ("lock", lock, "unlock")),
            Ask("scene.turn_on", f"scene-{scene}", ("scene", scene, "recall")),
        ),
        "stir": stir,
        "is_command": lambda request: request.method == "POST",
    }


def of_system(hass: HomeAssistant, model: Model, served: HomeSeerSystem) -> Any:
    """Return what a watched system differs in from another hub."""

    def stir() -> None:
        model.find("Coffee Maker").set(255)
        model.find("Bookshelf Light").set(20)
        model.find("Living Room Window").set(255)

    return {
        "faults": served.faults,
        "requests": served.requests,
        "done": lambda: [
            *((order.ref, order.value) for order in served.commands),
            *(event.id for event in model.fired),
        ],
        "differences": lambda: differences_of_system(hass, ENTRY_ID, model),
        "asks": (
            Ask("light.turn_off", "ref-102", (102, 0.0)),
            Ask("lock.unlock", "ref-191", (191, 0.0)),
            Ask("cover.open_cover", "ref-252", (252, 255.0)),
            Ask("scene.turn_on", "event-1042", 1042),
        ),
        "stir": stir,
        "is_command": is_command,
    }


@pytest.fixture
async def watch(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    socket_enabled: None,
    clock: ManualClock,
    house: House,
    model: Model,
    hass_client_no_auth: ClientSessionGenerator,
) -> AsyncGenerator[Watch]:
    """Serve hubs by name, each with an entry that is not set up yet."""

    async def watch(name: str) -> Watched:
        options: dict[str, Any] = {}
        if name.startswith("crestron"):
            https = name == "crestron_https"
            processor = await opened.enter_async_context(
                CrestronProcessor(house, token=TOKEN, clock=clock, https=https)
            )
            where = {CONF_HOST: processor.host, CONF_PORT: processor.port}
            data = {CONF_KIND: KIND_CRESTRON, **where, CONF_SSL: https}
            data[CONF_TOKEN] = TOKEN
            parts = of_house(hass, house, processor)
        else:
            system = await opened.enter_async_context(
                HomeSeerSystem(model, clock=clock)
            )
            parts = of_system(hass, model, system)
            where = {CONF_HOST: system.host, CONF_PORT: system.port}
            data = {CONF_KIND: KIND_HOMESEER, **where, CONF_WEBHOOK_ID: HOOK}
            ascii_port = system.ascii_port if name == "homeseer_ascii" else 0
            options = {CONF_ASCII_PORT: ascii_port}
        if name == "homeseer_hook":
            options[CONF_WEBHOOK] = True
            await async_setup_component(hass, "webhook", {})
            client = await hass_client_no_auth()
            system.webhook_url = str(client.make_url(f"/api/webhook/{HOOK}"))
        elif name == "myhs":
            account = Account(USER, PASSWORD, (LICENSE,), "a-token")
            cloud = await opened.enter_async_context(
                MyHS({LICENSE: system}, [account], https=False, clock=clock)
            )
            address = "custom_components.crestron_homeseer.hubs.MYHS_URL"
            opened.enter_context(patch(address, URL(cloud.url())))
            data = {CONF_KIND: KIND_MYHS, CONF_LICENSE: LICENSE, CONF_NAME: "Home"}
            data |= {CONF_USERNAME: USER, CONF_PASSWORD: PASSWORD, CONF_TOKEN: None}
            options = {}
            parts |= {"faults": cloud.faults, "requests": cloud.requests}
        entry = MockConfigEntry(
            domain=DOMAIN, title="Hub", entry_id=ENTRY_ID, data=data, options=options
        )
        entry.add_to_hass(hass)
        return Watched(hass=hass, freezer=freezer, clock=clock, entry=entry, **parts)

    async with AsyncExitStack() as opened:
        yield watch
        for entry in hass.config_entries.async_entries(DOMAIN):
            if entry.state is ConfigEntryState.LOADED:
                await hass.config_entries.async_unload(entry.entry_id)
