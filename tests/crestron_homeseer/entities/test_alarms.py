"""What alarm systems show, take and refuse."""

from dataclasses import replace

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntityFeature as Feature,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.crestron_homeseer.house.commands import Arm
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
)

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, PANEL, Sent, Shown, Start, refused, shown

ALARM = "alarm_control_panel.alarm"
# At home without the time to walk in is what people do at night.
OTHERS = {AlarmState.ARMED_INSTANT: "armed_night"}


async def arm(hass: HomeAssistant, action: str, code: str | None = None) -> None:
    """Have an alarm system armed or disarmed."""
    data = {} if code is None else {"code": code}
    await act(hass, "alarm_control_panel", f"alarm_{action}", ALARM, **data)


def arms(*modes: ArmMode) -> AlarmPanel:
    return replace(PANEL, arm_modes=modes)


WITHOUT_CODE = {"code_format": None, "code_arm_required": False}
SHOWN: Shown = [
    (
        PANEL,
        {"supported_features": Feature.ARM_HOME | Feature.ARM_AWAY | Feature.ARM_NIGHT}
        | WITHOUT_CODE,
    ),
    (arms(ArmMode.AWAY), {"supported_features": Feature.ARM_AWAY}),
    (arms(ArmMode.VACATION), {"supported_features": Feature.ARM_VACATION}),
    (arms(), {"supported_features": 0}),
    *(
        (
            replace(PANEL, state=each),
            {"state": OTHERS.get(each, each.replace(" ", "_"))},
        )
        for each in AlarmState
    ),
    # A fire is no break-in.
    (replace(PANEL, word="Fire"), {"panel_state": "Fire"}),
]
SENT: Sent = [
    (PANEL, f"alarm_control_panel.alarm_{name}", Arm(device_id="1", mode=mode))
    for name, mode in (
        ("arm_home", ArmMode.HOME),
        ("arm_away", ArmMode.AWAY),
        ("arm_night", ArmMode.NIGHT),
        ("disarm", None),
    )
] + [
    (
        arms(ArmMode.VACATION),
        "alarm_control_panel.alarm_arm_vacation",
        Arm(device_id="1", mode=ArmMode.VACATION),
    )
]


async def test_it_is_armed_and_disarmed_when_the_hub_says_so(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(PANEL)
    await arm(hass, "arm_away")
    assert state(hass, ALARM).state == "arming"
    await advance(A_READ)
    assert state(hass, ALARM).state == "armed_away"
    # And armed until it says that it is not.
    await arm(hass, "disarm")
    assert state(hass, ALARM).state == "armed_away"
    await advance(A_READ)
    assert state(hass, ALARM).state == "disarmed"


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
