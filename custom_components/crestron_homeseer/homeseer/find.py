"""Finds systems, and asks for their version, their unit and their places."""

from collections.abc import Collection
from dataclasses import dataclass
import ipaddress
import re
from typing import Any

import aiohttp
from yarl import URL

from ..house.fields import MASK, Fields, redacted
from ..house.hub import HubAuthError, HubError, HubResponseError, Reason
from ..house.kinds import TemperatureUnit
from .client import MYHS, READ_TIMEOUT, Account, HomeSeerClient, Site
from .exchange import BrokenAnswerError, exchange, is_homeseer, list_in

PROBE_TIMEOUT = 30.0

_VERSION = re.compile(r"\d+(\.\d+)+")

# Bits of what a user may do.
_GUEST = 1
_ROLES = 1 | 2 | 8
_INVALID = -1

_MOST_HOPS = 3

# The form of a recording; who changes it raises the version.
_FORMAT = {"format": "homeseer-recording", "version": 1}
_RECORDED = {
    "getsessionconfig": {},
    "hsversion": {},
    "getstatus": {"ref": "all"},
    "getcontrol": {"ref": "all"},
    "getevents": {},
}
# The controls of a large system are long.
_RECORD_TIMEOUT = 120.0
# What plug-ins of locks and alarm systems call the codes that people type.
_CODE = re.compile(r"\b(?:user|access|door|entry|pin)[ _-]?codes?\b", re.IGNORECASE)


# Finding


async def find_local(session: aiohttp.ClientSession, site: Site) -> str:
    """Return the version of a system; raises HubError whose reason is for people.

    The password is sent only to what asks for one or answers as HomeSeer: the front
    page may be the owner's own, and is no evidence against a system that asks.
    """
    try:
        version = await _probe(session, Site(site.root))
    except HubAuthError:
        # Who is refused, or a guest, may be more than that with a login.
        if not site.account.known:
            raise
    else:
        if not site.account.known:
            return version
    return await _probe(session, site)


async def _probe(session: aiohttp.ClientSession, site: Site) -> str:
    """Return the version of a system that lets itself be controlled."""
    config = Fields(None)
    wrong = HubResponseError(Reason.OTHER_DEVICE, "no version in the answer")
    try:
        config = await ask_config(HomeSeerClient(session, site), PROBE_TIMEOUT)
    except HubResponseError as err:
        wrong = err
    if (version := version_of(config)) is None:
        raise await _seen_from_front(session, site, wrong) from None
    rights = Fields(config.get("userpermissions")).integer("userpermissions")
    if not _VERSION.match(version) or rights == _INVALID:
        # Some systems refuse a login with a text, and a status of 200.
        known = site.account.known
        raise HubAuthError(Reason.BAD_LOGIN if known else Reason.LOGIN_NEEDED)
    if rights is not None and rights & _ROLES == _GUEST:
        raise HubAuthError(Reason.NO_RIGHTS)
    return version


async def _seen_from_front(
    session: aiohttp.ClientSession, site: Site, err: HubResponseError
) -> HubResponseError:
    """Return what a bad answer means, by what the front page is."""
    if err.reason is Reason.DECLINED:
        # It answers, and declines whatever it is asked.
        return HubResponseError(Reason.NO_API, str(err))
    url = site.root.with_path("/")
    for _ in range(_MOST_HOPS):
        try:
            answer = await exchange(session, url, timeout=PROBE_TIMEOUT)
        except HubError:
            return err
        if answer.location is None or not site.trusts(answer.location):
            break
        url = answer.location
    if is_homeseer(answer.body):
        broken = isinstance(err, BrokenAnswerError)
        return err if broken else HubResponseError(Reason.NO_API, str(err))
    # An empty page is no evidence.
    shown = answer.status == 404 or (answer.status == 200 and answer.body)
    return HubResponseError(Reason.OTHER_DEVICE, str(err)) if shown else err


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSystem:
    """A system that MyHS knows; `same_lan` is whether it is in our own network."""

    license: str
    name: str
    online: bool = True
    local_host: str | None = None
    local_port: int | None = None
    same_lan: bool = False


