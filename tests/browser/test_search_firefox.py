"""The same search in Firefox, from disk and from a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.firefox import Firefox, installed_firefox, started_firefox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STATUS = "(document.querySelector('.bf-find__status')?.textContent ?? '')"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with started_firefox(installed_firefox(), tmp_path_factory.mktemp("firefox")) as window:
        yield window


def test_firefox_finds_narrows_and_goes_back(window: Firefox, address: str) -> None:
    window.visit(f"{address}/search.html#q=cuba")
    whole = window.until(f"() => {STATUS}.startsWith('Found') && document.querySelector('.bf-find__value') && {STATUS}")
    window.until(
        "() => { const last = document.querySelector('.bf-find__facet--type li:last-child a');"
        " if (last) last.click(); return Boolean(last) }"
    )
    window.until(f"() => {STATUS} !== {whole!r} && location.hash.includes('type=')")
    window.evaluate("() => history.back()")
    assert window.until(f"() => {STATUS} === {whole!r} && location.hash === '#q=cuba'")


def test_firefox_answers_in_the_box(window: Firefox, address: str) -> None:
    window.visit(f"{address}/people/index.html")
    window.evaluate(
        "() => { const box = document.querySelector('#bf-box input'); box.focus(); box.value = '김정은';"
        " box.dispatchEvent(new Event('input')) }"
    )
    first = window.until("() => document.querySelector('#bf-box [role=option]')?.href")
    assert "people/kim-jong-un" in first
