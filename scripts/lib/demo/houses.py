"""What every simulated house of the demo has."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .checks import Check
from .rest import HomeAssistant

# What a house wants to find again when the demo goes on: ports above all.
type Kept = Mapping[str, Any]


class DemoHouse(Protocol):
    """A simulated house, and how it gets into Home Assistant.

    Another kind of house is another module with one of these, and a line in
    `__main__`.
    """

    name: str
    # How people call the hub, in the middle of a sentence.
    hub: str

    async def start(self, kept: Kept) -> None:
        """Open the ports: those of the last time, if there was one."""
        ...

    async def stop(self) -> None:
        """Close the ports."""
        ...

    def keep(self) -> Kept:
        """Return what `start` wants to know the next time."""
        ...

    def facts(self) -> Sequence[tuple[str, str]]:
        """Return what a newcomer may want to know of it, by name."""
        ...

    def steps(self) -> Sequence[tuple[str, dict[str, Any]]]:
        """Return what is typed in each step of adding it in Home Assistant."""
        ...

    async def join(self, home: HomeAssistant, entry_id: str | None) -> None:
        """Do what is left to do; the entry is named if it was added just now."""
        ...

    async def checks(self, home: HomeAssistant) -> Sequence[Check]:
        """Return what is tried with --check."""
        ...
