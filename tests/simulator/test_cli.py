"""The command line."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import os
from pathlib import Path
import re
import signal
import socket
import sys

import aiohttp
import pytest

from simulator.__main__ import main
from simulator.cli import add_options, run
from simulator.clock import Clock
from simulator.crestron import CrestronProcessor
from simulator.crestron.cli import build
from simulator.faults import known
from simulator.recording import Recording, save

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def simulator(*arguments: str) -> AsyncIterator[tuple[str, str]]:
    """Run the simulator as a process; gives its address and what it said."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", *arguments),
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            said = (await process.stdout.readuntil(b"Ctrl-C")).decode()
        found = re.search(r"https?://\S+", said)
        assert found is not None
        yield found[0], said
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert not errors


async def test_it_serves_https_with_faults_until_it_is_interrupted(
    socket_enabled: None,
) -> None:
    asked = ("--devices", "9", "--speed", "50", "--fault", "slow=0")
    async with (
        simulator("crestron", *asked, "--fault", "http_500") as (url, said),
        aiohttp.ClientSession() as session,
        session.get(url, ssl=False) as response,
    ):
        assert url.startswith("https://127.0.0.1:")
        assert "9 devices, 5 scenes" in said
        assert response.status == 500


async def test_it_serves_a_recording(socket_enabled: None, tmp_path: Path) -> None:
    path = tmp_path / "house.json"
    save(path, Recording("2.000.0777", {"rooms": {"rooms": []}}))
    async with (
        simulator("crestron", "--http", "--house", str(path)) as (url, _),
        aiohttp.ClientSession() as session,
        session.get(url) as response,
    ):
        assert (await response.json())["version"] == "2.000.0777"


def test_it_lists_its_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crestron", "--list-faults"]) == 0
    said = capsys.readouterr().out
    for line in ("slow=SECONDS", "partial_failure=ID,ID", "auth_5002"):
        assert line in said


@pytest.mark.parametrize("system", ["crestron", "homeseer", "myhs"])
def test_its_help_tells_what_can_go_wrong(
    capsys: pytest.CaptureFixture[str], system: str
) -> None:
    with pytest.raises(SystemExit):
        main([system, "--help"])
    said = capsys.readouterr().out
    for name, fault in known(system).items():
        assert f"  {name}" in said
        assert fault.meaning in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("crestron --fault gremlins", "no fault 'gremlins'"),
        ("crestron --fault slow=x", "slow takes SECONDS"),
        ("crestron --fault clock_jump=x", "clock_jump takes ±SECONDS"),
        ("crestron --fault device_moved=999999", "no such device"),
        ("crestron --house /nowhere.json", "/nowhere.json: No such file"),
        ("", "usage:"),
        ("homely", "usage:"),
        ("crestron --port -1", "usage:"),
        ("crestron --port x", "usage:"),
        ("crestron --devices 0", "usage:"),
        ("crestron --speed 0", "usage:"),
        ("crestron --http --port TAKEN", "in use"),
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

    parser = argparse.ArgumentParser()
    add_options(parser, "crestron")
    parser.set_defaults(token="abc", http=True, house=None, bridge_port=0)
    before = signal.getsignal(number)
    options = parser.parse_args(["--devices", "3", "--fault", "slow=1"])
    assert run("crestron", options, interrupted) == 0
    assert f"port {served[0].port}, token abc" in capsys.readouterr().out
    assert served[0].faults.active == ["slow"]
    # What was ignored in the shell is Python's own then.
    usual = (before, signal.SIG_DFL, signal.default_int_handler)
    assert signal.getsignal(number) in usual
