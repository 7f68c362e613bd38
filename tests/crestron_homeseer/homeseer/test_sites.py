"""Where a system is, and as whom it is asked."""

import base64
from dataclasses import FrozenInstanceError

import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.exchange import address
from custom_components.crestron_homeseer.homeseer.sites import (
    MYHS,
    Account,
    Cloud,
    Local,
    related,
)

from .common import PASSWORD, TOKEN, USER


@pytest.mark.parametrize(
    "site",
    [
        Account(USER, PASSWORD),
        Account(token=TOKEN),
        Local("hs", 80, USER, PASSWORD),
        Cloud("12345", USER, PASSWORD),
        Cloud("12345", token=TOKEN),
    ],
)
def test_nothing_shows_its_secrets(site: Account | Local | Cloud) -> None:
    for secret in (USER, PASSWORD, TOKEN):
        assert secret not in f"{site!r} {site!s}"
    with pytest.raises(FrozenInstanceError):
        site.username = "other"  # type: ignore[misc]  # it is frozen


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
    assert str(Local(host, port).root) == root
    assert not Local(host, port).params


def test_a_system_of_the_cloud_is_asked_by_its_license() -> None:
    site = Cloud("12345", USER, PASSWORD)
    assert str(site.root) == "https://myhs.homeseer.com/json"
    assert site.params == {"licenseid": "12345"}


def test_an_account_can_be_written_in_two_ways() -> None:
    account = Account("Jörg", "a:b c")
    packed = (account.header or {})["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(packed).decode() == "Jörg:a:b c"
    assert account.query == {"user": "Jörg", "pass": "a:b c"}
    assert account.secrets == (packed, "a:b c", "Jörg")
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
    assert account.header is None
    assert account.query == query


@pytest.mark.parametrize("text", ["a&b=c", "50%", "a+b c", "#x", "ü/?", '"<>"', "a,b"])
def test_any_text_survives_in_an_address(text: str) -> None:
    url = address(URL("http://hs/JSON"), {"pass": text, "last": 1})
    assert dict(url.query) == {"pass": text, "last": "1"}
    assert url.fragment == ""


@pytest.mark.parametrize(
    ("target", "trusted"),
    [
        ("http://hs:80/JSON", True),
        ("http://hs/login", True),
        ("http://hs:81/JSON", False),
        ("https://hs/JSON", False),
        ("http://other/JSON", False),
        ("http://hs.evil.example/JSON", False),
    ],
)
def test_a_local_system_sends_nobody_elsewhere(target: str, trusted: bool) -> None:
    assert Local("hs").trusts(URL(target)) is trusted


@pytest.mark.parametrize(
    ("target", "trusted"),
    [
        ("https://myhs.homeseer.com/json", True),
        ("https://connected22.homeseer.com/json", True),
        ("https://connected22.homeseer.com:8443/json", True),
        ("https://homeseer.com/json", True),
        ("https://CONNECTED22.HomeSeer.com/json", True),
        ("http://connected22.homeseer.com/json", False),
        ("http://myhs.homeseer.com/json", False),
        ("https://evilhomeseer.com/json", False),
        ("https://homeseer.com.evil.example/json", False),
        ("https://com/json", False),
        ("https://192.168.1.1/json", False),
        ("ftp://myhs.homeseer.com/json", False),
        ("/json", False),
    ],
)
def test_the_cloud_sends_only_to_its_own(target: str, trusted: bool) -> None:
    assert related(MYHS, URL(target)) is trusted


@pytest.mark.parametrize(
    ("base", "target", "trusted"),
    [
        ("http://127.0.0.1:80", "http://127.0.0.1:81/json", True),
        ("http://127.0.0.1:80", "http://127.0.0.2/json", False),
        ("http://127.0.0.1:80", "http://x.0.0.1/json", False),
        ("https://homeseer.com", "https://a.homeseer.com", True),
        ("https://homeseer.com", "https://a.com", False),
        ("https://localhost", "https://localhost:1", True),
        ("", "https://a.com", False),
    ],
)
def test_other_bases_are_kept_to_as_well(base: str, target: str, trusted: bool) -> None:
    assert related(URL(base), URL(target)) is trusted
