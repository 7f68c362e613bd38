"""What a processor answers, as a recording that can be served again."""

from typing import Any

from ..house.fields import redacted
from ..house.hub import HubResponseError
from .client import CrestronClient
from .codec import ENDPOINTS
from .fields import Fields, parse
from .listing import list_of

# The form of the file; who changes it raises the version.
FORMAT = "crestron-recording"
VERSION = 1

# Read in this order, with the one that nobody here uses: it tells what is missing.
LISTS = ("rooms", "devices", *(endpoint.path for endpoint in ENDPOINTS))


async def record(client: CrestronClient) -> dict[str, Any]:
    """Return the bodies of all lists, and why others are not in it; raises HubError."""
    bodies: dict[str, Any] = {}
    skipped: dict[str, str] = {}
    for path in LISTS:
        try:
            body = await client.get(path)
            list_of(body, path)
            bodies[path] = redacted(parse(body))
        except HubResponseError as err:
            skipped[path] = str(err)
    return {
        "format": FORMAT,
        "version": VERSION,
        "api_version": client.version or "",
        "bodies": bodies,
        "skipped": skipped,
        "only_in_devices": _only_in_devices(bodies),
    }


def _only_in_devices(bodies: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the processor has and tells in none of the lists that are read."""
    listed = {
        path: list(map(Fields, Fields(body).items(path)))
        for path, body in bodies.items()
        if path != "rooms"
    }
    known = {
        item.integer("id")
        for path, items in listed.items()
        if path != "devices"
        for item in items
    }
    return [
        {key: item.get(key) for key in ("id", "name", "type", "subtype")}
        for item in listed.get("devices", ())
        if item.integer("id") not in known
    ]
