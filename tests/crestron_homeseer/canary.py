"""Secrets with known bytes, and a net that is held wherever they might come out."""

import base64
from collections import defaultdict
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import partial
from html import escape
import json
from typing import Any
from urllib.parse import quote, quote_plus


class Place(StrEnum):
    """Every place that is searched; what is not named here is not promised."""

    LOG = "the log at every level, of Home Assistant, aiohttp, asyncio and us"
    DIAGNOSTICS = "the downloaded diagnostics of a hub, also while it is in trouble"
    DEVICE_DIAGNOSTICS = "the downloaded diagnostics of a device"
    HEALTH = "the system health"
    ISSUES = "the issues under Repairs"
    STATES = "the states and attributes of all entities"
    REGISTRIES = "the device and entity registries"
    FLOWS = "the answers of all flows: adding, new login, reconfiguring, options"
    ERRORS = "the errors of actions and of the hub, with tracebacks"
    OBJECTS = "what objects show of themselves: str() and repr()"
    MEMORY = "what is remembered of a hub across restarts"


# What is shown on purpose, to whom it belongs, in the form where it is asked for.
SHOWN = {
    "username": "suggested in its own field, so that only the password is typed",
    "address": "the web hook's address is to be pasted into HomeSeer",
}
# What was just typed comes back to whoever typed it, in its own field, with an error.
TYPED = {"token", "password"}
# Home Assistant itself writes the address of every web hook that is called, or refused.
HOOK_LOGGERS = {
    "aiohttp.access",
    "homeassistant.components.webhook",
    "homeassistant.helpers.http",
}


def forms(secret: str) -> set[str]:
    """Return how a secret may be written: plain, quoted, in base64, in hex."""
    data = secret.encode()
    written = {
        write(secret)
        for write in (str, quote, partial(quote, safe=""), quote_plus, escape)
    }
    written |= {json.dumps(secret)[1:-1], repr(secret)[1:-1], data.hex()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            # In the midst of more, as a password is in "user:password".
            text = encode(b"\0" * before + data).decode().rstrip("=")
            end = len(text) if (before + len(data)) % 3 == 0 else len(text) - 1
            written.add(text[-(-before * 8 // 6) : end])
    return written


class Net:
    """Keeps what came out where, and looks through it."""

    def __init__(self) -> None:
        """Start with nothing caught."""
        self.caught: dict[Place, list[str]] = defaultdict(list)

    def hold(self, place: Place, *things: object) -> None:
        """Keep what came out at a place."""
        self.caught[place] += [str(thing) for thing in things]

    def found(self, secrets: Collection[str]) -> list[str]:
        """Return which secrets came out, and where."""
        return [
            f"{form!r} in {place}: …{text[max(0, at - 80) : at + 80]}…"
            for place, texts in self.caught.items()
            for text in {" ".join(texts).lower()}
            for secret in secrets
            for form in sorted(forms(secret))
            if (at := text.find(form.lower())) >= 0
        ]


def pieces(root: object) -> Iterator[object]:
    """Yield all objects of the integration that an object holds, and itself."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += thing
        elif type(thing).__module__.startswith("custom_components.crestron_homeseer"):
            yield thing
            waiting += getattr(thing, "__dict__", {}).values()
            waiting += [
                getattr(thing, slot)
                for kind in type(thing).__mro__
                for slot in getattr(kind, "__slots__", ())
                if hasattr(thing, slot)
            ]


def without_shown(result: dict[str, Any], *, typed: bool) -> dict[str, Any]:
    """Return a flow's answer without what is in it on purpose."""
    shown = SHOWN.keys() | (TYPED if typed else set())
    for field in result.get("data_schema") or []:
        if field["name"] in shown:
            field.pop("description", None)
    if result.get("step_id") in {"hints", "push"}:
        result["description_placeholders"].pop("address")
    return result
