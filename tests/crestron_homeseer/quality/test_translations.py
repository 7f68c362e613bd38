"""Each language says all that English says, with the same blanks to fill in."""

from collections.abc import Callable
import json
import re
from string import Formatter
from typing import Any

from homeassistant.generated.languages import LANGUAGES as LANGUAGES_OF_HOME_ASSISTANT
import pytest

from .code import INTEGRATION
from .test_texts import leaves

FOLDER = INTEGRATION / "translations"
REQUIRED = {"de", "en", "es", "fr", "it", "nl", "pt-BR", "sv"}
LANGUAGES = sorted({path.stem for path in FOLDER.glob("*.json")} | REQUIRED)
OTHERS = [language for language in LANGUAGES if language != "en"]
# Words that a language shares with English.
ALIKE = {
    *("Code", "Hubs", "Label", "Password", "Plug-ins", "Position", "System", "Text"),
    *("Token", "Version", "Volumes"),
}
# What a screen that speaks English shows, and what has to be typed as it stands.
VERBATIM = (
    *("`[^`]+`", "Crestron Home Setup", "Crestron Home", "HomeSeer", "MyHS"),
    *("Home Assistant", "HS[34]", "Installer Settings", "System Control Options"),
    *("Web API Settings", "Update Token", "Remote Control Settings"),
    *("Enable Control Using JSON", "Enable Control Using ASCII Commands"),
    *(r"Setup, Network\b", r"Network, Users\b", r"Setup, Custom\b"),
    r"\d+(?:\.\d+)*(?::\d+)?",
)


def texts(language: str) -> dict[str, str]:
    """Return the texts of a language by where they stand."""
    path = FOLDER / f"{language}.json"
    return dict(leaves(json.loads(path.read_text("utf-8"))))


def blanks(text: str) -> set[str]:
    """Return the names of what is filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def verbatim(text: str) -> set[str]:
    """Return what stays as it is in every language; menus part by comma or arrow."""
    plain = text.replace(" > ", ", ").replace(" → ", ", ")
    return {found for what in VERBATIM for found in re.findall(what, plain)}


def paragraphs(text: str) -> int:
    """Return how many lines a text has."""
    return text.count("\n")


ENGLISH = texts("en")


def test_home_assistant_knows_each_language() -> None:
    assert set(LANGUAGES) <= LANGUAGES_OF_HOME_ASSISTANT


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_written_alike(language: str) -> None:
    raw = (FOLDER / f"{language}.json").read_text("utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=2) + "\n"
    for place, text in texts(language).items():
        assert text, place
        assert all(line == line.strip() for line in text.split("\n")), place


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_and_nothing_is_left_over(language: str) -> None:
    assert texts(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("what", [blanks, paragraphs, verbatim])
@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_found_or_typed_is_the_same(
    language: str, what: Callable[[str], Any]
) -> None:
    translated = texts(language)
    differing = [
        place
        for place, text in ENGLISH.items()
        if what(translated.get(place, text)) != what(text)
    ]
    assert differing == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    left = {
        text
        for place, text in texts(language).items()
        if text == ENGLISH.get(place) and re.sub(r"\{\w+\}", "", text)
    }
    assert left <= ALIKE
