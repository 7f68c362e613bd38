"""A HomeSeer remote does things in both houses, per button and kind of press."""

from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from simulator.homeseer import Model
from simulator.house import House, Shade

from ..common import Advance, state
from .conftest import Automate, until

REMOTE = "event.master_bedroom_bedroom_remote_central_scene"
SHADE = "cover.kitchen_kitchen_shade"
LAMP = "light.kitchen_kitchen_dimmer"
SEEN = 12

pytestmark = pytest.mark.usefixtures("loaded", "homeseer_loaded")


def act_on(action: str, entity_id: str, **data: Any) -> list[dict[str, Any]]:
    """Return an action as it is written by the editor."""
    return [{"action": action, "target": {"entity_id": entity_id}, "data": data}]


def note(text: str) -> list[dict[str, Any]]:
    """Return an action that tells a text."""
    return [{"action": "test.note", "data": {"text": text}}]


@pytest.fixture
def noted(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what was noted by an action."""
    noted: list[ServiceCall] = async_mock_service(hass, "test", "note")
    return noted


async def test_buttons_act_in_both_houses(
    hass: HomeAssistant,
    house: House,
    model: Model,
    automate: Automate,
    advance: Advance,
) -> None:
    await automate(
        "remote",
        remote=REMOTE,
        press_1=act_on("light.turn_off", LAMP),
        hold_2=act_on("cover.close_cover", SHADE),
        release_2=act_on("cover.stop_cover", SHADE),
    )
    scene = model.find("Central Scene", root="Bedroom Remote")
    assert state(hass, LAMP).state == "on"
    # The value of the first press of the first scene is what it stood at.
    scene.set(2002)
    await until(hass, SHADE, "closing", advance)
    await advance(3)
    scene.set(2001)
    await advance(20)
    shade = house.find("Kitchen Shade", Shade)
    assert not shade.moving
    assert 0.05 < shade.position < 0.95
    assert state(hass, LAMP).state == "on"
    scene.set(1000)
    await advance(SEEN)
    assert state(hass, LAMP).state == "off"
    assert model.find("Kitchen Dimmer", root="Kitchen Dimmer").value == 0


@pytest.mark.parametrize(
    ("says", "heard"),
    [
        ("Scene 1 Pressed", "press 1"),
        ("Scene 1 Key Pressed 1 Time", "press 1"),
        ("Scene 3 2 Times", "double 3"),
        ("Scene 2 Key Pressed 2 Times", "double 2"),
        ("Button 4 Held Down", "hold 4"),
        ("Key 4 Released", "release 4"),
        ("Scene 2 Key Held", "hold 2"),
        ("3 Pressed", "press 3"),
        ("Scene 5 Pressed", "Scene 5 Pressed: 5 press"),
        ("Scene 1 Pressed 3 Times", "Scene 1 Pressed 3 Times: 1 many"),
        ("Top Double Tap", "Top Double Tap: 0 double"),
    ],
)
async def test_words_of_homeseer_are_understood(
    hass: HomeAssistant,
    model: Model,
    automate: Automate,
    noted: list[ServiceCall],
    advance: Advance,
    says: str,
    heard: str,
) -> None:
    kinds = ("press", "double", "hold", "release")
    await automate(
        "remote",
        remote=REMOTE,
        other_actions=note("{{ key }}: {{ button }} {{ press }}"),
        **{f"{kind}_{n}": note(f"{kind} {n}") for kind in kinds for n in range(1, 5)},
    )
    model.find("Central Scene", root="Bedroom Remote").set(7, says)
    await advance(SEEN)
    assert [each.data["text"] for each in noted] == [heard]


async def test_an_outage_presses_nothing(
    hass: HomeAssistant,
    model: Model,
    automate: Automate,
    noted: list[ServiceCall],
    advance: Advance,
    homeseer_loaded: MockConfigEntry,
) -> None:
    await automate("remote", remote=REMOTE, press_2=note("2"))
    model.find("Central Scene", root="Bedroom Remote").set(2000)
    await advance(SEEN)
    assert len(noted) == 1
    await hass.config_entries.async_reload(homeseer_loaded.entry_id)
    await advance(SEEN)
    assert state(hass, REMOTE).attributes["key"] == "Scene 2 Pressed"
    assert len(noted) == 1
