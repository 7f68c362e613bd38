"""The command lines of a simulated HomeSeer system, and of the cloud."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
import time

from simulator.cli import add_options, number_above, run
from simulator.clock import Clock
from simulator.recording import load_homeseer

from .model import Model
from .myhs import Account, MyHS
from .samples import default_system, generated_system
from .settings import Dialect
from .system import HomeSeerSystem

FIRST_LICENSE = 12345


def login(text: str) -> tuple[str, str]:
    """Read a name and a password."""
    name, colon, password = text.partition(":")
    if not (name and colon):
        raise argparse.ArgumentTypeError("this is not USER:PASS")
    return name, password


def _add_dialect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dialect", choices=("hs3", "hs4"), default="hs4")


def add_parser(systems: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command of a system."""
    parser = systems.add_parser(
        "homeseer", help="a HomeSeer system", description="Serve a HomeSeer system."
    )
    add_options(parser, "homeseer", "features")
    _add_dialect(parser)
    parser.add_argument(
        "--ascii-port",
        type=number_above(0, int),
        default=0,
        metavar="PORT",
        help="0 takes any free port",
    )
    parser.add_argument(
        "--auth", type=login, metavar="USER:PASS", help="ask for a password"
    )
    parser.add_argument(
        "--webhook", metavar="URL", help="post every change to this address"
    )
    parser.add_argument(
        "--house", type=Path, metavar="FILE", help="serve a recorded system"
    )
    parser.set_defaults(run=lambda options: run("homeseer", options, build))


def add_cloud_parser(
    systems: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """Add the command of the cloud."""
    parser = systems.add_parser(
        "myhs", help="MyHS, the cloud of HomeSeer", description="Serve MyHS."
    )
    add_options(parser, "myhs", "features")
    _add_dialect(parser)
    parser.add_argument(
        "--account", type=login, default=("user", "pass"), metavar="USER:PASS"
    )
    parser.add_argument(
        "--systems",
        type=number_above(1, int),
        default=1,
        metavar="K",
        help="how many systems the account has",
    )
    parser.add_argument(
        "--http", action="store_true", help="plain HTTP, which the real one refuses"
    )
    parser.set_defaults(run=lambda options: run("myhs", options, build_cloud))


def model_for(options: argparse.Namespace, clock: Clock, seed: int) -> Model:
    """Make the model that the options ask for."""
    if options.features is not None:
        return generated_system(options.features, clock, seed)
    return default_system(clock, seed)


def real_time(model: Model) -> Model:
    """Let a model's dates be those of the world outside."""
    model.epoch = time.time() - model.clock.now()
    return model


def build(
    options: argparse.Namespace, clock: Clock
) -> tuple[HomeSeerSystem, Callable[[], str]]:
    """Make the system that the options ask for."""
    make: Callable[..., HomeSeerSystem]
    if options.house is not None:
        recording = load_homeseer(options.house)
        make = partial(HomeSeerSystem.of_recording, recording, clock=clock)
    else:
        dialect: Dialect = options.dialect
        make = partial(HomeSeerSystem, model_for(options, clock, options.seed), dialect)
    system = make(
        port=options.port,
        ascii_port=options.ascii_port,
        auth=options.auth,
        webhook_url=options.webhook,
    )
    real_time(system.model)
    return system, partial(_greeting, system, options)


def _greeting(system: HomeSeerSystem, options: argparse.Namespace) -> str:
    auth = f"user {options.auth[0]}" if options.auth else "no password"
    return (
        f"HomeSeer {system.settings.hs_version} at {system.url()}/JSON\n"
        f"host {system.host}, port {system.port}, ASCII port {system.ascii_port},"
        f" {auth}\n"
        f"{len(system.model.features)} features, {len(system.model.events)} events;"
        " Ctrl-C ends it"
    )


def build_cloud(
    options: argparse.Namespace, clock: Clock
) -> tuple[MyHS, Callable[[], str]]:
    """Make the cloud that the options ask for."""
    systems = {
        str(FIRST_LICENSE + at): HomeSeerSystem(
            real_time(model_for(options, clock, options.seed + at)), options.dialect
        )
        for at in range(options.systems)
    }
    name, password = options.account
    account = Account(name, password, tuple(systems))
    cloud = MyHS(
        systems, [account], https=not options.http, port=options.port, clock=clock
    )

    def greeting() -> str:
        return (
            f"MyHS at {cloud.url()}, its tunnel at {cloud.tunnel_url()}\n"
            f"authority {cloud.ca_file or 'none'}, user {account.user},"
            f" licenses {', '.join(systems)}; Ctrl-C ends it"
        )

    return cloud, greeting
