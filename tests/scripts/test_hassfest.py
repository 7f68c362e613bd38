"""What hassfest and HACS would refuse is seen before they see it."""

from collections.abc import Callable
import json
from pathlib import Path
import shutil
from typing import Any

import pytest

from scripts.lib.hassfest.checks import CHECKS, Integration, complaints, translations

ROOT = Path(__file__).parents[2]
DOMAIN = "crestron_homeseer"
OURS = f"custom_components/{DOMAIN}"
MANIFEST, ENGLISH = f"{OURS}/manifest.json", f"{OURS}/translations/en.json"
GERMAN, ICONS = f"{OURS}/translations/de.json", f"{OURS}/icons.json"
SCALE, SERVICES = f"{OURS}/quality_scale.yaml", f"{OURS}/services.yaml"
BESIDE = ("README.md", "LICENSE", "CODEOWNERS", "hacs.json")
GONE = object()

type Change = Callable[[str], str]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(ROOT, tmp_path_factory.mktemp("original"))


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return _copy(original, tmp_path)


def _copy(source: Path, target: Path) -> Path:
    left_out = shutil.ignore_patterns("__pycache__", "crestron", "homeseer", "house")
    shutil.copytree(source / OURS, target / OURS, ignore=left_out)
    for name in BESIDE:
        shutil.copy(source / name, target / name)
    return target


def put(path: str, value: Any) -> Change:
    """Return what sets a part of a JSON file, or takes it out."""

    def change(text: str) -> str:
        content = node = json.loads(text)
        *parents, last = path.split("/")
        for name in parents:
            node = node.setdefault(name, {})
        if value is GONE:
            del node[last]
        else:
            node[last] = value
        return json.dumps(content)

    return change


