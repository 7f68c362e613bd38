"""Players of many makers: what makes one, how it is read and controlled."""

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
from custom_components.crestron_homeseer.house.controls import PressTransport
from custom_components.crestron_homeseer.house.devices import MediaRoom
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import PlayState, Repeat, Transport

from .families import facts, family, pairs, part, sent
from .raw import Raw, feature, pair, take

ID = "ref-1-player"
PLAYING, PAUSED, STOPPED = PlayState.PLAYING, PlayState.PAUSED, PlayState.STOPPED
VOLUME = "Volume (value)%=0..100"
KEYS = "Play=1001/5; Pause=1002/6; Stop=1003/7"
MUTES = "Mute=1010/28; Unmute=1011/29"
STEPS = "Volume Up=1020; Volume Down=1021"
SWITCH = "Off=0/2; On=255/1"
ALL = f"{KEYS}; {MUTES}; Next Track=1030; Prev=1031; {VOLUME}"


def one(
    controls: str = ALL, text: str = "", value: float = 0, **more: Any
) -> Inventory:
    """Return a system whose one feature has all the controls of a player."""
    raw = feature(1, "Kitchen Sonos", value=value, status=text, **more)
    return take([raw], {1: pairs(controls)})


@pytest.mark.parametrize(
    ("text", "value", "playing", "volume", "muted", "power"),
    [
        ("Playing", 1001, PLAYING, None, None, None),
        ("Playing: So What", 1001, PLAYING, None, None, None),
        ("Paused", 1002, PAUSED, None, None, None),
        ("Pausiert", 7, PAUSED, 0.07, None, None),
        ("35%", 35, None, 0.35, None, None),
        ("", 35, None, 0.35, None, None),
        ("", 1001, PLAYING, None, None, None),
        ("", 1003, STOPPED, None, None, None),
        ("", 1030, None, None, None, None),
        ("Mute", 1010, None, None, True, None),
        ("Unmute", 1011, None, None, False, None),
        ("Not playing", 1003, STOPPED, None, None, None),
        ("Arrêté", -1, STOPPED, None, None, None),
        ("Buffering", 1001, PlayState.BUFFERING, None, None, None),
        ("Off", -1, None, None, None, False),
        ("Standby", -1, STOPPED, None, None, False),
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
    expected = {"playing": playing, "volume": volume, "muted": muted, "power": power}
    able = {"can_set_volume": True, "can_mute": True, "can_switch": False}
    assert facts(one(text=text, value=value), ID, expected | able) == expected | able


@pytest.mark.parametrize(
    ("text", "value", "power"),
    [
        ("On", 77, True),
        ("Off", 77, False),
        ("Playing", 77, True),
        ("", 77, None),
        ("", 255, True),
        ("", 0, False),
    ],
)
def test_on_and_off_among_the_keys(text: str, value: float, power: bool | None) -> None:
    # "On" means nothing for the sound.
    expected = {"can_switch": True, "power": power, "muted": None}
    assert facts(one(f"{ALL}; {SWITCH}", text, value), ID, expected) == expected


def media(
    ref: int, name: str, text: str, kind: int, controls: str = "", value: float = 0
) -> Raw:
    return part(ref, name, text, value, controls, (513, 32, kind))


CONTROL = media(2, "Control", "Playing", 3, KEYS)
SHUFFLE = media(3, "Shuffle", "Off", 5, "Shuffle Off; Shuffle On")
REPEAT = media(4, "Repeat", "", 6, "Off; One; All", 2)
TOGGLE = "Mute=5/30"
RECEIVER = [
    part(2, "Power", "Standby", 0, SWITCH),
    part(3, "Volume", "-40 dB", -40, "(value) dB=-80..0"),
    part(4, "Input", "TV", 2, "TV=1; Game=2"),
    part(5, "Mute", "Off", 0, SWITCH),
    part(6, "Artist", "Miles Davis"),
]


TYPED = [media(2, "Control", "Paused", 3, KEYS)]
# What is shown is read; what is not known is None.
QUIET = [
    media(2, "Status", "Dreaming", 1),
    media(3, "Volume", "", 4, VOLUME) | {"value": None},
    media(4, "Mute", "", 13, MUTES) | {"value": None},
    media(5, "Source", "", 20, "Radio=1; CD=2", 9),
]


def toggled(text: str) -> list[Raw]:
    return [media(2, "Mute", text, 13, TOGGLE), media(3, "Volume", "3", 4, VOLUME)]


FINE = pair("(value)", use=33, span=(0, 1), RangeStatusDecimals=2)
FRACTION = [
    media(2, "Volume", "35%", 4, value=0.35) | {"pairs": [FINE]},
    CONTROL | {"ref": 3},
]
LISTED = [
    *RECEIVER[:2],
    media(9, "Source", "CD", 20)
    | {"pairs": [pair("", 4, index=7) | {"ControlStringList": ["Radio", "CD"]}]},
]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            [CONTROL, SHUFFLE, REPEAT],
            {"shuffle": False, "can_shuffle": True, "repeat": Repeat.ALL}
            | {"repeats": (Repeat.OFF, Repeat.ONE, Repeat.ALL)},
        ),
        (
            RECEIVER,
            {"power": False, "volume": 0.5, "source_id": "TV", "muted": False}
            | {"artist": "Miles Davis", "title": None},
        ),
        (toggled(""), {"muted": None, "can_mute": True}),
        # Where there is nothing else to choose, nothing is offered.
        (
            [CONTROL, media(4, "Repeat", "", 6, "All; Playlist")],
            {"repeats": (), "can_shuffle": False},
        ),
        (FRACTION, {"volume": 0.35}),
        # The value of a key is no volume, but where its text is one.
        (
            [CONTROL, media(3, "Volume", "10%", 4, f"Low=10; {VOLUME}", 10)],
            {"volume": 0.1},
        ),
        (
            [CONTROL, media(3, "Volume", "Low", 4, f"Low=10; {VOLUME}", 10)],
            {"volume": None},
        ),
        (QUIET, dict.fromkeys(("volume", "muted", "playing", "source_id", "power"))),
        ([media(7, "Status", "", 1), *TYPED], {"playing": PAUSED}),
        (
            [CONTROL, part(9, "Power", "", 255, SWITCH)],
            {"can_switch": True, "power": True},
        ),
        (LISTED, {"source_id": "CD"}),
        ([CONTROL, media(3, "Track", "So What", 10)], {"title": "So What"}),
    ],
)
def test_readings(parts: list[Raw], expected: dict[str, Any]) -> None:
    assert facts(family(*parts, root=(512, 10, 0)), ID, expected) == expected


