"""What players show, take and refuse."""

from dataclasses import replace

from homeassistant.components.media_player import MediaPlayerEntityFeature
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
from custom_components.crestron_homeseer.house.devices import (
    PlayState,
    Source,
    Transport,
)
from custom_components.crestron_homeseer.house.kinds import Repeat

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, Start, player, refused, shown


@pytest.mark.parametrize(
    ("power", "playing", "seen"),
    [
        (True, None, "on"),
        (True, PlayState.UNKNOWN, "on"),
        (True, PlayState.PLAYING, "playing"),
        (True, PlayState.PAUSED, "paused"),
        (True, PlayState.STOPPED, "idle"),
        (True, PlayState.BUFFERING, "buffering"),
        (False, None, "off"),
        (False, PlayState.PLAYING, "off"),
        (None, None, STATE_UNKNOWN),
        (None, PlayState.PLAYING, "playing"),
        (None, PlayState.UNKNOWN, STATE_UNKNOWN),
    ],
)
async def test_what_a_player_does(
    hass: HomeAssistant,
    start: Start,
    power: bool | None,
    playing: PlayState | None,
    seen: str,
) -> None:
    await start(player(power=power, playing=playing))
    assert state(hass, "media_player.radio").state == seen


@pytest.mark.parametrize(
    ("key", "feature", "action"),
    [
        (Transport.PLAY, MediaPlayerEntityFeature.PLAY, "media_play"),
        (Transport.PAUSE, MediaPlayerEntityFeature.PAUSE, "media_pause"),
        (Transport.STOP, MediaPlayerEntityFeature.STOP, "media_stop"),
        (Transport.NEXT, MediaPlayerEntityFeature.NEXT_TRACK, "media_next_track"),
        (
            Transport.PREVIOUS,
            MediaPlayerEntityFeature.PREVIOUS_TRACK,
            "media_previous_track",
        ),
    ],
)
async def test_a_players_keys(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    key: Transport,
    feature: MediaPlayerEntityFeature,
    action: str,
) -> None:
    await start(player(transport=frozenset({key, Transport.UNKNOWN})))
    assert shown(hass, "media_player.radio", "supported_features") == feature
    await act(hass, "media_player", action, "media_player.radio")
    await act(hass, "media_player", action, "media_player.radio")
    assert hub.sent == [PressTransport(device_id="1", key=key)] * 2


async def test_a_player_that_cannot_be_switched(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(player())
    assert shown(hass, "media_player.radio", "supported_features") == 0
    with pytest.raises(HomeAssistantError):
        await act(hass, "media_player", "turn_off", "media_player.radio")
    assert hub.sent == []


async def test_what_plays(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(player(playing=PlayState.PLAYING, title="So What"))
    assert shown(hass, "media_player.radio", "media_title") == "So What"
    assert shown(hass, "media_player.radio", "media_content_type") is None
    hub.change("1", artist="Miles Davis", album="Kind of Blue")
    await advance(A_READ)
    assert shown(hass, "media_player.radio", "media_artist") == "Miles Davis"
    assert shown(hass, "media_player.radio", "media_album_name") == "Kind of Blue"
    assert shown(hass, "media_player.radio", "media_content_type") == "music"


async def test_sources_of_one_name_are_told_apart(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    sources = (
        Source(id="a", name="TV"),
        Source(id="b", name="TV"),
        Source(id="c", name="Radio"),
    )
    await start(player(sources=sources, source_id="b"))
    assert shown(hass, "media_player.radio", "source") == "TV (b)"
    assert shown(hass, "media_player.radio", "source_list") == [
        "TV (a)",
        "TV (b)",
        "Radio",
    ]
    await act(
        hass, "media_player", "select_source", "media_player.radio", source="Radio"
    )
    assert hub.sent == [SelectSource(device_id="1", source_id="c")]


async def test_repeat_and_shuffle(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    repeats = (Repeat.OFF, Repeat.ALL)
    await start(
        player(repeat=Repeat.OFF, repeats=repeats, shuffle=True, can_shuffle=True)
    )
    assert shown(hass, "media_player.radio", "repeat") == "off"
    assert shown(hass, "media_player.radio", "shuffle") is True
    media = "media_player", "media_player.radio"
    await act(hass, media[0], "repeat_set", media[1], repeat="all")
    await act(hass, media[0], "shuffle_set", media[1], shuffle=False)
    assert hub.sent == [
        SetRepeat(device_id="1", repeat=Repeat.ALL),
        SetShuffle(device_id="1", shuffle=False),
    ]
    assert shown(hass, "media_player.radio", "repeat") == "all"
    assert shown(hass, "media_player.radio", "shuffle") is False
    one = act(hass, media[0], "repeat_set", media[1], repeat="one")
    assert await refused(one) == "mode_not_there"


@pytest.mark.parametrize(("keys", "own"), [(True, True), (False, False)])
async def test_the_volume_in_steps(
    hass: HomeAssistant, hub: MemoryHub, start: Start, keys: bool, own: bool
) -> None:
    steps = frozenset({Transport.VOLUME_UP, Transport.VOLUME_DOWN})
    transport = steps if keys else frozenset()
    await start(player(volume=0.5, can_set_volume=True, transport=transport))
    for action in ("volume_up", "volume_down"):
        await act(hass, "media_player", action, "media_player.radio")
    kind = PressTransport if own else SetVolume
    assert [type(command) for command in hub.sent] == [kind, kind]


@pytest.mark.parametrize(
    ("art", "hub_url", "address"),
    [
        ("http://10.0.0.5/a.jpg?u=1", None, "http://10.0.0.5/a.jpg?u=1"),
        (
            "/images/a%20b.jpg",
            "http://10.0.0.9:8080",
            "http://10.0.0.9:8080/images/a%20b.jpg",
        ),
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
    entity = hass.data["entity_components"]["media_player"].get_entity(
        "media_player.radio"
    )
    assert entity.media_image_url == address
    # Nobody's browser is told where the picture is.
    picture = shown(hass, "media_player.radio", "entity_picture")
    assert (picture is None) is (address is None)
    assert "10.0.0" not in str(picture)
