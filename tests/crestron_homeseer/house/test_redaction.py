"""What is taken out of a hub's answers before anybody else sees them."""

from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from custom_components.crestron_homeseer.house.fields import MASK, redacted


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


@pytest.mark.parametrize("write", [str, quote, quote_plus])
def test_a_secret_is_masked_however_it_is_written(write: Any) -> None:
    secret = "pa55 w+rd/&see"
    assert redacted([f"x{write(secret)}y"], [secret]) == [f"x{MASK}y"]


def test_a_short_secret_is_masked_as_a_word_only() -> None:
    assert redacted("bob, Bob and Bobby", ["bob"]) == f"{MASK}, {MASK} and Bobby"


def test_of_two_secrets_the_longer_one_is_masked_whole() -> None:
    assert redacted("secret-key", ["secret", "secret-key"]) == MASK


def test_what_is_deeper_than_any_answer_is_cut_off() -> None:
    deep: Any = "bottom"
    for _ in range(900):
        deep = [deep]
    text = str(redacted(deep))
    assert MASK in text
    assert len(text) < 200
    assert redacted({"number": 1, "nothing": None, "yes": True}) == {
        "number": 1,
        "nothing": None,
        "yes": True,
    }
