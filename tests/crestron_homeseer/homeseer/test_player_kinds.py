"""Players of many makers: what makes one, and what is done with it."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import (
    SelectSource,
    SetMuted,
    SetPower,
    SetRepeat,
    SetShuffle,
    SetVolume,
)
from custom_components.crestron_homeseer.house.controls import Choice, PressTransport
from custom_components.crestron_homeseer.house.devices import (
    MediaRoom,
    PlayState,
    Transport,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError
from custom_components.crestron_homeseer.house.kinds import Repeat

from .raw import SWITCH, Raw, asked, feature, only, pair, take

ID = "ref-1-player"
VOLUME = pair("Volume (value)%", span=(0, 100))
KEYS = [pair("Play", 1001, 5), pair("Pause", 1002, 6), pair("Stop", 1003, 7)]
MUTES = [pair("Mute", 1010, 28), pair("Unmute", 1011, 29)]
STEPS = [pair("Volume Up", 1020), pair("Volume Down", 1021)]
NEXT = [pair("Next Track", 1030), pair("Prev", 1031)]


def one(text: str = "", value: float = 0, *more: Raw, **facts: Any) -> Inventory:
    """Return a system whose one feature has all the keys of a player."""
    raw = feature(1, "Kitchen Sonos", value=value, status=text, **facts)
    return take([raw], {1: [*KEYS, *MUTES, *NEXT, VOLUME, *more]})


def room(inventory: Inventory, device_id: str = ID) -> MediaRoom:
    device = inventory.devices[device_id]
    assert isinstance(device, MediaRoom)
    return device


@pytest.mark.parametrize(
    ("text", "value", "playing", "volume", "muted", "power"),
    [
        ("Playing", 1001, PlayState.PLAYING, None, None, None),
        ("Playing: So What", 1001, PlayState.PLAYING, None, None, None),
        ("Paused", 1002, PlayState.PAUSED, None, None, None),
        ("Pausiert", 7, PlayState.PAUSED, 0.07, None, None),
        ("35%", 35, None, 0.35, None, None),
        ("", 35, None, 0.35, None, None),
        ("", 1001, PlayState.PLAYING, None, None, None),
        ("", 1003, PlayState.STOPPED, None, None, None),
        ("Mute", 1010, None, None, True, None),
        ("Unmute", 1011, None, None, False, None),
        ("Not playing", 1003, PlayState.STOPPED, None, None, None),
        ("Buffering", 1001, PlayState.BUFFERING, None, None, None),
        ("Off", -1, None, None, None, False),
        ("Standby", -1, PlayState.STOPPED, None, None, False),
        ("Thinking", -1, None, None, None, None),
    ],
)
def test_keys_volume_and_mute_on_one_feature(
    text: str,
    value: float,
    playing: PlayState | None,
    volume: float | None,
    muted: bool | None,
    power: bool | None,
) -> None:
    device = only(one(text, value))
    assert isinstance(device, MediaRoom)
    assert (device.playing, device.volume) == (playing, volume)
    assert (device.muted, device.power) == (muted, power)
    assert device.can_set_volume
    assert device.can_mute
    assert not device.can_switch


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (SetVolume(device_id=ID, volume=0.4), (1, 40)),
        (SetMuted(device_id=ID, muted=True), (1, 1010)),
        (SetMuted(device_id=ID, muted=False), (1, 1011)),
        (PressTransport(device_id=ID, key=Transport.NEXT), (1, 1030)),
        (PressTransport(device_id=ID, key=Transport.PREVIOUS), (1, 1031)),
        (PressTransport(device_id=ID, key=Transport.VOLUME_UP), (1, 1020)),
        (SetPower(device_id=ID, on=False), (1, 0)),
    ],
)
def test_what_one_feature_is_asked(command: AnyCommand, sent: tuple[int, int]) -> None:
    assert asked(one("", 0, *STEPS, *SWITCH), command) == [sent]


@pytest.mark.parametrize(
    ("text", "on"), [("On", True), ("Off", False), ("Playing", True), ("", None)]
)
def test_on_and_off_among_the_keys(text: str, on: bool | None) -> None:
    device = room(one(text, 77, *SWITCH, VOLUME))
    assert (device.can_switch, device.power) == (True, on)
    # "On" says nothing of the sound.
    assert device.muted is None


def media(
    ref: int, name: str, text: str, kind: int, *pairs: Raw, value: float = 0
) -> Raw:
    raw = feature(ref, name, value=value, status=text, kind=(513, 32, kind), root=1)
    return raw | {"pairs": list(pairs)}


def system(*children: Raw, kind: tuple[int, int, int] = (512, 10, 0)) -> Inventory:
    controls = {raw["ref"]: raw.pop("pairs", []) for raw in children}
    root = feature(1, "Den", kind=kind, children=tuple(controls))
    return take([root, *children], controls)


def test_repeat_and_shuffle_are_the_players() -> None:
    inventory = system(
        media(2, "Control", "Playing", 3, *KEYS),
        media(3, "Shuffle", "Off", 5, pair("Shuffle Off", 0), pair("Shuffle On", 1)),
        media(
            4, "Repeat", "", 6, pair("Off", 0), pair("One", 1), pair("All", 2), value=2
        ),
    )
    device = room(inventory)
    assert (device.shuffle, device.can_shuffle) == (False, True)
    assert (device.repeat, device.repeats) == (
        Repeat.ALL,
        (Repeat.OFF, Repeat.ONE, Repeat.ALL),
    )
    assert asked(inventory, SetShuffle(device_id=ID, shuffle=True)) == [(3, 1)]
    assert asked(inventory, SetRepeat(device_id=ID, repeat=Repeat.ONE)) == [(4, 1)]
    with pytest.raises(HubCommandError):
        asked(inventory, SetRepeat(device_id=ID, repeat=Repeat.UNKNOWN))


def test_a_key_that_only_turns_the_sound_round() -> None:
    toggle = pair("Mute", 5, 30)
    for text, wanted, sent in (
        ("Muted", True, []),
        ("Muted", False, [(2, 5)]),
        ("Unmuted", True, [(2, 5)]),
    ):
        inventory = system(
            media(2, "Mute", text, 13, toggle), media(3, "Volume", "3", 4, VOLUME)
        )
        assert asked(inventory, SetMuted(device_id=ID, muted=wanted)) == sent
    unknown = system(
        media(2, "Mute", "", 13, toggle), media(3, "Volume", "3", 4, VOLUME)
    )
    assert room(unknown).muted is None
    with pytest.raises(HubCommandError):
        asked(unknown, SetMuted(device_id=ID, muted=True))


@pytest.mark.parametrize(
    ("text", "art"),
    [
        ("http://10.0.0.5:1400/getaa?u=1", "http://10.0.0.5:1400/getaa?u=1"),
        ("/images/sonos/cover.jpg", "/images/sonos/cover.jpg"),
        ("http://me:secret@10.0.0.5/cover.jpg", None),
        ("//evil/cover.jpg", None),
        ("file:///etc/passwd", None),
        ("No cover", None),
        ("/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_the_picture_of_what_plays(text: str, art: str | None) -> None:
    inventory = system(
        media(2, "Control", "Playing", 3, *KEYS), media(3, "Album Art", text, 14)
    )
    assert room(inventory).art == art


def worded(ref: int, name: str, text: str = "", *pairs: Raw, value: float = 0) -> Raw:
    raw = feature(ref, name, value=value, status=text, root=1)
    return raw | {"pairs": list(pairs)}


def test_a_receiver_whose_features_have_names_alone() -> None:
    inventory = system(
        worded(2, "Power", "Standby", *SWITCH),
        worded(3, "Volume", "-40 dB", pair("(value) dB", span=(-80, 0)), value=-40),
        worded(4, "Input", "TV", pair("TV", 1), pair("Game", 2), value=2),
        worded(5, "Mute", "Off", pair("Off", 0, 2), pair("On", 1, 1)),
        worded(6, "Artist", "Miles Davis"),
    )
    device = room(inventory)
    assert (device.power, device.volume, device.source_id) == (False, 0.5, "TV")
    assert (device.muted, device.artist) == (False, "Miles Davis")
    assert asked(inventory, SetPower(device_id=ID, on=True)) == [(2, 255)]
    assert asked(inventory, SetMuted(device_id=ID, muted=True)) == [(5, 1)]
    assert asked(inventory, SetVolume(device_id=ID, volume=0.25)) == [(3, -60)]
    # A text that only its name tells is there for itself, too.
    assert "ref-6" in inventory.devices


def zone(first: int, name: str) -> list[Raw]:
    return [
        media(first, f"{name} Volume", "20", 4, VOLUME, value=20),
        media(first + 1, f"{name} Mute", "Unmuted", 13, *MUTES),
        media(
            first + 2, f"{name} Source", "Radio", 20, pair("Radio", 1), pair("CD", 2)
        ),
        worded(first + 3, f"{name} Power", "On", *SWITCH),
    ]


def test_zones_of_one_controller() -> None:
    inventory = system(*zone(10, "Zone 1"), *zone(20, "Zone 2"), kind=(4, 999, 0))
    assert inventory.devices.keys() == {ID, "ref-20-player"}
    names = {device.name for device in inventory.devices.values()}
    assert names == {"Zone 1", "Zone 2"}
    second = SelectSource(device_id="ref-20-player", source_id="CD")
    assert asked(inventory, second) == [(22, 2)]
    off = SetPower(device_id="ref-20-player", on=False)
    assert asked(inventory, off) == [(23, 0)]


def test_features_of_a_player_without_a_root() -> None:
    names = ("Patio Volume", "Patio Mute", "Patio Source")
    kinds, pairs = (4, 13, 20), ([VOLUME], MUTES, [pair("Radio", 1), pair("CD", 2)])
    features = [
        feature(10 + place, name, kind=(32, kind, 0))
        for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    inventory = take(features, {10 + place: own for place, own in enumerate(pairs)})
    assert room(inventory, "ref-10-player").name == "Patio"
    assert len(inventory.devices) == 1


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        # A chime, a siren, and a keypad of a remote without a way to play.
        (feature(1, "Siren"), [*SWITCH, pair("Volume (value)", span=(1, 3))]),
        (feature(1, "Doorbell Volume"), [pair("Volume (value)", span=(0, 10))]),
        (feature(1, "TV Remote"), [*STEPS, pair("Power", 1), pair("HDMI 1", 2)]),
        (feature(1, "Scene"), [pair("Play", 1), pair("Halloween", 2)]),
        (feature(1, "Volume", kind=(32, 4, 0)), [VOLUME]),
        (feature(1, "Vacuum"), [pair("Pause", 1), pair("Resume", 2), pair("Dock", 3)]),
    ],
)
def test_what_is_not_enough_for_a_player(raw: Raw, pairs: list[Raw]) -> None:
    devices = take([raw], {1: pairs}).devices.values()
    assert not any(isinstance(device, MediaRoom) for device in devices)


def test_keys_by_their_labels_alone() -> None:
    labels = ("Abspielen", "Pause", "Stopp", "Nächster Titel")
    pairs = [pair(label, place) for place, label in enumerate(labels)]
    inventory = take([feature(1, "Radio Player", status="Wiedergabe")], {1: pairs})
    device = room(inventory)
    assert device.name == "Radio Player"
    assert device.playing is PlayState.PLAYING
    assert device.transport == {
        Transport.PLAY,
        Transport.PAUSE,
        Transport.STOP,
        Transport.NEXT,
    }


def test_keys_that_no_player_has_stay_where_they_are() -> None:
    pairs = [pair("Home", 1), pair("Play", 2, 5), pair("Left", 3), pair("Rewind", 4, 9)]
    inventory = take([feature(1, "Roku")], {1: pairs})
    assert room(inventory).transport == {Transport.PLAY}
    choice = inventory.devices["ref-1"]
    assert isinstance(choice, Choice)
    assert choice.options == ("Home", "Play", "Left", "Rewind")


def test_a_volume_between_nothing_and_one() -> None:
    span = pair("(value)", use=33, span=(0, 1), RangeStatusDecimals=2)
    inventory = system(
        media(2, "Volume", "35%", 4, span, value=0.35),
        media(3, "Control", "", 3, *KEYS),
    )
    assert room(inventory).volume == 0.35
    assert asked(inventory, SetVolume(device_id=ID, volume=0.5)) == [(2, 0.5)]
