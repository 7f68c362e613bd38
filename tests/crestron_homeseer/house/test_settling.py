"""What is shown between a command and the hub's confirmation of it."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.crestron_homeseer.house import commands as ask
from custom_components.crestron_homeseer.house.controls import ActivateScene
from custom_components.crestron_homeseer.house.devices import Device, House
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import LockState, Motion
from custom_components.crestron_homeseer.house.queue import Settling

from .samples import COVER, LIGHT, LOCK, MEDIA, cover, house_of, lock

FULL = ask.SetLevel(device_id=LIGHT.id, level=1.0)
OPEN = ask.MoveTo(device_id=COVER.id, position=1.0)
UNLOCK = ask.SetLocked(device_id=LOCK.id, locked=False)
OLD = house_of(LIGHT, COVER, LOCK, MEDIA)
LIT = house_of(replace(LIGHT, level=0.998))


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
    settling.sent(ActivateScene(device_id=LIGHT.id), 0.0)
    settling.sent(ask.MoveTo(device_id=COVER.id, position=0.5), 0.0)
    # A scene shows nothing, and the cover is where it was asked to be.
    assert settling.ids == {COVER.id}
    assert settling.overlay(OLD) is OLD
    settling.sent(FULL, 0.0)
    lit = {LIGHT.id: replace(LIGHT, level=1.0)}
    assert settling.overlay(OLD) == replace(OLD, devices={**OLD.devices, **lit})
    renamed = house_of(replace(LIGHT, name="Chandelier"))
    assert shown(settling, renamed, LIGHT).name == "Chandelier"


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
        # What starts later has so much longer.
        (OPEN, 20.0, [(OLD, 30.0, 30.0, True), (OLD, 31.0, 31.0, False)]),
        # What moves has the usual time from its last change on, of which another object
        # is no sign; one that was seen before the command is none.
        (
            OPEN,
            0.0,
            [
                (moving(0.4), 0.9, 1.5, True),
                (OLD, 2.0, 2.0, True),
                (moving(0.6), 9.0, 9.0, True),
                (moving(0.6), 18.9, 18.9, True),
                (moving(0.6), 19.0, 19.0, False),
            ],
        ),
        (OPEN, 0.0, [(moving(0.6), 0.9, 10.0, True), (OLD, 11.0, 11.0, False)]),
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


def test_a_later_command_replaces_one_of_the_same_kind_and_no_other(
    settling: Settling,
) -> None:
    settling.sent(OPEN, 0.0)
    settling.sent(ask.StopMoving(device_id=COVER.id), 1.0)
    house = moving(0.5)
    assert settling.overlay(house) is house
    settling.sent(ask.SetPower(device_id=MEDIA.id, on=True), 0.0)
    settling.sent(ask.SetVolume(device_id=MEDIA.id, volume=0.8), 0.0)
    settling.sent(ask.SelectSource(device_id=MEDIA.id, source_id="53"), 0.0)
    wanted = replace(MEDIA, power=True, volume=0.8, source_id="53")
    assert shown(settling, OLD, MEDIA) == wanted
    settling.update(house_of(replace(wanted, volume=0.3), COVER), 2.0, 2.0)
    # Off again, by somebody else.
    assert settling.ids == {MEDIA.id}
    assert shown(settling, OLD, MEDIA) == replace(MEDIA, volume=0.8)


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
    settling.sent(UNLOCK, 17.0, answer_lost=True)
    settling.sent(UNLOCK, 18.0)
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
