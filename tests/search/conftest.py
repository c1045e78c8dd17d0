"""One client process for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.client import Client, started_client


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """The client in web/src/."""
    with started_client() as running:
        yield running
