"""Words of the house, however a hub writes them."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.kinds import TolerantEnum

ENUMS = TolerantEnum.__subclasses__()
MEMBERS = [member for enum in ENUMS for member in enum]


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("write", [str.upper, str.title, "  {} ".format])
def test_words_are_read_in_any_case(
    member: TolerantEnum, write: Callable[[str], str]
) -> None:
    assert type(member)(write(member.value)) is member


@pytest.mark.parametrize("enum", ENUMS)
@pytest.mark.parametrize("word", ["", "Wibble", "None", None, 7, 0.5, True, ["locked"]])
def test_any_other_word_is_unknown(enum: type[TolerantEnum], word: Any) -> None:
    assert enum(word) is enum("unknown")
