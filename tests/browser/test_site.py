"""What a reader does with the site, in a real browser, from disk and from a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def page_of(site: Path, folder: str, fragment: str) -> str:
    """The address of the only page below `folder` whose name contains `fragment`."""
    (path,) = [path for path in (site / folder).rglob("*.html") if fragment in path.name]
    return path.relative_to(site).as_posix()


def page_types(site: Path) -> list[str]:
    """One page of each kind."""
    kinds = ["index.html", "timeline.html", "quotes.html", "sources.html", "method.html"]
    for folder in ("articles", "people", "organizations", "places", "events"):
        kinds.append(f"{folder}/index.html")
        pages = sorted(path for path in (site / folder).rglob("*.html") if path.name != "index.html")
        # The longest page of a kind is the one that breaks a layout.
        kinds.append(max(pages, key=lambda path: path.stat().st_size).relative_to(site).as_posix())
    return kinds


def test_search_finds_an_article_by_a_word_of_its_body(visit: Visit, site: Path) -> None:
    visit.open("index.html")
    assert visit.found("anachronistic", "articles/2024/")
    visit.page.locator('#bf-box a[role=option][href*="articles/2024/"]').first.click()
    visit.page.wait_for_url(re.compile(r"/articles/2024/"))
    assert "anachronistic" in visit.page.locator("article").inner_text()
    assert site.exists()


@pytest.mark.parametrize(
    ("variant", "entity"),
    [
        ("Kisada", "people/"),
        ("Seok-Yeol", "people/"),
        ("Yonhap Information Company", "organizations/"),
        ("DPRK", "places/north-korea"),
    ],
)
def test_search_finds_an_entity_by_a_variant_of_its_name(visit: Visit, variant: str, entity: str) -> None:
    visit.open("index.html")
    assert visit.found(variant, entity)


@pytest.mark.parametrize("word", ["quixotic", "zephyrlike", "gossamer"])
def test_search_finds_a_word_behind_a_quotation_mark_or_bracket(visit: Visit, word: str) -> None:
    visit.open("timeline.html")
    assert visit.found(word, "articles/")


@pytest.mark.parametrize("beginning", ["항만", "등대", "“등"])
def test_search_finds_a_korean_word_by_its_beginning(visit: Visit, beginning: str) -> None:
    visit.open("index.html")
    assert visit.found(beginning, "articles/")


def test_search_works_on_a_page_deep_down(visit: Visit, site: Path) -> None:
    visit.open(page_of(site, "people", "kim-jong-un"))
    assert visit.found("anachronistic", "articles/2024/")


def test_a_mention_leads_to_its_paragraph(visit: Visit, site: Path) -> None:
    visit.open(page_of(site, "people", "kim-jong-un"))
    link = visit.page.locator('article a[href*="articles/"][href*="#p"]').first
    link.click()
    visit.page.wait_for_url(re.compile(r"/articles/.*#p\d+$"))
    anchor = visit.page.url.rpartition("#")[2]
    paragraph = visit.page.locator(f"#{anchor}")
    assert paragraph.evaluate("element => element === document.querySelector(':target')")
    visit.page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight }",
        arg=anchor,
    )
    assert "Kim" in paragraph.inner_text()


def test_the_untouched_seed_is_beside_its_page(visit: Visit, site: Path, repository: Path) -> None:
    visit.open("index.html")
    published = {path.read_bytes() for path in (site / "seeds").iterdir()}
    assert {path.read_bytes() for path in (repository / "seeds").glob("*.txt")} <= published


def test_no_page_goes_wrong_or_asks_another_host(visit: Visit, site: Path) -> None:
    for path in page_types(site):
        visit.open(path)
        assert visit.page.locator("h1").count() == 1, path
    assert visit.foreign == []


def test_the_page_for_missing_addresses_is_whole(browser: Browser, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto(f"{server}/404.html")
    assert "404" in page.locator("h1").inner_text()
    assert failed == []
    context.close()


@pytest.mark.parametrize(("scheme", "darkest", "lightest"), [("dark", 0, 90), ("light", 200, 255)])
def test_the_page_follows_the_readers_light(
    browser: Browser, address: str, scheme: str, darkest: int, lightest: int
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.wait_for_function("() => document.body.dataset.mdColorScheme")
    page.wait_for_timeout(400)
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    channels = [int(number) for number in re.findall(r"\d+", background)[:3]]
    assert all(darkest <= channel <= lightest for channel in channels), background
    context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_nothing_sticks_out_sideways(browser: Browser, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, has_touch=True)
    page = context.new_page()
    for path in page_types(site):
        page.goto((site / path).as_uri())
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
    context.close()


def test_a_page_can_be_read_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / page_of(site, "people", "kim-jong-un")).as_uri())
    assert page.locator("h1").is_visible()
    assert page.locator('article a[href*="#p"]').first.is_visible()
    context.close()


def test_print_shows_the_article_alone(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / page_of(site, "people", "kim-jong-un")).as_uri())
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".md-tabs").is_visible()
    context.close()
