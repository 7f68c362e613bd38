"""Home Assistant through its own HTTP API, as its user interface speaks to it."""

from collections.abc import Mapping, Sequence
import time
from typing import Any, Self

import aiohttp

from .errors import DemoError

USER = "demo"
PASSWORD = "demo"
DOMAIN = "crestron_homeseer"

type Json = dict[str, Any]


class Refused(DemoError):
    """A request that Home Assistant refused, with what it said."""


class HomeAssistant:
    """A user who is logged in."""

    def __init__(self, url: str) -> None:
        """Take the address; `log_in` comes first."""
        self.url = url
        self._client_id = f"{url}/"
        self._tokens: Json = {}
        self._expires = 0.0
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=60),
        )

    async def __aenter__(self) -> Self:
        """Be of use for as long as a block runs."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self._session.close()

    async def _ask(
        self, method: str, path: str, *, with_token: bool = True, **options: Any
    ) -> Any:
        headers = await self._headers() if with_token else {}
        try:
            async with self._session.request(
                method, f"{self.url}{path}", headers=headers, **options
            ) as response:
                if response.status >= 400:
                    said = (await response.text())[:300]
                    raise Refused(
                        f"Home Assistant answered {response.status} to {path}: {said}"
                    )
                return await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DemoError(f"Home Assistant does not answer: {error!r}") from error

    # Logging in

    async def log_in(self) -> None:
        """Log in; where there is no user yet, make one first."""
        if "user" in await self._steps_left():
            made = await self._ask(
                "POST",
                "/api/onboarding/users",
                with_token=False,
                json={
                    "name": "Demo",
                    "username": USER,
                    "password": PASSWORD,
                    "client_id": self._client_id,
                    "language": "en",
                },
            )
            await self._use_code(made["auth_code"])
        else:
            await self._use_code(await self._code_by_password())
        for step in await self._steps_left():
            body = {"client_id": self._client_id, "redirect_uri": self._client_id}
            await self._ask(
                "POST",
                f"/api/onboarding/{step}",
                json=body if step == "integration" else {},
            )

    async def _steps_left(self) -> list[str]:
        try:
            steps = await self._ask("GET", "/api/onboarding", with_token=False)
        except Refused:
            # Where everything is done, nothing is said any more.
            return []
        return [step["step"] for step in steps if not step["done"]]

    async def _code_by_password(self) -> str:
        flow = await self._ask(
            "POST",
            "/auth/login_flow",
            with_token=False,
            json={
                "client_id": self._client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": self._client_id,
            },
        )
        result = await self._ask(
            "POST",
            f"/auth/login_flow/{flow['flow_id']}",
            with_token=False,
            json={
                "client_id": self._client_id,
                "username": USER,
                "password": PASSWORD,
            },
        )
        if result["type"] != "create_entry":
            raise DemoError(
                f"Home Assistant refuses {USER} / {PASSWORD}. Start without --keep."
            )
        code: str = result["result"]
        return code

    async def _use_code(self, code: str) -> None:
        await self._fetch_tokens({"grant_type": "authorization_code", "code": code})

    async def _fetch_tokens(self, grant: Mapping[str, str]) -> None:
        self._tokens |= await self._ask(
            "POST",
            "/auth/token",
            with_token=False,
            data={**grant, "client_id": self._client_id},
        )
        self._expires = time.monotonic() + self._tokens["expires_in"] - 60

    async def _headers(self) -> dict[str, str]:
        if time.monotonic() > self._expires:
            refresh = self._tokens["refresh_token"]
            await self._fetch_tokens(
                {"grant_type": "refresh_token", "refresh_token": refresh}
            )
        return {"Authorization": f"Bearer {self._tokens['access_token']}"}

    # What the user interface does

    async def running(self) -> bool:
        """Return whether the start is over."""
        config = await self._ask("GET", "/api/config")
        return bool(config["state"] == "RUNNING")

    async def entries(self) -> list[Json]:
        """Return our entries."""
        entries: list[Json] = await self._ask(
            "GET", f"/api/config/config_entries/entry?domain={DOMAIN}"
        )
        return entries

    async def add(self, steps: Sequence[tuple[str, Json]]) -> str:
        """Go through the steps of adding a hub; returns the id of its entry."""
        path = "/api/config/config_entries/flow"
        *_, made = await self._go_through(path, DOMAIN, steps)
        entry_id: str = made["result"]["entry_id"]
        return entry_id

    async def choose(
        self, entry_id: str, steps: Sequence[tuple[str, Json]]
    ) -> list[Json]:
        """Go through the steps of an entry's options; returns what they showed."""
        path = "/api/config/config_entries/options/flow"
        return await self._go_through(path, entry_id, steps)

    async def _go_through(
        self, path: str, handler: str, steps: Sequence[tuple[str, Json]]
    ) -> list[Json]:
        shown = await self._ask(
            "POST", path, json={"handler": handler, "show_advanced_options": False}
        )
        seen = []
        for step, typed in steps:
            if shown.get("step_id") != step or shown.get("errors"):
                raise DemoError(f"The dialog: {_said(shown)} instead of {step!r}.")
            seen.append(shown)
            shown = await self._ask("POST", f"{path}/{shown['flow_id']}", json=typed)
        if shown["type"] != "create_entry":
            raise DemoError(f"The dialog: {_said(shown)} instead of its end.")
        return [*seen, shown]

    async def states(self) -> list[Json]:
        """Return all states."""
        states: list[Json] = await self._ask("GET", "/api/states")
        return states

    async def state(self, entity_id: str) -> Json:
        """Return a state."""
        return dict(await self._ask("GET", f"/api/states/{entity_id}"))

    async def find(self, domain: str, name: str) -> str:
        """Return the id of the one entity of a domain with a name."""
        found = [
            state["entity_id"]
            for state in await self.states()
            if state["entity_id"].startswith(f"{domain}.")
            and state["attributes"].get("friendly_name") == name
        ]
        if len(found) != 1:
            raise DemoError(
                f"Home Assistant has {len(found)} entities {name!r} of the kind"
                f" {domain}, not one."
            )
        return str(found[0])

    async def call(self, action: str, entity_id: str, **data: Any) -> None:
        """Carry out an action on an entity, such as `cover.open_cover`."""
        await self.act(action, entity_id=entity_id, **data)

    async def act(self, action: str, **data: Any) -> None:
        """Carry out an action."""
        path = f"/api/services/{action.replace('.', '/')}"
        await self._ask("POST", path, json=data)

    async def command(self, kind: str, **more: Any) -> Any:
        """Have a command of the WebSocket API carried out."""
        await self._headers()
        token = self._tokens["access_token"]
        async with self._session.ws_connect(f"{self.url}/api/websocket") as socket:
            await socket.receive_json(timeout=10)
            await socket.send_json({"type": "auth", "access_token": token})
            await socket.receive_json(timeout=10)
            await socket.send_json({"id": 1, "type": kind, **more})
            answer = await socket.receive_json(timeout=30)
        if not answer.get("success"):
            raise Refused(f"Home Assistant refuses {kind}: {answer.get('error')}")
        return answer["result"]


def _said(shown: Json) -> str:
    """Put what a flow shows into words."""
    what = shown.get("step_id") or shown.get("reason") or shown["type"]
    errors = shown.get("errors") or {}
    words = ", ".join(f"{key}: {word}" for key, word in errors.items())
    return f"Home Assistant shows {what!r}" + (f" ({words})" if words else "")
