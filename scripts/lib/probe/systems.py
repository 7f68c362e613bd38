"""What every kind of hub offers to be looked at."""

import argparse
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

import aiohttp

from custom_components.crestron_homeseer.house.hub import Hub
from simulator.recording import HomeSeerRecording, Recording


class System(Protocol):
    """A hub that is logged in.

    Another kind of hub is another module with one of these, and a line in `cli`.
    """

    hub: Hub

    async def record(self) -> Recording | HomeSeerRecording:
        """Return what the hub says, without secrets."""
        ...

    def notes(self) -> Sequence[str]:
        """Return what is worth knowing beside the devices, in sentences."""
        ...


# Finds the hub that the command line names, and logs in.
type Open = Callable[
    [argparse.Namespace, aiohttp.ClientSession], Coroutine[Any, Any, System]
]


def left_out(recording: Mapping[str, Any]) -> list[str]:
    """Say what a hub did not give, and why."""
    return [
        f"{what} is not in the recording ({why})."
        for what, why in recording["skipped"].items()
    ]
