"""Alarm panels of many makers and languages."""

import pytest

from custom_components.crestron_homeseer.homeseer.alarms import alarm_state
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import Arm
from custom_components.crestron_homeseer.house.controls import Choice
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
    Detector,
)
from custom_components.crestron_homeseer.house.kinds import DetectorKind

from .raw import asked, feature, only, pair, take

HOME, AWAY, NIGHT = ArmMode.HOME, ArmMode.AWAY, ArmMode.NIGHT
VACATION = ArmMode.VACATION
TYPED = (8, 10, 1)
ID = "ref-1-alarm"


def system(
    labels: tuple[str, ...],
    text: str = "",
    value: float = 0,
    kind: tuple[int, int, int] = TYPED,
) -> Inventory:
    raw = feature(1, "House", value=value, status=text, kind=kind)
    return take([raw], {1: [pair(label, place) for place, label in enumerate(labels)]})


@pytest.mark.parametrize(
    ("labels", "modes"),
    [
        # Elk M1, Vista, Paradox, Concord, OMNI, Risco.
        (
            (
                "Disarm",
                "Arm Away",
                "Arm Stay",
                "Arm Stay Instant",
                "Arm Night",
                "Arm Vacation",
            ),
            {None: 0, AWAY: 1, HOME: 2, NIGHT: 4, VACATION: 5},
        ),
        (
            ("Disarm", "Away", "Max", "Stay", "Instant"),
            {None: 0, AWAY: 2, HOME: 3, NIGHT: 4},
        ),
        (
            ("Disarm", "Arm", "Stay", "Sleep", "Force"),
            {None: 0, AWAY: 1, HOME: 2, NIGHT: 3},
        ),
        (("Off", "Stay", "Away"), {None: 0, HOME: 1, AWAY: 2}),
        (
            ("Off", "Day", "Night", "Away", "Vacation"),
            {None: 0, HOME: 1, NIGHT: 2, AWAY: 3, VACATION: 4},
        ),
        (("Disarm", "Full Arm", "Partial Arm"), {None: 0, AWAY: 1, HOME: 2}),
        (("Unscharf", "Extern scharf", "Intern scharf"), {None: 0, AWAY: 1, HOME: 2}),
        (
            ("Frakoblet", "Borte", "Hjemme", "Natt"),
            {None: 0, AWAY: 1, HOME: 2, NIGHT: 3},
        ),
        (("Avlarmad", "Larma borta", "Larma hemma"), {None: 0, AWAY: 1, HOME: 2}),
        (
            ("Uitschakelen", "Volledig", "Gedeeltelijk", "Nacht"),
            {None: 0, AWAY: 1, HOME: 2, NIGHT: 3},
        ),
        (
            ("Désarmer", "Total", "Partiel", "Nuit"),
            {None: 0, AWAY: 1, HOME: 2, NIGHT: 3},
        ),
        # What does something more is not what was asked for.
        (
            (
                "Disarm",
                "Arm Away",
                "Arm (no delay)",
                "Arm Stay Bypass",
                "Panic",
                "Silence",
            ),
            {None: 0, AWAY: 1},
        ),
    ],
)
def test_ways_to_arm(labels: tuple[str, ...], modes: dict[ArmMode | None, int]) -> None:
    inventory = system(labels)
    device = only(inventory)
    assert isinstance(device, AlarmPanel)
    assert set(device.arm_modes) == modes.keys() - {None}
    assert device.can_disarm
    sent = {mode: asked(inventory, Arm(device_id=ID, mode=mode)) for mode in modes}
    assert sent == {mode: [(1, value)] for mode, value in modes.items()}


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
    ],
)
def test_the_state_of_a_panel(text: str, value: float, state: AlarmState) -> None:
    device = only(system(("Off", "Day", "Away", "Night"), text, value))
    assert isinstance(device, AlarmPanel)
    assert device.state is state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Unarmed", AlarmState.DISARMED),
        ("Disarmed - Ready", AlarmState.DISARMED),
        ("Not Ready", AlarmState.DISARMED),
        ("Ready to arm", AlarmState.DISARMED),
        ("Unscharf", AlarmState.DISARMED),
        ("Nicht bereit", AlarmState.DISARMED),
        ("Alarma desactivada", AlarmState.DISARMED),
        ("Armed Stay", AlarmState.ARMED_HOME),
        ("ARMED-NIGHT", AlarmState.ARMED_INSTANT),
        ("Extern scharf", AlarmState.ARMED_AWAY),
        ("Fullt tilkoblet", AlarmState.ARMED_AWAY),
        ("Larmat hemma", AlarmState.ARMED_HOME),
        ("Alarm armed away", AlarmState.ARMED_AWAY),
        ("Armed Away, alarm memory", AlarmState.ARMED_AWAY),
        ("Armed Away - No Alarm", AlarmState.ARMED_AWAY),
        ("Exit Delay", AlarmState.ARMING),
        ("Wird scharf geschaltet", AlarmState.ARMING),
        ("Entry Delay", AlarmState.PENDING),
        ("Eingangsverzögerung", AlarmState.PENDING),
        ("Fire Alarm", AlarmState.TRIGGERED),
        ("Ausgelöst", AlarmState.TRIGGERED),
        ("Innbrudd", AlarmState.TRIGGERED),
        ("Failed to arm", AlarmState.UNKNOWN),
        ("Trouble", AlarmState.UNKNOWN),
    ],
)
def test_what_texts_say(text: str, state: AlarmState) -> None:
    assert alarm_state(text) is state


