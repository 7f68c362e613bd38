"""A hub is no longer wanted."""

from playwright.async_api import expect
import pytest

from .ui import Ui
from .world import COTTAGE, VILLA, World


@pytest.mark.usefixtures("villa", "cottage")
async def test_a_hub_is_removed(world: World, ui: Ui) -> None:
    shade = await world.home.find("cover", "Kitchen Shade")
    await ui.open_integration()
    await ui.open_menu(VILLA)
    await ui.pick("Delete")
    await ui.page.get_by_text(f"Delete {VILLA}?").wait_for()
    await ui.end("Delete")
    await expect(ui.hub(VILLA)).to_have_count(0)
    await expect(ui.hub(COTTAGE)).to_have_count(1)
    assert await world.state(VILLA) is None
    left = [state["entity_id"] for state in await world.home.states()]
    assert left
    assert shade not in left
