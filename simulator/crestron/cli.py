"""The command line of a simulated Crestron processor."""

import argparse
from collections.abc import Callable
from pathlib import Path

from simulator.cli import add_options, number_above, run, sample_house
from simulator.clock import Clock
from simulator.recording import load

from .api import PREFIX
from .processor import TOKEN, CrestronProcessor


def add_parser(systems: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = systems.add_parser(
        "crestron", help="a Crestron Home processor", description=__doc__
    )
    add_options(parser, "crestron")
    parser.add_argument(
        "--http", action="store_true", help="plain HTTP, as older processors speak"
    )
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument(
        "--bridge-port",
        type=number_above(0, int),
        metavar="PORT",
        help="have a CRPC bridge beside it, which tells of changes; 0 takes any free port",
    )
    parser.add_argument(
        "--house", type=Path, metavar="FILE", help="serve a recorded house"
    )
    parser.set_defaults(run=lambda options: run("crestron", options, build))


def build(
    options: argparse.Namespace, clock: Clock
) -> tuple[CrestronProcessor, Callable[[], str]]:
    """Make the processor that the options ask for."""
    wiring = {
        "token": options.token,
        "https": not options.http,
        "port": options.port,
        "bridge_port": options.bridge_port,
    }
    if options.house is not None:
        processor = CrestronProcessor.of_recording(
            load(options.house), clock=clock, **wiring
        )
    else:
        processor = CrestronProcessor(sample_house(options, clock), **wiring)

    def greeting() -> str:
        bridge = processor.bridge
        return (
            f"Crestron Home processor at {processor.url()}{PREFIX}\n"
            f"host {processor.host}, port {processor.port}, token {processor.token}\n"
            + (f"CRPC bridge at {bridge.url()}\n" if bridge else "")
            + f"{len(processor.house.devices)} devices,"
            f" {len(processor.house.scenes)} scenes; Ctrl-C ends it"
        )

    return processor, greeting
