"""The folder of the demo's Home Assistant."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import fcntl
import json
from pathlib import Path
import shutil
import tempfile
from typing import Any

from .errors import DemoError

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / ".demo"
# What the houses want to find again with --keep: the entries point to their ports.
KEPT = "demo-houses.json"

# Not default_config, parts of which want the internet.
CONFIGURATION = """\
homeassistant:
  name: Demo
  country: US
  currency: USD
  language: en
  time_zone: America/New_York
  unit_system: us_customary
  latitude: 40.99
  longitude: -73.92
  elevation: 30
frontend:
config:
conversation:
diagnostics:
history:
logbook:
system_health:
automation: !include automations.yaml
script: !include scripts.yaml
scene: !include scenes.yaml
"""


def _stored(key: str, version: int, data: dict[str, Any]) -> str:
    return json.dumps(
        {"version": version, "minor_version": 1, "key": key, "data": data}
    )


def prepare(folder: Path, host: str, port: int) -> None:
    """Write what Home Assistant starts with; what is there already stays."""
    (folder / ".storage").mkdir(parents=True, exist_ok=True)
    (folder / "configuration.yaml").write_text(CONFIGURATION, encoding="utf-8")
    # In the configuration, a new address would be taken back after five minutes
    # unless somebody confirms it in the user interface.
    (folder / ".storage" / "http").write_text(
        _stored("http", 1, {"server_host": [host], "server_port": port}),
        encoding="utf-8",
    )
    # This step of the onboarding would add integrations that need the internet.
    onboarding = _stored("onboarding", 4, {"done": ["core_config"]})
    for name, content in (
        ("automations.yaml", "[]\n"),
        ("scripts.yaml", "{}\n"),
        ("scenes.yaml", "[]\n"),
        (".storage/onboarding", onboarding),
    ):
        if not (folder / name).exists():
            (folder / name).write_text(content, encoding="utf-8")
    link = folder / "custom_components"
    link.unlink(missing_ok=True)
    link.symlink_to(ROOT / "custom_components")


@contextmanager
def own_folder(*, keep: bool) -> Iterator[Path]:
    """Give the folder of the demo, emptied unless it is to be kept."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(
                "A demo is running already. End it with Ctrl-C in its window first."
            ) from None
        if not keep:
            empty(FOLDER)
        yield FOLDER


def empty(folder: Path) -> None:
    """Remove what an earlier demo left, except for the lock that we hold."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Give a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(
        prefix="crestron-homeseer-demo-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def read_kept(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Read what the houses, by name, kept the last time."""
    try:
        kept: Any = json.loads((folder / KEPT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return dict(kept)


def write_kept(folder: Path, kept: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what the houses want to know the next time."""
    (folder / KEPT).write_text(json.dumps(kept), encoding="utf-8")
