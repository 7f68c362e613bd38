"""Choosing how shades differ from what the hub has of them."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_SHADES, CONF_TOGETHER
from custom_components.crestron_homeseer.house_options import (
    read_calibrations,
    read_groups,
)
from simulator.house import House, Light, MediaRoom, Shade

from .common import Advance, act, set_up, state
from .flows import choose, options_of

KITCHEN = "cover.kitchen_kitchen_shade"
KITCHEN_NAME = "Kitchen Shade (Kitchen)"
OFFICE_NAME = "Office Shade (Office)"
CORRECTIONS = ("shades", "corrections")


async def test_a_shade_is_upside_down_and_set_back(
    hass: HomeAssistant, loaded: MockConfigEntry, house: House, advance: Advance
) -> None:
    def position() -> int:
        return int(state(hass, KITCHEN).attributes["current_position"])

    shade = house.find("Kitchen Shade")
    shade.position = 0.0
    await advance(30)
    assert state(hass, KITCHEN).state == "closed"
    flow = await choose(hass, loaded, *CORRECTIONS)
    names = {name: key for key, name in flow.offered("upside_down").items()}
    kitchen = names[KITCHEN_NAME]
    # Also what moves several, but no doors.
    assert "All Living Shades (Living Room)" in names
    assert (flow.default("upside_down"), flow.default("set_back")) == ([], [])
    await flow.submit(upside_down=[kitchen], set_back=[])
    assert loaded.options == {CONF_SHADES: {kitchen: {"invert": True, "anchors": []}}}
    # It was read anew by itself, and nothing moved.
    assert (state(hass, KITCHEN).state, position(), shade.position) == ("open", 100, 0)
    await act(hass, "cover", "close_cover", KITCHEN)
    await advance(3)
    assert state(hass, KITCHEN).state == "closing"
    await advance(60)
    assert (state(hass, KITCHEN).state, shade.position) == ("closed", 1.0)
    # Somebody else moves it.
    shade.move_to(0.75)
    await advance(60)
    assert position() == 25
    flow = await choose(hass, loaded, *CORRECTIONS)
    assert flow.default("upside_down") == [kitchen]
    assert flow.offered("set_back") == {kitchen: KITCHEN_NAME}
    await flow.submit(upside_down=[kitchen], set_back=[kitchen])
    assert (loaded.options, position()) == ({}, 75)


async def test_what_lines_up_does_so_the_other_way_round(
    hass: HomeAssistant, entry: MockConfigEntry, house: House
) -> None:
    kitchen = f"shade-{house.find('Kitchen Shade', Shade).id}"
    gone = {"invert": True, "anchors": [[0.5, 0.5]]}
    stored = {kitchen: {"anchors": [[0.75, 0.5], [0.25, 0.125]]}, "shade-9": gone}
    await set_up(hass, entry, options={CONF_SHADES: stored})
    flow = await choose(hass, entry, *CORRECTIONS)
    # What is gone can still be forgotten.
    assert flow.default("upside_down") == ["shade-9"]
    assert flow.offered("upside_down")["shade-9"] == "shade-9"
    assert flow.offered("set_back") == {kitchen: KITCHEN_NAME, "shade-9": "shade-9"}
    assert flow.facts["corrected"] == (
        f"\n- {KITCHEN_NAME}: 25 % ↔ 12.5 %, 75 % ↔ 50 %\n- shade-9: 50 % ↔ 50 %"
    )
    for upside_down, set_back, anchors in (
        ([kitchen, "shade-9"], ["shade-9"], [[0.25, 0.5], [0.75, 0.125]]),
        ([kitchen], [], [[0.25, 0.5], [0.75, 0.125]]),
        ([], [], [[0.25, 0.125], [0.75, 0.5]]),
    ):
        typed = {"upside_down": upside_down, "set_back": set_back}
        options = await options_of(hass, entry, *CORRECTIONS, **typed)
        corrected = {"invert": kitchen in upside_down, "anchors": anchors}
        assert options[CONF_SHADES] == {kitchen: corrected}


async def test_groups_are_added_and_removed(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    flow = await choose(hass, loaded, "shades")
    assert flow.menu == ["align", "corrections", "together"]
    await flow.submit(next_step_id="together")
    assert flow.offered("groups") == {}
    found = {name: key for key, name in flow.offered(CONF_SHADES).items()}
    first = [found[KITCHEN_NAME], found[OFFICE_NAME]]
    assert (await flow.submit(shades=first[:1], groups=[])).error == "two_shades"
    assert flow.suggested(CONF_SHADES) == first[:1]
    await flow.submit(shades=first, groups=[])
    assert loaded.options == {CONF_TOGETHER: [first]}
    flow = await choose(hass, loaded, "shades", "together")
    assert flow.offered("groups") == {"0": f"{KITCHEN_NAME}, {OFFICE_NAME}"}
    # A shade cannot be in two groups.
    left = flow.offered(CONF_SHADES)
    assert not set(first) & set(left)
    second, third = list(left)[:3], list(left)[3:5]
    for shades, groups, kept in (
        (second, [], {CONF_TOGETHER: [first, second]}),
        (third, ["0"], {CONF_TOGETHER: [second, third]}),
        ([], ["0", "1"], {}),
    ):
        typed = {"shades": shades, "groups": groups}
        assert await options_of(hass, loaded, "shades", "together", **typed) == kept


async def test_only_what_there_is_to_choose_is_offered(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    # What was set can be undone while the hub is away.
    stored = {CONF_SHADES: {"shade-1": {"invert": True, "anchors": []}}}
    hass.config_entries.async_update_entry(entry, options=stored)
    assert (await choose(hass, entry, "shades")).menu == ["corrections"]
    typed: dict[str, list[str]] = {"upside_down": [], "set_back": []}
    assert await options_of(hass, entry, *CORRECTIONS, **typed) == {}
    # Players have volumes and lights fade, of which something can be said.
    for thing in (*house.of(Shade), *house.of(MediaRoom), *house.of(Light)):
        house.remove(thing)
    await hass.config_entries.async_reload(entry.entry_id)
    assert (await choose(hass, entry)).menu == [
        "include",
        "doors",
        "hints",
        "come_over",
    ]


BROKEN = [
    *(5, None, "upside down", {"invert": "yes"}, {"invert": False, "more": 1}),
    *(
        {"invert": False, "anchors": anchors}
        for anchors in (
            *([[0.5, 0.4, 0.3]], [[0.5, float("nan")]], [["half", 0.4]]),
            *([[0.5, 1.0]], [[0.25, 0.6], [0.5, 0.4]], {"0.5": 0.4}),
        )
    ),
]


async def test_what_is_broken_is_left_out_with_one_line(
    hass: HomeAssistant, entry: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    stored: dict[str, Any] = {f"shade-x{n}": each for n, each in enumerate(BROKEN)}
    stored["shade-y"] = {"invert": False}
    good, broken = read_calibrations({CONF_SHADES: stored})
    # What says nothing is not broken.
    assert (good, len(broken)) == ({}, len(BROKEN))
    stored |= {"shade-z": {"invert": True, "anchors": [[0.5, 0.4]]}}
    await set_up(hass, entry, options={CONF_SHADES: stored})
    assert entry.state is ConfigEntryState.LOADED
    lines = [r.getMessage() for r in caplog.records if "left out" in r.getMessage()]
    assert len(lines) == 1
    assert "shade-x0" in lines[0] and "shade-z" not in lines[0]


@pytest.mark.parametrize("stored", ["shades", [1], 7])
def test_options_that_are_none(stored: object) -> None:
    assert read_calibrations({CONF_SHADES: stored}) == ({}, [CONF_SHADES])


def test_groups_that_are_none() -> None:
    usable = ["shade-1", "shade-2"]
    stored = [usable, ["shade-3"], ["shade-4", 5], "shade-6", ["shade-7", "shade-7"]]
    assert read_groups({CONF_TOGETHER: stored}) == [usable]
    assert read_groups({CONF_TOGETHER: {"shade-1": "shade-2"}}) == []
