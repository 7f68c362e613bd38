"""Media rooms of a processor."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.crestron_homeseer.crestron import media
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom

from .common import Advance, Alongside, act, state

pytestmark = pytest.mark.usefixtures("loaded")

ROOM = "media_player.living_room"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look sooner at what a room does that was switched on."""
    monkeypatch.setattr(media, "READ_EVERY", 0.05)


async def test_a_media_room(
    hass: HomeAssistant, house: House, advance: Advance, alongside: Alongside
) -> None:
    room = house.find("Living Room", MediaRoom)
    source = next(iter(room.sources.values()))
    await act(hass, "media_player", "select_source", ROOM, source=source)
    await advance(10)
    assert state(hass, ROOM).state == "on"
    assert state(hass, ROOM).attributes["source"] == source
    await act(hass, "media_player", "volume_mute", ROOM, is_volume_muted=True)
    await advance(10)
    assert state(hass, ROOM).attributes["is_volume_muted"] is True
    await act(hass, "media_player", "turn_off", ROOM)
    await advance(10)
    assert state(hass, ROOM).state == "off"
    # It forgot its source, and gets it back.
    assert room.source is None
    await alongside(act(hass, "media_player", "turn_on", ROOM))
    await advance(10)
    assert state(hass, ROOM).state == "on"
    assert state(hass, ROOM).attributes["source"] == source


@pytest.mark.parametrize("written", ["raw", "percent"])
async def test_the_volume_is_right_however_the_processor_counts(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
    alongside: Alongside,
    written: str,
) -> None:
    processor.change(volume_write=written)
    room = house.find("Living Room", MediaRoom)
    room.power = True
    await advance(12)
    for volume in (0.45, 0.2):
        await alongside(
            act(hass, "media_player", "volume_set", ROOM, volume_level=volume)
        )
        await advance(1)
        assert room.volume == pytest.approx(volume, abs=0.006)
        await advance(15)
        assert state(hass, ROOM).attributes["volume_level"] == pytest.approx(
            volume, abs=0.006
        )


async def test_a_room_without_volume_offers_none(
    hass: HomeAssistant, house: House
) -> None:
    without = [
        item.name
        for item in hass.states.async_all("media_player")
        if not item.attributes["supported_features"] & 4
    ]
    named = [
        room.name for room in house.of(MediaRoom) if room.volume_controls == ("none",)
    ]
    assert without == named
    assert len(named) == 1


async def test_a_source_that_is_not_there_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "media_player", "select_source", ROOM, source="Gramophone")
    assert caught.value.translation_key == "no_such_source"
