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
EVERYTHING = f"{ALL}; {STEPS}; {SWITCH}"


def one(text: str = "", value: float = 0, controls: str = ALL) -> Inventory:
    """Return a system whose one feature has all the controls of a player."""
    raw = feature(1, "Kitchen Sonos", value=value, status=text)
    return take([raw], {1: pairs(controls)})


def media(
    ref: int, name: str, text: str, kind: int, controls: str = "", value: float = 0
) -> Raw:
    return part(ref, name, text, value, controls, (513, 32, kind))


def under(*parts: Raw) -> Inventory:
    return family(*parts, root=(512, 10, 0))


def typed(modern: bool) -> Inventory:
    """Return a player whose features have types, of HomeSeer 4 or 3."""
    own = {1: "Playing", 3: "", 4: "25", 10: "So What", 13: "Unmuted", 20: "CD"}
    controls = {3: KEYS, 4: VOLUME, 13: MUTES, 20: "Radio=1; CD=2"}
    parts = [media(9 + n, f"N{n}", own[n], n, controls.get(n, ""), 25) for n in own]
    if modern:
        return under(*parts)
    old = {"Device_API": 32, "Device_SubType": 0}
    legacy = [
        each | {"device_type": old | {"Device_Type": n}}
        for n, each in zip(own, parts, strict=True)
    ]
    return family(*legacy, root=(32, 99, 0))


CONTROL = media(2, "Control", "Playing", 3, KEYS)
SHUFFLE = media(3, "Shuffle", "Off", 5, "Shuffle Off; Shuffle On")
REPEAT = media(4, "Repeat", "", 6, "Off; One; All", 2)
RECEIVER = under(
    part(2, "Power", "Standby", 0, SWITCH),
    part(3, "Volume", "-40 dB", -40, "(value) dB=-80..0"),
    part(4, "Input", "TV", 2, "TV=1; Game=2"),
    part(5, "Mute", "Off", 0, SWITCH),
    part(6, "Artist", "Miles Davis"),
)
# What is shown is read; what is not known is None.
QUIET = under(
    media(2, "Status", "Dreaming", 1),
    media(3, "Volume", "", 4, VOLUME) | {"value": None},
    media(4, "Mute", "", 13, MUTES) | {"value": None},
    media(5, "Source", "", 20, "Radio=1; CD=2", 9),
)
FINE = pair("(value)", use=33, span=(0, 1), RangeStatusDecimals=2)
FRACTION = under(
    media(2, "Volume", "35%", 4, value=0.35) | {"pairs": [FINE]}, CONTROL | {"ref": 3}
)
LIST = pair("", 4, index=7) | {"ControlStringList": ["Radio", "CD"]}
LISTED = under(CONTROL, media(9, "Source", "CD", 20) | {"pairs": [LIST]})
TYPED = {"name": "Den", "playing": PLAYING, "volume": 0.25, "muted": False}
TYPED |= {"title": "So What", "source_id": "CD", "can_switch": False}
TYPED |= {"transport": {Transport.PLAY, Transport.PAUSE, Transport.STOP}}
NOTHING = dict.fromkeys(("playing", "volume", "muted", "power"))
ABLE = {"can_set_volume": True, "can_mute": True, "can_switch": False}


def toggled(text: str) -> Inventory:
    mute = media(2, "Mute", text, 13, "Mute=5/30")
    return under(mute, media(3, "Volume", "3", 4, VOLUME))


def low(text: str) -> Inventory:
    """Return a player whose volume has a key at a value of its range."""
    return under(CONTROL, media(3, "Volume", text, 4, f"Low=10; {VOLUME}", 10))


