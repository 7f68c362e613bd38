"""Finds a system at an address, or the systems of a MyHS account."""

from dataclasses import dataclass, replace
import ipaddress
import re
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from ..house.fields import Fields
from ..house.hub import HubAuthError, HubError, HubResponseError, Reason
from .answers import BrokenAnswerError, Judge, is_homeseer, missing
from .client import HomeSeerClient
from .exchange import Answer, address, exchange, follow
from .sites import MYHS, Account, Local, related

PROBE_TIMEOUT = 30.0
MYHS_TIMEOUT = 30.0

_VERSION = re.compile(r"\d+(\.\d+)+")

# Bits of what a user may do.
_GUEST = 1
_MORE_THAN_GUEST = 2 | 8
_INVALID = -1

_MOST_HOPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSystem:
    """A system that answered, and how it names places.

    `needs_password` is whether it refuses, or makes a guest of, who does not log in.
    """

    version: str
    needs_password: bool = False
    username: str | None = None
    permissions: int | None = None
    is_location1_first: bool | None = None
    use_location2: bool | None = None
    location1_label: str | None = None
    location2_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSystem:
    """A system that MyHS knows; `same_lan` is whether it is in our own network."""

    license: str
    name: str
    online: bool = True
    local_host: str | None = None
    local_port: int | None = None
    same_lan: bool = False


async def find_local(
    session: aiohttp.ClientSession,
    host: str,
    port: int | None = None,
    username: str | None = None,
    password: str | None = None,
) -> FoundSystem:
    """Return the system at a host; raises HubError whose reason says what to do.

    The password is sent only to what asks for one or answers as HomeSeer: the front
    page may be the owner's own, and says nothing against a system that asks.
    """
    site = Local(host, port, username, password)
    needs_password = False
    try:
        found = await _look(session, Local(host, port))
    except HubAuthError:
        if not site.account.known:
            raise
        # Who is refused, or a guest, may be more than that with a login.
        needs_password = True
    if site.account.known:
        found = await _look(session, site)
    return replace(found, needs_password=needs_password)


async def _look(session: aiohttp.ClientSession, site: Local) -> FoundSystem:
    """Return what a system says of itself; raises HubError that tells why not."""
    try:
        return await _ask(HomeSeerClient(session, site))
    except HubResponseError as err:
        if err.reason is Reason.DECLINED:
            # It speaks, but says no to whatever it is asked.
            raise HubResponseError(Reason.NO_API, str(err)) from None
        front = await _front(session, site)
        if front is None or (front and isinstance(err, BrokenAnswerError)):
            raise
        reason = Reason.NO_API if front else Reason.OTHER_DEVICE
        raise HubResponseError(reason, str(err)) from None


async def _ask(client: HomeSeerClient) -> FoundSystem:
    try:
        config = Fields(await client.ask("getsessionconfig", timeout=PROBE_TIMEOUT))
    except HubResponseError as err:
        if err.reason is not Reason.DECLINED:
            raise
        # Old systems do not know the request.
        config = Fields(None)
    version = config.text("hsversion")
    if version is None:
        answer = await client.ask("hsversion", timeout=PROBE_TIMEOUT)
        version = Fields(answer).text("response")
        if version is None:
            raise HubResponseError(Reason.OTHER_DEVICE, "it tells no version")
    if not _VERSION.match(version):
        # Some systems refuse a login with a text, and a status of 200.
        raise HubAuthError(client.refused)
    rights = Fields(config.get("userpermissions")).integer("userpermissions")
    if rights == _INVALID:
        raise HubAuthError(client.refused)
    if rights is not None and rights & _GUEST and not rights & _MORE_THAN_GUEST:
        raise HubAuthError(Reason.NO_RIGHTS)
    return FoundSystem(
        version=version,
        username=config.text("username"),
        permissions=rights,
        is_location1_first=config.boolean("islocation1first"),
        use_location2=config.boolean("uselocation2"),
        location1_label=config.text("location1label"),
        location2_label=config.text("location2label"),
    )


async def _front(session: aiohttp.ClientSession, site: Local) -> bool | None:
    """Return whether the front page is HomeSeer's; None where it is not shown."""
    url = site.root.with_path("/")
    for _ in range(_MOST_HOPS):
        try:
            answer = await exchange(session, url, headers={}, timeout=PROBE_TIMEOUT)
        except HubError:
            return None
        if answer.location is None or not site.trusts(answer.location):
            break
        url = answer.location
    if is_homeseer(answer.body):
        return True
    # An empty page is nobody's.
    told = answer.status == 404 or (answer.status == 200 and answer.body)
    return False if told else None


async def find_systems(
    session: aiohttp.ClientSession, account: Account, base: URL = MYHS
) -> tuple[CloudSystem, ...]:
    """Return the systems of a MyHS account; raises HubError.

    MyHS names only those that are connected to it at the moment.
    """

    async def send(root: URL) -> Answer:
        url = address(root, account.query)
        return await exchange(session, url, headers={}, timeout=MYHS_TIMEOUT)

    _, answer = await follow(
        send, base / "getsystems", lambda target: related(base, target)
    )
    content = Judge(account.secrets).read(answer)
    fields = Fields(content)
    if not isinstance(fields.get("systems"), list):
        raise missing(content, "systems")
    systems = (_system(Fields(item)) for item in fields.items("systems"))
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
        parts = urlsplit(f"//{text}")
        port = parts.port
    except ValueError:
        return None, None
    host = _address(parts.hostname)
    return (None, None) if host is None else (host, None if port == 80 else port)


def _address(text: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None
