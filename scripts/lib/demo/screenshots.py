"""Pictures of the real user interface, for people to look at."""

from collections.abc import Sequence
from pathlib import Path
import shutil

from playwright.async_api import Error, Page, ViewportSize, async_playwright

from .errors import DemoError
from .rest import DOMAIN, PASSWORD, USER, HomeAssistant

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZE: ViewportSize = {"width": 1280, "height": 900}
# The page has stopped changing when it looks the same twice in a row.
LOOK_EVERY_MS = 700
LOOKS = 15

AREA = "Kitchen"
SHADE = "Kitchen Shade"


async def take(url: str, home: HomeAssistant, folder: Path) -> None:
    """Save a picture of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = await _pages(home)
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=_browser(), args=ARGUMENTS
            )
            page = await browser.new_page(viewport=SIZE)
            await _log_in(page, url)
            for name, path in pages:
                await page.goto(f"{url}{path}", wait_until="load")
                await _settle(page)
                target = folder / f"{name}.png"
                await page.screenshot(path=target)
                print(f"  {target}")
            await browser.close()
    except Error as error:
        raise DemoError(f"The browser does not do it: {error}") from error


def _browser() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise DemoError("There is no Chromium. Run scripts/setup --e2e.")


async def _pages(home: HomeAssistant) -> Sequence[tuple[str, str]]:
    devices = await home.command("config/device_registry/list")
    areas = await home.command("config/area_registry/list")
    shade = next(device["id"] for device in devices if device["name"] == SHADE)
    area = next(area["area_id"] for area in areas if area["name"] == AREA)
    return [
        ("dashboard", "/"),
        ("integrations", "/config/integrations/dashboard"),
        ("integration", f"/config/integrations/integration/{DOMAIN}"),
        ("devices", f"/config/devices/dashboard?historyBack=1&domain={DOMAIN}"),
        ("device-shade", f"/config/devices/device/{shade}"),
        ("area-kitchen", f"/config/areas/area/{area}"),
    ]


async def _log_in(page: Page, url: str) -> None:
    await page.goto(url, wait_until="load")
    await page.locator("input[name=username]").fill(USER)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.locator("input[name=password]").press("Enter")
    await page.locator("home-assistant-main").wait_for()


async def _settle(page: Page) -> None:
    """Wait until the page looks the same twice in a row."""
    last = b""
    for _ in range(LOOKS):
        await page.wait_for_timeout(LOOK_EVERY_MS)
        now = await page.screenshot()
        if now == last:
            return
        last = now
