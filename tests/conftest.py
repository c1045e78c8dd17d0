"""Options and fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A machine that others use as well takes now and then a second for what takes milliseconds; time has tests of its own.
settings.register_profile("briefing", deadline=None)
settings.load_profile("briefing")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the golden tests expect, for a person to read the difference."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of the golden corpora")


def pytest_configure() -> None:
    """Let Ctrl-C reach what tests start: a shell that runs the tests in the background has it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this checkout."""
    return Path(__file__).parent.parent


def chromium() -> str:
    """The Chromium of this machine. Where CI is set its absence is a failure, elsewhere a reason to skip."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    reason = "no Chromium on PATH; on Debian: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: two Playwrights in a process get in each other's way."""
    path = chromium()
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, whom containers run tests as.
        sandbox = [] if hasattr(os, "getuid") and os.getuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield browser
        browser.close()
