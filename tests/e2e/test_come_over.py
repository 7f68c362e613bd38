"""An owner comes from another integration for the same house."""

from simulator.house import Light

from .ui import Ui
from .world import OLD_LIGHT, VILLA, World, until


async def test_entity_ids_are_taken_along(world: World, villa: None, ui: Ui) -> None:
    await ui.configure(VILLA)
    await ui.choose("From another integration")
    await ui.see("Nothing changes yet")
    await ui.choose("Template (1)")
    await ui.press("Next")
    await ui.see("Make a backup first.")
    await ui.see(f"{OLD_LIGHT} →")
    await ui.picture("come-over")
    await ui.submit()
    await ui.see("1 entities have the ids of the others now.")
    await ui.end("Close")
    taken = await world.home.command("config/entity_registry/get", entity_id=OLD_LIGHT)
    assert taken["platform"] == "crestron_homeseer"
    sconces = world.villa.processor.house.find("Sconces", Light)
    on = sconces.level > 0
    await world.home.call("light.toggle", OLD_LIGHT)
    await until(lambda: (sconces.level > 0) is not on)
