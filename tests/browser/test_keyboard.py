"""The site without a mouse, without motion, in the reader's own colours, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_site import page_types

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What a keyboard has to reach: what is shown, is no part of a closed box, and does something.
CONTROLS = """() => [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.disabled
    && !one.hidden && !(one.type === "radio" && !one.checked))
  .map((one, number) => { one.dataset.control = number; return one.outerHTML.slice(0, 90); })"""
FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return [one.dataset.control ?? "", style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    one.outerHTML.slice(0, 90)]; }"""


def reached(page: Page, most: int) -> tuple[set[int], list[str]]:
    """Numbers of the controls that Tab comes to, and those that do not show it."""
    numbers: set[int] = set()
    unseen: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        number, outlined, markup = page.evaluate(FOCUSED)
        if not number:
            continue
        if int(number) in numbers:
            break
        numbers.add(int(number))
        # A box to write into shows it by its caret and border, a hidden switch by the button that it is of.
        if not outlined and "<input" not in markup:
            unseen.append(markup)
    return numbers, unseen


@pytest.mark.parametrize("width", [1280, 390])
def test_every_control_is_reached_by_keyboard_and_shows_it(browser: Browser, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    missed: dict[str, list[str]] = {}
    blind: dict[str, list[str]] = {}
    # On a phone the header differs, and what stands below it does not.
    for path in [*page_types(site), "network.html", "data.html"][: None if width > 1000 else 2]:
        page.goto((site / path).as_uri(), wait_until="load")
        controls = page.evaluate(CONTROLS)
        numbers, unseen = reached(page, len(controls) + 20)
        left = [markup for number, markup in enumerate(controls) if number not in numbers]
        if left:
            missed[path] = left[:5]
        if unseen:
            blind[path] = unseen[:5]
    context.close()
    assert missed == {}
    assert blind == {}


def test_the_first_stop_leads_past_the_header(visit: Visit, site: Path) -> None:
    path = next(path for path in sorted(site.glob("articles/2024/*.html")) if path.name != "index.html")
    page = visit.open(path.relative_to(site).as_posix())
    page.keyboard.press("Tab")
    skip = page.locator("a.md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest('.md-content'))")


def test_the_sections_open_by_keyboard_on_a_phone(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    button = page.get_by_role("button", name="Sections")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-nav--primary a", has_text="Timeline")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    context.close()


def test_the_timeline_is_filtered_by_keyboard(visit: Visit) -> None:
    page = visit.open("timeline.html")
    select = page.get_by_label("Reported by")
    select.focus()
    page.keyboard.type("several")
    expect(select).to_have_value("several articles")
    shown = page.locator("[data-year]").locator("visible=true")
    assert 0 < shown.count() < page.locator("[data-year]").count()


def test_nothing_moves_for_who_asked_for_that(browser: Browser, site: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    slow = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
        " return [style.transitionDuration, style.animationDuration].join().split(',')"
        ".some((time) => parseFloat(time) > 0.001); }).map((one) => one.outerHTML.slice(0, 80))"
    )
    context.close()
    assert slow == []


def test_pictures_and_marks_are_seen_in_colours_of_the_readers_own(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto((site / "network.html").as_uri())
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    for selector in (".bf-node circle", ".bf-node text"):
        assert page.locator(selector).first.evaluate("one => getComputedStyle(one).fill") != ground
    page.goto((site / "index.html").as_uri())
    for selector in (".bf-bar rect", ".bf-spark rect"):
        bars = page.locator(selector)
        if bars.count():
            assert bars.first.evaluate("one => getComputedStyle(one).fill") != ground
    page.goto((site / "timeline.html").as_uri())
    dot = page.locator(".bf-track > li").first
    assert dot.evaluate("one => parseFloat(getComputedStyle(one, '::before').borderTopWidth)") > 2
    context.close()


def test_the_timeline_moves_nothing_when_its_filters_come(browser: Browser, site: Path) -> None:
    for width in (360, 412, 768, 1440):
        context = browser.new_context(viewport={"width": width, "height": 823})
        page = context.new_page()
        page.add_init_script(
            "self.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
            " self.moved += one.value; }).observe({ type: 'layout-shift', buffered: true });"
        )
        page.goto((site / "timeline.html").as_uri(), wait_until="load")
        page.locator(".bf-filter select").first.wait_for()
        page.wait_for_timeout(300)
        # What is left are letters of the fonts that take the places of those shown until then.
        assert page.evaluate("() => self.moved") < 0.03, width
        context.close()
