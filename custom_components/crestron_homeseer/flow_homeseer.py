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
from homeassistant.helpers.selector import SelectSelectorMode
import voluptuous as vol

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
from .flow_base import (
    SECRET,
    TEXT,
    HouseFlow,
    Typed,
    in_background,
    pick,
    pick_several,
    typed_host,
)
from .homeseer.find import CloudSystem
from .house.devices import House, Scene
from .house.hub import HubError, Reason
from .hubs import async_find_homeseer, async_find_systems

CONF_SYSTEM = "system"
USUAL_PORT = 80

LOGIN_SCHEMA = vol.Schema(
    {vol.Optional(CONF_USERNAME): TEXT, vol.Optional(CONF_PASSWORD): SECRET}
)
SYSTEM_SCHEMA = vol.Schema({vol.Required(CONF_HOST): TEXT, **LOGIN_SCHEMA.schema})
ACCOUNT_SCHEMA = LOGIN_SCHEMA.extend({vol.Optional(CONF_TOKEN): SECRET})

# Which field a reason is about; all others are about none.
_FIELDS = {
    Reason.NOT_FOUND: CONF_HOST,
    Reason.REFUSED: CONF_HOST,
    Reason.TIMED_OUT: CONF_HOST,
    Reason.OTHER_DEVICE: CONF_HOST,
    Reason.NO_API: CONF_HOST,
    Reason.BAD_LOGIN: CONF_PASSWORD,
    Reason.LOGIN_NEEDED: CONF_USERNAME,
    Reason.NO_RIGHTS: CONF_USERNAME,
}
_NOT_REACHED = {Reason.NOT_FOUND, Reason.REFUSED, Reason.TIMED_OUT, Reason.LOST}
# The reasons for which a system cannot be asked through MyHS.
_OFFLINE = {Reason.STARTING, Reason.DECLINED, Reason.NO_API, Reason.OFFLINE}


