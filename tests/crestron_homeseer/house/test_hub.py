"""How a hub fails."""

import pytest

from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

ERRORS = (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubResponseError,
    HubUnansweredError,
)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("reason", Reason)
def test_an_error_keeps_its_reason(error: type[HubError], reason: Reason) -> None:
    err = error(reason)
    assert err.reason is reason
    assert str(err) == reason


def test_an_error_tells_what_the_hub_said() -> None:
    err = HubCommandError(Reason.DECLINED, "Shade(s) failed")
    assert str(err) == "declined: Shade(s) failed"


def test_a_lost_answer_is_a_failed_command_to_those_who_do_not_care() -> None:
    assert issubclass(HubUnansweredError, HubCommandError)
