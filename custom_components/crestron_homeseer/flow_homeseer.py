"""Adding a HomeSeer system, on the network or through MyHS, and changing its login."""

from typing import Any

from homeassistant.components import webhook
from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlowResult
from homeassistant.const import (
    CONF_HOST,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import SelectSelectorMode
import voluptuous as vol

from . import hubs
from .const import (
    CONF_KIND,
    CONF_LICENSE,
    CONF_LOCAL_HOST,
    CONF_LOCAL_PORT,
    CONF_SCENE_GROUPS,
    KIND_HOMESEER,
    KIND_MYHS,
)
from .crestron.find import read_host
from .flow_base import SECRET, TEXT, HouseFlow, Typed, pick, pick_several, typed_host
from .homeseer.find import CloudSystem, find_local, find_systems
from .house.devices import House, Scene
from .house.hub import HubError, Reason

CONF_SYSTEM = "system"
USUAL_PORT = 80

LOGIN_SCHEMA = vol.Schema(
    {vol.Optional(CONF_USERNAME): TEXT, vol.Optional(CONF_PASSWORD): SECRET}
)
SYSTEM_SCHEMA = vol.Schema({vol.Required(CONF_HOST): TEXT, **LOGIN_SCHEMA.schema})
ACCOUNT_SCHEMA = LOGIN_SCHEMA.extend({vol.Optional(CONF_TOKEN): SECRET})

_NOT_REACHED = (Reason.NOT_FOUND, Reason.REFUSED, Reason.TIMED_OUT, Reason.LOST)
# The text for what is wrong with the cloud, and then with a system behind it; for all
# other reasons it is not ready.
CLOUD_ERRORS = {
    **dict.fromkeys(_NOT_REACHED, "myhs_unreachable"),
    Reason.BAD_LOGIN: "bad_login",
    Reason.TLS: "tls",
}
SYSTEM_ERRORS = {
    **dict.fromkeys(_NOT_REACHED, "myhs_offline"),
    Reason.STARTING: "myhs_offline",
    Reason.DECLINED: "myhs_offline",
    Reason.NO_API: "myhs_offline",
    Reason.OFFLINE: "myhs_offline",
    Reason.BAD_LOGIN: "myhs_other_account",
    Reason.TLS: "tls",
}


class HomeSeerFlow(HouseFlow):
    """Asks for an address or an account, and for a login only if it is needed."""

    def __init__(self) -> None:
        """Start with no systems of an account."""
        super().__init__()
        self._systems: dict[str, CloudSystem] = {}

    # On the network

    async def async_step_homeseer(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for the system's address and login; for the login where it is refused."""
        if self._page is not None:
            return await self.async_page(user_input)
        if self.source == SOURCE_REAUTH:
            return self._ask(
                "homeseer", self._async_system, LOGIN_SCHEMA, error="bad_login"
            )
        return self._ask_system(self._data)

    def _ask_system(self, data: dict[str, Any]) -> ConfigFlowResult:
        hook = {CONF_WEBHOOK_ID: webhook.async_generate_id()}
        self._data = {CONF_KIND: KIND_HOMESEER, **hook, **data}
        return self._ask("homeseer", self._async_system, SYSTEM_SCHEMA)

    async def _async_system(self, typed: dict[str, Any]) -> ConfigFlowResult:
        """Try an address and a login."""
        if CONF_HOST in typed:
            try:
                host, port = read_host(typed[CONF_HOST])
            except ValueError:
                return self._again("bad_address")
            port = None if port == USUAL_PORT else port
            self._refuse_twice(host, port)
            self._data |= {CONF_HOST: host, CONF_PORT: port}
        self._data |= self._login(typed)
        session = async_get_clientsession(self.hass)
        try:
            await find_local(session, hubs.site_of(self._data))
            house = await self._async_read_house()
        except HubError as err:
            return self._again(err.reason.advice)
        return await self._async_found(house)

    def _login(self, typed: dict[str, Any]) -> dict[str, str | None]:
        """Return the login that was typed.

        Where nothing but the address changes, the stored password is kept, and goes
        to no form. Nobody's password is sent with somebody else's name.
        """
        name = typed.get(CONF_USERNAME, "").strip() or None
        password = typed.get(CONF_PASSWORD) or None
        if self._entry and self.source != SOURCE_REAUTH and not password:
            known = self._entry.data
            same = name == (known.get(CONF_USERNAME) or None)
            password = known.get(CONF_PASSWORD) if same else None
        return {CONF_USERNAME: name, CONF_PASSWORD: password}

    async def _async_found(self, house: House) -> ConfigFlowResult:
        """Do what the flow is for, with a system that works.

        Of a new one it is asked which events are scenes.
        """
        if self._entry is not None:
            return await self._async_changed(house)
        scenes = sum(isinstance(device, Scene) for device in house.devices.values())
        found = {
            "name": house.info.name,
            "version": house.info.version or "",
            "devices": str(len(house.devices) - scenes),
            "events": str(scenes),
            "rooms": str(sum(not room.virtual for room in house.rooms.values())),
        }
        groups, called = self._choices.event_groups, self._choices.scene_groups
        mode = SelectSelectorMode.LIST
        field = pick_several(CONF_SCENE_GROUPS, groups, called, mode) if groups else {}
        return self._ask(
            "found_homeseer", self._async_add_system, vol.Schema(field), **found
        )

    async def _async_add_system(self, typed: dict[str, Any]) -> ConfigFlowResult:
        assert self._page is not None
        options = {CONF_SCENE_GROUPS: typed.get(CONF_SCENE_GROUPS, [])}
        title = self._page.facts["name"]
        return self.async_create_entry(title=title, data=self._data, options=options)

    async_step_found_homeseer = HouseFlow.async_page
    async_step_system = HouseFlow.async_page

    # Through MyHS

    async def async_step_myhs(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for an account."""
        if self._page is not None:
            return await self.async_page(user_input)
        self._data = {CONF_KIND: KIND_MYHS, **self._data}
        error = "bad_login" if self.source == SOURCE_REAUTH else ""
        return self._ask("myhs", self._async_account, ACCOUNT_SCHEMA, error)

    async def _async_account(self, typed: dict[str, Any]) -> ConfigFlowResult:
        """Read the system in question, or the only one, or ask which one."""
        token = typed.get(CONF_TOKEN, "").strip() or None
        login = self._login(typed)
        if token is None and None in login.values():
            return self._again("myhs_login_missing")
        # One is enough, and MyHS takes one at a time.
        self._data |= dict.fromkeys(login) if token else login
        self._data[CONF_TOKEN] = token
        session, account = (
            async_get_clientsession(self.hass),
            hubs.account_of(self._data),
        )
        try:
            systems = await find_systems(session, account, hubs.MYHS_URL)
        except HubError as err:
            return self._again(CLOUD_ERRORS.get(err.reason, "not_ready"))
        if self._entry is not None:
            return await self._async_read_system()
        online = {each.license: each for each in systems if each.online}
        if not online:
            return self._again("myhs_no_system")
        known = {
            entry.data.get(CONF_LICENSE) for entry in self._async_current_entries()
        }
        self._systems = {key: each for key, each in online.items() if key not in known}
        if not self._systems:
            return self.async_abort(reason="already_configured")
        if len(self._systems) == 1:
            return await self._async_take({CONF_SYSTEM: next(iter(self._systems))})
        names = {key: f"{each.name} ({key})" for key, each in self._systems.items()}
        schema = vol.Schema({vol.Required(CONF_SYSTEM): pick(names)})
        return self._ask("system", self._async_take, schema)

    async def _async_take(self, typed: dict[str, Any]) -> ConfigFlowResult:
        """Take a system; one on our own network may be added without the cloud."""
        system = self._systems[typed[CONF_SYSTEM]]
        nearby = system.local_host if system.same_lan else None
        self._data |= {
            CONF_LICENSE: system.license,
            CONF_NAME: system.name,
            # An address in another network may be that of something else here.
            CONF_LOCAL_HOST: nearby,
            CONF_LOCAL_PORT: system.local_port if nearby else None,
        }
        if nearby is None:
            return await self._async_read_system()
        self._refuse_twice(nearby, system.local_port)
        return await self.async_step_nearby()

    async def async_step_nearby(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask whether a system on our own network is to be added without the cloud."""
        return self.async_show_menu(
            step_id="nearby",
            menu_options=["local", "cloud"],
            description_placeholders={"name": self._data[CONF_NAME]},
        )

    async def async_step_local(self, user_input: Typed = None) -> ConfigFlowResult:
        """Add the system by its address on our own network."""
        nearby = self._data
        host = typed_host(nearby[CONF_LOCAL_HOST], nearby[CONF_LOCAL_PORT])
        self._ask_system({CONF_NAME: nearby[CONF_NAME]})
        return await self.async_page({CONF_HOST: host})

    async def async_step_cloud(self, user_input: Typed = None) -> ConfigFlowResult:
        """Add the system through MyHS."""
        return await self._async_work(self._async_read_system())

    async def _async_read_system(self) -> ConfigFlowResult:
        """Read a system through MyHS, which has accepted the login."""
        try:
            house = await self._async_read_house()
        except HubError as err:
            return self._again(SYSTEM_ERRORS.get(err.reason, "not_ready"))
        # It would be in the log as an entry's unique id.
        self._async_abort_entries_match({CONF_LICENSE: self._data[CONF_LICENSE]})
        return await self._async_found(house)