@pytest.mark.parametrize(
    "labels",
    [
        # A house that is home or away, and modes of something else.
        ("Home", "Away"),
        ("Off", "Night", "Away"),
        ("Arm", "Fire"),
    ],
)
def test_labels_alone_are_not_enough_without_a_way_to_disarm(
    labels: tuple[str, ...],
) -> None:
    assert isinstance(only(system(labels, kind=(4, 0, 0))), Choice)


def test_partitions_of_one_root() -> None:
    pairs = [pair("Disarm", 0), pair("Arm Away", 1)]
    features = [
        feature(1, "DSC", kind=(8, 99, 0), children=(2, 3)),
        feature(2, "Partition 1", status="Ready", kind=TYPED, root=1),
        feature(3, "Partition 2", status="Armed Away", kind=TYPED, root=1),
    ]
    inventory = take(features, {2: pairs, 3: pairs})
    assert {each.name for each in inventory.devices.values()} == {
        "Partition 1",
        "Partition 1 Fire",
        "Partition 2",
        "Partition 2 Fire",
    }
    assert asked(inventory, Arm(device_id=ID, mode=None)) == [(2, 0)]
    assert asked(inventory, Arm(device_id="ref-3-alarm", mode=None)) == [(3, 0)]


@pytest.mark.parametrize(
    ("own", "beside", "state"),
    [
        ("Armed Away", "Alarm", AlarmState.TRIGGERED),
        ("Armed Away", "No Alarm", AlarmState.ARMED_AWAY),
        ("", "Armed Stay", AlarmState.ARMED_HOME),
        # That nothing sounds says nothing of the rest.
        ("", "No Alarm", AlarmState.UNKNOWN),
    ],
)
def test_what_sounds_is_beside_what_arms(
    own: str, beside: str, state: AlarmState
) -> None:
    features = [
        feature(1, "DSC", kind=(8, 99, 0), children=(2, 3)),
        feature(2, "Partition", value=-1, status=own, kind=TYPED, root=1),
        feature(3, "Alarm", status=beside, kind=(8, 1, 1), root=1),
    ]
    device = only(take(features, {2: [pair("Disarm", 0), pair("Arm Away", 1)]}))
    assert isinstance(device, AlarmPanel)
    assert device.state is state


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Disarmed", False),
        ("Armed Away", False),
        ("Burglar Alarm", False),
        ("FIRE ALARM", True),
        ("Alarm: Smoke", True),
        ("Feueralarm ausgelöst", True),
        ("Incendie, alarme", True),
        ("Fire normal, disarmed", False),
        ("Bonjour", None),
        ("", None),
    ],
)
def test_a_fire_is_no_break_in(text: str, on: bool | None) -> None:
    inventory = system(("Disarm", "Arm"), text)
    fire = inventory.devices[f"{ID}-fire"]
    assert isinstance(fire, Detector)
    assert (fire.kind, fire.on, fire.hidden) == (DetectorKind.FIRE, on, True)
