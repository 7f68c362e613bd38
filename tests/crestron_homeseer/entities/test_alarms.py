"""What alarm systems show, take and refuse."""

from dataclasses import replace

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntityFeature as AlarmFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.crestron_homeseer.house.commands import Arm
from custom_components.crestron_homeseer.house.devices import AlarmState, ArmMode

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, ARMS, PANEL, Start, refused, shown

ALARM = "alarm_control_panel.alarm"


async def arm(hass: HomeAssistant, action: str, code: str | None = None) -> None:
    """Have an alarm system armed or disarmed."""
    data = {} if code is None else {"code": code}
    await act(hass, "alarm_control_panel", f"alarm_{action}", ALARM, **data)


@pytest.mark.parametrize(
    ("modes", "features"),
    [
        (ARMS, AlarmFeature.ARM_HOME | AlarmFeature.ARM_AWAY | AlarmFeature.ARM_NIGHT),
        ((ArmMode.AWAY,), AlarmFeature.ARM_AWAY),
        ((ArmMode.VACATION,), AlarmFeature.ARM_VACATION),
        ((), AlarmFeature(0)),
    ],
)
async def test_only_ways_to_arm_that_there_are(
    hass: HomeAssistant,
    start: Start,
    modes: tuple[ArmMode, ...],
    features: AlarmFeature,
) -> None:
    await start(replace(PANEL, arm_modes=modes))
    assert shown(hass, ALARM, "supported_features") == features


async def test_arming_without_a_code(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(PANEL)
    assert shown(hass, ALARM, "code_format") is None
    assert shown(hass, ALARM, "code_arm_required") is False
    for action in ("arm_home", "arm_away", "arm_night", "disarm"):
        await arm(hass, action)
        # Arming is shown until the hub says that it is armed; so is disarmed.
        expected = "disarmed" if action == "disarm" else "arming"
        assert state(hass, ALARM).state == expected
    assert hub.sent == [Arm(device_id="1", mode=mode) for mode in (*ARMS[:3], None)]


@pytest.mark.parametrize(
    ("code", "code_format"), [("0042", "number"), ("o42!", "text"), ("٤٢", "text")]
)
async def test_a_code_is_asked_for(
    hass: HomeAssistant, hub: MemoryHub, start: Start, code: str, code_format: str
) -> None:
    await start(PANEL, alarm_code=code)
    assert shown(hass, ALARM, "code_format") == code_format
    assert shown(hass, ALARM, "code_arm_required") is True
    for action in ("arm_away", "disarm"):
        assert await refused(arm(hass, action, "42")) == "alarm_wrong_code"
    assert await refused(arm(hass, "disarm")) == "alarm_wrong_code"
    # That arming takes a code is Home Assistant's own answer.
    with pytest.raises(ServiceValidationError):
        await arm(hass, "arm_away")
    assert hub.sent == []
    await arm(hass, "arm_away", code)
    await arm(hass, "disarm", code)
    assert hub.sent == [
        Arm(device_id="1", mode=ArmMode.AWAY),
        Arm(device_id="1", mode=None),
    ]


@pytest.mark.parametrize("modes", [(), (ArmMode.AWAY,)])
async def test_what_cannot_be_disarmed_refuses_it(
    hass: HomeAssistant, hub: MemoryHub, start: Start, modes: tuple[ArmMode, ...]
) -> None:
    await start(replace(PANEL, arm_modes=modes, can_disarm=False), alarm_code="42")
    # A code that would be of no use is not asked for.
    assert shown(hass, ALARM, "code_arm_required") is bool(modes)
    assert await refused(arm(hass, "disarm", "42")) == "alarm_read_only"
    assert hub.sent == []


async def test_an_empty_code_is_none(hass: HomeAssistant, start: Start) -> None:
    await start(PANEL, alarm_code="")
    assert shown(hass, ALARM, "code_arm_required") is False


async def test_arming_for_a_vacation(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(replace(PANEL, arm_modes=(ArmMode.VACATION,)))
    await arm(hass, "arm_vacation")
    assert hub.sent == [Arm(device_id="1", mode=ArmMode.VACATION)]
    hub.change("1", state=AlarmState.ARMED_VACATION)
    await advance(A_READ)
    assert state(hass, ALARM).state == "armed_vacation"
