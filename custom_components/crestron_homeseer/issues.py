"""Tells under Repairs what only the user can cure, and takes it back when it is cured."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
import time

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.hass_dict import HassKey

from .const import CONF_KIND, DOMAIN, VENDOR_WORDS
from .house.hub import HubError, HubIssue

# A restart of the hub cures itself meanwhile.
_PATIENCE = 300.0
_LONG_PATIENCE = 1800.0


@dataclass(frozen=True, slots=True)
class Issue:
    """How much it matters, and after how many seconds of it the user is told."""

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

# Since when what lasts, by issue; a hub that cannot be set up is tried ever anew.
_SINCE: HassKey[dict[str, dict[str, float]]] = HassKey(f"{DOMAIN}_issues")


class Issues:
    """The issues of one entry."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub may be in trouble."""
        self._hass = hass
        self._entry = entry
        known = hass.data.setdefault(_SINCE, {})
        if entry.entry_id not in known:
            known[entry.entry_id] = {}
            entry.async_on_state_change(partial(_forget_unloaded, hass, entry))
        self._since = known[entry.entry_id]

    @callback
    def failed(self, err: HubError) -> None:
        """Take a failed read: what else was wrong may be cured or not."""
        self._last({err.reason.value: err.issue})

    @callback
    def succeeded(self, troubles: Collection[HubIssue]) -> None:
        """Take a read that succeeded, and what is wrong nevertheless."""
        standing = {trouble.reason.value: trouble for trouble in troubles}
        self._last(standing)
        _forget(self._hass, self._entry, except_for=standing)

    def _last(self, troubles: dict[str, HubIssue]) -> None:
        now = time.monotonic()
        for gone in self._since.keys() - troubles.keys():
            del self._since[gone]
        for reason, trouble in troubles.items():
            issue = ISSUES.get(reason)
            began = self._since.setdefault(reason, now)
            if issue is None or now - began < issue.patience:
                continue
            facts = dict(trouble.facts)
            ir.async_create_issue(
                self._hass,
                DOMAIN,
                _issue_id(self._entry, reason),
                data={"entry_id": self._entry.entry_id, **facts},
                is_fixable=issue.fixable,
                severity=issue.severity,
                translation_key=reason,
                translation_placeholders={
                    "hub": self._entry.title,
                    **VENDOR_WORDS[self._entry.data[CONF_KIND]],
                    **facts,
                },
            )


def _issue_id(entry: ConfigEntry, reason: str) -> str:
    return f"{entry.entry_id}_{reason}"


@callback
def _forget(
    hass: HomeAssistant, entry: ConfigEntry, except_for: Collection[str] = ()
) -> None:
    for reason in ISSUES:
        if reason not in except_for:
            ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, reason))


@callback
def _forget_unloaded(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget everything of a hub that is not asked any longer."""
    if entry.state is ConfigEntryState.NOT_LOADED:
        hass.data[_SINCE][entry.entry_id].clear()
        _forget(hass, entry)
