"""A refused login: the user is asked at once, and the hub again and again, slowly."""

from collections.abc import Callable, Coroutine
from datetime import datetime
import time
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigEntryState
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed, HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, LOGGER
from .house.cadence import next_login
from .house.hub import Hub, HubAuthError, HubError

# Who asks for an entry that could not be set up.
_ASKING: HassKey[dict[str, Refused]] = HassKey(f"{DOMAIN}_asking")


class Refused:
    """Whether a hub refuses the login, and when it is asked again.

    Many take a few wrong logins for a burglar and lock everybody out: nothing is
    sent before its time, not even a command.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose user is asked."""
        self._hass = hass
        self._entry = entry
        self._since: float | None = None
        self._due = 0.0
        self._asked = False

    @property
    def wait(self) -> float | None:
        """Seconds until the hub may be asked again; None while it takes the login."""
        if self._since is None:
            return None
        return max(self._due - time.monotonic(), 0.0)

    @callback
    def again(self) -> None:
        """Note that the hub has refused the login, and plan when it is asked next."""
        now = time.monotonic()
        if self._since is None:
            self._since = now
        self._due = now + next_login(now - self._since)

    @callback
    def failure(
        self, err: HubError, hub: Hub, *, loaded: bool
    ) -> ConfigEntryAuthFailed | UpdateFailed:
        """Return what a failed read is for Home Assistant; ask where it is refused."""
        if not isinstance(err, HubAuthError):
            return self.error(UpdateFailed, f"hub_{err.reason.advice}")
        self.again()
        if loaded:
            self.ask_user()
            return self.error(UpdateFailed)
        # Home Assistant asks the user, and tries to set up no more by itself.
        self.keep_asking(hub)
        return self.error(ConfigEntryAuthFailed)

    def error[FailureT: HomeAssistantError](
        self, kind: type[FailureT], key: str = "refused"
    ) -> FailureT:
        """Return an error with its text."""
        return kind(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"hub": self._entry.title},
        )

    @callback
    def ask_user(self, *, lasting: bool = False) -> None:
        """Ask for a new login; what is `lasting` is not cured by a read that works."""
        self._asked = not lasting
        self._entry.async_start_reauth(self._hass)

    @callback
    def over(self) -> None:
        """Note that the login works; nobody is asked for another one any longer."""
        if self._since is not None:
            LOGGER.info("%s takes the login again", self._entry.title)
        self._since = None
        if self._asked:
            self._asked = False
            for flow in list(
                self._entry.async_get_active_flows(self._hass, {SOURCE_REAUTH})
            ):
                self._hass.config_entries.flow.async_abort(flow["flow_id"])

    @callback
    def keep_asking(self, hub: Hub) -> None:
        """Ask a hub that could not be set up, until it takes the login, then set it up."""
        asking = self._hass.data.setdefault(_ASKING, {})
        asking[self._entry.entry_id] = self
        entry = self._entry

        async def ask(_now: datetime) -> None:
            if entry.state is not ConfigEntryState.SETUP_ERROR:
                return
            # Whoever has loaded it since asks by himself.
            if asking.get(entry.entry_id) is not self:
                return
            try:
                await hub.connect()
            except HubError as err:
                LOGGER.debug("%s does not take the login yet: %s", entry.title, err)
                self.again()
                self._later(ask)
            else:
                await hub.close()
                self._hass.config_entries.async_schedule_reload(entry.entry_id)

        self._later(ask)

    def _later(self, ask: Callable[[datetime], Coroutine[Any, Any, None]]) -> None:
        job = HassJob(ask, cancel_on_shutdown=True)
        async_call_later(self._hass, self.wait or 0.0, job)
