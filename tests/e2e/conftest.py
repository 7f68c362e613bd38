"""A browser, and a Home Assistant that it is logged in to."""

from collections.abc import AsyncIterator, Generator
from pathlib import Path
import shutil

from playwright.async_api import BrowserContext, Page, expect
import pytest

from scripts.lib.demo.browser import SIZE, log_in, open_browser
from scripts.lib.demo.complaints import complaints

from .ui import Ui
from .world import COTTAGE, VILLA, World, open_world

# What is left of a test that failed: what was seen, and how it came to it.
FAILED = Path(__file__).parents[2] / ".e2e"
PATIENCE_MS = 15_000

_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", type=Path, metavar="DIR", help="save pictures for documentation"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    async with open_world() as world:
        yield world


@pytest.fixture(scope="session")
async def context(world: World) -> AsyncIterator[BrowserContext]:
    shutil.rmtree(FAILED, ignore_errors=True)
    expect.set_options(timeout=PATIENCE_MS)
    async with open_browser() as browser:
        context = await browser.new_context(viewport=SIZE, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        await context.tracing.start(screenshots=True)
        yield context


@pytest.fixture(scope="session")
async def page(context: BrowserContext, world: World) -> Page:
    page = await context.new_page()
    await log_in(page, world.server.url)
    return page


@pytest.fixture
async def ui(
    page: Page, context: BrowserContext, world: World, request: pytest.FixtureRequest
) -> AsyncIterator[Ui]:
    """The user interface; what a failed test leaves behind is kept."""
    await context.tracing.start_chunk()
    yield Ui(page, world.server.url, request.config.getoption("--pictures"))
    trace = None
    if request.node.stash.get(_failed, False):
        FAILED.mkdir(exist_ok=True)
        trace = FAILED / f"{request.node.name}.zip"
        await page.screenshot(path=trace.with_suffix(".png"))
        shutil.copy(world.server.log, trace.with_suffix(".log"))
        said = f"{trace.with_suffix('.png')}\nplaywright show-trace {trace}"
        request.node.add_report_section("call", "see", said)
    await context.tracing.stop_chunk(path=trace)


@pytest.fixture(autouse=True)
async def quiet(world: World, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Nothing is logged against the integration that a test does not expect."""
    before = len(_log(world))
    yield
    expected = [mark.args[0] for mark in request.node.iter_markers("complains")]
    assert not [
        text
        for text in complaints(_log(world)[before:])
        if not any(part in text for part in expected)
    ]


def _log(world: World) -> str:
    return world.server.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture
async def villa(world: World) -> None:
    """The processor's house is added."""
    await world.add(VILLA)


@pytest.fixture
async def cottage(world: World) -> None:
    """The HomeSeer system is added."""
    await world.add(COTTAGE)
