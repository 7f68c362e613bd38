"""What is shown between a command and the hub's own word about it."""

from dataclasses import replace

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
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    Device,
    House,
    Light,
    Lock,
    MediaRoom,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import LockState, Motion
from custom_components.crestron_homeseer.house.settling import Settling

from .samples import COVER, LIGHT, LOCK, MEDIA, cover, house_of, lock

FULL = SetLevel(device_id=LIGHT.id, level=1.0)
OPEN = MoveTo(device_id=COVER.id, position=1.0)
UNLOCK = SetLocked(device_id=LOCK.id, locked=False)
OLD = house_of(LIGHT, COVER, LOCK, MEDIA)
# Long enough for no deadline, and past the deadline of any light or shade.
SOON, LATE = 5.0, 10.0


@pytest.fixture
def settling() -> Settling:
    return Settling()


def light_of(house: House) -> Light:
    device = house.devices[LIGHT.id]
    assert isinstance(device, Light)
    return device


def cover_of(house: House) -> Cover:
    device = house.devices[COVER.id]
    assert isinstance(device, Cover)
    return device


def lock_of(house: House) -> Lock:
    device = house.devices[LOCK.id]
    assert isinstance(device, Lock)
    return device


def media_of(house: House) -> MediaRoom:
    device = house.devices[MEDIA.id]
    assert isinstance(device, MediaRoom)
    return device


def test_where_nothing_is_under_way_the_house_is_shown_as_it_is(
    settling: Settling,
) -> None:
    assert settling.overlay(OLD) is OLD
    assert list(settling.ids) == []


