"""Each text is used, and each that is used is there, in the same words everywhere.

What is put together at run time, and what is filled into a text, is watched in every
other test; see `watch`.
"""

import ast
from collections.abc import Iterator
import json
from string import Formatter
from typing import Any

from homeassistant.config_entries import ConfigFlow, OptionsFlow
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.crestron_homeseer.config_flow import CrestronHomeSeerConfigFlow
from custom_components.crestron_homeseer.const import PLATFORMS
from custom_components.crestron_homeseer.options_flow import (
    CrestronOptionsFlow,
    HomeSeerOptionsFlow,
)

from .code import INTEGRATION, argument, modules, words

TEXTS: dict[str, Any] = json.loads(
    (INTEGRATION / "translations" / "en.json").read_text("utf-8")
)
SERVICES: dict[str, Any] = load_yaml_dict(INTEGRATION / "services.yaml")
# Steps that show nothing themselves.
SILENT = {
    "config": {"cloud", "confirm", "dhcp", "local", "reauth", "reconfigure", "waited"},
    "options": {"save"},
}
# What a flow ends with that gives no reason itself. Home Assistant 2026.10 says them
# in its own words; 2026.9, the oldest that is supported, looks for ours.
BY_DEFAULT = {"reauth_successful", "reconfigure_successful"}


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Go through all texts and where they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}/{key}")
    else:
        yield path, node


def reasons_by_default() -> set[str]:
    """Return the reasons that Home Assistant fills in for our flows."""
    left_out = any(
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "async_update_reload_and_abort"
        and argument(call, "reason") is None
        for module in modules()
        for call in module.calls()
    )
    return BY_DEFAULT if left_out else set()


def steps(*flows: type) -> set[str]:
    """Return the steps that flows have beside Home Assistant's own."""
    own = {name for base in (ConfigFlow, OptionsFlow) for name in dir(base)}
    own -= {"async_step_dhcp"}
    names = {name for flow in flows for name in dir(flow)} - own
    names |= {"async_step_user"} if CrestronHomeSeerConfigFlow in flows else set()
    prefix = "async_step_"
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


@pytest.mark.parametrize(
    ("section", "flows"),
    [
        ("config", (CrestronHomeSeerConfigFlow,)),
        ("options", (CrestronOptionsFlow, HomeSeerOptionsFlow)),
    ],
)
def test_each_step_has_texts_and_no_other_has(
    section: str, flows: tuple[type, ...]
) -> None:
    assert set(TEXTS[section]["step"]) == steps(*flows) - SILENT[section]


def test_each_field_is_explained() -> None:
    for name, step in TEXTS["config"]["step"].items():
        assert set(step.get("data", {})) == set(step.get("data_description", {})), name
    # A page of options explains what its label and its description do not say.
    for name, step in TEXTS["options"]["step"].items():
        assert set(step.get("data_description", {})) <= set(step.get("data", {})), name


@pytest.mark.parametrize(
    "section",
    [
        "config/abort",
        "config/error",
        "entity",
        "exceptions",
        "issues",
        "options/abort",
        "options/error",
        "selector",
        "system_health/info",
    ],
)
def test_each_text_is_used(section: str) -> None:
    found: Any = TEXTS
    for part in section.split("/"):
        found = found[part]
    used = words() | reasons_by_default()
    assert {key for key in _keys(section, found) if key not in used} == set()


def _keys(section: str, found: dict[str, Any]) -> Iterator[str]:
    if section == "entity":
        assert set(found) <= set(PLATFORMS)
        for platform in found.values():
            yield from platform
        return
    yield from found
    if section == "selector":
        for one in found.values():
            yield from one["options"]


def test_each_field_with_a_text_is_asked_for() -> None:
    used = words()
    for section in ("config", "options"):
        for name, step in TEXTS[section]["step"].items():
            for part in ("data", "menu_options"):
                assert set(step.get(part, ())) <= used, name


def test_each_reason_to_stop_has_a_text() -> None:
    """Also one that no test provokes."""
    for module in modules():
        known = TEXTS["config"]["abort"] | TEXTS["options"]["abort"]
        if module.name == "repairs":
            flows = [issue.get("fix_flow", {}) for issue in TEXTS["issues"].values()]
            known = {reason for flow in flows for reason in flow.get("abort", {})}
        for call in module.calls():
            reason: ast.expr | None = None
            if isinstance(call.func, ast.Attribute) and call.func.attr == "async_abort":
                reason = argument(call, "reason")
            elif module.meaning(call.func) is AbortFlow:
                (reason,) = call.args
            if isinstance(reason, ast.Constant):
                assert reason.value in known, module.where(call)


def test_actions_have_the_same_fields_everywhere() -> None:
    icons = json.loads((INTEGRATION / "icons.json").read_text("utf-8"))
    assert set(SERVICES) == set(TEXTS["services"]) == set(icons["services"])
    for name, service in SERVICES.items():
        text = TEXTS["services"][name]
        assert text["name"] and text["description"]
        assert set(service["fields"]) == set(text["fields"])
        assert all(field["name"] for field in text["fields"].values())


@pytest.mark.parametrize(("path", "text"), leaves(TEXTS))
def test_a_text_can_be_shown(path: str, text: str) -> None:
    assert text == text.strip() != ""
    # Home Assistant shows neither, and an address has to come from the code.
    assert "://" not in text
    assert "<" not in text
    for _, name, form, conversion in Formatter().parse(text):
        assert name is None or name.isidentifier()
        assert not form and not conversion


def test_sections_are_known_and_in_order() -> None:
    def ordered(node: Any) -> bool:
        return not isinstance(node, dict) or (
            list(node) == sorted(node) and all(map(ordered, node.values()))
        )

    assert set(TEXTS) == {
        "config",
        "entity",
        "exceptions",
        "issues",
        "options",
        "selector",
        "services",
        "system_health",
    }
    assert ordered(TEXTS)
