"""Icons are named in icons.json alone, exist, and belong to something."""

import ast
import json
from typing import Any

from custom_components.crestron_homeseer.const import PLATFORMS

from .code import INTEGRATION, modules, words

ICONS: dict[str, Any] = json.loads((INTEGRATION / "icons.json").read_text("utf-8"))


def find_icon(path: str) -> Any:
    """Return what is at a path; None without anything."""
    found: Any = ICONS
    for part in path.split("/"):
        found = (found or {}).get(part)
    return found


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
