"""The command lines."""

import argparse
import asyncio
from collections.abc import Callable
import os
from pathlib import Path
import re
import signal
import socket
import sys
from typing import Any

import aiohttp
import pytest

from simulator.__main__ import main
from simulator.cli import run
from simulator.clock import Clock, ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.cli import add_parser as add_crestron, build
from simulator.faults import known
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.cli import (
    add_cloud_parser,
    add_parser as add_homeseer,
    build as build_homeseer,
    build_cloud,
)
from simulator.recording import HomeSeerRecording, Recording, save

ROOT = Path(__file__).parents[2]
PIPE = asyncio.subprocess.PIPE


def options(*arguments: str) -> argparse.Namespace:
    """Read a command line."""
    parser = argparse.ArgumentParser()
    systems = parser.add_subparsers()
    for add in (add_crestron, add_homeseer, add_cloud_parser):
        add(systems)
    return parser.parse_args(arguments)


async def test_it_serves_https_with_faults_until_it_is_interrupted(
    socket_enabled: None,
) -> None:
    asked = ("crestron", "--devices", "9", "--speed", "50", "--fault", "http_500")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", *asked), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            said = (await process.stdout.readuntil(b"Ctrl-C")).decode()
        url = re.search(r"https://127\S+", said)
        assert url is not None
        assert "9 devices, 5 scenes" in said
        async with (
            aiohttp.ClientSession() as session,
            session.get(url[0], ssl=False) as response,
        ):
            assert response.status == 500
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("system", ["crestron", "homeseer", "myhs"])
def test_it_tells_what_can_go_wrong(
    capsys: pytest.CaptureFixture[str], system: str
) -> None:
    with pytest.raises(SystemExit):
        main([system, "--help"])
    helped = capsys.readouterr().out
    assert main([system, "--list-faults"]) == 0
    listed = capsys.readouterr().out
    assert "slow=SECONDS" in listed
    for name, fault in known(system).items():
        for said in (helped, listed):
            assert name in said
            assert fault.meaning in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("crestron --fault gremlins", "no fault 'gremlins'"),
        ("crestron --fault slow=x", "slow takes SECONDS"),
        ("crestron --fault clock_jump=x", "clock_jump takes ±SECONDS"),
        ("crestron --fault device_moved=999999", "no such device"),
        ("homeseer --fault device_moved=999999", "no device with the refs"),
        ("crestron --house /nowhere.json", "/nowhere.json: No such file"),
        ("homeseer --house /nowhere.json", "/nowhere.json: No such file"),
        ("", "usage:"),
        ("homely", "usage:"),
        ("crestron --port -1", "usage:"),
        ("crestron --port x", "usage:"),
        ("crestron --devices 0", "usage:"),
        ("crestron --speed 0", "usage:"),
        ("crestron --http --port TAKEN", "in use"),
        ("homeseer --auth me", "usage:"),
        ("homeseer --auth :it", "usage:"),
        ("homeseer --dialect hs2", "usage:"),
        ("homeseer --ascii-port -1", "usage:"),
        ("myhs --systems 0", "usage:"),
    ],
)
def test_it_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str],
    socket_enabled: None,
    arguments: str,
    reason: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        try:
            code = main(arguments.replace("TAKEN", port).split())
        except SystemExit as end:
            assert reason == "usage:"
            code = int(end.code or 0)
    assert code == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(
    capsys: pytest.CaptureFixture[str], socket_enabled: None, number: signal.Signals
) -> None:
    served: list[CrestronProcessor] = []

    def interrupted(
        options: argparse.Namespace, clock: Clock
    ) -> tuple[CrestronProcessor, Callable[[], str]]:
        processor, greeting = build(options, clock)
        served.append(processor)

        def greet_and_go() -> str:
            os.kill(os.getpid(), number)
            return greeting()

        return processor, greet_and_go

    before = signal.getsignal(number)
    asked = "crestron --http --token abc --bridge-port 0 --devices 3 --fault slow=1"
    assert run("crestron", options(*asked.split()), interrupted) == 0
    assert f"port {served[0].port}, token abc" in capsys.readouterr().out
    assert served[0].faults.active == ["slow"]
    # What was ignored in the shell is Python's own then.
    usual = (before, signal.SIG_DFL, signal.default_int_handler)
    assert signal.getsignal(number) in usual


def test_what_is_built(clock: ManualClock) -> None:
    asked = ("--dialect", "hs3", "--webhook", "http://127.0.0.1:1/x")
    system, greeting = build_homeseer(options("homeseer", *asked), clock)
    assert isinstance(system, HomeSeerSystem)
    assert "HomeSeer 3.0.0.548" in greeting()
    assert "no password" in greeting()
    assert system.webhook_url == "http://127.0.0.1:1/x"
    asked = ("--auth", "me:sesame", "--features", "90")
    system, greeting = build_homeseer(options("homeseer", *asked), clock)
    for part in ("HomeSeer 4.2.22.4", "90 features, 25 events", "user me"):
        assert part in greeting()
    assert "sesame" not in greeting()
    asked = ("--account", "a:b:c", "--features", "5")
    cloud, greeting = build_cloud(options("myhs", *asked), clock)
    assert (cloud.accounts[0].user, cloud.accounts[0].password) == ("a", "b:c")
    assert "user a, licenses 12345" in greeting()
    assert len(cloud.systems["12345"].model.features) == 5


def test_a_recording_is_built(clock: ManualClock, tmp_path: Path) -> None:
    path = tmp_path / "house.json"
    bodies: dict[str, Any] = {"getstatus": {"Devices": [{"ref": 4}]}}
    save(path, HomeSeerRecording("hs4", {"hsversion": {"Response": "4.9"}} | bodies))
    system, greeting = build_homeseer(options("homeseer", "--house", str(path)), clock)
    assert "HomeSeer 4.9" in greeting()
    assert list(system.model.features) == [4]
    bodies = {"lights": {"lights": [{"id": 7, "name": "Lamp", "roomId": 1}]}}
    save(path, Recording("2.000.0777", bodies))
    processor, _ = build(options("crestron", "--http", "--house", str(path)), clock)
    assert list(processor.house.devices) == [7]
