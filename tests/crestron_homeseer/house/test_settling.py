"""What is shown between a command and the hub's confirmation of it."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SelectSource,
    SetLevel,
    SetLocked,
    SetPower,
    SetVolume,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import ActivateScene
from custom_components.crestron_homeseer.house.devices import Device, House
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import LockState, Motion
from custom_components.crestron_homeseer.house.settling import Settling

from .samples import COVER, LIGHT, LOCK, MEDIA, cover, house_of, lock

FULL = SetLevel(device_id=LIGHT.id, level=1.0)
OPEN = MoveTo(device_id=COVER.id, position=1.0)
UNLOCK = SetLocked(device_id=LOCK.id, locked=False)
OLD = house_of(LIGHT, COVER, LOCK, MEDIA)
LIT = house_of(replace(LIGHT, level=1.0))


@pytest.fixture
def settling() -> Settling:
    return Settling()


def shown(settling: Settling, house: House, device: Device) -> Any:
    """Return a device as it is shown."""
    return settling.overlay(house).devices[device.id]


def moving(position: float) -> House:
    return house_of(cover(position=position, motion=Motion.OPENING))


def test_what_was_asked_for_is_shown_at_once_and_nothing_else(
    settling: Settling,
) -> None:
    assert settling.overlay(OLD) is OLD
    assert not settling.ids
    settling.sent(FULL, 0.0)
    house = settling.overlay(OLD)
    assert house == replace(OLD, devices={**OLD.devices, **LIT.devices})
    assert house.devices[COVER.id] is COVER
    assert settling.ids == {LIGHT.id}
    # It is the same object for as long as nothing changes.
    settling.update(OLD, 1.0, 1.1)
    again = house_of(replace(LIGHT), COVER)
    assert shown(settling, again, LIGHT) is house.devices[LIGHT.id]
    renamed = house_of(replace(LIGHT, name="Chandelier"))
    assert shown(settling, renamed, LIGHT).name == "Chandelier"


def test_what_is_confirmed_is_shown_as_it_is_reported(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    done = house_of(replace(LIGHT, level=0.998))
    assert not settling.update(done, 1.0, 1.1)
    assert not settling.ids
    assert settling.overlay(done) is done


# What is sent at 1.0, and the reads after it: what is seen, when they began and ended,
# and whether it is still waited for.
type Read = tuple[House, float, float, bool]


@pytest.mark.parametrize(
    ("command", "delay", "reads"),
    [
        # A hub that lags is believed after the deadline.
        (FULL, 0.0, [(OLD, 10.9, 10.9, True), (OLD, 11.0, 11.0, False)]),
        # A read that began before the command neither ends it nor confirms it.
        (FULL, 0.0, [(OLD, 0.9, 12.0, True), (OLD, 11.1, 12.1, False)]),
        (FULL, 0.0, [(LIT, 0.9, 1.2, True), (LIT, 1.0, 1.3, False)]),
        # A longer fade, or a later start, has so much longer.
        (
            SetLevel(device_id=LIGHT.id, level=1.0, fade=30.0),
            0.0,
            [(OLD, 40.0, 40.0, True), (OLD, 41.0, 41.0, False)],
        ),
        (OPEN, 20.0, [(OLD, 30.0, 30.0, True), (OLD, 31.0, 31.0, False)]),
        # What moves has the usual time from its last change on.
        (
            OPEN,
            0.0,
            [
                (OLD, 2.0, 2.0, True),
                (house := moving(0.6), 9.0, 9.0, True),
                (house, 18.9, 18.9, True),
                (house, 19.0, 19.0, False),
            ],
        ),
        # A change seen before the command is none.
        (
            OPEN,
            0.0,
            [
                (OLD, 0.8, 1.1, True),
                (moving(0.6), 0.9, 10.0, True),
                (OLD, 11.0, 11.0, False),
            ],
        ),
        # What moves for ever does so for another reason.
        (
            OPEN,
            0.0,
            [
                *((moving(0.5 + at / 1000), at, at, True) for at in range(6, 181, 5)),
                (moving(0.9), 181.0, 181.0, False),
            ],
        ),
        # A device that is gone is waited for no longer.
        (FULL, 0.0, [(house_of(COVER), 2.0, 2.0, False)]),
    ],
)
def test_how_long_it_is_waited_for(
    settling: Settling, command: AnyCommand, delay: float, reads: list[Read]
) -> None:
    settling.sent(command, 1.0, delay=delay)
    for house, began, ended, waited_for in reads:
        gave_up = settling.update(house, began, ended)
        assert bool(settling.ids) is waited_for
    assert settling.overlay(house) is house
    there = house.devices.get(command.device_id)
    assert gave_up is (there is not None and not command.confirmed_by(there))


def test_a_later_command_of_the_same_slot_replaces_the_earlier(
    settling: Settling,
) -> None:
    settling.sent(OPEN, 0.0)
    settling.sent(StopMoving(device_id=COVER.id), 1.0)
    house = moving(0.5)
    settling.update(house, 2.0, 2.0)
    assert settling.ids == {COVER.id}
    assert settling.overlay(house) is house
    settling.update(OLD, 3.0, 3.0)
    assert not settling.ids


def test_others_are_shown_together_and_end_each_for_itself(settling: Settling) -> None:
    settling.sent(SetPower(device_id=MEDIA.id, on=True), 0.0)
    settling.sent(SetVolume(device_id=MEDIA.id, volume=0.8), 0.0)
    settling.sent(SelectSource(device_id=MEDIA.id, source_id="53"), 0.0)
    wanted = replace(MEDIA, power=True, volume=0.8, source_id="53")
    assert shown(settling, OLD, MEDIA) == wanted
    settling.update(house_of(replace(wanted, volume=0.3)), 1.0, 1.0)
    # Off again, by somebody else.
    assert shown(settling, OLD, MEDIA) == replace(MEDIA, volume=0.8)


@pytest.mark.parametrize("answer_lost", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        ActivateScene(device_id=LIGHT.id),
        FULL,
        OPEN,
        SetPower(device_id=MEDIA.id, on=True),
        MoveTo(device_id=COVER.id, position=0.5),
    ],
)
def test_no_state_is_invented(
    settling: Settling, command: AnyCommand, answer_lost: bool
) -> None:
    settling.sent(command, 0.0, answer_lost=answer_lost)
    # It is read often all the same, until it is clear.
    assert bool(settling.ids) is (command.slot is not None)
    device = OLD.devices[command.device_id]
    expected = device if answer_lost else command.expect(device)
    assert shown(settling, OLD, device) == expected
    assert (settling.overlay(OLD) is OLD) is (expected is device)


@pytest.mark.parametrize("state", LockState)
def test_a_lock_whose_answer_was_lost_is_unknown_until_it_shows(
    settling: Settling, state: LockState
) -> None:
    settling.sent(UNLOCK, 1.0, answer_lost=True)
    house = house_of(lock(state))
    settling.update(house, 0.9, 1.2)
    assert shown(settling, house, LOCK).state is LockState.UNKNOWN
    settling.update(house, 15.0, 15.9)
    known = state in {LockState.UNLOCKED, LockState.JAMMED}
    assert shown(settling, house, LOCK).state is (state if known else LockState.UNKNOWN)
    settling.update(house, 16.0, 16.0)
    assert settling.overlay(house) is house


def test_a_certain_command_replaces_one_whose_answer_was_lost(
    settling: Settling,
) -> None:
    settling.sent(UNLOCK, 0.0, answer_lost=True)
    settling.sent(UNLOCK, 1.0)
    assert shown(settling, OLD, LOCK).state is LockState.UNLOCKING


def test_it_is_read_soon_and_then_as_often_as_the_hub_can(settling: Settling) -> None:
    assert settling.next_check(1.0) is None
    settling.sent(FULL, 10.0)
    settling.sent(UNLOCK, 12.0)
    assert settling.next_check(1.0) == pytest.approx(10.6)
    # A read that came sooner by chance puts nothing off.
    settling.update(OLD, 10.3, 10.4)
    assert settling.next_check(1.0) == pytest.approx(10.6)
    settling.update(OLD, 10.6, 10.7)
    assert settling.next_check(1.0) == pytest.approx(11.7)
    assert settling.next_check(2.5) == pytest.approx(12.6)
