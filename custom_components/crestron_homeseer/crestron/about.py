"""What a processor tells of itself: nothing here needs a login, and little is always there."""

from dataclasses import asdict, dataclass
from typing import Any

from ..house.devices import HubInfo
from .client import CrestronClient

MANUFACTURER = "Crestron"
_KNOWN = "about"


@dataclass(frozen=True, slots=True)
class About:
    """What a processor says of itself without a login; hardly any says all of it."""

    model: str | None = None
    program: str | None = None
    name: str | None = None

    def told(self) -> dict[str, str]:
        """Return what was said, by name."""
        return {key: value for key, value in asdict(self).items() if value}


async def ask(client: CrestronClient) -> About | None:
    """Ask a processor about itself; None where that is not possible now."""
    fields = await client.about()
    if fields is None:
        return None
    name = fields.text("housename") or fields.text("systemname")
    return About(fields.text("systemtype"), fields.text("programversion"), name)


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
        if about := await ask(self._client):
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
