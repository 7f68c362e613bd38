"""A Crestron Home processor, to be looked at."""

import argparse
from collections.abc import Sequence

import aiohttp

from custom_components.crestron_homeseer.crestron.find import find, read_host
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from simulator.recording import Recording, parse

from .errors import ProbeError, UsageError
from .secret import add_secret, read_token
from .systems import left_out


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what is particular to a processor."""
    parser.add_argument(
        "host", metavar="HOST", help="the processor's name or IP address"
    )
    add_secret(parser, "token", "the Web API token")
    parser.add_argument(
        "--plain-http",
        action="store_true",
        help="send the token in the clear to a processor that speaks only HTTP",
    )
    # Processors sign their own certificates.
    parser.set_defaults(open=open_processor, check_certificates=False)


class CrestronSystem:
    """A processor that is logged in."""

    def __init__(self, hub: CrestronHub) -> None:
        """Take the hub."""
        self.hub = hub
        self._skipped: Sequence[str] = ()

    async def record(self) -> Recording:
        """Return the bodies of all lists."""
        recording = await self.hub.record()
        self._skipped = left_out(recording)
        if not recording["bodies"]:
            raise ProbeError("The processor gave no list that could be recorded.")
        return parse(recording)

    def notes(self) -> Sequence[str]:
        """Return what was left out, and why."""
        report = self.hub.report()
        failed = [
            f"The list of {path} could not be read."
            for path, facts in report["lists"].items()
            if facts["failures"]
        ]
        ignored = [
            f"{each['id']} is left out: it {each['reason']}."
            for each in report["left_out"]
        ]
        return [*self._skipped, *failed, *ignored]


async def open_processor(
    options: argparse.Namespace, session: aiohttp.ClientSession
) -> CrestronSystem:
    """Find the processor, and log in."""
    try:
        host, port = read_host(options.host)
    except ValueError:
        raise UsageError(
            "HOST is not an address. Type a name or an IP address, for example"
            " 192.168.1.20."
        ) from None
    token = read_token(options.token_file)
    found = await find(session, host, port)
    if not found.address.https and not options.plain_http:
        raise ProbeError(
            "This processor speaks only plain HTTP. The token would cross your"
            " network readable by every device on it, so it was not sent. Say"
            " --plain-http if you accept that."
        )
    hub = CrestronHub(session, found.address, token, model=found.model)
    await hub.connect()
    return CrestronSystem(hub)
