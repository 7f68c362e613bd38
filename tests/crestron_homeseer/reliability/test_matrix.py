"""Each fault at each moment, and that the house is right again afterwards."""

from collections import Counter
from dataclasses import dataclass
import json
import os
from pathlib import Path

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from simulator.faults import known
from simulator.recorder import Request

from .conftest import Watch
from .watched import Watched, submit_same

LONG = 60.0
SHORT = 30.0
# The longest time between two reads of a hub that is away, and one read, of which the
# answer may be lost with the connection: that is known when its time is over.
SETTLED = 70.0
# A slow hub is read once a minute, and one read of it may still be under way. What was
# taken for something else is put right by the next survey.
SETTLED_LATE = 100.0
LATE = {"dribble", "slow", "wrong_types"}
# Home Assistant's own wait before it sets up again, after some failures; what was set
# up from nonsense is put right by the next surveys.
SET_UP_AGAIN = 150.0
# A healthy hub's minute: what people wait for is read each two seconds, the rest each
# four or five, and there are some surveys. Each answers within milliseconds here.
HEALTHY = 160

# These change how answers look, not what they say: nothing of them may be seen.
HARMLESS = {
    "close_keepalive",
    "wrong_content_type",
    "upper_case_authkey",
    "no_length_411",
    "html_status",
    "duplicate_ids",
    "ascii_closed",
    "ascii_silent",
    "ascii_drop",
    "ascii_flood",
    "ascii_garbage",
    "ascii_half_lines",
    "ascii_interleaved",
    "webhook_wrong_body",
    "webhook_foreign_system",
    "webhook_huge",
}
# The hub says "done" and does not do it, or never tells that it did.
LIES = {"command_not_executed"}
# Seconds over each answer: bearable, hardly, and longer than anybody waits.
SLOW = (5.0, 29.0, 61.0)
# Refused, or sent elsewhere as MyHS does, before anything was done: only then is a
# command sent again.
REFUSED = {302, 401, 403, 411, 511}
REFUSED_IN_200 = {
    "session_expired_5001",
    "auth_5002",
    "html_login_page",
    "myhs_wrong_license",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A fault, on one hub."""

    hub: str
    fault: str
    value: float | None = None

    @property
    def settled(self) -> float:
        """The longest time until all is right again."""
        return SETTLED_LATE if self.fault in LATE else SETTLED

    @property
    def requests(self) -> int:
        """The most requests in a minute; those that are dropped are asked again."""
        if self.fault == "ids_changed":
            # All is set up anew, once.
            return HEALTHY + 30
        return HEALTHY * 2 if self.fault == "drop_reused" else HEALTHY

    @property
    def name(self) -> str:
        """What it is called in the table."""
        value = "" if self.value is None else f"={self.value:g}"
        return f"{self.hub}-{self.fault}{value}"


def _rows() -> list[Row]:
    rows: list[Row] = []
    for hub, system, wanted in (
        ("crestron", "crestron", lambda name: not _tls(name)),
        ("crestron_https", "crestron", _tls),
        ("homeseer", "homeseer", lambda name: not _pushes(name)),
        (
            "homeseer_ascii",
            "homeseer",
            lambda name: name.startswith("ascii") or name == "refuse_connections",
        ),
        ("homeseer_hook", "homeseer", lambda name: name.startswith("webhook")),
        ("myhs", "myhs", lambda name: True),
    ):
        for name in filter(wanted, known(system)):
            values = {
                "slow": SLOW,
                "state_lag": (0.5, 10.0),
                "clock_jump": (-3600.0, 3600.0),
            }.get(name, (None,))
            rows.extend(Row(hub, name, value) for value in values)
    return rows


def _tls(name: str) -> bool:
    return name.startswith("tls_") or name == "http_where_https"


def _pushes(name: str) -> bool:
    return name.startswith(("ascii", "webhook"))


ROWS = _rows()
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


@every_row
async def test_at_set_up(hass: HomeAssistant, watch: Watch, row: Row) -> None:
    """The fault is there when Home Assistant starts."""
    watched = await watch(row.hub)
    watched.faults.on(row.fault, row.value)
    await watched.set_up()
    await watched.wait(SHORT)
    seen = see(watched)
    watched.faults.off(row.fault)
    await recovers(watched, row, "at set-up", seen, SET_UP_AGAIN)


@every_row
async def test_while_idle(hass: HomeAssistant, watch: Watch, row: Row) -> None:
    """The fault comes while nothing else happens, and stays for a minute."""
    watched = await loaded(watch, row)
    watched.requests.clear()
    with watched.faults.during(row.fault, row.value):
        await watched.wait(LONG)
        seen = see(watched)
        if row.fault in HARMLESS:
            assert not watched.wrong()
    await recovers(watched, row, "idle", seen)


@every_row
async def test_for_a_while(hass: HomeAssistant, watch: Watch, row: Row) -> None:
    """The house changes during a short fault: nothing of it is missed."""
    watched = await loaded(watch, row)
    watched.requests.clear()
    with watched.faults.during(row.fault, row.value):
        await watched.wait(SHORT / 2)
        watched.stir()
        await watched.wait(SHORT / 2)
        seen = see(watched)
    await recovers(watched, row, "30 s, then gone", seen)


@every_row
async def test_in_a_command(hass: HomeAssistant, watch: Watch, row: Row) -> None:
    """The fault is there when something is asked for."""
    watched = await loaded(watch, row)
    watched.requests.clear()
    assert not watched.done()
    with watched.faults.during(row.fault, row.value):
        await watched.ask()
        await watched.wait(SHORT / 2)
        seen = see(watched)
    await recovers(watched, row, "in a command", seen)


async def recovers(
    watched: Watched,
    row: Row,
    moment: str,
    seen: tuple[str, int],
    longest: float | None = None,
) -> None:
    """See that all is right again, and that nothing was done but what was asked for."""
    shown, requests = seen
    await sign_in_again(watched)
    after = await watched.until_right(longest or row.settled)
    assert after is not None, watched.wrong()
    assert watched.unasked() == []
    if watched.answers:
        did_once(watched, row)
        shown = f"{shown}; {answered(watched)}"
    else:
        assert requests <= row.requests
    await leaves_nothing(watched)
    note(row, moment, shown, after, requests)


def did_once(watched: Watched, row: Row) -> None:
    """See that all was done and sent once at most, and answered as it was done."""
    for ask, answer in watched.answers.items():
        done = watched.count(ask)
        assert done <= 1, f"{ask.action} was done {done} times"
        if row.fault not in LIES:
            said_done = answer == "done"
            known_answer = answer != "command_unanswered"
            assert not known_answer or said_done == (done == 1), f"{ask}: {answer}"
    assert sent_again(watched, row) == {}


def answered(watched: Watched) -> str:
    """Count the answers to what was asked for, in a line."""
    return ", ".join(
        f"{count}× {answer.removeprefix('command_')}"
        for answer, count in sorted(Counter(watched.answers.values()).items())
    )


async def loaded(watch: Watch, row: Row) -> Watched:
    """Return a hub that is set up, and right."""
    watched = await watch(row.hub)
    await watched.set_up()
    assert await watched.until_right(SETTLED) is not None, watched.wrong()
    await watched.wait(6)
    watched.remember()
    return watched


def see(watched: Watched) -> tuple[str, int]:
    """Return what is shown of a hub, and how many requests it got."""
    return told(watched), len(watched.requests)


def told(watched: Watched) -> str:
    """Say in a word what is shown of a hub."""
    if watched.entry.state is not ConfigEntryState.LOADED:
        return str(watched.entry.state.value).replace("_", " ")
    if watched.share_unavailable() > 0.9:
        return "unavailable"
    return "as before" if watched.wrong() else "as it is"


async def sign_in_again(watched: Watched) -> None:
    """Be the person who is asked to sign in, if somebody is asked."""
    for flow in watched.hass.config_entries.flow.async_progress():
        if flow["context"]["source"] == SOURCE_REAUTH:
            result = await submit_same(watched.hass, watched.entry, flow["flow_id"])
            assert result["type"] == "abort", result
            await watched.wait(1)


def sent_again(watched: Watched, row: Row) -> dict[str, int]:
    """Return the commands that came in more often than they were asked for."""
    if row.fault in REFUSED_IN_200:
        return {}
    times: Counter[str] = Counter()
    for request in watched.requests:
        if watched.is_command(request) and request.status not in REFUSED:
            times[_what(request)] += 1
    return {what: count for what, count in times.items() if count > 1}


def _what(request: Request) -> str:
    query = {
        key: value
        for key, value in request.query.items()
        if key not in {"user", "pass", "token"}
    }
    return json.dumps([request.path, request.body, query], default=str, sort_keys=True)


async def leaves_nothing(watched: Watched) -> None:
    """Unload, and see that the hub hears nothing more."""
    await watched.hass.config_entries.async_unload(watched.entry.entry_id)
    assert watched.entry.state is ConfigEntryState.NOT_LOADED
    await watched.wait(1)
    watched.requests.clear()
    await watched.wait(SETTLED)
    assert watched.requests == []


def note(row: Row, moment: str, shown: str, after: float, requests: int) -> None:
    """Keep what was seen, for the table in the documentation."""
    if folder := os.environ.get("RELIABILITY_NOTES"):
        fact = {
            "hub": row.hub,
            "fault": row.name.removeprefix(f"{row.hub}-"),
            "moment": moment,
            "shown": shown,
            "right_after": after,
            "requests": requests,
        }
        name = f"{row.name} {moment}.json".replace(" ", "_")
        Path(folder, name).write_text(json.dumps(fact), encoding="utf-8")
