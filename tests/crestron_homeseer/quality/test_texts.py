"""Each text is used, and each that is used is there.

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
from custom_components.crestron_homeseer.options_flow import HomeOptionsFlow

from .code import INTEGRATION, argument, modules, words

TEXTS: dict[str, Any] = json.loads(
    (INTEGRATION / "translations" / "en.json").read_text("utf-8")
)
SERVICES: dict[str, Any] = load_yaml_dict(INTEGRATION / "services.yaml")
FLOWS = {"config": CrestronHomeSeerConfigFlow, "options": HomeOptionsFlow}
# Steps that show nothing themselves.
SILENT = {
    "config": {"cloud", "dhcp", "local", "reauth", "reconfigure", "waited"},
    "options": {"save"},
}
# What a flow ends with that gives no reason itself. Home Assistant 2026.10 says them
# in its own words; 2026.9, the oldest that is supported, looks for ours.
BY_DEFAULT = {"reauth_successful", "reconfigure_successful"}
SECTIONS = [
    *("config/abort", "config/error", "entity", "exceptions", "issues"),
    *("options/abort", "options/error", "selector", "system_health/info"),
]


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Go through all texts and where they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}/{key}")
    else:
        yield path, node


@pytest.mark.parametrize("section", ["config", "options"])
def test_each_step_has_texts_and_no_other_has(section: str) -> None:
    prefix = "async_step_"
    own = {name for base in (ConfigFlow, OptionsFlow) for name in dir(base)}
    own -= {f"{prefix}dhcp", f"{prefix}user"}
    names = set(dir(FLOWS[section])) - own
    steps = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    assert set(TEXTS[section]["step"]) == steps - SILENT[section] - (
        {"user"} if section == "options" else set()
    )


def test_each_field_is_asked_for_and_explained() -> None:
    used = words()
    for section in ("config", "options"):
        for name, step in TEXTS[section]["step"].items():
            fields, explained = step.get("data", {}), step.get("data_description", {})
            assert {*fields, *step.get("menu_options", ())} <= used, name
            # A page of options explains what its label does not say already.
            assert set(explained) <= set(fields), name
            assert section == "options" or set(explained) == set(fields), name


@pytest.mark.parametrize("section", SECTIONS)
def test_each_text_is_used(section: str) -> None:
    found: Any = TEXTS
    for part in section.split("/"):
        found = found[part]
    keys = set(found)
    if section == "entity":
        assert keys <= set(PLATFORMS)
        keys = {key for platform in found.values() for key in platform}
    if section == "selector":
        keys |= {key for one in found.values() for key in one["options"]}
    assert keys - words() - BY_DEFAULT == set()


def test_each_reason_to_stop_has_a_text() -> None:
    """Also one that no test provokes."""
    issues = [issue.get("fix_flow", {}) for issue in TEXTS["issues"].values()]
    of_repairs = {reason for flow in issues for reason in flow.get("abort", {})}
    of_flows = TEXTS["config"]["abort"].keys() | TEXTS["options"]["abort"].keys()
    for module in modules():
        known = of_repairs if module.name == "repairs" else of_flows
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


def test_each_text_can_be_shown() -> None:
    for path, text in leaves(TEXTS):
        assert text == text.strip() != "", path
        # Home Assistant shows neither, and an address has to come from the code.
        assert "://" not in text and "<" not in text, path
        for _, name, form, conversion in Formatter().parse(text):
            assert name is None or name.isidentifier(), path
            assert not form and not conversion, path


def test_texts_are_in_order() -> None:
    def ordered(node: Any) -> bool:
        return not isinstance(node, dict) or (
            list(node) == sorted(node) and all(map(ordered, node.values()))
        )

    assert ordered(TEXTS)
