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
from simulator.cli import add_options, run, speed
from simulator.clock import Clock
from simulator.crestron import CrestronProcessor
from simulator.crestron.cli import build
from simulator.faults import known
from simulator.recording import Recording, save

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def simulator(*arguments: str) -> AsyncIterator[tuple[str, str]]:
    """Run the simulator as a process; gives its address and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    lines = b""
    try:
        async with asyncio.timeout(20):
            while b"Ctrl-C" not in lines:
                line = await process.stdout.readline()
                assert line, "it ended too early"
                lines += line
        found = re.search(r"https?://\S+", lines.decode())
        assert found is not None
        yield found[0], lines.decode()
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert not errors


async def test_it_serves_until_it_is_interrupted(socket_enabled: None) -> None:
    async with (
        simulator("crestron", "--http", "--token", "abc", "--speed", "50") as it,
        aiohttp.ClientSession() as session,
    ):
        url, said = it
        assert "token abc" in said
        assert "59 devices, 40 scenes" in said
        headers = {"Crestron-RestAPI-AuthToken": "abc"}
        async with session.get(f"{url}/login", headers=headers) as response:
            assert "authkey" in await response.json()


async def test_it_serves_https_with_faults(socket_enabled: None) -> None:
    async with (
        simulator(
            "crestron", "--devices", "9", "--fault", "slow=0", "--fault", "http_500"
        ) as it,
        aiohttp.ClientSession() as session,
    ):
        url, said = it
        assert url.startswith("https://127.0.0.1:")
        assert "9 devices, 5 scenes" in said
        async with session.get(url, ssl=False) as response:
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
    assert "slow=SECONDS" in said
    assert "partial_failure=ID,ID" in said
    assert "auth_5002" in said


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
        (["--fault", "gremlins"], "no fault 'gremlins'"),
        (["--fault", "slow=x"], "slow takes SECONDS"),
        (["--fault", "clock_jump=x"], "clock_jump takes ±SECONDS"),
        (["--fault", "device_moved=999999"], "no such device"),
        (["--house", "/nowhere.json"], "/nowhere.json: No such file"),
    ],
)
def test_it_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    assert main(["crestron", *arguments]) == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["homely"],
        ["crestron", "--port", "-1"],
        ["crestron", "--port", "x"],
        ["crestron", "--devices", "0"],
        ["crestron", "--speed", "0"],
    ],
)
def test_it_refuses_what_it_does_not_know(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_clock_has_a_speed() -> None:
    assert speed("0.5") == 0.5
    with pytest.raises(argparse.ArgumentTypeError):
        speed("-1")


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
    assert signal.getsignal(number) in (before, signal.SIG_DFL)


def test_a_port_that_is_taken_is_told(
    capsys: pytest.CaptureFixture[str], socket_enabled: None
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["crestron", "--http", "--port", str(port)]) == 2
    assert "in use" in capsys.readouterr().err
