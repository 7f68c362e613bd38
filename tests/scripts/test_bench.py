"""What the benchmarks make of what they measured; `scripts/bench` itself is the rest."""

import asyncio
import gc
from pathlib import Path
import time
from xml.etree import ElementTree as ET

import pytest

from benchmarks.const import CRESTRON, HOMESEER, VENDORS
from benchmarks.far import serving
from benchmarks.plot import lines_of, svg
from benchmarks.report import as_json, machine, page, table
from benchmarks.rig import blocks, home
from benchmarks.rows import Row, rows_of, slope

SIZES = [10, 1000]
# Something in the smallest house that can be changed.
FIRST = {CRESTRON: (1006, 1.0), HOMESEER: (105, 255.0)}


@pytest.fixture
def rows() -> list[Row]:
    """Measured: a set-up that is quick enough, and reads that write too much."""
    small = {"setup": 0.5, "idle": 0.2, "idle_writes": 0, "one_writes": 1}
    large = {"setup": 2.0, "idle": 2.0, "idle_writes": 3, "one_writes": 0}
    results = [(10, small, {"setup": 1.0}), (1000, large, {"setup": 100.0})]
    return rows_of(CRESTRON, results)


def row_of(rows: list[Row], key: str) -> Row:
    (row,) = [row for row in rows if row.spec.key == key]
    return row


@pytest.mark.parametrize(
    ("power", "values"),
    [
        (1, {10: 3.0, 100: 30.0, 1000: 300.0}),
        (2, {10: 1.0, 100: 100.0}),
        (0, {10: 7.0, 100: 7.0, 5000: 7.0}),
        (None, {}),
        (None, {10: 1.0}),
        (None, {10: 0.0, 100: 5.0}),
    ],
)
def test_growth_needs_two_points(power: float | None, values: dict[int, float]) -> None:
    grows = slope(values)
    assert grows == (None if power is None else pytest.approx(power))


def test_targets(rows: list[Row]) -> None:
    setup, idle = row_of(rows, "setup"), row_of(rows, "idle")
    assert setup.ratio == pytest.approx(50)
    assert idle.ratio is None
    assert [setup.reached, idle.reached] == [True, True]
    idle.ours[1000] = 3.01
    assert idle.reached is False
    # A target holds in smaller houses and not in larger.
    for size, seconds, reached in ((5000, 60.0, True), (10, 3.5, False)):
        setup.ours[size] = seconds
        assert setup.reached is reached
    # Nobody knows of a size that was not measured.
    assert row_of(rows, "idle_writes").reached is None
    for writes in (0, 1):
        (row,) = rows_of(HOMESEER, [(5000, {"one_writes": writes}, {})])
        assert row.reached is (writes == 1)


def test_the_table_the_page_and_the_numbers(rows: list[Row]) -> None:
    lines = table(rows, SIZES).splitlines()
    assert lines[0].split() == [
        "10",
        "1,000",
        "naive",
        "ratio",
        "growth",
        "target",
        "reached",
    ]
    assert lines[1] == "Crestron Home"
    setup = "set-up, s 0.50 2 100 50× 0.30 ≤ 3 at 1,000 yes"
    assert lines[2].split() == setup.split()
    text = page(rows, SIZES, 200)
    assert f"Home Assistant {machine()['home_assistant']}" in text
    assert ("## Crestron Home" in text, "## HomeSeer" in text) == (True, False)
    assert "| set-up, s | 0.50 | 2 | 100 | 50× | 0.30 | ≤ 3 at 1,000 | yes |" in text
    told = as_json(rows, {"crestron 10": {}})
    assert told["machine"] == machine()
    assert told["rows"][0]["ours"] == {10: 0.5, 1000: 2.0}
    assert told["rows"][0]["naive"] == {10: 1.0, 1000: 100.0}


def test_the_plot(rows: list[Row]) -> None:
    lines = lines_of(rows, VENDORS)
    assert [name for name, _, _ in lines] == [
        "Crestron Home: set-up",
        "Crestron Home: set-up, naive",
        "Crestron Home: idle read",
    ]
    root = ET.fromstring(svg(lines))  # noqa: S314 - it is our own drawing
    drawn = root.findall("{http://www.w3.org/2000/svg}polyline")
    ends = [
        [float(each) for each in line.attrib["points"].replace(",", " ").split()]
        for line in drawn
    ]
    assert len(ends) == 3
    # What grows goes up, and the naive client's line is above.
    for x1, y1, x2, y2 in ends:
        assert x1 < x2
        assert y1 > y2
    assert ends[1][3] < ends[0][3]
    assert svg([]) == ""


async def test_the_longest_block() -> None:
    def hold() -> None:
        end = time.thread_time() + 0.03
        while time.thread_time() < end:
            pass
        time.sleep(0.01)

    async with blocks() as found:
        asyncio.get_running_loop().call_soon(hold)
        await asyncio.sleep(0.01)
    assert found.longest >= 0.04
    # Sleeping costs no processor time.
    assert 0.03 <= found.cpu < found.longest
    assert found.what.endswith("hold")


async def test_garbage_is_no_block() -> None:
    # None but the collection that is asked for.
    gc.disable()
    try:
        async with blocks() as found:
            asyncio.get_running_loop().call_soon(gc.collect)
            await asyncio.sleep(0)
    finally:
        gc.enable()
    assert 0 < found.garbage <= found.longest
    assert found.cpu < found.garbage


async def test_a_home_finds_nothing_of_the_one_before() -> None:
    async with home() as hass:
        folder = Path(hass.config.config_dir)
        (folder / "kept").touch()
    async with home() as hass:
        assert not list(Path(hass.config.config_dir).iterdir())
    assert not folder.exists()


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_house_in_another_process(vendor: str) -> None:
    async with serving(vendor, 10) as far:
        assert far.port
        assert (far.ascii_port is not None) is (vendor == HOMESEER)
        assert await far.requests() == []
        before = time.monotonic()
        assert before < await far.change(*FIRST[vendor]) < time.monotonic()
        moments = await far.changes([FIRST[vendor]] * 3, 0.02)
    assert moments[2] - moments[0] >= 0.04
