"""Finds a processor at what a person typed as its address."""

from contextlib import suppress
from dataclasses import dataclass
import ipaddress
import re
from urllib.parse import urlsplit

import aiohttp

from ..house.hub import HubConnectionError, HubError, Reason
from .client import NO_CERTIFICATE, SEEN, Address, CrestronClient

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_SCOPE = re.compile(r"[a-z0-9_.-]+", re.IGNORECASE | re.ASCII)
# How far a conversation went before it failed; any other reason is an answer.
_DISTANCES = {Reason.REFUSED: 0, Reason.TIMED_OUT: 0, Reason.LOST: 1, Reason.TLS: 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A processor that answered, and its facts that need no login."""

    address: Address
    version: str | None
    model: str | None
    name: str | None = None


def read_host(typed: str) -> tuple[str, int | None]:
    """Return host and port of what was typed; raises ValueError if there is none.

    Blanks, a scheme, a path and a user are left out.
    """
    text = typed.strip().replace(" ", "")
    with suppress(ValueError):  # then it is a name, or IPv4
        return _ipv6(text.strip("[]")), None
    parts = urlsplit(text if "://" in text else f"//{text}")
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return _ipv6(host), parts.port
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    return host, parts.port


def _ipv6(text: str) -> str:
    address = ipaddress.IPv6Address(text)
    if address.scope_id is not None and not _SCOPE.fullmatch(address.scope_id):
        # Python takes anything for the name of a network card.
        raise ValueError(text)
    return str(address)


def is_plain(typed: str) -> bool:
    """Return whether plain HTTP is what was typed as the scheme."""
    return typed.strip().lower().startswith("http://")


async def find(
    session: aiohttp.ClientSession,
    host: str,
    port: int | None = None,
    *,
    plain: bool = False,
) -> Found:
    """Return the processor at a host; raises HubConnectionError, HubResponseError.

    HTTPS is tried first. Plain HTTP, which older processors speak, is taken only
    where HTTPS cannot be had at all, or is tried first if `plain`; the token is not
    sent by either.
    """
    try:
        return await _ask(session, Address(host, port, https=not plain))
    except HubConnectionError as err:
        # A firewall may swallow what it does not let through.
        if err.reason not in _DISTANCES:
            raise
        first: HubError = err
    try:
        return await _ask(session, Address(host, port, https=plain))
    except HubError as err:
        # What went further explains more, and what was wanted as much the better.
        raise max(first, err, key=_how_far) from None


def _how_far(err: HubError) -> int:
    return _DISTANCES.get(err.reason, len(_DISTANCES))


async def _ask(session: aiohttp.ClientSession, address: Address) -> Found:
    client = CrestronClient(session, address)
    version = await client.banner()
    about = await client.about() or {}
    return Found(address, version, about.get("model"), about.get("name"))


async def see_certificate(session: aiohttp.ClientSession, address: Address) -> str:
    """Return the SHA-256 of the certificate that is shown, in hex digits.

    Nothing is asked for, not even a path: connections are made, and closed when the
    certificate has been seen. Raises HubError where there is none.
    """
    client = CrestronClient(session, address, certificate=NO_CERTIFICATE)
    try:
        await client.banner()
    except HubConnectionError as err:
        if SEEN in err.issue.facts:
            return err.issue.facts[SEEN]
        raise
    raise HubConnectionError(Reason.TLS, "the connection is not encrypted")
