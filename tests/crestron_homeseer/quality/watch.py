"""Watches over each test: no user may read a key or a brace in place of a text.

Home Assistant's own tests do the same for its integrations, and nobody does it for
others. What is watched is everything that Home Assistant is handed to be translated.
"""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from functools import cache
import logging
from string import Formatter
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntriesFlowManager, OptionsFlowManager
from homeassistant.data_entry_flow import FlowHandler, FlowManager, FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.issue_registry import IssueRegistry

from custom_components.crestron_homeseer.const import DOMAIN

from ..common import texts

# Steps whose fields are named after the devices of the house.
NAMED_BY_DEVICES = {"line_up"}


@cache
def _section(name: str) -> dict[str, Any]:
    return texts(name)


def find(path: str) -> Any:
    """Return the text or the texts at a path of the English texts; None without any."""
    found: Any = None
    for index, part in enumerate(path.split("/")):
        found = _section(part) if index == 0 else found.get(part)
        if found is None:
            return None
    return found


def gaps(text: str) -> set[str]:
    """Return the names of what a text leaves open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Complaints(list[str]):
    """What was wrong with the texts that a user would have been shown."""

    def text(
        self, path: str, facts: Mapping[str, str] | None, *, needed: bool = True
    ) -> None:
        """Look at one text, which has to be there and to be complete."""
        text = find(path)
        if text is None:
            if needed:
                self.append(f"{path} has no text")
        elif missing := gaps(text) - set(facts or {}):
            self.append(f"{path} is shown without {missing}")

    def flow(self, section: str, result: Mapping[str, Any]) -> None:
        """Look at what a flow shows."""
        facts = result.get("description_placeholders")
        if result["type"] == FlowResultType.ABORT:
            if result.get("translation_domain") in {None, DOMAIN}:
                self.text(f"{section}/abort/{result['reason']}", facts)
            return
        if result["type"] not in {FlowResultType.FORM, FlowResultType.MENU}:
            return
        step = f"{section}/step/{result['step_id']}"
        # A page that a menu leads to has a name there.
        self.text(f"{step}/title", facts, needed=section == "config")
        self.text(f"{step}/description", facts, needed=False)
        for error in (result.get("errors") or {}).values():
            self.text(f"{section}/error/{error}", facts)
        if result["type"] == FlowResultType.MENU:
            for option in result["menu_options"]:
                self.text(f"{step}/menu_options/{option}", facts)
        elif result["step_id"] not in NAMED_BY_DEVICES and result["data_schema"]:
            for field in result["data_schema"].schema:
                self.text(f"{step}/data/{field}", facts)
                self.text(
                    f"{step}/data_description/{field}",
                    facts,
                    needed=section == "config",
                )


@contextmanager
def watched_texts() -> Generator[Complaints]:
    """Look at all that is to be translated, and collect what is wrong with it."""
    complaints = Complaints()
    step, create = FlowManager._async_handle_step, IssueRegistry.async_get_or_create
    begin = HomeAssistantError.__init__

    async def handle_step(
        manager: Any, flow: FlowHandler[Any, Any, Any], *args: Any
    ) -> Any:
        result = await step(manager, flow, *args)
        if type(flow).__module__.startswith(f"custom_components.{DOMAIN}"):
            complaints.flow(_section_of(manager, flow), result)
            if title := flow.context.get("title_placeholders"):
                complaints.text("config/flow_title", title)
        return result

    def init(error: HomeAssistantError, *args: Any, **named: Any) -> None:
        begin(error, *args, **named)
        if named.get("translation_domain") == DOMAIN:
            path = f"exceptions/{named['translation_key']}/message"
            complaints.text(path, named.get("translation_placeholders"))

    def get_or_create(registry: Any, domain: str, *args: Any, **named: Any) -> Any:
        if domain == DOMAIN:
            path = f"issues/{named['translation_key']}"
            facts = named.get("translation_placeholders")
            complaints.text(f"{path}/title", facts)
            complaints.text(
                f"{path}/description", facts, needed=not named["is_fixable"]
            )
            if named["is_fixable"] and not find(f"{path}/fix_flow"):
                complaints.append(f"{path} has no texts for its repair")
        return create(registry, domain, *args, **named)

    with (
        patch.object(FlowManager, "_async_handle_step", handle_step),
        patch.object(HomeAssistantError, "__init__", init),
        patch.object(IssueRegistry, "async_get_or_create", get_or_create),
    ):
        yield complaints


def _section_of(manager: Any, flow: FlowHandler[Any, Any, Any]) -> str:
    if isinstance(manager, ConfigEntriesFlowManager):
        return "config"
    if isinstance(manager, OptionsFlowManager):
        return "options"
    about = (getattr(flow, "data", None) or {}).get("about", "certificate")
    return f"issues/{about}/fix_flow"


def deprecations(records: Iterable[logging.LogRecord]) -> list[str]:
    """Return what Home Assistant says of our use of what it is going to remove."""
    return [
        record.getMessage()
        for record in records
        if record.levelno >= logging.WARNING
        and record.name.startswith(("homeassistant", "custom_components"))
        and DOMAIN in record.getMessage()
        and any(
            word in record.getMessage()
            for word in ("Detected that ", "deprecated", "will stop working")
        )
    ]
