"""A newcomer adds a processor and a HomeSeer system."""

from scripts.lib.demo.homeseer import PASSWORD, USER
from simulator.house import Shade

from .ui import Ui
from .world import COTTAGE, VILLA, World


async def test_a_crestron_processor(world: World, ui: Ui) -> None:
    processor = world.villa.processor
    await ui.open("/config/integrations/dashboard")
    await ui.press("Add integration")
    await ui.page.get_by_placeholder("Search for a brand name").fill("crestron")
    await ui.press("Crestron Home & HomeSeer")
    await ui.see("Which system do you want to add?")
    await ui.picture("add-hub")

    await ui.choose("Crestron Home processor")
    await ui.type("Address", "192.168.1.20")
    await ui.type("Web API token", "mistyped-token")
    await ui.picture("crestron-token")
    await ui.type("Address", world.villa.address)
    await ui.submit()
    await ui.see("The processor refuses this token.")

    await ui.type("Web API token", processor.token)
    await ui.submit()
    await ui.see(f"{len(processor.house.of(Shade))} shades and curtains")
    await ui.picture("crestron-found")
    await ui.submit()
    # Each device may get another name and room at once.
    await ui.page.get_by_text("Name and assign").wait_for()
    await ui.end("Finish")
    await ui.hub(VILLA).wait_for()
    await world.until_loaded(VILLA)


async def test_a_homeseer_system(world: World, villa: None, ui: Ui) -> None:
    await ui.open_integration()
    await ui.press("Add hub")
    await ui.choose("HomeSeer system on your network")
    await ui.type("Address", world.cottage.address)
    await ui.submit()
    await ui.see("HomeSeer asks for a password")
    await ui.type("User name", USER)
    await ui.type("Password", "mistyped-password")
    await ui.submit()
    await ui.see("HomeSeer refuses this login.")
    await ui.type("Password", PASSWORD)
    await ui.submit()
    await ui.see(f"{COTTAGE} runs HomeSeer 4")
    await ui.submit()
    await ui.page.get_by_text("Name and assign").wait_for()
    await ui.end("Finish")
    await ui.hub(COTTAGE).wait_for()
    await world.until_loaded(COTTAGE)

    await ui.fold_hubs()
    await ui.picture("hubs")