@pytest.mark.parametrize("modern", [True, False])
def test_a_player_by_its_types(modern: bool) -> None:
    own = {1: "Playing", 3: "", 4: "25", 10: "So What", 13: "Unmuted", 20: "CD"}
    controls = {3: KEYS, 4: VOLUME, 13: MUTES, 20: "Radio=1; CD=2"}
    parts = [
        part(
            10 + n,
            f"Part {n}",
            text,
            25,
            controls.get(n, ""),
            (513, 32, n) if modern else (32, n, 0),
        )
        for n, text in own.items()
    ]
    inventory = family(*parts, root=(512, 10, 0) if modern else (32, 99, 0))
    expected = {"name": "Den", "playing": PLAYING, "volume": 0.25, "muted": False}
    expected |= {"title": "So What", "source_id": "CD", "can_switch": False}
    expected |= {"transport": {Transport.PLAY, Transport.PAUSE, Transport.STOP}}
    assert facts(inventory, ID, expected) == expected
    assert inventory.devices.keys() == {ID}


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("http://10.0.0.5:1400/getaa?u=1", True),
        ("/images/sonos/cover.jpg", True),
        ("http://me:secret@10.0.0.5/cover.jpg", False),
        ("//evil/cover.jpg", False),
        ("file:///etc/passwd", False),
        ("No cover", False),
        ("/" + "a" * 3000, False),
        ("", False),
    ],
)
def test_the_picture_of_what_plays(text: str, served: bool) -> None:
    inventory = family(CONTROL, media(3, "Album Art", text, 14))
    assert facts(inventory, ID, ["art"]) == {"art": text if served else None}


def mute(muted: bool) -> SetMuted:
    return SetMuted(device_id=ID, muted=muted)


def press(key: Transport) -> PressTransport:
    return PressTransport(device_id=ID, key=key)


EVERYTHING = f"{ALL}; {STEPS}; {SWITCH}"


