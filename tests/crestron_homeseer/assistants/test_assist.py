"""The sentences of docs/voice.md: Home Assistant's own Assist over both houses."""

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.intent import IntentResponseType
import pytest

from simulator.clock import ManualClock

from . import household
from .facts import DONE, PAGE, Houses, Line, chapters

CHAPTERS = [
    pytest.param(language, lines, id=title) for language, title, lines in chapters()
]


@pytest.mark.parametrize(("language", "lines"), CHAPTERS)
async def test_what_is_said_is_done(
    hass: HomeAssistant,
    both: Houses,
    clock: ManualClock,
    language: str,
    lines: list[Line],
) -> None:
    wrong = []
    # Questions first: they are about what Home Assistant found.
    for text, says, facts in sorted(lines, key=lambda line: not line.says):
        if not says:
            both.arrange(facts)
        result = await conversation.async_converse(
            hass, text, None, Context(), language=language
        )
        response = result.response
        speech = response.speech["plain"]["speech"]
        kind = IntentResponseType
        wanted = kind.QUERY_ANSWER if says else kind.ACTION_DONE
        if response.response_type is not wanted or says not in ("", speech):
            wrong.append(f"{text}: {response.response_type} {speech!r}")
        # Assist does not wait for long until something is done.
        await hass.async_block_till_done()
        if not says:
            clock.advance(DONE)
        wrong += [f"{text}: {no}" for no in map(both.wrong, facts) if no]
    assert wrong == []


def test_the_page_says_what_is_tested() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("\n| ") - 2 * len(CHAPTERS) == sum(
        len(lines) for _, _, lines in chapters()
    )
    lists = (household.FLOORS, household.AREA_ALIASES, household.ALIASES)
    told = {
        *household.EXPOSED,
        *household.SHOWN_AS,
        *(name for each in lists for name in each),
        *(name for names in household.AREA_ALIASES.values() for name in names),
        *(name for names in household.ALIASES.values() for name in names),
    }
    assert {name for name in told if name not in page} == set()
