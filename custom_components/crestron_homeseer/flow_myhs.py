"""Adding a HomeSeer system through its maker's cloud, MyHS."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components import webhook
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import (
    CONF_HOST,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from .const import (
    CONF_KIND,
    CONF_LICENSE,
    CONF_LOCAL_HOST,
    CONF_LOCAL_PORT,
    KIND_HOMESEER,
    KIND_MYHS,
)
from .flow_base import SECRET, TEXT, typed_host
from .flow_homeseer import NOTHING, HomeSeerFlow, keep_password
from .house.hub import HubError, Reason
from .hubs import CloudSystem, async_find_systems

CONF_SYSTEM = "system"

ACCOUNT_SCHEMA = vol.Schema(
    {
        vol.Optional(CONF_USERNAME): TEXT,
        vol.Optional(CONF_PASSWORD): SECRET,
        vol.Optional(CONF_TOKEN): SECRET,
    }
)

# What the cloud itself may have to say; else it or the way to it is in trouble.
_ERRORS = {
    Reason.BAD_LOGIN: "myhs_bad_login",
    Reason.BUSY: "myhs_busy",
    Reason.TLS: "myhs_tls",
    Reason.STARTING: "myhs_down",
}
_NOT_REACHED = {Reason.NOT_FOUND, Reason.REFUSED, Reason.TIMED_OUT, Reason.LOST}
# How a system says, through MyHS, that it cannot be asked.
_OFFLINE = {Reason.STARTING, Reason.DECLINED, Reason.NO_API, Reason.OFFLINE}


class MyHSFlow(HomeSeerFlow):
    """Asks for an account, and picks one of its systems."""

    def __init__(self) -> None:
        """Start with no systems."""
        super().__init__()
        self._systems: dict[str, CloudSystem] = {}

    async def async_step_myhs(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the account, and find its systems."""
        if user_input is None:
            return self._form("myhs", ACCOUNT_SCHEMA)
        return await self._async_show_work(self._async_find_systems(user_input))

    async def _async_find_systems(self, user_input: dict[str, Any]) -> ConfigFlowResult:
        self._data = {}
        if (error := self._take_account(user_input)) is not None:
            return self._myhs_error("myhs", error)
        try:
            systems = await async_find_systems(self.hass, self._data)
        except HubError as err:
            return self._myhs_error("myhs", myhs_error(err))
        if not systems:
            return self._myhs_error("myhs", "myhs_no_system")
        known = {
            entry.data.get(CONF_LICENSE) for entry in self._async_current_entries()
        }
        self._systems = {
            system.license: system for system in systems if system.license not in known
        }
        if not self._systems:
            return self.async_abort(reason="already_configured")
        if len(self._systems) == 1:
            return await self._async_take(*self._systems)
        return self._show_systems()

    async def async_step_system(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take one of several systems."""
        if user_input is None:
            return self._show_systems()
        return await self._async_show_work(self._async_take(user_input[CONF_SYSTEM]))

    async def async_step_nearby(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether a system on our own network is to be added without the cloud."""
        return self.async_show_menu(
            step_id="nearby",
            menu_options=["local", "cloud"],
            description_placeholders={"name": self._data[CONF_NAME]},
        )

    async def async_step_local(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add the system by its address on our own network."""
        nearby = self._data
        self._data = {
            CONF_KIND: KIND_HOMESEER,
            CONF_NAME: nearby[CONF_NAME],
            CONF_WEBHOOK_ID: webhook.async_generate_id(),
        }
        host = typed_host(nearby[CONF_LOCAL_HOST], nearby[CONF_LOCAL_PORT])
        return await self._async_show_work(
            self._async_find_system("homeseer", {CONF_HOST: host})
        )

    async def async_step_cloud(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add the system through MyHS."""
        return await self._async_show_work(self._async_read_system())

    async def _async_read_system(self) -> ConfigFlowResult:
        try:
            house = await self._async_read_house()
        except HubError as err:
            step = "system" if len(self._systems) > 1 else "myhs"
            return self._myhs_error(step, _system_error(err))
        # It would be in the log as an entry's unique id.
        self._async_abort_entries_match({CONF_LICENSE: self._data[CONF_LICENSE]})
        return await self._async_found(house)

    async def async_step_reauth_myhs(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the account again."""
        if user_input is None:
            self._typed = {CONF_USERNAME: self._data.get(CONF_USERNAME) or ""}
            return self._form("reauth_myhs", ACCOUNT_SCHEMA)
        return await self._async_show_work(
            self._async_sign_in("reauth_myhs", user_input)
        )

    async def async_step_reconfigure_myhs(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for another account that has the same system."""
        data = self._get_reconfigure_entry().data
        if user_input is None:
            self._typed = {CONF_USERNAME: data.get(CONF_USERNAME) or ""}
            return self._form("reconfigure_myhs", ACCOUNT_SCHEMA)
        self._data = dict(data)
        return await self._async_show_work(
            self._async_sign_in("reconfigure_myhs", user_input, data)
        )

    async def _async_sign_in(
        self, step: str, user_input: dict[str, Any], stored: Mapping[str, Any] = NOTHING
    ) -> ConfigFlowResult:
        """Try an account for the system that is set up, then keep it."""
        if (error := self._take_account(user_input, stored)) is not None:
            return self._myhs_error(step, error)
        try:
            await async_find_systems(self.hass, self._data)
        except HubError as err:
            return self._myhs_error(step, myhs_error(err))
        try:
            house = await self._async_read_house()
        except HubError as err:
            return self._myhs_error(step, _system_error(err))
        return await self._async_changed(house)

    def _take_account(
        self, user_input: dict[str, Any], stored: Mapping[str, Any] = NOTHING
    ) -> str | None:
        """Take the login that was typed; returns what it lacks."""
        self._typed = user_input
        if not user_input.get(CONF_TOKEN):
            user_input = keep_password(user_input, stored)
        name = user_input.get(CONF_USERNAME, "").strip() or None
        password = user_input.get(CONF_PASSWORD) or None
        token = user_input.get(CONF_TOKEN, "").strip() or None
        if token is None and (name is None or password is None):
            return "myhs_login_missing"
        if token is not None:
            # One is enough, and MyHS takes one at a time.
            name = password = None
        self._data |= {
            CONF_KIND: KIND_MYHS,
            CONF_USERNAME: name,
            CONF_PASSWORD: password,
            CONF_TOKEN: token,
        }
        return None

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

    def _show_systems(self) -> ConfigFlowResult:
        options = [
            SelectOptionDict(value=number, label=f"{system.name} ({number})")
            for number, system in self._systems.items()
        ]
        selector = SelectSelector(
            SelectSelectorConfig(options=options, mode=SelectSelectorMode.LIST)
        )
        return self._form("system", vol.Schema({vol.Required(CONF_SYSTEM): selector}))

    def _myhs_error(self, step: str, error: str) -> ConfigFlowResult:
        if step == "system":
            self._errors = {"base": error}
            return self._show_systems()
        field = "base"
        if error == "myhs_bad_login":
            field = CONF_TOKEN if self._data[CONF_TOKEN] else CONF_PASSWORD
        self._errors = {field: error}
        return self._form(step, ACCOUNT_SCHEMA)


def myhs_error(err: HubError) -> str:
    """Return which text says what to do about the cloud."""
    if err.reason in _NOT_REACHED:
        return "myhs_unreachable"
    return _ERRORS.get(err.reason, "myhs_nonsense")


def _system_error(err: HubError) -> str:
    """Return which text says what to do about a system; MyHS has taken the login."""
    if err.reason is Reason.BAD_LOGIN:
        return "myhs_other_account"
    if err.reason in {*_NOT_REACHED, *_OFFLINE}:
        return "myhs_offline"
    return myhs_error(err)
