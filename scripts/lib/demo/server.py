"""The process of the demo's Home Assistant."""

import asyncio
from asyncio.subprocess import PIPE, Process
import contextlib
import os
from pathlib import Path
import signal
import socket
import sys
from typing import BinaryIO

import aiohttp

from .errors import DemoError
from .folder import prepare

CHILD = Path(__file__).with_name("child.py")
USUAL_PORT = 8123
# What Home Assistant ends with when the user asked for a restart.
RESTART = 100
START_SECONDS = 120.0
STOP_SECONDS = 20.0


def is_free(host: str, port: int) -> bool:
    """Return whether a port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(host: str) -> int:
    """Return a port that nobody listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((host, 0))
        except OSError as error:
            raise DemoError(
                f"This computer has no address {host} to listen on ({error.strerror})."
            ) from None
        port: int = probe.getsockname()[1]
        return port


def choose_port(host: str, wanted: int | None) -> int:
    """Return the port that was asked for, or Home Assistant's own, or a free one."""
    if wanted is None:
        return USUAL_PORT if is_free(host, USUAL_PORT) else free_port(host)
    if wanted and not is_free(host, wanted):
        raise DemoError(
            f"Port {wanted} of {host} is taken. Choose another, or leave --port out."
        )
    return wanted or free_port(host)


class Server:
    """Home Assistant as a process of its own; everything it says goes to `log`."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        """Take where it keeps its things, and where it listens."""
        prepare(folder, host, port)
        self.log = folder / "demo.log"
        self._folder = folder
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
        shown = everywhere.get(host, host)
        self.url = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it, and wait until its web server answers."""
        with self.log.open("ab") as log:
            self._process = await self._spawn(log)
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        async with aiohttp.ClientSession() as session:
            while not await self._answers(session):
                if self._process.returncode is not None:
                    raise DemoError("Home Assistant ended while it was starting.")
                if asyncio.get_running_loop().time() > deadline:
                    raise DemoError(
                        "Home Assistant did not answer within"
                        f" {START_SECONDS:.0f} seconds."
                    )
                await asyncio.sleep(0.1)

    async def _spawn(self, log: BinaryIO) -> Process:
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONPATH"
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            CHILD,
            "--config",
            self._folder,
            "--skip-pip",
            "--log-no-color",
            stdin=PIPE,
            stdout=log,
            stderr=log,
            env=environment,
            # A Ctrl-C is for us alone: we end it in good order.
            start_new_session=True,
        )

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(
                f"{self.url}/auth/providers", timeout=aiohttp.ClientTimeout(total=5)
            ) as response:
                return response.status < 500
        except aiohttp.ClientError, TimeoutError:
            return False

    async def run(self) -> None:
        """Return when Home Assistant ends by itself; a restart is carried out."""
        assert self._process is not None
        while await self._process.wait() == RESTART:
            await self.start()

    async def stop(self) -> None:
        """End it: asked first, made to if it does not."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):  # it may have ended
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    def tail(self, lines: int = 25) -> str:
        """Return the end of what it said."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])
