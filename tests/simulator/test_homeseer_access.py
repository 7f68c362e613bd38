"""Passwords, users and rights."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from simulator.homeseer import HomeSeerSystem, Model, Rights, User

from .client import Reply
from .homeseer import Asker

GUEST = User("guest", "guest", Rights.GUEST | Rights.LOCAL)
ANN = User("Ann", "a:b", Rights.NORMAL)


@asynccontextmanager
async def asking(
    model: Model, user: str | None = None, password: str = "", **settings: Any
) -> AsyncIterator[Asker]:
    """Serve with a password, and ask with another or none."""
    headers = (
        {"Authorization": aiohttp.encode_basic_auth(user, password)} if user else None
    )
    settings = {"auth": ("owner", "päss"), "users": (GUEST, ANN)} | settings
    async with HomeSeerSystem(model, **settings) as system:
        asker = Asker(system, headers=headers)
        try:
            yield asker
        finally:
            await asker.session.close()


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """All of this goes over sockets."""


def is_told(reply: Reply) -> bool:
    return reply.status == 200 and "hsVersion" in reply.text


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
async def test_basic(model: Model, encoding: str) -> None:
    async with asking(model) as asker:
        headers = {
            "Authorization": aiohttp.encode_basic_auth("Owner", "päss", encoding)
        }
        params = {"request": "getsessionconfig"}
        reply = await asker.send("GET", "/JSON", params=params, headers=headers)
        assert reply.json["username"] == "owner"


async def test_query(model: Model) -> None:
    async with asking(model) as asker:
        right = {"USER": "owner", "Pass": "päss"}
        assert is_told(await asker.ask("getsessionconfig", **right))
        for wrong in (
            {"user": "owner"},
            {"user": "owner", "pass": "x"},
            {"pass": "päss"},
        ):
            assert (await asker.ask("getsessionconfig", **wrong)).status == 401


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer abc",
        "Basic",
        "Basic !!!",
        "Basic a",
        "Basic ////",
        "Basic YWJj",
        "Basic eDp5",
    ],
)
async def test_wrong_headers(model: Model, header: str) -> None:
    async with asking(model) as asker:
        reply = await asker.send(
            "GET",
            "/JSON",
            params={"request": "getstatus"},
            headers={"Authorization": header},
        )
        assert reply.status == 401


async def test_a_wrong_password_may_be_a_200_without_devices(model: Model) -> None:
    async with asking(model, "owner", "wrong", refused="no_devices") as asker:
        reply = await asker.ask("getstatus")
        assert reply.status == 200
        assert set(reply.json) == {"Response"}


async def test_the_same_subnet_may_need_none(model: Model) -> None:
    async with asking(model, same_subnet=True) as asker:
        assert is_told(await asker.ask("getsessionconfig"))
        assert (await asker.ask("getsetting", setting="gNoPW192")).json == {
            "Value": "True"
        }
        reply = await asker.ask("getsessionconfig", user="ann", **{"pass": "a:b"})
        assert reply.json["username"] == "Ann"


async def test_passwords_change(model: Model) -> None:
    async with asking(model, "owner", "new") as asker:
        assert (await asker.ask("getsessionconfig")).status == 401
        asker.system.change_password(("owner", "new"))
        assert is_told(await asker.ask("getsessionconfig"))
        asker.system.change_password(None)
        assert is_told(await asker.ask("getsessionconfig", user="nobody"))


async def test_guests_only_look(model: Model) -> None:
    async with asking(model, "guest", "guest") as asker:
        session = (await asker.ask("getsessionconfig")).json
        assert session["userPermissions"]["user_permissions"] == 5
        assert session["userPermissions"]["eventAccess"] is False
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
        count = (await asker.ask("getdeviceinfo")).json["Count"]
        assert count == len(refs)


async def test_json_may_be_switched_off(model: Model) -> None:
    async with asking(model, auth=None, json_enabled=False) as asker:
        for request in ("getstatus", "getsessionconfig", "controldevicebyvalue"):
            assert set((await asker.ask(request)).json) == {"Response"}
        asker.system.change(json_enabled=True)
        assert is_told(await asker.ask("getsessionconfig"))
