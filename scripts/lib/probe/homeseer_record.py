"""What a HomeSeer system answers, as a recording without secrets."""

from collections.abc import Collection, Sequence
from typing import Any

from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.homeseer.sites import Account
from custom_components.crestron_homeseer.house.fields import Fields
from custom_components.crestron_homeseer.house.hub import HubResponseError
from simulator.recording import HomeSeerRecording

from .errors import ProbeError

type Json = dict[str, Any]

# What is asked, in this order, and with which parameters.
REQUESTS: tuple[tuple[str, Json], ...] = (
    ("getsessionconfig", {}),
    ("hsversion", {}),
    ("getstatus", {"ref": "all"}),
    ("getcontrol", {"ref": "all"}),
    ("getevents", {}),
)
# The controls of a large system are long.
TIMEOUT = 120.0

# Whose these are, and what people note down for themselves.
_LEFT_OUT = {"username", "userpermissions", "usernote", "useraccess", "hslocalip"}
_MASK = "***"


async def record(
    client: HomeSeerClient, account: Account
) -> tuple[HomeSeerRecording, Sequence[str]]:
    """Return the recording, and what is not in it."""
    bodies: dict[str, Json] = {}
    skipped = []
    secrets = [text for text in (account.password, account.token) if text]
    for request, params in REQUESTS:
        try:
            answer = await client.ask(request, timeout=TIMEOUT, **params)
        except HubResponseError as error:
            skipped.append(f"{request} is not in the recording ({error}).")
        else:
            bodies[request] = clean(answer, secrets)
    if not isinstance(Fields(bodies.get("getstatus")).get("devices"), list):
        raise ProbeError("The system gave no list of devices that could be recorded.")
    version = _version(bodies)
    if not version.startswith("3."):
        return HomeSeerRecording("hs4", bodies), skipped
    await _add_unit(client, bodies["getstatus"])
    return HomeSeerRecording("hs3", bodies), skipped


def _version(bodies: Json) -> str:
    session = Fields(bodies.get("getsessionconfig"))
    plain = Fields(bodies.get("hsversion"))
    return session.text("hsversion") or plain.text("response") or ""


async def _add_unit(client: HomeSeerClient, status: Json) -> None:
    """Add the unit of temperatures: HomeSeer 3 has it in a setting only."""
    try:
        answer = await client.ask("getsetting", setting="gGlobalTempScaleF")
    except HubResponseError:
        return
    fahrenheit = Fields(answer).boolean("value")
    if fahrenheit is not None:
        status.setdefault("TempFormatF", fahrenheit)


def clean(value: Any, secrets: Collection[str]) -> Any:
    """Return an answer without what is said of users, and without secrets."""
    match value:
        case dict():
            return {
                key: clean(part, secrets)
                for key, part in value.items()
                if str(key).replace("_", "").lower() not in _LEFT_OUT
            }
        case list():
            return [clean(part, secrets) for part in value]
        case str():
            for secret in secrets:
                value = value.replace(secret, _MASK)
    return value
