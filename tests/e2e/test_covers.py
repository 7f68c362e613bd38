"""A shade is moved, and is seen to move."""

import asyncio

from playwright.async_api import Locator, Position, expect

from simulator.house import Shade

from .ui import Ui
from .world import World, until

NAME = "Kitchen Shade"


async def shown(slider: Locator) -> float:
    return float(await slider.get_attribute("aria-valuenow") or "nan")


async def seen_moving(slider: Locator, shade: Shade, to: float) -> list[float]:
    """Return what is shown one after the other, until the shade itself is there."""
    seen = [await shown(slider)]
    while shade.position > to:
        assert shade.moving
        if (now := await shown(slider)) != seen[-1]:
            seen.append(now)
        await asyncio.sleep(0.05)
    return seen


async def test_a_shade_moves(world: World, villa: None, ui: Ui) -> None:
    shade = world.villa.processor.house.find(NAME, Shade)
    shade.jump("position", 1.0)
    await ui.open_device(NAME)
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
    await until(lambda: 0.45 < shade.target < 0.55)
    # The slider stays where it was put until the shade is read.
    ways = [value for value in await seen_moving(slider, shade, 0.7) if value > 55]
    assert len(ways) > 2
    assert ways == sorted(ways, reverse=True)
    await ui.picture("shade-moving", moving=True)
    await ui.end("Close")

    await card.get_by_role("button", name="Stop cover").click()
    await until(lambda: not shade.moving)
    assert 0.52 < shade.position < 0.7
    await card.get_by_text(NAME).click()
    await expect(slider).to_be_visible()
    async with asyncio.timeout(15):
        while abs(await shown(slider) - shade.position * 100) > 1:
            await asyncio.sleep(0.1)
    await ui.end("Close")

    # Nobody looks at how it gets there.
    shade.travel_seconds = 4.0
    await card.get_by_role("button", name="Open cover").click()
    await until(lambda: shade.position == 1.0, 30)
    await expect(card.get_by_role("button", name="Open cover")).to_be_disabled()
