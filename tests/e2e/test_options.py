"""What people choose about a hub is kept, and done."""

from functools import partial

from playwright.async_api import expect
import pytest

from simulator.house import Shade

from .ui import Ui
from .world import COTTAGE, VILLA, World, until

LEFT, RIGHT = "Living Room Left", "Living Room Right"
# A processor counts positions to 65535.
near = partial(pytest.approx, abs=1e-4)


async def test_how_changes_are_told(world: World, cottage: None, ui: Ui) -> None:
    system = world.cottage.system
    assert system.ascii_port is not None
    await ui.configure(COTTAGE)
    await ui.picture("options")
    await ui.choose("How changes are told")
    await ui.type_number("ASCII port", system.ascii_port)
    await ui.submit()
    await ui.saved()
    await until(lambda: system.ascii_connections)

    await ui.configure(COTTAGE)
    await ui.choose("How changes are told")
    port = ui.dialog.get_by_role("spinbutton", name="ASCII port")
    await expect(port).to_have_value(str(system.ascii_port))


async def test_shades_are_lined_up(world: World, villa: None, ui: Ui) -> None:
    house = world.villa.processor.house
    left, right = (house.find(name, Shade) for name in (LEFT, RIGHT))
    await ui.configure(VILLA)
    await ui.choose("Shades")
    await ui.choose("Line up the shades of a façade")
    for name in (LEFT, RIGHT):
        await ui.dialog.get_by_role("button", name="Shades").click()
        await ui.page.get_by_text(f"{name} (Living Room)").last.click()
    await ui.submit()
    await ui.see("Wait until the shades stand still")
    # The processor answers before its motors hear of it.
    await until(lambda: (left.target, right.target) == near((0.5, 0.5)))

    await ui.type_number(LEFT, 48)
    await ui.picture("shades-line-up")
    await ui.submit()
    await until(lambda: (left.target, right.target) == near((0.48, 0.5)))
    await ui.choose("They line up: keep")
    await ui.submit()
    await ui.saved()
    await world.until_loaded(VILLA)

    await ui.configure(VILLA)
    await ui.choose("Shades")
    await ui.choose("Upside down, or back as they came")
    await ui.see(f"{LEFT} (Living Room): 50 % ↔ 48 %")
