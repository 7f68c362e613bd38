"""Addresses as people type them."""

from hypothesis import example, given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.client import Address
from custom_components.crestron_homeseer.crestron.find import read_host


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.20", "192.168.1.20", None),
        ("  192.168.1.20 \n", "192.168.1.20", None),
        ("[fe80::1", "fe80::1", None),
        ("192.168.1.20:8443", "192.168.1.20", 8443),
        ("192.168.1.20:", "192.168.1.20", None),
        ("HTTPS://192.168.1.20/", "192.168.1.20", None),
        ("http://192.168.1.20/cws/api/login", "192.168.1.20", None),
        ("http://192.168.1.20:8080/cws?x=1#top", "192.168.1.20", 8080),
        ("https://admin:secret@192.168.1.20:443", "192.168.1.20", 443),
        ("mc4-r-00107f123456", "mc4-r-00107f123456", None),
        ("MC4-R-00107F123456.Local.", "mc4-r-00107f123456.local", None),
        ("my_processor.lan", "my_processor.lan", None),
        ("::1", "::1", None),
        ("FE80::0001", "fe80::1", None),
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
        "https://",
        ":443",
        "proc!essor",
        "küche.local",
        "-processor",
        "a..b",
        "a" * 64 + ".lan",
        ".".join(["a" * 60] * 5),
        "host:port",
        "host:99999",
        "::1]:80",
        "[::g]",
        "[fe80::1%e th/0]:8443",
        "::1%/../x",
        "fe80::1%é",
        "http://[half",
        "a%20b",
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
