"""Passwords, users and rights."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from simulator.homeseer import HomeSeerSystem, Model, Rights, User

from .homeseer import Asker

GUEST = User("guest", "guest", Rights.GUEST | Rights.LOCAL)
ANN = User("Ann", "a:b", Rights.NORMAL)


@asynccontextmanager
async def asking(
    model: Model, user: str | None = None, password: str = "", **settings: Any
) -> AsyncIterator[Asker]:
    """Serve with a password, and ask with another or none."""
    login = aiohttp.encode_basic_auth(user, password) if user else None
    settings = {"auth": ("owner", "päss"), "users": (GUEST, ANN)} | settings
    async with HomeSeerSystem(model, **settings) as system:
        asker = Asker(system, headers={"Authorization": login} if login else None)
        try:
            yield asker
        finally:
            await asker.session.close()


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """All of this goes over sockets."""


@pytest.mark.parametrize(
    ("header", "query", "name"),
    [
        (aiohttp.encode_basic_auth("Owner", "päss", "utf-8"), {}, "owner"),
        (aiohttp.encode_basic_auth("Owner", "päss", "latin-1"), {}, "owner"),
        (None, {"USER": "owner", "Pass": "päss"}, "owner"),
        (None, {"user": "ann", "pass": "a:b"}, "Ann"),
        (None, {}, None),
        (None, {"user": "owner"}, None),
        (None, {"user": "owner", "pass": "x"}, None),
        (None, {"pass": "päss"}, None),
        *(
            (header, {}, None)
            for header in (
                "",
                "Bearer abc",
                *("Basic", "Basic !!!", "Basic a", "Basic ////"),
                *("Basic YWJj", "Basic eDp5"),
            )
        ),
    ],
)
async def test_a_login_is_a_header_or_in_the_query(
    model: Model, header: str | None, query: dict[str, str], name: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    params = {"request": "getsessionconfig"} | query
    async with asking(model) as asker:
        reply = await asker.send("GET", "/JSON", params=params, headers=headers)
    assert reply.status == (200 if name else 401)
    assert name is None or reply.json["username"] == name


async def test_how_a_system_refuses_and_lets_in_may_be_set(model: Model) -> None:
    async with asking(model, "owner", "wrong") as asker:
        system = asker.system
        system.change(refused="no_devices")
        reply = await asker.ask("getstatus")
        assert (reply.status, set(reply.json)) == (200, {"Response"})
        system.change(same_subnet=True)
        assert len(await asker.devices()) > 100
        setting = await asker.ask("getsetting", setting="gNoPW192")
        assert setting.json == {"Value": "True"}
        system.change(same_subnet=False, refused="401")
        system.change_password(("owner", "wrong"))
        assert (await asker.ask("getsessionconfig")).json["username"] == "owner"
        system.change_password(None)
        assert "hsVersion" in (await asker.ask("getsessionconfig", user="x")).json
        system.change(json_enabled=False)
        for request in ("getstatus", "getsessionconfig", "controldevicebyvalue"):
            assert set((await asker.ask(request)).json) == {"Response"}


async def test_guests_only_look(model: Model) -> None:
    async with asking(model, "guest", "guest") as asker:
        rights = (await asker.ask("getsessionconfig")).json["userPermissions"]
        assert (rights["user_permissions"], rights["eventAccess"]) == (5, False)
        ref = model.find("House Mode").ref
        assert (await asker.device(ref))["status"] == "Home"
        assert "Error" in str(await asker.control(ref, 1))
        assert "Error" in (await asker.ask("runevent", id=model.events[0].id)).text
        assert "Error" in (await asker.ask("setdevicestatus", ref=ref, value=1)).text
        assert not asker.system.commands
        assert not model.fired


@pytest.mark.parametrize(
    ("users", "sees"), [("owner", False), ("Any", True), ("bob, Ann", True)]
)
async def test_devices_of_some_users(model: Model, users: str, sees: bool) -> None:
    safe = model.find("House Mode")
    safe.users = users
    async with asking(model, "ann", "a:b") as asker:
        assert bool(await asker.devices(ref=safe.ref)) is sees
        refs = {each["ref"] for each in await asker.devices()}
        assert (safe.ref in refs) is sees
        assert ("Devices" in await asker.control(safe.ref, 1)) is sees
        assert (await asker.ask("getdeviceinfo")).json["Count"] == len(refs)
