"""A hub whose shades are shown, and moved, where a person sees them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, override

from .calibration import Calibration
from .controls import Control
from .devices import Cover, Device, House, HubInfo
from .hub import AnyCommand, Choices, Hub, OnChange, SendResult, Trouble


class CalibratedHub(Hub):
    """Another hub, of which only the calibrated covers differ.

    Whatever else there is passes through untouched: the other devices are the other
    hub's own objects, and only a calibrated cover that changed is made anew.
    """

    def __init__(self, hub: Hub, calibrations: Mapping[str, Calibration]) -> None:
        """Take the hub, and the calibrations by the ids of its covers."""
        self._hub = hub
        self.memory = hub.memory
        self._calibrations = calibrations
        # The last house as the hub has it and as it is shown, and the same of covers.
        self._houses: tuple[House, House] | None = None
        self._covers: dict[str, tuple[Device, Device]] = {}

    # What differs

    @override
    async def survey(self) -> House:
        return self._shown(await self._hub.survey())

    @override
    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        own = house if self._houses is None else self._houses[0]
        return self._shown(await self._hub.refresh(own, focus, more=more))

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        factory = Calibration()
        return await self._hub.send(
            [
                self._calibrations.get(command.device_id, factory).asked(command)
                for command in commands
            ]
        )

    def _shown(self, own: House) -> House:
        """Return a house of the hub as it is shown; the same one for the same one."""
        if self._houses is not None and self._houses[0] is own:
            return self._houses[1]
        covers = {}
        for device_id, calibration in self._calibrations.items():
            cover = own.devices.get(device_id)
            if isinstance(cover, Cover):
                covers[device_id] = self._cover(cover, calibration)
        self._covers = covers
        shown = {device_id: pair[1] for device_id, pair in covers.items()}
        house = replace(own, devices={**own.devices, **shown}) if shown else own
        self._houses = own, house
        return house

    def _cover(self, own: Cover, calibration: Calibration) -> tuple[Device, Device]:
        last = self._covers.get(own.id)
        if last is not None and last[0] is own:
            return last
        return own, calibration.seen(own)

    # What passes through

    @property
    @override
    def interval(self) -> float:
        return self._hub.interval

    @override
    def due_in(self, wanted: Callable[[str], bool]) -> float:
        return self._hub.due_in(wanted)

    @property
    @override
    def pushing(self) -> bool:
        return self._hub.pushing

    @override
    async def connect(self) -> HubInfo:
        return await self._hub.connect()

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        return self._hub.listen(on_change)

    @override
    def heard(self, message: object) -> None:
        self._hub.heard(message)

    @override
    async def close(self) -> None:
        await self._hub.close()

    @override
    def report(self) -> Mapping[str, Any]:
        return self._hub.report()

    @override
    async def record(self) -> Mapping[str, Any]:
        return await self._hub.record()

    @override
    def troubles(self) -> Collection[Trouble]:
        return self._hub.troubles()

    @override
    def choices(self) -> Choices:
        return self._hub.choices()

    @override
    def takers(self, device_ids: Collection[str], control: Control) -> Sequence[int]:
        return self._hub.takers(device_ids, control)

    @override
    def parts_of(self, command: AnyCommand) -> Collection[str]:
        return self._hub.parts_of(command)

    @override
    def family_of(self, ref: int) -> Collection[str]:
        return self._hub.family_of(ref)

    @override
    def opens(self, ref: int) -> bool:
        return self._hub.opens(ref)
