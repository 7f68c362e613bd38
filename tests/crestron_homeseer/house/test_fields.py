"""Fields of a hostile JSON object."""

import json
from typing import Any

from hypothesis import given
import pytest

from custom_components.crestron_homeseer.house.fields import (
    Fields,
    integer,
    number,
    parse,
    plain,
)
from custom_components.crestron_homeseer.house.hub import HubResponseError, Reason

from .hostile import json_values


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"null",
        b"true",
        b"7",
        b'"text"',
        b"[]",
        b'[{"id":1}]',
        b"<!DOCTYPE html>",
        b'{"lights":[{"id":1',
        b"[" * 5000,
        b'{"a":' * 5000,
    ],
)
def test_what_is_no_json_object_is_nonsense(body: bytes) -> None:
    with pytest.raises(HubResponseError) as caught:
        parse(body)
    assert caught.value.reason is Reason.NONSENSE


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b' \r\n{"id":1}\n', {"id": 1}),
        (b'{"id":18446744073709551616}', {"id": 2**64}),
        ('{"name":"Küche"}'.encode(), {"name": "Küche"}),
        ('{"name":"Küche"}'.encode("latin-1"), {"name": "Küche"}),
        (rb'{"name":"half \ud83d"}', {"name": "half \N{REPLACEMENT CHARACTER}"}),
        (b'{"name":"two\nlines"}', {"name": "two\nlines"}),
    ],
)
def test_a_json_object_is_read(body: bytes, value: dict[str, Any]) -> None:
    assert parse(body) == value


@pytest.mark.parametrize(
    "broken", [b"NaN", b"-Infinity", b"1e999", b"9" * 9000, b"-" + b"9" * 9000]
)
def test_one_number_that_is_none_hides_no_other(broken: bytes) -> None:
    content = parse(b'{"lights":[{"level":%b},{"level":7}]}' % broken)
    assert [Fields(item).number("level") for item in content["lights"]] == [None, 7.0]


@given(json_values)
def test_any_json_document_is_an_object_or_nonsense(value: object) -> None:
    body = json.dumps({"in": value}).encode()
    assert parse(body).keys() == {"in"}
    other = json.dumps([value]).encode()
    with pytest.raises(HubResponseError):
        parse(other)


@pytest.mark.parametrize(
    "key", ["authkey", "AuthKey", "AUTH_KEY", "auth-key", "Auth Key", " auth _ key"]
)
def test_keys_are_compared_by_their_letters(key: str) -> None:
    assert plain(key) == "authkey"
    assert Fields({key: "abc"}).text("authkey") == "abc"


@pytest.mark.parametrize("raw", [None, 7, "text", [], [("id", 1)], True])
def test_what_is_no_object_has_no_fields(raw: object) -> None:
    fields = Fields(raw)
    assert fields.get("id") is None
    assert fields.text("id") is None
    assert fields.integer("id") is None
    assert list(fields.items("id")) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Den", "Den"),
        ("  Den\n", "Den"),
        (7, "7"),
        (0, "0"),
        (1.5, "1.5"),
        ("", None),
        ("   ", None),
        (None, None),
        (True, None),
        (["Den"], None),
        ({"name": "Den"}, None),
    ],
)
def test_text(value: object, text: str | None) -> None:
    assert Fields({"name": value}).text("name") == text


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (7, 7.0),
        (-1.5, -1.5),
        ("7", 7.0),
        (" 7.5 ", 7.5),
        ("1e3", 1000.0),
        ("", None),
        ("seven", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        (10**400, None),
        (2**53, 2.0**53),
        (-1e15, -1e15),
        (1.1e16, None),
        (2**63, None),
        ("-1e300", None),
        (True, None),
        (None, None),
        ([7], None),
        ({}, None),
    ],
)
def test_number(value: object, result: float | None) -> None:
    assert number(value) == result
    assert Fields({"level": value}).number("level") == result


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (7, 7),
        ("7", 7),
        (7.0, 7),
        ("7.0", 7),
        (-3, -3),
        (7.5, None),
        ("7.5", None),
        ("1001a", None),
        (False, None),
        (None, None),
    ],
)
def test_integer(value: object, result: int | None) -> None:
    assert integer(value) == result
    assert Fields({"id": value}).integer("id") == result


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (True, True),
        (False, False),
        ("true", True),
        (" True ", True),
        ("FALSE", False),
        ("1", True),
        ("0", False),
        (1, True),
        (0, False),
        (2, None),
        (1.0, None),
        ("yes", None),
        ("", None),
        (None, None),
        ([True], None),
    ],
)
def test_boolean(value: object, result: bool | None) -> None:
    assert Fields({"status": value}).boolean("status") is result


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (["Auto", " On "], ("Auto", "On")),
        (["Auto", None, 7, "", " ", {}, True], ("Auto",)),
        ([], ()),
        ("Auto", ()),
        ({"Auto": 1}, ()),
        (None, ()),
    ],
)
def test_texts(value: object, result: tuple[str, ...]) -> None:
    assert Fields({"modes": value}).texts("modes") == result


@given(json_values)
def test_nothing_in_a_field_does_any_harm(value: object) -> None:
    fields = Fields(parse(json.dumps({"x": value}).encode()))
    assert fields.text("x") != ""
    assert fields.integer("x") is None or fields.integer("x") == fields.number("x")
    assert fields.boolean("x") in {True, False, None}
    assert all(fields.texts("x"))
    assert fields.get("x") is not None or value is None
