"""The probe, against a simulated processor."""

import io
import json
from pathlib import Path
import signal

import pytest

from custom_components.crestron_homeseer.house.hub import HubConnectionError, Reason
from scripts.lib.probe.errors import WORDS, UsageError, words
from scripts.lib.probe.secret import read_token
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import Light
from simulator.recording import load
from simulator.samples import default_house

from .common import run_probe, started_probe
from .conftest import TOKEN

TOKEN_HEADER = "Crestron-RestAPI-AuthToken"


def address(processor: CrestronProcessor) -> str:
    return f"{processor.host}:{processor.port}"


async def test_the_house_as_a_table(
    processor: CrestronProcessor, token_file: Path
) -> None:
    ended = await run_probe("crestron", address(processor), "--token-file", token_file)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("Crestron MC4-R at https://127.0.0.1:")
    kitchen = lines[lines.index("Kitchen") + 1 :]
    assert kitchen[0].split() == ["Cover", "Kitchen", "Shade", "open", "shade-1071"]
    assert "No room" in lines
    assert TOKEN not in ended.out


async def test_nothing_is_commanded_and_the_session_is_ended(
    processor: CrestronProcessor, token_file: Path
) -> None:
    await run_probe("crestron", address(processor), "--token-file", token_file)
    assert processor.commands == []
    assert {request.method for request in processor.requests} == {"GET"}
    assert processor.requests[-1].path == "/cws/api/logout"


async def test_the_token_on_standard_input(processor: CrestronProcessor) -> None:
    ended = await run_probe(
        "crestron", address(processor), "--token-file", "-", "--json", typed=TOKEN
    )
    assert (ended.code, ended.err) == (0, "")
    house = json.loads(ended.out)
    shade = next(each for each in house["devices"] if each["id"] == "shade-1071")
    assert shade["type"] == "Cover"
    assert shade["room"] == "Kitchen"
    assert shade["position"] == 1.0
    assert house["complete"]


async def test_a_bad_token(processor: CrestronProcessor, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("another-secret", encoding="utf-8")
    ended = await run_probe("crestron", address(processor), "--token-file", file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("probe: The hub refuses the token.")
    assert "another-secret" not in ended.err


async def test_a_host_that_refuses(
    processor: CrestronProcessor, token_file: Path
) -> None:
    where = address(processor)
    await processor.stop()
    ended = await run_probe("crestron", where, "--token-file", token_file)
    assert (ended.code, ended.out) == (1, "")
    assert "does not accept connections" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("crestron", "not a host/..", "--token-file", "-"),
        ("crestron", "127.0.0.1", TOKEN),
        ("crestron", "127.0.0.1", "--token-file", TOKEN),
        ("crestron", "127.0.0.1"),
    ],
)
async def test_what_cannot_be_asked_for(
    arguments: tuple[str, ...], socket_enabled: None
) -> None:
    ended = await run_probe(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "probe: " in ended.err
    assert TOKEN not in ended.err


@pytest.mark.parametrize("typed", ["", "  \n", "two words", "two\nlines", "ünicode"])
def test_what_is_no_token(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(UsageError, match="token"):
        read_token("-")


def test_a_token_is_asked_for_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"{TOKEN}\n")
    assert read_token(None) == read_token("-") == TOKEN


async def test_plain_http_is_not_trusted_with_the_token(
    socket_enabled: None, token_file: Path
) -> None:
    house = default_house(ManualClock())
    async with CrestronProcessor(house, token=TOKEN) as processor:
        asked = ("crestron", address(processor), "--token-file", token_file)
        ended = await run_probe(*asked)
        assert (ended.code, ended.out) == (1, "")
        assert "--plain-http" in ended.err
        assert processor.requests
        assert not any(TOKEN_HEADER in each.headers for each in processor.requests)

        ended = await run_probe(*asked, "--plain-http")
        assert (ended.code, ended.err) == (0, "")


async def test_a_recording_is_served_as_the_same_house(
    processor: CrestronProcessor, token_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "house.json"
    options = ("--token-file", token_file, "--json")
    first = await run_probe("crestron", address(processor), *options, "--record", file)
    assert first.code == 0
    text = file.read_text(encoding="utf-8")
    assert TOKEN not in text
    assert "authkey" not in text.lower()

    async with CrestronProcessor.of_recording(
        load(file), clock=ManualClock(), token=TOKEN, https=True
    ) as served:
        second = await run_probe("crestron", address(served), *options)
    for part in ("rooms", "devices", "complete"):
        assert json.loads(second.out)[part] == json.loads(first.out)[part]


async def test_a_recording_leaves_out_what_the_processor_has_not(
    processor: CrestronProcessor, token_file: Path, tmp_path: Path
) -> None:
    processor.change(quick_actions=False)
    file = tmp_path / "house.json"
    ended = await run_probe(
        "crestron", address(processor), "--token-file", token_file, "--record", file
    )
    assert ended.code == 0
    assert "quickactions is not in the recording" in ended.err
    assert "quickactions" not in load(file).bodies


async def test_a_recording_that_cannot_be_written(
    processor: CrestronProcessor, token_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "no such folder" / "house.json"
    ended = await run_probe(
        "crestron", address(processor), "--token-file", token_file, "--record", file
    )
    assert ended.code == 2
    assert "cannot be written" in ended.err


async def test_changes_are_told_until_someone_interrupts(
    processor: CrestronProcessor, token_file: Path
) -> None:
    where = address(processor)
    async with started_probe(
        "crestron", where, "--token-file", token_file, "--json", "--watch"
    ) as process:
        assert process.stdout is not None
        house = json.loads(await process.stdout.readline())
        assert house["devices"]
        processor.house.find("Desk Lamp", Light).jump("level", 1.0)
        assert isinstance(processor.clock, ManualClock)
        processor.clock.advance(5.0)
        change = json.loads(await process.stdout.readline())
        while change["name"] != "Desk Lamp":
            change = json.loads(await process.stdout.readline())
        assert change["event"] == "changed"
        assert change["level"] == 1.0
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert processor.requests[-1].path == "/cws/api/logout"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert words(HubConnectionError(reason)) == WORDS[reason]
    assert WORDS[reason].endswith(".")
