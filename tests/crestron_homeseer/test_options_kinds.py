"""An owner says what the loads of a processor are, and which two relays make a cover."""

import asyncio
from collections.abc import Sequence
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_CLOSING, CONF_OVERRIDES
from custom_components.crestron_homeseer.flow_base import AUTOMATIC
from custom_components.crestron_homeseer.house import adjusted
from custom_components.crestron_homeseer.house.adjusted import RELAYS, LoadKind
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House, Light

from .common import Advance, act, paths, set_up, state
from .flows import Flow, choose

PUMP = "terrace_pool_pump"
CLOSED_BY = "light.terrace_screen_down"


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Motors of this house may turn round at once."""
    monkeypatch.setattr(adjusted, "REST", 0.0)


@pytest.fixture
def screen(house: House) -> tuple[Light, Light]:
    """Two relays that move the screen of the terrace."""
    terrace = next(room.id for room in house.rooms.values() if room.name == "Terrace")
    up = house.add(Light(9001, "Screen Up", terrace, dimmable=False))
    return up, house.add(Light(9002, "Screen Down", terrace, dimmable=False))


async def pick(hass: HomeAssistant, entry: MockConfigEntry, part: str) -> Flow:
    """Pick a device to say what it is."""
    return await (await choose(hass, entry, "overrides")).submit(part=part)


async def say(
    hass: HomeAssistant, entry: MockConfigEntry, part: str, what: str, closing: str = ""
) -> None:
    """Say what a device is, and save it."""
    flow = await (await pick(hass, entry, part)).submit(what=what)
    if closing:
        assert flow.step == "relays"
        await flow.submit(closing=closing)
    assert flow.step == "preview"
    await flow.submit(next_step_id="save")


def entity_of(hass: HomeAssistant, entry: MockConfigEntry, domain: str, of: str) -> str:
    """Return the entity of a device in a domain."""
    unique_id = f"{entry.entry_id}_{of}"
    entity_id = er.async_get(hass).async_get_entity_id(domain, entry.domain, unique_id)
    assert entity_id is not None
    return entity_id


def orders(processor: CrestronProcessor, *lights: Light) -> list[tuple[int, int]]:
    """Return what some lights were asked for, in order, and forget it."""
    received = [(order.target, order.value) for order in processor.received]
    processor.received.clear()
    return [each for each in received if each[0] in {light.id for light in lights}]


async def test_a_pump_is_a_switch_and_keeps_all_that_its_owner_made(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    entities, pump = er.async_get(hass), house.find("Pool Pump", Light)
    attic = ar.async_get(hass).async_create("Attic")
    part = f"light-{pump.id}"
    made: dict[str, Any] = {"name": "My pump", "area_id": attic.id, "labels": {"a"}}
    entities.async_update_entity(f"light.{PUMP}", **made)
    shown = {"should_expose": False}
    entities.async_update_entity_options(f"light.{PUMP}", "conversation", shown)
    flow = await pick(hass, loaded, part)
    # Its name suggests it, and decides nothing.
    assert flow.default("what") == LoadKind.SWITCH
    assert entities.async_get(f"light.{PUMP}") is not None
    assert flow.facts == {
        "device": f"Pool Pump (Terrace, {part})",
        "taken": "light",
        "evidence": "its list of lights says Switch",
    }
    await say(hass, loaded, part, LoadKind.SWITCH)
    assert loaded.options == {CONF_OVERRIDES: {part: "switch"}}
    entry = entities.async_get(f"switch.{PUMP}")
    assert entry is not None and entities.async_get(f"light.{PUMP}") is None
    assert {key: getattr(entry, key) for key in made} == made
    assert entry.options["conversation"] == shown
    await act(hass, "switch", "turn_on", f"switch.{PUMP}")
    assert state(hass, f"switch.{PUMP}").state == "on"
    await advance(5)
    assert (pump.level, state(hass, f"switch.{PUMP}").state) == (1.0, "on")
    assert orders(processor, pump) == [(pump.id, 65535)]
    # Who turns all lights off does not mean it.
    await hass.services.async_call(
        "light", "turn_off", {"area_id": ["terrace", attic.id]}, blocking=True
    )
    await advance(5)
    assert (pump.level, orders(processor, pump)) == (1.0, [])
    await say(hass, loaded, part, LoadKind.IGNORE)
    assert not [each for each in entities.entities if PUMP in each]
    # What is gone from the home is known by its id.
    gone = {CONF_OVERRIDES: {part: "ignore", "light-9": "fan"}}
    hass.config_entries.async_update_entry(loaded, options=gone)
    flow = await pick(hass, loaded, "light-9")
    assert flow.facts == {"device": "light-9", "taken": "-", "evidence": "-"}
    await flow.submit(what=AUTOMATIC)
    await flow.submit(next_step_id="save")
    await say(hass, loaded, part, AUTOMATIC)
    assert loaded.options == {}
    entry = entities.async_get(f"light.{PUMP}")
    assert entry is not None and entry.name == "My pump"


@pytest.mark.parametrize(
    ("name", "what", "action", "level"),
    [
        ("Terrace Lights", "fan", ("fan", "set_percentage", {"percentage": 40}), 0.4),
        ("Pool Pump", "outlet", ("switch", "turn_on", {}), 1.0),
        ("Terrace Lights", "light", ("light", "turn_on", {"brightness_pct": 20}), 0.2),
    ],
)
async def test_a_load_is_what_its_owner_says(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    advance: Advance,
    name: str,
    what: str,
    action: tuple[str, str, dict[str, int]],
    level: float,
) -> None:
    load = house.find(name, Light)
    load.level = 0.0
    await advance(1)
    await say(hass, loaded, f"light-{load.id}", what)
    domain, service, data = action
    entity_id = entity_of(hass, loaded, domain, f"light-{load.id}")
    assert state(hass, entity_id).state == "off"
    await act(hass, domain, service, entity_id, **data)
    await advance(5)
    assert load.level == pytest.approx(level, abs=0.001)
    shown = state(hass, entity_id)
    assert shown.state == "on"
    assert what != "outlet" or shown.attributes["device_class"] == "outlet"
    assert "percentage" not in data or shown.attributes["percentage"] == 40
    load.level = 0.0
    await advance(10)
    assert state(hass, entity_id).state == "off"


async def covered(
    hass: HomeAssistant, entry: MockConfigEntry, screen: Sequence[Light], what: str
) -> str:
    """Make a cover of two relays, and return its entity."""
    await set_up(hass, entry)
    up, down = (f"light-{relay.id}" for relay in screen)
    await say(hass, entry, up, what, down)
    assert entry.options == {CONF_OVERRIDES: {up: what}, CONF_CLOSING: {up: down}}
    return "cover.terrace_screen_up"


async def test_two_relays_make_a_cover(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    screen: tuple[Light, Light],
    advance: Advance,
) -> None:
    up, down = screen
    cover = await covered(hass, entry, screen, LoadKind.SHADE_RELAYS)
    shown = state(hass, cover)
    # Where it is nobody knows; both ways can always be asked for.
    assert (shown.state, shown.attributes["assumed_state"]) == ("unknown", True)
    assert "current_position" not in shown.attributes
    assert hass.states.get(CLOSED_BY) is None
    assert er.async_get(hass).async_get(CLOSED_BY) is None
    for action, wanted in (
        ("open_cover", [(down.id, 0), (up.id, 65535)]),
        ("close_cover", [(up.id, 0), (down.id, 65535)]),
        ("stop_cover", [(up.id, 0), (down.id, 0)]),
    ):
        await act(hass, "cover", action, cover)
        moving = {"open_cover": "opening", "close_cover": "closing"}.get(action)
        assert moving is None or state(hass, cover).state == moving
        assert not (up.level and down.level)
        await advance(15)
        assert state(hass, cover).state == (moving or "unknown")
        # Each is asked for once, and nothing is ever sent again.
        assert orders(processor, up, down) == wanted
    # What somebody else switches is seen, and is not looked at all the time.
    down.level = 1.0
    await advance(8)
    assert state(hass, cover).state == "closing"
    processor.requests.clear()
    await advance(30)
    assert paths(processor.requests).count("lights") < 10
    up.level = 1.0
    await advance(8)
    assert state(hass, cover).state == "unknown"
    assert orders(processor, up, down) == []


async def test_nothing_is_switched_on_where_the_other_may_be_on(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    house: House,
    processor: CrestronProcessor,
    screen: tuple[Light, Light],
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    up, down = screen
    cover = await covered(hass, entry, screen, LoadKind.GARAGE_RELAYS)
    assert state(hass, cover).attributes["device_class"] == "garage"
    rests: list[float] = []
    monkeypatch.setattr(adjusted, "REST", 0.25)
    sleep = asyncio.sleep

    async def resting(seconds: float) -> None:
        rests.extend([seconds] if seconds == adjusted.REST else [])
        await sleep(0)

    monkeypatch.setattr(adjusted.asyncio, "sleep", resting)
    # It turns round only after a rest.
    await act(hass, "cover", "open_cover", cover)
    assert rests == [0.25]
    await advance(8)
    processor.received.clear()
    for fault in ("command_failure", "answer_lost"):
        with processor.faults.during(fault), pytest.raises(HomeAssistantError):
            await act(hass, "cover", "close_cover", cover)
        assert (down.id, 65535) not in orders(processor, up, down)
        await advance(12)
    # Without the other one it is out of reach.
    house.remove(down)
    await advance(8)
    assert state(hass, cover).state == "unavailable"


async def test_a_relay_is_in_one_cover_only(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    house: House,
    screen: tuple[Light, Light],
) -> None:
    cover = await covered(hass, entry, screen, LoadKind.GATE_RELAYS)
    assert state(hass, cover).attributes["device_class"] == "gate"
    up, down = (f"light-{relay.id}" for relay in screen)
    pump = f"light-{house.find('Pool Pump', Light).id}"
    flow = await pick(hass, entry, pump)
    assert set(RELAYS) < set(flow.offered("what"))
    closers = (await flow.submit(what=LoadKind.SHADE_RELAYS)).offered("closing")
    assert not {up, down, pump} & set(closers)
    # What dims is no relay.
    dimmer = f"light-{house.find('Terrace Lights', Light).id}"
    assert dimmer not in closers
    assert not set(RELAYS) & set((await pick(hass, entry, dimmer)).offered("what"))
    # It is shown again as it was chosen, and can be taken back.
    flow = await pick(hass, entry, up)
    assert flow.default("what") == LoadKind.GATE_RELAYS
    await flow.submit(what=LoadKind.SHADE_RELAYS)
    assert flow.default("closing") == down
    # What is called most like it comes first.
    assert next(iter(flow.offered("closing"))) == down
    await say(hass, entry, up, AUTOMATIC)
    assert entry.options == {}
    assert state(hass, CLOSED_BY).state == "off"


async def test_two_relays_of_homeseer_make_a_cover(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    model: Model,
    advance: Advance,
) -> None:
    up, down = model.find("Pantry Light"), model.find("Porch Lamp")
    await say(hass, homeseer_loaded, str(up.ref), LoadKind.SHADE_RELAYS, str(down.ref))
    entity_id = entity_of(hass, homeseer_loaded, "cover", f"ref-{up.ref}")
    await act(hass, "cover", "open_cover", entity_id)
    await advance(5)
    assert state(hass, entity_id).state == "opening"
    assert (up.value > 0, down.value > 0) == (True, False)
    # No action of ours goes round the interlock, on either relay.
    for feature in (up, down):
        with pytest.raises(HomeAssistantError):
            await hass.services.async_call(
                "crestron_homeseer",
                "homeseer_control",
                {"ref": feature.ref, "label": "On"},
                blocking=True,
            )
