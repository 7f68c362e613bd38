"""Holds a custom integration against the rules of hassfest and HACS."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
import json
from pathlib import Path
from string import Formatter
from typing import Any

import hass_frontend
import homeassistant
from homeassistant.const import Platform
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.yaml import load_yaml_dict
import probatio as vol

from . import shapes

COMPONENTS = Path(homeassistant.__file__).parent / "components"
ICON_LIST = Path(hass_frontend.__file__).parent / "static" / "mdi" / "iconList.json"

# Components that may be imported without being depended on, beside the platforms.
_ALWAYS_THERE = {"diagnostics", "repairs", "system_health"}
RULES = {
    "bronze": """action-setup appropriate-polling brands common-modules config-flow
        config-flow-test-coverage dependency-transparency docs-actions docs-conditions
        docs-high-level-description docs-installation-instructions
        docs-removal-instructions docs-triggers entity-event-setup entity-unique-id
        has-entity-name runtime-data test-before-configure test-before-setup
        unique-config-entry""",
    "silver": """action-exceptions config-entry-unloading docs-configuration-parameters
        docs-installation-parameters entity-unavailable integration-owner
        log-when-unavailable parallel-updates reauthentication-flow test-coverage""",
    "gold": """devices diagnostics discovery discovery-update-info docs-data-update
        docs-examples docs-known-limitations docs-supported-devices
        docs-supported-functions docs-troubleshooting docs-use-cases dynamic-devices
        entity-category entity-device-class entity-disabled-by-default
        entity-translations exception-translations icon-translations
        reconfiguration-flow repair-issues stale-devices""",
    "platinum": "async-dependency inject-websession strict-typing",
}
# What a rule that is done needs in the code: one of these names, in these modules.
_FLOWS = ("config_flow.py", "flow_*.py")
_HELD_BY: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "config-flow": (_FLOWS, {"async_step_user"}),
    "reauthentication-flow": (_FLOWS, {"async_step_reauth"}),
    "reconfiguration-flow": (_FLOWS, {"async_step_reconfigure"}),
    "unique-config-entry": (
        _FLOWS,
        {
            *("_async_abort_entries_match", "async_set_unique_id"),
            "_abort_if_unique_id_configured",
        },
    ),
    "action-setup": (("__init__.py",), {"async_setup"}),
    "config-entry-unloading": (("__init__.py",), {"async_unload_entry"}),
    "test-before-setup": (
        ("__init__.py", "coordinator.py"),
        {"async_config_entry_first_refresh", "ConfigEntryNotReady"},
    ),
    "runtime-data": (("__init__.py",), {"runtime_data"}),
    "diagnostics": (("diagnostics.py",), {"async_get_config_entry_diagnostics"}),
    "stale-devices": (("__init__.py",), {"async_remove_config_entry_device"}),
    "repair-issues": (("*.py",), {"async_create_issue"}),
}


@cache
def _nodes(code: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(code)))


@cache
def _icons_of_the_frontend() -> set[str]:
    listed = json.loads(ICON_LIST.read_text("utf-8"))
    return {f"mdi:{icon['name']}" for icon in listed}


class Integration:
    """A custom integration and the repository that it is in."""

    def __init__(self, root: Path, domain: str) -> None:
        """Keep where it is; whatever cannot be read is a complaint."""
        self.root = root
        self.path = root / "custom_components" / domain

    def json(self, name: str) -> Any:
        """Read a JSON file of the integration."""
        return json.loads((self.path / name).read_text("utf-8"))

    def yaml(self, name: str) -> dict[str, Any]:
        """Read a YAML file of the integration."""
        return load_yaml_dict(str(self.path / name))

    def names(self, *patterns: str) -> set[str]:
        """Return what modules define and use by name."""
        paths = {path for pattern in patterns for path in self.path.glob(pattern)}
        return {
            name
            for path in paths
            for node in _nodes(path.read_text("utf-8"))
            for field in ("name", "attr", "id")
            if isinstance(name := getattr(node, field, None), str)
        }

    @cached_property
    def components(self) -> set[str]:
        """Those of Home Assistant's components that the code imports."""
        found = set()
        for path in self.path.rglob("*.py"):
            for node in _nodes(path.read_text("utf-8")):
                if not isinstance(node, ast.ImportFrom) or node.level:
                    continue
                match (node.module or "").split("."):
                    case ["homeassistant", "components"]:
                        found |= {alias.name for alias in node.names}
                    case ["homeassistant", "components", name, *_]:
                        found.add(name)
        return found


def _shape(shape: vol.Schema, content: Any) -> Iterator[str]:
    """Say where something has another shape than it should have."""
    try:
        shape(content)
    except vol.MultipleInvalid as err:
        yield from (str(each) for each in err.errors)


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}/{key}")
    else:
        yield path, str(node)


