"""What players show, take and refuse."""

from dataclasses import replace
from typing import Any

from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
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

from ..common import act
from ..memory import MemoryHub
from .common import Sent, Shown, Start, player, shown

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


KEYS = {
    Transport.PLAY: "play",
    Transport.PAUSE: "pause",
    Transport.STOP: "stop",
    Transport.NEXT: "next_track",
    Transport.PREVIOUS: "previous_track",
}
LOOKS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    *(
        ({"transport": frozenset({key})}, {"supported_features": Feature[name.upper()]})
        for key, name in KEYS.items()
    ),
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
SHOWN: Shown = [(player(**facts), expected) for facts, expected in LOOKS]


async def test_each_key_is_pressed_as_often_as_asked(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(player(transport=frozenset(KEYS)))
    for key, name in KEYS.items():
        for _ in range(2):
            await act(hass, "media_player", f"media_{name}", RADIO)
        assert hub.sent == [press(key)] * 2
        hub.sent.clear()


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
    (SHUFFLES, "shuffle_set shuffle=false", SetShuffle(device_id="1", shuffle=False)),
    # By the player's own steps, where it has both.
    (BOTH, "volume_up", press(Transport.VOLUME_UP)),
    (BOTH, "volume_down", press(Transport.VOLUME_DOWN)),
    (LEVEL, "volume_up", SetVolume(device_id="1", volume=0.6)),
    (LEVEL, "volume_down", SetVolume(device_id="1", volume=0.4)),
    ({"sources": SOURCES}, "select_source source=Gramophone", "no_such_source"),
    ({}, "turn_off", ""),
]
SENT: Sent = [
    (player(**facts), f"media_player.{text}", expected)
    for facts, text, expected in ACTIONS
]


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
