"""Icons are named in icons.json alone, exist, and belong to something."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

import hass_frontend

from custom_components.crestron_homeseer.const import PLATFORMS

from .code import INTEGRATION, modules, words

ICONS: dict[str, Any] = json.loads((INTEGRATION / "icons.json").read_text("utf-8"))


def icons(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from icons(value)
    else:
        yield node


def find_icon(path: str) -> Any:
    """Return what is at a path; None without anything."""
    found: Any = ICONS
    for part in path.split("/"):
        found = (found or {}).get(part)
    return found


def test_each_icon_is_one_of_the_frontend() -> None:
    path = Path(hass_frontend.__file__).parent / "static" / "mdi" / "iconList.json"
    known = {f"mdi:{icon['name']}" for icon in json.loads(path.read_text("utf-8"))}
    assert len(known) > 7000
    assert set(icons(ICONS)) - known == set()


def test_the_code_names_none() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith("mdi:"), module.where(node)
            if isinstance(node, ast.Attribute):
                assert node.attr != "_attr_icon", module.where(node)


def test_each_icon_belongs_to_something() -> None:
    assert set(ICONS) == {"entity", "services"}
    used = words()
    for platform, icons_of in ICONS["entity"].items():
        assert platform in PLATFORMS
        assert set(icons_of) <= used
