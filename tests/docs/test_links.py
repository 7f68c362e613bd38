"""Every link leads somewhere."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from .pages import INTEGRATION, ROOT, Page, page, pages

# Where links may lead; nobody asks there whether the page exists.
KNOWN_SITES = {
    "github.com",
    "hacs.xyz",
    "my.home-assistant.io",
    "www.home-assistant.io",
}


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.path.name)
def test_links_lead_somewhere(each: Page) -> None:
    for link in each.links:
        parts = urlsplit(link.target)
        if parts.scheme or parts.netloc:
            assert parts.scheme == "https", link.target
            assert parts.netloc in KNOWN_SITES, link.target
            continue
        path = each.path
        if parts.path:
            path = (each.path.parent / unquote(parts.path)).resolve()
            assert path.is_relative_to(ROOT), link.target
            assert path.exists(), link.target
        if parts.fragment:
            assert unquote(parts.fragment) in Page(path).anchors, link.target


def test_pictures_are_pictures() -> None:
    for link in (link for each in pages() for link in each.links if link.picture):
        path = link.page.path.parent / link.target
        head = path.read_bytes()[:300]
        assert head.startswith(b"\x89PNG") or b"<svg" in head, link.target


def test_pictures_are_taken_and_shown() -> None:
    """Screens are taken from the real thing, and none is taken in vain."""
    folder = ROOT.resolve() / "docs" / "pictures"
    shown = {
        (link.page.path.parent / link.target).resolve()
        for each in pages()
        for link in each.links
        if link.picture and link.target.endswith(".png")
    }
    tests = (ROOT / "tests" / "e2e").glob("*.py")
    taken = {
        folder / f"{name}.png"
        for test in tests
        for name in re.findall(r'\.picture\("(.+?)"', test.read_text(encoding="utf-8"))
    }
    assert shown == taken == set(folder.glob("*.png"))


def test_each_page_can_be_found_from_the_readme() -> None:
    found = {page_.path for page_ in pages()[:1]}
    while True:
        linked = {
            (path.parent / link.target.partition("#")[0]).resolve()
            for path in found
            for link in Page(path).links
            if link.target.partition("#")[0].endswith(".md")
        }
        if linked <= found:
            break
        found |= linked
    assert {each.path for each in pages()} == found


def test_code_that_developers_are_sent_to_is_there() -> None:
    cells = re.findall(r"\| (`[\w/]+\.py`[^|]*) \|", page("developers").prose)
    assert len(cells) > 10
    for cell in cells:
        source = ""
        for code in re.findall(r"`([^`]+)`", cell):
            if code.endswith(".py"):
                path = INTEGRATION / code
                assert path.is_file(), code
                source = path.read_text(encoding="utf-8")
            else:
                name = code.rpartition(".")[2]
                assert re.search(rf"(def|class) {name}\b", source), code


def test_folders_and_files_that_are_named_are_there() -> None:
    bases = (ROOT, INTEGRATION)
    for each in pages():
        for code in each.code:
            if re.fullmatch(r"[\w.]+/[\w/.-]*", code):
                assert any((base / code).exists() for base in bases), code


def test_the_tour_goes_through_each_module() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    left_out = {
        path.relative_to(INTEGRATION).as_posix()
        for room in ("house", "crestron", "homeseer")
        for path in (INTEGRATION / room).glob("[!_]*.py")
        if not re.search(rf"\b{path.name}\b", tour)
    }
    assert left_out == set()
    names = {path.name for path in INTEGRATION.rglob("*.py")}
    assert set(re.findall(r"\b\w+\.py\b", tour)) - names == set()
