"""The one place where an entry's kind picks its hub."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeassistant.const import (
    CONF_HOST,
    CONF_MODEL,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_SSL,
    CONF_TOKEN,
    CONF_USERNAME,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .const import (
    CONF_ASCII_PORT,
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_CERTIFICATE,
    CONF_EVENT_GROUPS,
    CONF_FADE_UNIT,
    CONF_INTERFACES,
    CONF_KIND,
    CONF_LICENSE,
    CONF_OVERRIDES,
    CONF_ROOM_FROM,
    CONF_SCENE_GROUPS,
    CONF_VOLUME_SCALE,
    DEFAULT_ASCII_PORT,
    KIND_CRESTRON,
    KIND_HOMESEER,
    LOGGER,
    VIRTUAL_DEVICES,
)
from .crestron.client import Address
from .crestron.find import read_host
from .crestron.hints import BridgeAddress
from .crestron.hub import CrestronHub
from .homeseer.client import MYHS, Account, Site
from .homeseer.hub import HomeSeerHub
from .homeseer.settings import Settings
from .house.adjusted import AdjustedHub, Adjustments
from .house.hub import Hub
from .house_options import read_adjustments, read_calibrations, read_groups

# Where MyHS is; a test has its own.
MYHS_URL = MYHS


def create_hub(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    memory: dict[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Hub:
    """Return the hub that an entry's data and options describe."""
    options = options or {}
    make = _crestron if data[CONF_KIND] == KIND_CRESTRON else _homeseer
    hub = make(hass, data, memory, options)
    calibrations, broken = read_calibrations(options)
    if broken:
        LOGGER.warning("What is set for these shades is left out: %s", broken)
    adjustments = replace(read_adjustments(options), calibrations=calibrations)
    return hub if adjustments == Adjustments() else AdjustedHub(hub, adjustments)


def _crestron(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    memory: dict[str, Any] | None,
    options: Mapping[str, Any],
) -> Hub:
    # The processor signs its own certificate, and makes a new one at each start.
    return CrestronHub(
        async_get_clientsession(hass, verify_ssl=False),
        address_of(data),
        data[CONF_TOKEN],
        certificate=options.get(CONF_CERTIFICATE),
        model=data.get(CONF_MODEL),
        memory=memory,
        together=read_groups(options),
        volume_scale=options.get(CONF_VOLUME_SCALE),
        fade_unit=options.get(CONF_FADE_UNIT),
        bridge=bridge_of(options),
    )


def address_of(data: Mapping[str, Any]) -> Address:
    """Return where an entry's processor is."""
    return Address(data[CONF_HOST], data.get(CONF_PORT), data[CONF_SSL])


def bridge_of(options: Mapping[str, Any]) -> BridgeAddress | None:
    """Return where the bridge is, if there is one; raises ValueError."""
    if not (typed := options.get(CONF_BRIDGE)):
        return None
    return BridgeAddress(*read_host(typed), options.get(CONF_BRIDGE_TOKEN))


def readable_certificate(digits: str) -> str:
    """Return a SHA-256 in hex digits as browsers show it."""
    return bytes.fromhex(digits).hex(":").upper()


def _homeseer(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    memory: dict[str, Any] | None,
    options: Mapping[str, Any],
) -> Hub:
    local = data[CONF_KIND] == KIND_HOMESEER
    port = options.get(CONF_ASCII_PORT, DEFAULT_ASCII_PORT) if local else 0
    return HomeSeerHub(
        async_get_clientsession(hass),
        site_of(data),
        _settings(options),
        ascii_port=int(port) or None,
        ascii_wanted=local and CONF_ASCII_PORT in options,
        memory=memory,
        **({CONF_NAME: data[CONF_NAME]} if data.get(CONF_NAME) else {}),
    )


def site_of(data: Mapping[str, Any]) -> Site:
    """Return where an entry's HomeSeer system is."""
    account = account_of(data)
    if data[CONF_KIND] == KIND_HOMESEER:
        return Site.local(data[CONF_HOST], data.get(CONF_PORT), account)
    return Site.cloud(data[CONF_LICENSE], account, MYHS_URL)


def account_of(data: Mapping[str, Any]) -> Account:
    """Return an entry's login to HomeSeer, or to its cloud."""
    return Account(
        data.get(CONF_USERNAME), data.get(CONF_PASSWORD), data.get(CONF_TOKEN)
    )


def _settings(options: Mapping[str, Any]) -> Settings:
    """Return what an entry's options say about a HomeSeer system."""
    interfaces, groups, scenes = (
        None if (chosen := options.get(key)) is None else frozenset(chosen)
        for key in (CONF_INTERFACES, CONF_EVENT_GROUPS, CONF_SCENE_GROUPS)
    )
    if interfaces is not None and VIRTUAL_DEVICES in interfaces:
        interfaces = interfaces - {VIRTUAL_DEVICES} | {""}
    return Settings(
        room_from=options.get(CONF_ROOM_FROM),
        interfaces=interfaces,
        event_groups=groups,
        scene_groups=scenes,
        overrides={
            # What is stored as JSON has texts for keys; what is gone has no ref.
            int(ref): kind
            for ref, kind in options.get(CONF_OVERRIDES, {}).items()
            if str(ref).isdecimal()
        },
    )
