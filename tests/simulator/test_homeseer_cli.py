"""The command lines of the HomeSeer system and the cloud."""

import argparse
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.__main__ import main
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.cli import add_cloud_parser, add_parser, build, build_cloud
from simulator.recording import HomeSeerRecording, save

from .test_cli import simulator


def options(*arguments: str) -> argparse.Namespace:
    """Read a command line."""
    parser = argparse.ArgumentParser()
    systems = parser.add_subparsers()
    add_parser(systems)
    add_cloud_parser(systems)
    return parser.parse_args(arguments)


async def test_it_serves_until_it_is_interrupted(socket_enabled: None) -> None:
    async with (
        simulator(
            "homeseer", "--auth", "me:sesame", "--features", "90", "--fault", "slow=0"
        ) as (url, said),
        aiohttp.ClientSession() as session,
    ):
        assert "90 features, 25 events" in said
        assert "user me" in said
        assert "sesame" not in said
        params = {"request": "hsversion", "user": "me", "pass": "sesame"}
        async with session.get(url, params=params) as response:
            assert "4.2.22.4" in await response.text()


def test_what_is_built(clock: ManualClock, tmp_path: Path) -> None:
    system, greeting = build(
        options("homeseer", "--dialect", "hs3", "--webhook", "http://127.0.0.1:1/x"),
        clock,
    )
    assert isinstance(system, HomeSeerSystem)
    assert "HomeSeer 3.0.0.548" in greeting()
    assert "no password" in greeting()
    assert system.webhook_url == "http://127.0.0.1:1/x"
    arguments = ("--account", "a:b:c", "--features", "5")
    cloud, greeting = build_cloud(options("myhs", *arguments), clock)
    assert (cloud.accounts[0].user, cloud.accounts[0].password) == ("a", "b:c")
    assert "user a, licenses 12345" in greeting()
    assert len(cloud.systems["12345"].model.features) == 5
    path = tmp_path / "house.json"
    bodies: dict[str, Any] = {"getstatus": {"Devices": [{"ref": 4}]}}
    save(path, HomeSeerRecording("hs4", {"hsversion": {"Response": "4.9"}} | bodies))
    system, greeting = build(options("homeseer", "--house", str(path)), clock)
    assert "HomeSeer 4.9" in greeting()
    assert list(system.model.features) == [4]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("homeseer --auth me", "usage:"),
        ("homeseer --auth :it", "usage:"),
        ("homeseer --dialect hs2", "usage:"),
        ("homeseer --ascii-port -1", "usage:"),
        ("myhs --systems 0", "usage:"),
        ("homeseer --house /nowhere.json", "/nowhere.json: No such file"),
        ("homeseer --list-faults", "ascii_flood"),
        ("myhs --list-faults", "myhs_down"),
    ],
)
def test_what_is_told_instead_of_serving(
    capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    try:
        assert main(line.split()) == (2 if "nowhere" in line else 0)
    except SystemExit:
        assert told == "usage:"
    shown = capsys.readouterr()
    assert told in shown.err + shown.out
