"""An owner says what things are, which are wanted, and what is of one door."""

from playwright.async_api import expect
import pytest

from simulator.house import Light

from .ui import Ui
from .world import VILLA, World, until

GATE, CLOSER = "Side Gate Open", "Side Gate Close"
# Each load, what it is, and whether its name already suggests that.
SAID = (
    ("Fountain Pump", "Switch", True),
    ("Exhaust Fan", "Fan", True),
    ("Fireplace", "Outlet", False),
    (GATE, "Gate, moved by two relays", False),
)
# What came of it: domain, name, device class.
MADE = (
    ("switch", "Fountain Pump", "switch"),
    ("fan", "Exhaust Fan", None),
    ("switch", "Fireplace", "outlet"),
    ("cover", GATE, "gate"),
)
UNUSED = ("Unused", "Unused 2", "Unused Dimmer", "Unused Switch")

pytestmark = pytest.mark.usefixtures("villa")


async def lights(world: World) -> set[str]:
    """Return the names of all lights that Home Assistant has."""
    states = await world.home.states()
    return {
        state["attributes"]["friendly_name"]
        for state in states
        if state["entity_id"].startswith("light.")
    }


async def registered(world: World) -> set[str]:
    """Return the ids of all entities, also of those that are disabled."""
    entries = await world.home.command("config/entity_registry/list")
    return {entry["entity_id"] for entry in entries}


async def none_found(ui: Ui, name: str) -> None:
    """See that no device has such a name."""
    await ui.open_devices()
    await ui.find_device(name)
    nothing = ui.page.get_by_text("No rows matching current filters")
    await expect(nothing).to_be_visible()


async def test_what_devices_are(world: World, ui: Ui) -> None:
    there = {name for _, name, _ in MADE} | {CLOSER}
    assert there <= await lights(world)
    await ui.configure(VILLA)
    await ui.choose("What a device is")
    for name, what, suggested in SAID:
        await ui.select(name)
        await ui.press("Next")
        await ui.see("What is it?")
        if not suggested:
            await ui.select(what)
        await ui.press("Next")
        if name == GATE:
            # The likeliest of the relays is picked already.
            await ui.see("Which relay closes it?")
            await ui.press("Next")
        await ui.see("entities stay")
        if name != GATE:
            await ui.choose("Pick another device")
            await ui.see(f": {what}")
    await expect(ui.dialog.get_by_role("listitem")).to_have_text([CLOSER])
    await ui.choose("Save")
    await ui.saved()
    await world.until_loaded(VILLA)

    for domain, name, device_class in MADE:
        state = await world.home.state(await world.home.find(domain, name))
        assert state["attributes"].get("device_class") == device_class
    assert not there & await lights(world)

    opening, closing = (
        world.villa.processor.house.find(name, Light) for name in (GATE, CLOSER)
    )
    closing.level = 1.0
    await ui.open_device(GATE)
    await ui.press("Open cover")
    await until(lambda: (opening.level, closing.level) == (1.0, 0.0))
    await ui.press("Stop cover")
    await until(lambda: (opening.level, closing.level) == (0.0, 0.0))


async def test_unused_rooms_are_left_out(world: World, ui: Ui) -> None:
    before = await registered(world)
    await ui.configure(VILLA)
    await ui.choose("What to include")
    await ui.dialog.get_by_role("button", name="Rooms to leave out").click()
    await ui.page.get_by_text("All rooms called “Unused …”").last.click()
    await ui.page.keyboard.press("Escape")
    await ui.press("Next")
    await ui.see("entities stay")
    for name in UNUSED:
        await expect(
            ui.dialog.get_by_role("listitem").get_by_text(name, exact=True)
        ).to_be_visible()
    await ui.choose("Save")
    await ui.saved()
    await world.until_loaded(VILLA)
    gone = before - await registered(world)
    assert gone == {entity for entity in before if "unused" in entity} != set()
    await none_found(ui, "Unused")


async def test_a_door_is_one_device(world: World, ui: Ui) -> None:
    await ui.configure(VILLA)
    await ui.choose("Sensor and lock of one door")
    await ui.choose("Front Door Contact + Front Door (Hallway)")
    await ui.submit()
    await ui.saved()
    await world.until_loaded(VILLA)
    await ui.open_device("Front Door")
    await expect(ui.page.get_by_role("button", name="Unlock")).to_be_visible()
    await expect(ui.page.get_by_role("heading", name="Sensors")).to_be_visible()
    await none_found(ui, "Front Door Contact")
