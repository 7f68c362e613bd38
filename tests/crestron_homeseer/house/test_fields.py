"""Fields of a hostile JSON object, and what nobody else is to read in it."""

import json
from typing import Any
from urllib.parse import quote, quote_plus

from hypothesis import given
import pytest

from custom_components.crestron_homeseer.house.fields import (
    MASK,
    Fields,
    integer,
    number,
    parse,
    plain,
    redacted,
)
from custom_components.crestron_homeseer.house.hub import HubResponseError, Reason

from .hostile import json_values

NO_OBJECTS = (
    *(b"", b"   ", b"null", b"true", b"7", b'"text"', b"[]", b'[{"id":1}]'),
    *(b"<!DOCTYPE html>", b'{"lights":[{"id":1', b"[" * 5000, b'{"a":' * 5000),
)


@pytest.mark.parametrize("body", NO_OBJECTS)
def test_what_is_no_json_object_is_nonsense(body: bytes) -> None:
    with pytest.raises(HubResponseError) as caught:
        parse(body)
    assert caught.value.reason is Reason.NONSENSE
    assert caught.value.__cause__ is None


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


@pytest.mark.parametrize(
    "key", ["authkey", "AuthKey", "AUTH_KEY", "auth-key", "Auth Key", " auth _ key"]
)
def test_keys_are_compared_by_their_letters(key: str) -> None:
    assert plain(key) == "authkey"
    assert plain(key * 9) == "authkey" * 9
    assert Fields({key: "abc"}).text("authkey") == "abc"
    assert Fields({key: None}).has("authkey")


@pytest.mark.parametrize("raw", [None, "text", [("id", 1)]])
def test_what_is_no_object_has_no_fields(raw: object) -> None:
    fields = Fields(raw)
    assert not fields.has("id")
    assert (fields.get("id"), fields.text("id"), fields.integer("id")) == (None,) * 3
    assert (*fields.items("id"), *fields.texts("id")) == ()
    modes = Fields({"modes": ["Auto", None, 7, "", " On ", {}, True]})
    assert modes.texts("modes") == ("Auto", "On")


# A value, and what it is as a text, a number, a whole number, and true or false.
VALUES: list[tuple[object, str | None, float | None, int | None, bool | None]] = [
    ("  Den\n", "Den", None, None, None),
    (7, "7", 7.0, 7, None),
    (0, "0", 0.0, 0, False),
    (1, "1", 1.0, 1, True),
    (-1.5, "-1.5", -1.5, None, None),
    (" 7.5 ", "7.5", 7.5, None, None),
    ("7.0", "7.0", 7.0, 7, None),
    ("1", "1", 1.0, 1, True),
    ("0", "0", 0.0, 0, False),
    (" True ", "True", None, None, True),
    ("FALSE", "FALSE", None, None, False),
    ("yes", "yes", None, None, None),
    ("nan", "nan", None, None, None),
    ("1e999", "1e999", None, None, None),
    (2**53, str(2**53), 2.0**53, 2**53, None),
    (1.1e16, "1.1e+16", None, None, None),
    (10**400, str(10**400), None, None, None),
    ("   ", None, None, None, None),
    (True, None, None, None, True),
    (False, None, None, None, False),
    *((value, None, None, None, None) for value in ("", None, ["Den"], {"a": 1}, [7])),
]


@pytest.mark.parametrize(("value", "text", "real", "whole", "true"), VALUES)
def test_a_field_is_read_as_what_is_wanted(
    value: object,
    text: str | None,
    real: float | None,
    whole: int | None,
    true: bool | None,
) -> None:
    fields = Fields({"x": value})
    assert fields.text("x") == text
    assert fields.number("x") == number(value) == real
    assert fields.integer("x") == integer(value) == whole
    assert fields.boolean("x") is true


@given(json_values)
def test_nothing_in_a_field_does_any_harm(value: object) -> None:
    content = parse(json.dumps({"x": value}).encode())
    assert content.keys() == {"x"}
    fields = Fields(content)
    assert fields.text("x") != ""
    assert fields.integer("x") is None or fields.integer("x") == fields.number("x")
    assert fields.boolean("x") in {True, False, None}
    assert all(fields.texts("x"))
    assert fields.get("x") is not None or value is None
    with pytest.raises(HubResponseError):
        parse(json.dumps([value]).encode())


# Redaction


@pytest.mark.parametrize("key", ["userName", "User_Note", "hs-local-IP", "AuthKey"])
def test_what_a_key_gives_away_is_left_out(key: str) -> None:
    assert redacted({"name": "Lamp", "more": [{key: 1, "ref": 2}]}) == {
        "name": "Lamp",
        "more": [{"ref": 2}],
    }
    assert redacted({key: 1}, dropped_keys=()) == {key: 1}


@pytest.mark.parametrize(
    "text", ["10.0.0.7", "172.16.1.2", "192.168.0.20", "00:10:7F:0a:0B:0c"]
)
def test_addresses_are_masked(text: str) -> None:
    assert redacted(f"at {text}, there") == f"at {MASK}, there"


@pytest.mark.parametrize(
    "text", ["4.2.22.4", "3.0.0.548", "110.0.0.7", "172.40.1.2", "12:34:56", "10.5"]
)
def test_versions_times_and_numbers_stay(text: str) -> None:
    assert redacted(text) == text
    assert redacted([1, None, True]) == [1, None, True]


@pytest.mark.parametrize("write", [str, quote, quote_plus])
def test_a_secret_is_masked_however_it_is_written(write: Any) -> None:
    secret = "pa55 w+rd/&see"
    assert redacted([f"x{write(secret)}y"], [secret]) == [f"x{MASK}y"]
    # A short one is masked as a word only, and of two the longer one whole.
    assert redacted("bob, Bob and Bobby", ["bob"]) == f"{MASK}, {MASK} and Bobby"
    assert redacted("secret-key", ["secret", "secret-key"]) == MASK


def test_what_is_deeper_than_any_answer_is_cut_off() -> None:
    deep: Any = "bottom"
    for _ in range(900):
        deep = [deep]
    assert str(redacted(deep)) == f"{'[' * 50}'{MASK}'{']' * 50}"
