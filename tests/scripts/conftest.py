"""Systems for the scripts to look at."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, default_system
from simulator.samples import default_house

TOKEN = "a-token-that-nobody-may-see"
USER = "homeowner"
PASSWORD = "a password, that nobody may see: ü"


@pytest.fixture
async def processor(socket_enabled: None) -> AsyncGenerator[CrestronProcessor]:
    """The villa's processor, over HTTPS, where nothing moves by itself."""
    house = default_house(ManualClock())
    async with CrestronProcessor(house, token=TOKEN, https=True) as processor:
        yield processor


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    """A file with the token, written as people write files."""
    file = tmp_path / "token.txt"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    return file


@pytest.fixture
async def system(socket_enabled: None) -> AsyncGenerator[HomeSeerSystem]:
    """A HomeSeer 4 system that asks for a password, where nothing moves by itself."""
    model = default_system(ManualClock())
    async with HomeSeerSystem(model, auth=(USER, PASSWORD)) as system:
        yield system


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file with the password, written as people write files."""
    file = tmp_path / "password.txt"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file
