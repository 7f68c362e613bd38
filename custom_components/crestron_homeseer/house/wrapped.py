"""A hub whose house is shown otherwise than the hub has it."""

from collections.abc import Collection
from typing import Any

from .devices import House
from .hub import Hub


class WrappedHub:
    """Another hub, of which only the house and what is asked of it differ.

    Whatever else a hub has passes through untouched.
    """

    def __init__(self, hub: Hub) -> None:
        """Take the hub."""
        self._hub = hub
        # The last house as the hub has it, and as it is shown.
        self._houses: tuple[House, House] | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the hub itself has."""
        return getattr(self._hub, name)

    async def survey(self) -> House:
        """Read everything, as `Hub.survey`."""
        return self._shown(await self._hub.survey())

    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        """Read states, as `Hub.refresh`; the hub is given its own house."""
        own = house if self._houses is None else self._houses[0]
        return self._shown(await self._hub.refresh(own, focus, more=more))

    def _shown(self, own: House) -> House:
        """Return a house of the hub as it is shown; the same one for the same one."""
        if self._houses is None or self._houses[0] is not own:
            self._houses = own, self._arranged(own)
        return self._houses[1]

    def _arranged(self, own: House) -> House:
        """Return a house of the hub as it is to be shown."""
        raise NotImplementedError
