"""What the owner has to do for a hub: log in anew, mend something, say what is which."""

from collections.abc import Collection
from dataclasses import dataclass, field
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

# A restart of the hub cures itself meanwhile.
_PATIENCE = 300.0
_LONG_PATIENCE = 1800.0

RENUMBERED: Final = "renumbered"
PROGRAM_CHANGED: Final = "program_changed"
WHO_IS_WHO: Final = "who_is_who"
# So many names are shown; the others are on the page of the devices.
_NAMES = 8


@dataclass(frozen=True, slots=True)
class Issue:
    """How much it matters, and after how many seconds of it the user is shown it."""

    severity: ir.IssueSeverity
    patience: float = _PATIENCE
    fixable: bool = False


# By the reason of the trouble, which is the key of its text, too.
ISSUES = {
    "certificate": Issue(ir.IssueSeverity.ERROR, 0.0, fixable=True),
    "no_api": Issue(ir.IssueSeverity.ERROR),
    # Nothing is broken without it, only slower. It is tried every five minutes.
    "no_push": Issue(ir.IssueSeverity.WARNING, 2 * _PATIENCE),
    "offline": Issue(ir.IssueSeverity.WARNING, _LONG_PATIENCE),
}
_ASK: Final = Issue(ir.IssueSeverity.WARNING, fixable=True)

_ALL: HassKey[dict[str, Issues]] = HassKey(f"{DOMAIN}_issues")


@dataclass(slots=True)
class _Login:
    """A refused login: since when it is refused, when it is tried next."""

    since: float | None = None
    due: float = 0.0
    # Whether the user is asked for another one until it works again.
    asked: bool = False


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
    _login: _Login = field(default_factory=_Login)

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
            self._login = _Login()
            self._delete_troubles()

    # The login

    @property
    def login_wait(self) -> float | None:
        """Seconds until the hub may be asked again; None while it takes the login."""
        if self._login.since is None:
            return None
        return max(self._login.due - time.monotonic(), 0.0)

    @callback
    def ask_login(self, *, lasting: bool = False) -> None:
        """Ask for a new login; what is `lasting` is not cured by a read that works."""
        self._login.asked = not lasting
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
        now, login = time.monotonic(), self._login
        refused = isinstance(err, HubAuthError)
        if refused or login.since is not None:
            login.since = now if login.since is None else login.since
            login.due = now + next_login(now - login.since)
        if not refused:
            return self.error(f"hub_{err.reason.advice}")
        self.ask_login()
        return self.error()

    @callback
    def succeeded(self, troubles: Collection[HubIssue]) -> None:
        """Take a read that succeeded, and what is wrong nevertheless."""
        standing = {trouble.reason.value: trouble for trouble in troubles}
        self._update(standing)
        self._delete_troubles(except_for=standing)
        login, self._login = self._login, _Login()
        if login.since is not None:
            LOGGER.info("%s takes the login again", self.entry.title)
        if login.asked:
            for flow in list(
                self.entry.async_get_active_flows(self.hass, {SOURCE_REAUTH})
            ):
                self.hass.config_entries.flow.async_abort(flow["flow_id"])

    def _update(self, troubles: dict[str, HubIssue]) -> None:
        now = time.monotonic()
        for gone in self._since.keys() - troubles.keys():
            del self._since[gone]
        for reason, trouble in troubles.items():
            began = self._since.setdefault(reason, now)
            issue = ISSUES.get(reason)
            if issue is not None and now - began >= issue.patience:
                self._create(reason, issue, **trouble.facts)

    def _delete_troubles(self, except_for: Collection[str] = ()) -> None:
        for reason in ISSUES.keys() - except_for:
            self._delete(reason)

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
            self._create(PROGRAM_CHANGED, _ASK, **facts)
        elif found:
            self._create(RENUMBERED, _ASK, count=str(len(found)), names=names)
        if not comparison.questions:
            # What is clear is asked no longer.
            self._delete(WHO_IS_WHO)
            return
        count = sum(len(question.known) for question in comparison.questions)
        self._create(WHO_IS_WHO, _ASK, count=str(count))

    def _create(self, key: str, issue: Issue, **facts: str) -> None:
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            f"{self.entry.entry_id}_{key}",
            data={"entry_id": self.entry.entry_id, "about": key, **facts},
            is_fixable=issue.fixable,
            # It is seen once only.
            is_persistent=key in {RENUMBERED, PROGRAM_CHANGED},
            severity=issue.severity,
            translation_key=key,
            translation_placeholders={
                "hub": self.entry.title,
                **VENDOR_WORDS[self.entry.data[CONF_KIND]],
                **facts,
            },
        )

    def _delete(self, key: str) -> None:
        ir.async_delete_issue(self.hass, DOMAIN, f"{self.entry.entry_id}_{key}")

    @callback
    def forget(self) -> None:
        """Delete all of an entry that is removed."""
        for domain, issue_id in list(ir.async_get(self.hass).issues):
            if domain == DOMAIN and issue_id.startswith(f"{self.entry.entry_id}_"):
                ir.async_delete_issue(self.hass, domain, issue_id)
