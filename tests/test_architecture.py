"""The rooms of the code stay apart."""

import ast
from collections.abc import Iterator
from pathlib import Path
import subprocess
import sys

import pytest

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "crestron_homeseer"
# Home Assistant puts probatio in voluptuous' place; both are its validation.
HOME_ASSISTANT = {"homeassistant", "probatio", "voluptuous"}
LIBRARIES = ("house", "crestron", "homeseer")


def imported_packages(source: str) -> Iterator[str]:
    """Name the top-level packages a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def test_contracts_are_kept() -> None:
    """Every contract in pyproject.toml holds."""
    # In a process of its own: it switches off all logging in the one that it runs in.
    command = "from importlinter import cli; raise SystemExit(cli.lint_imports(no_cache=True, no_logo=True))"
    result = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        # Said once more without the contracts, which a slip in their settings could void.
        *((INTEGRATION / room, HOME_ASSISTANT) for room in LIBRARIES),
        # It has to answer like the real thing, not like our client expects.
        (ROOT / "simulator", {"custom_components", "tests"}),
    ],
)
def test_what_knows_nothing_of_others(folder: Path, forbidden: set[str]) -> None:
    """The libraries stand alone, and so does the simulator."""
    offenders = [
        str(path.relative_to(ROOT))
        for path in sorted(folder.rglob("*.py"))
        if forbidden & set(imported_packages(path.read_text(encoding="utf-8")))
    ]
    assert offenders == []
