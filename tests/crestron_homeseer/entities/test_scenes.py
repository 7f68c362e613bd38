"""When a scene counts as activated."""

from collections.abc import Sequence
from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.crestron_homeseer.house.devices import House, Scene
from custom_components.crestron_homeseer.house.hub import AnyCommand, SendResult

from ..common import act
from ..memory import MemoryHub
from .common import Start


class Busy(MemoryHub):
    """A hub that is read while the rest of a batch is carried out."""

    reader: DataUpdateCoordinator[House] | None = None

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        result = await super().send(commands)
        for command in commands:
            self.change(command.device_id, active=True)
        assert self.reader is not None
        await self.reader.async_refresh()
        return result


@pytest.fixture
def hub() -> Busy:
    return Busy()


async def test_a_result_that_is_seen_early_is_no_second_activation(
    hass: HomeAssistant, hub: Busy, start: Start
) -> None:
    entry = await start(Scene(id="1", name="Dinner", active=False))
    hub.reader = entry.runtime_data
    changes = async_capture_events(hass, "state_changed")
    await act(hass, "scene", "turn_on", "scene.dinner")
    await hass.async_block_till_done()
    assert len({change.data["new_state"].state for change in changes}) == 1
