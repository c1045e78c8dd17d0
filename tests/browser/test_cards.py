"""Preview cards, in a real browser, from disk and from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.test_site import page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_hovering_over_a_name_tells_who_it_is_until_escape(visit: Visit, site: Path) -> None:
    page = visit.open(page_of(site, "articles/2024", "2024-02-15"))
    link = page.locator('.bf-body a[href*="people/kim-yo-jong"]').first
    link.hover()
    card = page.locator("#bf-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Kim Yo-jong")
    expect(card).to_contain_text("Person")
    expect(card).to_contain_text("in 1 article")
    assert link.get_attribute("aria-describedby") == "bf-card"
    # Reading the card is no reason for it to go.
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None


def test_the_keyboard_reaches_a_card(visit: Visit, site: Path) -> None:
    page = visit.open(page_of(site, "people", "kim-yo-jong"))
    page.locator('article a[href*="#p"]').first.evaluate("link => link.previousElementSibling.scrollIntoView()")
    link = page.locator("article .bf-where").first
    for _ in range(200):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    card = page.locator("#bf-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Article")
    expect(card).to_contain_text("15 February 2024")


def test_a_card_stays_within_the_window(visit: Visit, site: Path) -> None:
    page = visit.open(page_of(site, "articles/2024", "2024-02-15"))
    page.set_viewport_size({"width": 700, "height": 500})
    card = page.locator("#bf-card")
    for at in range(6):
        link = page.locator(".bf-body .bf-m").nth(at)
        link.hover()
        expect(card).to_be_visible()
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 700
        page.keyboard.press("Escape")


def test_dots_of_a_picture_have_cards_too(visit: Visit) -> None:
    page = visit.open("map.html")
    page.locator('.bf-map a[href*="havana"] circle').first.hover()
    expect(page.locator("#bf-card")).to_contain_text("Havana")


def test_a_finger_follows_the_link_and_meets_no_card(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((site / page_of(site, "articles/2024", "2024-02-15")).as_uri())
    page.locator('.bf-body a[href*="people/kim-yo-jong"]').first.tap()
    page.wait_for_url("**/people/kim-yo-jong.html")
    assert page.locator("#bf-card").count() == 0
    context.close()


def test_the_seed_beside_the_text_needs_no_script(browser: Browser, site: Path) -> None:
    for width, apart in ((1280, True), (390, False)):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page = context.new_page()
        page.goto((site / page_of(site, "articles/2024", "2024-02-15")).as_uri())
        page.locator(".bf-beside summary").click()
        raw, text = page.locator(".bf-beside__raw").nth(1), page.locator(".bf-beside__clean").nth(1)
        left, right = raw.bounding_box(), text.bounding_box()
        assert left is not None
        assert right is not None
        assert (right["x"] > left["x"] + left["width"] - 1) is apart
        assert right["x"] + right["width"] <= width
        assert page.locator(".bf-beside del").first.is_visible()
        context.close()
