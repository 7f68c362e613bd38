"""What the processor says → media rooms and alarm systems."""

import pytest

from custom_components.crestron_homeseer.house.devices import Source
from custom_components.crestron_homeseer.house.kinds import AlarmState

from .captured import MEDIA, SECURITY, one
from .common import Json

# Media rooms


@pytest.mark.parametrize(
    ("source", "source_id"),
    [(53017, "53017"), ("53017", "53017"), (0, None), ("0", None), (None, None)],
)
def test_source_0_is_none(source: object, source_id: str | None) -> None:
    assert one("mediaroom", MEDIA | {"currentSourceId": source}).source_id == source_id


@pytest.mark.parametrize(
    ("providers", "sources"),
    [
        (["Sonos", None, " Apple TV ", ""], {"1": "Sonos", "3": "Apple TV"}),
        ([], {}),
        ("Sonos", {}),
        (None, {}),
    ],
)
@pytest.mark.parametrize(
    ("provider", "source_id"),
    [("Apple TV", "3"), (3, "3"), ("3", "3"), (53017, "53017"), (0, None)],
)
def test_the_sources_of_older_firmware_are_counted(
    providers: object, sources: dict[str, str], provider: object, source_id: str | None
) -> None:
    raw = {
        "id": 5,
        "currentProviderId": provider,
        "availableProviders": providers,
        "currentMuteState": "Unmuted",
        "currentPowerState": "Off",
    }
    room = one("mediaroom", raw)
    assert room.sources == tuple(Source(id=key, name=sources[key]) for key in sources)
    known = source_id if sources or provider != "Apple TV" else None
    assert (room.source_id, room.power, room.muted) == (known, False, False)


@pytest.mark.parametrize(
    ("item", "source"),
    [
        ({"id": 7, "sourceName": "Sonos"}, Source(id="7", name="Sonos")),
        ({"id": "7", "name": "Sonos"}, Source(id="7", name="Sonos")),
        ({"id": 7, "sourceName": None}, Source(id="7", name="Source 7")),
    ],
)
def test_sources(item: Json, source: Source) -> None:
    room = one("mediaroom", MEDIA | {"availableSources": [None, {}, "Radio", item]})
    assert room.sources == (Source(id="3", name="Radio"), source)


NOTHING = {
    "availableSources": [],
    "availableVolumeControls": ["none"],
    "availableMuteControls": ["none"],
}


@pytest.mark.parametrize(
    ("sent", "hidden"),
    [
        (NOTHING, True),
        (NOTHING | {"availableProviders": ["Radio"]}, False),
        (NOTHING | {"availableMuteControls": ["toggle"]}, False),
        (NOTHING | {"availableVolumeControls": ["discrete"]}, False),
    ],
)
def test_a_room_without_anything_is_hidden(sent: Json, hidden: bool) -> None:
    assert one("mediaroom", MEDIA | sent).hidden is hidden


def test_sources_that_nobody_speaks_of_may_be_there() -> None:
    room = {key: MEDIA[key] for key in MEDIA if key != "availableSources"}
    quiet = {key: NOTHING[key] for key in NOTHING if key != "availableSources"}
    assert one("mediaroom", room | quiet).hidden is False


@pytest.mark.parametrize(
    ("states", "can"),
    [(["on", "off"], True), (["Toggle"], True), (["none"], False), ([], True)],
)
def test_power_states(states: list[str], can: bool) -> None:
    sent = MEDIA | {"availablePowerStates": states}
    assert one("mediaroom", sent).can_switch is can


@pytest.mark.parametrize(
    ("sent", "can"),
    [
        ({"availableVolumeControls": ["relative", "discrete"]}, True),
        ({"availableVolumeControls": ["Discrete"]}, True),
        ({"availableVolumeControls": ["relative"]}, False),
        ({"availableVolumeControls": ["none"]}, False),
        ({"availableVolumeControls": []}, False),
        ({"availableVolumeControls": None}, True),
        ({"availableVolumeControls": None, "currentVolumeLevel": None}, False),
    ],
)
def test_volume_is_ignored_where_there_is_none(sent: Json, can: bool) -> None:
    room = one("mediaroom", MEDIA | sent)
    assert room.can_set_volume is can
    assert (room.volume is not None) is can


@pytest.mark.parametrize(
    ("sent", "can"),
    [
        ({"availableMuteControls": ["discrete"]}, True),
        ({"availableMuteControls": ["Toggle"]}, True),
        ({"availableMuteControls": ["none"]}, False),
        ({"availableMuteControls": None}, True),
        ({"availableMuteControls": None, "currentMuteState": None}, False),
    ],
)
def test_mute_is_ignored_where_there_is_none(sent: Json, can: bool) -> None:
    room = one("mediaroom", MEDIA | sent)
    assert room.can_mute is can
    assert (room.muted is not None) is can


@pytest.mark.parametrize(
    ("sent", "power"),
    [("on", True), ("Off", False), ("Wibble", None), (None, None), (True, None)],
)
def test_power(sent: object, power: bool | None) -> None:
    assert one("mediaroom", MEDIA | {"currentPowerState": sent}).power is power


# Alarm systems


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ("Disarmed", AlarmState.DISARMED),
        ("ArmStay", AlarmState.ARMED_HOME),
        ("armaway", AlarmState.ARMED_AWAY),
        ("ArmInstant", AlarmState.ARMED_INSTANT),
        ("EntryDelay", AlarmState.PENDING),
        ("ExitDelay", AlarmState.ARMING),
        ("Fire", AlarmState.TRIGGERED),
        ("Alarm", AlarmState.TRIGGERED),
        ("Unknown", AlarmState.UNKNOWN),
        ("Wibble", AlarmState.UNKNOWN),
        (None, AlarmState.UNKNOWN),
    ],
)
def test_alarm_systems(sent: str | None, state: AlarmState) -> None:
    assert one("security", SECURITY | {"currentState": sent}).state is state
