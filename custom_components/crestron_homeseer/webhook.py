"""The web hook of a HomeSeer 4 system: it posts each change to an address of ours."""

import asyncio
from http import HTTPStatus

from aiohttp.http import HttpProcessingError
from aiohttp.web import Request, RequestPayloadError, Response
from homeassistant.components import webhook
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.util.json import JSON_DECODE_EXCEPTIONS, json_loads

from .const import CONF_WEBHOOK, DOMAIN
from .coordinator import HouseConfigEntry

# A change is told in some hundred bytes.
MAX_BODY = 64 * 1024
# It comes at once, or not at all.
BODY_TIMEOUT = 10.0

_UNREADABLE = (
    *JSON_DECODE_EXCEPTIONS,
    HttpProcessingError,
    OSError,
    RequestPayloadError,
)


@callback
def async_listen(hass: HomeAssistant, entry: HouseConfigEntry) -> None:
    """Take what is posted for an entry, where its options say so, until it is unloaded."""
    webhook_id = entry.data.get(CONF_WEBHOOK_ID)
    if webhook_id is None or not entry.options.get(CONF_WEBHOOK):
        return

    async def handle(_hass: HomeAssistant, _id: str, request: Request) -> Response:
        try:
            async with asyncio.timeout(BODY_TIMEOUT):
                body = await _read(request)
            if body is None:
                return Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            message = json_loads(body)
        except TimeoutError:
            return Response(status=HTTPStatus.REQUEST_TIMEOUT)
        except _UNREADABLE:
            # Home Assistant would log what is raised here, with the hook's id.
            return Response(status=HTTPStatus.BAD_REQUEST)
        entry.runtime_data.hub.heard(message)
        return Response(status=HTTPStatus.OK)

    webhook.async_register(
        hass,
        DOMAIN,
        entry.title,
        webhook_id,
        handle,
        local_only=True,
        allowed_methods=("POST",),
    )
    entry.async_on_unload(lambda: webhook.async_unregister(hass, webhook_id))


async def _read(request: Request) -> bytes | None:
    """Return the body of a request; None where it is longer than any change."""
    if (request.content_length or 0) > MAX_BODY:
        return None
    body = b""
    while chunk := await request.content.read(MAX_BODY + 1 - len(body)):
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return body


@callback
def address(hass: HomeAssistant, webhook_id: str) -> str:
    """Return the address to be pasted into HomeSeer."""
    try:
        return webhook.async_generate_url(
            hass, webhook_id, allow_external=False, prefer_external=False
        )
    except NoURLAvailableError:
        path = webhook.async_generate_path(webhook_id)
        return f"http://homeassistant.local:8123{path}"
