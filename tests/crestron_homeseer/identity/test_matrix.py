"""Whatever a hub does to its numbers, names and rooms, an owner loses nothing.

One set-up goes through all the ways in which a change comes: while Home Assistant
runs, over its restart, and over an outage of the hub; with every kind of device.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer import registry
from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house import cadence
from custom_components.crestron_homeseer.issues import RENUMBERED, WHO_IS_WHO
from custom_components.crestron_homeseer.takeover import (
    async_take_over,
    renamed_options,
)

from ..common import Advance
from .hubs import (
    FAR,
    Crestron,
    HomeSeer,
    Other,
    SimulatedHub,
    moved_far,
    numbers,
    permuted,
    swapped,
)
from .owner import (
    Belongings,
    belongings,
    entities,
    issue,
    make_own,
    missing,
    renumbered,
)

# In this time a hub is surveyed, and what was taken over is loaded anew.
A_SURVEY = 9


def first(numbers: list[int]) -> list[int]:
    return numbers[:1]


def renumber(hub: SimulatedHub, other: Other) -> Other:
    hub.change(other)
    return other


def each_first(hub: SimulatedHub, change: Callable[[int], None]) -> Other:
    for number in numbers(hub, first):
        change(number)
    return permuted({})


CHANGES: dict[str, Callable[[SimulatedHub], Other]] = {
    "all": lambda hub: renumber(hub, moved_far(hub, numbers(hub, list))),
    "half": lambda hub: renumber(
        hub, moved_far(hub, numbers(hub, lambda each: each[::2]))
    ),
    "one": lambda hub: renumber(hub, moved_far(hub, numbers(hub, first))),
    "swapped": lambda hub: renumber(hub, swapped(hub)),
    "renamed": lambda hub: each_first(hub, hub.rename),
    "moved": lambda hub: each_first(hub, hub.move),
    "replaced": lambda hub: hub.replace_lamp(),
}
# What differs after a change besides the numbers: a scene goes along with its room.
DIFFERS = {"renamed": "called", "moved": "device_id"}


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


# The ways in which a change comes.


@asynccontextmanager
async def while_running(
    _: HomeAssistant, _hub: SimulatedHub, _advance: Advance
) -> AsyncGenerator[None]:
    yield


@asynccontextmanager
async def over_a_restart(
    hass: HomeAssistant, hub: SimulatedHub, _: Advance
) -> AsyncGenerator[None]:
    await hass.config_entries.async_unload(hub.entry.entry_id)
    yield
    await hass.config_entries.async_setup(hub.entry.entry_id)


@asynccontextmanager
async def over_an_outage(
    _: HomeAssistant, hub: SimulatedHub, advance: Advance
) -> AsyncGenerator[None]:
    with hub.system.faults.during("refuse_connections"):
        await advance(15)
        yield
    # A hub that comes back is asked ever more seldom the longer it was away.
    while not hub.entry.runtime_data.last_update_success:
        await advance(5)


@pytest.mark.parametrize("change", CHANGES)
async def test_an_owner_loses_nothing(
    hass: HomeAssistant, owned: SimulatedHub, advance: Advance, change: str
) -> None:
    entry = owned.entry
    before = belongings(hass, entry)
    assert len(entities(before)) > 60
    options: dict[str, Any] = dict(entry.options)
    for way in (while_running, over_a_restart, over_an_outage):
        async with way(hass, owned, advance):
            other = CHANGES[change](owned)
        await advance(A_SURVEY)
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        after = belongings(hass, entry)
        if change == "replaced":
            lamp = lamp_of(owned, after)
            turned = {before[lamp].pop("state"), after[lamp].pop("state")}
            assert turned == {STATE_ON, STATE_OFF}
        assert missing(before, after, other, DIFFERS.get(change, "")) == [], way
        assert bool(issue(hass, entry, RENUMBERED)) is (change not in DIFFERS)
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
        assert owned.system.received[-1].target == owned.lamp()[1]
        await advance(3)
        before = belongings(hass, entry)


def lamp_of(hub: SimulatedHub, these: Belongings) -> str:
    """Return the entity of the lamp."""
    key, _ = hub.lamp()
    return next(at for at, each in entities(these).items() if each["part"] == key)


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
    assert len(entities(before)) > 60
    async with over_a_restart(hass, hub, advance):
        other = CHANGES["all"](hub)
    await advance(A_SURVEY)
    after = belongings(hass, entry)
    came = entities(after).keys() - before.keys()
    assert not [key for key in came if key[-1].isdecimal() and key[-2] == "_"]
    kept = {key: after.get(key, {}) for key in before}
    assert missing(before, kept, other, "state") == []
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
    own = entities(belongings(hass, hub.entry))
    return [
        {
            key
            for key, facts in own.items()
            if facts["part"].split("-")[1:2] in [[str(each)] for each in hub.family(at)]
        }
        for at in numbers
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
    hub.change(moved_far(hub, alike))
    now = [number + FAR for number in alike]
    await advance(3 * A_SURVEY)
    # It is all there, also after a restart and for as long as nobody says anything.
    for _ in range(2):
        after = belongings(hass, entry)
        assert after.keys() == before.keys()
        kept = entities(after)
        assert missing(entities(before), kept, permuted({}), "state") == []
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
    first_now, second_now = which(hass, hub, now)
    assert first_now == two
    if crossed:
        assert second_now == one
    else:
        # What is gone may leave its name to what is new.
        assert second_now
        assert not any(after[key]["labels"] for key in second_now)
    left = entities(before).keys() - (set() if crossed else one)
    was, is_now = ({key: each.get(key, {}) for key in left} for each in (before, after))
    assert missing(was, is_now, permuted({}), "state", "part") == []


async def test_what_came_first_with_a_new_key_stays_on_the_owners_device(
    hass: HomeAssistant,
) -> None:
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    devices, entities = dr.async_get(hass), er.async_get(hass)
    old, new = (
        devices.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, registry.unique_id(entry, key))},
        )
        for key in ("sensor-1", "sensor-2")
    )
    battery = entities.async_get_or_create(
        "binary_sensor",
        DOMAIN,
        registry.unique_id(entry, "sensor-2-battery"),
        config_entry=entry,
        device_id=new.id,
    )
    renamed = {"sensor-1": "sensor-2"}
    async_take_over(hass, entry, renamed, renamed)
    assert devices.async_get(new.id) is None
    kept = entities.async_get(battery.entity_id)
    assert kept is not None
    assert kept.device_id == old.id
