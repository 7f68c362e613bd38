"""The blueprints as files: what Home Assistant and the people who import them see."""

from pathlib import Path
from urllib.parse import quote

from homeassistant.components.automation.const import DOMAIN as AUTOMATION
from homeassistant.components.blueprint import Blueprint
from homeassistant.components.blueprint.const import DOMAIN as BLUEPRINT
from homeassistant.components.blueprint.models import DomainBlueprints
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import yaml as yaml_util
import pytest

from .conftest import FOLDER

FILES = sorted(Path(f"blueprints/automation/{FOLDER}").glob("*.yaml"))
REPOSITORY = "https://github.com/crestron-homeseer/crestron_homeseer/blob/main"
GUIDE = Path("docs/blueprints.md")


def _sections(blueprint: Blueprint) -> dict[str, dict[str, object]]:
    return {
        name: found
        for name, found in blueprint.data["blueprint"]["input"].items()
        if "input" in found
    }


@pytest.mark.usefixtures("blueprints")
async def test_home_assistant_takes_every_blueprint(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, AUTOMATION, {})
    domain: DomainBlueprints = hass.data[BLUEPRINT][AUTOMATION]
    found = {
        path: blueprint
        for path, blueprint in (await domain.async_get_blueprints()).items()
        if path.startswith(FOLDER)
    }
    assert sorted(found) == [f"{FOLDER}/{path.name}" for path in FILES]
    for blueprint in found.values():
        assert isinstance(blueprint, Blueprint)
        assert blueprint.validate() is None
        for name, each in (blueprint.inputs | _sections(blueprint)).items():
            assert each["name"], name
        assert all("selector" in each for each in blueprint.inputs.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_blueprint_is_imported_from_where_it_is(path: Path) -> None:
    config = yaml_util.load_yaml_dict(path)
    about = config["blueprint"]
    assert about["source_url"] == f"{REPOSITORY}/{path}"
    assert about["homeassistant"] == {"min_version": "2026.9.0"}
    assert config["mode"] in {"restart", "single", "queued", "parallel"}
    guide = GUIDE.read_text(encoding="utf-8")
    assert f"## {about['name']}\n" in guide
    assert f"blueprint_url={quote(about['source_url'], safe='')})" in guide


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_guide_tells_every_input_by_its_name(path: Path) -> None:
    about = yaml_util.load_yaml_dict(path)["blueprint"]
    guide = GUIDE.read_text(encoding="utf-8")
    part = guide.split(f"## {about['name']}\n")[1].split("\n## ")[0]
    for found in about["input"].values():
        for each in found.get("input", {"": found}).values():
            assert f"**{each['name']}**" in part
