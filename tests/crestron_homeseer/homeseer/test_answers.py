"""What an answer means."""

from contextlib import suppress
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.answers import Judge, parse
from custom_components.crestron_homeseer.homeseer.exchange import Answer
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

from .common import LOGIN_PAGE

ANYONE = Judge(())
SOMEONE = Judge(("s3cret p@ss", "someone"))


def answer(body: object, status: int = 200, location: str | None = None) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, data, None if location is None else URL(location))


NOES: list[object] = [
    b"error",
    b"ERROR",
    b"Error, bad value",
    b'"error"',
    {"Response": "Error, bad request"},
    {"Response": "Error, invalid value"},
    {"Response": "control failed"},
    {"Response": "JSON is disabled"},
    {"response": "error", "responsecode": 200},
    {"response": "no", "responsecode": 404},
    {"Message": "Bad Request"},
    {"message": "something failed", "Response": "ok"},
]


@pytest.mark.parametrize("body", NOES)
def test_a_no_has_many_forms(body: object) -> None:
    with pytest.raises(HubResponseError) as read:
        ANYONE.read(answer(body))
    assert read.value.reason is Reason.DECLINED
    with pytest.raises(HubCommandError) as done:
        ANYONE.done(answer(body))
    assert done.value.reason is Reason.DECLINED
    assert not isinstance(done.value, HubUnansweredError)


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"ok", {}),
        (b"OK", {}),
        (b'"ok"', {}),
        ({"Response": "ok"}, {"Response": "ok"}),
        (
            {"response": "ok", "responsecode": 200},
            {"response": "ok", "responsecode": 200},
        ),
        ({"Response": "4.2.22.4"}, {"Response": "4.2.22.4"}),
        # Only what an answer says as a whole counts, not what devices are called.
        (
            {"Devices": [{"name": "Error", "status": "failed"}]},
            {"Devices": [{"name": "Error", "status": "failed"}]},
        ),
        ({"Response": None, "Message": 7}, {"Response": None, "Message": 7}),
    ],
)
def test_a_yes_has_several_forms(body: object, content: dict[str, Any]) -> None:
    assert ANYONE.read(answer(body)) == content
    assert ANYONE.done(answer(body)) == content


REFUSALS = [
    answer(b"", 401),
    answer(b"", 403),
    answer(b"<html>Unauthorized</html>", 401),
    answer(LOGIN_PAGE.encode()),
    answer(b"", 302, "http://hs/login.html"),
    answer({"response": "no", "responsecode": 401}),
    answer({"response": "no", "responsecode": "403"}),
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refused_login_has_many_forms(refusal: Answer) -> None:
    for judge, reason in (
        (ANYONE, Reason.LOGIN_NEEDED),
        (SOMEONE, Reason.BAD_LOGIN),
    ):
        for look in (judge.read, judge.done):
            with pytest.raises(HubAuthError) as caught:
                look(refusal)
            assert caught.value.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "Error, not authorized",
        "Unauthorised",
        "Invalid user",
        "invalid login",
        "Access denied",
        "Wrong password",
        "Login failed",
        "error: authentication",
    ],
)
def test_a_refusal_in_words_is_about_the_login_or_about_the_device(text: str) -> None:
    with pytest.raises(HubAuthError):
        SOMEONE.read(answer({"Response": text}))
    # Not every user may control every device.
    with pytest.raises(HubCommandError):
        SOMEONE.done(answer({"Response": text}))


def test_myhs_says_that_it_has_no_time_or_no_system() -> None:
    busy = answer({"response": "slow down", "responsecode": 429})
    with pytest.raises(HubConnectionError) as caught:
        ANYONE.read(busy)
    assert caught.value.reason is Reason.BUSY
    offline = answer({"response": "Error, not online", "responsecode": 503})
    with pytest.raises(HubConnectionError) as caught:
        ANYONE.read(offline)
    assert caught.value.reason is Reason.OFFLINE
    for said in (busy, offline):
        with pytest.raises(HubCommandError):
            ANYONE.done(said)


def test_a_page_to_sign_in_to_the_cloud_is_a_refusal() -> None:
    page = answer(b"<html><body>Sign in to MyHS</body></html>")
    with pytest.raises(HubAuthError):
        SOMEONE.read(page)


UNREADABLE = [b"", b"nonsense", b"[]", b"7", b"null", b"{", b"<html>A printer</html>"]


