"""An address of ours that is called when something changes.

A HomeSeer 4 system posts each change to it. For a processor, a sequence or anybody else
on the network calls it, and may name a list in its query: `?list=lights`.
"""

import asyncio
from http import HTTPStatus

from aiohttp.http import HttpProcessingError
from aiohttp.web import (
    HTTPRequestEntityTooLarge,
    Request,
    RequestPayloadError,
    Response,
)
from homeassistant.components import webhook
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.util.json import JSON_DECODE_EXCEPTIONS, json_loads

from .const import CONF_KIND, CONF_WEBHOOK, DOMAIN, KIND_CRESTRON
from .coordinator import HouseConfigEntry

# A change is some hundred bytes.
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
    webhook_id = webhook_id_of(entry)
    if webhook_id is None or not entry.options.get(CONF_WEBHOOK):
        return
    without_body = entry.data[CONF_KIND] == KIND_CRESTRON

    async def handle(_hass: HomeAssistant, _id: str, request: Request) -> Response:
        message: object = request.query.get("list")
        if not without_body:
            limited = request.clone(client_max_size=MAX_BODY)
            try:
                async with asyncio.timeout(BODY_TIMEOUT):
                    message = json_loads(await limited.read())
            except HTTPRequestEntityTooLarge as err:
                return Response(status=err.status)
            except TimeoutError:
                return Response(status=HTTPStatus.REQUEST_TIMEOUT)
            except _UNREADABLE:
                # Home Assistant would log what is raised here, with the hook's id.
                return Response(status=HTTPStatus.BAD_REQUEST)
        entry.runtime_data.hub.on_webhook(message)
        return Response(status=HTTPStatus.OK)

    webhook.async_register(
        hass,
        DOMAIN,
        entry.title,
        webhook_id,
        handle,
        local_only=True,
        allowed_methods=("GET", "POST") if without_body else ("POST",),
    )
    entry.async_on_unload(lambda: webhook.async_unregister(hass, webhook_id))


def webhook_id_of(entry: ConfigEntry) -> str | None:
    """Return what is secret of an entry's address; processors have it as an option."""
    values = {**entry.options, **entry.data}
    return values.get(CONF_WEBHOOK_ID)


@callback
def address(hass: HomeAssistant, webhook_id: str) -> str:
    """Return the address to be called."""
    try:
        return webhook.async_generate_url(
            hass, webhook_id, allow_external=False, prefer_external=False
        )
    except NoURLAvailableError:
        path = webhook.async_generate_path(webhook_id)
        return f"http://homeassistant.local:8123{path}"
