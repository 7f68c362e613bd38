"""Whatever a hub does to its numbers, names and rooms, an owner loses nothing.

One set-up goes through all the ways in which a change comes: while Home Assistant
runs, over its restart, and over an outage of the hub; with every kind of device.
"""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.crestron_homeseer.house import timing
from custom_components.crestron_homeseer.repair_issues import RENUMBERED, WHO_IS_WHO
from custom_components.crestron_homeseer.takeover import renamed_options

from ..common import Advance
from .hubs import Crestron, HomeSeer, Other, SimulatedHub
from .owner import (
    belongings,
    issue,
    make_own,
    missing,
    renumbered,
    without_names,
    without_rooms,
)

# In this time a hub is surveyed, and what was taken over is loaded anew.
A_SURVEY = 9


def same(number: int) -> int:
    return number


def first(numbers: list[int]) -> list[int]:
    return numbers[:1]


def second(numbers: list[int]) -> list[int]:
    return numbers[::2]


def numbered(
    chosen: Callable[[list[int]], list[int]],
) -> Callable[[SimulatedHub], Other]:
    """Return a change of the numbers of some of each kind."""

    def change(hub: SimulatedHub) -> Other:
        other = hub.moved_far(hub.numbers(chosen))
        hub.change(other)
        return other

    return change


def swapped(hub: SimulatedHub) -> Other:
    other = hub.swapped()
    hub.change(other)
    return other


def renamed(hub: SimulatedHub) -> Other:
    for number in hub.numbers(first):
        hub.rename(number)
    return same


def moved(hub: SimulatedHub) -> Other:
    for number in hub.numbers(first):
        hub.move(number)
    return same


CHANGES = {
    "all": numbered(list),
    "half": numbered(second),
    "one": numbered(first),
    "swapped": swapped,
    "renamed": renamed,
    "moved": moved,
}


@pytest.fixture(autouse=True)
def surveyed_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Survey every few seconds: it is not about how often."""
    monkeypatch.setattr(timing, "SURVEY_EVERY", 3.0)
    monkeypatch.setattr(timing, "SURVEY_FIRST", 3.0)


@pytest.fixture(params=["crestron", "homeseer"])
def hub(request: pytest.FixtureRequest) -> SimulatedHub:
    """A hub of either vendor, not yet set up."""
    if request.param == "crestron":
        return Crestron(*map(request.getfixturevalue, ("entry", "house", "processor")))
    return HomeSeer(
        *map(request.getfixturevalue, ("homeseer_entry", "model", "system"))
    )


@pytest.fixture
async def owned(
    hass: HomeAssistant, hub: SimulatedHub, advance: Advance
) -> SimulatedHub:
    """A hub of which the owner has made something."""
    hub.unlike()
    await set_up(hass, hub, advance)
    return hub


async def set_up(hass: HomeAssistant, hub: SimulatedHub, advance: Advance) -> None:
    """Set up a hub whose owner makes something of everything."""
    entry = hub.entry
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, **hub.options()}
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    # What few homes have is read later.
    await advance(A_SURVEY)
    make_own(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)
    await advance(A_SURVEY)


async def while_running(
    hass: HomeAssistant,
    hub: SimulatedHub,
    advance: Advance,
    change: Callable[[], Other],
) -> Other:
    other = change()
    await advance(A_SURVEY)
    return other


async def over_a_restart(
    hass: HomeAssistant,
    hub: SimulatedHub,
    advance: Advance,
    change: Callable[[], Other],
) -> Other:
    await hass.config_entries.async_unload(hub.entry.entry_id)
    other = change()
    await hass.config_entries.async_setup(hub.entry.entry_id)
    await advance(A_SURVEY)
    return other


async def over_an_outage(
    hass: HomeAssistant,
    hub: SimulatedHub,
    advance: Advance,
    change: Callable[[], Other],
) -> Other:
    with hub.faults.during("refuse_connections"):
        await advance(15)
        other = change()
    await advance(20)
    return other


WAYS = while_running, over_a_restart, over_an_outage


@pytest.mark.parametrize("change", CHANGES)
async def test_an_owner_loses_nothing(
    hass: HomeAssistant, owned: SimulatedHub, advance: Advance, change: str
) -> None:
    entry = owned.entry
    before = belongings(hass, entry)
    assert len(before.entities) > 60
    numbers = change not in {"renamed", "moved"}
    options: dict[str, Any] = dict(entry.options)
    for way in WAYS:
        other = await way(hass, owned, advance, lambda: CHANGES[change](owned))
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        after = belongings(hass, entry)
        if change == "renamed":
            before, after = without_names(before), without_names(after)
        if change == "moved":
            # A scene of a room hangs on another one then.
            before, after = without_rooms(before), without_rooms(after)
        assert missing(before, after, other) == [], f"{way.__name__}\n" + "\n".join(
            missing(before, after, other)
        )
        assert (issue(hass, entry, RENUMBERED) is not None) is numbers
        assert issue(hass, entry, WHO_IS_WHO) is None
        options = renamed_options(
            options, lambda part, other=other: renumbered(part, other)
        )
        assert dict(entry.options) == options
        before = belongings(hass, entry)
