"""Alarm panels of many makers and languages."""

import pytest

from custom_components.crestron_homeseer.homeseer.alarms import alarm_state
from custom_components.crestron_homeseer.house.commands import Arm
from custom_components.crestron_homeseer.house.controls import Choice, PressButton
from custom_components.crestron_homeseer.house.devices import AlarmPanel
from custom_components.crestron_homeseer.house.kinds import AlarmState, ArmMode

from .families import facts, family, pairs, part, sent
from .raw import Raw, feature, only, take

TYPED = (8, 10, 1)
ID, FIRE = "ref-1-alarm", "ref-1-alarm-fire"


def panel(text: str = "", value: float = 0) -> Raw:
    return feature(1, "House", value=value, status=text, kind=TYPED)


@pytest.mark.parametrize(
    ("labels", "modes"),
    [
        # Elk M1, Vista, Paradox, Concord, OMNI, Risco.
        (
            "Disarm; Arm Away; Arm Stay; Arm Stay Instant; Arm Night; Arm Vacation",
            "off away home - night vacation",
        ),
        ("Disarm; Away; Max; Stay; Instant", "off - away home night"),
        ("Disarm; Arm; Stay; Sleep; Force", "off away home night -"),
        ("Off; Stay; Away", "off home away"),
        ("Off; Day; Night; Away; Vacation", "off home night away vacation"),
        ("Disarm; Full Arm; Partial Arm", "off away home"),
        ("Unscharf; Extern scharf; Intern scharf", "off away home"),
        ("Frakoblet; Borte; Hjemme; Natt", "off away home night"),
        ("Avlarmad; Larma borta; Larma hemma", "off away home"),
        ("Uitschakelen; Volledig; Gedeeltelijk; Nacht", "off away home night"),
        ("Désarmer; Total; Partiel; Nuit", "off away home night"),
        # What does something more is not what was asked for.
        ("Disarm; Arm Away; Arm (no delay); Arm Stay Bypass; Panic", "off away - - -"),
        # With a feature's type, "Off" is enough; a real "Disarm" goes first.
        ("Off; Arm; Disarm", "- away off"),
    ],
)
def test_ways_to_arm(labels: str, modes: str) -> None:
    inventory = take([panel()], {1: pairs(labels)})
    device = inventory.devices[ID]
    assert isinstance(device, AlarmPanel)
    places = {mode: place for place, mode in enumerate(modes.split()) if mode != "-"}
    assert device.can_disarm
    assert set(device.arm_modes) == places.keys() - {"off"}
    for mode in (*ArmMode, None):
        place = places.get(mode or "off")
        expected = None if place is None else [(1, place)]
        assert sent(inventory, Arm(device_id=ID, mode=mode)) == expected


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("Off", 0, AlarmState.DISARMED),
        ("Away", 9, AlarmState.ARMED_AWAY),
        ("", 1, AlarmState.ARMED_HOME),
        ("Vacation", -1, AlarmState.ARMED_VACATION),
        # The text goes first, and a value that is only sent is no state.
        ("Unknown", 1, AlarmState.UNKNOWN),
        ("Communication error", 2, AlarmState.UNKNOWN),
        ("", 1000, AlarmState.UNKNOWN),
        ("In Alarm", 1, AlarmState.TRIGGERED),
        ("Day", 2, AlarmState.ARMED_HOME),
        ("Trouble", 4, AlarmState.UNKNOWN),
        ("", 4, AlarmState.UNKNOWN),
    ],
)
def test_the_state_of_a_panel(text: str, value: float, state: AlarmState) -> None:
    controls = "Off; Day; Away; Night; Trouble"
    inventory = take([panel(text, value)], {1: pairs(controls)})
    expected = {"state": state, "word": text or None}
    assert facts(inventory, ID, expected) == expected


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        (AlarmState.DISARMED, "Unarmed; Disarmed - Ready; Not Ready; Ready to arm"),
        (AlarmState.DISARMED, "Unscharf; Nicht bereit; Alarma desactivada; No Alarm"),
        (AlarmState.DISARMED, "Ready; System ready; Alarm Off"),
        (AlarmState.ARMED_HOME, "Armed Stay; Larmat hemma"),
        (AlarmState.ARMED_INSTANT, "ARMED-NIGHT"),
        (AlarmState.ARMED_AWAY, "Extern scharf; Fullt tilkoblet; Alarm armed away"),
        (AlarmState.ARMED_AWAY, "Armed Away, alarm memory; Armed Away - No Alarm"),
        (AlarmState.ARMING, "Exit Delay; Wird scharf geschaltet; Schärft"),
        (AlarmState.PENDING, "Entry Delay; Eingangsverzögerung"),
        (AlarmState.TRIGGERED, "Fire Alarm; Ausgelöst; Innbrudd; In Alarm"),
        (AlarmState.UNKNOWN, "Failed to arm; Trouble; Alarm Cleared; No Fire; ?; Off"),
    ],
)
def test_states_in_texts(state: AlarmState, texts: str) -> None:
    for text in texts.split("; "):
        assert alarm_state(text) is state, text


# A house that is home or away, and modes of something else.
@pytest.mark.parametrize("labels", ["Home; Away", "Off; Night; Away", "Arm; Fire"])
def test_labels_alone_are_not_enough_without_a_way_to_disarm(labels: str) -> None:
    device = only(take([feature(1, "House")], {1: pairs(labels)}))
    assert isinstance(device, Choice)


@pytest.mark.parametrize(
    ("own", "other", "state", "word"),
    [
        ("Armed Away", "Alarm", AlarmState.TRIGGERED, "Alarm"),
        ("Armed Away", "No Alarm", AlarmState.ARMED_AWAY, "Armed Away"),
        ("", "Armed Stay", AlarmState.ARMED_HOME, None),
        # That nothing sounds does not mean that it is disarmed.
        ("", "No Alarm", AlarmState.UNKNOWN, None),
    ],
)
def test_what_sounds_is_a_part_of_what_arms(
    own: str, other: str, state: AlarmState, word: str | None
) -> None:
    arming = part(2, "Partition", own, -1, "Disarm; Arm Away", TYPED)
    alarm = part(3, "Alarm", other, kind=(8, 1, 1))
    zone = part(4, "Zone 1", "Violated", 1, kind=(8, 30, 1))
    inventory = family(arming, alarm, zone, root=(8, 99, 0))
    assert inventory.devices.keys() == {ID, FIRE, "ref-4"}
    assert facts(inventory, "ref-4", ["on"]) == {"on": True}
    assert inventory.meanings[2] == ("alarm panel", "several features: alarm")
    assert sent(inventory, PressButton(device_id=ID)) is None
    expected = {"state": state, "word": word}
    assert facts(inventory, ID, expected) == expected


@pytest.mark.parametrize(
    ("on", "texts"),
    [
        (False, "Disarmed; Armed Away; Burglar Alarm; Fire normal, disarmed"),
        (True, "FIRE ALARM; Alarm: Smoke; Feueralarm ausgelöst; Incendie, alarme"),
        (None, "Bonjour; "),
    ],
)
def test_a_fire_is_no_break_in(on: bool | None, texts: str) -> None:
    expected = {"kind": "fire", "on": on, "hidden": True, "root_id": ID}
    for text in texts.split("; "):
        inventory = take([panel(text)], {1: pairs("Disarm; Arm")})
        assert facts(inventory, FIRE, expected) == expected, text
