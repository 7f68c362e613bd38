"""Which answer a request gets: users, requests, and faults of whole answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.faults import Faults
from simulator.recorder import Request
from simulator.wire import Answer

from .access import Access
from .control import Controls, NotTaken, as_number
from .distort import distort
from .reading import BadRequest, Reading
from .rendering import dump
from .settings import Settings, User

LOGIN_PAGE = (
    "<!DOCTYPE html>\r\n<html><head><title>HomeSeer Login</title></head><body>"
    '<form method="post"><input name="username"><input type="password"></form>'
    "</body></html>\r\n"
)
# What a POST calls what a GET calls otherwise.
ACTIONS = {
    "controlbyvalue": "controldevicebyvalue",
    "controlbylabel": "controldevicebylabel",
    "runevent": "runevent",
}
# Requests that change something; "set" ones change only what is shown.
COMMANDS = {
    *ACTIONS.values(),
    "controldevicebyindex",
    "controldevicebycontroluse",
    "setdevicestatus",
    "setdevicevaluebyref",
    "setdeviceproperty",
    "speak",
}
# What the first part of the software that is up can answer.
TOLD_WHILE_BOOTING = {"hsversion", "getsessionconfig", "getsetting"}
# Answers that are JSON without saying so.
CALLED_HTML = {"hsversion", "getsetting", "getcounter", "runevent", "setdevicestatus"}
HTML = "text/html"

type Given = Mapping[str, str]
type Handler = Callable[[Given, User], Any]


def given_in(request: Request) -> dict[str, str]:
    """Read the parameters of a request, whose names have no case."""
    given = {name.lower(): value for name, value in request.query.items()}
    if isinstance(request.body, dict):
        for name, value in request.body.items():
            given[name.lower()] = str(value)
        action = given.pop("action", "").lower()
        given["request"] = ACTIONS.get(action, f"action {action}")
        given["ref"] = given.pop("deviceref", given.get("ref", ""))
    return given


def topic(request: Request) -> str:
    """Tell what a request is about."""
    return given_in(request).get("request", "").lower()


def is_command(request: Request) -> bool:
    """Tell whether a request makes something happen."""
    return topic(request) in COMMANDS


def unknown(given: Given, user: User) -> Any:
    """Answer a request that nobody knows."""
    raise BadRequest(given.get("request", ""))


@dataclass(slots=True)
class Api:
    """The JSON API of one system."""

    settings: Settings
    faults: Faults
    access: Access
    reading: Reading
    controls: Controls
    # How far booting has come: "500", "503", "no_devices", or nothing.
    boot: str | None = field(default=None, init=False)

    def answer(self, request: Request, user: User | None = None) -> Answer:
        """Answer one request; who comes in through the cloud is known already."""
        if request.path.lower().rstrip("/") != "/json":
            found = request.path == "/"
            return Answer(LOGIN_PAGE, 200 if found else 404, HTML)
        if request.method not in ("GET", "POST"):
            return Answer("error\r\n", 405, HTML)
        given = given_in(request)
        name = given.get("request", "").lower()
        if (trouble := self._trouble(name)) is not None:
            return trouble
        user = user or self.access.who(request.headers, given)
        if user is None:
            return self._not_authorized()
        return self._answer(name, given, user)

    def _answer(self, name: str, given: Given, user: User) -> Answer:
        if not self.settings.json_enabled or self.faults.hit("json_disabled", name):
            return self.write({"Response": "Error, JSON control is not enabled"})
        handler = self._handlers().get(name, unknown)
        try:
            body = handler(given, user)
        except BadRequest:
            body = self._error("bad request")
        except NotTaken:
            body = self._control_error()
        body = distort(self.faults, name, body, lacking=self.boot == "no_devices")
        return self.write(body, HTML if name in CALLED_HTML else None)

    def write(self, body: Any, content_type: str | None = None) -> Answer:
        """Put a body as it goes out: ended by a line feed."""
        if isinstance(body, str):
            return Answer(f"{body}\r\n", 200, HTML)
        text = dump(body, self.settings)
        return Answer(f"{text}\r\n", 200, content_type or "application/json")

    def _trouble(self, name: str) -> Answer | None:
        """Answer for a system that is not itself."""
        if (status := self.faults.status(name)) is not None:
            return self._unauthorized() if status == 401 else Answer("", status)
        for status in (500, 503):
            booting = self.boot == str(status)
            if booting or self.faults.hit(f"boot_{status}", name):
                return Answer("HomeSeer is starting\r\n", status, HTML)
        if name not in TOLD_WHILE_BOOTING and self.faults.hit("inventory_500", name):
            return Answer("", 500, HTML)
        if self.faults.hit("html_login_page", name):
            return Answer(LOGIN_PAGE, 200, HTML)
        if self.faults.hit("error_text", name):
            return self.write("error")
        if self.faults.hit("error_response", name):
            return self.write({"Response": "Error, bad request"})
        return None

    def _not_authorized(self) -> Answer:
        if self.settings.refused == "401":
            return self._unauthorized()
        return self.write({"Response": "Error, not authorized"})

    def _unauthorized(self) -> Answer:
        headers = {"WWW-Authenticate": 'Basic realm="HomeSeer"'}
        return Answer("Unauthorized\r\n", 401, HTML, headers)

    def _error(self, what: str) -> Any:
        if self.settings.dialect == "hs3":
            return "error"
        return {"Response": f"Error, {what}"}

    def _control_error(self) -> Any:
        match self.settings.control_error:
            case "text":
                return "error"
            case "response":
                return {"Response": "Error, bad request"}
            case _:
                return self._error("bad request")

    # What there is to ask

    def _handlers(self) -> dict[str, Handler]:
        reading = self.reading
        return {
            "getstatus": reading.status,
            "getcontrol": reading.control,
            "getevents": reading.events,
            "getlocations": reading.locations,
            "getcategories": reading.categories,
            "hsversion": reading.version,
            "getsessionconfig": reading.session,
            "getsetting": reading.setting,
            "getdeviceinfo": reading.info,
            "getdeviceschanged": reading.changed,
            "getcounter": reading.counters,
            "pluginlist": reading.plugins,
            "getcameras": reading.cameras,
            "getcamerasnapshot": reading.snapshot,
            "runevent": self._run_event,
            "setdevicestatus": self._set_status,
            "setdevicevaluebyref": self._set_status,
            "setdeviceproperty": self._set_property,
            "speak": lambda given, user: self._ok(),
        } | {
            name: self._controlling(do) for name, do in self.controls.requests().items()
        }

    def _controlling(self, do: Callable[[Given, User], Any]) -> Handler:
        def handle(given: Given, user: User) -> Any:
            feature = do(given, user)
            # What is told is how the device is at this moment: slow ones, as before.
            return self.reading.renderer.devices([self.reading.entry(feature)])

        return handle

    def _ok(self) -> Any:
        return "ok" if self.settings.dialect == "hs3" else {"Response": "ok"}

    def _run_event(self, given: Given, user: User) -> Any:
        model = self.controls.model
        if "id" in given:
            found = [each for each in model.events if str(each.id) == given["id"]]
            event = found[0] if found else None
        else:
            event = model.event(given.get("name", ""), given.get("group", ""))
        target = given.get("id", "") if event is None else str(event.id)
        name = given.get("name") if event is None else event.name
        with self.controls.order(target, "event", name) as done:
            if not user.controls or self.faults.hit("command_failure", "runevent"):
                raise BadRequest("runevent")
            if event is None:
                raise BadRequest("runevent")
            if not self.faults.hit("command_not_executed", "runevent"):
                model.run_event(event)
                done()
            return self._ok()

    def _set_status(self, given: Given, user: User) -> Any:
        ref, asked = given.get("ref", ""), (given.get("value"), given.get("string"))
        with self.controls.order(ref, "status", asked) as done:
            feature = self.controls.feature(ref, user)
            value = as_number(given["value"]) if given.get("value") else feature.value
            # Only what is shown changes: the device does not hear of it.
            feature.report(value, given.get("string") or None)
            done()
        return {"Response": "ok"}

    def _set_property(self, given: Given, user: User) -> Any:
        ref, name = given.get("ref", ""), given.get("value", "")
        with self.controls.order(ref, "property", name) as done:
            feature = self.controls.feature(ref, user)
            if given.get("property", "").lower() != "name":
                raise BadRequest("setdeviceproperty")
            self.controls.model.rename(feature.ref, name)
            done()
        return {"Response": "ok"}
