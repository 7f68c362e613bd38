"""Controls that are given one text of a list: a playlist, a station, a scene."""

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.features import ControlType
from custom_components.crestron_homeseer.homeseer.hub import direct
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import SelectSource
from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Control,
    PressButton,
    SelectOption,
)
from custom_components.crestron_homeseer.house.devices import MediaRoom, Sensor
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError

from .described import player
from .raw import Raw, asked, feature, only, pair, take

PLAYLISTS = ["Morning Jazz", "Dinner  Party", "Kids"]
KINDS = (
    ControlType.TEXT_FROM_LIST,
    ControlType.TEXTS_FROM_LIST,
    ControlType.TEXT_LIST,
)


def listed(kind: int = 3, texts: list[str] | None = None) -> Raw:
    """Return the control of a list; its value and its label say nothing."""
    texts = PLAYLISTS if texts is None else texts
    return pair("Playlist", 0, kind=kind, index=2) | {"ControlStringList": texts}


def playlist(status: str = "Kids", control: Raw | None = None) -> Inventory:
    """Return a system that has nothing but a playlist."""
    raw = feature(1, "Playlist", status=status, kind=(32, 11, 0))
    return take([raw], {1: [control or listed()]})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("status", "option"),
    [
        ("Kids", "Kids"),
        # A status comes with single blanks.
        ("Dinner Party", "Dinner  Party"),
        ("Grandma's birthday", None),
        # A text that a sensor would show, too.
        ("Off", None),
        ("25 %", None),
        ("", None),
    ],
)
def test_a_list_of_texts_is_a_choice_and_the_status_says_which(
    kind: ControlType, status: str, option: str | None
) -> None:
    # An option is there once.
    device = only(playlist(status, listed(kind, [*PLAYLISTS, "Kids", " "])))
    assert isinstance(device, Choice)
    assert device.options == tuple(PLAYLISTS)
    assert device.option == option


def test_the_text_is_what_is_sent_and_nothing_else() -> None:
    binding = playlist().bindings["ref-1"]
    params: dict[str, str | int | float] = {"ref": 1, "value": 2, "string": "Kids"}
    actions = [Action("controldevicebyindex", params)]
    assert binding.write(SelectOption(device_id="ref-1", option="Kids")) == actions
    commands: list[AnyCommand] = [
        SelectOption(device_id="ref-1", option="Grandma's birthday"),
        PressButton(device_id="ref-1"),
    ]
    for command in commands:
        with pytest.raises(HubCommandError):
            binding.write(command)


def test_a_text_may_be_named() -> None:
    inventory = playlist()
    good = Control(device_id="ref-1", ref=1, text="Kids")
    params: dict[str, str | int | float] = {"ref": 1, "value": 2, "string": "Kids"}
    assert direct(inventory, good) == Action("controldevicebyindex", params)
    bad = Control(device_id="ref-1", ref=1, text="Nobody's")
    with pytest.raises(HubCommandError):
        direct(inventory, bad)


@pytest.mark.parametrize("kind", [3, 4])
def test_a_list_without_texts_is_only_shown(kind: int) -> None:
    device = only(playlist(control=listed(kind, texts=[])))
    assert isinstance(device, Sensor)
    assert device.value == "Kids"


def test_the_inputs_of_a_player_may_be_a_list() -> None:
    features, controls = player()
    controls[36] = [listed(texts=["Radio", "Line-In"])]
    features[-1]["status"] = "Radio"
    inventory = take(features, controls)
    room = inventory.devices["ref-30-player"]
    assert isinstance(room, MediaRoom)
    assert (room.source_id, len(room.sources)) == ("Radio", 2)
    command = SelectSource(device_id=room.id, source_id="Line-In")
    assert asked(inventory, command) == [(36, "Line-In")]
