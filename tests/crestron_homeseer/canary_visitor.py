"""Does with a hub whatever a person does, and looks at all that comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
import json
import traceback
from typing import Any

from homeassistant.components.system_health import get_info
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowContext,
)
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house.commands import SetLevel
from custom_components.crestron_homeseer.house.controls import ActivateScene
from custom_components.crestron_homeseer.house.hub import HubError
from custom_components.crestron_homeseer.webhook import webhook_id_of
from simulator.faults import Faults

from .canary import Net, Place, pieces, without_shown

CODE = "cAnaryC0de"


@dataclass
class Scenario:
    """A hub, and how one gets in."""

    kind: str
    faults: Faults
    # What is typed where: adding, with a new login, and when it has moved.
    user: dict[str, str]
    reauth: dict[str, str]
    reconfigure: dict[str, str]
    secrets: list[str]
    keys: Callable[[], set[str]] = set
    light: str = "light.porch_porch_lamp"
    # Where somebody tells of changes, and the token that takes.
    bridge: dict[str, str] = field(default_factory=dict)


class Visitor:
    """Does with a hub whatever a person does, and looks at all that comes back."""

    def __init__(
        self, hass: HomeAssistant, client: Any, stranger: Any, scenario: Scenario
    ) -> None:
        """Take a browser, one that is not logged in, and whom to visit."""
        self.hass = hass
        self.client = client
        self.stranger = stranger
        self.scenario = scenario
        self.net = Net()

    @property
    def entry(self) -> ConfigEntry[Any]:
        """The hub's entry."""
        return self.hass.config_entries.async_entries(DOMAIN)[0]

    async def flow(
        self, path: str, start: dict[str, str], *answers: dict[str, Any]
    ) -> dict[str, Any]:
        """Go through a flow as the browser does, as far as it goes."""
        url = f"/api/config/config_entries/{path}"
        result = await self._post(url, start, typed=False)
        for answer in answers:
            if result.get("type") not in {"form", "menu"}:
                break
            flow = f"{url}/{result['flow_id']}"
            result = await self._post(flow, answer, typed=True)
            while result.get("type") == "form" and (
                not result["data_schema"] or result["step_id"] == "found_homeseer"
            ):
                # There is nothing that has to be typed, only to confirm.
                result = await self._post(flow, {}, typed=True)
        if result.get("type") in {"form", "menu"}:
            await self.client.delete(f"{url}/{result['flow_id']}")
        await self.hass.async_block_till_done()
        return result

    async def _post(
        self, url: str, data: dict[str, Any], *, typed: bool
    ) -> dict[str, Any]:
        response = await self.client.post(url, json=data)
        assert response.status < 500, (url, response.status, await response.text())
        result: dict[str, Any] = json.loads(await response.text())
        self.net.hold(Place.FLOWS, json.dumps(without_shown(result, typed=typed)))
        return result

    async def add(self) -> None:
        """Add the hub: first with a wrong login, then with the right one."""
        wrong = {key: f"{value}x" for key, value in self.scenario.user.items()}
        if "host" in wrong:
            wrong["host"] = self.scenario.user["host"]
        kind = {"next_step_id": self.scenario.kind}
        result = await self.flow(
            "flow", {"handler": DOMAIN}, kind, wrong, self.scenario.user
        )
        assert result["type"] == "create_entry"
        assert self.entry.state is ConfigEntryState.LOADED
        self.scenario.secrets += filter(None, [self.entry.data.get(CONF_WEBHOOK_ID)])

    async def choose_options(self) -> None:
        """Choose an alarm code, the web hook and a bridge, and look at all again."""
        push = {"webhook": True, "ascii_port": self.entry.options.get("ascii_port", 0)}
        steps: dict[str, dict[str, Any]] = {"alarm": {"alarm_code": CODE}, "push": push}
        if self.scenario.bridge:
            steps = {"hints": {"webhook": True, **self.scenario.bridge}}
        for _ in range(2):
            for step, answer in steps.items():
                await self.flow(
                    "options/flow",
                    {"handler": self.entry.entry_id},
                    {"next_step_id": step},
                    answer,
                )
        if self.scenario.bridge:
            assert (
                self.entry.options["bridge_token"]
                == self.scenario.bridge["bridge_token"]
            )
            self.scenario.secrets.append(self.entry.options[CONF_WEBHOOK_ID])
            return
        self.scenario.secrets.append(CODE)
        assert self.entry.options["alarm_code"] == CODE

    async def look_around(self) -> None:
        """Look at everything that is shown of the hub now."""
        hass, net = self.hass, self.net
        net.hold(
            Place.STATES,
            *(json.dumps(s.as_dict(), default=str) for s in hass.states.async_all()),
        )
        net.hold(Place.HEALTH, await get_info(hass))
        net.hold(Place.ISSUES, *ir.async_get(hass).issues.values())
        net.hold(Place.FLOWS, hass.config_entries.flow.async_progress())
        # Titles of flows that the hub's trouble has started come with them.
        url = f"/api/diagnostics/config_entry/{self.entry.entry_id}"
        response = await self.client.get(url)
        assert response.status == 200
        net.hold(Place.DIAGNOSTICS, await response.text())
        if self.entry.state is ConfigEntryState.LOADED:
            for thing in pieces(self.entry.runtime_data):
                net.hold(Place.OBJECTS, repr(thing), str(thing))
        net.hold(Place.OBJECTS, repr(self.entry), self.entry.reason)

    async def look_at_the_rest(self) -> None:
        """Look at what does not change with the trouble."""
        hass = self.hass
        devices = dr.async_entries_for_config_entry(
            dr.async_get(hass), self.entry.entry_id
        )
        entities = er.async_entries_for_config_entry(
            er.async_get(hass), self.entry.entry_id
        )
        self.net.hold(Place.REGISTRIES, *devices, *entities)
        for device in devices[:3]:
            url = f"/api/diagnostics/config_entry/{self.entry.entry_id}"
            response = await self.client.get(f"{url}/device/{device.id}")
            assert response.status == 200
            self.net.hold(Place.DEVICE_DIAGNOSTICS, await response.text())
        self.net.hold(Place.MEMORY, json.dumps(self.entry.runtime_data.hub.memory))

    async def try_everything(self) -> None:
        """Read, command, and change how the hub is reached."""
        entry, light = self.entry, self.scenario.light
        if entry.state is ConfigEntryState.LOADED:
            coordinator = entry.runtime_data
            hub = coordinator.hub
            commands = [
                ActivateScene(device_id="scene-1"),
                SetLevel(device_id="light-1", level=1),
            ]
            for doing in (
                hub.survey(),
                hub.refresh(coordinator.data),
                self.hass.services.async_call(
                    "light", "toggle", {"entity_id": light}, blocking=True
                ),
            ):
                try:
                    await doing
                except (HubError, HomeAssistantError) as err:
                    self.net.hold(
                        Place.ERRORS, *traceback.format_exception(err), repr(err)
                    )
            result = await hub.send(commands)
            self.net.hold(Place.ERRORS, repr(result))
            await coordinator.async_refresh()
            await coordinator.async_refresh()
        await self.flow(
            "flow",
            {"handler": DOMAIN, "entry_id": entry.entry_id},
            self.scenario.reconfigure,
        )
        flows = self.hass.config_entries.flow
        context = ConfigFlowContext(source=SOURCE_REAUTH, entry_id=entry.entry_id)
        reauth = await flows.async_init(DOMAIN, context=context, data=entry.data)
        flow = f"/api/config/config_entries/flow/{reauth['flow_id']}"
        response = await self.client.get(flow)
        shown = without_shown(json.loads(await response.text()), typed=False)
        self.net.hold(Place.FLOWS, json.dumps(shown))
        await self._post(flow, self.scenario.reauth, typed=True)
        await self.hass.async_block_till_done()

    async def call_the_hook(self) -> None:
        """Post to the web hook what it takes, and what it does not."""
        hook = f"/api/webhook/{webhook_id_of(self.entry) or 'none'}"
        await self.stranger.get(hook)
        await self.stranger.post(hook, data=b"<html>")
        await self.stranger.post(hook, data=b"x", headers={"Content-Encoding": "gzip"})
        for ref in (1, 999999, "x"):
            change = {"type": "devicechange", "data": {"ref": ref}}
            await self.stranger.post(hook, json=change)

    async def recover(self) -> None:
        """Let all be well again."""
        flows = self.hass.config_entries.flow
        for each in flows.async_progress():
            flows.async_abort(each["flow_id"])
        if self.entry.state is not ConfigEntryState.LOADED:
            await self.hass.config_entries.async_reload(self.entry.entry_id)
            await self.hass.async_block_till_done()
        assert self.entry.state is ConfigEntryState.LOADED
