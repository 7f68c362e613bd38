"""The devices are found where people look for them."""

import pytest

from .ui import Ui

# Of the processor, and of HomeSeer.
KITCHEN = ("Kitchen Shade", "Kitchen Dimmer")

pytestmark = pytest.mark.usefixtures("villa", "cottage")


async def test_in_the_list(ui: Ui) -> None:
    await ui.open_devices()
    table = ui.page.locator("ha-config-devices-dashboard")
    await table.get_by_text("Alarm Panel", exact=True).wait_for()
    await ui.picture("devices")
    for name in KITCHEN:
        await (await ui.find_device(name)).wait_for()


async def test_in_their_room(ui: Ui) -> None:
    await ui.open("/config/areas/area/kitchen")
    for name in KITCHEN:
        await ui.page.get_by_role("link", name=name, exact=True).wait_for()
    await ui.picture("room")
