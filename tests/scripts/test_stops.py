"""The measurement of where shades stop."""

from pathlib import Path

import pytest

from benchmarks import stops
from benchmarks.stops import NAIVE, OURS, WALL, Kind, Stop, measure, table
from simulator.house import Motor

KINDS = (
    Kind("fast", 8, 7),
    Kind("late", 14, 12, Motor(lag=1.0, unsteady=0.1, drift=0.05, seed=5)),
    Kind("heavy", 18, 15, Motor(lag=0.3, ramp=1.5)),
)


def worst(found: dict[str, list[Stop]], how: str) -> float:
    return max(stop.error for stop in found[how])


async def test_shades_stop_where_they_should(socket_enabled: None) -> None:
    found = await measure(KINDS, rounds=2, seed=3)
    for how in (OURS, WALL):
        assert worst(found, how) <= 0.025
        assert max(stop.backed for stop in found[how]) <= 0.015
    for kind in KINDS:
        naive, ours = (
            [stop.error for stop in found[how] if stop.kind == kind.name]
            for how in (NAIVE, OURS)
        )
        assert sum(ours) <= sum(naive)
        assert max(ours) <= max(naive)


def test_the_page_has_a_line_for_each_shade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def measured(*, rounds: int) -> dict[str, list[Stop]]:
        return {NAIVE: [Stop("fast", 0.1, 0.1)], WALL: [Stop("fast", 0.012, 0.0)]}

    monkeypatch.setattr(stops, "measure", measured)
    monkeypatch.setattr(stops, "REPORT", tmp_path / "page.md")
    assert stops.main(["2"]) == 0
    lines = table({NAIVE: [Stop("fast", 0.1, 0.1)], WALL: [Stop("fast", 0.012, 0.0)]})
    assert lines[2] == "| fast | 10.0 / 10.0 | 1.2 / 1.2 |"
    assert capsys.readouterr().out.splitlines() == lines
    assert "\n".join(lines) in (tmp_path / "page.md").read_text("utf-8")
