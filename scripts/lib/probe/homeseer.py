"""A HomeSeer system on the network, to be looked at."""

import argparse
from collections.abc import Sequence

import aiohttp

from custom_components.crestron_homeseer.crestron.find import read_host
from custom_components.crestron_homeseer.homeseer.client import Account, Site
from custom_components.crestron_homeseer.homeseer.find import find_local
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house.fields import Fields
from custom_components.crestron_homeseer.house.hub import HubAuthError, Reason
from simulator.recording import HomeSeerRecording, parse_homeseer

from .errors import ProbeError, UsageError
from .secret import add_secret, read_password
from .systems import left_out

USUAL_ASCII_PORT = 11000
GUEST = (
    "This user is a guest, who may look but not control. Home Assistant needs one"
    " with more rights."
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what is particular to a system on the network."""
    parser.add_argument(
        "host",
        metavar="HOST",
        help="the system's name or IP address, with :PORT if that is not 80",
    )
    parser.add_argument(
        "--username",
        metavar="NAME",
        help="a user of HomeSeer, where it asks for a password",
    )
    add_secret(parser, "password", "that user's password")
    parser.add_argument(
        "--ascii-port",
        type=_port,
        default=USUAL_ASCII_PORT,
        metavar="N",
        help="where --watch is told of changes"
        f" ({USUAL_ASCII_PORT} if nothing is said; 0 does without)",
    )
    add_explain(parser)
    parser.set_defaults(open=open_system, check_certificates=True)


def add_explain(parser: argparse.ArgumentParser) -> None:
    """Add the option that only HomeSeer's devices need."""
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print what each device was taken for, and by which evidence",
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


class HomeSeer:
    """A HomeSeer system that is logged in."""

    def __init__(self, hub: HomeSeerHub, notes: Sequence[str] = ()) -> None:
        """Take the hub, and what is known already."""
        self.hub = hub
        self._notes = list(notes)

    async def record(self) -> HomeSeerRecording:
        """Return what the system answers, without what identifies its users."""
        recording = await self.hub.record()
        self._notes += left_out(recording)
        status = Fields(recording["bodies"].get("getstatus"))
        if not isinstance(status.get("devices"), list):
            raise ProbeError(
                "The system gave no list of devices that could be recorded."
            )
        return parse_homeseer(recording)

    def notes(self) -> Sequence[str]:
        """Return what was left out, and why."""
        return self._notes


async def open_system(
    options: argparse.Namespace, session: aiohttp.ClientSession
) -> HomeSeer:
    """Find the system, and log in."""
    try:
        host, port = read_host(options.host)
    except ValueError:
        raise UsageError(
            "HOST is not an address. Type a name or an IP address, for example"
            " 192.168.1.20, and :PORT behind it if that is not 80."
        ) from None
    password = None
    if options.username is not None:
        password = read_password(options.password_file)
    elif options.password_file is not None:
        raise UsageError("A password needs a user: say --username NAME, too.")
    site = Site.local(host, port, Account(options.username, password))
    notes = []
    try:
        await find_local(session, site)
    except HubAuthError as error:
        # To look is what guests may do.
        if error.reason is not Reason.NO_RIGHTS:
            raise
        notes.append(GUEST)
    hub = HomeSeerHub(session, site, ascii_port=options.ascii_port or None)
    await hub.connect()
    return HomeSeer(hub, notes)
