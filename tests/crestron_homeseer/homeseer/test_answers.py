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


def outcome(given: Answer, *, command: bool, secrets: tuple[str, ...]) -> object:
    """Return what an answer is decoded to, or the error."""
    try:
        return decode(given, secrets, command=command)
    except HubError as err:
        return type(err), err.reason


# What is refused as a whole, and where only the login is.
COMPLAINTS = "error|ERROR|Error, bad value|control failed|JSON is not enabled"
NO_LOGIN = (
    "Error, not authorized|Unauthorised|Invalid user|invalid login|Access denied"
    "|Wrong password|Login failed|error: authentication"
)


@pytest.mark.parametrize(
    ("given", "of_read", "of_command"),
    [
        *((answer(text), DECLINED, NOT_DONE) for text in COMPLAINTS.split("|")),
        (answer(b"error"), DECLINED, NOT_DONE),
        (answer({"Response": "Error, bad request"}), DECLINED, NOT_DONE),
        (answer({"response": "error", "responsecode": 200}), DECLINED, NOT_DONE),
        (answer({"response": "no", "responsecode": 404}), DECLINED, NOT_DONE),
        (answer({"message": "something failed", "Response": "ok"}), DECLINED, NOT_DONE),
        # Not every user may control every device.
        *((answer(text), WRONG_LOGIN, NOT_DONE) for text in NO_LOGIN.split("|")),
        (answer({"Response": "Unauthorized"}), WRONG_LOGIN, NOT_DONE),
        (answer(b"", 401), WRONG_LOGIN, WRONG_LOGIN),
        (answer(b"<html>Unauthorized</html>", 403), WRONG_LOGIN, WRONG_LOGIN),
        (answer(LOGIN_PAGE.encode()), WRONG_LOGIN, WRONG_LOGIN),
        (answer(b"<html>Sign in to MyHS</html>"), WRONG_LOGIN, WRONG_LOGIN),
        (answer(b"", 302, "http://hs/login.html"), WRONG_LOGIN, WRONG_LOGIN),
        (answer({"responsecode": 401}), WRONG_LOGIN, WRONG_LOGIN),
        (answer({"responsecode": "403"}), WRONG_LOGIN, WRONG_LOGIN),
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
        (answer(b"[" * 9999), NONSENSE, UNANSWERED),
        *((answer(each), NONSENSE, UNANSWERED) for each in (7, None, "x")),
        (answer([]), NONSENSE, UNANSWERED),
        # Unknown refs are answered without a device.
        (answer(NO_DEVICES), NO_DEVICES, UNANSWERED),
        # A success; only what an answer says as a whole counts.
        *((answer(each), {}, {}) for each in (b"ok", b"OK", "ok")),
        *(
            (answer(each), each, each)
            for each in (
                {"Response": "ok"},
                {"Response": "4.2.22.4"},
                {"Response": None, "Message": 7},
                {"Devices": [{"name": "Error"}]},
            )
        ),
    ],
)
def test_an_answer_is_a_success_or_says_what_became_of_the_request(
    given: Answer, of_read: object, of_command: object
) -> None:
    assert outcome(given, command=False, secrets=SECRETS) == of_read
    assert outcome(given, command=True, secrets=SECRETS) == of_command
    if of_command == WRONG_LOGIN:
        needed = HubAuthError, Reason.LOGIN_NEEDED
        assert outcome(given, command=True, secrets=()) == needed


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
