"""Files with recordings."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.recording import Recording, RecordingError, load, parse, save

BODIES = {"rooms": {"rooms": [{"id": 1, "name": "Küche"}], "version": "2.000.0004"}}
GOOD = {
    "format": "crestron-recording",
    "version": 1,
    "api_version": "2.000.0001",
    "bodies": BODIES,
}


def test_what_is_saved_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "house.json"
    recording = Recording("2.000.0001", BODIES)
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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON"),
        ("[]", "no JSON object"),
        ("{}", 'no "format"'),
        ('{"data": {"recording": []}}', 'no "format"'),
        (
            '{"data": {"recording": null, "recording_failed": "refused"}}',
            r"could not be read when this was downloaded \(refused\)",
        ),
        ('{"format": "x"}', "format is 'x'"),
        ('{"format": "crestron-recording", "version": 2}', "version is 2"),
        ('{"format": "crestron-recording", "version": 1}', 'no "bodies"'),
        (
            '{"format": "crestron-recording", "version": 1, "bodies": {"rooms": []}}',
            "'rooms' is no JSON object",
        ),
    ],
)
def test_bad_files_are_refused_with_a_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match=reason) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_missing_and_binary_files_are_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="No such file"):
        load(tmp_path / "missing.json")
    path = tmp_path / "binary.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordingError, match="no JSON"):
        load(path)
