"""Every example is something that Home Assistant takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from homeassistant.components import logger
from homeassistant.components.automation.config import (
    async_validate_config_item as validate_automation,
)
from homeassistant.components.script.config import (
    async_validate_config_item as validate_script,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import pytest
import yaml

from custom_components.crestron_homeseer.const import DOMAIN

from .pages import ROOT, page, pages

# Everybody's phone has a name of its own.
PHONES = "notify.mobile_app_"


def examples() -> Iterator[Any]:
    """Yield all examples in YAML, with where they are from."""
    for each in pages():
        for number, text in enumerate(each.examples("yaml", "yml"), start=1):
            name = f"{each.path.stem}-{number}"
            yield pytest.param(yaml.safe_load(text), id=name)


def actions(part: object) -> Iterator[dict[str, Any]]:
    """Yield all actions, however deep they are."""
    if isinstance(part, dict):
        if isinstance(part.get("action"), str):
            yield part
        for value in part.values():
            yield from actions(value)
    elif isinstance(part, list):
        for value in part:
            yield from actions(value)


def inputs(part: dict[str, Any]) -> Iterator[str]:
    """Yield what a blueprint asks for, in sections or not."""
    for name, facts in part.items():
        if "input" in (facts or {}):
            yield from inputs(facts["input"])
        else:
            yield name


def check_blueprint(used: dict[str, Any]) -> None:
    """Check that a blueprint of ours is used as it is."""
    path = ROOT / "blueprints" / "automation" / DOMAIN / Path(used["path"]).name
    asks = load_yaml_dict(str(path))["blueprint"]["input"]
    assert set(used["input"]) <= set(inputs(asks))


def types(part: object) -> Iterator[str]:
    """Yield the types of all cards and of what they offer."""
    if isinstance(part, dict):
        if isinstance(part.get("type"), str):
            yield part["type"]
        part = list(part.values())
    for value in part if isinstance(part, list) else ():
        yield from types(value)


def check_card(example: dict[str, Any]) -> None:
    """Check that a card is like those of the dashboard, which is put to the test."""
    dashboard = load_yaml_dict(str(ROOT / "docs" / "dashboard" / "house.yaml"))
    assert set(types(example)) <= set(types(dashboard))


async def known(hass: HomeAssistant, name: str) -> bool:
    """Return whether there is an action of a name, after it had a chance to come."""
    domain, _, action = name.partition(".")
    assert await async_setup_component(hass, domain, {})
    await hass.async_block_till_done()
    return hass.services.has_service(domain, action)


@pytest.fixture(autouse=True)
async def basis(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    """Have what every Home Assistant has."""
    assert await async_setup_component(hass, "homeassistant", {})


@pytest.mark.parametrize("example", examples())
async def test_home_assistant_takes_examples(hass: HomeAssistant, example: Any) -> None:
    match example:
        case list():
            cv.SCRIPT_SCHEMA(example)
        case {"logger": _}:
            logger.CONFIG_SCHEMA(example)
        case {"use_blueprint": used}:
            check_blueprint(used)
        case {"entity": _, "type": _}:
            check_card(example)
        case {"triggers": _}:
            parts = {"alias", "triggers", "conditions", "actions", "mode"}
            assert set(example) <= parts
            assert await validate_automation(hass, "example", example) is not None
        case {"sequence": _}:
            script = {"alias": "Example", **example}
            assert await validate_script(hass, "example", script) is not None
        case _:
            cv.SERVICE_SCHEMA(example)
    for each in actions(example):
        if each["action"].startswith(PHONES):
            continue
        assert await known(hass, each["action"]), each["action"]
        domain, _, action = each["action"].partition(".")
        schema = hass.services.async_services_internal()[domain][action].schema
        assert schema is not None
        schema({**each.get("data", {}), **each.get("target", {})})


async def test_actions_that_are_named_are_there(hass: HomeAssistant) -> None:
    titles = {section.title for section in page("functions").sections}
    named = {
        code
        for code in page("functions").code
        if code.partition(".")[0] in titles | {DOMAIN} and "." in code
    }
    assert len(named) > 30
    for name in sorted(named):
        assert await known(hass, name), name
