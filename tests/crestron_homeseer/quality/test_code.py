"""What core's linters and reviewers look for in the code."""

import ast
import inspect

from homeassistant.data_entry_flow import FlowError
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from custom_components.crestron_homeseer.const import DOMAIN, PLATFORMS
from custom_components.crestron_homeseer.coordinator import HouseConfigEntry

from .code import argument, modules

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


def test_each_platform_says_how_much_it_does_at_once() -> None:
    # The queue sends what comes together as one request: nothing is to wait before it.
    assert {BY_NAME[each].imported.PARALLEL_UPDATES for each in PLATFORMS} == {0}


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


def test_all_that_takes_an_entry_knows_what_it_holds() -> None:
    found = set()
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.AsyncFunctionDef) and node.name in WITH_ENTRY:
                found.add(node.name)
                annotation = node.args.args[1].annotation
                assert annotation is not None
                assert module.meaning(annotation) is HouseConfigEntry, node.name
    assert found == WITH_ENTRY


def test_nothing_blocks_and_sessions_are_handed_in() -> None:
    """Everything on the wire is asyncio."""
    blocking = {"requests", "socket", "urllib.request", "http.client"}
    for module in modules():
        for node in ast.walk(module.tree):
            names: set[str] = set()
            match node:
                case ast.Import():
                    names = {alias.name for alias in node.names}
                case ast.ImportFrom():
                    names = {node.module or ""}
                case ast.Call(func=ast.Attribute(attr="ClientSession")):
                    raise AssertionError(module.where(node))
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
