"""What holds for every test: where fixtures live, and what a skip means."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.clock",
    "tests.fixtures.live",
    "tests.fixtures.postgresql",
    "tests.fixtures.engines",
    "tests.fixtures.site",
]

# What is drawn is the same in each run: a run is red by what was changed, and never by
# luck. Nothing is too slow for a busy machine.
settings.register_profile(
    "tests",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")

ROOT = Path(__file__).resolve().parent.parent

# Set where a run vouches for the whole project: what cannot be run has not passed.
REQUIRE_ALL = os.environ.get("AFTERCARE_REQUIRE_ALL") == "1"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder that holds the whole project."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Count a skipped test as failed where everything is required."""
    report = yield
    # A test that is known to fail reports itself as skipped, and says so here.
    if not hasattr(report, "wasxfail"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Count a file that skips itself as failed where everything is required."""
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that gives the skip's reason."""
    if REQUIRE_ALL and report.skipped:
        reason = report.longrepr
        if isinstance(reason, tuple):
            reason = reason[-1]
        report.outcome = "failed"
        report.longrepr = f"Everything is required here, and this did not run. {reason}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the checks of the project as a whole by name, and what tests measured.

    However they were run: in one process or in several.
    """
    checks = sorted(
        (str(report.nodeid).removeprefix("tests/architecture/"), outcome)
        for outcome in ("passed", "failed", "skipped")
        for report in terminalreporter.getreports(outcome)
        if report.nodeid.startswith("tests/architecture/")
    )
    if checks:
        terminalreporter.section("architecture, types and style")
    for name, outcome in checks:
        terminalreporter.write_line(f"{outcome} {name}")
    figures = [
        str(line)
        for report in terminalreporter.getreports("passed")
        + terminalreporter.getreports("failed")
        for name, line in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
    for line in figures:
        terminalreporter.write_line(line)
