"""Recordings of real systems: what they answered, in a file."""

from collections.abc import Callable
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any, Literal

FORMAT = "crestron-recording"
HOMESEER_FORMAT = "homeseer-recording"
VERSION = 1


class RecordingError(ValueError):
    """A file that is no recording, with the reason in plain words."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The bodies of a system's lists, by path, as they were on the wire."""

    api_version: str
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Put it in the form of the file."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "api_version": self.api_version,
            "bodies": self.bodies,
        }


@dataclass(frozen=True, slots=True)
class HomeSeerRecording:
    """What a HomeSeer system answered, by request."""

    dialect: Literal["hs3", "hs4"]
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the software, if it was recorded."""
        version = self.bodies.get("hsversion", {}).get("Response")
        return version if isinstance(version, str) else ""

    def as_json(self) -> dict[str, Any]:
        """Put it in the form of the file."""
        return {
            "format": HOMESEER_FORMAT,
            "version": VERSION,
            "dialect": self.dialect,
            "bodies": self.bodies,
        }


def _find(data: Any, format: str) -> dict[str, Any]:
    """Find the recording in a file; diagnostics of Home Assistant wrap it in more."""
    if not isinstance(data, dict):
        raise RecordingError("the file holds no JSON object")
    for candidate in (data, data.get("data"), data.get("recording")):
        if isinstance(candidate, dict) and "format" in candidate:
            return candidate
    inner = data.get("data")
    if isinstance(inner, dict) and isinstance(inner.get("recording"), dict):
        return _find(inner["recording"], format)
    if isinstance(inner, dict) and "recording_failed" in inner:
        raise RecordingError(
            "the hub could not be read when this was downloaded"
            f" ({inner['recording_failed']}); download it again while it answers"
        )
    raise RecordingError(f'there is no "format": "{format}" in it')


def _checked(data: Any, format: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Find the recording of a format in a file, and its bodies."""
    found = _find(data, format)
    if found["format"] != format:
        raise RecordingError(f'its format is {found["format"]!r}, not "{format}"')
    if found.get("version") != VERSION:
        raise RecordingError(
            f"its version is {found.get('version')!r}; this simulator reads {VERSION}"
        )
    bodies = found.get("bodies")
    if not isinstance(bodies, dict) or not bodies:
        raise RecordingError('it has no "bodies"')
    for path, body in bodies.items():
        if not isinstance(body, dict):
            raise RecordingError(f"the body of {path!r} is no JSON object")
    return found, {path.lower().strip("/"): body for path, body in bodies.items()}


def parse(data: Any) -> Recording:
    """Read a recording of a Crestron processor from JSON that is parsed already."""
    found, bodies = _checked(data, FORMAT)
    return Recording(str(found.get("api_version") or "2.000.0004"), bodies)


def parse_homeseer(data: Any) -> HomeSeerRecording:
    """Read a recording of a HomeSeer system from JSON that is parsed already."""
    found, bodies = _checked(data, HOMESEER_FORMAT)
    hs3 = str(found.get("dialect")).lower() == "hs3"
    return HomeSeerRecording("hs3" if hs3 else "hs4", bodies)


def _load[R](path: str | Path, read: Callable[[Any], R]) -> R:
    try:
        return read(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError, json.JSONDecodeError:
        raise RecordingError(f"{path}: this is no JSON") from None
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from None


def load(path: str | Path) -> Recording:
    """Read a recording of a Crestron processor from a file."""
    return _load(path, parse)


def load_homeseer(path: str | Path) -> HomeSeerRecording:
    """Read a recording of a HomeSeer system from a file."""
    return _load(path, parse_homeseer)


def save(path: str | Path, recording: Recording | HomeSeerRecording) -> None:
    """Write a recording to a file."""
    text = json.dumps(recording.as_json(), indent=2, ensure_ascii=False)
    Path(path).write_text(f"{text}\n", encoding="utf-8")
