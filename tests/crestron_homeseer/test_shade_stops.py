"""Shades that are stopped from Home Assistant, and shades that arrive together."""

from collections.abc import AsyncGenerator
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from benchmarks.stops import Kind, build, twin_of
from simulator.clock import RealClock
from simulator.crestron import CrestronProcessor
from simulator.house import Goal, House, Motor, Scene, Shade

from .common import Advance, act, posts, set_up, state

KINDS = (
    Kind("Brisk", 9, 8, Motor(lag=0.4, ramp=0.6)),
    Kind("Late", 14, 12, Motor(lag=1.2, unsteady=0.1)),
    Kind("Heavy", 13, 11, Motor(lag=0.3, ramp=1.2, drift=0.05, seed=3)),
)
COVERS = [f"cover.{kind.name.lower()}" for kind in KINDS]
BRISK, LATE, HEAVY = COVERS
# Seconds in which all of them arrive, and are seen to have.
WHOLE = 19.0


class HouseClock(RealClock):
    """Home Assistant's own time, which the test moves on."""

    def advance(self, seconds: float) -> None:
        """Be moved on by what moves Home Assistant's time."""


@pytest.fixture
def clock(freezer: FrozenDateTimeFactory) -> HouseClock:
    """Both houses have the same time: its speed is what is measured."""
    return HouseClock()


@pytest.fixture
def house(clock: HouseClock) -> House:
    """A house with three shades, all closed."""
    return build(KINDS, clock)


@pytest.fixture
def options() -> dict[str, object]:
    """What is chosen for the entry."""
    return {}


@pytest.fixture
async def loaded(
    hass: HomeAssistant, entry: MockConfigEntry, options: dict[str, object]
) -> AsyncGenerator[MockConfigEntry]:
    """The entry of the processor, set up and taken down."""
    await set_up(hass, entry, options=options)
    yield entry
    if entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(entry.entry_id)


async def run(hass: HomeAssistant, advance: Advance) -> None:
    """Open and close all shades to the end."""
    for action in ("open_cover", "close_cover"):
        await act(hass, "cover", action, COVERS)
        await advance(WHOLE)


async def test_shades_stop_where_they_are(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
) -> None:
    await act(hass, "cover", "open_cover", COVERS)
    await advance(6.5)
    shades = house.of(Shade)
    twins = [twin_of(shade) for shade in shades]
    processor.requests.clear()
    await act(hass, "cover", "stop_cover", COVERS)
    assert posts(processor.requests) == ["shades/SetState"]
    for twin in twins:
        twin.stop(at=processor.commands[-1].at + processor.settings.command_latency)
    await advance(9)
    errors = {
        shade.name: abs(shade.position - twin.path.target(1e9))
        for shade, twin in zip(shades, twins, strict=True)
    }
    assert max(errors.values()) <= 0.02, errors
    for cover, shade in zip(COVERS, shades, strict=True):
        assert state(hass, cover).state == "open"
        assert not shade.moving
        shown = state(hass, cover).attributes["current_position"]
        assert shown == round(shade.position * 100)


async def test_how_long_a_shade_took_outlives_a_restart(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    advance: Advance,
    hass_storage: dict[str, Any],
) -> None:
    await run(hass, advance)
    await advance(11)
    (stored,) = (
        each for key, each in hass_storage.items() if key.endswith(loaded.entry_id)
    )
    known = stored["data"]["travel"]["shades"]["shade-1102"]
    assert known["opening"] == pytest.approx(1 / 14, rel=0.03)
    assert known["closing"] == pytest.approx(1 / 12, rel=0.03)
    # The processor passes it on, the motor hears late, and the position is told late.
    assert known["delay"] == pytest.approx(0.3 + 1.2 + 0.5, abs=0.25)


# Arriving together

TOGETHER = {"together": [[f"shade-{number}" for number in (1101, 1102, 1103)]]}


def arrivals(house: House, since: float) -> list[float]:
    """Return when each shade came to rest, in seconds."""
    return [shade.path.settled_at() - since for shade in house.of(Shade)]


