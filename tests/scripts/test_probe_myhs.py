"""The probe, against simulated systems behind the simulated cloud."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system
from simulator.recording import load_homeseer

from .common import run_probe
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


async def test_systems_in_the_cloud(
    cloud: MyHS, token_file: Path, password_file: Path, tmp_path: Path
) -> None:
    wrong, file = tmp_path / "password", tmp_path / "house.json"
    wrong.write_text("another-secret", encoding="utf-8")
    user = ("--username", USER, "--password-file")
    login, token = (*user, password_file), ("--token-file", token_file)
    both_names = "Home (12345), Lake house (67890)"
    for options, code, out, err in (
        (
            (*login, "--system", "lake HOUSE"),
            *(0, "HomeSeer HS4 (Lake house), version ", "seems to be on your network"),
        ),
        (login, 2, "", both_names),
        ((*login, "--system", "Elsewhere"), 2, "", both_names),
        ((*user, wrong), 1, "", "probe: The hub refuses the login."),
        ((*token, "--system", "Home", "--record", file), 0, "HomeSeer HS4", "Recorded"),
    ):
        asked = ("myhs", "--myhs-url", cloud.url(), *options)
        ended = await run_probe(*asked, trusted=cloud.ca_file)
        assert ended.code == code
        assert ended.out.startswith(out)
        assert bool(ended.out) is bool(out)
        assert err in ended.err
        for secret in (PASSWORD, TOKEN, "another-secret"):
            assert secret not in ended.out + ended.err
        if "lake HOUSE" in options:
            asked_of = {request.query.get("licenseid") for request in cloud.requests}
            assert asked_of == {None, "67890"}
    assert TOKEN not in file.read_text(encoding="utf-8")
    assert load_homeseer(file).bodies["getstatus"]["Devices"]


async def test_a_cloud_that_has_no_system_or_is_another_one(
    cloud: MyHS, token_file: Path
) -> None:
    asked = ("myhs", "--myhs-url", cloud.url(), "--token-file", token_file)
    ended = await run_probe(*asked)
    assert (ended.code, ended.out) == (1, "")
    assert "encrypted connection" in ended.err
    assert cloud.requests == []
    cloud.offline |= set(cloud.systems)
    ended = await run_probe(*asked, trusted=cloud.ca_file)
    assert (ended.code, ended.out) == (1, "")
    assert "None of your systems is connected" in ended.err
