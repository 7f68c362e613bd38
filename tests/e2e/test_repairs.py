"""What only a person can decide, decided under Repairs."""

from playwright.async_api import expect
import pytest

from .ui import Ui
from .world import VILLA, World


@pytest.mark.complains("shows another certificate")
async def test_a_new_certificate(world: World, villa: None, ui: Ui) -> None:
    await ui.configure(VILLA)
    await ui.choose("Certificate of the processor")
    await ui.dialog.get_by_role("switch").press("Space")
    await ui.submit()
    await ui.saved()
    await world.until_loaded(VILLA)

    # It makes itself a new certificate.
    await world.villa.processor.restart()
    await ui.open("/config/repairs")
    await ui.page.get_by_text(f"{VILLA} shows another certificate").click()
    await ui.see("posing as it")
    await ui.picture("repair")
    asked = len(world.villa.processor.requests)
    await ui.submit()
    await ui.see("The issue is repaired!")
    await ui.end("Finish")
    await expect(ui.page.get_by_text("shows another certificate")).to_have_count(0)
    await world.until_loaded(VILLA)
    assert len(world.villa.processor.requests) > asked
