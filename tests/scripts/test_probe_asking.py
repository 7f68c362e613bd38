"""What can be asked of the probe, where secrets come from, and what its errors say."""

import io
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.hub import HubConnectionError, Reason
from scripts.lib.probe.cli import main
from scripts.lib.probe.errors import WORDS, UsageError, words
from scripts.lib.probe.secret import read_password, read_token

from .conftest import PASSWORD, TOKEN, USER


@pytest.mark.parametrize(
    "arguments",
    [
        ("crestron", "not a host/..", "--token-file", "-"),
        ("crestron", "127.0.0.1", TOKEN),
        ("crestron", "127.0.0.1", "--token-file", TOKEN),
        ("crestron", "127.0.0.1"),
        ("homeseer", "not a host/..", "--username", USER, "--password-file", "-"),
        ("homeseer", "127.0.0.1", PASSWORD),
        ("homeseer", "127.0.0.1", "--password", PASSWORD),
        ("homeseer", "127.0.0.1", "--password-file", "-"),
        ("homeseer", "127.0.0.1", "--username", USER),
        ("homeseer", "127.0.0.1", "--username", USER, "--password-file", PASSWORD),
        ("homeseer", "127.0.0.1", "--ascii-port", "70000"),
        ("homeseer", "127.0.0.1", "--ascii-port", PASSWORD),
        ("myhs",),
        ("myhs", "--password-file", "-"),
        ("myhs", "--username", USER, "--token-file", "-"),
        ("myhs", "--username", USER),
    ],
)
def test_what_cannot_be_asked_for(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    socket_enabled: None,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    try:
        code = main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert ": " in said.err
    assert TOKEN not in said.err
    assert PASSWORD not in said.err


@pytest.mark.parametrize(
    ("read", "typed", "is_"),
    [
        (read_token, f" {TOKEN}\n", TOKEN),
        *(
            (read_token, typed, None)
            for typed in ("", "  \n", "two words", "two\nlines", "ünicode")
        ),
        (read_password, f"{PASSWORD}\r\n", PASSWORD),
        (read_password, " blanks ", " blanks "),
        *((read_password, typed, None) for typed in ("", "\n", "two\nlines", "a\x00b")),
    ],
)
def test_what_is_a_secret(
    monkeypatch: pytest.MonkeyPatch, read: Any, typed: str, is_: str | None
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    if is_ is None:
        with pytest.raises(UsageError, match=r"token|password"):
            read("-")
    else:
        assert read("-") == is_


def test_a_token_is_asked_for_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"{TOKEN}\n")
    assert read_token(None) == read_token("-") == TOKEN


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert words(HubConnectionError(reason)) == WORDS[reason]
    assert WORDS[reason].endswith(".")