@pytest.mark.parametrize(
    ("inventory", "command", "expected"),
    [
        (one(EVERYTHING), SetVolume(device_id=ID, volume=0.4), (1, 40)),
        (one(EVERYTHING), mute(True), (1, 1010)),
        (one(EVERYTHING), mute(False), (1, 1011)),
        (one(EVERYTHING), press(Transport.NEXT), (1, 1030)),
        (one(EVERYTHING), press(Transport.PREVIOUS), (1, 1031)),
        (one(EVERYTHING), press(Transport.VOLUME_UP), (1, 1020)),
        (one(EVERYTHING), SetPower(device_id=ID, on=False), (1, 0)),
        (one(), SetPower(device_id=ID, on=False), None),
        # Among keys "On" is the player's.
        (one("Play=1/5; On=2; Off=3; Mute=4; Unmute=5"), mute(True), (1, 4)),
        (one(), press(Transport.VOLUME_UP), None),
        (family(CONTROL, SHUFFLE), SetShuffle(device_id=ID, shuffle=True), (3, 1)),
        (family(CONTROL, REPEAT), SetRepeat(device_id=ID, repeat=Repeat.ONE), (4, 1)),
        (family(CONTROL, REPEAT), SetRepeat(device_id=ID, repeat=Repeat.UNKNOWN), None),
        (family(CONTROL), SetShuffle(device_id=ID, shuffle=True), None),
        (
            family(*RECEIVER, root=(512, 10, 0)),
            SetPower(device_id=ID, on=True),
            (2, 255),
        ),
        (family(*RECEIVER, root=(512, 10, 0)), mute(True), (5, 255)),
        (
            family(*RECEIVER, root=(512, 10, 0)),
            SetVolume(device_id=ID, volume=0.25),
            (3, -60),
        ),
        (family(*FRACTION), SetVolume(device_id=ID, volume=0.5), (2, 0.5)),
        (family(*LISTED), SelectSource(device_id=ID, source_id="Radio"), (9, "Radio")),
        (family(*LISTED), SelectSource(device_id=ID, source_id="TV"), None),
        # A key that only toggles is pressed where the sound is known to be otherwise.
        (family(*toggled("Muted")), mute(True), ()),
        (family(*toggled("Muted")), mute(False), (2, 5)),
        (family(*toggled("Unmuted")), mute(True), (2, 5)),
        (family(*toggled("")), mute(True), None),
        (
            family(
                media(2, "Volume", "", 4, f"+=1; -=2; {VOLUME}"), CONTROL | {"ref": 3}
            ),
            press(Transport.VOLUME_DOWN),
            (2, 2),
        ),
    ],
)
def test_commands(
    inventory: Inventory, command: AnyCommand, expected: tuple[int, object] | None
) -> None:
    found = sent(inventory, command)
    assert found == ([expected] if expected else expected if expected is None else [])


@pytest.mark.parametrize(
    ("name", "controls", "transport"),
    [
        ("Kitchen", "Abspielen; Pause; Stopp; Nächster Titel", "play pause stop next"),
        ("Kitchen", "Play; Stop; Next", "play stop next"),
        # A chime, a siren, and a keypad of a remote without a way to play.
        ("Siren", f"{SWITCH}; Volume (value)=1..3", None),
        ("Doorbell Volume", VOLUME, None),
        ("TV Remote", f"{STEPS}; Power=1; HDMI 1=2", None),
        ("Scene", "Play; Halloween", None),
        ("Vacuum", "Pause; Resume; Dock", None),
    ],
)
def test_keys_by_their_labels_alone(
    name: str, controls: str, transport: str | None
) -> None:
    inventory = take([feature(1, name)], {1: pairs(controls)})
    device = inventory.devices.get(ID)
    found = device.transport if isinstance(device, MediaRoom) else None
    assert found == (None if transport is None else set(transport.split()))


def test_what_only_has_a_volume_is_no_player() -> None:
    inventory = take([feature(1, "Volume", kind=(32, 4, 0))], {1: pairs(VOLUME)})
    assert inventory.devices.keys() == {"ref-1"}


def test_keys_that_no_player_has_stay_where_they_are() -> None:
    inventory = one("Home=1; Play=2/5; Left=3; Rewind=4/9")
    assert facts(inventory, ID, ["transport"]) == {"transport": {Transport.PLAY}}
    options = {"options": ("Home", "Play", "Left", "Rewind")}
    assert facts(inventory, "ref-1", options) == options


def test_a_text_that_only_its_name_explains_is_there_for_itself() -> None:
    inventory = family(*RECEIVER, root=(512, 10, 0))
    assert inventory.devices.keys() == {ID, "ref-6"}
