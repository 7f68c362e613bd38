"""The ASCII port: commands by line, and a line for every value that changes."""

import asyncio
from itertools import cycle
from typing import cast, override

from simulator.faults import Faults
from simulator.port import Port

from .access import Access
from .control import Controls, NotTaken
from .distort import with_comma
from .feature import Feature, State
from .rendering import pair_text
from .settings import Settings

GARBAGE = (
    b"DC,\r\n",
    b"DC,12\r\n",
    b"DC,abc,1,2\r\n",
    b"\xff\xfe\x00\x07\r\n",
    b"\r\n",
)
GARBAGE_LONG = b"DC," + b"9" * 70_000 + b"\r\n"
OK = "ok"
ERROR = "error"
NOT_AUTHORIZED = "error, not authorized"
BAD_FORMAT = "error, bad format"
# How long the second half of a line takes, in seconds of the world outside.
HALF_LINE_SECONDS = 0.05


def number(value: float) -> str:
    """Write a value."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def escaped(text: str) -> str:
    """Write a text among commas."""
    return text.replace(",", "\\,")


class Connection(asyncio.Protocol):
    """Somebody who is connected."""

    def __init__(self, port: AsciiPort) -> None:
        """Be new."""
        self.port = port
        self.transport: asyncio.Transport
        self.address = ""
        self.last_at: float | None = None
        self._received = b""
        self._held = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.address = transport.get_extra_info("peername")[0]
        self.port.connections.add(self)

    @override
    def connection_lost(self, error: Exception | None) -> None:
        self.port.connections.discard(self)

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        *lines, self._received = self._received.replace(b"\n", b"\r").split(b"\r")
        for line in lines:
            if line.strip():
                self.port.take(self, line.decode(errors="replace").strip())

    def write(self, data: bytes) -> None:
        """Send bytes."""
        if not self.transport.is_closing():
            self.transport.write(data)

    def write_half(self, data: bytes) -> None:
        """Send what was held back, and half of this; the rest follows."""
        half = len(data) // 2
        self.write(self._held + data[:half])
        self._held = data[half:]
        asyncio.get_running_loop().call_later(HALF_LINE_SECONDS, self._release)

    def _release(self) -> None:
        self.write(self._held)
        self._held = b""

    def drop(self) -> None:
        """Cut it off."""
        self.transport.abort()


class AsciiPort:
    """Serves the ASCII port of one system."""

    def __init__(
        self,
        controls: Controls,
        access: Access,
        faults: Faults,
        settings: Settings,
        *,
        host: str,
        port: int,
    ) -> None:
        """Remember how to serve."""
        self.controls = controls
        self.access = access
        self.faults = faults
        self.settings = settings
        self.connections: set[Connection] = set()
        # Every line that came in, in order.
        self.lines: list[str] = []
        self.port = Port(lambda: Connection(self), self.drop, host, port)
        self._garbage = cycle((*GARBAGE, GARBAGE_LONG))

    def drop(self) -> None:
        """Cut off every connection."""
        for connection in tuple(self.connections):
            connection.drop()

    # Sending

    def send(self, connection: Connection, line: str) -> None:
        """Send a line, or what a fault makes of it."""
        if self.faults.hit("ascii_silent"):
            return
        if self.faults.hit("ascii_garbage"):
            connection.write(next(self._garbage))
        data = f"{line}\r\n".encode()
        if self.faults.hit("ascii_half_lines"):
            connection.write_half(data)
        else:
            connection.write(data)

    def push(self, feature: Feature, old: State, new: State) -> None:
        """Tell everybody, logged in or not, that a value changed; texts are not told."""
        if old.value != new.value:
            self._push(change_line(feature, old.value, new.value))
            if self.faults.hit("ascii_flood"):
                self.flood()

    def _push(self, line: str) -> None:
        if self.faults.hit("comma_decimals"):
            line = with_comma(line)
        for connection in tuple(self.connections):
            self.send(connection, line)

    def flood(self) -> None:
        """Tell of every feature, changed or not."""
        for feature in self.controls.model.features.values():
            self._push(change_line(feature, feature.value, feature.value))

    # Commands

    def take(self, connection: Connection, line: str) -> None:
        """Take a line."""
        self.lines.append(line)
        if self.faults.hit("ascii_drop"):
            connection.drop()
            return
        now, before = asyncio.get_running_loop().time(), connection.last_at
        connection.last_at = now
        if before is not None and now - before < self.settings.ascii_gap:
            self.send(connection, ERROR)
            return
        self.send(connection, self._answer(connection, line))

    def _answer(self, connection: Connection, line: str) -> str:
        command, *words = line.split(",")
        match command.strip().lower(), words:
            case "vr", []:
                return self.settings.hs_version
            case "au", [name, password]:
                return self._log_in(connection, name, password)
            case "au", _:
                return BAD_FORMAT
            case "lo", []:
                self.access.addresses.pop(connection.address, None)
                return OK
        if connection.address not in self.access.addresses:
            return NOT_AUTHORIZED
        return self._authorized(connection, command.strip().lower(), words)

    def _log_in(self, connection: Connection, name: str, password: str) -> str:
        if self.faults.hit("ascii_interleaved"):
            feature = next(iter(self.controls.model.features.values()))
            self.send(connection, change_line(feature, feature.value, feature.value))
        welcome = self.access.log_in(connection.address, name, password)
        return OK if welcome else NOT_AUTHORIZED

    def _authorized(
        self, connection: Connection, command: str, words: list[str]
    ) -> str:
        user = self.access.addresses[connection.address]
        try:
            match command, words:
                case "cv", [ref, value]:
                    self.controls.by_value(ref, value, user, "ascii")
                    return OK
                case "cl", [ref, label]:
                    self.controls.by_label(ref, label, user, "ascii")
                    return OK
                case (("gs" | "gc"), []):
                    features = self.controls.model.features.values()
                    return "|".join(describe(command, each) for each in features)
                case (("gs" | "gc"), [ref]):
                    return describe(command, self.controls.feature(ref, user))
                case _:
                    return BAD_FORMAT
        except NotTaken:
            return ERROR


def change_line(feature: Feature, old: float, new: float) -> str:
    """Tell that a value changed."""
    return f"DC,{feature.ref},{number(new)},{number(old)}"


def describe(command: str, feature: Feature) -> str:
    """Tell of a feature: how it is, or how it is controlled."""
    if command == "gc":
        pairs = map(pair_text, feature.controls)
        return ",".join((str(feature.ref), *map(escaped, pairs)))
    texts = feature.status, feature.name, feature.location2, feature.location
    return ",".join((str(feature.ref), str(feature.root or 0), *map(escaped, texts)))
