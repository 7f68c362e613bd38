"""Lining up the shades of a façade."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_SHADES
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House

from .common import Advance, act, posts, state
from .options import choose, default, offered, shown, submit

LEFT, RIGHT = (f"cover.living_room_living_room_{side}" for side in ("left", "right"))
LEFT_NAME, RIGHT_NAME = (
    f"Living Room {side} (Living Room)" for side in ("Left", "Right")
)


def positions(hass: HomeAssistant, *entity_ids: str) -> list[int]:
    """Return the positions that people see."""
    return [state(hass, key).attributes["current_position"] for key in entity_ids]


@pytest.fixture
def raw(house: House) -> Callable[[], list[float]]:
    """Return the positions of the two shades as the processor counts them."""
    names = ("Living Room Left", "Living Room Right")
    return lambda: [round(house.find(name).position, 3) for name in names]


@pytest.fixture
def both(loaded: MockConfigEntry) -> list[str]:
    """The ids of the two shades."""
    devices = loaded.runtime_data.data.devices
    by_name = {device.name: key for key, device in devices.items()}
    return [by_name["Living Room Left"], by_name["Living Room Right"]]


async def align(
    hass: HomeAssistant, entry: MockConfigEntry, shades: list[str], position: int = 50
) -> Any:
    """Choose shades and a position; they go there."""
    result = await choose(hass, entry, "shades", "align")
    return await submit(hass, result["flow_id"], shades=shades, position=position)


async def correct(
    hass: HomeAssistant, entry: MockConfigEntry, anchors: dict[str, tuple[bool, float]]
) -> None:
    """Have shades corrected already, where 50 % is shown."""
    shades = {
        key: {"invert": invert, "anchors": [[0.5, anchor]]}
        for key, (invert, anchor) in anchors.items()
    }
    hass.config_entries.async_update_entry(entry, options={CONF_SHADES: shades})
    await hass.config_entries.async_reload(entry.entry_id)


async def test_shades_are_lined_up(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    both: list[str],
    raw: Callable[[], list[float]],
    advance: Advance,
) -> None:
    before = loaded.runtime_data
    processor.requests.clear()
    result = await choose(hass, loaded, "shades", "align")
    assert default(result, "position") == 50
    names = offered(result, CONF_SHADES)
    assert [names[key] for key in both] == [LEFT_NAME, RIGHT_NAME]
    # Nothing moves before it was asked for, and then all of them at once.
    assert posts(processor.requests) == []
    result = await submit(hass, result["flow_id"], shades=both, position=50)
    flow_id = result["flow_id"]
    assert shown(result, "position") == "50"
    assert default(result, LEFT_NAME) == default(result, RIGHT_NAME) == 50
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
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.5, 0.445], [50, 44])
    with pytest.raises(InvalidData):
        await submit(hass, flow_id, **{**typed, RIGHT_NAME: 100}, next="move")
    # Nothing was kept or loaded anew so far.
    assert (loaded.options, loaded.runtime_data) == ({}, before)
    await submit(hass, flow_id, **typed, next="keep")
    assert loaded.options[CONF_SHADES] == {
        both[0]: {"invert": False, "anchors": [[0.5, 0.5]]},
        both[1]: {"invert": False, "anchors": [[0.5, 0.445]]},
    }
    await advance(5)
    # From now on, the same is shown where they line up, and they go there.
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.5, 0.445], [50, 50])
    for asked, there in (25, [0.25, 0.223]), (100, [1.0, 1.0]):
        processor.requests.clear()
        await act(hass, "cover", "set_cover_position", [LEFT, RIGHT], position=asked)
        assert posts(processor.requests) == ["shades/SetState"]
        await advance(60)
        assert (raw(), positions(hass, LEFT, RIGHT)) == (there, [asked, asked])


async def test_an_earlier_correction_is_corrected(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    both: list[str],
    raw: Callable[[], list[float]],
    advance: Advance,
) -> None:
    left, right = both
    await correct(hass, loaded, {left: (False, 0.4), right: (True, 0.4)})
    result = await align(hass, loaded, both)
    await advance(60)
    # Numbers rise towards open, also where the processor's fall.
    assert (default(result, LEFT_NAME), default(result, RIGHT_NAME)) == (40, 60)
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.4, 0.4], [50, 50])
    typed = {LEFT_NAME: 45, RIGHT_NAME: 70}
    await submit(hass, result["flow_id"], **typed, next="move")
    await advance(60)
    assert raw() == [0.45, 0.3]
    await submit(hass, result["flow_id"], **typed, next="keep")
    assert loaded.options[CONF_SHADES] == {
        left: {"invert": False, "anchors": [[0.5, 0.45]]},
        right: {"invert": True, "anchors": [[0.5, pytest.approx(0.3)]]},
    }
    await advance(5)
    assert positions(hass, LEFT, RIGHT) == [50, 50]


@pytest.mark.parametrize(
    ("anchor", "position", "least"), [(0.02, 5, 1), (0.98, 95, 99)]
)
async def test_what_lies_near_an_end_can_be_submitted_as_it_is_shown(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    both: list[str],
    raw: Callable[[], list[float]],
    advance: Advance,
    anchor: float,
    position: int,
    least: int,
) -> None:
    left = both[0]
    await correct(hass, loaded, {left: (False, anchor)})
    result = await align(hass, loaded, [left], position)
    assert default(result, LEFT_NAME) == least
    await advance(60)
    assert raw()[0] == least / 100
    await submit(hass, result["flow_id"], **{LEFT_NAME: least}, next="keep")
    kept = loaded.options[CONF_SHADES][left]["anchors"]
    assert [position / 100, least / 100] in kept


async def test_undo_keeps_nothing_and_moves_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    both: list[str],
    raw: Callable[[], list[float]],
    advance: Advance,
) -> None:
    result = await align(hass, loaded, both[:1], 30)
    await advance(60)
    before = loaded.runtime_data
    processor.requests.clear()
    result = await submit(hass, result["flow_id"], **{LEFT_NAME: 40}, next="undo")
    assert result["reason"] == "undone"
    await advance(60)
    assert posts(processor.requests) == []
    assert raw()[0] == 0.3
    assert (loaded.options, loaded.runtime_data) == ({}, before)


async def test_only_single_shades_are_offered_and_one_has_to_be_chosen(
    hass: HomeAssistant,
    house: House,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    house.find("Office Shade").style = "Gate"
    # Two of the same name are two fields.
    house.find("Living Room Right").name = "Living Room Left"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    result = await choose(hass, entry, "shades", "align")
    names = list(offered(result, CONF_SHADES).values())
    assert names.count(LEFT_NAME) == 2 and "Kitchen Shade (Kitchen)" in names
    # What moves several shades cannot be lined up as one, and a gate is no shade.
    assert not [name for name in names if name.startswith(("Office", "All Living"))]
    processor.requests.clear()
    result = await submit(hass, result["flow_id"], shades=[], position=60)
    assert result["errors"] == {CONF_SHADES: "nothing_chosen"}
    assert default(result, "position") == 60
    assert posts(processor.requests) == []
    offers = offered(result, CONF_SHADES).items()
    chosen = [key for key, name in offers if name == LEFT_NAME]
    result = await submit(hass, result["flow_id"], shades=chosen, position=50)
    assert default(result, LEFT_NAME) == 50
    assert default(result, f"{LEFT_NAME} – {chosen[1]}") == 50


async def test_shades_that_cannot_be_moved(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    both: list[str],
) -> None:
    with processor.faults.during("refuse_connections"):
        result = await align(hass, loaded, both[:1])
        assert (result["step_id"], result["errors"]) == ("align", {"base": "not_moved"})
        assert default(result, CONF_SHADES) == both[:1]
    flow_id = result["flow_id"]
    await submit(hass, flow_id, shades=both[:1], position=50)
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


async def test_a_shade_of_homeseer_is_lined_up(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    model: Model,
    advance: Advance,
) -> None:
    feature = model.find("Living Room Shade Position")
    offers = await choose(hass, homeseer_loaded, "shades", "align")
    ((chosen, name),) = [
        (key, name)
        for key, name in offered(offers, CONF_SHADES).items()
        if name.startswith("Living Room Shade")
    ]
    result = await align(hass, homeseer_loaded, [chosen])
    await advance(30)
    assert feature.value in {49, 50}
    for then in ("move", "keep"):
        await submit(hass, result["flow_id"], **{name: 40}, next=then)
        await advance(30)
        assert feature.value == 40
    assert homeseer_loaded.options[CONF_SHADES][chosen]["anchors"] == [[0.5, 0.4]]
    (entity_id,) = [
        key
        for key in hass.states.async_entity_ids("cover")
        if "living_room_shade" in key
    ]
    assert positions(hass, entity_id) == [50]
    # A little open is not closed, however coarsely the system counts.
    for asked, value in (25, 20), (1, 1):
        await act(hass, "cover", "set_cover_position", entity_id, position=asked)
        await advance(30)
        assert (feature.value, positions(hass, entity_id)) == (value, [asked])
