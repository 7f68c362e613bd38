"""The dashboard of the guide: its entities, cards and features are there."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any

import hass_frontend
from homeassistant.components.climate import ClimateEntityFeature
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.util import yaml as yaml_util
import pytest

from ..common import state

DASHBOARD = Path("docs/dashboard/house.yaml")
# What a feature needs of its entity, where that differs between entities.
NEEDS: dict[str, int] = {
    "cover-position": CoverEntityFeature.SET_POSITION,
    "target-temperature": ClimateEntityFeature.TARGET_TEMPERATURE,
}


@pytest.fixture
def view() -> dict[str, Any]:
    """Return the only view of the dashboard."""
    views: list[dict[str, Any]] = yaml_util.load_yaml_dict(DASHBOARD)["views"]
    [view] = views
    return view


def cards(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cards of all sections."""
    return [card for section in view["sections"] for card in section["cards"]]


def words() -> set[str]:
    """Return every quoted word of the frontend that says which cards there are."""
    folder = Path(hass_frontend.__file__).parent / "frontend_latest"

    def texts() -> Iterator[str]:
        for path in folder.glob("*.js"):
            text = path.read_text(encoding="utf-8")
            if '"cover-position"' in text or ('"heading"' in text and '"tile"' in text):
                yield text

    return set(re.findall(r'"([a-z-]+)"', " ".join(texts())))


def test_the_frontend_has_every_card_and_feature(view: dict[str, Any]) -> None:
    assert view["type"] == "sections"
    used = {card["type"] for card in cards(view)}
    used |= {each["type"] for card in cards(view) for each in card.get("features", [])}
    assert {"tile", "heading", "cover-position", "light-brightness"} < used
    known = words()
    assert used - known == set()
    assert "no-such-feature" not in known


@pytest.mark.usefixtures("loaded", "homeseer_loaded")
async def test_every_entity_is_there_and_can_do_what_is_shown(
    hass: HomeAssistant, view: dict[str, Any]
) -> None:
    shown = [card for card in cards(view) if card["type"] == "tile"]
    for card in [*shown, *view["badges"]]:
        assert state(hass, card["entity"]).state != "unavailable"
    for card in shown:
        attributes = state(hass, card["entity"]).attributes
        for feature in card.get("features", []):
            need = NEEDS.get(feature["type"], 0)
            can = attributes.get("supported_features", 0)
            assert can & need == need, card["entity"]
            if feature["type"] == "light-brightness":
                assert attributes["supported_color_modes"] != ["onoff"], card["entity"]
    entities = [card["entity"] for card in shown]
    assert len(entities) == len(set(entities))