@pytest.mark.parametrize("options", [TOGETHER])
async def test_shades_of_a_group_arrive_together(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    clock: HouseClock,
    advance: Advance,
) -> None:
    begun = clock.now()
    await act(hass, "cover", "open_cover", COVERS)
    assert posts(processor.requests) == ["shades/SetState"]
    await advance(WHOLE)
    before = arrivals(house, begun)
    # Nothing was known of them at first.
    assert max(before) - min(before) > 4
    await act(hass, "cover", "close_cover", COVERS)
    await advance(WHOLE)
    processor.requests.clear()
    begun = clock.now()
    await act(hass, "cover", "open_cover", COVERS)
    assert {state(hass, each).state for each in COVERS} == {"opening"}
    assert house.find("Brisk", Shade).target == 0.0
    for _ in range(60):
        # Finer than otherwise: nothing starts between two steps.
        await advance(0.1)
    assert {state(hass, each).state for each in COVERS} == {"opening"}
    await advance(WHOLE)
    after = arrivals(house, begun)
    assert max(after) - min(after) < 1.0, after
    assert posts(processor.requests) == ["shades/SetState"] * 3
    assert {state(hass, each).state for each in COVERS} == {"open"}


@pytest.mark.parametrize("options", [TOGETHER])
@pytest.mark.parametrize("action", ["stop_cover", "close_cover"])
async def test_a_start_that_waits_is_called_off(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
    action: str,
) -> None:
    await run(hass, advance)
    await act(hass, "cover", "open_cover", COVERS)
    await advance(1)
    assert state(hass, BRISK).state == "opening"
    await act(hass, "cover", action, BRISK)
    await advance(WHOLE)
    assert house.find("Brisk", Shade).position == 0.0
    assert house.find("Late", Shade).position == 1.0
    assert state(hass, BRISK).state == "closed"
    assert state(hass, LATE).state == "open"


@pytest.mark.parametrize("options", [TOGETHER])
@pytest.mark.parametrize(
    ("asked", "posted", "ends"),
    [
        # What was asked for first comes first, and the last wish counts.
        ("scene.turn_on scene.down", ["shades/SetState", "scenes/recall/1201"], 0.0),
        ("cover.open_cover cover.all", ["shades/SetState"] * 2, 1.0),
        ("cover.stop_cover cover.all", [], 0.0),
        # It has nothing to do with shades, so they arrive together still.
        ("scene.turn_on scene.lamps", ["scenes/recall/1202"], 1.0),
    ],
)
async def test_a_start_that_waits_undoes_nothing_that_was_asked_for_later(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
    asked: str,
    posted: list[str],
    ends: float,
) -> None:
    await run(hass, advance)
    goals = tuple(Goal(shade.id, "position", 0.0) for shade in house.of(Shade))
    house.add(Scene(1201, "Down", 1001, type="Shade", goals=goals))
    house.add(Scene(1202, "Lamps", 1001))
    house.add(Shade(1104, "All", 1001, style="Shade Group"))
    await hass.config_entries.async_reload(loaded.entry_id)
    await act(hass, "cover", "open_cover", COVERS)
    await advance(1)
    assert house.find("Brisk", Shade).target == 0.0
    processor.requests.clear()
    action, entity_id = asked.split()
    domain, name = action.split(".")
    await act(hass, domain, name, entity_id)
    assert posts(processor.requests) == posted
    await advance(2 * WHOLE)
    assert house.find("Brisk", Shade).position == ends


@pytest.mark.parametrize("options", [TOGETHER])
async def test_a_start_that_fails_is_told_once_and_shown(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await run(hass, advance)
    # Where the hub is lost at once, nothing of the group starts later.
    processor.faults.on("refuse_connections")
    with pytest.raises(HomeAssistantError):
        await act(hass, "cover", "open_cover", COVERS)
    processor.faults.off("refuse_connections")
    await advance(WHOLE)
    assert [shade.position for shade in house.of(Shade)] == [0.0] * 3
    await act(hass, "cover", "open_cover", COVERS)
    house.find("Brisk", Shade).jam()
    processor.faults.on("answer_lost", path="/shades/SetState")
    await advance(WHOLE + 10)
    told = [each for each in caplog.messages if each.startswith("Could not start")]
    assert len([each for each in told if "Brisk" in each]) == 1
    assert state(hass, BRISK).state == "closed"
    assert state(hass, LATE).state == "open"
