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
USER, PASSWORD = "casa@example.org", "pa55-w0rd"


class Watches:
    """Makes the hubs, by name, and closes them again."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        clock: ManualClock,
        house: House,
        model: Model,
        hass_client: ClientSessionGenerator,
    ) -> None:
        self._parts: dict[str, Any] = {
            "hass": hass,
            "freezer": freezer,
            "clock": clock,
        }
        self._hass = hass
        self._clock = clock
        self._house = house
        self._model = model
        self._client = hass_client
        self._open = AsyncExitStack()

    async def __call__(self, name: str) -> Watched:
        """Return a hub that is served, with an entry that is not set up."""
        watched: Watched = await getattr(self, f"_{name}")()
        return watched

    async def close(self) -> None:
        """Stop everything that is served."""
        await self._open.aclose()

    def _entry(
        self, data: dict[str, Any], options: dict[str, Any] | None = None
    ) -> MockConfigEntry:
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Hub",
            entry_id="01WATCHED",
            data=data,
            options=options or {},
        )
        entry.add_to_hass(self._hass)
        return entry

    # Crestron

    async def _crestron(self, *, https: bool = False) -> Watched:
        house = self._house
        processor = await self._open.enter_async_context(
            CrestronProcessor(house, token=TOKEN, clock=self._clock, https=https)
        )
        entry = self._entry(
            {
                CONF_KIND: KIND_CRESTRON,
                CONF_HOST: processor.host,
                CONF_PORT: processor.port,
                CONF_SSL: https,
                CONF_TOKEN: TOKEN,
            }
        )
        shade, light = house.find("Kitchen Shade"), house.find("Cove")
        lock = house.find("Front Door")
        scene = house.find("Movie Night")

        def stir() -> None:
            house.find("Chandelier").fade_to(0.3, 0.0)
            house.find("Garage Entry").lock()
            house.find("Office Shade").move_to(0.5)
            house.find("Front Door Contact").presence = True

        return Watched(
            **self._parts,
            entry=entry,
            faults=processor.faults,
            requests=processor.requests,
            done=lambda: [
                (order.kind, order.id, order.what) for order in processor.commands
            ],
            differences=lambda: differences_of_house(self._hass, entry.entry_id, house),
            asks=(
                Ask(
                    "cover.close_cover",
                    f"shade-{shade.id}",
                    ("shade", shade.id, "position"),
                ),
                Ask(
                    "light.turn_on",
                    f"light-{light.id}",
                    ("light", light.id, "level"),
                ),
                Ask("lock.unlock", f"lock-{lock.id}", ("lock", lock.id, "unlock")),
                Ask(
                    "scene.turn_on",
                    f"scene-{scene.id}",
                    ("scene", scene.id, "recall"),
                ),
            ),
            stir=stir,
            is_command=lambda request: request.method == "POST",
        )

    async def _crestron_https(self) -> Watched:
        return await self._crestron(https=True)

    # HomeSeer

    def _system(
        self, system: HomeSeerSystem, entry: MockConfigEntry, **parts: Any
    ) -> Watched:
        model = self._model

        def stir() -> None:
            model.find("Coffee Maker").set(255)
            model.find("Bookshelf Light").set(20)
            model.find("Living Room Window").set(255)

        return Watched(
            **{
                **self._parts,
                "entry": entry,
                "faults": system.faults,
                "requests": system.requests,
                "done": lambda: [
                    *((order.ref, order.value) for order in system.commands),
                    *(event.id for event in model.fired),
                ],
                "differences": lambda: differences_of_system(
                    self._hass, entry.entry_id, model
                ),
                "asks": (
                    Ask("light.turn_off", "ref-102", (102, 0.0)),
                    Ask("lock.unlock", "ref-191", (191, 0.0)),
                    Ask("cover.open_cover", "ref-252", (252, 255.0)),
                    Ask("scene.turn_on", "event-1042", 1042),
                ),
                "stir": stir,
                "is_command": is_command,
                **parts,
            }
        )

    async def _served(self) -> HomeSeerSystem:
        system = HomeSeerSystem(self._model, clock=self._clock)
        return await self._open.enter_async_context(system)

    async def _homeseer(self) -> Watched:
        system = await self._served()
        entry = self._entry(_local(system), {CONF_ASCII_PORT: 0})
        return self._system(system, entry)

    async def _homeseer_ascii(self) -> Watched:
        system = await self._served()
        entry = self._entry(_local(system), {CONF_ASCII_PORT: system.ascii_port})
        return self._system(system, entry)

    async def _homeseer_hook(self) -> Watched:
        system = await self._served()
        options = {CONF_ASCII_PORT: 0, CONF_WEBHOOK: True}
        entry = self._entry(_local(system), options)
        await async_setup_component(self._hass, "webhook", {})
        client = await self._client()
        system.webhook_url = str(client.make_url(f"/api/webhook/{HOOK}"))
        return self._system(system, entry)

    async def _myhs(self) -> Watched:
        system = await self._served()
        cloud = await self._open.enter_async_context(
            MyHS(
                {"12345": system},
                [Account(USER, PASSWORD, ("12345",), "a-token")],
                https=False,
                clock=self._clock,
            )
        )
        address = "custom_components.crestron_homeseer.hubs.MYHS_URL"
        self._open.enter_context(patch(address, URL(cloud.url())))
        entry = self._entry(
            {
                CONF_KIND: KIND_MYHS,
                CONF_LICENSE: "12345",
                CONF_NAME: "Home",
                CONF_USERNAME: USER,
                CONF_PASSWORD: PASSWORD,
                CONF_TOKEN: None,
            }
        )
        return self._system(system, entry, faults=cloud.faults, requests=cloud.requests)


def _local(system: HomeSeerSystem) -> dict[str, Any]:
    return {
        CONF_KIND: KIND_HOMESEER,
        CONF_HOST: system.host,
        CONF_PORT: system.port,
        CONF_WEBHOOK_ID: HOOK,
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
    """Make hubs by name; what is left set up is unloaded in the end."""
    watches = Watches(hass, freezer, clock, house, model, hass_client_no_auth)
    yield watches
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)
    await watches.close()
