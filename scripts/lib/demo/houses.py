"""What every simulated house of the demo has."""

from collections.abc import Sequence
from typing import Any, Protocol

from .checks import Check
from .rest import HomeAssistant


class DemoHouse(Protocol):
    """A simulated house, and how it gets into Home Assistant.

    Another kind of house is another module with one of these, and a line in
    `__main__`.
    """

    name: str
    # How people call the hub, in the middle of a sentence.
    hub: str
    # Where it listens; known once it is started.
    port: int

    async def start(self, port: int) -> None:
        """Open the port; 0 takes any."""
        ...

    async def stop(self) -> None:
        """Close the port."""
        ...

    def facts(self) -> Sequence[tuple[str, str]]:
        """Return what a newcomer may want to know of it, by name."""
        ...

    def steps(self) -> Sequence[tuple[str, dict[str, Any]]]:
        """Return what is typed in each step of adding it in Home Assistant."""
        ...

    async def checks(self, home: HomeAssistant) -> Sequence[Check]:
        """Return what is tried with --check."""
        ...
