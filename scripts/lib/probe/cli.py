"""The command line of the probe."""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import suppress
import os
from pathlib import Path
import sys
from typing import NoReturn, override

import aiohttp

from custom_components.crestron_homeseer.house.hub import HubError
from simulator.recording import save

from . import crestron, homeseer, myhs
from .errors import ProbeError, UsageError, words
from .systems import System
from .table import explained, heading, house_json, table
from .watch import watch

EXIT_CODES = (
    "Ends with 0 if all went well, 1 if the hub could not be looked at, and 2 if"
    " the command line asks for something that cannot be."
)


class Parser(argparse.ArgumentParser):
    """A parser that does not repeat what it does not know: it may be a secret."""

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with 2."""
        for secretive in ("unrecognized arguments", "invalid choice"):
            if secretive in message:
                message = f"{secretive}. A secret belongs into a file; see --help"
        super().error(message)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = Parser(
        prog="scripts/probe",
        description="Looks at a house without Home Assistant; it changes nothing.",
        epilog=EXIT_CODES,
    )
    systems = parser.add_subparsers(required=True, metavar="SYSTEM")
    for name, about, add_options in (
        ("crestron", "a Crestron Home processor", crestron.add_options),
        ("homeseer", "a HomeSeer system on your network", homeseer.add_options),
        ("myhs", "a HomeSeer system through MyHS", myhs.add_options),
    ):
        system = systems.add_parser(
            name,
            help=about,
            description=f"Looks at {about}.",
            epilog=EXIT_CODES,
            # What looks like an option for a secret is not taken for another.
            allow_abbrev=False,
        )
        add_options(system)
        _add_common_options(system)
    return parser.parse_args(arguments)


def _add_common_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        help="print JSON; with --watch, one object a line",
    )
    parser.add_argument(
        "--watch", action="store_true", help="go on and print changes, until Ctrl-C"
    )
    parser.add_argument(
        "--record",
        type=Path,
        metavar="FILE",
        help="write what the hub says to a file, which the simulator can serve",
    )


async def work(options: argparse.Namespace) -> None:
    """Do what was asked for."""
    connector = aiohttp.TCPConnector(ssl=options.check_certificates)
    async with aiohttp.ClientSession(connector=connector) as session:
        system: System = await options.open(options, session)
        try:
            await look(system, options)
        finally:
            await system.hub.close()


async def look(system: System, options: argparse.Namespace) -> None:
    """Read the house, and print or record it."""
    if options.record is not None:
        await record(system, options.record)
    # What few homes have is read by the second survey only.
    await system.hub.survey()
    house = await system.hub.survey()
    if options.json:
        print(house_json(house, indent=None if options.watch else 2), flush=True)
    else:
        print(f"{heading(house)}\n\n{table(house)}", flush=True)
    if getattr(options, "explain", False) and not options.json:
        print(f"\n{explained(system.hub.choices())}", flush=True)
    for note in system.notes():
        print(f"Note: {note}", file=sys.stderr)
    if options.watch:
        if not options.json:
            print("\nWaiting for changes; Ctrl-C ends it.", flush=True)
        await watch(
            system.hub,
            house,
            lambda line: print(line, flush=True),
            as_json=options.json,
        )


async def record(system: System, file: Path) -> None:
    """Write the recording."""
    recording = await system.record()
    try:
        save(file, recording)
    except OSError as error:
        raise UsageError(
            f"The recording cannot be written to {file}: {error.strerror}."
        ) from None
    print(
        f"Recorded {len(recording.bodies)} answers to {file}. It holds the names and"
        " states of your rooms and devices, and nothing to log in with.",
        file=sys.stderr,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit code."""
    options = parse(arguments)
    try:
        asyncio.run(work(options))
    except KeyboardInterrupt:
        return 0 if options.watch else 130
    except BrokenPipeError:
        with suppress(OSError):  # whoever read what we print has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except HubError as error:
        print(f"probe: {words(error)}", file=sys.stderr)
        return 1
    except ProbeError as error:
        print(f"probe: {error}", file=sys.stderr)
        return 1
    except UsageError as error:
        print(f"probe: {error}", file=sys.stderr)
        return 2
    return 0
