"""Where a system is, and as whom it is asked."""

import base64

import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import Account, Site
from custom_components.crestron_homeseer.homeseer.exchange import address

from .common import TOKEN


@pytest.mark.parametrize(
    ("host", "port", "root"),
    [
        ("hs", None, "http://hs/JSON"),
        ("192.168.1.5", 80, "http://192.168.1.5/JSON"),
        ("fe80::1", 81, "http://[fe80::1]:81/JSON"),
    ],
)
def test_a_local_system_is_asked_at_its_address(
    host: str, port: int | None, root: str
) -> None:
    assert str(Site.local(host, port).root) == root


@pytest.mark.parametrize(
    ("account", "header", "query"),
    [
        (Account("Jörg", "b c"), "Jörg:b c", {"user": "Jörg", "pass": "b c"}),
        (Account(None, "b"), ":b", {"user": "", "pass": "b"}),
        # Not every account can be a header.
        (Account("a:b", "c"), None, {"user": "a:b", "pass": "c"}),
        (Account("a", "c", TOKEN), None, {"token": TOKEN}),
        (Account(), None, {}),
        (Account("", ""), None, {}),
    ],
)
def test_an_account_is_written_as_a_header_or_as_a_query(
    account: Account, header: str | None, query: dict[str, str]
) -> None:
    packed = account.header.get("Authorization", "").removeprefix("Basic ")
    assert (base64.b64decode(packed).decode() or None) == header
    assert account.query == query
    secrets = {text for text in (account.username, account.password) if text}
    assert {*secrets, *query.values(), packed} - {""} <= set(account.secrets)
    assert bool(account.secrets) is bool(query)


@pytest.mark.parametrize("text", ["a&b=c", "50%", "a+b c", "#x", "ü/?", '"<>"', "a,b"])
def test_any_text_survives_in_an_address(text: str) -> None:
    url = address(URL("http://hs/JSON"), {"pass": text, "last": 1.0, "part": 0.25})
    assert dict(url.query) == {"pass": text, "last": "1", "part": "0.25"}
    # Servers do not agree on what a plus sign is.
    assert "+" not in url.raw_query_string


LOCAL, CLOUD = Site.local("hs"), Site.cloud("1", Account())
TEST = Site.cloud("1", Account(), URL("http://127.0.0.1:80"))


@pytest.mark.parametrize(
    ("site", "target", "trusted"),
    [
        # A local system sends nobody elsewhere.
        (LOCAL, "http://hs:80/JSON", True),
        (LOCAL, "http://hs:81/JSON", False),
        (LOCAL, "https://hs/JSON", False),
        (LOCAL, "http://hs.evil.example/JSON", False),
        (LOCAL, "https://myhs.homeseer.com/JSON", False),
        (LOCAL, "/JSON", False),
        # The cloud sends only to its own.
        (CLOUD, "https://myhs.homeseer.com/json", True),
        (CLOUD, "https://connected22.homeseer.com:8443/json", True),
        (CLOUD, "https://homeseer.com/json", True),
        (CLOUD, "https://CONNECTED22.HomeSeer.com/json", True),
        (CLOUD, "http://connected22.homeseer.com/json", False),
        (CLOUD, "http://myhs.homeseer.com/json", False),
        (CLOUD, "https://evilhomeseer.com/json", False),
        (CLOUD, "https://homeseer.com.evil.example/json", False),
        (CLOUD, "https://192.168.1.1/json", False),
        (CLOUD, "/json", False),
        (TEST, "http://127.0.0.1:81/json", True),
        (TEST, "http://127.0.0.2/json", False),
    ],
)
def test_a_redirect_is_trusted_or_not(site: Site, target: str, trusted: bool) -> None:
    assert site.trusts(URL(target)) is trusted
