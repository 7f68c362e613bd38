"""The quality scale says what is so: each rule, with what proves it."""

import ast
from pathlib import Path
import string
import tomllib
from typing import Any

from homeassistant.util.yaml import load_yaml_dict
import pytest

from scripts.lib.hassfest.checks import RULES

from .code import INTEGRATION, ROOT

NAMES = [name for tier in RULES.values() for name in tier.split()]
# The only rules that speak of something that there is none of.
EXEMPT = {"docs-conditions", "docs-triggers"}
SCALE: dict[str, Any] = load_yaml_dict(INTEGRATION / "quality_scale.yaml")["rules"]


def test_each_rule_is_there_and_no_other() -> None:
    assert len(NAMES) == 54
    assert list(SCALE) == NAMES
    exempt = {name for name, rule in SCALE.items() if rule["status"] == "exempt"}
    assert exempt == EXEMPT
    assert {rule["status"] for rule in SCALE.values()} == {"done", "exempt"}
    manifest = load_yaml_dict(INTEGRATION / "manifest.json")
    assert manifest["quality_scale"] == list(RULES)[-1]


@pytest.mark.parametrize("name", sorted(set(NAMES) - EXEMPT))
def test_what_proves_a_rule_is_there(name: str) -> None:
    proofs = [word for word in SCALE[name]["comment"].split() if is_proof(word)]
    assert proofs
    for proof in proofs:
        complaint = look_up(proof)
        assert complaint is None, complaint


def is_proof(word: str) -> bool:
    """Return whether a word of a comment names something of the repository."""
    path = word.partition("#")[0].partition("::")[0]
    return "/" in path or path.endswith(".md") or path in {"CODEOWNERS", "LICENSE"}


def look_up(proof: str) -> str | None:
    """Return what is wrong with a path, a test in it or a heading of it."""
    name, _, test = proof.partition("::")
    name, _, heading = name.partition("#")
    path = ROOT / name
    if not path.is_file():
        return f"{name} is not there"
    if test and test not in names_of_tests(path):
        return f"{name} has no {test}"
    if heading and heading not in headings(path):
        return f"{name} has no heading {heading}"
    return None


def names_of_tests(path: Path) -> set[str]:
    """Return the names of the tests in a file."""
    return {
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def headings(path: Path) -> set[str]:
    """Return the headings of a page as they stand in links to them."""
    kept = set(string.ascii_lowercase + string.digits + "- ")
    return {
        "".join(
            letter for letter in line.lstrip("#").strip().lower() if letter in kept
        ).replace(" ", "-")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("#")
    }


def test_types_are_strict() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    mypy = settings["tool"]["mypy"]
    assert mypy["strict"] is True
    loosened = str([each["module"] for each in mypy.get("overrides", ())])
    assert "custom_components" not in loosened
    assert "mypy custom_components/crestron_homeseer" in (
        ROOT / "scripts" / "lint"
    ).read_text("utf-8")
