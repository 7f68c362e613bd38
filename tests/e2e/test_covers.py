"""A shade is moved, and is seen to move."""

from playwright.async_api import Locator, Position, expect

from simulator.house import Shade

from .ui import Ui
from .world import World, until

NAME = "Kitchen Shade"
# Between two reads of a shade that moves, it goes a few percent further.
APART = 12


async def shown(slider: Locator) -> float:
    return float(await slider.get_attribute("aria-valuenow") or "nan")


async def test_a_shade_moves(world: World, villa: None, ui: Ui) -> None:
    shade = world.villa.processor.house.find(NAME, Shade)
    shade.jump("position", 1.0)
    await ui.open_device(NAME)
    await ui.picture("shade")
    card = ui.page.locator("hui-cover-entity-row")
    await expect(card.get_by_role("button", name="Open cover")).to_be_disabled()

    await card.get_by_text(NAME).click()
    info = ui.page.locator("ha-more-info-dialog")
    await expect(info.get_by_text("Open", exact=True)).to_be_visible()
    slider = ui.page.get_by_role("slider", name="Position")
    size = await slider.bounding_box()
    assert size is not None
    await slider.click(position=Position(x=size["width"] / 2, y=size["height"] / 2))
    await expect(info.get_by_text("Closing", exact=True)).to_be_visible()
    await until(lambda: 0.6 < shade.position < 0.9)
    await expect(slider).not_to_have_attribute("aria-valuenow", "100")
    assert abs(await shown(slider) - shade.position * 100) < APART
    assert 0.45 < shade.target < 0.55
    await ui.picture("shade-moving", moving=True)
    await ui.end("Close")

    await card.get_by_role("button", name="Stop cover").click()
    await until(lambda: not shade.moving)
    stopped = shade.position
    assert 0.02 < stopped < 0.98
    await card.get_by_text(NAME).click()
    await expect(slider).to_have_attribute("aria-valuenow", f"{stopped * 100:.0f}")
    await ui.end("Close")

    await card.get_by_role("button", name="Open cover").click()
    await until(lambda: shade.position == 1.0, 30)
    await expect(card.get_by_role("button", name="Open cover")).to_be_disabled()
