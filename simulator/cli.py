"""What the command lines of all simulated systems have in common."""

import argparse
import asyncio
from collections.abc import Callable, Iterable
import signal
import sys
import textwrap
from typing import Protocol

from .clock import Clock, RealClock
from .faults import Faults, Takes, known
from .house import House
from .recording import RecordingError
from .samples import default_house, generated_house


class System(Protocol):
    """A simulated system that can be served."""

    faults: Faults

    async def start(self) -> object:
        """Open its port."""

    async def stop(self) -> None:
        """Close its port."""


# Makes a system and what to say once it serves.
type Build = Callable[[argparse.Namespace, Clock], tuple[System, Callable[[], str]]]


class UsageError(Exception):
    """A wish that cannot be met, with the reason in plain words."""


def number_above(least: float, kind: type[int | float]) -> Callable[[str], float]:
    """Make a reader of numbers from `least` on."""

    def read(text: str) -> float:
        value = kind(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{text} is below {least}")
        return value

    return read


def speed(text: str) -> float:
    """Read the speed of a clock."""
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("the speed of a clock is above 0")
    return value


def add_options(
    parser: argparse.ArgumentParser, system: str, things: str = "devices"
) -> None:
    """Add the options that every system has; a generated house is of so many things."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"faults:\n{textwrap.indent(list_faults(system), '  ')}"
    parser.add_argument(
        "--port", type=number_above(0, int), default=0, help="0 takes any free port"
    )
    parser.add_argument(
        f"--{things}",
        type=number_above(1, int),
        metavar="N",
        help=f"a generated house of N {things} instead of the one that is lived in",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--speed",
        type=speed,
        default=1.0,
        metavar="X",
        help="let the house's clock run X times as fast",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="switch a fault on (see below); may be given several times",
    )
    parser.add_argument(
        "--list-faults", action="store_true", help="list the faults and exit"
    )


def sample_house(options: argparse.Namespace, clock: Clock) -> House:
    """Make the house that the options ask for."""
    if options.devices is not None:
        return generated_house(options.devices, clock, options.seed)
    return default_house(clock, options.seed)


def list_faults(system: str) -> str:
    """Describe the faults of a system, one a line."""
    faults = known(system)
    names = {
        name: f"{name}={fault.takes.value}"
        if fault.takes is not Takes.NOTHING
        else name
        for name, fault in faults.items()
    }
    width = max(map(len, names.values()))
    return "\n".join(
        f"{names[name]:<{width}}  {fault.meaning}" for name, fault in faults.items()
    )


def switch_on(faults: Faults, wishes: Iterable[str]) -> None:
    """Switch on the faults that were given as NAME or NAME=VALUE."""
    for wish in wishes:
        name, equals, value = wish.partition("=")
        try:
            faults.on(name, value if equals else None)
        except ValueError as error:
            raise UsageError(str(error)) from error


async def serve(system: System, greeting: Callable[[], str]) -> None:
    """Serve until someone interrupts."""
    loop, enough = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, enough.set)
    await system.start()
    try:
        print(greeting(), flush=True)
        await enough.wait()
    finally:
        await system.stop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def run(name: str, options: argparse.Namespace, build: Build) -> int:
    """Run a system as its options say; the result is the exit code."""
    if options.list_faults:
        print(list_faults(name))
        return 0
    try:
        system, greeting = build(options, RealClock(options.speed))
        switch_on(system.faults, options.fault)
        asyncio.run(serve(system, greeting))
    except (UsageError, RecordingError, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return 0
