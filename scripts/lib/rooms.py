"""Draws the rooms of the code and who imports whom, as the imports say."""

import argparse
from itertools import permutations
from pathlib import Path
import re
import sys
import textwrap
import tomllib

import grimp
from homeassistant.const import Platform

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "developers.md"
PACKAGE = "custom_components.crestron_homeseer"
_BEGIN, _END = "<!-- scripts/rooms -->\n", "<!-- /scripts/rooms -->"

# Modules with a room of their own; the others of a floor share one.
_ALONE = {"coordinator", "crestron", "entity", "homeseer", "house", "hubs"}
_PLATFORMS = {platform.value for platform in Platform}
_TITLES = {"platforms": "platforms", "flows": "flows and options"}

type Room = tuple[int, str]


def floors() -> list[list[str]]:
    """Return the modules of each floor, the highest first, as the contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "floors")
    return [["__init__"], *(re.findall(r"\w+", layer) for layer in layers)]


def room_of(floor: int, module: str) -> Room:
    """Return the room that a module is in."""
    if module in _PLATFORMS:
        return floor, "platforms"
    if re.match(r"(config_|options_)?flow|options_", module):
        return floor, "flows"
    return floor, module if module in _ALONE else "others"


def arrows(rooms: dict[str, Room]) -> set[tuple[Room, Room]]:
    """Return which room imports which, without what another way shows already."""
    graph = grimp.build_graph("custom_components", cache_dir=None)
    found = {
        (start, end)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if (start := rooms.get(_top(importer))) and (end := rooms.get(_top(imported)))
        if start != end
    }
    reached = _reached(found)
    return {
        (start, end)
        for start, end in found
        if not any(
            (start, via) in found
            and (via, end) in reached
            and (end, via) not in reached
            for via in rooms.values()
            if via not in {start, end}
        )
    }


def _top(module: str) -> str:
    """Return the module or package right below the integration; it is its __init__."""
    if module == PACKAGE:
        return "__init__"
    return module.removeprefix(f"{PACKAGE}.").partition(".")[0]


def _reached(pairs: set[tuple[Room, Room]]) -> set[tuple[Room, Room]]:
    """Return all pairs between which there is a way."""
    ways = set(pairs)
    rooms = sorted({room for pair in pairs for room in pair})
    for via in rooms:
        ways |= {
            (start, end)
            for start, end in permutations(rooms, 2)
            if (start, via) in ways and (via, end) in ways
        }
    return ways


def drawing() -> str:
    """Return the drawing, in the language that GitHub draws."""
    rooms = {
        module: room_of(floor, module)
        for floor, modules in enumerate(floors())
        for module in modules
    }
    lines = ["```mermaid", "flowchart TB"]
    for room in sorted(set(rooms.values())):
        modules = sorted(module for module in rooms if rooms[module] == room)
        label = [f"<b>{_TITLES[room[1]]}</b>"] if room[1] in _TITLES else []
        label += textwrap.wrap(", ".join(modules), 40)
        lines.append(f'  {_name(room)}["{"<br/>".join(label)}"]')
    lines += [f"  {_name(a)} --> {_name(b)}" for a, b in sorted(arrows(rooms))]
    return "\n".join([*lines, "```", ""])


def _name(room: Room) -> str:
    return f"{room[1]}{room[0]}"


def drawn(text: str) -> str:
    """Return a page with the drawing as it is now."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError("the page has no place for the drawing")
    return f"{before}{begin}\n{drawing()}\n{end}{after}"


def main() -> int:
    """Draw, or say whether the drawing is as it should be."""
    parser = argparse.ArgumentParser(
        prog="scripts/rooms", description="Draws the rooms in docs/developers.md."
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether it is up to date"
    )
    options = parser.parse_args()
    text = PAGE.read_text("utf-8")
    if options.check:
        return int(drawn(text) != text)
    PAGE.write_text(drawn(text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
