"""Lining up the shades of a façade."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_SHADES
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import House

from .common import Advance, act, posts, state
from .options import choose, default, offered, submit

LEFT = "cover.living_room_living_room_left"
RIGHT = "cover.living_room_living_room_right"
LEFT_NAME = "Living Room Left (Living Room)"
RIGHT_NAME = "Living Room Right (Living Room)"


def ids(result: ConfigFlowResult, *names: str) -> list[str]:
    """Return the ids of shades by the names that are offered."""
    found = {name: key for key, name in offered(result, CONF_SHADES).items()}
    return [found[name] for name in names]


def shown(hass: HomeAssistant, *entity_ids: str) -> list[int]:
    """Return the positions that people see."""
    return [state(hass, key).attributes["current_position"] for key in entity_ids]


@pytest.fixture
def raw(house: House) -> Any:
    """Return the positions of the two shades as the processor counts them."""

    def positions() -> list[float]:
        names = ("Living Room Left", "Living Room Right")
        return [round(house.find(name).position, 3) for name in names]

    return positions


async def test_shades_are_lined_up(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    raw: Any,
    advance: Advance,
) -> None:
    before = loaded.runtime_data
    processor.requests.clear()
    result = await choose(hass, loaded, "shades", "align")
    assert default(result, "position") == 50
    # Nothing moves before it was asked for.
    assert posts(processor.requests) == []
    flow_id = result["flow_id"]
    chosen = ids(result, LEFT_NAME, RIGHT_NAME)
    result = await submit(hass, flow_id, shades=chosen, position=50)
    assert result["step_id"] == "line_up"
    assert result["description_placeholders"] == {"position": "50"}
    assert default(result, LEFT_NAME) == default(result, RIGHT_NAME) == 50
    # All of them go at once.
    assert posts(processor.requests) == ["shades/SetState"]
    await advance(60)
    assert raw() == [0.5, 0.5]
    typed = {LEFT_NAME: 50, RIGHT_NAME: 44.5}
    # Who comes back to the page sees it as it was, and nothing moves.
    result = await hass.config_entries.options.async_configure(flow_id)
    assert default(result, LEFT_NAME) == 50
    assert len(posts(processor.requests)) == 1
    # What nobody has looked at yet is not kept.
    result = await submit(hass, flow_id, **typed, next="keep")
    assert result["errors"] == {"next": "move_first"}
    assert default(result, RIGHT_NAME) == 44.5
    result = await submit(hass, flow_id, **typed, next="move")
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {})
    await advance(60)
    assert raw() == [0.5, 0.445]
    assert shown(hass, LEFT, RIGHT) == [50, 44]
    with pytest.raises(InvalidData):
        await submit(hass, flow_id, **{**typed, RIGHT_NAME: 100}, next="move")
    # Nothing was kept or loaded anew so far.
    assert loaded.options == {}
    assert loaded.runtime_data is before
    result = await submit(hass, flow_id, **typed, next="keep")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert loaded.options[CONF_SHADES] == {
        chosen[0]: {"invert": False, "anchors": [[0.5, 0.5]]},
        chosen[1]: {"invert": False, "anchors": [[0.5, 0.445]]},
    }
    await advance(5)
    # From now on, the same is shown where they line up, and they go there.
    assert raw() == [0.5, 0.445]
    assert shown(hass, LEFT, RIGHT) == [50, 50]
    processor.requests.clear()
    await act(hass, "cover", "set_cover_position", [LEFT, RIGHT], position=25)
    assert posts(processor.requests) == ["shades/SetState"]
    await advance(60)
    assert raw() == [0.25, 0.223]
    assert shown(hass, LEFT, RIGHT) == [25, 25]
    await act(hass, "cover", "open_cover", [LEFT, RIGHT])
    await advance(60)
    assert raw() == [1.0, 1.0]
    assert shown(hass, LEFT, RIGHT) == [100, 100]


async def test_an_earlier_correction_is_corrected(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    raw: Any,
    advance: Advance,
) -> None:
    result = await choose(hass, loaded, "shades", "align")
    left, right = ids(result, LEFT_NAME, RIGHT_NAME)
    hass.config_entries.options.async_abort(result["flow_id"])
    shades = {
        left: {"invert": False, "anchors": [[0.5, 0.4]]},
        right: {"invert": True, "anchors": [[0.5, 0.4]]},
    }
    hass.config_entries.async_update_entry(loaded, options={CONF_SHADES: shades})
    await hass.config_entries.async_reload(loaded.entry_id)
    result = await choose(hass, loaded, "shades", "align")
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, shades=[left, right], position=50)
    await advance(60)
    # Numbers rise towards open, also where the processor's fall.
    assert (default(result, LEFT_NAME), default(result, RIGHT_NAME)) == (40, 60)
    assert raw() == [0.4, 0.4]
    assert shown(hass, LEFT, RIGHT) == [50, 50]
    typed = {LEFT_NAME: 45, RIGHT_NAME: 70}
    await submit(hass, flow_id, **typed, next="move")
    await advance(60)
    assert raw() == [0.45, 0.3]
    await submit(hass, flow_id, **typed, next="keep")
    assert loaded.options[CONF_SHADES] == {
        left: {"invert": False, "anchors": [[0.5, 0.45]]},
        right: {"invert": True, "anchors": [[0.5, pytest.approx(0.3)]]},
    }
    await advance(5)
    assert shown(hass, LEFT, RIGHT) == [50, 50]


@pytest.mark.parametrize(
    ("anchor", "position", "least"), [(0.02, 5, 1), (0.98, 95, 99)]
)
async def test_what_lies_near_an_end_can_be_submitted_as_it_is_shown(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    raw: Any,
    advance: Advance,
    anchor: float,
    position: int,
    least: int,
) -> None:
    result = await choose(hass, loaded, "shades", "align")
    (left,) = ids(result, LEFT_NAME)
    hass.config_entries.options.async_abort(result["flow_id"])
    shades = {left: {"invert": False, "anchors": [[0.5, anchor]]}}
    hass.config_entries.async_update_entry(loaded, options={CONF_SHADES: shades})
    await hass.config_entries.async_reload(loaded.entry_id)
    result = await choose(hass, loaded, "shades", "align")
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, shades=[left], position=position)
    assert default(result, LEFT_NAME) == least
    await advance(60)
    assert raw()[0] == least / 100
    result = await submit(hass, flow_id, **{LEFT_NAME: least}, next="keep")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    kept = loaded.options[CONF_SHADES][left]["anchors"]
    assert [position / 100, least / 100] in kept


async def test_undo_keeps_nothing_and_moves_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    raw: Any,
    advance: Advance,
) -> None:
    result = await choose(hass, loaded, "shades", "align")
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id, shades=ids(result, LEFT_NAME), position=30)
    await advance(60)
    before = loaded.runtime_data
    processor.requests.clear()
    result = await submit(hass, flow_id, **{LEFT_NAME: 40}, next="undo")
    assert result["reason"] == "undone"
    await advance(60)
    assert posts(processor.requests) == []
    assert raw()[0] == 0.3
    assert loaded.options == {}
    assert loaded.runtime_data is before


async def test_somebody_has_to_be_chosen(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    house.find("Office Shade").style = "Gate"
    await advance(30)
    result = await choose(hass, loaded, "shades", "align")
    names = set(offered(result, CONF_SHADES).values())
    assert {LEFT_NAME, RIGHT_NAME, "Kitchen Shade (Kitchen)"} <= names
    assert not [name for name in names if name.startswith("Office")]
    # What moves several shades cannot be lined up as one, and a gate is no shade.
    assert not [name for name in names if name.startswith("All Living")]
    processor.requests.clear()
    result = await submit(hass, result["flow_id"], shades=[], position=60)
    assert result["errors"] == {CONF_SHADES: "nothing_chosen"}
    assert default(result, "position") == 60
    assert posts(processor.requests) == []


async def test_shades_that_cannot_be_told_to_move(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    result = await choose(hass, loaded, "shades", "align")
    flow_id = result["flow_id"]
    chosen = ids(result, LEFT_NAME)
    with processor.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, shades=chosen, position=50)
        assert result["step_id"] == "align"
        assert result["errors"] == {"base": "not_moved"}
        assert default(result, CONF_SHADES) == chosen
    result = await submit(hass, flow_id, shades=chosen, position=50)
    assert result["step_id"] == "line_up"
    with processor.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, **{LEFT_NAME: 45}, next="move")
    assert result["errors"] == {"base": "not_moved"}
    # Where it is now is not known, so that is nothing to keep.
    for typed in (45, 50):
        result = await submit(hass, flow_id, **{LEFT_NAME: typed}, next="keep")
        assert result["errors"] == {"next": "move_first"}
    await hass.config_entries.async_unload(loaded.entry_id)
    result = await submit(hass, flow_id, **{LEFT_NAME: 45}, next="move")
    assert result["errors"] == {"base": "not_moved"}


async def test_shades_of_the_same_name_are_two_fields(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    house.find("Living Room Right").name = "Living Room Left"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    result = await choose(hass, entry, "shades", "align")
    chosen = [
        key for key, name in offered(result, CONF_SHADES).items() if name == LEFT_NAME
    ]
    assert len(chosen) == 2
    result = await submit(hass, result["flow_id"], shades=chosen, position=50)
    assert default(result, LEFT_NAME) == 50
    assert default(result, f"{LEFT_NAME} – {chosen[1]}") == 50


async def test_a_shade_of_homeseer_is_lined_up(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    model: Model,
    advance: Advance,
) -> None:
    feature = model.find("Living Room Shade Position")
    result = await choose(hass, homeseer_loaded, "shades", "align")
    (name,) = [
        name
        for name in offered(result, CONF_SHADES).values()
        if name.startswith("Living Room Shade")
    ]
    flow_id = result["flow_id"]
    (chosen,) = ids(result, name)
    result = await submit(hass, flow_id, shades=[chosen], position=50)
    await advance(30)
    assert feature.value in {49, 50}
    await submit(hass, flow_id, **{name: 40}, next="move")
    await advance(30)
    assert feature.value == 40
    await submit(hass, flow_id, **{name: 40}, next="keep")
    assert homeseer_loaded.options[CONF_SHADES][chosen]["anchors"] == [[0.5, 0.4]]
    await advance(2)
    entity_id = next(
        key
        for key in hass.states.async_entity_ids("cover")
        if "living_room_shade" in key
    )
    assert shown(hass, entity_id) == [50]
    await act(hass, "cover", "set_cover_position", entity_id, position=25)
    await advance(30)
    assert feature.value == 20
    assert shown(hass, entity_id) == [25]
    await act(hass, "cover", "set_cover_position", entity_id, position=1)
    await advance(30)
    # A little open is not closed, however coarsely the system counts.
    assert feature.value == 1
    assert shown(hass, entity_id) == [1]
