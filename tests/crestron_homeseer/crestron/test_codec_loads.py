"""What the processor says → lights, fans, shades, scenes and locks."""

import pytest

from custom_components.crestron_homeseer.house.devices import Fan, Light
from custom_components.crestron_homeseer.house.kinds import CoverKind, LockState, Motion

from .captured import LIGHT, LOCK, SHADE, one
from .common import Json

# Lights and fans


@pytest.mark.parametrize(
    ("sent", "level", "dimmable"),
    [
        ({"level": 0}, 0.0, True),
        ({"level": 65535}, 1.0, True),
        ({"level": "32768"}, 32768 / 65535, True),
        ({"level": None}, None, True),
        ({"level": 1}, 1 / 65535, True),
        ({"level": 0, "subType": "Switch"}, 0.0, False),
        ({"level": 1, "subType": "switch"}, 1.0, False),
        ({"level": 65535, "subType": "SWITCH"}, 1.0, False),
        ({"level": None, "subType": "Switch"}, None, False),
        ({"level": 9, "subType": None}, 9 / 65535, True),
        ({"level": 9, "subType": "Wibble"}, 9 / 65535, True),
    ],
)
def test_lights(sent: Json, level: float | None, dimmable: bool) -> None:
    light = one("light", LIGHT | sent)
    assert isinstance(light, Light)
    assert (light.level, light.dimmable, light.fades) == (level, dimmable, dimmable)


@pytest.mark.parametrize(
    ("speed", "fraction"),
    [
        (0, 0.0),
        (2, 1 / 3),
        ("3", 2 / 3),
        (4, 1.0),
        (1, None),
        (5, None),
        (None, None),
    ],
)
def test_fans(speed: object, fraction: float | None) -> None:
    fan = one("light", {"id": 7, "subType": "fan", "speed": speed})
    assert isinstance(fan, Fan)
    assert (fan.id, fan.speed, fan.speeds) == ("light-7", fraction, 3)


# Shades


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        ("Shade", CoverKind.SHADE),
        ("Drape", CoverKind.CURTAIN),
        ("Shade Group", CoverKind.SHADE_GROUP),
        (None, CoverKind.SHADE),
        ("Wibble", CoverKind.UNKNOWN),
    ],
)
def test_all_kinds_of_shades_are_covers(subtype: str | None, kind: CoverKind) -> None:
    assert one("shade", SHADE | {"subType": subtype}).kind is kind


@pytest.mark.parametrize(
    ("raw", "position", "motion"),
    [
        (0, 0.0, Motion.STOPPED),
        (65535, 1.0, Motion.STOPPED),
        (65534, 65534 / 65535, Motion.UNKNOWN),
        (None, None, Motion.UNKNOWN),
    ],
)
def test_only_at_its_ends_a_shade_is_known_to_stand(
    raw: int | None, position: float | None, motion: Motion
) -> None:
    cover = one("shade", SHADE | {"position": raw})
    assert (cover.position, cover.motion) == (position, motion)


# Locks


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Locked", LockState.LOCKED),
        ("LOCKED", LockState.LOCKED),
        ("unlocked", LockState.UNLOCKED),
        ("Jammed", LockState.JAMMED),
        (None, LockState.UNKNOWN),
        ("", LockState.UNKNOWN),
        (False, LockState.UNKNOWN),
        (0, LockState.UNKNOWN),
        ("Wibble", LockState.UNKNOWN),
        (["Unlocked"], LockState.UNKNOWN),
    ],
)
def test_what_a_lock_does_not_say_is_unknown(status: object, state: LockState) -> None:
    assert one("lock", LOCK | {"status": status}).state is state


def test_a_lock_without_a_status_is_unknown() -> None:
    assert one("lock", {"id": 9}).state is LockState.UNKNOWN
