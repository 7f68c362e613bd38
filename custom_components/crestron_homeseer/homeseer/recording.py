"""What a system answers, as a recording that can be served again."""

from collections.abc import Collection
import re
from typing import Any

from ..house.fields import MASK, Fields, redacted
from ..house.hub import HubResponseError
from .about import ask_fahrenheit
from .client import HomeSeerClient

# The form of the file; who changes it raises the version.
FORMAT = "homeseer-recording"
VERSION = 1

# What is asked, in this order, and with which parameters.
REQUESTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("getsessionconfig", {}),
    ("hsversion", {}),
    ("getstatus", {"ref": "all"}),
    ("getcontrol", {"ref": "all"}),
    ("getevents", {}),
)
# The controls of a large system are long.
TIMEOUT = 120.0

# What plug-ins of locks and alarm systems call the codes that people type.
_CODE = re.compile(r"\b(?:user|access|door|entry|pin)[ _-]?codes?\b", re.IGNORECASE)


async def record(client: HomeSeerClient, secrets: Collection[str]) -> dict[str, Any]:
    """Return what was answered, and why some was not; raises HubError."""
    bodies: dict[str, Any] = {}
    skipped: dict[str, str] = {}
    for request, params in REQUESTS:
        try:
            answer = await client.ask(request, timeout=TIMEOUT, **params)
        except HubResponseError as err:
            skipped[request] = str(err)
        else:
            bodies[request] = redacted(answer, secrets)
    _mask_codes(bodies.get("getstatus", {}))
    older = _version(bodies).startswith("3.")
    fahrenheit = await ask_fahrenheit(client) if older else None
    if fahrenheit is not None:
        # HomeSeer 3 does not say with its devices in which unit they measure.
        bodies.get("getstatus", {}).setdefault("TempFormatF", fahrenheit)
    return {
        "format": FORMAT,
        "version": VERSION,
        "dialect": "hs3" if older else "hs4",
        "bodies": bodies,
        "skipped": skipped,
    }


def _version(bodies: dict[str, Any]) -> str:
    session = Fields(bodies.get("getsessionconfig"))
    plain = Fields(bodies.get("hsversion"))
    return session.text("hsversion") or plain.text("response") or ""


def _mask_codes(status: dict[str, Any]) -> None:
    for device in Fields(status).items("devices"):
        if isinstance(device, dict) and _CODE.search(str(device.get("name"))):
            device |= {"value": 0, "status": MASK}