class HomeSeerFlow(HouseFlow):
    """Asks for an address or an account, and for a login only if it is needed."""

    def __init__(self) -> None:
        """Start with no systems of an account."""
        super().__init__()
        self._systems: dict[str, CloudSystem] = {}
        # What was found, for the page that shows it.
        self._found: dict[str, str] = {}

    # On the network

    @in_background
    async def async_step_homeseer(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for the system's address and login; for the login where it is refused."""
        if user_input is None:
            return self._show_homeseer()
        other = user_input.get(CONF_HOST) != self._typed.get(CONF_HOST)
        if other and not self._known_entry():
            webhook_id = webhook.async_generate_id()
            self._data = {CONF_KIND: KIND_HOMESEER, CONF_WEBHOOK_ID: webhook_id}
        self._typed = user_input
        if CONF_HOST in user_input:
            try:
                host, port = read_host(user_input[CONF_HOST])
            except ValueError:
                return self._show_homeseer(CONF_HOST, "bad_address")
            port = None if port == USUAL_PORT else port
            self._refuse_twice(host, port)
            self._data |= {CONF_HOST: host, CONF_PORT: port}
        self._data |= self._login(user_input)
        try:
            await async_find_homeseer(self.hass, self._data)
            house = await self._async_read_house()
        except HubError as err:
            field = _FIELDS.get(err.reason, "base")
            return self._show_homeseer(field, err.reason.advice)
        return await self._async_found(house)

    def _show_homeseer(self, field: str = "", error: str = "") -> ConfigFlowResult:
        """Show the form, and what is wrong with a field if it has that one."""
        schema = LOGIN_SCHEMA if self.source == SOURCE_REAUTH else SYSTEM_SCHEMA
        if error:
            self._errors = {field if field in schema.schema else "base": error}
        return self._form(KIND_HOMESEER, "homeseer", schema)

    def _login(self, typed: dict[str, Any]) -> dict[str, str | None]:
        """Return the login that was typed.

        Where nothing but the address changes, the stored password is kept, and goes
        to no form. Nobody's password is sent with somebody else's name.
        """
        name = typed.get(CONF_USERNAME, "").strip() or None
        password = typed.get(CONF_PASSWORD) or None
        entry = self._known_entry()
        if entry and self.source != SOURCE_REAUTH and not password:
            same = name == (entry.data.get(CONF_USERNAME) or None)
            password = entry.data.get(CONF_PASSWORD) if same else None
        return {CONF_USERNAME: name, CONF_PASSWORD: password}

    def _refuse_twice(self, host: str, port: int | None) -> None:
        """Abort if the address is that of another entry, also of one through MyHS."""
        if not self._is_own_address(host, port):
            self._async_abort_entries_match({CONF_HOST: host, CONF_PORT: port})
            local = {CONF_LOCAL_HOST: host, CONF_LOCAL_PORT: port}
            self._async_abort_entries_match(local)

    async def _async_found(self, house: House) -> ConfigFlowResult:
        """Do what the flow is for, with a system that works."""
        if self._known_entry():
            return await self._async_changed(house)
        scenes = sum(isinstance(device, Scene) for device in house.devices.values())
        self._found = {
            "name": house.info.name,
            "version": house.info.version or "",
            "devices": str(len(house.devices) - scenes),
            "events": str(scenes),
            "rooms": str(sum(not room.virtual for room in house.rooms.values())),
        }
        return await self.async_step_found_homeseer()

    async def async_step_found_homeseer(
        self, user_input: Typed = None
    ) -> ConfigFlowResult:
        """Show what was found, ask which events are scenes, and add it."""
        if user_input is not None:
            options = {CONF_SCENE_GROUPS: user_input.get(CONF_SCENE_GROUPS, [])}
            return self.async_create_entry(
                title=self._found["name"], data=self._data, options=options
            )
        groups, called = self._choices.event_groups, self._choices.scene_groups
        fields = pick_several(
            CONF_SCENE_GROUPS, groups, called, SelectSelectorMode.LIST
        )
        return self.async_show_form(
            step_id="found_homeseer",
            data_schema=vol.Schema(fields if groups else {}),
            description_placeholders=self._found,
        )

    # Through MyHS

    @in_background
    async def async_step_myhs(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for an account; then read its system in question, or ask for one."""
        if user_input is None:
            return self._show_myhs()
        if not self._known_entry():
            self._data = {CONF_KIND: KIND_MYHS}
        self._typed = user_input
        token = user_input.get(CONF_TOKEN, "").strip() or None
        login = self._login(user_input)
        if token is None and None in login.values():
            return self._show_myhs("myhs_login_missing")
        # One is enough, and MyHS takes one at a time.
        self._data |= dict.fromkeys(login) if token else login
        self._data[CONF_TOKEN] = token
        try:
            systems = await async_find_systems(self.hass, self._data)
        except HubError as err:
            error = cloud_error(err.reason)
            field = CONF_TOKEN if token else CONF_PASSWORD
            return self._show_myhs(error, field if error == "bad_login" else "base")
        if self._known_entry():
            return await self._async_read_system()
        return await self._async_choose(systems)

    def _show_myhs(self, error: str = "", field: str = "base") -> ConfigFlowResult:
        """Show the form, and what is wrong."""
        if error:
            self._errors = {field: error}
        return self._form(KIND_MYHS, "myhs", ACCOUNT_SCHEMA)

    async def _async_choose(self, systems: tuple[CloudSystem, ...]) -> ConfigFlowResult:
        """Take the only system that is not there yet, or ask which one."""
        if not systems:
            return self._show_myhs("myhs_no_system")
        entries = self._async_current_entries()
        known = {entry.data.get(CONF_LICENSE) for entry in entries}
        self._systems = {
            system.license: system for system in systems if system.license not in known
        }
        if not self._systems:
            return self.async_abort(reason="already_configured")
        if len(self._systems) == 1:
            return await self._async_take(*self._systems)
        return await self.async_step_system()

    @in_background
    async def async_step_system(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for one of several systems."""
        if user_input is not None:
            return await self._async_take(user_input[CONF_SYSTEM])
        names = {key: f"{system.name} ({key})" for key, system in self._systems.items()}
        schema = vol.Schema({vol.Required(CONF_SYSTEM): pick(names)})
        return self._form(KIND_MYHS, "system", schema)

    async def _async_take(self, number: str) -> ConfigFlowResult:
        """Take a system; one on our own network may be added without the cloud."""
        system = self._systems[number]
        nearby = system.local_host if system.same_lan else None
        self._data |= {
            CONF_LICENSE: number,
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
        self._data = {
            CONF_KIND: KIND_HOMESEER,
            CONF_NAME: nearby[CONF_NAME],
            CONF_WEBHOOK_ID: webhook.async_generate_id(),
        }
        host = typed_host(nearby[CONF_LOCAL_HOST], nearby[CONF_LOCAL_PORT])
        self._typed = {CONF_HOST: host}
        return await self.async_step_homeseer(self._typed)

    async def async_step_cloud(self, user_input: Typed = None) -> ConfigFlowResult:
        """Add the system through MyHS."""
        return await self.async_work(self._async_read_system())

    async def _async_read_system(self) -> ConfigFlowResult:
        """Read a system through MyHS, which has accepted the login."""
        try:
            house = await self._async_read_house()
        except HubError as err:
            error = system_error(err.reason)
            if len(self._systems) > 1:
                self._errors = {"base": error}
                return await self.async_step_system()
            return self._show_myhs(error)
        if not self._known_entry():
            # It would be in the log as an entry's unique id.
            self._async_abort_entries_match({CONF_LICENSE: self._data[CONF_LICENSE]})
        return await self._async_found(house)


def cloud_error(reason: Reason) -> str:
    """Return the key of the text for a failure of the cloud."""
    if reason in _NOT_REACHED:
        return "myhs_unreachable"
    return reason.value if reason in {Reason.BAD_LOGIN, Reason.TLS} else "not_ready"


def system_error(reason: Reason) -> str:
    """Return the key of the text for a failure of a system of an account."""
    if reason is Reason.BAD_LOGIN:
        return "myhs_other_account"
    return "myhs_offline" if reason in _NOT_REACHED | _OFFLINE else cloud_error(reason)
