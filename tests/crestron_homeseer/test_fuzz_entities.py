"""Whatever house the parsers make of broken answers, Home Assistant can show it."""

from dataclasses import replace
import json
import logging
import random
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_KIND, DOMAIN, KIND_CRESTRON
from custom_components.crestron_homeseer.house.devices import Device, House
from custom_components.crestron_homeseer.house.hub import Hub, HubError
from scripts.lib.fuzz import seeds, wires
from scripts.lib.fuzz.mutate import mutated

from .memory import MemoryHub

_HOUSES = 250


async def houses(rng: random.Random) -> list[House]:
    """Return houses made of answers with something wrong in them."""
    found: list[House] = []
    documents = [*seeds.crestron(), *seeds.homeseer()]
    while len(found) < _HOUSES:
        document: Any = mutated(rng.choice(documents), rng, rng.randint(1, 4))
        hub: Hub
        if "rooms" in document:
            hub = wires.crestron_hub(document)
        else:
            hub = wires.homeseer_hub(document)
        try:
            found.append(await hub.survey())
        except HubError:
            continue
    return found


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_house_is_read_can_be_shown(
    hass: HomeAssistant, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    hub = MemoryHub()
    # An id of its own for each, so that all are shown at once.
    for number, house in enumerate(await houses(random.Random(seed))):
        for device in house.devices.values():
            hub.put(_renamed(device, number))
    entry = MockConfigEntry(
        domain=DOMAIN, title="Home", data={CONF_KIND: KIND_CRESTRON}
    )
    entry.add_to_hass(hass)
    with patch("custom_components.crestron_homeseer.create_hub", lambda *_, **__: hub):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    states = hass.states.async_all()
    assert len(states) > _HOUSES
    for shown in states:
        json.dumps(shown.as_dict_json.decode())
    complaints = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING
        and record.name not in {"aiohttp_fast_zlib", "asyncio", "homeassistant.loader"}
    ]
    assert complaints == []


def _renamed(device: Device, number: int) -> Device:
    return replace(device, id=f"{number}-{device.id}", root_id=None)
