"""What core's linters and reviewers look for in the code."""

import ast
import inspect

from homeassistant.config_entries import ConfigEntry
from homeassistant.data_entry_flow import FlowError
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.update_coordinator import CoordinatorEntity
import pytest

from custom_components.crestron_homeseer import diagnostics
from custom_components.crestron_homeseer.const import DOMAIN, PLATFORMS
from custom_components.crestron_homeseer.coordinator import HouseConfigEntry

from .code import Module, argument, modules

BY_NAME = {module.name: module for module in modules()}
# What Home Assistant calls with an entry that is set up.
WITH_ENTRY = {
    "async_setup_entry",
    "async_unload_entry",
    "async_remove_entry",
    "async_remove_config_entry_device",
    "async_get_config_entry_diagnostics",
    "async_get_device_diagnostics",
}


def functions(module: Module) -> dict[str, ast.AsyncFunctionDef]:
    return {
        node.name: node
        for node in module.tree.body
        if isinstance(node, ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_platform_says_how_much_it_does_at_once(platform: str) -> None:
    # The queue sends what comes together as one request: nothing is to wait before it.
    assert BY_NAME[platform].imported.PARALLEL_UPDATES == 0


def test_whatever_a_user_is_told_is_translated() -> None:
    raised = 0
    for module in modules():
        for call in module.calls():
            meant = module.meaning(call.func)
            if not isinstance(meant, type) or not issubclass(meant, HomeAssistantError):
                continue
            if issubclass(meant, FlowError | Unauthorized):
                # Its reason is a key, see the texts; rights are Home Assistant's own.
                continue
            raised += 1
            domain = argument(call, "translation_domain")
            assert domain is not None, module.where(call)
            assert module.meaning(domain) == DOMAIN, module.where(call)
            assert argument(call, "translation_key"), module.where(call)
            assert not call.args, module.where(call)
    assert raised > 1


def test_nothing_is_raised_that_home_assistant_would_show_as_it_is() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
                meant = module.meaning(node.exc)
                is_told = isinstance(meant, type) and issubclass(
                    meant, HomeAssistantError
                )
                assert not is_told, module.where(node)


def test_all_that_takes_an_entry_knows_what_it_holds() -> None:
    assert HouseConfigEntry.__value__.__origin__ is ConfigEntry
    found = set()
    for module in modules():
        for name, function in functions(module).items():
            if name in WITH_ENTRY:
                found.add(name)
                annotation = function.args.args[1].annotation
                assert annotation is not None
                assert module.meaning(annotation) is HouseConfigEntry, name
    assert found == WITH_ENTRY


def test_what_an_entry_holds_is_nowhere_else() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Subscript) and isinstance(
                node.value, ast.Attribute
            ):
                in_data = node.value.attr == "data" and _is_hass(node.value.value)
                assert not (in_data and module.meaning(node.slice) == DOMAIN), (
                    module.where(node)
                )


def _is_hass(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in {"hass", "_hass"}
    return False


def test_devices_hang_on_their_hub_by_its_id() -> None:
    """`via_device` goes away."""
    infos = 0
    for module in modules():
        for call in module.calls():
            if module.meaning(call.func) is DeviceInfo:
                infos += 1
            assert argument(call, "via_device") is None, module.where(call)
    assert infos


def test_actions_are_there_before_any_hub() -> None:
    calls = {
        node.func.id
        for node in ast.walk(functions(BY_NAME["__init__"])["async_setup"])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "async_setup_services" in calls


def test_diagnostics_are_redacted_by_home_assistants_own_means() -> None:
    source = inspect.getsource(diagnostics)
    assert source.count("async_redact_data(entry.data, TO_REDACT)") == 1
    assert source.count("async_redact_data(entry.options, TO_REDACT)") == 1


def test_sessions_are_handed_in() -> None:
    for module in modules():
        for call in module.calls():
            made = isinstance(call.func, ast.Attribute) and (
                call.func.attr == "ClientSession"
            )
            assert not made, module.where(call)


def test_nothing_blocks() -> None:
    """Everything on the wire is asyncio."""
    for module in modules():
        for node in ast.walk(module.tree):
            match node:
                case ast.Import():
                    names = {alias.name for alias in node.names}
                case ast.ImportFrom():
                    names = {node.module or ""}
                case _:
                    continue
            blocking = {"requests", "socket", "urllib.request", "http.client"}
            assert not blocking & names, module.where(node)


def test_each_entity_has_a_name_of_its_own_and_a_coordinator() -> None:
    entities = {
        one
        for module in modules()
        for _, one in inspect.getmembers(module.imported, inspect.isclass)
        if issubclass(one, Entity) and one.__module__.startswith("custom_components")
    }
    assert len(entities) > len(PLATFORMS)
    for one in entities:
        assert issubclass(one, CoordinatorEntity)
        assert one._attr_has_entity_name


def test_whoever_listens_stops_when_it_goes() -> None:
    """What begins to listen is handed at once to what ends it."""
    ends = {"async_on_remove", "async_on_unload"}
    begins = {"async_add_listener", "async_track_time_interval"}
    heard = 0
    for module in modules():
        ended = {
            id(handed)
            for call in module.calls()
            if isinstance(call.func, ast.Attribute) and call.func.attr in ends
            for handed in call.args
        }
        for call in module.calls():
            if (
                isinstance(call.func, ast.Attribute)
                and call.func.attr in begins
                # What overrides one of them hands on what ends it.
                and not isinstance(call.func.value, ast.Call)
            ):
                heard += 1
                assert id(call) in ended, module.where(call)
    assert heard
