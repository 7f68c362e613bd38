"""What an answer means."""

from contextlib import suppress
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.exchange import (
    Answer,
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

SECRETS = ("s3cret p@ss", "someone")
NO_DEVICES: dict[str, object] = {"Name": "HomeSeer Devices", "Devices": []}


def answer(body: object, status: int = 200, location: str | None = None) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, data, None if location is None else URL(location))


def error(
    given: Answer, *, command: bool = False, secrets: tuple[str, ...] = ()
) -> tuple[type[HubError], Reason]:
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
def test_a_no_has_many_forms(body: object) -> None:
    assert error(answer(body)) == (HubResponseError, Reason.DECLINED)
    assert error(answer(body), command=True) == (HubCommandError, Reason.DECLINED)


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"ok", {}),
        (b"OK", {}),
        (b'"ok"', {}),
        *(
            (content, content)
            for content in (
                {"Response": "ok"},
                {"response": "ok", "responsecode": 200},
                {"Response": "4.2.22.4"},
                # Only what an answer says as a whole counts.
                {"Devices": [{"name": "Error", "status": "failed"}]},
                {"Response": None, "Message": 7},
            )
        ),
    ],
)
def test_a_yes_has_several_forms(body: object, content: dict[str, Any]) -> None:
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
    wrong = HubAuthError, Reason.BAD_LOGIN
    assert error(refusal, command=command) == needed
    assert error(refusal, command=command, secrets=SECRETS) == wrong


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
    for body in ({"Response": text}, text.encode()):
        assert error(answer(body))[0] is HubAuthError
        # Not every user may control every device.
        assert error(answer(body), command=True)[0] is HubCommandError


RESPONSE, COMMAND = HubResponseError, HubCommandError
CONNECTION, UNANSWERED = HubConnectionError, HubUnansweredError


@pytest.mark.parametrize(
    ("status", "read", "command"),
    [
        (302, (RESPONSE, Reason.OTHER_DEVICE), (COMMAND, Reason.DECLINED)),
        (400, (RESPONSE, Reason.NONSENSE), (COMMAND, Reason.DECLINED)),
        (404, (RESPONSE, Reason.NO_API), (COMMAND, Reason.DECLINED)),
        (429, (CONNECTION, Reason.BUSY), (CONNECTION, Reason.BUSY)),
        (500, (CONNECTION, Reason.STARTING), (UNANSWERED, Reason.UNANSWERED)),
        (503, (CONNECTION, Reason.STARTING), (UNANSWERED, Reason.UNANSWERED)),
    ],
)
def test_a_status_goes_before_the_content(
    status: int, read: object, command: object
) -> None:
    assert error(answer(b"ok", status)) == read
    assert error(answer(b"ok", status), command=True) == command


@pytest.mark.parametrize(
    ("code", "read", "command"),
    [
        (429, (CONNECTION, Reason.BUSY), (CONNECTION, Reason.BUSY)),
        (503, (CONNECTION, Reason.OFFLINE), (COMMAND, Reason.DECLINED)),
    ],
)
def test_myhs_is_busy_or_does_not_reach_the_system(
    code: int, read: object, command: object
) -> None:
    given = answer({"response": "not online", "responsecode": code})
    assert error(given) == read
    assert error(given, command=True) == command


UNREADABLE = [b"", b"nonsense", b"[]", b"7", b"null", b"{", b"[" * 9999, b"x" * 9999]
PAGES = {b"<html>A printer</html>": Reason.OTHER_DEVICE, b"<HomeSeer>": Reason.NO_API}


@pytest.mark.parametrize(
    ("body", "reason"),
    [(body, Reason.NONSENSE) for body in (*UNREADABLE, b'{"a":' * 9999)]
    + list(PAGES.items()),
)
def test_an_unreadable_answer_to_a_command_says_nothing(
    body: bytes, reason: Reason
) -> None:
    kind, found = error(answer(body))
    assert issubclass(kind, HubResponseError)
    assert found is reason
    assert error(answer(body), command=True)[0] is HubUnansweredError


def test_a_command_without_a_device_in_its_answer_may_have_been_carried_out() -> None:
    assert decode(answer(NO_DEVICES)) == NO_DEVICES
    assert error(answer(NO_DEVICES), command=True)[0] is HubUnansweredError


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
    assert "s3c" not in shown
    assert "someone" not in shown
    assert len(shown) < 250
    assert "\n" not in shown


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
        ({"Devices": None}, None),
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
