"""What an answer means."""

from contextlib import suppress
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.exchange import (
    Answer,
    BrokenAnswerError,
    decode,
    devices_in,
)
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

type Outcome = tuple[type[HubError], Reason]

SECRETS = ("s3cret p@ss", "someone")
NO_DEVICES: dict[str, object] = {"Name": "HomeSeer Devices", "Devices": []}

DECLINED: Outcome = HubResponseError, Reason.DECLINED
NOT_DONE: Outcome = HubCommandError, Reason.DECLINED
UNANSWERED: Outcome = HubUnansweredError, Reason.UNANSWERED
WRONG_LOGIN: Outcome = HubAuthError, Reason.BAD_LOGIN
BUSY: Outcome = HubConnectionError, Reason.BUSY
STARTING: Outcome = HubConnectionError, Reason.STARTING
OFFLINE: Outcome = HubConnectionError, Reason.OFFLINE
NONSENSE: Outcome = HubResponseError, Reason.NONSENSE
BROKEN: Outcome = BrokenAnswerError, Reason.NONSENSE
NO_API: Outcome = HubResponseError, Reason.NO_API
OTHER: Outcome = HubResponseError, Reason.OTHER_DEVICE


def answer(body: object, status: int = 200, location: str | None = None) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, data, None if location is None else URL(location))


def error(given: Answer, *, command: bool, secrets: tuple[str, ...]) -> Outcome:
    """Return what an answer is decoded to."""
    with pytest.raises(HubError) as caught:
        decode(given, secrets, command=command)
    return type(caught.value), caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        b"error",
        b"ERROR",
        b"Error, bad value",
        b'"error"',
        b"JSON is not enabled",
        {"Response": "Error, bad request"},
        {"Response": "Error, invalid value"},
        {"Response": "control failed"},
        {"Response": "JSON is disabled"},
        {"response": "error", "responsecode": 200},
        {"response": "no", "responsecode": 404},
        {"Message": "Bad Request"},
        {"message": "something failed", "Response": "ok"},
    ],
)
def test_a_refusal_has_many_forms(body: object) -> None:
    assert error(answer(body), command=False, secrets=()) == DECLINED
    assert error(answer(body), command=True, secrets=()) == NOT_DONE


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"ok", {}),
        (b"OK", {}),
        (b'"ok"', {}),
        ({"Response": "ok"}, {"Response": "ok"}),
        ({"Response": "4.2.22.4"}, {"Response": "4.2.22.4"}),
        ({"Response": None, "Message": 7}, {"Response": None, "Message": 7}),
        # Only what an answer says as a whole counts.
        ({"Devices": [{"name": "Error"}]}, {"Devices": [{"name": "Error"}]}),
    ],
)
def test_a_success_has_several_forms(body: object, content: dict[str, Any]) -> None:
    assert decode(answer(body)) == decode(answer(body), command=True) == content


@pytest.mark.parametrize("command", [False, True])
@pytest.mark.parametrize(
    "refusal",
    [
        answer(b"", 401),
        answer(b"", 403),
        answer(b"<html>Unauthorized</html>", 401),
        answer(LOGIN_PAGE.encode()),
        answer(b"<html><body>Sign in to MyHS</body></html>"),
        answer(b"", 302, "http://hs/login.html"),
        answer({"response": "no", "responsecode": 401}),
        answer({"response": "no", "responsecode": "403"}),
    ],
)
def test_a_refused_login_has_many_forms(refusal: Answer, command: bool) -> None:
    needed = HubAuthError, Reason.LOGIN_NEEDED
    assert error(refusal, command=command, secrets=()) == needed
    assert error(refusal, command=command, secrets=SECRETS) == WRONG_LOGIN


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
def test_a_text_refuses_the_login_of_a_read_and_the_device_of_a_command(
    text: str,
) -> None:
    for body in ({"Response": text}, text.encode()):
        assert error(answer(body), command=False, secrets=SECRETS) == WRONG_LOGIN
        # Not every user may control every device.
        assert error(answer(body), command=True, secrets=SECRETS) == NOT_DONE


