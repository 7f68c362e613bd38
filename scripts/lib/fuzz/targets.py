"""What is fuzzed: each target takes bytes, and raises only where there is a fault."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
import ipaddress
import json
from typing import Any

from custom_components.crestron_homeseer.crestron.bodies import Request, errors_in
from custom_components.crestron_homeseer.crestron.client import (
    Address,
    Answer as CrestronAnswer,
)
from custom_components.crestron_homeseer.crestron.find import read_host
from custom_components.crestron_homeseer.homeseer.client import Site
from custom_components.crestron_homeseer.homeseer.exchange import Answer, decode
from custom_components.crestron_homeseer.homeseer.push import changed_ref, lines_of
from custom_components.crestron_homeseer.house.hub import Hub, HubError

from . import seeds, wires

_STATUSES = (200, 204, 302, 400, 401, 404, 409, 429, 500, 503)
_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Target:
    """A function to be fuzzed, and what to begin with; `tree` where that is JSON."""

    take: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    tree: bool = False


def _read(make: Callable[[wires.Document], Hub], data: bytes) -> None:
    try:
        document = json.loads(data)
    except ValueError, RecursionError:
        return
    if isinstance(document, dict):
        with suppress(HubError):  # as nonsense shall end
            wires.run(make(document), document)


def _take_crestron(data: bytes) -> None:
    _read(wires.crestron_hub, data)


def _take_homeseer(data: bytes) -> None:
    _read(wires.homeseer_hub, data)


def _take_answer(data: bytes) -> None:
    """Read an answer to a question, and one to a command, at both kinds of hubs."""
    status = _STATUSES[data[0] % len(_STATUSES)] if data else 200
    body = data[1:].strip()
    for secrets, command in (((), False), (("secret",), True)):
        with suppress(HubError):  # as nonsense shall end
            content = decode(Answer(status, body, None), secrets, command=command)
            json.dumps(content, ensure_ascii=False).encode()
    request = Request("lights/SetState", members={1: [0], 2: [1]})
    errors = errors_in(request, CrestronAnswer(status, body))
    assert errors.keys() <= {0, 1}
    assert all(isinstance(error, HubError) for error in errors.values())


def _take_lines(data: bytes) -> None:
    """Cut a stream at every place that its first byte says."""
    size = data[0] + 1 if data else 1
    rest = b""
    found: list[int | None] = []
    for start in range(1, len(data), size):
        lines, rest = lines_of(rest + data[start : start + size])
        assert len(rest) <= _LONGEST_LINE
        found += map(changed_ref, lines)
    assert all(ref is None or 0 <= ref < 10**10 for ref in found)
    whole = data[1:].replace(b"\r", b"\n").split(b"\n")[:-1]
    assert found == [changed_ref(line) for line in whole]


def _take_host(data: bytes) -> None:
    """Read an address; what is taken for one has to be one, for both kinds."""
    typed = data.decode("utf-8", "replace")
    try:
        host, port = read_host(typed)
    except ValueError:
        return
    assert not set(host) & set("@/?#\\ \t\r\n"), host
    assert port is None or 0 <= port <= 65535
    if ":" in host:
        ipaddress.IPv6Address(host)
    for root in (Address(host, port).root, Site.local(host, port).root):
        assert root.user is None
        assert root.password is None
    assert Address(host, port).root.scheme == "https"
    assert read_host(str(Address(host, port))) == (host, port)


def _documents(make: Callable[[], Iterator[Any]]) -> Iterator[bytes]:
    return (json.dumps(document).encode() for document in make())


def _hosts() -> Iterator[bytes]:
    yield from (b"192.168.1.20", b"https://admin:pw@[fe80::1%eth0]:8443/cws?x#y")
    yield from (b"processor.local:80", b"http://10.0.0.1/", b"::1", b" a . b ")


def _answers() -> Iterator[bytes]:
    yield from (b"\0ok", b"\0error", b"\1<html>HomeSeer log in</html>")
    yield b'\0{"Response":"Error, \\ud83d","responsecode":"401"}'
    yield b'\0{"status":"partial","errorMessage":"no","errorDevices":[1]}'
    yield b'\0{"Devices":[{"value":NaN,"status":"\xb0"}]}'


TARGETS = {
    "crestron": Target(_take_crestron, lambda: _documents(seeds.crestron), tree=True),
    "homeseer": Target(_take_homeseer, lambda: _documents(seeds.homeseer), tree=True),
    "answers": Target(_take_answer, _answers),
    "hosts": Target(_take_host, _hosts),
    "lines": Target(_take_lines, lambda: [b"\5DC,42,100,0\r\nDC,7,1\r\n4.2.22.4\r\n"]),
}
