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
from .crestron.find import Found, find, read_host, see_certificate
from .crestron.hints import BridgeAddress, check
from .crestron.hub import CrestronHub
from .homeseer.client import MYHS, Account, Site
from .homeseer.find import CloudSystem, find_local, find_systems
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
        _address(data),
        data[CONF_TOKEN],
        certificate=options.get(CONF_CERTIFICATE),
        model=data.get(CONF_MODEL),
        memory=memory,
        together=read_groups(options),
        volume_scale=options.get(CONF_VOLUME_SCALE),
        fade_unit=options.get(CONF_FADE_UNIT),
        bridge=_bridge(options),
    )


def _bridge(options: Mapping[str, Any]) -> BridgeAddress | None:
    if not (typed := options.get(CONF_BRIDGE)):
        return None
    return BridgeAddress(*read_host(typed), options.get(CONF_BRIDGE_TOKEN))


def _address(data: Mapping[str, Any]) -> Address:
    return Address(data[CONF_HOST], data.get(CONF_PORT), data[CONF_SSL])


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
        _local(data)
        if local
        else Site.cloud(data[CONF_LICENSE], _account(data), MYHS_URL),
        _settings(options),
        ascii_port=int(port) or None,
        ascii_wanted=local and CONF_ASCII_PORT in options,
        memory=memory,
        **({CONF_NAME: data[CONF_NAME]} if data.get(CONF_NAME) else {}),
    )


def _local(data: Mapping[str, Any]) -> Site:
    return Site.local(data[CONF_HOST], data.get(CONF_PORT), _account(data))


def _account(data: Mapping[str, Any]) -> Account:
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


async def async_find_crestron(
    hass: HomeAssistant, host: str, port: int | None, *, plain: bool = False
) -> Found:
    """Return the Crestron processor at a host; raises HubError."""
    session = async_get_clientsession(hass, verify_ssl=False)
    return await find(session, host, port, plain=plain)


async def async_see_certificate(hass: HomeAssistant, data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a processor's certificate; raises HubError."""
    session = async_get_clientsession(hass, verify_ssl=False)
    return await see_certificate(session, _address(data))


async def async_check_bridge(hass: HomeAssistant, options: Mapping[str, Any]) -> None:
    """Check that a bridge is connected; raises HubError, ValueError."""
    if address := _bridge(options):
        await check(async_get_clientsession(hass), address)


def readable_certificate(digits: str) -> str:
    """Return a SHA-256 in hex digits as browsers show it."""
    return bytes.fromhex(digits).hex(":").upper()


async def async_find_homeseer(hass: HomeAssistant, data: Mapping[str, Any]) -> None:
    """See that a HomeSeer system is where an entry's data say; raises HubError."""
    await find_local(async_get_clientsession(hass), _local(data))


async def async_find_systems(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> tuple[CloudSystem, ...]:
    """Return the systems of the MyHS account in an entry's data; raises HubError."""
    session = async_get_clientsession(hass)
    systems = await find_systems(session, _account(data), MYHS_URL)
    return tuple(system for system in systems if system.online)
