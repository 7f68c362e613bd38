"""A house as its owner set it, and what is asked of the hub for it."""

import asyncio
from collections.abc import Collection, Sequence, Set as AbstractSet
from dataclasses import replace
from typing import Any, override

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_LEFT_OUT,
    CONF_OVERRIDES,
)
from custom_components.crestron_homeseer.house import (
    adjusted,
    commands as ask,
    controls,
    devices as dv,
    kinds,
)
from custom_components.crestron_homeseer.house.access import entity_only
from custom_components.crestron_homeseer.house.adjusted import (
    AdjustedHub,
    Adjuster,
    Adjustments,
)
from custom_components.crestron_homeseer.house.controls import Switch
from custom_components.crestron_homeseer.house.exclusions import Exclusions, door_pairs
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    Hub,
    HubCommandError,
    HubError,
    OnChange,
    Reason,
    SendResult,
)
from custom_components.crestron_homeseer.house.shades import Calibration
from custom_components.crestron_homeseer.house_options import read_adjustments
from tests.crestron_homeseer.memory import MemoryHub

from .hostile import json_values
from .samples import COVER, LIGHT, LOCK, SOCKET, SWITCH, house_of

UP = replace(SWITCH, id="light-21", name="Up")
DOWN = replace(SWITCH, id="light-22", name="Down")
DOOR = dv.Detector(
    id="sensor-23", name="Front Door Contact", kind=kinds.DetectorKind.DOOR, on=False
)
BATTERY = replace(
    DOOR, id="sensor-23-battery", kind=kinds.DetectorKind.BATTERY_LOW, root_id=DOOR.id
)
UPSIDE_DOWN = Calibration(invert=True)
CORRECTED = Calibration(anchors=((0.5, 0.4),))
TURNED = replace(COVER, id="shade-5")
ADJUSTMENTS = Adjustments(
    kinds={UP.id: "shade_relays", SWITCH.id: "switch", LIGHT.id: "fan"},
    closing={UP.id: DOWN.id},
    doors=((DOOR.id, LOCK.id),),
    exclusions=Exclusions(names=("spare",)),
    # One is not there, and one is no cover.
    calibrations={
        COVER.id: CORRECTED,
        TURNED.id: UPSIDE_DOWN,
        "shade-9": CORRECTED,
        LOCK.id: UPSIDE_DOWN,
    },
)
ALL = (
    UP,
    DOWN,
    SWITCH,
    LIGHT,
    DOOR,
    BATTERY,
    LOCK,
    replace(COVER, position=0.4),
    TURNED,
)
SCREEN = dv.Cover(
    id=UP.id,
    name="Up",
    kind=kinds.CoverKind.SHADE,
    position=None,
    motion=kinds.Motion.STOPPED,
    can_position=False,
    assumed=True,
)
SHOWN: dict[str, dv.Device] = {
    device.id: device
    for device in (
        SCREEN,
        Switch(id=SWITCH.id, name="Pump", on=False),
        dv.Fan(id=LIGHT.id, name="Lamp", speed=0.0, speeds=100),
        replace(DOOR, root_id=LOCK.id),
        replace(BATTERY, root_id=LOCK.id),
        LOCK,
        COVER,
        TURNED,
    )
}


class Relays(MemoryHub):
    """A hub that says what it was told to do, and what it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.put(*ALL)
        self.focus: Collection[str] = ()
        self.given: dv.House | None = None
        self.push: OnChange | None = None

    @override
    async def refresh(
        self, house: dv.House, focus: Collection[str] = (), *, more: bool = False
    ) -> dv.House:
        self.given, self.focus = house, focus
        return await super().refresh(house, focus, more=more)

    @override
    def listen(self, on_change: OnChange) -> None:
        self.push = on_change

    @override
    def due_in(self, wanted: AbstractSet[str]) -> float:
        return float(DOWN.id in wanted)

    @override
    def targets_of(self, command: AnyCommand) -> Collection[str]:
        return [DOWN.id, LIGHT.id]

    @override
    def family_of(self, ref: int) -> Collection[str]:
        return [DOWN.id]


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to come to rest here."""
    monkeypatch.setattr(adjusted, "REST", 0.0)


