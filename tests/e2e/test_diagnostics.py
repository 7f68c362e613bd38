"""What is downloaded for a bug report, and what it is good for."""

import asyncio
from asyncio.subprocess import PIPE
from pathlib import Path
import re
import sys

from scripts.lib.demo.crestron_wire import Processor
from simulator.house import Shade

from .ui import Ui
from .world import VILLA, World

ROOT = Path(__file__).parents[2]
TOKEN = "token-of-the-copy"


async def test_the_simulator_serves_it(
    world: World, villa: None, ui: Ui, tmp_path: Path
) -> None:
    await ui.open_integration()
    await ui.fold_hubs()
    await ui.open_menu(VILLA)
    await ui.picture("diagnostics")
    async with ui.page.expect_download() as coming:
        await ui.pick("Download diagnostics")
    file = tmp_path / "diagnostics.json"
    await (await coming.value).save_as(file)
    assert world.villa.processor.token not in file.read_text(encoding="utf-8")

    there = world.villa.processor.house.of(Shade)
    assert await shades_served(file) == sorted(shade.name for shade in there)


async def shades_served(file: Path) -> list[str]:
    """Serve a recorded house, and ask for its shades."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-m", "simulator", "crestron"),
        *("--house", file, "--token", TOKEN, "--port", "0"),
        cwd=ROOT,
        stdout=PIPE,
    )
    try:
        assert process.stdout is not None
        greeting = (await process.stdout.readline()).decode()
        url = re.search(r"https://[^/]+", greeting)
        assert url is not None, greeting
        wire = Processor(url[0], TOKEN)
        await wire.log_in()
        shades = await wire.entries("shades")
        await wire.close()
    finally:
        process.terminate()
        await process.wait()
    return sorted(shade["name"] for shade in shades)
