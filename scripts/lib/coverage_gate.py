"""Fails when a module is tested too little. An average would hide it."""

import json
from pathlib import Path
import sys
from typing import Any

# All of what adds a hub, as the quality scale asks.
EXACT = dict.fromkeys(
    ("config_flow.py", "flow_base.py", "flow_crestron.py", "flow_homeseer.py"),
    100.0,
)
ABOVE = 95.0


def shortfall(name: str, percent: float) -> str | None:
    """Say what a module lacks, or nothing when it passes."""
    wanted = EXACT.get(Path(name).name)
    if wanted is not None:
        return None if percent >= wanted else f"{wanted:.0f} % is asked"
    return None if percent > ABOVE else f"more than {ABOVE:.0f} % is asked"


def ranges(lines: list[int]) -> str:
    """Write 3, 4, 5, 9 as 3-5, 9."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in runs)


def untested(data: dict[str, Any]) -> str:
    """Name the lines never run, and the turns never taken between lines that were."""
    lines = data["missing_lines"]
    branches = [
        f"{start}→{end}"
        for start, end in data["missing_branches"]
        if start not in lines and end not in lines
    ]
    return f"lines {ranges(lines) or '-'}; branches {', '.join(branches) or '-'}"


def main(report: Path) -> int:
    """Print the modules that fall short, with the lines to look at."""
    failed = False
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    if not files:
        print("coverage: nothing was measured")
        return 1
    for name, data in sorted(files.items()):
        percent = data["summary"]["percent_covered"]
        if lacking := shortfall(name, percent):
            failed = True
            print(f"coverage: {name}: {percent:.1f} %, {lacking}; {untested(data)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
