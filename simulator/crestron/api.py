"""Which answer a request gets: paths, keys, and the faults that concern whole answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.faults import Faults
from simulator.recorder import Request
from simulator.wire import Answer

from .answers import Refused, Source, banner, refusal
from .commands import Commands
from .other_ids import in_body, in_path
from .reading import Lists
from .sessions import Sessions
from .settings import Settings

PREFIX = "/cws/api"
TOKEN_HEADER = "Crestron-RestAPI-AuthToken"
KEY_HEADER = "Crestron-RestAPI-AuthKey"
LOGIN_PAGE = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n"
SESSION_FAULTS = {
    "session_401": "401",
    "session_511": "511",
    "session_expired_5001": "5001",
    "auth_5002": "5002",
}

type Keyed = Callable[[Any], Answer]


@dataclass(slots=True)
class Api:
    """The REST API of one processor."""

    token: str
    settings: Settings
    faults: Faults
    sessions: Sessions
    lists: Lists
    commands: Commands
    # How far booting has come: "500", "503", "inventory_500", or nothing.
    boot: str | None = field(default=None, init=False)

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        try:
            return self._answer(request)
        except Refused as refused:
            return refused.answer(self.settings.version)

    def _answer(self, request: Request) -> Answer:
        path = request.path.lower().rstrip("/")
        if path != PREFIX and not path.startswith(f"{PREFIX}/"):
            return Answer("Not Found", 404, "text/plain")
        if request.method not in ("GET", "POST"):
            raise Refused(Source.UNHANDLED, 405, "Method not allowed.")
        path = path.removeprefix(PREFIX)
        if (trouble := self._trouble(path)) is not None:
            return trouble
        if (
            request.method == "POST"
            and request.body is None
            and self._refuses_empty(path)
        ):
            return Answer("Length Required", 411, "text/plain")
        parts, other_ids = path.split("/")[1:], self.faults.hit("ids_changed")
        if other_ids:
            parts = in_path(parts)
        match request.method, parts:
            case "GET", ["login"]:
                return self._login(request)
            case "GET", ["logout"]:
                return self._logout(request)
            case "GET", ["v2"] if self.settings.v2_info:
                return self._v2()
        keyed = self._keyed(request.method, parts)
        if keyed is None or self.faults.hit("banner_instead", path):
            return banner(self.settings.version)
        if self.boot == "inventory_500" or self.faults.hit("inventory_500", path):
            raise Refused(Source.UNHANDLED, 500)
        self._check_key(request, path)
        if not other_ids:
            return keyed(request.body)
        answer = keyed(in_body(request.body))
        return replace(answer, body=in_body(answer.body))

    def _keyed(self, method: str, parts: Sequence[str]) -> Keyed | None:
        """Find what needs a key; everything that is not found gets the banner."""
        if method == "POST":
            return self.commands.find(parts)
        if self.lists.known(parts):
            return lambda body: self.lists.answer(parts)
        return None

    def _trouble(self, path: str) -> Answer | None:
        """Answer for a processor that is not itself."""
        if (status := self.faults.status(path)) is not None:
            source = Source.AUTHENTICATION if status < 404 else Source.UNHANDLED
            raise Refused(source, status)
        for status in (500, 503):
            if self.boot == str(status) or self.faults.hit(f"boot_{status}", path):
                return Answer("Service is starting", status, "text/plain")
        if self.faults.hit("html_login_page", path):
            return Answer(LOGIN_PAGE, 200, "text/html")
        return None

    def _refuses_empty(self, path: str) -> bool:
        return bool(
            self.settings.body_required or self.faults.hit("no_length_411", path)
        )

    def _login(self, request: Request) -> Answer:
        revoked = self.faults.hit("token_revoked", "/login")
        if revoked or request.headers.get(TOKEN_HEADER) != self.token:
            how = self.settings.refused_token
            raise refusal(how, Source.LOGIN if how == "7001" else Source.AUTHENTICATION)
        upper = self.faults.hit("upper_case_authkey", "/login")
        name = "AuthKey" if upper else self.settings.authkey_name
        return Answer({name: self.sessions.open(), "version": self.settings.version})

    def _logout(self, request: Request) -> Answer:
        self._check_key(request, "/logout")
        self.sessions.close(request.headers[KEY_HEADER])
        return Answer({"status": "true" if self.settings.logout_as_text else True})

    def _v2(self) -> Answer:
        return Answer(
            {
                "SystemType": self.settings.model,
                "ProgramVersion": self.settings.program_version,
                "version": self.settings.version,
            }
        )

    def _check_key(self, request: Request, path: str) -> None:
        for name, how in SESSION_FAULTS.items():
            if self.faults.hit(name, path):
                raise refusal(how, Source.SESSION_EXPIRED)
        good = self.sessions.use(request.headers.get(KEY_HEADER))
        if self.faults.hit("token_revoked", path):
            good = None
        if not good:
            source = Source.AUTHENTICATION if good is None else Source.SESSION_EXPIRED
            raise refusal(self.settings.refused_key, source)
