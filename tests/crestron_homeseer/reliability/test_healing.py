"""A login that is refused for a while heals by itself, and locks nobody out."""

from pathlib import Path

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.crestron_homeseer.const import DOMAIN

from ..common import entry_state
from .conftest import Watch
from .watched import Watched

# In simulated seconds; nothing is planned in between.
STRIDE = 10.0
MINUTES = (1, 10, 60)
# The last attempt but one may have been right before the end.
LONGEST = 5 * 60 + 2 * STRIDE
# How many requests one attempt may take: HomeSeer's login goes in two ways.
WAYS = {
    "crestron": 1,
    "homeseer": 2,
    "homeseer_ascii": 2,
    "homeseer_hook": 2,
    "myhs": 4,
}
HUBS = {
    "Crestron Home": "crestron",
    "HomeSeer": "homeseer",
    "HomeSeer with its ASCII port": "homeseer_ascii",
    "HomeSeer with its web hook": "homeseer_hook",
    "HomeSeer through MyHS": "myhs",
}
FAULTS = {"html_login_page", "http_401", "http_403", "http_511", "auth_5002"}


def cases() -> list[tuple[str, str, bool]]:
    """Return the lines of the table in the documentation: hub, fault, whether asked."""
    text = Path("docs/reliability.md").read_text(encoding="utf-8")
    part = text.split("## A refused login")[1].split("\n## ")[0]
    rows = [
        [cell.strip(" `") for cell in line.split("|")[1:4]]
        for line in part.splitlines()
        if line.startswith("| ") and "`" in line
    ]
    return [(HUBS[hub], fault, told == "yes") for hub, fault, told in rows]


def test_each_hub_and_each_refusal_is_in_the_table() -> None:
    found = {(hub, fault) for hub, fault, _ in cases()}
    every = {(hub, fault) for hub in HUBS.values() for fault in FAULTS}
    # 5002 is Crestron's own.
    assert every - found == {
        (hub, "auth_5002") for hub in HUBS.values() if hub != "crestron"
    }


def asked(watched: Watched) -> bool:
    """Return whether somebody is asked for a new login."""
    flows = watched.hass.config_entries.flow.async_progress()
    issues = ir.async_get(watched.hass).issues.values()
    reauth = any(flow["context"]["source"] == SOURCE_REAUTH for flow in flows)
    assert reauth == any("config_entry_reauth" in each.issue_id for each in issues)
    return reauth


def attempts(minutes: int) -> int:
    """Return how often a hub may be asked that refuses the login for so long."""
    return 2 + len(
        [at for at in (1, 2, 5, *range(10, minutes + 1, 5)) if at <= minutes]
    )


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize(("hub", "fault", "told"), cases(), ids=str)
async def test_a_refused_login_heals(
    watch: Watch, hub: str, fault: str, told: bool, minutes: int
) -> None:
    watched = await watch(hub)
    await watched.set_up()
    assert await watched.until_right(60) is not None, watched.wrong()
    watched.remember()
    watched.requests.clear()
    with watched.faults.during(fault):
        await watched.wait(20, 1.0)
        assert asked(watched) == told
        await watched.wait(minutes * 60 - 25, STRIDE)
        watched.stir()
        await watched.wait(5, STRIDE)
        assert asked(watched) == told
        if told:
            assert watched.share_unavailable() > 0.9
            assert len(watched.requests) <= attempts(minutes) * WAYS[hub]
    waited = 0.0
    while not watched.right:
        assert waited < LONGEST, watched.wrong()
        # Reads are under way now, and sockets need some of the real time.
        await watched.wait(STRIDE, 1.0)
        waited += STRIDE
    assert not asked(watched)
    assert watched.entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("hub", ["crestron", "homeseer", "myhs"])
async def test_a_hub_that_could_not_be_set_up_heals(watch: Watch, hub: str) -> None:
    watched = await watch(hub)
    with watched.faults.during("http_403"):
        await watched.set_up()
        assert entry_state(watched.entry) is ConfigEntryState.SETUP_RETRY
        first = len(watched.requests)
        assert first <= WAYS[hub]
        await watched.wait(55, 5.0)
        assert len(watched.requests) == first
        for minutes in (3, 6, 10):
            await watched.wait(200, 5.0)
            assert first < len(watched.requests) <= attempts(minutes) * WAYS[hub]
            assert asked(watched)
    await watched.wait(290, STRIDE)
    assert await watched.until_right(90) is not None, watched.wrong()
    assert watched.entry.state is ConfigEntryState.LOADED
    assert not asked(watched)


async def test_a_wrong_login_is_told_and_no_command_tries_it(watch: Watch) -> None:
    watched = await watch("homeseer")
    await watched.set_up()
    assert await watched.until_right(60) is not None, watched.wrong()
    with watched.faults.during("http_401"):
        await watched.wait(20, 1.0)
        assert asked(watched)
        watched.requests.clear()
        with pytest.raises(HomeAssistantError) as caught:
            await watched.hass.services.async_call(
                DOMAIN, "homeseer_run_event", {"event_id": 1042}, blocking=True
            )
        assert caught.value.translation_key == "command_refused"
        await watched.wait(20, 1.0)
        assert watched.requests == []


async def test_push_is_heard_while_the_login_is_refused(watch: Watch) -> None:
    watched = await watch("homeseer_hook")
    await watched.set_up()
    assert await watched.until_right(60) is not None, watched.wrong()
    coordinator = watched.entry.runtime_data
    with watched.faults.during("http_401"):
        await watched.wait(20, 1.0)
        before = coordinator.last_push_at
        watched.requests.clear()
        watched.stir()
        for _ in range(100):
            # Sockets need some of the real time.
            if coordinator.last_push_at != before:
                break
            await watched.wait(0.1)
        assert coordinator.last_push_at != before
        assert coordinator.timing.pushed
        assert watched.requests == []
    assert await watched.until_right(90) is not None, watched.wrong()
