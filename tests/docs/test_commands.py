"""Every command can be given as it is written."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
import importlib.util
import os
import shlex
import subprocess

import pytest

from .pages import ROOT, pages

PYTHON = ".venv/bin/python"
CLONE = "git clone https://github.com/crestron-homeseer/crestron_homeseer"
# Where the project is after that.
CLONED = "crestron_homeseer/"
# They take long to begin, tell nothing of themselves, or hand on what they are given.
NOT_ASKED = {
    "scripts/bench",
    "scripts/e2e",
    "scripts/fuzz",
    "scripts/mutate",
    "scripts/reliability",
    "scripts/stops",
    "scripts/test",
}


def commands() -> list[list[str]]:
    """Return all commands, in examples and within the prose, as words."""
    written = []
    for each in pages():
        for example in each.examples("shell", "sh", "bash"):
            lines = example.replace("\\\n", " ").splitlines()
            stripped = (line.strip().removeprefix(CLONED) for line in lines)
            written += [line for line in stripped if line not in {"", CLONE}]
        written += [code for code in each.code if code.startswith(("scripts/", PYTHON))]
    found = (shlex.split(line, comments=True) for line in written)
    return [each for each in found if each and not each[0].endswith("/")]


def asked(words: list[str]) -> tuple[str, ...]:
    """Return the part of a command of which there is a help."""
    start = 3 if words[0] == PYTHON else 1
    head = words[:start]
    for word in words[start:]:
        if not word.isalpha():
            break
        head.append(word)
    return tuple(head)


def test_examples_are_commands_of_this_project() -> None:
    for each in pages():
        for example in each.examples("shell", "sh", "bash"):
            for line in example.splitlines():
                ours = line.removeprefix(CLONED).startswith(("scripts/", PYTHON))
                assert ours or line == CLONE, line


def test_commands_exist() -> None:
    assert len(commands()) > 10
    for words in commands():
        if words[0] == PYTHON:
            assert words[1] == "-m"
            assert importlib.util.find_spec(words[2]) is not None, words
        elif not words[0].startswith("scripts/lib"):
            path = ROOT / words[0]
            assert path.is_file(), words
            assert os.access(path, os.X_OK), words


# Each is a program that has to start; a machine may be busy.
@pytest.mark.timeout(90)
def test_commands_know_their_options() -> None:
    options = defaultdict[tuple[str, ...], set[str]](set)
    for words in commands():
        if words[0] in NOT_ASKED or words[0].startswith("scripts/lib"):
            continue
        options[asked(words)] |= {word for word in words if word.startswith("--")}
    for command in [*options]:
        # Of what has a help for each kind of home, that one is asked for.
        longer = any(
            other[: len(command)] == command for other in options.keys() - {command}
        )
        if longer and not options[command]:
            del options[command]

    def ask(command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
        )

    with ThreadPoolExecutor(2) as pool:
        answers = zip(options.items(), pool.map(ask, options), strict=True)
    for (command, given), answer in answers:
        assert answer.returncode == 0, (command, answer.stderr)
        for option in given:
            assert option in answer.stdout + answer.stderr, (command, option)