def swap(old: str, new: str) -> Change:
    """Return what replaces a piece of a text that is there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def test_each_rule_is_kept() -> None:
    assert [*complaints(Integration(ROOT, DOMAIN))] == []


TITLE = "config/step/user/title"
ISSUE = "issues/no_api"
SENSOR = "entity/sensor/text"
EYE = "mdi:eye"
CORE = "https://www.home-assistant.io/integrations/a"
NO_CONDITIONS = "The integration does not have any conditions."


REFUSED: list[tuple[str, Change | None, str]] = [
    (MANIFEST, put("codeowners", GONE), "required key not provided at 'codeowners'"),
    (MANIFEST, put("version", "newest"), "is no version at 'version'"),
    (MANIFEST, put("iot_class", "local"), "at 'iot_class'"),
    (MANIFEST, put("surprise", 1), "at 'surprise'"),
    (MANIFEST, put("codeowners", ["me"]), "at 'codeowners[0]'"),
    (MANIFEST, put("documentation", "http://a.example"), "is no https address"),
    (MANIFEST, put("documentation", CORE), "Home Assistant's own integrations"),
    (MANIFEST, put("after_dependencies", []), "not in order"),
    (MANIFEST, put("domain", "house"), "not the name of the folder"),
    (MANIFEST, put("dependencies", ["webhook", "no_such"]), "has no no_such"),
    (MANIFEST, put("dependencies", []), "webhook is imported"),
    (MANIFEST, put("dhcp", [{"macaddress": "00:10:7f*"}]), "at 'dhcp[0].macadd"),
    (MANIFEST, put("dhcp", [{"hostname": "CP4*"}]), "at 'dhcp[0].hostname'"),
    (MANIFEST, put("zeroconf", ["_http._tcp"]), "at 'zeroconf[0]'"),
    (MANIFEST, put("zeroconf", ["_http._tcp.local."]), "no step for what is disc"),
    (MANIFEST, put("name", "Another house"), "another name than the manifest"),
    (MANIFEST, lambda text: text[:-10], "manifest: "),
    (SERVICES, swap("homeseer_run_event:", "run_event:"), "run_event has no texts"),
    (SERVICES, swap("homeseer_run_event:", "run_event:"), "run_event has no icon"),
    (SERVICES, swap("homeseer_run_event:", "run_event:"), "but is no action"),
    (SERVICES, swap("    group:", "    grp:"), "['group', 'grp']"),
    (SERVICES, swap("number:", "no_number:"), "services: "),
    (SERVICES, None, "services: "),
    (ENGLISH, put(TITLE, "A <b>title</b>"), "holds HTML"),
    (ENGLISH, put(TITLE, "See https://a.example"), "holds a URL"),
    (ENGLISH, put(TITLE, "Add '{hub}'"), "single quotes"),
    (ENGLISH, put(TITLE, "[%key:common::a%]"), "refers to another text"),
    (ENGLISH, put(TITLE, " Add"), "begins or ends with a space"),
    (ENGLISH, put(TITLE, ""), "is empty"),
    (ENGLISH, put(TITLE, 5), "is no text"),
    (ENGLISH, put("config/step/user/headline", "Add"), "headline'"),
    (ENGLISH, put("config/error/Not_A_Key", "No"), "is no valid key"),
    (ENGLISH, put("config/step/user/data", {"room": "Room"}), "room of user needs"),
    (ENGLISH, put(f"{ISSUE}/fix_flow", {"step": {}}), "one of description and fix"),
    (ENGLISH, put("exceptions/refused", {"text": "No"}), "exceptions.refused"),
    (ENGLISH, put("entity/no_platform", {}), "entity.no_platform"),
    (GERMAN, put(TITLE, "Neu: {hub}"), "has other placeholders than in English"),
    (GERMAN, put(TITLE, "Neu: {hub"), "has other placeholders than in English"),
    (GERMAN, put(TITLE, GONE), "not in both this language and English"),
    (ICONS, put(f"{SENSOR}/default", "mdi:no-such-icon"), "has no mdi:no-such"),
    (ICONS, put(f"{SENSOR}/default", "fa:house"), "no icon of the mdi set"),
    (ICONS, put(SENSOR, {"default": EYE, "state": {"on": EYE}}), "that is the default"),
    (ICONS, put(f"{SENSOR}/range", {"20": EYE, "3": EYE}), "range that does not rise"),
    (ICONS, put("services/homeseer_control", {}), "services.homeseer_control"),
    (SCALE, swap("  brands:", "  brand:"), "brand is no rule"),
    (SCALE, swap("  brands:", "  brand:"), "claimed, and brands is not done"),
    (SCALE, swap("status: exempt", "status: perhaps"), "quality_scale: "),
    (SCALE, swap(f"comment: {NO_CONDITIONS}", ""), "docs-conditions"),
    (f"{OURS}/config_flow.py", swap("step_reauth", "step_again"), "reauthentication-"),
    (f"{OURS}/__init__.py", swap("unload_entry", "leave"), "config-entry-unloading"),
    (f"{OURS}/diagnostics.py", swap("get_config_entry", "get"), "diagnostics is done"),
    (f"{OURS}/cover.py", swap("PARALLEL_UPDATES", "AT_ONCE"), "cover.py does not say"),
    ("hacs.json", put("surprise", 1), "hacs.json: "),
    ("hacs.json", put("homeassistant", "new"), "hacs.json: is no version"),
    ("hacs.json", put("homeassistant", "2031.1.0"), "mention Home Assistant 2031.1"),
    ("hacs.json", put("filename", GONE), "zip_release without a filename"),
    ("hacs.json", lambda _: "{", "repository: "),
    ("README.md", swap("HACS", "it"), "does not mention HACS"),
    ("CODEOWNERS", swap("@crestron", "@other"), "CODEOWNERS does not name"),
    ("LICENSE", swap("Apache License", "Rights"), "LICENSE is none"),
    (f"{OURS}/brand/icon@2x.png", None, "brand/icon@2x.png is not there"),
]


@pytest.mark.parametrize(("name", "change", "said"), REFUSED)
def test_what_is_refused_is_said(
    copy: Path, name: str, change: Change | None, said: str
) -> None:
    path = copy / name
    if change is None:
        path.unlink()
    else:
        path.write_text(change(path.read_text("utf-8")), "utf-8")
    # To read all texts takes longer than all the rest.
    texts = "translations" in name
    checks = [check for check in CHECKS if texts or check is not translations]
    found = [*complaints(Integration(copy, DOMAIN), checks)]
    assert [each for each in found if said in each], found


def test_there_is_one_integration(copy: Path) -> None:
    other = copy / "custom_components" / "other"
    other.mkdir()
    (other / "manifest.json").write_text("{}", "utf-8")
    [complaint] = complaints(Integration(copy, DOMAIN))
    assert "one integration, and no other" in complaint
