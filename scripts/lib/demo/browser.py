"""A browser at the real user interface."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import shutil

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from .errors import DemoError
from .rest import PASSWORD, USER

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Home Assistant is all it looks at, so it needs no sandbox, which root cannot have.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZE: ViewportSize = {"width": 1280, "height": 900}
# The page has stopped changing when it looks the same twice in a row.
LOOK_EVERY_MS = 700
LOOKS = 15


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Give a browser without windows."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_executable(), args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            await browser.close()


def _executable() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise DemoError("There is no Chromium. Run scripts/setup --e2e.")


async def log_in(page: Page, url: str) -> None:
    """Log in as a person does."""
    await page.goto(url, wait_until="load")
    await page.locator("input[name=username]").fill(USER)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.locator("input[name=password]").press("Enter")
    await page.locator("home-assistant-main").wait_for()


async def settle(page: Page) -> None:
    """Wait until the page looks the same twice in a row."""
    last = b""
    for _ in range(LOOKS):
        await page.wait_for_timeout(LOOK_EVERY_MS)
        now = await page.screenshot()
        if now == last:
            return
        last = now
