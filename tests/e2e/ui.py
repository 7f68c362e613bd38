"""The user interface, as a person finds his way in it."""

from pathlib import Path
import re

from playwright.async_api import Locator, Page, expect

from scripts.lib.demo.browser import settle
from scripts.lib.demo.rest import DOMAIN

from . import pictures


class Ui:
    """Clicks and types."""

    def __init__(self, page: Page, url: str, folder: Path | None) -> None:
        self.page = page
        self._url = url
        self._folder = folder

    async def picture(self, name: str, *, moving: bool = False) -> None:
        """Take a picture for the documentation, if pictures are wanted."""
        if self._folder is None:
            return
        if not moving:
            # What the mouse is over looks another way.
            await self.page.mouse.move(0, 0)
            await settle(self.page)
        await pictures.take(self.page, self._folder / f"{name}.png")

    # Going somewhere

    async def open(self, path: str) -> None:
        await self.page.goto(f"{self._url}{path}", wait_until="load")

    async def open_integration(self) -> None:
        await self.open(f"/config/integrations/integration/{DOMAIN}")
        await self.page.get_by_text("Crestron Home & HomeSeer").first.wait_for()

    async def open_devices(self) -> None:
        await self.open(f"/config/devices/dashboard?historyBack=1&domain={DOMAIN}")

    async def find_device(self, name: str) -> Locator:
        """Search the list of devices, which shows only so many of them."""
        field = re.compile(r"^Search \d+ devices")
        await self.page.get_by_placeholder(field).fill(name)
        table = self.page.locator("ha-config-devices-dashboard")
        return table.get_by_text(name, exact=True)

    async def open_device(self, name: str) -> None:
        await self.open_devices()
        await (await self.find_device(name)).click()
        await self.page.wait_for_url("**/config/devices/device/*")
        await self.page.get_by_role("heading", name="Controls").wait_for()

    # Hubs

    def hub(self, title: str) -> Locator:
        row = self.page.locator("ha-config-entry-row")
        return row.filter(has=self.page.get_by_text(title, exact=True))

    async def fold_hubs(self) -> None:
        """Hide the devices of all hubs."""
        rows = self.page.locator("ha-config-entry-row")
        await rows.first.wait_for()
        for row in await rows.all():
            await row.get_by_role("button").first.click()

    async def configure(self, title: str) -> None:
        await self.open_integration()
        await self.hub(title).get_by_role("button", name="Configure").first.click()
        await self.see("What to change")

    async def open_menu(self, title: str) -> None:
        await self.hub(title).get_by_role("button", name="Menu").first.click()

    async def pick(self, item: str) -> None:
        await self.page.get_by_role("menuitem", name=item).click()

    # Dialogs

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog-data-entry-flow")

    async def see(self, text: str) -> None:
        """Wait until something is said in the dialog."""
        await expect(self.dialog.get_by_text(text)).to_be_visible()

    async def choose(self, label: str) -> None:
        await self.dialog.get_by_text(label, exact=True).click()

    async def type(self, field: str, text: str) -> None:
        await self.dialog.get_by_role("textbox", name=field).fill(text)

    async def type_number(self, field: str, number: float) -> None:
        box = self.dialog.get_by_role("spinbutton", name=field)
        await box.fill(f"{number:g}")
        # What was typed counts once the field is left.
        await box.blur()

    async def select(self, option: str) -> None:
        """Pick an option of the dialog's one list."""
        await self.dialog.locator("ha-select").click()
        await self.page.get_by_role("menuitem", name=option).click()

    async def press(self, button: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).last.click()

    async def submit(self) -> None:
        await self.press("Submit")

    async def saved(self) -> None:
        """See that options are kept, and close the dialog."""
        await self.see("Options successfully saved.")
        await self.end("Finish")

    async def end(self, button: str) -> None:
        """Press the last button of a dialog, and wait until it is closed."""
        await self.press(button)
        await expect(self.page.get_by_role("dialog")).to_have_count(0)
