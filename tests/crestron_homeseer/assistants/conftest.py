"""Both demo houses in one Home Assistant, where people have settled in."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.clock import ManualClock
from simulator.homeseer import Model
from simulator.house import House

from .facts import Houses, Line
from .household import async_move_in


@pytest.fixture
def houses(
    request: pytest.FixtureRequest, house: House, model: Model, clock: ManualClock
) -> Houses:
    """The two houses, as the sentences of a test want to find them."""
    houses = Houses(house, model, clock)
    if hasattr(request.node, "callspec"):
        params = request.node.callspec.params
        fact = params.get("fact")
        lines: list[Line] = params.get("lines") or (
            [Line("", "", [fact])] if fact else []
        )
        # What is asked for is so for sure.
        for line in sorted(lines, key=lambda line: bool(line.says)):
            houses.arrange(line.facts)
        # What happens takes a while to reach the processor.
        clock.advance(10)
    return houses


@pytest.fixture
async def both(
    hass: HomeAssistant,
    houses: Houses,
    loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
) -> Houses:
    """The two houses behind Home Assistant."""
    await async_move_in(hass)
    return houses
