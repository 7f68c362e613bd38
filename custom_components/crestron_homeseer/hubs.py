"""The one place where an entry's kind picks its hub."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.storage import Store

from .const import CONF_KIND, DOMAIN, KIND_CRESTRON
from .crestron.client import Address
from .crestron.find import Found, find, read_host
from .crestron.hub import CrestronHub
from .house.hub import Hub

__all__ = ["async_find_crestron", "create_hub", "create_store", "read_host"]

STORE_VERSION = 1


def create_store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return where a hub's memory is kept."""
    return Store(hass, STORE_VERSION, f"{DOMAIN}.{entry_id}")


def create_hub(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    memory: dict[str, Any] | None = None,
) -> Hub:
    """Return the hub that an entry's data describe."""
    makers = {KIND_CRESTRON: _crestron}
    return makers[data[CONF_KIND]](hass, data, memory)


def _crestron(
    hass: HomeAssistant, data: Mapping[str, Any], memory: dict[str, Any] | None
) -> Hub:
    # The processor signs its own certificate, and makes a new one at each start.
    return CrestronHub(
        async_get_clientsession(hass, verify_ssl=False),
        Address(data[CONF_HOST], data.get(CONF_PORT), data[CONF_SSL]),
        data[CONF_TOKEN],
        model=data.get(CONF_MODEL),
        memory=memory,
    )


async def async_find_crestron(
    hass: HomeAssistant, host: str, port: int | None
) -> Found:
    """Return the Crestron processor at a host; raises HubError."""
    return await find(async_get_clientsession(hass, verify_ssl=False), host, port)
