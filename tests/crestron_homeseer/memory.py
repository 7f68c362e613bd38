"""A hub without a wire: it has the devices that a test gives it."""

from collections.abc import Callable, Collection, Sequence, Set as AbstractSet
from dataclasses import replace
import time
from typing import Any, override

from custom_components.crestron_homeseer.house.cadence import SEEN
from custom_components.crestron_homeseer.house.commands import Arm, MoveTo
from custom_components.crestron_homeseer.house.devices import (
    AlarmState,
    Device,
    House,
    HubInfo,
    Motion,
)
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    Hub,
    HubError,
    OnChange,
    SendResult,
)


class MemoryHub(Hub):
    """A hub that does at once what it is asked for."""

    def __init__(self) -> None:
        self.memory: dict[str, Any] = {}
        self.house = House(info=HubInfo(manufacturer="Nobody", name="Home"))
        self.sent: list[AnyCommand] = []
        self.away: HubError | None = None
        self.error: HubError | None = None
        self._read_at = 0.0

    @property
    @override
    def pushing(self) -> bool:
        return False

    def put(self, *devices: Device) -> None:
        """Have devices, also other ones of the same id."""
        new = {device.id: device for device in devices}
        self.house = replace(
            self.house, devices={**self.house.devices, **new}, complete=True
        )

    def change(self, device_id: str, **facts: Any) -> None:
        """Change a device."""
        device: Any = self.house.devices[device_id]
        self.put(replace(device, **facts))

    @property
    @override
    def interval(self) -> float:
        return SEEN

    @override
    def due_in(self, wanted: AbstractSet[str]) -> float:
        return self._read_at + SEEN - time.monotonic()

    @override
    async def connect(self) -> HubInfo:
        return self.house.info

    @override
    async def survey(self) -> House:
        self._read_at = time.monotonic()
        if self.away is not None:
            raise self.away
        return self.house

    @override
    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        return await self.survey()

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        self.sent.extend(commands)
        if self.error is None:
            for command in commands:
                self._do(command)
        return SendResult((self.error,) * len(commands))

    def _do(self, command: AnyCommand) -> None:
        match command:
            case MoveTo():
                self.change(
                    command.device_id, position=command.position, motion=Motion.STOPPED
                )
            case Arm():
                armed = AlarmState.ARMED_AWAY if command.mode else AlarmState.DISARMED
                self.change(command.device_id, state=armed)
            case _:
                self.put(command.expect(self.house.devices[command.device_id]))

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        return None

    @override
    def on_webhook(self, message: object) -> None:
        pass

    @override
    async def close(self) -> None:
        pass

    @override
    def report(self) -> dict[str, Any]:
        return {}
