"""Faults are switched on and off by name."""

import pytest

from simulator.faults import FAULTS, Faults, known


@pytest.fixture
def faults() -> Faults:
    """No faults yet."""
    return Faults("crestron")


def test_every_fault_says_what_it_does() -> None:
    assert all(fault.meaning for fault in FAULTS.values())


def test_a_system_knows_its_own_faults_and_the_common_ones() -> None:
    assert "auth_5002" in known("crestron")
    assert "auth_5002" not in known("another")
    assert "silent" in known("another")


def test_unknown_names_are_refused(faults: Faults) -> None:
    with pytest.raises(ValueError, match="no fault 'gremlins'; there are refuse_"):
        faults.on("gremlins")
    with pytest.raises(ValueError, match="no fault 'gremlins'"):
        faults.off("gremlins")


def test_limits_that_make_no_sense_are_refused(faults: Faults) -> None:
    with pytest.raises(ValueError, match="no single requests"):
        faults.on("refuse_connections", path="/rooms")
    with pytest.raises(ValueError, match="at least 1"):
        faults.on("silent", times=0)


@pytest.mark.parametrize(
    ("name", "value", "seconds", "ids"),
    [
        ("slow", None, 2, (2,)),
        ("slow", "0.5", 0.5, (0,)),
        ("slow", 3, 3, (3,)),
        ("clock_jump", None, 3600, (3600,)),
        ("clock_jump", "-60", -60, (-60,)),
        ("partial_failure", None, 0, ()),
        ("partial_failure", "7,8", 0, (7, 8)),
        ("partial_failure", [7, 8], 0, (7, 8)),
        ("partial_failure", 7, 7, (7,)),
        ("silent", None, 0, ()),
    ],
)
def test_values(
    faults: Faults,
    name: str,
    value: str | float | list[int] | None,
    seconds: float,
    ids: tuple[int, ...],
) -> None:
    faults.on(name, value)
    active = faults.hit(name)
    assert active is not None
    assert (active.seconds, active.ids) == (seconds, ids)


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("slow", "long", "SECONDS"),
        ("slow", -1, "SECONDS"),
        ("silent", "yes", "nothing"),
        ("partial_failure", "a", "ID"),
    ],
)
def test_values_that_make_no_sense_are_refused(
    faults: Faults, name: str, value: str | float, takes: str
) -> None:
    with pytest.raises(ValueError, match=f"{name} takes {takes}"):
        faults.on(name, value)
