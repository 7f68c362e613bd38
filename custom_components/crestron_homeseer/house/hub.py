"""What the rest of the integration knows of a hub, and how a hub fails."""

from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from .commands import Command
from .controls import Control
from .devices import House, HubInfo

type AnyCommand = Command[Any]
# Takes the ids of devices that may have changed; None where some came or went.
type OnChange = Callable[[Collection[str] | None], None]


class Reason(StrEnum):
    """Why a hub could not be used, as far as is known."""

    NOT_FOUND = "not_found"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    LOST = "lost"
    TLS = "tls"
    STARTING = "starting"
    NO_API = "no_api"
    OTHER_DEVICE = "other_device"
    NONSENSE = "nonsense"
    BAD_TOKEN = "bad_token"
    BAD_LOGIN = "bad_login"
    LOGIN_NEEDED = "login_needed"
    NO_RIGHTS = "no_rights"
    BUSY = "busy"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    MISSING = "missing"
    CLOSING = "closing"
    CERTIFICATE = "certificate"
    NO_PUSH = "no_push"
    OFFLINE = "offline"

    @property
    def advice(self) -> str:
        """The key of the text with the advice; several reasons may share one."""
        return _ADVICE.get(self, self.value)


_ADVICE = {
    **dict.fromkeys((Reason.REFUSED, Reason.TIMED_OUT), "unreachable"),
    **dict.fromkeys(
        (
            Reason.BUSY,
            Reason.CLOSING,
            Reason.DECLINED,
            Reason.LOST,
            Reason.NONSENSE,
            Reason.NO_PUSH,
            Reason.STARTING,
            Reason.UNANSWERED,
        ),
        "not_ready",
    ),
}


# The fact of a refused command that holds the hub's own message.
HUB_MESSAGE = "said"


@dataclass(frozen=True, slots=True)
class HubIssue:
    """What only the user can cure, and what he has to know of it; no secret."""

    reason: Reason
    facts: Mapping[str, str] = field(default_factory=dict)


class HubError(Exception):
    """Something went wrong with a hub. Its text holds no secret."""

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        """Take the reason, the hub's own message, and what a user is shown."""
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.issue = HubIssue(reason, facts or {})


class HubConnectionError(HubError):
    """The hub cannot be reached, or is not ready: try again later."""


class HubAuthError(HubError):
    """The hub refuses the token or the password: ask the user."""


class HubResponseError(HubError):
    """The hub answered nonsense: keep what was known, and count it."""


class HubCommandError(HubError):
    """A command was not carried out: whoever asked has to know."""


class HubUnansweredError(HubCommandError):
    """A command went out and its answer was lost: nobody knows what it did."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of each command of a batch, in its order; None is success.

    `delays` names the devices whose moves were accepted and start after so many
    seconds. `pending` are those, by their place, of which the hub has yet to show
    what it made of them: whoever asked learns it then, and nobody else waits.
    """

    errors: tuple[HubError | None, ...]
    delays: Mapping[str, float] = field(default_factory=dict)
    pending: Mapping[int, Awaitable[HubError | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a user can choose from; empty where there is nothing to choose.

    `scene_groups` are those of the groups of events that are called scenes;
    `places` are the ways to say where something is, each with the names in use;
    `parts` is what may be another thing than it seems, by the hub's own number, and
    `meanings` what each was taken for, and by which evidence.
    """

    interfaces: tuple[str, ...] = ()
    event_groups: tuple[str, ...] = ()
    scene_groups: tuple[str, ...] = ()
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: Mapping[int, str] = field(default_factory=dict)
    meanings: Mapping[int, tuple[str, str]] = field(default_factory=dict)


class Hub(Protocol):
    """A home controller.

    `memory` is what the hub has learned and wants back after a restart, as plain
    JSON; whoever owns the hub stores it. While it is `pushing`, reads only make sure
    that nothing was missed.
    """

    memory: dict[str, Any]

    @property
    def pushing(self) -> bool:
        """Whether the hub pushes changes."""

    async def connect(self) -> HubInfo:
        """Log in and identify; raises HubAuthError, HubConnectionError."""

    async def survey(self) -> House:
        """Read everything: rooms, devices, what they can do."""

    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        """Read states; only those of the devices in `focus` where it is given.

        With `more`, what is due is read with it. Returns the same house where
        nothing changed.
        """

    @property
    def interval(self) -> float:
        """The seconds between two reads of what is read most often."""

    def due_in(self, wanted: AbstractSet[str]) -> float:
        """Return in how many seconds something is due, of the devices that are wanted."""

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out with as few requests as the vendor allows."""

    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        """Call back with hints, as `OnChange`; None where there is no push."""

    def on_webhook(self, message: object) -> None:
        """Take what came to a web hook; as a hint, it is never believed."""

    async def close(self) -> None:
        """Log out, and free what is held."""

    def report(self) -> Mapping[str, Any]:
        """Return facts for diagnostics, without secrets."""

    async def record(self) -> Mapping[str, Any]:
        """Read what the hub answers on the wire, without secrets; raises HubError.

        The simulator can serve it again.
        """
        return {}

    def issues(self) -> Collection[HubIssue]:
        """Return what the user has to cure although the hub can be read."""
        return ()

    def choices(self) -> Choices:
        """Return what a user can choose from, as it was last read."""
        return Choices()

    def control_refs(
        self, device_ids: Collection[str], control: Control
    ) -> Sequence[int]:
        """Return the hub's own numbers of what takes a control, in some devices."""
        return ()

    def targets_of(self, command: AnyCommand) -> Collection[str]:
        """Return the devices that a command in the hub's own terms works on.

        What is no device of the house is left out.
        """
        return ()

    def family_of(self, ref: int) -> Collection[str]:
        """Return the devices of all that hangs together with a part of the hub."""
        return ()

    def opens(self, ref: int) -> bool:
        """Return whether a part has a control that locks, unlocks, opens or disarms.

        `ref` is the hub's own number of it.
        """
        return False
