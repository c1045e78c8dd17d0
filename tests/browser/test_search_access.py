"""Search by the rules of WCAG that a program can check (axe): the box open, the page; by day, by night, on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATIENCE = 10_000
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, rule by rule with the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("query", ["cuba", "“quixotic and”", "zzzzzz", "harbuor"])
def test_axe_finds_no_fault_with_the_box_open(
    browser: Browser, site: Path, scheme: str, size: ViewportSize, query: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport=size, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator("#bf-box [role=listbox]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#bf-box [role=status]")).not_to_be_empty(timeout=PATIENCE)
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("state", ["", "q=cuba&type=quote", "q=sandport", "q=zzzzzz", "q=before%3Ax"])
def test_axe_finds_no_fault_with_the_page(
    browser: Browser, site: Path, scheme: str, size: ViewportSize, state: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport=size, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site.as_uri()}/search.html#{state}")
    expect(page.locator(".bf-find__status")).not_to_be_empty(timeout=PATIENCE)
    expect(page.locator("#bf-find")).not_to_have_attribute("aria-busy", "true", timeout=PATIENCE)
    assert faults(page) == []
    context.close()