@pytest.mark.parametrize(
    ("given", "of_read", "of_command"),
    [
        # A status goes before the content.
        (answer(b"ok", 302), OTHER, NOT_DONE),
        (answer(b"ok", 400), NONSENSE, NOT_DONE),
        (answer(b"ok", 404), NO_API, NOT_DONE),
        (answer(b"ok", 429), BUSY, BUSY),
        (answer(b"ok", 500), STARTING, UNANSWERED),
        # MyHS is busy, or does not reach the system.
        (answer({"responsecode": 429}), BUSY, BUSY),
        (answer({"responsecode": 503}), OFFLINE, NOT_DONE),
        # An unreadable answer says nothing about a command.
        (answer(b"<html>A printer</html>"), OTHER, UNANSWERED),
        (answer(b"<HomeSeer>"), NO_API, UNANSWERED),
        (answer(b""), BROKEN, UNANSWERED),
        (answer(b"{"), BROKEN, UNANSWERED),
        (answer(b'{"a":' * 9999), BROKEN, UNANSWERED),
        *(
            (answer(each), NONSENSE, UNANSWERED)
            for each in (b"7", b"null", b"[]", b"x")
        ),
        (answer(b"[" * 9999), NONSENSE, UNANSWERED),
        # Unknown refs are answered without a device.
        (answer(NO_DEVICES), None, UNANSWERED),
    ],
)
def test_what_went_wrong_decides_whether_a_command_was_carried_out(
    given: Answer, of_read: Outcome | None, of_command: Outcome
) -> None:
    if of_read is None:
        assert decode(given) == NO_DEVICES
    else:
        assert error(given, command=False, secrets=()) == of_read
    assert error(given, command=True, secrets=()) == of_command


@pytest.mark.parametrize(
    "text",
    [
        "Error for s3cret p@ss",
        "Error in ?user=someone&pass=s3cret%20p%40ss",
        "Error in ?user=someone&pass=s3cret+p%40ss",
        "Error\r\n" * 100 + "s3cret p@ss",
        "x" * 195 + " s3cret p@ss Error",
        "Login failed for someone",
    ],
)
@pytest.mark.parametrize("command", [False, True])
def test_secrets_that_are_repeated_are_masked(text: str, command: bool) -> None:
    with pytest.raises(HubError) as caught:
        decode(answer({"Response": text}), SECRETS, command=command)
    shown = str(caught.value)
    assert not [part for part in ("s3c", "someone", "\n") if part in shown]
    assert len(shown) < 250


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"status":"21 °C"}'.encode(), "21 °C"),
        ('{"status":"21 °C"}'.encode("latin-1"), "21 °C"),
        (b'{"status":"two\r\nlines\ttab"}', "two\r\nlines\ttab"),
        (rb'{"status":"half \ud83d"}', "half \N{REPLACEMENT CHARACTER}"),
        (b'{"value":NaN,"status":"kept"}', "kept"),
    ],
)
def test_texts_are_read_whatever_their_encoding(body: bytes, status: str) -> None:
    assert decode(answer(body))["status"] == status


@pytest.mark.parametrize(
    ("content", "devices"),
    [
        ({"Devices": [{"ref": 7}]}, [{"ref": 7}]),
        ({"devices": [{"ref": 7}], "responsecode": 200}, [{"ref": 7}]),
        ({"Devices": []}, []),
        ({"ControlPairs": [], "ref": 7}, [{"ControlPairs": [], "ref": 7}]),
        ({}, None),
        ({"Response": "fine"}, None),
        ({"Devices": {}}, None),
        ({"ref": 7}, None),
    ],
)
def test_devices_come_in_several_envelopes_and_no_list_is_no_empty_house(
    content: dict[str, Any], devices: object
) -> None:
    if devices is not None:
        assert devices_in(content) == devices
        return
    with pytest.raises(HubResponseError) as caught:
        devices_in(content)
    assert caught.value.reason is Reason.MISSING


@given(
    st.binary(max_size=60)
    | st.dictionaries(
        st.sampled_from(["Response", "message", "responsecode", "Devices", "x"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    ).map(lambda content: json.dumps(content).encode()),
    st.sampled_from([200, 204, 302, 401, 404, 500]),
    st.booleans(),
)
def test_any_bytes_are_an_object_or_a_named_error(
    body: bytes, status: int, command: bool
) -> None:
    with suppress(HubError):
        content = decode(Answer(status, body.strip()), SECRETS, command=command)
        # What one gets can always be written down.
        json.dumps(content, ensure_ascii=False).encode()
