"""Which processor is at an address, as people type it, and if none, why."""

from collections.abc import Callable

import aiohttp
from hypothesis import example, given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.crestron.find import Found, find, read_host
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .common import TOKEN, Serve, address_of, failure


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("[fe80::1", "fe80::1", None),
        ("http://192.168.1.20:8080/cws?x=1#top", "192.168.1.20", 8080),
        ("MC4-R-00107F123456.Local.", "mc4-r-00107f123456.local", None),
        ("my_processor.lan", "my_processor.lan", None),
        ("[fe80::1]:8443", "fe80::1", 8443),
        ("[fe80::1%eth0]:8443", "fe80::1%eth0", 8443),
        ("a" * 63 + ".lan", "a" * 63 + ".lan", None),
    ],
)
def test_as_people_type_it(typed: str, host: str, port: int | None) -> None:
    assert read_host(typed) == (host, port)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ":443",
        "proc!essor",
        "küche.local",
        "a..b",
        "a" * 64 + ".lan",
        ".".join(["a" * 60] * 5),
        "host:99999",
        "::1]:80",
        "[fe80::1%e th/0]:8443",
        "::1%/../x",
        "fe80::1%é",
    ],
)
def test_rubbish_is_no_address(typed: str) -> None:
    with pytest.raises(ValueError):
        read_host(typed)


LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
NAMES = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
HOSTS = st.one_of(NAMES, st.ip_addresses().map(str))
PORTS = st.one_of(st.none(), st.integers(1, 65535))


@given(
    host=HOSTS,
    port=PORTS,
    scheme=st.sampled_from(["", "http://", "https://", "HTTP://"]),
    user=st.sampled_from(["", "admin@", "admin:pass@"]),
    path=st.sampled_from(["", "/", "/cws/api", "?x=1", "#top", "/a b/"]),
    blanks=st.sampled_from(["", " ", "\t", "\n  "]),
)
def test_whatever_people_put_around_it_is_left_out(
    host: str, port: int | None, scheme: str, user: str, path: str, blanks: str
) -> None:
    typed = f"{blanks}{scheme}{user}{Address(host, port)}{path}{blanks}"
    assert read_host(typed) == (host, port)


def accepted(typed: str) -> list[tuple[str, int | None]]:
    """Return what is read, as a list of one; nothing where it is no address."""
    try:
        return [read_host(typed)]
    except ValueError:
        return []


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="a0.:[]%/@-_ \t", max_size=20),
        st.from_regex(r"\[?[0-9a-f:]{2,9}(%.{0,5})?\]?(:\d{0,6})?", fullmatch=True),
    )
)
@example("[fe80::1%eth0]:8443")
@example("ſ")
@example("\u212a")
def test_whatever_is_accepted_is_an_address(typed: str) -> None:
    for host, port in accepted(typed):
        address = Address(host, port)
        assert address.root.host is not None
        assert address.root.path == "/cws/api"
        assert read_host(str(address)) == (host, port)
        assert all(0 < len(label) < 64 for label in host.split("."))


@pytest.mark.parametrize("https", [False, True])
@pytest.mark.parametrize(
    ("settings", "version", "model"),
    [
        ({}, "2.000.0004", "MC4-R"),
        ({"model": "PYNG-HUB", "version": "1.000.0001"}, "1.000.0001", "PYNG-HUB"),
        ({"v2_info": False}, "2.000.0004", None),
    ],
)
async def test_a_processor_is_found_by_either_protocol_and_is_sent_no_secret(
    serve: Serve,
    session: aiohttp.ClientSession,
    settings: dict[str, object],
    version: str,
    model: str | None,
    https: bool,
) -> None:
    processor = await serve(https=https, **settings)
    address = address_of(processor, https=https)
    found = await find(session, processor.host, processor.port)
    assert found == Found(address, version, model)
    requests = processor.requests
    assert [request.path for request in requests] == ["/cws/api", "/cws/api/v2"]
    sent = [name.lower() for each in requests for name in each.headers]
    assert not any("crestron" in name for name in sent)
    client = CrestronClient(session, found.address, TOKEN)
    await client.login()
    assert client.version == found.version


async def test_silence_is_no_refusal(
    silent: int,
    processor: CrestronProcessor,
    session: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "READ_TIMEOUT", 0.1)
    assert await failure(find(session, "127.0.0.1", silent)) is Reason.TIMED_OUT
    processor.faults.on("refuse_connections")
    found = find(session, processor.host, processor.port)
    assert await failure(found) is Reason.REFUSED


@pytest.mark.parametrize("https", [False, True])
async def test_a_processor_that_boots_or_filters_is_told_from_one_that_is_not_there(
    serve: Serve,
    session: aiohttp.ClientSession,
    https: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "CONNECT_TIMEOUT", 0.2)
    processor = await serve(https=https)
    with processor.faults.during("boot_500"):
        found = find(session, processor.host, processor.port)
        assert await failure(found) is Reason.STARTING
    # A firewall swallows HTTPS: plain HTTP is had.
    processor.faults.on("https_filtered")
    at = await find(session, processor.host, processor.port)
    assert at.address == address_of(processor)


# Which of two answers explains more

REFUSED, SILENT, LOST, TLS, STARTING, NOT_FOUND = (
    HubConnectionError(reason)
    for reason in (
        Reason.REFUSED,
        Reason.TIMED_OUT,
        Reason.LOST,
        Reason.TLS,
        Reason.STARTING,
        Reason.NOT_FOUND,
    )
)
NO_API = HubResponseError(Reason.NO_API)
OTHER = HubResponseError(Reason.OTHER_DEVICE)

type Answering = Callable[[HubError | None, HubError | None], list[bool]]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Have a host that answers over HTTPS and over HTTP; returns what it was asked."""

    def answer(https: HubError | None, http: HubError | None) -> list[bool]:
        asked: list[bool] = []

        async def banner(client: CrestronClient) -> str | None:
            asked.append(client.address.https)
            if error := https if client.address.https else http:
                raise error
            return None

        async def about(_: CrestronClient) -> None:
            return None

        monkeypatch.setattr(CrestronClient, "banner", banner)
        monkeypatch.setattr(CrestronClient, "about", about)
        return asked

    return answer


@pytest.mark.parametrize(
    ("https", "http", "best"),
    [
        (REFUSED, SILENT, REFUSED),
        (SILENT, OTHER, OTHER),
        (REFUSED, OTHER, OTHER),
        (LOST, REFUSED, LOST),
        (LOST, OTHER, OTHER),
        (TLS, REFUSED, TLS),
        (TLS, LOST, TLS),
        (TLS, STARTING, STARTING),
        # Where HTTP cannot help, it is not tried.
        *((each, None, each) for each in (NOT_FOUND, STARTING, OTHER, NO_API)),
    ],
    ids=lambda err: err.reason if err else "",
)
async def test_what_went_further_explains_more(
    session: aiohttp.ClientSession,
    answering: Answering,
    https: HubError,
    http: HubError | None,
    best: HubError,
) -> None:
    asked = answering(https, http)
    with pytest.raises(HubError) as caught:
        await find(session, "mc4")
    assert caught.value is best
    assert asked == ([True, False] if http else [True])


@pytest.mark.parametrize("https", [False, True])
async def test_what_is_wanted_plain_is_asked_for_plain_first(
    session: aiohttp.ClientSession, answering: Answering, https: bool
) -> None:
    asked = answering(None if https else REFUSED, REFUSED if https else None)
    found = await find(session, "mc4", plain=True)
    assert found.address.https is https
    assert asked == [False, True][: 1 + https]
