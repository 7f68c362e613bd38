"""What a processor says besides its inventories: banner, errors, results of commands."""

from collections.abc import Sequence
from enum import IntEnum

from simulator.wire import Answer

BANNER = (
    "The Pyng Rest API provides a RESTful web interface to control and monitor the"
    " devices of a Crestron Home system."
)
# Refused commands bear this version, whatever the version of the API.
REFUSAL_VERSION = "1.000.0001"


class Source(IntEnum):
    """Which part of the API complains."""

    SESSION_EXPIRED = 5001
    AUTHENTICATION = 5002
    ROOMS = 6001
    UNHANDLED = 7000
    LOGIN = 7001
    LIGHTS = 7003
    SHADES = 7004
    LOGOUT = 7005
    SCENES = 7006
    THERMOSTATS = 7007
    FAN_MODE = 7008
    SYSTEM_MODE = 7009
    INVALID_DATA = 8000
    DEVICES = 8001
    SECURITY_DEVICES = 8005
    SENSORS = 8006
    DOOR_LOCKS = 8007
    SCHEDULER = 8008
    SET_POINT = 8009
    MEDIA_ROOMS = 8010


MESSAGES = {
    Source.SESSION_EXPIRED: "Session expired. Please login again.",
    Source.AUTHENTICATION: "Authentication failed.",
    Source.UNHANDLED: "Unhandled exception.",
    Source.LOGIN: "Login failed.",
    Source.INVALID_DATA: "Invalid data.",
}


class Refused(Exception):
    """A request that ends in an error instead of an answer."""

    def __init__(self, source: Source, status: int, message: str | None = None) -> None:
        """Say who complains, and with which HTTP status."""
        super().__init__(message or MESSAGES.get(source, "Request failed."))
        self.source = source
        self.status = status

    def answer(self, version: str) -> Answer:
        """Put it as an answer."""
        body = {
            "errorSource": int(self.source),
            "errorMessage": str(self),
            "version": version,
        }
        return Answer(body, self.status)


def badly_shaped(source: Source = Source.INVALID_DATA) -> Refused:
    """Complain of a body that is not what the call wants."""
    return Refused(source, 500, MESSAGES[Source.INVALID_DATA])


def refusal(how: str, source: Source) -> Refused:
    """Refuse a key or token in one of the forms that were seen."""
    if len(how) == 3:
        return Refused(source, int(how))
    return Refused(Source(int(how)), 200)


def banner(version: str) -> Answer:
    """Answer what is said on every path that nothing is known of."""
    return Answer({"description": BANNER, "version": version})


def result(
    version: str, failed: Sequence[int], asked: int, kind: str = "Device"
) -> Answer:
    """Tell how a command went: status 200, whatever came of it."""
    if not failed:
        return Answer({"status": "success", "version": version})
    return Answer(
        {
            "status": "failure" if len(failed) >= asked else "partial",
            "errorMessage": f"{kind}(s) with below Id(s) are failed to update.",
            "errorDevices": list(failed),
            "version": REFUSAL_VERSION,
        }
    )


def failure(message: str) -> Answer:
    """Refuse a command that is for one device and names it in its path."""
    return Answer(
        {"status": "failure", "errorMessage": message, "version": REFUSAL_VERSION}
    )
