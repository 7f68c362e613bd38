"""Reads the pages of the documentation: their headings, links and examples."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
import json
from pathlib import Path
import re
from typing import Any

ROOT = Path(__file__).parent.parent.parent
INTEGRATION = ROOT / "custom_components" / "crestron_homeseer"

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_CELL = re.compile(r"^\| \*\*(.+?)\*\* \|", re.MULTILINE)
_FIELD = re.compile(r"^\| `(.+?)` \|", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """A link, or (`picture`) what is shown in its place."""

    page: Page
    target: str
    picture: bool


@dataclass(frozen=True)
class Section:
    """What is below one heading, down to the next one of any level."""

    title: str
    text: str

    @property
    def labels(self) -> set[str]:
        """The bold words in the first columns of its tables."""
        return set(_CELL.findall(self.text))

    @property
    def fields(self) -> set[str]:
        """The words in the first columns of its tables that are code."""
        return set(_FIELD.findall(self.text))


@dataclass(frozen=True)
class Page:
    """One page."""

    path: Path

    @cached_property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """All but the examples."""
        return _FENCE.sub("", self.text)

    def examples(self, *languages: str) -> Iterator[str]:
        """Yield what is fenced and marked as one of some languages."""
        for _, language, body in _FENCE.findall(self.text):
            if language in languages:
                yield body

    @cached_property
    def code(self) -> list[str]:
        """What is marked as code within the prose."""
        return _CODE.findall(self.prose)

    @cached_property
    def sections(self) -> list[Section]:
        """The parts, by their headings."""
        found = list(_HEADING.finditer(self.prose))
        ends = [match.start() for match in found[1:]] + [len(self.prose)]
        return [
            Section(match[2].strip(), self.prose[match.end() : end])
            for match, end in zip(found, ends, strict=True)
        ]

    @cached_property
    def anchors(self) -> set[str]:
        """The names of the headings as GitHub makes them."""
        times: Counter[str] = Counter()
        names = set()
        for section in self.sections:
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", section.title).lower()
            name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
            names.add(f"{name}-{times[name]}" if times[name] else name)
            times[name] += 1
        return names

    @cached_property
    def links(self) -> list[Link]:
        """All links and pictures."""
        prose = _CODE.sub("", self.prose)
        return [
            Link(self, target, picture=bool(mark))
            for mark, target in _LINK.findall(prose)
        ]


def pages() -> list[Page]:
    """Return all pages."""
    names = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]
    return [Page(path) for path in (*names, *sorted((ROOT / "docs").glob("*.md")))]


def page(name: str) -> Page:
    """Return one page of the folder by its name."""
    return Page(ROOT / "docs" / f"{name}.md")


def words() -> dict[str, Any]:
    """Return what the user interface says in English."""
    path = INTEGRATION / "translations" / "en.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def texts(part: object) -> Iterator[str]:
    """Yield all texts in a part of what the user interface says."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
