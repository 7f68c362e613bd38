"""The manifest says what is so."""

import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_dhcp, async_get_integration

from custom_components.crestron_homeseer.const import DOMAIN

from .code import INTEGRATION

MANIFEST: dict[str, Any] = json.loads(
    (INTEGRATION / "manifest.json").read_text("utf-8")
)


async def test_home_assistant_can_load_it(hass: HomeAssistant) -> None:
    assert MANIFEST["domain"] == DOMAIN == INTEGRATION.name
    assert MANIFEST["integration_type"] == "hub"
    assert MANIFEST["iot_class"] == "local_polling"
    assert MANIFEST["loggers"] == [f"custom_components.{DOMAIN}"]
    assert MANIFEST["requirements"] == []
    # Home Assistant itself takes it from here.
    integration = await async_get_integration(hass, DOMAIN)
    assert not integration.is_built_in and not integration.disabled
    assert integration.config_flow
    mine = [each for each in await async_get_dhcp(hass) if each["domain"] == DOMAIN]
    assert mine == [{"domain": DOMAIN, **each} for each in MANIFEST["dhcp"]]


def test_what_is_discovered_can_be_matched() -> None:
    """Addresses of network cards are compared in upper case, names in lower case."""
    # A processor that moved is noticed, too.
    assert {"registered_devices": True} in MANIFEST["dhcp"]
    for matcher in MANIFEST["dhcp"]:
        match matcher:
            case {"macaddress": str(card)}:
                prefix = card.removesuffix("*")
                assert card == prefix.upper() + "*"
                assert len(bytes.fromhex(prefix)) == 3
            case {"hostname": str(name)}:
                assert name == name.lower()
                assert name.endswith("-*")
            case _:
                assert matcher == {"registered_devices": True}
