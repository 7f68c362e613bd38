"""A HomeSeer remote does things in both houses, per button and kind of press."""

from typing import Any

from homeassistant.core import ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from simulator.homeseer.feature import Feature

from .conftest import Both

REMOTE = "event.master_bedroom_bedroom_remote_central_scene"
SHADE = "cover.kitchen_kitchen_shade"
LAMP = "light.kitchen_kitchen_dimmer"
SEEN = 12


def act_on(action: str, entity_id: str) -> list[dict[str, Any]]:
    """Return an action as it is written by the editor."""
    return [{"action": action, "target": {"entity_id": entity_id}, "data": {}}]


def note(text: str) -> list[dict[str, Any]]:
    """Return an action that tells a text."""
    return [{"action": "test.note", "data": {"text": text}}]


@pytest.fixture
def noted(both: Both) -> list[ServiceCall]:
    """Return what was noted by an action."""
    noted: list[ServiceCall] = async_mock_service(both.hass, "test", "note")
    return noted


@pytest.fixture
def scene(both: Both) -> Feature:
    """Return what tells of the presses."""
    return both.model.find("Central Scene", root="Bedroom Remote")


async def test_buttons_act_in_both_houses(both: Both, scene: Feature) -> None:
    await both.automate(
        "remote",
        remote=REMOTE,
        press_1=act_on("light.turn_off", LAMP),
        hold_2=act_on("cover.close_cover", SHADE),
        release_2=act_on("cover.stop_cover", SHADE),
    )
    # The value of the first press of the first scene is what it stood at.
    scene.set(2002)
    await both.until(SHADE, "closing")
    await both.advance(3)
    scene.set(2001)
    await both.advance(20)
    assert not both.shade().moving
    assert 0.05 < both.shade().position < 0.95
    assert both[LAMP].state == "on"
    scene.set(1000)
    await both.advance(SEEN)
    assert both[LAMP].state == "off"
    assert both.model.find("Kitchen Dimmer", root="Kitchen Dimmer").value == 0


async def test_words_of_homeseer_are_understood(
    both: Both, scene: Feature, noted: list[ServiceCall]
) -> None:
    kinds = ("press", "double", "hold", "release")
    await both.automate(
        "remote",
        remote=REMOTE,
        other_actions=note("{{ key }}: {{ button }} {{ press }}"),
        **{f"{kind}_{n}": note(f"{kind} {n}") for kind in kinds for n in range(1, 5)},
    )
    for says, heard in (
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
    ):
        scene.set(scene.value + 1, says)
        await both.advance(SEEN)
        assert [each.data["text"] for each in noted] == [heard]
        noted.clear()


async def test_an_outage_presses_nothing(
    both: Both,
    scene: Feature,
    noted: list[ServiceCall],
    homeseer_loaded: MockConfigEntry,
) -> None:
    await both.automate("remote", remote=REMOTE, press_2=note("2"))
    scene.set(2000)
    await both.advance(SEEN)
    assert len(noted) == 1
    await both.hass.config_entries.async_reload(homeseer_loaded.entry_id)
    await both.advance(SEEN)
    assert both[REMOTE].attributes["key"] == "Scene 2 Pressed"
    assert len(noted) == 1