@pytest.fixture
def memory() -> Relays:
    return Relays()


@pytest.fixture
async def hub(memory: Relays) -> AdjustedHub:
    hub = AdjustedHub(memory, ADJUSTMENTS)
    await hub.survey()
    return hub


async def test_the_house_is_as_its_owner_set_it(
    hub: AdjustedHub, memory: Relays
) -> None:
    house = await hub.survey()
    assert house.devices == SHOWN
    assert (house.info, house.complete) == (memory.house.info, True)
    assert house.as_reported is memory.house
    assert await hub.refresh(house) is house
    memory.change(SWITCH.id, level=1.0)
    # One of both relays changes the cover.
    memory.change(DOWN.id, level=1.0)
    after = await hub.refresh(house, [UP.id])
    # The hub is given its own house.
    assert memory.given is house.original
    assert set(memory.focus) == {UP.id, DOWN.id}
    assert after.devices == SHOWN | {
        SWITCH.id: Switch(id=SWITCH.id, name="Pump", on=True),
        UP.id: replace(SCREEN, motion=kinds.Motion.CLOSING),
    }
    # What comes or gets another name is looked at anew.
    memory.put(replace(LIGHT, id="light-30", name="Spare lamp"))
    memory.change(DOOR.id, name="Spare door")
    left = await hub.refresh(after)
    assert left.devices.keys() == SHOWN.keys() - {DOOR.id, BATTERY.id}


def test_a_house_that_nothing_is_wanted_of_is_itself() -> None:
    house = house_of(LIGHT, replace(LOCK, id="x"))
    adjustments = replace(ADJUSTMENTS, kinds={"x": "switch", LIGHT.id: "shade_relays"})
    assert Adjuster(adjustments).house(house) is house
    assert house.as_reported is house


async def test_one_that_closes_is_seen_as_the_one_that_opens(
    hub: AdjustedHub, memory: Relays
) -> None:
    pushed: list[Collection[str] | None] = []
    hub.listen(pushed.append)
    assert memory.push is not None
    memory.push([DOWN.id, LIGHT.id])
    memory.push(None)
    assert pushed == [{UP.id, LIGHT.id}, None]
    assert hub.due_in({UP.id}) == 1.0
    assert hub.targets_of(ask.SetLevel(device_id="", level=0)) == {UP.id, LIGHT.id}
    assert hub.family_of(1) == {UP.id}
    assert entity_only(SCREEN)
    # All else is the hub's own.
    own = {name for name in dir(AdjustedHub) if not name.startswith("_")}
    for name in {name for name in vars(Hub) if not name.startswith("_")} - own:
        assert getattr(hub, name) == getattr(memory, name), name


@pytest.mark.parametrize("refused", [None, HubCommandError(Reason.DECLINED)])
async def test_one_goes_on_after_the_other_went_off(
    hub: AdjustedHub, memory: Relays, refused: HubError | None
) -> None:
    memory.error = refused
    result = await hub.send(
        [
            ask.MoveTo(device_id=UP.id, position=1.0),
            ask.SetLevel(device_id=LIGHT.id, level=0.3),
            # Where it is nobody knows.
            ask.MoveTo(device_id=UP.id, position=0.5),
        ]
    )
    sent = [(DOWN.id, 0.0), (LIGHT.id, 0.3), (UP.id, 1.0)][: 2 if refused else 3]
    assert memory.sent == [ask.SetLevel(device_id=key, level=to) for key, to in sent]
    assert result.errors[:2] == (refused, refused)
    assert isinstance(result.errors[2], HubCommandError)


