"""Each language says all that English says, with the same blanks to fill in."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

from homeassistant.generated.languages import LANGUAGES as LANGUAGES_OF_HOME_ASSISTANT
import pytest

from .code import INTEGRATION

FOLDER = INTEGRATION / "translations"
REQUIRED = {"de", "en", "es", "fr", "it", "nl", "pt-BR", "sv"}
LANGUAGES = sorted({path.stem for path in FOLDER.glob("*.json")} | REQUIRED)
OTHERS = [language for language in LANGUAGES if language != "en"]
# Words that a language shares with English.
ALIKE = {
    "Code",
    "Hubs",
    "Label",
    "Password",
    "Plug-ins",
    "Position",
    "System",
    "Text",
    "Token",
    "Version",
}
# What a screen that speaks English shows, and what has to be typed as it stands.
VERBATIM = (
    "`[^`]+`",
    "Crestron Home Setup",
    "Crestron Home",
    "HomeSeer",
    "MyHS",
    "Home Assistant",
    "HS[34]",
    "Installer Settings",
    "System Control Options",
    "Web API Settings",
    "Update Token",
    "Remote Control Settings",
    "Enable Control Using JSON",
    "Enable Control Using ASCII Commands",
    r"Setup, Network\b",
    r"Network, Users\b",
    r"Setup, Custom\b",
    r"\d+(?:\.\d+)*(?::\d+)?",
)


def path_of(language: str) -> Path:
    """Return where the texts of a language are kept."""
    return FOLDER / f"{language}.json"


def texts(language: str) -> dict[str, str]:
    """Return the texts of a language by where they stand."""
    return dict(_leaves(json.loads(path_of(language).read_text("utf-8"))))


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}/{key}")
    else:
        yield path, node


def blanks(text: str) -> set[str]:
    """Return the names of what is filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def verbatim(text: str) -> set[str]:
    """Return what stays as it is in every language; menus part by comma or arrow."""
    plain = text.replace(" > ", ", ").replace(" → ", ", ")
    return {found for what in VERBATIM for found in re.findall(what, plain)}


ENGLISH = texts("en")


def differing(language: str, what: Any) -> list[str]:
    """Return where a trait of the texts is another one than in English."""
    translated = texts(language)
    return [
        place
        for place, text in ENGLISH.items()
        if what(translated.get(place, text)) != what(text)
    ]


def test_home_assistant_knows_each_language() -> None:
    assert set(LANGUAGES) <= LANGUAGES_OF_HOME_ASSISTANT


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_written_alike(language: str) -> None:
    raw = path_of(language).read_text("utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_and_nothing_is_left_over(language: str) -> None:
    assert texts(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_is_filled_in(language: str) -> None:
    assert differing(language, blanks) == []


@pytest.mark.parametrize("language", OTHERS)
def test_paragraphs_are_the_same(language: str) -> None:
    assert differing(language, lambda text: text.count("\n")) == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_to_be_found_or_typed_stays_as_it_is(language: str) -> None:
    assert differing(language, verbatim) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_spaces_around_it(language: str) -> None:
    for place, text in texts(language).items():
        assert text, place
        assert all(line == line.strip() for line in text.split("\n")), place


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    left = {
        text
        for place, text in texts(language).items()
        if text == ENGLISH.get(place) and re.sub(r"\{\w+\}", "", text)
    }
    assert left <= ALIKE
