"""Controls that are given one text of a list: a playlist, a station, a scene."""

import pytest

from custom_components.crestron_homeseer.homeseer.hub import direct
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import SelectSource
from custom_components.crestron_homeseer.house.controls import (
    Control,
    PressButton,
    SelectOption,
)
from custom_components.crestron_homeseer.house.devices import MediaRoom
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError

from .described import player
from .raw import Raw, asked, feature, pair, take


def listed(*texts: str) -> Raw:
    """Return the control of a list; its value and its label say nothing."""
    control = pair("Playlist", 0, kind=3, index=2)
    return control | {"ControlStringList": list(texts)}


@pytest.fixture
def playlist() -> Inventory:
    """A system that has nothing but a playlist."""
    return take([feature(1, "Playlist", status="Kids")], {1: [listed("Jazz", "Kids")]})


def test_the_text_is_what_is_sent(playlist: Inventory) -> None:
    command = SelectOption(device_id="ref-1", option="Jazz")
    (action,) = playlist.bindings["ref-1"].write(command)
    assert action.request == "controldevicebyindex"
    assert action.params == {"ref": 1, "value": 2, "string": "Jazz"}
    assert direct(playlist, Control(device_id="ref-1", ref=1, text="Jazz")) == action
    with pytest.raises(HubCommandError):
        direct(playlist, Control(device_id="ref-1", ref=1, text="Nobody's"))


@pytest.mark.parametrize(
    "command",
    [
        SelectOption(device_id="ref-1", option="Grandma's birthday"),
        PressButton(device_id="ref-1"),
    ],
)
def test_nothing_else_is_sent(playlist: Inventory, command: AnyCommand) -> None:
    with pytest.raises(HubCommandError):
        playlist.bindings["ref-1"].write(command)


def test_the_inputs_of_a_player_may_be_a_list() -> None:
    features, controls = player()
    controls[36] = [listed("Radio", "Line-In")]
    features[-1]["status"] = "Radio"
    inventory = take(features, controls)
    room = inventory.devices["ref-30-player"]
    assert isinstance(room, MediaRoom)
    assert (room.source_id, len(room.sources)) == ("Radio", 2)
    command = SelectSource(device_id=room.id, source_id="Line-In")
    assert asked(inventory, command) == [(36, "Line-In")]
