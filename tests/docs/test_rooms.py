"""The drawing of the rooms is as the imports are."""

import re

import pytest

from scripts.lib import rooms

from .pages import INTEGRATION, page


def test_the_drawing_is_up_to_date() -> None:
    text = page("developers").text
    assert rooms.drawn(text) == text, "run scripts/rooms"


def test_each_module_is_in_it_and_no_arrow_leads_up() -> None:
    drawing = rooms.drawing()
    labels = "\n".join(re.findall(r'\["(.*)"\]', drawing))
    modules = {path.stem for path in INTEGRATION.glob("*.py")} - {"const"}
    assert modules <= set(re.findall(r"\w+", labels))
    arrows = re.findall(r"(\w+?)(\d) --> (\w+?)(\d)", drawing)
    assert ("hubs", "2", "crestron", "4") in arrows
    assert all(start <= end for _, start, _, end in arrows)
    assert {start for start, _, _, _ in arrows}.isdisjoint({"house"})
    # What a longer way shows is left out.
    assert ("entity", "2", "house", "7") not in arrows


def test_an_old_drawing_is_noticed() -> None:
    text = page("developers").text
    assert rooms.drawn(text.replace("hubs2 --> crestron4", "")) == text
    with pytest.raises(ValueError, match="no place"):
        rooms.drawn("# A page without it")
