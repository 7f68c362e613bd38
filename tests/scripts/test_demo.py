"""The parts of the demo that need no Home Assistant; `scripts/demo --check` is the rest."""

from collections.abc import AsyncGenerator

import pytest

from scripts.lib.demo import checks
from scripts.lib.demo.checks import Check, Look, run, table
from scripts.lib.demo.complaints import complaints
from scripts.lib.demo.errors import DemoError
from scripts.lib.demo.homeseer import HomeSeerHouse
from scripts.lib.demo.homeseer_checks import Both
from scripts.lib.demo.homeseer_wire import System
from scripts.lib.demo.rest import HomeAssistant
from simulator.homeseer import HomeSeerSystem

from .conftest import PASSWORD, USER

AT = "2026-11-21 04:12:13.000"
OURS = "(MainThread) [custom_components.crestron_homeseer]"
FINE = f"{AT} INFO {OURS} All is well"
TRACEBACK = "\nTraceback (most recent call last):\n  File"


FRAME = f"{AT} WARNING (MainThread) [homeassistant.helpers.frame]"
NEW = "We found a custom integration crestron_homeseer which has not been tested"
VENV = "/home/me/crestron_homeseer/.venv/lib"
INSTALLED = "/config/custom_components/crestron_homeseer"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (FINE, False),
        (f"{AT} WARNING (Sync) [homeassistant.loader] {NEW}", False),
        (f'{AT} ERROR (Main) [other] It fails{TRACEBACK} "{VENV}/x.py", in y', False),
        (f"{AT} WARNING {OURS} All is well", True),
        (f"{FRAME} Detected that custom integration 'crestron_homeseer' errs", True),
        (f'{FINE}{TRACEBACK} "{INSTALLED}/cover.py", line 1, in z', True),
    ],
)
def test_whose_fault_a_line_is(text: str, ours: bool) -> None:
    assert complaints(f"{FINE}\n{text}\n{FINE}") == ([text] if ours else [])


def sees(*views: str | None) -> Look:
    """See one thing after the other, and the last one for ever."""
    left = list(views)

    async def look() -> str | None:
        return left.pop(0) if len(left) > 1 else left[0]

    return look


@pytest.mark.parametrize(
    ("hub", "home", "happened"),
    [
        ((None, None, "open"), ("opening", "open"), "open"),
        ((None,), ("open",), "the hub does not confirm it"),
        ((None, "open"), (None,), "open, which is not shown"),
        ((None, "open"), ("open", None), "open, no longer shown"),
        (("open",), ("open",), "nothing was tried: it was open before"),
        ((None,), (None,), "Home Assistant refuses"),
    ],
)
async def test_what_happens_and_is_shown_is_good(
    monkeypatch: pytest.MonkeyPatch,
    hub: tuple[str | None, ...],
    home: tuple[str | None, ...],
    happened: str,
) -> None:
    monkeypatch.setattr(checks, "LASTS", 0)
    monkeypatch.setattr(checks, "LOOK_EVERY", 0)

    async def act() -> None:
        if "refuses" in happened:
            raise DemoError(happened)

    hub_sees, home_sees = sees(*hub), sees(*home)
    result = await run(
        Check(asked="open", act=act, hub=hub_sees, home=home_sees, within=0.05)
    )
    assert (result.happened, result.good) == (happened, happened == "open")
    line = table("the hub", [result]).splitlines()[1]
    assert line.startswith("ok  open   open" if result.good else "BAD")


@pytest.fixture
async def wire(system: HomeSeerSystem) -> AsyncGenerator[System]:
    wire = System(system.url(), USER, PASSWORD)
    yield wire
    await wire.close()


async def test_a_name_has_to_be_that_of_one(
    wire: System, system: HomeSeerSystem
) -> None:
    dimmer = system.model.find("Kitchen Dimmer")
    assert await wire.find("Kitchen Dimmer") == dimmer.ref
    assert (await wire.feature(dimmer.ref))["value"] == dimmer.value
    root = await wire.find("Upstairs Thermostat")
    heating = await wire.find("Heating Setpoint", "Master Bedroom")
    assert system.model.by_ref(heating).root == root
    for name in ("Vacation Mode", "No such thing"):
        with pytest.raises(DemoError, match="not one"):
            await wire.find(name)


async def test_one_value_after_the_other(wire: System, system: HomeSeerSystem) -> None:
    async with HomeAssistant("http://127.0.0.1:1") as home:
        both = Both(home, wire, system.model)
        look = await both.tells("Garage Door Opener", "open", 254, 255)
        door = system.model.find("Garage Door Opener")
        seen = []
        for value in (255, 0, 254, 253, 255):
            door.set(value)
            seen.append(await look())
        await both.by_hand("Garage Door Opener", 0, None)()
    # Open without having been opening does not count.
    assert seen == [None, None, None, None, "open"]
    assert door.value == 0


async def test_a_house_that_is_kept_is_where_it_was(socket_enabled: None) -> None:
    house, other, again = HomeSeerHouse(), HomeSeerHouse(), HomeSeerHouse()
    await house.start({})
    kept = house.keep()
    with pytest.raises(DemoError, match="--keep"):
        await other.start(kept)
    await house.stop()
    await again.start(kept)
    assert again.keep() == kept
    await again.stop()