@pytest.mark.parametrize("body", UNREADABLE)
def test_nobody_knows_what_an_unreadable_answer_to_a_command_means(body: bytes) -> None:
    with pytest.raises(HubResponseError):
        ANYONE.read(answer(body))
    with pytest.raises(HubUnansweredError):
        ANYONE.done(answer(body))


@pytest.mark.parametrize(
    ("status", "read", "done"),
    [
        (302, HubResponseError, HubCommandError),
        (400, HubResponseError, HubCommandError),
        (404, HubResponseError, HubCommandError),
        (429, HubConnectionError, HubConnectionError),
        (500, HubConnectionError, HubUnansweredError),
        (503, HubConnectionError, HubUnansweredError),
    ],
)
def test_a_status_goes_before_the_content(
    status: int, read: type[HubError], done: type[HubError]
) -> None:
    with pytest.raises(HubError) as caught:
        ANYONE.read(answer(b"ok", status))
    assert type(caught.value) is read
    with pytest.raises(HubError) as caught:
        ANYONE.done(answer(b"ok", status))
    assert type(caught.value) is done


def test_whether_a_command_without_a_device_in_its_answer_was_done_is_not_known() -> (
    None
):
    nothing: dict[str, object] = {"Name": "HomeSeer Devices", "Devices": []}
    assert ANYONE.read(answer(nothing)) == nothing
    with pytest.raises(HubUnansweredError):
        ANYONE.done(answer(nothing))


@pytest.mark.parametrize(
    "said",
    [
        "Error for s3cret p@ss",
        "Error in ?user=someone&pass=s3cret%20p%40ss",
        "Error in ?user=someone&pass=s3cret+p%40ss",
        "Error\r\n" * 100 + "s3cret p@ss",
        "x" * 195 + "s3cret p@ss Error",
    ],
)
def test_what_is_repeated_of_our_secrets_is_taken_out(said: str) -> None:
    for look in (SOMEONE.read, SOMEONE.done):
        with pytest.raises(HubError) as caught:
            look(answer({"Response": said}))
        text = str(caught.value)
        assert "s3c" not in text
        assert "someone" not in text
        assert len(text) < 250
        assert "\n" not in text


# Reading what others wrote


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"status":"21 °C"}'.encode(), "21 °C"),
        ('{"status":"21 °C"}'.encode("latin-1"), "21 °C"),
        ('{"status":"Küche '.encode() + b'21 \xb0C"}', "Küche 21 °C"),
        (b'{"status":"two\r\nlines\ttab"}', "two\r\nlines\ttab"),
        (rb'{"status":"half \ud83d"}', "half \N{REPLACEMENT CHARACTER}"),
        (
            rb'{"status":"\ud83d\ude00 \udc00"}',
            "\N{GRINNING FACE} \N{REPLACEMENT CHARACTER}",
        ),
        (rb'{"status":"\ud83d\ude00"}', "\N{GRINNING FACE}"),
    ],
)
def test_texts_are_read_whatever_their_encoding(body: bytes, status: str) -> None:
    assert parse(body) == {"status": status}


def test_one_number_that_is_none_hides_no_other() -> None:
    content = parse(b'{"Devices":[{"value":NaN},{"value":7},{"value":-Infinity}]}')
    assert content["Devices"][1] == {"value": 7}


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b"x" * 10_000])
def test_what_cannot_be_read_is_nonsense(body: bytes) -> None:
    with pytest.raises(HubResponseError) as caught:
        parse(body)
    assert caught.value.reason is Reason.NONSENSE


@given(st.binary(max_size=60), st.sampled_from([200, 204, 302, 401, 404, 500]))
def test_any_bytes_are_an_object_or_a_named_error(body: bytes, status: int) -> None:
    for look in (SOMEONE.read, SOMEONE.done):
        with suppress(HubError):
            content = look(Answer(status, body.strip()))
            # What one gets can always be written down.
            json.dumps(content, ensure_ascii=False).encode()


@given(
    st.dictionaries(
        st.sampled_from(["Response", "message", "responsecode", "Devices", "x"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=20),
            st.lists(st.integers(), max_size=2),
        ),
    )
)
def test_any_object_is_taken_or_a_named_error(content: dict[str, Any]) -> None:
    body = json.dumps(content).encode()
    for look in (ANYONE.read, ANYONE.done):
        with suppress(HubError):
            assert look(Answer(200, body)).keys() == content.keys()
