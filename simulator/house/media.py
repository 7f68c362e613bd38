"""Media rooms: a sound or picture system in a room."""

from collections.abc import Mapping
from typing import Any, ClassVar, override

from .device import Device, State
from .tracks import Steps


class MediaRoom(Device):
    """Power, source, volume (0 to 1) and mute. Choosing a source switches the room on."""

    kind: ClassVar[str] = "media_room"
    power = State[bool]()
    source = State[int | None]()
    volume = State[float]()
    muted = State[bool]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        sources: Mapping[int, str] | None = None,
        power: bool = False,
        source: int | None = None,
        volume: float = 0.3,
        muted: bool = False,
        online: bool | None = True,
    ) -> None:
        super().__init__(id, name, room, online=online)
        self.sources = dict(sources or {})
        self.volume_controls: tuple[str, ...] = ("relative", "discrete")
        self.mute_controls: tuple[str, ...] = ("discrete", "toggle")
        self.tracks |= {
            "power": Steps(power),
            "source": Steps(source),
            "volume": Steps(volume),
            "muted": Steps(muted),
        }

    @override
    def carry_out(
        self, what: str, value: Any, at: float, seconds: float | None
    ) -> None:
        super().carry_out(what, value, at, seconds)
        # Off forgets the source, so that switching on again plays nothing by itself.
        if what == "source" and value is not None:
            super().carry_out("power", True, at, seconds)
        elif what == "power" and not value:
            super().carry_out("source", None, at, seconds)
