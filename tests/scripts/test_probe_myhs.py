"""The probe, against simulated systems behind the simulated cloud."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system
from simulator.recording import load_homeseer

from .common import Ended, run_probe
from .conftest import PASSWORD, TOKEN, USER


@pytest.fixture
async def cloud(socket_enabled: None) -> AsyncGenerator[MyHS]:
    """The cloud, with an account of two systems."""
    systems = {}
    for number, name in (("12345", "Home"), ("67890", "Lake house")):
        model = default_system(ManualClock())
        model.name = name
        systems[number] = HomeSeerSystem(model)
    account = Account(USER, PASSWORD, tuple(systems), token=TOKEN)
    async with MyHS(systems, [account], clock=ManualClock()) as cloud:
        yield cloud


async def look(cloud: MyHS, *options: str | Path) -> Ended:
    assert cloud.ca_file is not None
    return await run_probe(
        "myhs", "--myhs-url", cloud.url(), *options, trusted=cloud.ca_file
    )


async def test_a_system_by_its_name(cloud: MyHS, password_file: Path) -> None:
    login = ("--username", USER, "--password-file", password_file)
    ended = await look(cloud, *login, "--system", "lake HOUSE")
    assert ended.code == 0
    assert ended.out.startswith("HomeSeer HS4 (Lake house), version ")
    assert "Garage Door" in ended.out
    asked = [request.query.get("licenseid") for request in cloud.requests]
    assert set(asked) == {None, "67890"}
    assert "seems to be on your network" in ended.err
    assert PASSWORD not in ended.out + ended.err


async def test_several_systems_are_named(cloud: MyHS, password_file: Path) -> None:
    login = ("--username", USER, "--password-file", password_file)
    for options in ((), ("--system", "Elsewhere")):
        ended = await look(cloud, *login, *options)
        assert (ended.code, ended.out) == (2, "")
        assert "Home (12345), Lake house (67890)" in ended.err


async def test_a_token_and_a_recording(
    cloud: MyHS, token_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "house.json"
    ended = await look(cloud, "--token-file", token_file, "--record", file)
    assert ended.code == 0
    assert TOKEN not in file.read_text(encoding="utf-8") + ended.out + ended.err
    assert load_homeseer(file).bodies["getstatus"]["Devices"]


async def test_a_wrong_password(cloud: MyHS, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("another-secret", encoding="utf-8")
    ended = await look(cloud, "--username", USER, "--password-file", file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("probe: The hub refuses the login.")
    assert "another-secret" not in ended.err


async def test_no_system_is_connected(cloud: MyHS, token_file: Path) -> None:
    cloud.offline |= set(cloud.systems)
    ended = await look(cloud, "--token-file", token_file)
    assert (ended.code, ended.out) == (1, "")
    assert "None of your systems is connected" in ended.err


async def test_a_foreign_certificate_is_not_trusted(
    cloud: MyHS, token_file: Path
) -> None:
    ended = await run_probe(
        "myhs", "--myhs-url", cloud.url(), "--token-file", token_file
    )
    assert (ended.code, ended.out) == (1, "")
    assert "encrypted connection" in ended.err
    assert cloud.requests == []


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--password-file", "-"),
        ("--username", USER, "--token-file", "-"),
        ("--username", USER),
    ],
)
async def test_what_cannot_be_asked_for(
    options: tuple[str, ...], socket_enabled: None
) -> None:
    ended = await run_probe("myhs", *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("probe: ")
