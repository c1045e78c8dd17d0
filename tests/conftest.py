"""Options and fixtures that more than one folder of tests uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A machine that others use as well takes now and then a second for what takes milliseconds; time has tests of its own.
settings.register_profile("briefing", deadline=None)
settings.load_profile("briefing")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the golden tests expect, for a person to read the difference."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of the golden corpora")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this checkout."""
    return Path(__file__).parent.parent