def _blanks(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace that is not closed"}


def manifest(ours: Integration) -> Iterator[str]:
    """The manifest: its keys, their order, and what it depends on."""
    facts = ours.json("manifest.json")
    yield from _shape(shapes.MANIFEST, facts)
    keys = list(facts)
    if keys != ["domain", "name", *sorted(set(keys) - {"domain", "name"})]:
        yield "the keys are not in order: domain, name, then by the alphabet"
    if facts.get("domain") != ours.path.name:
        yield "the domain is not the name of the folder"
    named = {
        *facts.get("dependencies", ()),
        *facts.get("after_dependencies", ()),
    }
    for name in sorted(named):
        if not (COMPONENTS / name / "manifest.json").is_file():
            yield f"Home Assistant has no {name}"
    known = {platform.value for platform in Platform} | _ALWAYS_THERE | named
    for name in sorted(ours.components - known):
        yield f"{name} is imported, but not depended on"
    steps = ours.names(*_FLOWS)
    for kind in ("dhcp", "zeroconf", "ssdp"):
        if kind in facts and f"async_step_{kind}" not in steps:
            yield f"there is no step for what is discovered by {kind}"


def services(ours: Integration) -> Iterator[str]:
    """The actions, which have texts and icons."""
    actions = ours.yaml("services.yaml")
    yield from _shape(shapes.SERVICES, actions)
    texts = ours.json("translations/en.json").get("services", {})
    icons = ours.json("icons.json").get("services", {})
    for what, there in (("texts", texts), ("icon", icons)):
        for name in sorted(actions.keys() - there.keys()):
            yield f"{name} has no {what}"
        for name in sorted(there.keys() - actions.keys()):
            yield f"{name} has {what}, but is no action"
    for name in sorted(actions.keys() & texts.keys()):
        fields = set((actions[name] or {}).get("fields", {}))
        if odd := fields ^ set(texts[name].get("fields", {})):
            yield f"{name}: fields without texts, or texts without: {sorted(odd)}"


def translations(ours: Integration) -> Iterator[str]:
    """The texts, which ask for the same blanks in each language."""
    english = ours.json("translations/en.json")
    wanted = dict(_leaves(english))
    for path in sorted((ours.path / "translations").glob("*.json")):
        content = ours.json(f"translations/{path.name}")
        for complaint in _shape(shapes.TRANSLATIONS, content):
            yield f"{path.name}: {complaint}"
        found = dict(_leaves(content))
        for key in sorted(wanted.keys() ^ found.keys()):
            yield f"{path.name}: {key} is not in both this language and English"
        for key in sorted(wanted.keys() & found.keys()):
            if _blanks(wanted[key]) != _blanks(found[key]):
                yield f"{path.name}: {key} has other placeholders than in English"
    for name, step in english.get("config", {}).get("step", {}).items():
        for key in step.get("data_description", {}).keys() ^ step.get("data", {}):
            yield f"config: {key} of {name} needs a name and a description"


def icons(ours: Integration) -> Iterator[str]:
    """The icons, each of which the frontend has."""
    content = ours.json("icons.json")
    yield from _shape(shapes.ICONS, content)
    for path, icon in _leaves(content):
        if icon not in _icons_of_the_frontend():
            yield f"{path}: the frontend has no {icon}"


def quality_scale(ours: Integration) -> Iterator[str]:
    """The quality scale: all rules, and what the code has to have for them."""
    content = ours.yaml("quality_scale.yaml")
    yield from _shape(shapes.QUALITY_SCALE, content)
    rules: dict[str, Any] = content.get("rules") or {}
    status = {
        name: rule.get("status") if isinstance(rule, dict) else rule
        for name, rule in rules.items()
    }
    all_rules = {name for tier in RULES.values() for name in tier.split()}
    for name in sorted(status.keys() - all_rules):
        yield f"{name} is no rule"
    claimed = ours.json("manifest.json").get("quality_scale")
    tiers = list(RULES)
    for tier in tiers[: tiers.index(claimed) + 1] if claimed in tiers else ():
        for name in RULES[tier].split():
            if status.get(name) not in {"done", "exempt"}:
                yield f"{claimed} is claimed, and {name} is not done"
    for name, (modules, wanted) in _HELD_BY.items():
        if status.get(name) == "done" and not wanted & ours.names(*modules):
            yield f"{name} is done, but {' and '.join(modules)} have none of its code"
    if status.get("parallel-updates") == "done":
        for platform in sorted({each.value for each in Platform}):
            path = ours.path / f"{platform}.py"
            if path.is_file() and "PARALLEL_UPDATES" not in ours.names(path.name):
                yield f"parallel-updates is done, but {path.name} does not say them"


def repository(ours: Integration) -> Iterator[str]:
    """What HACS looks at in the repository."""
    hacs = json.loads((ours.root / "hacs.json").read_text("utf-8"))
    yield from (f"hacs.json: {each}" for each in _shape(shapes.HACS, hacs))
    facts = ours.json("manifest.json")
    if hacs.get("name") != facts.get("name"):
        yield "hacs.json has another name than the manifest"
    folders = [path.parent.name for path in ours.path.parent.glob("*/manifest.json")]
    if folders != [ours.path.name]:
        yield "there has to be one integration, and no other"
    for name in ("icon.png", "icon@2x.png"):
        if not (ours.path / "brand" / name).is_file():
            yield f"brand/{name} is not there"
    readme = (ours.root / "README.md").read_text("utf-8")
    oldest = ".".join(str(hacs.get("homeassistant")).split(".")[:2])
    for words in ("HACS", f"Home Assistant {oldest}", str(facts.get("issue_tracker"))):
        if words.removesuffix("/issues") not in readme:
            yield f"README.md does not mention {words}"
    owners = (ours.root / "CODEOWNERS").read_text("utf-8").split()
    for owner in facts.get("codeowners", ()):
        if owner not in owners:
            yield f"CODEOWNERS does not name {owner}"
    if "Apache License" not in (ours.root / "LICENSE").read_text("utf-8"):
        yield "LICENSE is none that GitHub knows by its text"


type Check = Callable[[Integration], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    manifest,
    services,
    translations,
    icons,
    quality_scale,
    repository,
)


def complaints(ours: Integration, checks: Iterable[Check] = CHECKS) -> Iterator[str]:
    """Say what is not as it should be, each in one line."""
    for check in checks:
        name = getattr(check, "__name__", "")
        try:
            yield from (f"{name}: {each}" for each in check(ours))
        except (HomeAssistantError, OSError, ValueError) as err:
            yield f"{name}: {err}"
