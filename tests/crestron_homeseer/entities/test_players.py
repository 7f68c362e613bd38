"""What players show, take and refuse."""

from dataclasses import replace
from typing import Any

from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.crestron_homeseer.house.commands import (
    SelectSource,
    SetRepeat,
    SetShuffle,
    SetVolume,
)
from custom_components.crestron_homeseer.house.controls import PressTransport
from custom_components.crestron_homeseer.house.devices import Source
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import PlayState, Repeat, Transport

from ..common import act, state
from ..memory import MemoryHub
from .common import Start, asking, player, refused, several, shown

RADIO = "media_player.radio"
STEPS = frozenset({Transport.VOLUME_UP, Transport.VOLUME_DOWN})
LEVEL = {"volume": 0.5, "can_set_volume": True}
SOURCES = tuple(
    Source(id=key, name=name)
    for key, name in zip("abc", ("TV", "TV", "Radio"), strict=True)
)
REPEATS = {"repeat": Repeat.OFF, "repeats": (Repeat.OFF, Repeat.ALL)}
SHUFFLES = {"shuffle": True, "can_shuffle": True}


def press(key: Transport, device_id: str = "1") -> PressTransport:
    return PressTransport(device_id=device_id, key=key)


def plays(
    power: bool | None, playing: PlayState | None, name: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"power": power, "playing": playing}, {"state": name}


SHOWN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    plays(True, None, "on"),
    plays(True, PlayState.UNKNOWN, "on"),
    plays(True, PlayState.PLAYING, "playing"),
    plays(True, PlayState.PAUSED, "paused"),
    plays(True, PlayState.STOPPED, "idle"),
    plays(True, PlayState.BUFFERING, "buffering"),
    plays(False, None, "off"),
    plays(False, PlayState.PLAYING, "off"),
    plays(None, None, STATE_UNKNOWN),
    plays(None, PlayState.PLAYING, "playing"),
    plays(None, PlayState.UNKNOWN, STATE_UNKNOWN),
    ({}, {"supported_features": 0}),
    ({"transport": frozenset({Transport.UNKNOWN})}, {"supported_features": 0}),
    ({"transport": STEPS}, {"supported_features": Feature.VOLUME_STEP}),
    ({"title": "So What"}, {"media_title": "So What", "media_content_type": None}),
    ({"artist": "Davis"}, {"media_artist": "Davis", "media_content_type": "music"}),
    ({"album": "Blue"}, {"media_album_name": "Blue", "media_content_type": "music"}),
    # Sources of one name are kept apart.
    (
        {"sources": SOURCES, "source_id": "b"},
        {"source": "TV (b)", "source_list": ["TV (a)", "TV (b)", "Radio"]},
    ),
    (REPEATS, {"repeat": "off", "supported_features": Feature.REPEAT_SET}),
    (SHUFFLES, {"shuffle": True, "supported_features": Feature.SHUFFLE_SET}),
]


async def test_what_is_shown(hass: HomeAssistant, start: Start) -> None:
    await start(*several(player, (facts for facts, _ in SHOWN)))
    for number, (facts, expected) in enumerate(SHOWN):
        radio = state(hass, f"{RADIO}_{number}")
        found = {name: radio.attributes.get(name) for name in expected}
        if "state" in expected:
            found["state"] = radio.state
        assert (facts, found) == (facts, expected)


KEYS = {
    Transport.PLAY: "play",
    Transport.PAUSE: "pause",
    Transport.STOP: "stop",
    Transport.NEXT: "next_track",
    Transport.PREVIOUS: "previous_track",
}


async def test_each_key_is_pressed_as_often_as_asked(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(*several(player, ({"transport": frozenset({key})} for key in KEYS)))
    for number, name in enumerate(KEYS.values()):
        radio = f"{RADIO}_{number}"
        assert shown(hass, radio, "supported_features") == Feature[name.upper()]
        for _ in range(2):
            await act(hass, "media_player", f"media_{name}", radio)
    pressed = [press(key, f"{number}") for number, key in enumerate(KEYS)]
    assert hub.sent == [each for each in pressed for _ in range(2)]


BOTH = LEVEL | {"transport": STEPS}
ALL = SetRepeat(device_id="1", repeat=Repeat.ALL)
ACTIONS: list[tuple[dict[str, Any], str, AnyCommand | str]] = [
    (
        {"sources": SOURCES},
        "select_source source=Radio",
        SelectSource(device_id="1", source_id="c"),
    ),
    (REPEATS, "repeat_set repeat=all", ALL),
    (REPEATS, "repeat_set repeat=one", "mode_not_there"),
    (SHUFFLES, "shuffle_set shuffle=off", SetShuffle(device_id="1", shuffle=False)),
    # By the player's own steps, where it has both.
    (BOTH, "volume_up", press(Transport.VOLUME_UP)),
    (BOTH, "volume_down", press(Transport.VOLUME_DOWN)),
    (LEVEL, "volume_up", SetVolume(device_id="1", volume=0.6)),
    (LEVEL, "volume_down", SetVolume(device_id="1", volume=0.4)),
]


async def test_what_actions_send(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(*several(player, (facts for facts, *_ in ACTIONS)))
    for number, (_, text, expected) in enumerate(ACTIONS):
        radio = f"{RADIO}_{number}"
        action, data = asking(text)
        doing = act(hass, "media_player", action, radio, **data)
        hub.sent.clear()
        if isinstance(expected, str):
            assert await refused(doing) == expected
            assert hub.sent == []
            continue
        await doing
        assert hub.sent == [replace(expected, device_id=str(number))]
        # It is shown at once.
        for name in data.keys() & {"repeat", "source"}:
            assert shown(hass, radio, name) == data[name]


async def test_a_player_that_cannot_be_switched(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(player())
    with pytest.raises(HomeAssistantError):
        await act(hass, "media_player", "turn_off", RADIO)
    assert hub.sent == []


@pytest.mark.parametrize(
    ("art", "hub_url", "address"),
    [
        ("http://10.0.0.5/a.jpg?u=1", None, "http://10.0.0.5/a.jpg?u=1"),
        ("/a%20b.jpg", "http://10.0.0.9:8080", "http://10.0.0.9:8080/a%20b.jpg"),
        ("/images/a.jpg", None, None),
        (None, "http://10.0.0.9", None),
    ],
)
async def test_the_picture_is_served_by_home_assistant(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    art: str | None,
    hub_url: str | None,
    address: str | None,
) -> None:
    hub.house = replace(hub.house, info=replace(hub.house.info, url=hub_url))
    await start(player(playing=PlayState.PLAYING, art=art))
    entity = hass.data["entity_components"]["media_player"].get_entity(RADIO)
    assert entity.media_image_url == address
    # No browser learns where the picture is.
    picture = shown(hass, RADIO, "entity_picture")
    assert (picture is None) is (address is None)
    assert "10.0.0" not in str(picture)
