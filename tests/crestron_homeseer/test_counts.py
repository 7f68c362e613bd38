"""What a house of a hundred devices may cost, in counts: no count depends on the machine.

A number here changes only with the code, and on purpose. `scripts/bench` measures times.
"""

from aiohttp.client_proto import ResponseHandler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model, generated_system
from simulator.house import House, Light
from simulator.recorder import Request
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


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of all that comes in over HTTP."""
    sizes: list[int] = []
    received = ResponseHandler.data_received

    def counting(protocol: ResponseHandler, data: bytes) -> None:
        sizes.append(len(data))
        received(protocol, data)

    monkeypatch.setattr(ResponseHandler, "data_received", counting)
    return sizes


async def rest(entry: MockConfigEntry, requests: list[Request], writes: Writes) -> int:
    """Read until all is read by its rhythm; return how many requests one read takes.

    Where nothing changed nothing is written.
    """
    for number in range(7):
        if number == 4:
            writes.clear()
        requests.clear()
        await entry.runtime_data.async_refresh()
    assert not writes
    return len(requests)


def entities_of(hass: HomeAssistant, domain: str) -> list[er.RegistryEntry]:
    return [
        entity
        for entity in er.async_get(hass).entities.values()
        if entity.domain == domain and entity.disabled_by is None
    ]


@pytest.mark.usefixtures("freezer")
async def test_a_processor_of_a_hundred_devices(
    hass: HomeAssistant,
    sizes: list[int],
    writes: Writes,
    processor: CrestronProcessor,
    entry: MockConfigEntry,
    alongside: Alongside,
    house: House,
    clock: ManualClock,
) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    assert len(processor.requests) == 10
    assert sum(sizes) == pytest.approx(PROCESSOR_SETUP_BYTES, rel=TOLERANCE)
    # Asked for while nothing is due, all that is shown is read.
    assert await rest(entry, processor.requests, writes) == 8
    light = house.of(Light)[0]
    light.jump("level", 0.0 if light.level else 1.0)
    clock.advance(2)
    await entry.runtime_data.async_refresh()
    assert list(writes.values()) == [1]
    # Forty shades, as far as there are any, and all lamps.
    processor.requests.clear()
    shades, lights = (
        [each.entity_id for each in entities_of(hass, domain)]
        for domain in ("cover", "light")
    )
    await alongside(act(hass, "cover", "set_cover_position", shades, position=40))
    assert posts(processor.requests) == ["shades/SetState"]
    await alongside(act(hass, "light", "turn_on", lights, brightness=80))
    assert posts(processor.requests) == ["shades/SetState", "lights/SetState"]


async def test_a_system_of_a_hundred_features(
    hass: HomeAssistant,
    sizes: list[int],
    writes: Writes,
    system: HomeSeerSystem,
    homeseer_entry: MockConfigEntry,
    model: Model,
) -> None:
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    assert len(system.requests) == 5
    assert sum(sizes) == pytest.approx(SYSTEM_SETUP_BYTES, rel=TOLERANCE)
    assert await rest(homeseer_entry, system.requests, writes) == 1
    # One switch changed: that it did, and how it is now.
    system.requests.clear()
    switch = entities_of(hass, "switch")[0]
    feature = model.by_ref(int(switch.unique_id.rsplit("-", 1)[1]))
    feature.set(0 if feature.value else 255)
    await homeseer_entry.runtime_data.async_refresh()
    assert len(system.requests) == 2
    assert dict(writes) == {switch.entity_id: 1}
