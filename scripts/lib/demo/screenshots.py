"""Pictures of the real user interface, for people to look at."""

from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Error, Page

from .browser import SIZE, log_in, open_browser, settle
from .errors import DemoError
from .rest import DOMAIN, HomeAssistant

INTEGRATION = f"/config/integrations/integration/{DOMAIN}"
# Both houses have these rooms.
AREAS = ("Kitchen", "Garage")
DEVICES = ("Kitchen Shade", "Hallway Thermostat", "DSC Alarm", "Lighting events")
# The picture's name, and what is clicked one after the other on the integration's page.
ADD = "Add hub"
CONFIGURE = "Configure"
DIALOGS = (
    ("add-menu", (ADD,)),
    ("add-homeseer", (ADD, "HomeSeer system on your network")),
    ("options-menu", (CONFIGURE,)),
    ("options-push", (CONFIGURE, "How changes are told")),
    ("options-overrides", (CONFIGURE, "What a device is")),
)


async def take(url: str, home: HomeAssistant, folder: Path) -> None:
    """Save a picture of each page, and of the dialogs."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = await _pages(home)
    try:
        async with open_browser() as browser:
            page = await browser.new_page(viewport=SIZE)
            await log_in(page, url)
            for name, path in pages:
                await page.goto(f"{url}{path}", wait_until="load")
                await _save(page, folder / f"{name}.png")
            for name, clicks in DIALOGS:
                await page.goto(f"{url}{INTEGRATION}", wait_until="load")
                await settle(page)
                for label in clicks:
                    await (
                        page.get_by_text(label)
                        .or_(page.get_by_title(label))
                        .first.click()
                    )
                    await settle(page)
                await _save(page, folder / f"{name}.png")
            await _save_hubs(page, url, folder / "hubs.png")
    except Error as error:
        raise DemoError(f"The browser does not do it: {error}") from error


async def _save_hubs(page: Page, url: str, target: Path) -> None:
    """Save all hubs in one picture, without their devices."""
    await page.goto(f"{url}{INTEGRATION}", wait_until="load")
    await settle(page)
    for row in await page.locator("ha-config-entry-row").all():
        await row.get_by_role("button").first.click()
    await _save(page, target)


async def _save(page: Page, target: Path) -> None:
    await settle(page)
    await page.screenshot(path=target)
    print(f"  {target}")


async def _pages(home: HomeAssistant) -> Sequence[tuple[str, str]]:
    devices = await home.command("config/device_registry/list")
    areas = await home.command("config/area_registry/list")
    pages = [
        ("dashboard", "/"),
        ("integrations", "/config/integrations/dashboard"),
        ("integration", INTEGRATION),
        ("devices", f"/config/devices/dashboard?historyBack=1&domain={DOMAIN}"),
    ]
    for name in AREAS:
        area = next(area["area_id"] for area in areas if area["name"] == name)
        pages.append((f"area-{area.replace('_', '-')}", f"/config/areas/area/{area}"))
    for name in DEVICES:
        device = next(device["id"] for device in devices if device["name"] == name)
        slug = name.lower().replace(" ", "-")
        pages.append((f"device-{slug}", f"/config/devices/device/{device}"))
    return pages
