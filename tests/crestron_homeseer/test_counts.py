"""What a house of a hundred devices may cost, in counts: no count depends on the machine.

A number here changes only with the code, and on purpose. `scripts/bench` measures times.
"""

from aiohttp.client_proto import ResponseHandler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.coordinator import HouseCoordinator
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model, generated_system
from simulator.house import House, Light
from simulator.samples import generated_house

from .common import Alongside, Writes, act, posts

DEVICES = 100
# A little more or less in an answer is no other request.
TOLERANCE = 0.1
PROCESSOR_SETUP_BYTES = 25_000
SYSTEM_SETUP_BYTES = 115_000


@pytest.fixture
def house(clock: ManualClock) -> House:
    """A house of a hundred devices."""
    return generated_house(DEVICES, clock)


@pytest.fixture
def model(clock: ManualClock) -> Model:
    """A system of a hundred features."""
    return generated_system(DEVICES, clock)


class Bytes:
    """Counts what comes in over HTTP."""

    def __init__(self) -> None:
        self.count = 0

    def taken(self) -> int:
        """Return what came in since this was asked last."""
        count, self.count = self.count, 0
        return count


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Bytes:
    """Count the bytes of all answers."""
    counted = Bytes()
    received = ResponseHandler.data_received

    def counting(protocol: ResponseHandler, data: bytes) -> None:
        counted.count += len(data)
        received(protocol, data)

    monkeypatch.setattr(ResponseHandler, "data_received", counting)
    return counted


def coordinator_of(entry: MockConfigEntry) -> HouseCoordinator:
    coordinator: HouseCoordinator = entry.runtime_data
    return coordinator


def entities_of(hass: HomeAssistant, domain: str) -> list[str]:
    return [
        entity.entity_id
        for entity in er.async_get(hass).entities.values()
        if entity.domain == domain and entity.disabled_by is None
    ]


@pytest.mark.usefixtures("freezer")
async def test_a_processor_of_a_hundred_devices(
    hass: HomeAssistant,
    read: Bytes,
    writes: Writes,
    processor: CrestronProcessor,
    entry: MockConfigEntry,
    alongside: Alongside,
    house: House,
    clock: ManualClock,
) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert len(processor.requests) == 10
    assert read.taken() == pytest.approx(PROCESSOR_SETUP_BYTES, rel=TOLERANCE)
    coordinator = coordinator_of(entry)
    for _ in range(4):
        await coordinator.async_refresh()

    # Nothing changed.
    writes.clear()
    for _ in range(3):
        processor.requests.clear()
        await coordinator.async_refresh()
        # Those that change often, and one of the others.
        assert len(processor.requests) == 6
    assert not writes

    # One lamp changed.
    light = house.of(Light)[0]
    light.jump("level", 0.0 if light.level else 1.0)
    clock.advance(2)
    await coordinator.async_refresh()
    assert list(writes.values()) == [1]

    # Forty shades, as far as there are any, and all lamps.
    processor.requests.clear()
    shades, lights = entities_of(hass, "cover"), entities_of(hass, "light")
    await alongside(
        act(hass, "cover", "set_cover_position", shades, position=40),
    )
    assert posts(processor.requests) == ["shades/SetState"]
    await alongside(act(hass, "light", "turn_on", lights, brightness=80))
    assert posts(processor.requests) == ["shades/SetState", "lights/SetState"]


async def test_a_system_of_a_hundred_features(
    hass: HomeAssistant,
    read: Bytes,
    writes: Writes,
    system: HomeSeerSystem,
    homeseer_entry: MockConfigEntry,
    model: Model,
) -> None:
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await hass.async_block_till_done()
    assert len(system.requests) == 5
    assert read.taken() == pytest.approx(SYSTEM_SETUP_BYTES, rel=TOLERANCE)
    coordinator = coordinator_of(homeseer_entry)
    for _ in range(4):
        await coordinator.async_refresh()

    # Nothing changed.
    writes.clear()
    for _ in range(3):
        system.requests.clear()
        await coordinator.async_refresh()
        assert len(system.requests) == 1
    assert not writes

    # One switch changed: that it did, and how it is now.
    system.requests.clear()
    entity_id = entities_of(hass, "switch")[0]
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None
    unique_id = entity.unique_id
    feature = model.by_ref(int(unique_id.rsplit("-", 1)[1]))
    feature.set(0 if feature.value else 255)
    await coordinator.async_refresh()
    assert len(system.requests) == 2
    assert dict(writes) == {entity_id: 1}
