"""Alarm panels of many makers and languages."""

import pytest

from custom_components.crestron_homeseer.house.commands import Arm
from custom_components.crestron_homeseer.house.controls import Choice, PressButton
from custom_components.crestron_homeseer.house.devices import AlarmPanel
from custom_components.crestron_homeseer.house.kinds import AlarmState as State, ArmMode

from .families import facts, family, pairs, part, sent
from .raw import feature, only, take

TYPED = (8, 10, 1)
ID, FIRE = "ref-1-alarm", "ref-1-alarm-fire"


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
    inventory = take([feature(1, kind=TYPED)], {1: pairs(labels)})
    device = inventory.devices[ID]
    assert isinstance(device, AlarmPanel)
    places = {mode: place for place, mode in enumerate(modes.split()) if mode != "-"}
    assert device.can_disarm
    assert set(device.arm_modes) == places.keys() - {"off"}
    for mode in (*ArmMode, None):
        place = places.get(mode or "off")
        expected = None if place is None else [(1, place)]
        assert sent(inventory, Arm(device_id=ID, mode=mode)) == expected


# The state, whether there is a fire, and the texts that say so; without a text its value.
@pytest.mark.parametrize(
    ("state", "fire", "texts", "value"),
    [
        (State.DISARMED, None, "Off", 1),
        (State.DISARMED, False, "Unarmed; Disarmed - Ready; Not Ready", 1),
        (State.DISARMED, False, "Unscharf; Nicht bereit; Alarma desactivada", 1),
        (State.DISARMED, False, "System ready; Alarm Off; Fire normal, disarmed", 1),
        (State.ARMED_HOME, False, "Day; Armed Stay; Larmat hemma", 2),
        (State.ARMED_HOME, None, "", 1),
        (State.ARMED_INSTANT, False, "ARMED-NIGHT", -1),
        (State.ARMED_AWAY, False, "Extern scharf; Fullt tilkoblet", 9),
        (State.ARMED_AWAY, False, "Alarm armed away; Armed Away - No Alarm", 9),
        (State.ARMED_AWAY, False, "Armed Away, alarm memory", 9),
        (State.ARMED_VACATION, False, "Vacation", -1),
        (State.ARMING, False, "Exit Delay; Wird scharf geschaltet; Schärft", 1),
        (State.PENDING, False, "Entry Delay; Eingangsverzögerung", 1),
        (State.TRIGGERED, False, "Ausgelöst; Innbrudd; In Alarm; Burglar Alarm", 1),
        (State.TRIGGERED, True, "FIRE ALARM; Alarm: Smoke; Incendie, alarme", 1),
        # The text goes first, and a value that is only sent is no state.
        (State.UNKNOWN, None, "Failed to arm; Trouble; Alarm Cleared; No Fire; ?", 1),
        (State.UNKNOWN, None, "Unknown; Communication error; Bonjour", 2),
        (State.UNKNOWN, None, "", 1000),
        (State.UNKNOWN, None, "", 4),
    ],
)
def test_states(state: State, fire: bool | None, texts: str, value: float) -> None:
    for text in texts.split("; "):
        panel = feature(1, value=value, status=text, kind=TYPED)
        inventory = take([panel], {1: pairs("Off; Day; Away; Night; Trouble")})
        expected = {"state": state, "word": text or None}
        assert facts(inventory, ID, expected) == expected
        burns = {"kind": "fire", "on": fire, "hidden": True, "root_id": ID}
        assert facts(inventory, FIRE, burns) == burns, text


# A house that is home or away, and modes of something else.
@pytest.mark.parametrize("labels", ["Home; Away", "Off; Night; Away", "Arm; Fire"])
def test_labels_alone_are_not_enough_without_a_way_to_disarm(labels: str) -> None:
    device = only(take([feature(1, "House")], {1: pairs(labels)}))
    assert isinstance(device, Choice)


@pytest.mark.parametrize(
    ("own", "other", "state", "word"),
    [
        ("Armed Away", "Alarm", State.TRIGGERED, "Alarm"),
        ("Armed Away", "No Alarm", State.ARMED_AWAY, "Armed Away"),
        ("", "Armed Stay", State.ARMED_HOME, None),
        # That nothing sounds does not mean that it is disarmed.
        ("", "No Alarm", State.UNKNOWN, None),
        ("", "Off", State.UNKNOWN, None),
    ],
)
def test_what_sounds_is_a_part_of_what_arms(
    own: str, other: str, state: State, word: str | None
) -> None:
    arming = part(2, "Partition", own, -1, "Disarm; Arm Away", TYPED)
    alarm = part(3, "Alarm", other, kind=(8, 1, 1))
    zone = part(4, "Zone 1", "Violated", 1, kind=(8, 30, 1))
    inventory = family(arming, alarm, zone, root=(8, 99, 0))
    assert inventory.devices.keys() == {ID, FIRE, "ref-4"}
    assert inventory.meanings[2] == ("alarm panel", "several features: alarm")
    assert sent(inventory, PressButton(device_id=ID)) is None
    expected = {"state": state, "word": word}
    assert facts(inventory, ID, expected) == expected
