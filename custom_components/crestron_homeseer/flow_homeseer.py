"""Adding a HomeSeer system on the network, and changing how it is reached."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.components import webhook
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigFlowResult,
)
from homeassistant.const import (
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
import voluptuous as vol

from .const import (
    CONF_KIND,
    CONF_LOCAL_HOST,
    CONF_LOCAL_PORT,
    CONF_SCENE_GROUPS,
    KIND_HOMESEER,
)
from .flow_base import SECRET, TEXT, HouseFlow, several, typed_host
from .house.devices import House, Scene
from .house.hub import HubError, Reason
from .hubs import async_find_homeseer, read_host

_HOST = {vol.Required(CONF_HOST): TEXT}
_LOGIN = {vol.Optional(CONF_USERNAME): TEXT, vol.Optional(CONF_PASSWORD): SECRET}
_NEEDED_LOGIN = {vol.Required(CONF_USERNAME): TEXT, vol.Required(CONF_PASSWORD): SECRET}

# What each step asks for.
FORMS = {
    "homeseer": vol.Schema({**_HOST, **_LOGIN}),
    "login": vol.Schema(_NEEDED_LOGIN),
    "reauth_homeseer": vol.Schema(_LOGIN),
    "reconfigure_homeseer": vol.Schema({**_HOST, **_LOGIN}),
}

USUAL_PORT = 80
NOTHING: Mapping[str, Any] = MappingProxyType({})

# What is wrong with an address, or with a login; all else is nobody's field.
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
_ASK_WHO = {Reason.LOGIN_NEEDED, Reason.NO_RIGHTS}


class HomeSeerFlow(HouseFlow):
    """Asks where the system is, and for a password only if it wants one."""

    async def async_step_homeseer(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the system's address."""
        if user_input is None:
            return self._show("homeseer")
        self._data = {
            CONF_KIND: KIND_HOMESEER,
            CONF_WEBHOOK_ID: webhook.async_generate_id(),
        }
        return await self._async_show_work(
            self._async_find_system("homeseer", user_input)
        )

    async def async_step_login(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the password that the system wants."""
        if user_input is None:
            return self._show("login")
        return await self._async_show_work(self._async_find_system("login", user_input))

    async def async_step_found_homeseer(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what was found, ask which events are scenes, and add it."""
        groups = self._choices.event_groups
        if user_input is not None:
            return self.async_create_entry(
                title=self._placeholders["name"],
                data=self._data,
                options={CONF_SCENE_GROUPS: user_input.get(CONF_SCENE_GROUPS, [])},
            )
        called = self._choices.scene_groups
        fields = several(CONF_SCENE_GROUPS, groups, called) if groups else {}
        return self.async_show_form(
            step_id="found_homeseer",
            data_schema=vol.Schema(fields),
            description_placeholders=self._placeholders,
        )

    async def async_step_reauth_homeseer(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new name or password."""
        if user_input is None:
            self._typed = {CONF_USERNAME: self._data.get(CONF_USERNAME) or ""}
            return self._show("reauth_homeseer")
        return await self._async_show_work(
            self._async_find_system("reauth_homeseer", user_input)
        )

    async def async_step_reconfigure_homeseer(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the system's new address, name or password."""
        data = self._get_reconfigure_entry().data
        if user_input is None:
            self._typed = {
                CONF_HOST: typed_host(data[CONF_HOST], data[CONF_PORT]),
                CONF_USERNAME: data.get(CONF_USERNAME) or "",
            }
            return self._show("reconfigure_homeseer")
        self._data = dict(data)
        return await self._async_show_work(
            self._async_find_system("reconfigure_homeseer", user_input, data)
        )

    def _show(self, step: str) -> ConfigFlowResult:
        return self._form(step, FORMS[step], host=self._data.get(CONF_HOST, ""))

    def _show_error(self, step: str, field: str, error: str) -> ConfigFlowResult:
        fields = FORMS[step].schema
        self._errors = {field if field in fields else "base": error}
        return self._show(step)

    async def _async_find_system(
        self, step: str, user_input: dict[str, Any], stored: Mapping[str, Any] = NOTHING
    ) -> ConfigFlowResult:
        """Look for the system and read it, then do what the flow is for.

        Where the password is `stored`, it is used, and goes to no form.
        """
        self._typed = user_input
        user_input = keep_password(user_input, stored)
        if CONF_HOST in user_input:
            try:
                host, port = read_host(user_input[CONF_HOST])
            except ValueError:
                return self._show_error(step, CONF_HOST, "homeseer_bad_address")
            port = None if port == USUAL_PORT else port
            self._refuse_twice(host, port)
            self._data |= {CONF_HOST: host, CONF_PORT: port}
        self._data |= {
            CONF_USERNAME: user_input.get(CONF_USERNAME, "").strip() or None,
            CONF_PASSWORD: user_input.get(CONF_PASSWORD) or None,
        }
        try:
            await async_find_homeseer(self.hass, self._data)
            house = await self._async_read_house()
        except HubError as err:
            known = self._data[CONF_USERNAME] or self._data[CONF_PASSWORD]
            if step == "homeseer" and err.reason in _ASK_WHO and not known:
                return await self.async_step_login()
            field = _FIELDS.get(err.reason, "base")
            return self._show_error(step, field, f"homeseer_{err.reason}")
        return await self._async_found(house)

    def _refuse_twice(self, host: str, port: int | None) -> None:
        """Abort if the address is that of another entry, also of one through MyHS."""
        if self.source == SOURCE_RECONFIGURE and (host, port) == self._old_address():
            return
        self._async_abort_entries_match({CONF_HOST: host, CONF_PORT: port})
        self._async_abort_entries_match({CONF_LOCAL_HOST: host, CONF_LOCAL_PORT: port})

    async def _async_found(self, house: House) -> ConfigFlowResult:
        """Do what the flow is for, with a system that works."""
        if self.source in {SOURCE_REAUTH, SOURCE_RECONFIGURE}:
            return await self._async_changed(house)
        scenes = sum(isinstance(device, Scene) for device in house.devices.values())
        self._placeholders = {
            "name": house.info.name,
            "version": house.info.version or "",
            "devices": str(len(house.devices) - scenes),
            "events": str(scenes),
            "rooms": str(sum(not room.virtual for room in house.rooms.values())),
        }
        return await self.async_step_found_homeseer()


def keep_password(typed: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with the password kept, where the user is the same."""
    same = typed.get(CONF_USERNAME, "").strip() == (data.get(CONF_USERNAME) or "")
    if data and same and not typed.get(CONF_PASSWORD):
        return {**typed, CONF_PASSWORD: data.get(CONF_PASSWORD) or ""}
    return typed
