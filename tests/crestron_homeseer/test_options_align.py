"""Lining up the shades of a façade."""

from collections.abc import Callable

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_SHADES
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House

from .common import Advance, act, posts, set_up, state
from .flows import Flow, choose

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
) -> Flow:
    """Choose shades and a position; they go there."""
    flow = await choose(hass, entry, "shades", "align")
    return await flow.submit(shades=shades, position=position)


async def correct(
    hass: HomeAssistant, entry: MockConfigEntry, **anchors: tuple[bool, float]
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
    flow = await choose(hass, loaded, "shades", "align")
    assert flow.default("position") == 50
    names = flow.offered(CONF_SHADES)
    assert [names[key] for key in both] == [LEFT_NAME, RIGHT_NAME]
    # Nothing moves before it was asked for, and then all of them at once.
    assert posts(processor.requests) == []
    await flow.submit(shades=both, position=50)
    assert flow.facts["position"] == "50"
    assert flow.default(LEFT_NAME) == flow.default(RIGHT_NAME) == 50
    assert posts(processor.requests) == ["shades/SetState"]
    await advance(60)
    assert raw() == [0.5, 0.5]
    typed = {LEFT_NAME: 50, RIGHT_NAME: 44.5}
    # Who comes back to the page sees it as it was, and nothing moves.
    assert (await flow.fetch()).default(LEFT_NAME) == 50
    assert len(posts(processor.requests)) == 1
    # What nobody has looked at yet is not kept.
    assert (await flow.submit(**typed, next="keep")).error == "move_first"
    assert flow.default(RIGHT_NAME) == 44.5
    assert (await flow.submit(**typed, next="move")).error == ""
    await advance(60)
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.5, 0.445], [50, 44])
    with pytest.raises(InvalidData):
        await flow.submit(**{**typed, RIGHT_NAME: 100}, next="move")
    # Nothing was kept or loaded anew so far.
    assert (loaded.options, loaded.runtime_data) == ({}, before)
    await flow.submit(**typed, next="keep")
    assert loaded.options[CONF_SHADES] == {
        both[0]: {"invert": False, "anchors": [[0.5, 0.5]]},
        both[1]: {"invert": False, "anchors": [[0.5, 0.445]]},
    }
    await advance(5)
    # From now on, the same is shown where they line up, and they go there.
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.5, 0.445], [50, 50])
    await act(hass, "cover", "set_cover_position", [LEFT, RIGHT], position=25)
    await advance(60)
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.25, 0.223], [25, 25])


async def test_an_earlier_correction_is_corrected(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    both: list[str],
    raw: Callable[[], list[float]],
    advance: Advance,
) -> None:
    left, right = both
    await correct(hass, loaded, **{left: (False, 0.4), right: (True, 0.4)})
    flow = await align(hass, loaded, both)
    await advance(60)
    # Numbers rise towards open, also where the processor's fall.
    assert (flow.default(LEFT_NAME), flow.default(RIGHT_NAME)) == (40, 60)
    assert (raw(), positions(hass, LEFT, RIGHT)) == ([0.4, 0.4], [50, 50])
    for then in ("move", "keep"):
        await flow.submit(**{LEFT_NAME: 45, RIGHT_NAME: 70}, next=then)
        await advance(60)
    assert raw() == [0.45, 0.3]
    assert loaded.options[CONF_SHADES] == {
        left: {"invert": False, "anchors": [[0.5, 0.45]]},
        right: {"invert": True, "anchors": [[0.5, pytest.approx(0.3)]]},
    }
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
    await correct(hass, loaded, **{left: (False, anchor)})
    flow = await align(hass, loaded, [left], position)
    assert flow.default(LEFT_NAME) == least
    await advance(60)
    assert raw()[0] == least / 100
    await flow.submit(**{LEFT_NAME: least}, next="keep")
    kept = loaded.options[CONF_SHADES][left]["anchors"]
    assert [position / 100, least / 100] in kept


async def test_only_single_shades_are_offered_and_one_has_to_be_chosen(
    hass: HomeAssistant,
    house: House,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    house.find("Office Shade").style = "Gate"
    # Two of the same name are two fields.
    house.find("Living Room Right").name = "Living Room Left"
    await set_up(hass, entry)
    flow = await choose(hass, entry, "shades", "align")
    shades = flow.offered(CONF_SHADES)
    chosen = [key for key, name in shades.items() if name == LEFT_NAME]
    assert len(chosen) == 2 and "Kitchen Shade (Kitchen)" in shades.values()
    # What moves several shades cannot be lined up as one, and a gate is no shade.
    hidden = ("Office", "All Living")
    assert not [name for name in shades.values() if name.startswith(hidden)]
    processor.requests.clear()
    assert (await flow.submit(shades=[], position=60)).error == "nothing_chosen"
    assert flow.default("position") == 60
    assert posts(processor.requests) == []
    await flow.submit(shades=chosen, position=50)
    assert flow.default(LEFT_NAME) == 50
    assert flow.default(f"{LEFT_NAME} – {chosen[1]}") == 50


async def test_shades_that_cannot_be_moved(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    both: list[str],
) -> None:
    with processor.faults.during("refuse_connections"):
        flow = await align(hass, loaded, both[:1])
        assert (flow.step, flow.error) == ("align", "not_moved")
        assert flow.default(CONF_SHADES) == both[:1]
    await flow.submit(shades=both[:1], position=50)
    with processor.faults.during("refuse_connections"):
        await flow.submit(**{LEFT_NAME: 45}, next="move")
        assert flow.error == "not_moved"
    # Where it is now is not known, so that is nothing to keep.
    for typed in (45, 50):
        await flow.submit(**{LEFT_NAME: typed}, next="keep")
        assert flow.error == "move_first"
    # To undo keeps nothing and moves nothing.
    processor.requests.clear()
    other = await align(hass, loaded, both[:1], 30)
    assert len(posts(processor.requests)) == 1
    assert (await other.submit(**{LEFT_NAME: 40}, next="undo")).step == "undone"
    assert (len(posts(processor.requests)), loaded.options) == (1, {})
    await hass.config_entries.async_unload(loaded.entry_id)
    assert (await flow.submit(**{LEFT_NAME: 45}, next="move")).error == "not_moved"


async def test_a_shade_of_homeseer_is_lined_up(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    model: Model,
    advance: Advance,
) -> None:
    feature = model.find("Living Room Shade Position")
    # Nothing is offered that this system would not do, and no garage door.
    flow = await choose(hass, homeseer_loaded, "shades")
    assert flow.menu == ["align", "corrections"]
    shades = (await flow.submit(next_step_id="align")).offered("shades")
    assert not [name for name in shades.values() if "Garage" in name]
    ((chosen, name),) = [
        item for item in shades.items() if item[1].startswith("Living Room Shade")
    ]
    flow = await align(hass, homeseer_loaded, [chosen])
    await advance(30)
    assert feature.value in {49, 50}
    for then in ("move", "keep"):
        await flow.submit(**{name: 40}, next=then)
        await advance(30)
        assert feature.value == 40
    assert homeseer_loaded.options[CONF_SHADES][chosen]["anchors"] == [[0.5, 0.4]]
    covers = hass.states.async_entity_ids("cover")
    (entity_id,) = [key for key in covers if "living_room_shade" in key]
    assert positions(hass, entity_id) == [50]
    # A little open is not closed, however coarsely the system counts.
    await act(hass, "cover", "set_cover_position", entity_id, position=1)
    await advance(30)
    assert (feature.value, positions(hass, entity_id)) == (1, [1])
