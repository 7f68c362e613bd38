"""Pictures for the documentation."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

# A page of documentation has many of them.
MAXIMUM = 100_000
COLOURS = 256


async def take(page: Page, target: Path) -> None:
    """Save what is to be seen, as a small PNG."""
    picture = Image.open(BytesIO(await page.screenshot())).convert("RGB")
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    assert size <= MAXIMUM, f"{target} has {size} bytes"