@pytest.mark.parametrize(
    ("inventory", "expected"),
    [
        (one("Playing: So What", 1001), NOTHING | ABLE | {"playing": PLAYING}),
        (one("Pausiert", 7), NOTHING | {"playing": PAUSED, "volume": 0.07}),
        (one("", 35), NOTHING | {"volume": 0.35}),
        (one("", 1003), NOTHING | {"playing": STOPPED}),
        (one("", 1030), NOTHING),
        (one("Mute", 1010), NOTHING | {"muted": True}),
        (one("Arrêté", -1), NOTHING | {"playing": STOPPED}),
        (one("Off", -1), NOTHING | {"power": False}),
        (one("Standby", -1), NOTHING | {"playing": STOPPED, "power": False}),
        (one("Thinking", 1001), NOTHING),
        # Among keys "On" means nothing for the sound.
        (one("On", 77, EVERYTHING), {"can_switch": True, "power": True, "muted": None}),
        (one("Off", 77, EVERYTHING), {"power": False, "muted": None}),
        (one("Playing", 77, EVERYTHING), {"power": True}),
        (one("", 77, EVERYTHING), {"power": None}),
        (one("", 255, EVERYTHING), {"power": True, "muted": None}),
        (
            under(CONTROL, SHUFFLE, REPEAT),
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
            under(CONTROL, media(4, "Repeat", "", 6, "All; Playlist")),
            {"repeats": (), "can_shuffle": False},
        ),
        (FRACTION, {"volume": 0.35}),
        # The value of a key is no volume, but where its text is one.
        (low("10%"), {"volume": 0.1}),
        (low("Low"), {"volume": None}),
        (QUIET, dict.fromkeys(("volume", "muted", "playing", "source_id", "power"))),
        (
            under(media(7, "Status", "", 1), CONTROL | {"status": "Paused"}),
            {"playing": PAUSED},
        ),
        (
            under(CONTROL, part(9, "Power", "", 255, SWITCH)),
            {"can_switch": True, "power": True},
        ),
        (LISTED, {"source_id": "CD"}),
        (typed(True), TYPED),
        (typed(False), TYPED),
    ],
)
def test_readings(inventory: Inventory, expected: dict[str, Any]) -> None:
    assert facts(inventory, ID, expected) == expected


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
    ],
)
def test_the_picture_of_what_plays(text: str, served: bool) -> None:
    inventory = family(CONTROL, media(3, "Album Art", text, 14))
    assert facts(inventory, ID, ["art"]) == {"art": text if served else None}


def mute(muted: bool) -> SetMuted:
    return SetMuted(device_id=ID, muted=muted)


def press(key: Transport) -> PressTransport:
    return PressTransport(device_id=ID, key=key)


@pytest.mark.parametrize(
    ("inventory", "command", "expected"),
    [
        (one(controls=EVERYTHING), SetVolume(device_id=ID, volume=0.4), (1, 40)),
        (one(controls=EVERYTHING), mute(True), (1, 1010)),
        (one(controls=EVERYTHING), press(Transport.NEXT), (1, 1030)),
        (one(controls=EVERYTHING), SetPower(device_id=ID, on=False), (1, 0)),
        (one(), SetPower(device_id=ID, on=False), None),
        # Among keys "On" is the player's.
        (one(controls="Play=1/5; On=2; Off=3; Mute=4; Unmute=5"), mute(True), (1, 4)),
        (one(), press(Transport.VOLUME_UP), None),
        (family(CONTROL, SHUFFLE), SetShuffle(device_id=ID, shuffle=True), (3, 1)),
        (family(CONTROL, REPEAT), SetRepeat(device_id=ID, repeat=Repeat.ONE), (4, 1)),
        (family(CONTROL, REPEAT), SetRepeat(device_id=ID, repeat=Repeat.UNKNOWN), None),
        (family(CONTROL), SetShuffle(device_id=ID, shuffle=True), None),
        (RECEIVER, SetPower(device_id=ID, on=True), (2, 255)),
        (RECEIVER, mute(True), (5, 255)),
        (RECEIVER, SetVolume(device_id=ID, volume=0.25), (3, -60)),
        (FRACTION, SetVolume(device_id=ID, volume=0.5), (2, 0.5)),
        (LISTED, SelectSource(device_id=ID, source_id="Radio"), (9, "Radio")),
        (LISTED, SelectSource(device_id=ID, source_id="TV"), None),
        # A key that only toggles is pressed where the sound is known to be otherwise.
        (toggled("Muted"), mute(True), ()),
        (toggled("Muted"), mute(False), (2, 5)),
        (toggled("Unmuted"), mute(True), (2, 5)),
        (toggled(""), mute(True), None),
        (
            under(media(9, "Volume", "", 4, f"+=1; -=2; {VOLUME}"), CONTROL),
            press(Transport.VOLUME_DOWN),
            (9, 2),
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


def test_keys_that_no_player_has_stay_where_they_are() -> None:
    inventory = one(controls="Home=1; Play=2/5; Left=3; Rewind=4/9")
    assert facts(inventory, ID, ["transport"]) == {"transport": {Transport.PLAY}}
    options = {"options": ("Home", "Play", "Left", "Rewind")}
    assert facts(inventory, "ref-1", options) == options


def test_a_text_that_only_its_name_explains_is_there_for_itself() -> None:
    assert RECEIVER.devices.keys() == {ID, "ref-6"}


def test_what_only_has_a_volume_is_no_player() -> None:
    assert family(media(2, "Volume", "", 4, VOLUME)).devices.keys() == {"ref-2"}
