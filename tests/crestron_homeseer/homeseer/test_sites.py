"""Where a system is, and as whom it is asked."""

import base64

import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import MYHS, Account, Site
from custom_components.crestron_homeseer.homeseer.exchange import address

from .common import PASSWORD, TOKEN, USER


@pytest.mark.parametrize("account", [Account(USER, PASSWORD), Account(token=TOKEN)])
def test_nothing_shows_its_secrets(account: Account) -> None:
    for site in (account, Site.local("hs", 80, account), Site.cloud("12345", account)):
        shown = f"{site!r} {site!s}"
        for secret in (USER, PASSWORD, TOKEN, "12345"):
            assert secret not in shown


@pytest.mark.parametrize(
    ("host", "port", "root"),
    [
        ("hs", None, "http://hs/JSON"),
        ("192.168.1.5", 80, "http://192.168.1.5/JSON"),
        ("192.168.1.5", 8080, "http://192.168.1.5:8080/JSON"),
        ("fe80::1", 81, "http://[fe80::1]:81/JSON"),
    ],
)
def test_a_local_system_is_asked_at_its_address(
    host: str, port: int | None, root: str
) -> None:
    assert str(Site.local(host, port).root) == root


def test_an_account_can_be_written_in_two_ways() -> None:
    account = Account("Jörg", "a:b c")
    packed = account.header["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(packed).decode() == "Jörg:a:b c"
    assert account.query == {"user": "Jörg", "pass": "a:b c"}
    assert set(account.secrets) == {packed, "a:b c", "Jörg"}
    assert Account().secrets == Account("", "").secrets == ()


@pytest.mark.parametrize(
    ("account", "query"),
    [
        (Account(), {}),
        (Account("", ""), {}),
        (Account("a:b", "c"), {"user": "a:b", "pass": "c"}),
        (Account("a", "c", TOKEN), {"token": TOKEN}),
    ],
)
def test_not_every_account_can_be_a_header(
    account: Account, query: dict[str, str]
) -> None:
    assert account.header == {}
    assert account.query == query


@pytest.mark.parametrize("text", ["a&b=c", "50%", "a+b c", "#x", "ü/?", '"<>"', "a,b"])
def test_any_text_survives_in_an_address(text: str) -> None:
    url = address(URL("http://hs/JSON"), {"pass": text, "last": 1.0, "part": 0.25})
    assert dict(url.query) == {"pass": text, "last": "1", "part": "0.25"}
    # Servers do not agree on what a plus sign is.
    assert "+" not in url.raw_query_string


@pytest.mark.parametrize(
    ("target", "trusted"),
    [
        ("http://hs:80/JSON", True),
        ("http://hs/login", True),
        ("http://hs:81/JSON", False),
        ("https://hs/JSON", False),
        ("http://other/JSON", False),
        ("http://hs.evil.example/JSON", False),
        ("/JSON", False),
    ],
)
def test_a_local_system_sends_nobody_elsewhere(target: str, trusted: bool) -> None:
    assert Site.local("hs").trusts(URL(target)) is trusted


@pytest.mark.parametrize(
    ("base", "target", "trusted"),
    [
        (MYHS, "https://myhs.homeseer.com/json", True),
        (MYHS, "https://connected22.homeseer.com/json", True),
        (MYHS, "https://connected22.homeseer.com:8443/json", True),
        (MYHS, "https://homeseer.com/json", True),
        (MYHS, "https://CONNECTED22.HomeSeer.com/json", True),
        (MYHS, "http://connected22.homeseer.com/json", False),
        (MYHS, "http://myhs.homeseer.com/json", False),
        (MYHS, "https://evilhomeseer.com/json", False),
        (MYHS, "https://homeseer.com.evil.example/json", False),
        (MYHS, "https://com/json", False),
        (MYHS, "https://192.168.1.1/json", False),
        (MYHS, "ftp://myhs.homeseer.com/json", False),
        (MYHS, "/json", False),
        ("http://127.0.0.1:80", "http://127.0.0.1:81/json", True),
        ("http://127.0.0.1:80", "http://127.0.0.2/json", False),
        ("http://127.0.0.1:80", "http://x.0.0.1/json", False),
        ("https://homeseer.com", "https://a.homeseer.com", True),
        ("https://homeseer.com", "https://a.com", False),
        ("https://localhost", "https://localhost:1", True),
        ("", "https://a.com", False),
    ],
)
def test_the_cloud_sends_only_to_its_own(
    base: URL | str, target: str, trusted: bool
) -> None:
    assert Site.cloud("1", Account(), URL(base)).trusts(URL(target)) is trusted
