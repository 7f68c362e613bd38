"""Recordings of real systems: what they answered, in a file."""

from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any

FORMAT = "crestron-recording"
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


def _find(data: Any) -> dict[str, Any]:
    """Find the recording in a file; diagnostics of Home Assistant wrap it in more."""
    if not isinstance(data, dict):
        raise RecordingError("the file holds no JSON object")
    for candidate in (data, data.get("data"), data.get("recording")):
        if isinstance(candidate, dict) and "format" in candidate:
            return candidate
    inner = data.get("data")
    if isinstance(inner, dict) and isinstance(inner.get("recording"), dict):
        return _find(inner["recording"])
    raise RecordingError(f'there is no "format": "{FORMAT}" in it')


def parse(data: Any) -> Recording:
    """Read a recording from JSON that is parsed already."""
    found = _find(data)
    if found["format"] != FORMAT:
        raise RecordingError(f'its format is {found["format"]!r}, not "{FORMAT}"')
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
    return Recording(
        str(found.get("api_version") or "2.000.0004"),
        {path.lower().strip("/"): body for path, body in bodies.items()},
    )


def load(path: str | Path) -> Recording:
    """Read a recording from a file."""
    try:
        return parse(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError, json.JSONDecodeError:
        raise RecordingError(f"{path}: this is no JSON") from None
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from None


def save(path: str | Path, recording: Recording) -> None:
    """Write a recording to a file."""
    text = json.dumps(recording.as_json(), indent=2, ensure_ascii=False)
    Path(path).write_text(f"{text}\n", encoding="utf-8")
