"""What the owner has to do for a hub: log in anew, mend something, say what is which."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
import math
import time
from typing import Final

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util.hass_dict import HassKey

from .const import CONF_KIND, DOMAIN, LOGGER, VENDOR_WORDS
from .house.cadence import next_login
from .house.devices import House
from .house.hub import HubAuthError, HubError, HubIssue
from .house.identity import Comparison
from .identity import ProgramChange

RENUMBERED: Final = "renumbered"
PROGRAM_CHANGED: Final = "program_changed"
WHO_IS_WHO: Final = "who_is_who"
# So many names are shown; the others are on the page of the devices.
_NAMES = 8


# After how many seconds of a trouble the user is shown it, by its reason, which is the
# key of its text, too. A restart of the hub cures itself meanwhile.
ISSUES = {
    "certificate": 0.0,
    "no_api": 300.0,
    # Nothing is broken without it, only slower. It is tried every five minutes.
    "no_push": 600.0,
    "offline": 1800.0,
}
_ERRORS = {"certificate", "no_api"}

_ALL: HassKey[dict[str, Issues]] = HassKey(f"{DOMAIN}_issues")


@dataclass(eq=False, slots=True)
class Issues:
    """The issues of one entry; they outlast attempts to set it up.

    Many hubs take a few wrong logins for a burglar and lock everybody out: after a
    refused one, nothing is sent before its time, not even a command.
    """

    hass: HomeAssistant
    entry: ConfigEntry
    # Since when each trouble lasts, by its reason.
    _since: dict[str, float] = field(default_factory=dict)
    # A refused login: since when it is refused, when it is tried next, and whether the
    # user is asked for another one until it works again.
    _refused_since: float | None = None
    _due: float = 0.0
    _asked: bool = False

    @classmethod
    def of(cls, hass: HomeAssistant, entry: ConfigEntry) -> Issues:
        """Return the issues of an entry."""
        known = hass.data.setdefault(_ALL, {})
        if entry.entry_id not in known:
            known[entry.entry_id] = issues = cls(hass, entry)
            entry.async_on_state_change(issues._forget_unloaded)
        return known[entry.entry_id]

    @callback
    def _forget_unloaded(self) -> None:
        """Forget everything of a hub that is not read any longer."""
        if self.entry.state is ConfigEntryState.NOT_LOADED:
            self._since.clear()
            self._refused_since, self._asked = None, False
            self._delete(ISSUES)

    # The login

    @property
    def login_wait(self) -> float | None:
        """Seconds until the hub may be asked again; None while it takes the login."""
        if self._refused_since is None:
            return None
        return max(self._due - time.monotonic(), 0.0)

    @callback
    def ask_login(self, *, lasting: bool = False) -> None:
        """Ask for a new login; what is `lasting` is not cured by a read that works."""
        self._asked = not lasting
        self.entry.async_start_reauth(self.hass)

    def error(self, key: str = "refused") -> UpdateFailed:
        """Return an error with its text."""
        return UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"hub": self.entry.title},
        )

    # What lasts

    @callback
    def failed(self, err: HubError) -> UpdateFailed:
        """Take a failed read, and return it as Home Assistant shows it.

        What else was wrong may be cured or not.
        """
        self._update({err.reason.value: err.issue})
        refused = isinstance(err, HubAuthError)
        if refused or self._refused_since is not None:
            now = time.monotonic()
            since = self._refused_since = self._refused_since or now
            self._due = now + next_login(now - since)
        if not refused:
            return self.error(f"hub_{err.reason.advice}")
        self.ask_login()
        return self.error()

    @callback
    def succeeded(self, troubles: Collection[HubIssue]) -> None:
        """Take a read that succeeded, and what is wrong nevertheless."""
        standing = {trouble.reason.value: trouble for trouble in troubles}
        self._update(standing)
        self._delete(ISSUES.keys() - standing)
        if self._refused_since is not None:
            LOGGER.info("%s takes the login again", self.entry.title)
        if self._asked:
            asking = self.entry.async_get_active_flows(self.hass, {SOURCE_REAUTH})
            for flow in list(asking):
                self.hass.config_entries.flow.async_abort(flow["flow_id"])
        self._refused_since, self._asked = None, False

    def _update(self, troubles: dict[str, HubIssue]) -> None:
        now = time.monotonic()
        self._since = {reason: self._since.get(reason, now) for reason in troubles}
        for reason, since in self._since.items():
            if now - since >= ISSUES.get(reason, math.inf):
                self._create(reason, **troubles[reason].facts)

    # What has other numbers

    @callback
    def compared(
        self, comparison: Comparison, house: House, change: ProgramChange | None
    ) -> None:
        """Show what a complete read has found otherwise, and ask what nobody else knows."""
        found = sorted(
            house.devices[key].name
            for key in comparison.devices.values()
            if key in house.devices
        )
        more = len(found) - _NAMES
        names = ", ".join(found[:_NAMES]) + (f", … (+{more})" if more > 0 else "")
        if change is not None:
            facts = {key: str(value) for key, value in change._asdict().items()}
            self._create(PROGRAM_CHANGED, **facts)
        elif found:
            self._create(RENUMBERED, count=str(len(found)), names=names)
        if not comparison.questions:
            # What is clear is asked no longer.
            self._delete([WHO_IS_WHO])
            return
        count = sum(len(question.known) for question in comparison.questions)
        self._create(WHO_IS_WHO, count=str(count))

    def _create(self, key: str, **facts: str) -> None:
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            f"{self.entry.entry_id}_{key}",
            data={"entry_id": self.entry.entry_id, "about": key, **facts},
            is_fixable=key not in ISSUES or key == "certificate",
            # It is seen once only.
            is_persistent=key in {RENUMBERED, PROGRAM_CHANGED},
            severity=ir.IssueSeverity.ERROR
            if key in _ERRORS
            else ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={
                "hub": self.entry.title,
                **VENDOR_WORDS[self.entry.data[CONF_KIND]],
                **facts,
            },
        )

    def _delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            ir.async_delete_issue(self.hass, DOMAIN, f"{self.entry.entry_id}_{key}")

    @callback
    def forget(self) -> None:
        """Delete all of an entry that is removed."""
        for domain, issue_id in list(ir.async_get(self.hass).issues):
            if domain == DOMAIN and issue_id.startswith(f"{self.entry.entry_id}_"):
                ir.async_delete_issue(self.hass, domain, issue_id)
