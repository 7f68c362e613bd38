"""Finds a processor at what a person typed as its address."""

from dataclasses import dataclass
import ipaddress
import re
from urllib.parse import urlsplit

import aiohttp

from ..house.hub import HubConnectionError, HubError, Reason
from .client import Address, CrestronClient

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A processor that answered, and what it said without a login."""

    address: Address
    version: str | None
    model: str | None


def read_host(typed: str) -> tuple[str, int | None]:
    """Return host and port of what was typed; raises ValueError if there is none.

    Blanks, a scheme, a path and a user are left out.
    """
    text = typed.strip().replace(" ", "")
    try:
        return str(ipaddress.IPv6Address(text.strip("[]"))), None
    except ValueError:
        pass
    parts = urlsplit(text if "://" in text else f"//{text}")
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return str(ipaddress.IPv6Address(host)), parts.port
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    return host, parts.port


async def find(
    session: aiohttp.ClientSession, host: str, port: int | None = None
) -> Found:
    """Return the processor at a host; raises HubConnectionError, HubResponseError.

    HTTPS is tried first. Plain HTTP, which older processors speak, is taken only
    where HTTPS cannot be had at all; the token is not sent by either.
    """
    secure = Address(host, port)
    try:
        return await _ask(session, secure)
    except HubConnectionError as err:
        if err.reason not in {Reason.REFUSED, Reason.TLS, Reason.LOST}:
            raise
        first = err
    try:
        return await _ask(session, Address(host, port, https=False))
    except HubError as err:
        # What the better protocol said is the better explanation, unless only the
        # other one was answered.
        raise (
            err if first.reason is not Reason.REFUSED or not _silent(err) else first
        ) from None


def _silent(err: HubError) -> bool:
    return err.reason in {Reason.REFUSED, Reason.TIMED_OUT}


async def _ask(session: aiohttp.ClientSession, address: Address) -> Found:
    client = CrestronClient(session, address)
    version = await client.banner()
    return Found(address, version, await client.model())
