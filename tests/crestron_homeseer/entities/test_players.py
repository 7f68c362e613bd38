"""What players show, take and refuse."""

from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.crestron_homeseer.house.commands import (
    PressTransport,
    SelectSource,
)
from custom_components.crestron_homeseer.house.devices import (
    PlayState,
    Source,
    Transport,
)

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, Start, player, shown


@pytest.mark.parametrize(
    ("power", "playing", "seen"),
    [
        (True, None, "on"),
        (True, PlayState.UNKNOWN, "on"),
        (True, PlayState.PLAYING, "playing"),
        (True, PlayState.PAUSED, "paused"),
        (True, PlayState.STOPPED, "idle"),
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
