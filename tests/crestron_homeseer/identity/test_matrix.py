"""Whatever a hub does to its numbers, names and rooms, an owner loses nothing.

One set-up goes through all the ways in which a change comes: while Home Assistant
runs, over its restart, and over an outage of the hub; with every kind of device.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest

from custom_components.crestron_homeseer import registry
from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house import cadence
from custom_components.crestron_homeseer.issues import RENUMBERED, WHO_IS_WHO
from custom_components.crestron_homeseer.takeover import renamed_options

from ..common import Advance
from .hubs import FAR, Crestron, HomeSeer, Other, SimulatedHub
from .owner import (
    Belongings,
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


def replaced(hub: SimulatedHub) -> Other:
    return hub.replace_lamp()


CHANGES = {
    "all": numbered(list),
    "half": numbered(second),
    "one": numbered(first),
    "swapped": swapped,
    "renamed": renamed,
    "moved": moved,
    "replaced": replaced,
}


@pytest.fixture(autouse=True)
def surveyed_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Survey every few seconds: it is not about how often."""
    monkeypatch.setattr(cadence, "SURVEY_EVERY", 3.0)
    monkeypatch.setattr(cadence, "SURVEY_FIRST", 3.0)


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
    # A hub that comes back is asked ever more seldom the longer it was away.
    for _ in range(12):
        if hub.entry.runtime_data.last_update_success:
            break
        await advance(5)
    await advance(A_SURVEY)
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
        if change == "replaced":
            lamp = lamp_of(owned, after)
            turned = {before.states.pop(lamp), after.states.pop(lamp)}
            assert turned == {STATE_ON, STATE_OFF}
        if change == "moved":
            # A scene of a room hangs on another one then.
            before, after = without_rooms(before), without_rooms(after)
        assert missing(before, after, other) == [], f"{way.__name__}\n" + "\n".join(
            missing(before, after, other)
        )
        assert (issue(hass, entry, RENUMBERED) is not None) is numbers
        assert issue(hass, entry, WHO_IS_WHO) is None
        options = renamed_options(options, partial(renumbered, other=other))
        assert dict(entry.options) == options
        # What is asked of it reaches what it is now.
        await hass.services.async_call(
            "homeassistant",
            "turn_on",
            {"entity_id": lamp_of(owned, after)},
            blocking=True,
        )
        assert owned.received[-1].target == owned.lamp()[1]
        await advance(3)
        before = belongings(hass, entry)


def lamp_of(hub: SimulatedHub, these: Belongings) -> str:
    """Return the entity of the lamp."""
    key, _ = hub.lamp()
    return next(each for each, part in these.unique_ids.items() if part == key)


async def test_a_new_installation_is_known_before_long(
    hass: HomeAssistant,
    hub: SimulatedHub,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next survey would come later than the first restart."""
    monkeypatch.setattr(cadence, "SURVEY_FIRST", 20.0)
    monkeypatch.setattr(cadence, "SURVEY_EVERY", 300.0)
    entry = hub.entry
    assert await hass.config_entries.async_setup(entry.entry_id)
    await advance(6)
    before = belongings(hass, entry)
    assert len(before.entities) > 60
    other = await over_a_restart(hass, hub, advance, lambda: CHANGES["all"](hub))
    after = belongings(hass, entry)
    came = after.entities.keys() - before.entities.keys()
    assert not [key for key in came if key[-1].isdecimal() and key[-2] == "_"]
    kept = [text for text in missing(before, after, other) if ": None -> " not in text]
    assert [text for text in kept if not text.startswith("state")] == []
    assert issue(hass, entry, RENUMBERED) is not None


async def answer(
    hass: HomeAssistant,
    hub: SimulatedHub,
    chosen: list[Callable[[list[str]], str | None]],
) -> list[str]:
    """Say in the repair which one each device is now; return what was asked about."""
    assert await async_setup_component(hass, "repairs", {})
    found = issue(hass, hub.entry, WHO_IS_WHO)
    assert found is not None
    flows = hass.data["repairs"]["flow_manager"]
    result = await flows.async_init(DOMAIN, data={"issue_id": found.issue_id})
    asked = []
    for choose in chosen:
        assert result["type"] is FlowResultType.FORM
        asked.append(result["description_placeholders"]["device"])
        field = result["data_schema"].schema["now"]
        now = choose([option["value"] for option in field.config["options"]])
        typed = {} if now is None else {"now": now}
        result = await flows.async_configure(result["flow_id"], typed)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    return asked


def which(hass: HomeAssistant, hub: SimulatedHub, numbers: list[int]) -> list[set[str]]:
    """Return the entities of each of some things."""
    own = belongings(hass, hub.entry).unique_ids
    return [
        {
            key
            for key, part in own.items()
            if part.split("-")[1:2] in [[str(each)] for each in hub.family(number)]
        }
        for number in numbers
    ]


def states_of(hass: HomeAssistant, entity_ids: set[str]) -> set[str]:
    found = [hass.states.get(entity_id) for entity_id in entity_ids]
    return {each.state for each in found if each is not None}


@pytest.mark.parametrize("answers", ["crossed", "one is gone and one is new"])
async def test_what_nobody_can_tell_is_asked(
    hass: HomeAssistant,
    hub: SimulatedHub,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
) -> None:
    monkeypatch.setattr(registry, "MISSED_FOR", 5.0)
    alike = hub.alike()
    assert len(alike) == 2
    await set_up(hass, hub, advance)
    entry = hub.entry
    before = belongings(hass, entry)
    one, two = which(hass, hub, alike)
    assert one and two
    hub.change(hub.moved_far(alike))
    now = [number + FAR for number in alike]
    await advance(3 * A_SURVEY)
    # It is all there, also after a restart and for as long as nobody says anything.
    for _ in range(2):
        after = belongings(hass, entry)
        assert after.entities == before.entities
        assert after.unique_ids == before.unique_ids
        assert after.devices.keys() == before.devices.keys()
        assert states_of(hass, one | two) == {STATE_UNAVAILABLE}
        assert which(hass, hub, now) == [set(), set()]
        assert issue(hass, entry, RENUMBERED) is None
        await hass.config_entries.async_reload(entry.entry_id)
        await advance(2 * A_SURVEY)
    crossed = answers == "crossed"
    last = (lambda there: there[-1]) if crossed else (lambda there: None)
    asked = await answer(hass, hub, [last, lambda there: there[0]])
    assert [
        any(key in text for key in these)
        for text, these in zip(asked, (one, two), strict=True)
    ] == [True, True]
    await advance(3 * A_SURVEY)
    assert issue(hass, entry, WHO_IS_WHO) is None
    after = belongings(hass, entry)
    assert STATE_UNAVAILABLE not in states_of(hass, two)
    if crossed:
        assert after.entities == before.entities
        assert which(hass, hub, now) == [two, one]
        return
    # What is gone may leave its name to what is new.
    first_now, second_now = which(hass, hub, now)
    assert first_now == two
    assert second_now
    assert not any(after.entities[key]["labels"] for key in second_now)
    assert {key: after.entities[key] for key in before.entities if key not in one} == {
        key: facts for key, facts in before.entities.items() if key not in one
    }