async def find_systems(
    session: aiohttp.ClientSession, account: Account, base: URL = MYHS
) -> tuple[CloudSystem, ...]:
    """Return the systems of a MyHS account; raises HubError.

    MyHS names only those that are connected to it at the moment.
    """
    client = HomeSeerClient(session, Site.cloud("", account, base))
    content = await client.ask("", timeout=PROBE_TIMEOUT)
    systems = (_system(Fields(item)) for item in list_in(content, "systems"))
    return tuple(system for system in systems if system is not None)


def _system(fields: Fields) -> CloudSystem | None:
    number = fields.text("license")
    if number is None:
        return None
    host, port = _local_address(fields.text("hslocalip") or "")
    outside = _address(fields.text("hswanip"))
    return CloudSystem(
        license=number,
        name=fields.text("friendlyname") or f"HomeSeer {number}",
        online=fields.boolean("online") is not False,
        local_host=host,
        local_port=port,
        same_lan=outside is not None
        and outside == _address(fields.text("detectedwanip")),
    )


def _local_address(text: str) -> tuple[str | None, int | None]:
    """Return host and port of `192.168.2.100:80`; none of what is not an address."""
    try:
        url = URL(f"http://{text}")
    except ValueError:
        return None, None
    if (host := _address(url.host)) is None:
        return None, None
    return host, None if url.port == 80 else url.port


def _address(text: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None


# Asking


async def ask_config(client: HomeSeerClient, timeout: float = READ_TIMEOUT) -> Fields:
    """Return the answer to getsessionconfig; of an old system the version alone."""
    try:
        return Fields(await client.ask("getsessionconfig", timeout=timeout))
    except HubResponseError as err:
        # Old systems do not know the request.
        if err.reason is not Reason.DECLINED:
            raise
    return Fields(await client.ask("hsversion", timeout=timeout))


def version_of(config: Fields) -> str | None:
    """Return the version in an answer."""
    return config.text("hsversion") or config.text("response")


async def ask_unit(client: HomeSeerClient, devices: Fields) -> TemperatureUnit:
    """Return the system's unit: HomeSeer 4 lists it with the devices."""
    fahrenheit = devices.boolean("tempformatf")
    if fahrenheit is None:
        fahrenheit = await _ask_fahrenheit(client)
    celsius = fahrenheit is False
    return TemperatureUnit.CELSIUS if celsius else TemperatureUnit.FAHRENHEIT


async def _ask_fahrenheit(client: HomeSeerClient) -> bool | None:
    """Return the setting, which is all that HomeSeer 3 has; None if unknown."""
    try:
        setting = await client.ask("getsetting", setting="gGlobalTempScaleF")
    except HubResponseError:
        return None
    return Fields(setting).boolean("value")


def room_from(config: Fields) -> int:
    """Return which location is the room: the one called so, else the first."""
    if config.boolean("uselocation2") is False:
        return 1
    for place in (1, 2):
        if "room" in (config.text(f"location{place}label") or "").lower():
            return place
    return 2 if config.boolean("islocation1first") is False else 1


async def record(client: HomeSeerClient, secrets: Collection[str]) -> dict[str, Any]:
    """Return what a system answers, as a recording that the simulator can serve.

    With it comes why some was not answered; raises HubError.
    """
    bodies: dict[str, Any] = {}
    skipped: dict[str, str] = {}
    for request, params in _RECORDED.items():
        try:
            answer = await client.ask(request, timeout=_RECORD_TIMEOUT, **params)
        except HubResponseError as err:
            skipped[request] = str(err)
        else:
            bodies[request] = redacted(answer, secrets)
    status = bodies.get("getstatus", {})
    for device in Fields(status).items("devices"):
        if isinstance(device, dict) and _CODE.search(str(device.get("name"))):
            device |= {"value": 0, "status": MASK}
    session, plain = (Fields(bodies.get(name)) for name in list(_RECORDED)[:2])
    older = (version_of(session) or version_of(plain) or "").startswith("3.")
    if older and (fahrenheit := await _ask_fahrenheit(client)) is not None:
        # HomeSeer 3 does not list with its devices in which unit they measure.
        status.setdefault("TempFormatF", fahrenheit)
    dialect = "hs3" if older else "hs4"
    return {**_FORMAT, "dialect": dialect, "bodies": bodies, "skipped": skipped}
