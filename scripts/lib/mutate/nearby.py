"""Which tests run a line, as one run of all tests with coverage has noted it."""

from collections.abc import Sequence
from dataclasses import replace
import os
import subprocess

from coverage import CoverageData

from .breakage import ROOT
from .operators import Change

# Beside the results of the usual runs, and as little a part of the project.
NOTED = ROOT / ".coverage.nearby"
# What no few tests notice, all will hardly; a line of the base entity is run by most.
MOST = 40


def note() -> None:
    """Run all tests, and note which lines each of them runs."""
    NOTED.unlink(missing_ok=True)
    command = [str(ROOT / ".venv/bin/python"), "-m", "pytest", "-q", "-n", "2"]
    command += ["--cov", "--cov-context=test", "--cov-report="]
    # A test that fails now would seem to notice everything.
    subprocess.run(
        [*command, "tests/crestron_homeseer"],
        cwd=ROOT,
        # Python's own way to watch lines does not know which test runs.
        env={**os.environ, "COVERAGE_FILE": str(NOTED), "COVERAGE_CORE": "ctrace"},
        check=True,
    )


def with_tests(changes: Sequence[Change]) -> list[Change]:
    """Return changes with the tests that run their lines."""
    data = CoverageData(str(NOTED))
    data.read()
    return [replace(each, tests=_tests_of(data, each)) for each in changes]


def _tests_of(data: CoverageData, change: Change) -> tuple[str, ...]:
    contexts = data.contexts_by_lineno(str(ROOT / change.path))
    lines = range(change.line, change.line + change.before.count("\n") + 1)
    tests = sorted(
        {
            context.partition("|")[0]
            for line in lines
            for context in contexts.get(line, ())
            if context
        }
    )
    # From all over, for tests that stand together look at the same things.
    return tuple(tests[:: -(-len(tests) // MOST) or 1])
