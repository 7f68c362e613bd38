"""What an answer means: by its content, because statuses and headers lie.

HomeSeer says no with 401, with `error`, or with `{"Response": "Error…"}` in a 200,
and a login page or an empty list may be meant as a no as well. MyHS writes the
same keys in lower case. A success is `ok`, `{"Response": "ok"}`, or what was asked.
"""

from collections.abc import Collection
from functools import partial
from html import escape
import re
from typing import Any
from urllib.parse import quote, quote_plus

import orjson

from ..house.fields import Fields, parse_broken, readable
from ..house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from .exchange import Answer

_REFUSED = frozenset({401, 403})

_COMPLAINT = re.compile(
    r"error|failed|invalid|bad request|disabled|not enabled", re.IGNORECASE
)
_NO_LOGIN = re.compile(
    r"not authori[sz]ed|unauthori[sz]ed|access denied|password|credential"
    r"|authentication|invalid (user|login|token)|log ?in (failed|required)",
    re.IGNORECASE,
)
_LOGIN_PAGE = re.compile(
    rb"type\s*=\s*[\"']?password|\b(sign|log)[ _-]?in\b", re.IGNORECASE
)
_HOMESEER = re.compile(rb"homeseer|myhs", re.IGNORECASE)

_quote_all = partial(quote, safe="")


class BrokenAnswerError(HubResponseError):
    """An answer that is empty or ends too early: another may come whole."""


class Judge:
    """Reads answers; knows what must not be repeated from them."""

    def __init__(
        self, secrets: Collection[str], license_: Collection[str] = ()
    ) -> None:
        """Take what is secret of a login and else; without a login, nobody tried it."""
        self._secrets = (*secrets, *license_)
        self.refused = Reason.BAD_LOGIN if secrets else Reason.LOGIN_NEEDED

    def read(self, answer: Answer) -> dict[str, Any]:
        """Return what was asked for; raises HubError where it was not answered."""
        if refused(answer):
            raise HubAuthError(self.refused)
        if answer.status == 429:
            raise HubConnectionError(Reason.BUSY)
        if answer.status >= 500:
            raise HubConnectionError(Reason.STARTING, f"status {answer.status}")
        if answer.status == 404:
            raise HubResponseError(Reason.NO_API)
        if answer.status >= 300:
            reason = Reason.NONSENSE if answer.status >= 400 else Reason.OTHER_DEVICE
            raise HubResponseError(reason, f"status {answer.status}")
        content = parse(answer.body)
        code, text = _code(content), _said(content)
        if code in _REFUSED or _NO_LOGIN.search(text):
            raise HubAuthError(self.refused, self._clean(text))
        if code == 429:
            raise HubConnectionError(Reason.BUSY)
        if code >= 500:
            # MyHS answers, and the system behind it does not.
            raise HubConnectionError(Reason.OFFLINE, self._clean(text))
        if code >= 400 or _COMPLAINT.search(text):
            raise HubResponseError(Reason.DECLINED, self._clean(text))
        return content

    def done(self, answer: Answer) -> dict[str, Any]:
        """Return what a command was answered; raises HubError unless it was done."""
        if refused(answer):
            raise HubAuthError(self.refused)
        if answer.status == 429:
            raise HubConnectionError(Reason.BUSY)
        if answer.status >= 500:
            raise HubUnansweredError(Reason.UNANSWERED, f"status {answer.status}")
        if answer.status >= 300:
            raise HubCommandError(Reason.DECLINED, f"status {answer.status}")
        try:
            content = parse(answer.body)
        except HubResponseError:
            raise HubUnansweredError(Reason.UNANSWERED, "cannot be read") from None
        code, text = _code(content), _said(content)
        if code in _REFUSED:
            raise HubAuthError(self.refused)
        # A device that this user may not control is no reason to log in again.
        if code >= 400 or _COMPLAINT.search(text) or _NO_LOGIN.search(text):
            raise HubCommandError(Reason.DECLINED, self._clean(text))
        if Fields(content).get("devices") == []:
            # Unknown refs are answered like this; so may one be that was heard.
            raise HubUnansweredError(Reason.UNANSWERED, "no device in the answer")
        return content

    def _clean(self, text: str) -> str:
        """Return what a hub said without what it may have repeated of our secrets."""
        for secret in self._secrets:
            for write in (str, quote, _quote_all, quote_plus, escape):
                text = text.replace(write(secret), "***")
        return " ".join(text.split())[:200]


def refused(answer: Answer) -> bool:
    """Return whether a login is asked for: by the status, or with a page to log in."""
    if answer.location is not None and "login" in answer.location.path.lower():
        return True
    return answer.status in _REFUSED or (
        answer.status < 300
        and is_page(answer.body)
        and is_homeseer(answer.body)
        and _LOGIN_PAGE.search(answer.body) is not None
    )


def refused_in_words(answer: Answer) -> bool:
    """Return whether a short answer says that a login is needed."""
    if answer.status >= 300 or len(answer.body) > 500:
        return False
    try:
        return _NO_LOGIN.search(_said(parse(answer.body))) is not None
    except HubResponseError:
        return False


def is_page(body: bytes) -> bool:
    """Return whether a page for people came instead of an answer."""
    return body.startswith(b"<")


def is_homeseer(body: bytes) -> bool:
    """Return whether a page is one of HomeSeer's."""
    return _HOMESEER.search(body, 0, 20_000) is not None


def parse(body: bytes) -> dict[str, Any]:
    """Return the object in a body, `ok` as an empty one; raises HubResponseError.

    A complaint in plain text is returned as if it had been made in JSON.
    """
    if is_page(body):
        reason = Reason.NO_API if is_homeseer(body) else Reason.OTHER_DEVICE
        raise HubResponseError(reason, "the answer is a page")
    value = _load(body)
    if value == "":
        raise BrokenAnswerError(Reason.NONSENSE, "the answer is empty")
    if isinstance(value, str):
        text = value.strip()
        if text.lower() == "ok":
            return {}
        if text.lower().startswith("error"):
            return {"Response": text}
    if not isinstance(value, dict):
        raise HubResponseError(Reason.NONSENSE, "the answer is no JSON object")
    return value


def _load(body: bytes) -> object:
    """Return the JSON in a body; a short text that is none is returned as it is."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    text = readable(body)
    if len(text) < 500 and text[:1] not in {"{", "["}:
        return text
    try:
        return parse_broken(text)
    except HubResponseError:
        raise BrokenAnswerError(Reason.NONSENSE, "the answer is not JSON") from None


def _code(content: dict[str, Any]) -> int:
    """Return the status that MyHS writes into its answer."""
    return Fields(content).integer("responsecode") or 0


def _said(content: dict[str, Any]) -> str:
    """Return what an answer says to people."""
    fields = Fields(content)
    said = (fields.text("response"), fields.text("message"))
    return " ".join(text for text in said if text)


def devices_in(content: dict[str, Any]) -> list[Any]:
    """Return the list of devices; a missing list is not an empty one."""
    fields = Fields(content)
    items = fields.get("devices")
    if isinstance(items, list):
        return items
    if fields.get("ref") is not None and fields.get("controlpairs") is not None:
        # The controls of a single device come without the list around them.
        return [content]
    raise missing(content, "devices")


def missing(content: dict[str, Any], what: str) -> HubError:
    """Return the error of an answer that lacks what was asked for."""
    known = ", ".join(sorted(map(str, content)))[:100]
    return HubResponseError(Reason.MISSING, f"no {what}, only {known or 'nothing'}")
