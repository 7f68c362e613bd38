"""A sequence of a processor that calls a web hook when something in the house changes."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from simulator.caller import Caller
from simulator.house import Device, House, Scene

from .inventory import DESCRIBERS


class Sequence:
    """Calls an address for as long as a block runs; it says no more than its query."""

    def __init__(
        self, house: House, url: str, method: str = "GET", *, names_list: bool = False
    ) -> None:
        """Remember whom to call, and whether to name the list that changed."""
        self.house = house
        self.url = url
        self.method = method
        self.names_list = names_list
        self.caller = Caller()
        self._stop: Callable[[], None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to call."""
        await self.caller.start()
        self._stop = self.house.listen(self._changed)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Call no more."""
        assert self._stop is not None
        self._stop()
        await self.caller.stop()

    def _changed(self, device: Device) -> None:
        where = "scenes" if isinstance(device, Scene) else DESCRIBERS[type(device)][0]
        query = f"?list={where}" if self.names_list else ""
        self.caller.call(self.method, f"{self.url}{query}")