async def test_what_dims_now_is_a_light_again(memory: Relays) -> None:
    memory.change(UP.id, dimmable=True)
    hub = AdjustedHub(memory, ADJUSTMENTS)
    house = await hub.survey()
    assert {type(house.devices[key]) for key in (UP.id, DOWN.id)} == {dv.Light}
    result = await hub.send([ask.SetLevel(device_id=UP.id, level=0.3)])
    assert result.errors == (None,)


@pytest.mark.parametrize("other", [None, replace(DOWN, level=None), SOCKET])
async def test_what_is_not_known_of_a_relay_is_not_said(
    other: dv.Device | None,
) -> None:
    memory = MemoryHub()
    memory.put(UP, *filter(None, [other]))
    key = other.id if other else "light-99"
    hub = AdjustedHub(memory, replace(ADJUSTMENTS, closing={UP.id: key}))
    cover = (await hub.survey()).devices[UP.id]
    assert isinstance(cover, dv.Cover)
    known = other is SOCKET
    assert cover.motion is (kinds.Motion.STOPPED if known else kinds.Motion.UNKNOWN)
    assert cover.online is bool(other)
    stop = await hub.send([ask.StopMoving(device_id=UP.id)])
    assert stop.errors == (None,)
    assert len(memory.sent) == 1 + bool(other)
    memory.sent.clear()
    for position in (0.0, 1.0):
        result = await hub.send([ask.MoveTo(device_id=UP.id, position=position)])
        assert (result.errors == (None,)) is bool(other)
    assert bool(memory.sent) is bool(other)


async def test_what_is_known_later_is_told_to_who_asked() -> None:
    known: asyncio.Future[HubError | None] = asyncio.Future()

    class Late(Relays):
        @override
        async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
            return SendResult((None,) * len(commands), pending={2: known})

    hub = AdjustedHub(Late(), ADJUSTMENTS)
    await hub.survey()
    switch = controls.SetSwitch(device_id=SWITCH.id, on=True)
    result = await hub.send([ask.StopMoving(device_id=UP.id), switch])
    assert result.pending == {1: known}


async def test_each_is_asked_for_what_the_hub_has_it_as(
    hub: AdjustedHub, memory: Relays
) -> None:
    commands: list[AnyCommand] = [
        ask.MoveTo(device_id=COVER.id, position=0.5),
        ask.MoveTo(device_id=TURNED.id, position=1.0),
        controls.SetSwitch(device_id=SWITCH.id, on=True),
        ask.SetSpeed(device_id=LIGHT.id, speed=0.4),
        ask.SetLocked(device_id=LOCK.id, locked=True),
    ]
    assert (await hub.send(commands)).errors == (None,) * 5
    assert memory.sent == [
        ask.MoveTo(device_id=COVER.id, position=0.4),
        ask.MoveTo(device_id=TURNED.id, position=0.0),
        ask.SetLevel(device_id=SWITCH.id, level=1.0),
        ask.SetLevel(device_id=LIGHT.id, level=0.4),
        commands[4],
    ]


def test_a_door_without_a_room_is_of_no_lock() -> None:
    assert door_pairs(house_of(*ALL)) == {}


_IDS = st.sampled_from([each.id for each in ALL]) | st.text(max_size=3)
_KINDS = st.sampled_from(["switch", "fan", "shade_relays", "ignore", "light"])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            CONF_OVERRIDES: json_values | st.dictionaries(_IDS, _KINDS | json_values),
            CONF_CLOSING: json_values | st.dictionaries(_IDS, _IDS | json_values),
            CONF_DOORS: json_values | st.lists(st.lists(_IDS, max_size=3)),
            CONF_LEFT_OUT: json_values | st.fixed_dictionaries({"names": json_values}),
        },
    )
)
def test_whatever_is_stored_makes_a_house(options: dict[str, Any]) -> None:
    own = house_of(*ALL)
    house = Adjuster(read_adjustments(options)).house(own)
    assert house.devices.keys() <= own.devices.keys()
    assert house.as_reported is own
    assert all(key == device.id for key, device in house.devices.items())
    for device in house.devices.values():
        assert not isinstance(device, dv.Light) or device is own.devices[device.id]
