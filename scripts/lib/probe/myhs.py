"""A HomeSeer system behind MyHS, the cloud of HomeSeer, to be looked at."""

import argparse
from collections.abc import Sequence

import aiohttp
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import MYHS, Account, Site
from custom_components.crestron_homeseer.homeseer.find import CloudSystem, find_systems
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub

from .errors import ProbeError, UsageError
from .homeseer import HomeSeer, add_explain
from .secret import add_secret, read_password, read_token


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what is particular to the cloud."""
    parser.add_argument(
        "--username", metavar="NAME", help="with which you sign in to MyHS"
    )
    add_secret(parser, "password", "your MyHS password")
    parser.add_argument(
        "--token-file",
        metavar="FILE",
        help="a file with a token, instead of a user name and a password;"
        " - is standard input",
    )
    parser.add_argument(
        "--system",
        metavar="NAME",
        help="which of your systems, by its name or its license number",
    )
    # For tests alone: the login goes there.
    parser.add_argument("--myhs-url", type=URL, default=MYHS, help=argparse.SUPPRESS)
    add_explain(parser)
    parser.set_defaults(open=open_cloud, check_certificates=True)


async def open_cloud(
    options: argparse.Namespace, session: aiohttp.ClientSession
) -> HomeSeer:
    """Find the system among those of an account, and log in."""
    account = _account(options)
    systems = await find_systems(session, account, options.myhs_url)
    system = _choose(systems, options.system)
    site = Site.cloud(system.license, account, options.myhs_url)
    hub = HomeSeerHub(session, site, name=system.name)
    await hub.connect()
    return HomeSeer(hub, _nearby(system))


def _account(options: argparse.Namespace) -> Account:
    if options.token_file is not None:
        if options.username is not None or options.password_file is not None:
            raise UsageError("A token goes without a user name and a password.")
        return Account(token=read_token(options.token_file))
    if options.username is None:
        raise UsageError(
            "Say who you are: --username NAME and --password-file FILE, or"
            " --token-file FILE."
        )
    return Account(options.username, read_password(options.password_file))


def _choose(systems: Sequence[CloudSystem], wanted: str | None) -> CloudSystem:
    if not systems:
        raise ProbeError(
            "None of your systems is connected to MyHS now. Check that HomeSeer is"
            " running, and that it is connected to MyHS."
        )
    found = [
        system
        for system in systems
        if wanted is None
        or wanted.casefold() in (system.license, system.name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{system.name} ({system.license})" for system in systems)
    raise UsageError(f"Say which of your systems, with --system: {names}.")


def _nearby(system: CloudSystem) -> Sequence[str]:
    if not system.same_lan or system.local_host is None:
        return ()
    port = "" if system.local_port is None else f":{system.local_port}"
    where = f"{system.local_host}{port}"
    note = (
        f"{system.name} seems to be on your network, at {where}. There it answers"
        " faster, tells of changes at once, and works without internet."
    )
    return (note,)
