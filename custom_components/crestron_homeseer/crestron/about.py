"""What a processor tells of itself: nothing here needs a login, and little is always there."""

from typing import Any

from ..house.devices import HubInfo
from .client import CrestronClient

MANUFACTURER = "Crestron"
_KNOWN = "about"


class AboutProcessor:
    """Asks a processor about itself, and remembers in `memory` what it said."""

    def __init__(
        self, client: CrestronClient, memory: dict[str, Any], model: str | None
    ) -> None:
        """Take the client, what was remembered, and the model if it was ever told."""
        self._client = client
        self._memory = memory
        self._model = model
        # After which login it was asked last.
        self._asked = 0

    @property
    def _known(self) -> dict[str, str]:
        known = self._memory.get(_KNOWN)
        return {
            key: value
            for key, value in (known.items() if isinstance(known, dict) else ())
            if isinstance(value, str)
        }

    async def read(self) -> None:
        """Ask, once after each login: a new program ends all sessions."""
        if self._asked == self._client.logins:
            return
        if about := await self._client.about():
            self._asked = self._client.logins
            self._memory[_KNOWN] = self._known | about.told()

    def info(self) -> HubInfo:
        """Return what is known of the processor."""
        known = self._known
        return HubInfo(
            manufacturer=MANUFACTURER,
            # A model that is told later is no reason for another name.
            name=known.get("name") or self._model or "Crestron Home",
            model=known.get("model") or self._model,
            version=self._client.version,
            program=known.get("program"),
            url=str(self._client.address.root.origin()),
        )
