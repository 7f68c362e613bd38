"""What all tests have in common."""

import os

from _pytest.terminal import TerminalReporter
from hypothesis import settings

# The same examples each time: a change fails for what it changed. scripts/fuzz, and
# HYPOTHESIS_PROFILE=default, look for what nobody has thought of.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many of the expectations of HomeSeer's owners hold."""
    counts = [
        count
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, count in getattr(report, "user_properties", ())
        if name == "expectations" and report.when == "call"
    ]
    if counts:
        held, all_of_them = (sum(each) for each in zip(*counts, strict=True))
        terminalreporter.write_line(f"{held} of {all_of_them} expectations hold")
