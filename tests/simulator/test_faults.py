"""Faults are switched on and off by name."""

import pytest

from simulator.faults import FAULTS, Active, Faults, known


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


def test_on_and_off(faults: Faults) -> None:
    assert faults.active == []
    faults.on("http_500")
    faults.on("http_500")
    faults.on("silent")
    assert faults.active == ["http_500", "silent"]
    faults.off("http_500")
    faults.off("http_500")
    assert faults.active == ["silent"]
    faults.clear()
    assert faults.active == []


def test_during_a_block(faults: Faults) -> None:
    with faults.during("slow", 3):
        assert faults.active == ["slow"]
    assert faults.active == []


def test_limited_to_a_path(faults: Faults) -> None:
    faults.on("http_500", path="/Sensors/")
    faults.on("http_500", path="/lights")
    assert faults.hit("http_500", "/sensors")
    assert faults.hit("http_500", "/SENSORS/5")
    assert faults.hit("http_500", "/lights/setstate")
    assert not faults.hit("http_500", "/sensorsandmore")
    assert not faults.hit("http_500", "/rooms")
    assert not faults.hit("http_500")
    faults.off("http_500")
    assert faults.active == []


def test_limited_in_number(faults: Faults) -> None:
    faults.on("http_500", times=2)
    assert [bool(faults.hit("http_500", "/rooms")) for _ in range(3)] == [
        True,
        True,
        False,
    ]
    assert faults.active == []


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


def test_a_value_that_is_text_has_no_ids() -> None:
    assert Active("partial_failure", "7").ids == ()


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


def test_listeners_hear_of_on_and_off(faults: Faults) -> None:
    heard: list[tuple[str, bool]] = []
    faults.listen(lambda name, on: heard.append((name, on)))
    faults.on("silent", times=1)
    faults.hit("silent")
    faults.on("slow")
    faults.off("slow")
    assert heard == [
        ("silent", True),
        ("silent", False),
        ("slow", True),
        ("slow", False),
    ]
