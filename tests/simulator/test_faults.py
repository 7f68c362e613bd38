"""Faults are switched on and off by name; recordings are files."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.faults import FAULTS, Faults, known
from simulator.recording import Recording, RecordingError, load, parse, save


@pytest.fixture
def faults() -> Faults:
    """No faults yet."""
    return Faults("crestron")


def test_every_fault_says_what_it_does_and_is_known_where_it_belongs() -> None:
    assert all(fault.meaning for fault in FAULTS.values())
    assert "auth_5002" in known("crestron")
    assert "auth_5002" not in known("another")
    assert "silent" in known("another")


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
    faults: Faults, name: str, value: Any, seconds: float, ids: tuple[int, ...]
) -> None:
    faults.on(name, value)
    active = faults.hit(name)
    assert active is not None
    assert (active.seconds, active.ids) == (seconds, ids)


@pytest.mark.parametrize(
    ("name", "value", "limits", "reason"),
    [
        ("slow", "long", {}, "slow takes SECONDS"),
        ("slow", -1, {}, "slow takes SECONDS"),
        ("silent", "yes", {}, "silent takes nothing"),
        ("partial_failure", "a", {}, "partial_failure takes ID"),
        ("gremlins", None, {}, "no fault 'gremlins'; there are refuse_"),
        ("refuse_connections", None, {"path": "/rooms"}, "no single requests"),
        ("silent", None, {"times": 0}, "at least 1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    faults: Faults, name: str, value: Any, limits: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        faults.on(name, value, **limits)
    with pytest.raises(ValueError, match="no fault 'gremlins'"):
        faults.off("gremlins")


BODIES = {"rooms": {"rooms": [{"id": 1, "name": "Küche"}], "version": "2.000.0004"}}
GOOD = {
    "format": "crestron-recording",
    "version": 1,
    "api_version": "2.000.0001",
    "bodies": BODIES,
}


def test_what_is_saved_can_be_loaded(tmp_path: Path) -> None:
    path, recording = tmp_path / "house.json", Recording("2.000.0001", BODIES)
    save(path, recording)
    assert load(path) == recording
    assert json.loads(path.read_text(encoding="utf-8")) == GOOD


@pytest.mark.parametrize(
    "wrapped",
    [GOOD, {"data": GOOD}, {"recording": GOOD}, {"data": {"recording": GOOD, "x": 1}}],
)
def test_diagnostics_may_wrap_a_recording(wrapped: dict[str, Any]) -> None:
    assert parse(wrapped) == Recording("2.000.0001", BODIES)


def test_paths_are_tidied_and_a_missing_api_version_is_assumed() -> None:
    found = parse(GOOD | {"api_version": None, "bodies": {"/DoorLocks": {}}})
    assert found == Recording("2.000.0004", {"doorlocks": {}})


FAILED = {"data": {"recording": None, "recording_failed": "refused"}}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        ([], "no JSON object"),
        ({}, 'no "format"'),
        ({"data": {"recording": []}}, 'no "format"'),
        (FAILED, r"could not be read when this was downloaded \(refused\)"),
        ({"format": "x"}, "format is 'x'"),
        (GOOD | {"version": 2}, "version is 2"),
        (GOOD | {"bodies": None}, 'no "bodies"'),
        (GOOD | {"bodies": {"rooms": []}}, "'rooms' is no JSON object"),
        (None, "No such file"),
    ],
)
def test_bad_files_are_refused_with_a_reason(
    tmp_path: Path, content: Any, reason: str
) -> None:
    path = tmp_path / "bad.json"
    if content is not None:
        raw = isinstance(content, bytes)
        path.write_bytes(content if raw else json.dumps(content).encode())
    with pytest.raises(RecordingError, match=reason) as caught:
        load(path)
    assert str(path) in str(caught.value)
