"""A hub whose shades are shown, and moved, where a person sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import override

from .calibration import Calibration
from .devices import Cover, Device, House
from .hub import AnyCommand, Hub, SendResult
from .wrapped import WrappedHub


class CalibratedHub(WrappedHub):
    """Another hub, of which only the calibrated covers differ.

    The other devices are the other hub's own objects, and only a calibrated cover
    that changed is made anew.
    """

    def __init__(self, hub: Hub, calibrations: Mapping[str, Calibration]) -> None:
        """Take the hub, and the calibrations by the ids of its covers."""
        super().__init__(hub)
        self._calibrations = calibrations
        # The last covers as the hub has them and as they are shown.
        self._covers: dict[str, tuple[Device, Device]] = {}

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out where a person means them, as `Hub.send`."""
        factory = Calibration()
        return await self._hub.send(
            [
                self._calibrations.get(command.device_id, factory).asked(command)
                for command in commands
            ]
        )

    @override
    def _arranged(self, own: House) -> House:
        covers = {}
        for device_id, calibration in self._calibrations.items():
            cover = own.devices.get(device_id)
            if isinstance(cover, Cover):
                covers[device_id] = self._cover(cover, calibration)
        self._covers = covers
        shown = {device_id: pair[1] for device_id, pair in covers.items()}
        return replace(own, devices={**own.devices, **shown}) if shown else own

    def _cover(self, own: Cover, calibration: Calibration) -> tuple[Device, Device]:
        last = self._covers.get(own.id)
        if last is not None and last[0] is own:
            return last
        return own, calibration.seen(own)
