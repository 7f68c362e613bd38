"""Sentences in, houses changed: Home Assistant's own Assist over both houses."""

from typing import cast

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.intent import IntentResponseType
import pytest

from simulator.clock import ManualClock

from .english import ENGLISH
from .facts import Houses, Line
from .german import GERMAN
from .table import PAGE, render

CHAPTERS = [
    pytest.param(language, lines, id=f"{language} {title}")
    for language, chapters in (("en", ENGLISH), ("de", GERMAN))
    for title, lines in chapters.items()
]
# Longer than the slowest shade travels.
DONE = 40.0


@pytest.mark.parametrize(("language", "lines"), CHAPTERS)
async def test_what_is_said_is_done(
    hass: HomeAssistant,
    both: Houses,
    clock: ManualClock,
    language: str,
    lines: tuple[Line, ...],
) -> None:
    wrong = []
    # Questions first: they are about what Home Assistant found.
    for line in sorted(lines, key=lambda line: not line.asks):
        if not line.asks:
            both.arrange(line)
        result = await conversation.async_converse(
            hass, line.text, None, Context(), language=language
        )
        response = result.response
        speech = response.speech["plain"]["speech"]
        wanted = IntentResponseType.ACTION_DONE
        if line.asks:
            wanted = IntentResponseType.QUERY_ANSWER
        if response.response_type is not wanted or line.says not in (None, speech):
            wrong.append(f"{line.text}: {response.response_type} {speech!r}")
        # Assist does not wait for long until something is done.
        await hass.async_block_till_done()
        if not line.asks:
            clock.advance(DONE)
        wrong += [f"{line.text}: {no}" for no in map(both.confirm, line.facts) if no]
    assert wrong == []


def test_the_page_says_what_is_tested() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()
    assert sum(len(cast("list[object]", each.values[1])) for each in CHAPTERS) >= 40
