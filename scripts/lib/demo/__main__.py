"""`scripts/demo`: Home Assistant with simulated houses, set up and ready."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
import signal
import sys
import time

from .checks import LASTS, run_all, table
from .complaints import complaints
from .crestron import CrestronHouse
from .errors import DemoError
from .folder import own_folder, passing_folder, read_kept, write_kept
from .homeseer import HomeSeerHouse
from .houses import DemoHouse
from .rest import PASSWORD, USER, HomeAssistant
from .server import Server, choose_port

RUNNING_SECONDS = 60.0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Starts Home Assistant with simulated houses, ready to be used.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="try the houses through Home Assistant, print how that went, and end",
    )
    parser.add_argument(
        "--screenshots",
        type=Path,
        metavar="DIR",
        help="save pictures of the user interface, and end",
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="go on with the Home Assistant of the last demo",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="where Home Assistant listens"
    )
    parser.add_argument(
        "--port",
        type=int,
        metavar="N",
        help="Home Assistant's port (8123, or a free one if that is taken)",
    )
    options = parser.parse_args(arguments)
    options.passing = options.check or options.screenshots is not None
    if options.keep and options.passing:
        parser.error("--keep is for the demo without --check and --screenshots")
    return options


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that runs."""

    server: Server
    home: HomeAssistant
    houses: Sequence[DemoHouse]


@asynccontextmanager
async def running(
    options: argparse.Namespace, houses: Sequence[DemoHouse]
) -> AsyncIterator[Demo]:
    """Start everything, and end it in good order."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(
            passing_folder() if options.passing else own_folder(keep=options.keep)
        )
        kept = read_kept(folder)
        for house in houses:
            stack.push_async_callback(house.stop)
            await house.start(kept.get(house.name, {}))
        server = Server(folder, options.host, choose_port(options.host, options.port))
        stack.push_async_callback(server.stop)
        try:
            await server.start()
            home = await stack.enter_async_context(HomeAssistant(server.url))
            await home.log_in()
            await until_running(home)
            for house in houses:
                new = house.name not in kept
                entry_id = await home.add(house.steps()) if new else None
                await house.join(home, entry_id)
            write_kept(folder, {house.name: house.keep() for house in houses})
            await until_loaded(home, len(houses))
            yield Demo(server, home, houses)
        except DemoError as error:
            raise DemoError(f"{error}\n\n{server.tail()}".rstrip()) from error


async def until_running(home: HomeAssistant) -> None:
    """Wait until Home Assistant has started."""
    deadline = time.monotonic() + RUNNING_SECONDS
    while not await home.running():
        if time.monotonic() > deadline:
            raise DemoError("Home Assistant does not finish its start.")
        await asyncio.sleep(0.2)


async def until_loaded(home: HomeAssistant, number: int) -> None:
    """Wait until all hubs are set up."""
    deadline = time.monotonic() + RUNNING_SECONDS
    while True:
        states = [entry["state"] for entry in await home.entries()]
        if states == ["loaded"] * number:
            return
        if time.monotonic() > deadline:
            raise DemoError(f"The integration is not set up; its state is {states}.")
        await asyncio.sleep(0.2)


async def check(demo: Demo) -> int:
    """Try everything, and say how it went."""
    # In all houses at once: the slowest thing that is tried decides how long it takes.
    checks = [await house.checks(demo.home) for house in demo.houses]
    tried = await asyncio.gather(*map(run_all, checks))
    for house, results in zip(demo.houses, tried, strict=True):
        print(f"\n{table(house.hub, results)}")
    good = all(result.good for results in tried for result in results)
    if good:
        print(
            "\nHome Assistant shows a target as soon as it is asked for; each was still"
            f" shown {LASTS} s after the hub had confirmed it."
        )
    print()
    found = complaints(demo.server.log.read_text(encoding="utf-8", errors="replace"))
    if found:
        print("Home Assistant's log complains about the integration:\n")
        print("\n".join(found), end="\n\n")
    else:
        print("Home Assistant's log has no warning or error of the integration.")
    return 0 if good and not found else 1


async def look(demo: Demo) -> None:
    """Say where everything is, and stay until someone interrupts."""
    facts = [
        ("Home Assistant", demo.server.url),
        ("log in with", f"{USER} / {PASSWORD}"),
    ]
    for house in demo.houses:
        facts += house.facts()
    width = max(len(name) for name, _ in facts)
    print()
    for name, value in facts:
        print(f"  {name:<{width}}   {value}")
    print("\nThe houses are set up already: see Settings, Devices & services.")
    print("Ctrl-C ends the demo.", flush=True)
    await demo.server.run()
    raise DemoError("Home Assistant has ended.")


async def work(options: argparse.Namespace) -> int:
    """Do what was asked for; the result is the exit code."""
    started = time.monotonic()
    houses: list[DemoHouse] = [CrestronHouse(), HomeSeerHouse()]
    print("Starting two simulated houses and Home Assistant ...", flush=True)
    async with running(options, houses) as demo:
        code = 0
        if options.screenshots is not None:
            from .screenshots import take  # noqa: PLC0415 - needs Playwright

            await take(demo.server.url, demo.home, options.screenshots)
        if options.check:
            code = await check(demo)
        if not options.passing:
            await look(demo)
    if options.passing:
        print(f"Took {time.monotonic() - started:.0f} s.")
    return code


async def interruptible(options: argparse.Namespace) -> int:
    """Work until it is done, or until a signal asks for the end."""
    task = asyncio.create_task(work(options))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return 1 if options.passing else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit code."""
    options = parse(arguments)
    try:
        return asyncio.run(interruptible(options))
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
