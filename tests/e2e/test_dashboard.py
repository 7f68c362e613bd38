"""The dashboard of the documentation shows both houses."""

from typing import Any

from homeassistant.util.yaml import load_yaml_dict
from playwright.async_api import expect
import pytest

from scripts.lib.demo.browser import SIZE

from .ui import Ui
from .world import DASHBOARD

# As tall as the first rooms are.
TALL = 1075
# What takes the place of a card that cannot be shown, and what it says then.
BROKEN = "hui-warning, hui-error-card"
MISSING = "Entity not found"


def of_type(kind: str) -> list[dict[str, Any]]:
    """Return the dashboard's cards of a type."""
    (view,) = load_yaml_dict(str(DASHBOARD))["views"]
    cards = [card for section in view["sections"] for card in section["cards"]]
    return [card for card in cards if card["type"] == kind]


@pytest.mark.usefixtures("villa", "cottage")
async def test_each_card_shows_something(ui: Ui) -> None:
    page = ui.page
    await page.set_viewport_size({"width": SIZE["width"], "height": TALL})
    await ui.open("/the-house/house")
    tiles, headings = of_type("tile"), of_type("heading")
    assert len(tiles) > 30
    await expect(page.locator("hui-tile-card ha-card")).to_have_count(len(tiles))
    for heading in headings:
        title = page.locator("hui-heading-card").get_by_text(heading["heading"])
        await expect(title).to_be_visible()
    await expect(page.locator(BROKEN)).to_have_count(0)
    await expect(page.get_by_text(MISSING)).to_have_count(0)
    # What is not there is a badge without a name.
    await expect(page.locator("hui-entity-badge ha-badge")).to_have_count(3)
    await ui.picture("dashboard")
    await page.set_viewport_size(SIZE)