def test_what_was_asked_for_is_shown_at_once(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    assert light_of(settling.overlay(OLD)).level == 1.0
    assert list(settling.ids) == [LIGHT.id]


def test_everything_else_is_shown_as_it_is(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    shown = settling.overlay(OLD)
    assert cover_of(shown) is COVER
    assert replace(shown, devices=OLD.devices) == OLD


def test_the_same_object_is_shown_for_as_long_as_nothing_changes(
    settling: Settling,
) -> None:
    settling.sent(FULL, 0.0)
    shown = light_of(settling.overlay(OLD))
    settling.update(OLD, 1.0, 1.1)
    assert light_of(settling.overlay(OLD)) is shown
    again = house_of(replace(LIGHT), COVER)
    assert light_of(settling.overlay(again)) is shown


def test_a_new_object_is_shown_when_something_changes(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    settling.overlay(OLD)
    renamed = house_of(replace(LIGHT, name="Chandelier"))
    assert light_of(settling.overlay(renamed)).name == "Chandelier"


def test_the_hubs_word_stands_once_it_shows_what_was_asked_for(
    settling: Settling,
) -> None:
    settling.sent(FULL, 0.0)
    done = house_of(replace(LIGHT, level=0.998))
    settling.update(done, 1.0, 1.1)
    assert list(settling.ids) == []
    assert settling.overlay(done) is done


def test_a_hub_that_lags_is_not_believed_before_the_deadline(
    settling: Settling,
) -> None:
    settling.sent(FULL, 0.0)
    settling.update(OLD, 9.0, 9.9)
    assert light_of(settling.overlay(OLD)).level == 1.0


def test_after_the_deadline_the_hubs_word_stands(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    settling.update(OLD, LATE, LATE)
    assert settling.overlay(OLD) is OLD


def test_a_slow_read_begun_before_the_command_does_not_end_it(
    settling: Settling,
) -> None:
    settling.sent(FULL, 1.0)
    assert not settling.update(OLD, 0.9, 1.0 + LATE)
    assert light_of(settling.overlay(OLD)).level == 1.0
    # The next one is believed, as it is late enough.
    assert settling.update(OLD, 1.1 + LATE, 1.2 + LATE)
    assert settling.overlay(OLD) is OLD


def test_a_read_begun_before_the_command_does_not_confirm_it(
    settling: Settling,
) -> None:
    lit = house_of(replace(LIGHT, level=1.0))
    settling.sent(SetLevel(device_id=LIGHT.id, level=0.0), 1.0)
    settling.sent(FULL, 1.0)
    settling.update(lit, 0.9, 1.2)
    assert list(settling.ids) == [LIGHT.id]
    settling.update(lit, 1.0, 1.3)
    assert list(settling.ids) == []


def test_the_deadline_moves_on_while_the_device_changes(settling: Settling) -> None:
    settling.sent(OPEN, 0.0)
    for step in range(1, 9):
        now = step * 8.0
        house = house_of(cover(position=0.5 + step / 20, motion=Motion.OPENING))
        settling.update(house, now, now)
        assert list(settling.ids) == [COVER.id]


def test_a_device_that_stands_still_again_has_the_usual_time(
    settling: Settling,
) -> None:
    settling.sent(OPEN, 0.0)
    settling.update(OLD, 1.0, 1.0)
    halfway = house_of(cover(position=0.6, motion=Motion.OPENING))
    settling.update(halfway, 8.0, 8.0)
    settling.update(halfway, 17.0, 17.9)
    assert list(settling.ids) == [COVER.id]
    settling.update(halfway, 18.0, 18.0)
    assert list(settling.ids) == []


def test_a_change_in_a_read_begun_before_the_command_moves_no_deadline(
    settling: Settling,
) -> None:
    settling.sent(OPEN, 5.0)
    settling.update(OLD, 4.0, 5.1)
    settling.update(house_of(cover(position=0.6)), 4.9, 14.0)
    settling.update(OLD, 15.0, 15.0)
    assert list(settling.ids) == []


def test_whatever_moves_for_ever_moves_for_another_reason(settling: Settling) -> None:
    settling.sent(OPEN, 0.0)
    for step in range(1, 1 + int(180 / SOON)):
        before = list(settling.ids)
        house = house_of(cover(position=0.5 + step / 1000))
        settling.update(house, step * SOON, step * SOON)
    assert before == [COVER.id]
    assert list(settling.ids) == []


def test_a_longer_fade_has_longer(settling: Settling) -> None:
    settling.sent(SetLevel(device_id=LIGHT.id, level=1.0, fade=30.0), 0.0)
    settling.update(OLD, 39.0, 39.0)
    assert light_of(settling.overlay(OLD)).level == 1.0
    settling.update(OLD, 40.0, 40.0)
    assert settling.overlay(OLD) is OLD


def test_what_starts_later_has_so_much_longer(settling: Settling) -> None:
    settling.sent(OPEN, 0.0, delay=20.0)
    settling.update(OLD, 29.0, 29.0)
    assert list(settling.ids) == [COVER.id]
    settling.update(OLD, 30.0, 30.0)
    assert list(settling.ids) == []


def test_a_later_wish_of_the_same_kind_replaces_the_earlier(
    settling: Settling,
) -> None:
    settling.sent(OPEN, 0.0)
    settling.sent(StopMoving(device_id=COVER.id), 1.0)
    moving = house_of(cover(motion=Motion.OPENING))
    settling.update(moving, 2.0, 2.0)
    assert list(settling.ids) == [COVER.id]
    assert settling.overlay(moving) is moving
    settling.update(OLD, 3.0, 3.0)
    assert list(settling.ids) == []


def test_wishes_of_different_kinds_are_shown_together(settling: Settling) -> None:
    settling.sent(SetPower(device_id=MEDIA.id, on=True), 0.0)
    settling.sent(SetVolume(device_id=MEDIA.id, volume=0.8), 0.0)
    settling.sent(SelectSource(device_id=MEDIA.id, source_id="53"), 0.0)
    wanted = replace(MEDIA, power=True, volume=0.8, source_id="53")
    assert media_of(settling.overlay(OLD)) == wanted


def test_each_wish_ends_for_itself(settling: Settling) -> None:
    settling.sent(SetPower(device_id=MEDIA.id, on=True), 0.0)
    settling.sent(SetVolume(device_id=MEDIA.id, volume=0.8), 0.0)
    on = replace(MEDIA, power=True)
    settling.update(house_of(on), 1.0, 1.0)
    off_again = house_of(MEDIA)
    assert media_of(settling.overlay(off_again)) == replace(MEDIA, volume=0.8)


@pytest.mark.parametrize(
    "command",
    [ActivateScene(device_id="scene-8"), ActivateScene(device_id=LIGHT.id)],
)
def test_a_scene_shows_nothing_of_itself(
    settling: Settling, command: AnyCommand
) -> None:
    settling.sent(command, 0.0)
    settling.sent(command, 0.0, answer_lost=True)
    assert settling.overlay(OLD) is OLD
    assert list(settling.ids) == []


def test_a_device_that_is_gone_is_waited_for_no_longer(settling: Settling) -> None:
    settling.sent(FULL, 0.0)
    without = house_of(COVER)
    assert settling.overlay(without) is without
    settling.update(without, 1.0, 1.0)
    assert list(settling.ids) == []


def test_a_device_that_will_not_change_is_shown_as_the_same_object(
    settling: Settling,
) -> None:
    settling.sent(MoveTo(device_id=COVER.id, position=0.5), 0.0)
    assert settling.overlay(OLD) is OLD


@pytest.mark.parametrize("state", [LockState.LOCKED, LockState.UNKNOWN])
def test_a_doubtful_lock_is_unknown_while_the_hub_may_still_lag(
    settling: Settling, state: LockState
) -> None:
    settling.sent(UNLOCK, 0.0, answer_lost=True)
    house = house_of(lock(state))
    settling.update(house, 14.0, 14.9)
    assert lock_of(settling.overlay(house)).state is LockState.UNKNOWN


@pytest.mark.parametrize("state", [LockState.UNLOCKED, LockState.JAMMED])
def test_a_doubtful_lock_is_what_the_hub_later_says_it_became(
    settling: Settling, state: LockState
) -> None:
    settling.sent(UNLOCK, 1.0, answer_lost=True)
    house = house_of(lock(state))
    settling.update(house, 0.9, 1.2)
    assert lock_of(settling.overlay(house)).state is LockState.UNKNOWN
    settling.update(house, 1.0, 1.3)
    assert settling.overlay(house) is house


def test_a_doubtful_lock_is_as_the_hub_says_after_the_deadline(
    settling: Settling,
) -> None:
    settling.sent(UNLOCK, 0.0, answer_lost=True)
    settling.update(OLD, 15.0, 15.0)
    assert settling.overlay(OLD) is OLD


@pytest.mark.parametrize(
    ("command", "device"),
    [(FULL, LIGHT), (OPEN, COVER), (SetPower(device_id=MEDIA.id, on=True), MEDIA)],
)
def test_no_state_is_invented_for_what_is_in_doubt(
    settling: Settling, command: AnyCommand, device: Device
) -> None:
    settling.sent(command, 0.0, answer_lost=True)
    assert settling.overlay(OLD) is OLD
    # It is read often all the same, until it is clear.
    assert list(settling.ids) == [device.id]


def test_a_certain_command_ends_the_doubt_of_an_earlier_one(
    settling: Settling,
) -> None:
    settling.sent(UNLOCK, 0.0, answer_lost=True)
    settling.sent(SetLocked(device_id=LOCK.id, locked=False), 1.0)
    assert lock_of(settling.overlay(OLD)).state is LockState.UNLOCKING


def test_it_is_looked_soon_and_then_in_the_rhythm_of_the_hub(
    settling: Settling,
) -> None:
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
