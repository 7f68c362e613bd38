"""Runs quick actions, in the way that a processor turns out to have.

No manual says how to run one. A path that a processor does not have answers 200 with
the banner and does nothing, so the ways that others use are tried in turn. What is
refused, fails or is not answered is never tried in another way: it may have been done.
"""

from typing import Any

from ..house.hub import HubCommandError, HubError, Reason
from .bodies import Request, judge
from .client import Answer, CrestronClient, is_banner
from .fields import Fields, parse

_SEVERAL = "recall several"
_ONE = "recall one"
WAYS = (
    "recall/{}",
    "{}/recall",
    "execute/{}",
    "{}/execute",
    "{}/run",
    _SEVERAL,
    _ONE,
)
_KNOWN = "quick_action_way"
# How a processor says that a path or a body is none that it takes.
_NOT_TAKEN = frozenset({404, 405})
_INVALID_DATA = 8000


class QuickActions:
    """Runs quick actions, and remembers in `memory` which way worked."""

    def __init__(self, client: CrestronClient, memory: dict[str, Any]) -> None:
        """Take the client, and what was remembered."""
        self._client = client
        self._memory = memory

    async def run(self, number: int) -> HubError | None:
        """Run one once; returns what went wrong, raises where the hub is lost."""
        known = self._memory.get(_KNOWN)
        for way in sorted(WAYS, key=lambda way: way != known):
            request = _request(way, number)
            answer = await self._client.post(request.path, request.body)
            if _is_missing(answer):
                continue
            error = judge(request, answer).get(0)
            if error is None and way != known:
                self._memory[_KNOWN] = way
            return error
        return HubCommandError(Reason.DECLINED, "quick actions cannot be run")


def _request(way: str, number: int) -> Request:
    members = {number: [0]}
    if way in {_SEVERAL, _ONE}:
        wrapper = "quickActions" if way == _SEVERAL else None
        return Request("quickactions/recall", wrapper, [{"id": number}], members)
    return Request(f"quickactions/{way.format(number)}", members=members)


def _is_missing(answer: Answer) -> bool:
    """Return whether a processor has no such way, for sure."""
    if answer.status in _NOT_TAKEN:
        return True
    try:
        fields = Fields(parse(answer.body))
    except HubError:
        return False
    if answer.status < 400:
        return is_banner(fields)
    return fields.integer("errorsource") == _INVALID_DATA
