"""The same search in Firefox, from disk and from a server."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.browser.firefox import Firefox, firefox, started_firefox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STATUS = "(document.querySelector('.bf-find__status')?.textContent ?? '')"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Where CI is set, to have no Firefox is a failure; elsewhere a reason to skip."""
    program = firefox()
    if program is None:
        reason = "no Firefox on PATH; on Debian: apt-get install firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with started_firefox(program, tmp_path_factory.mktemp("profile")) as window:
        yield window


def test_firefox_finds_narrows_and_goes_back(window: Firefox, address: str) -> None:
    window.open(f"{address}/search.html#q=cuba")
    whole = window.until(
        f"return {STATUS}.startsWith('Found') && document.querySelector('.bf-find__value') && {STATUS}"
    )
    window.until(
        "const last = document.querySelector('.bf-find__facet--type li:last-child a');"
        " if (last) last.click(); return last"
    )
    window.until(f"return {STATUS} !== {whole!r} && location.hash.includes('type=')")
    window.run("history.back()")
    assert window.until(f"return {STATUS} === {whole!r} && location.hash === '#q=cuba'")


def test_firefox_answers_in_the_box(window: Firefox, address: str) -> None:
    window.open(f"{address}/people/index.html")
    window.run(
        "const box = document.querySelector('#bf-box input'); box.focus(); box.value = '김정은';"
        " box.dispatchEvent(new Event('input'))"
    )
    first = window.until("const first = document.querySelector('#bf-box [role=option]'); return first && first.href")
    assert "people/kim-jong-un" in first
