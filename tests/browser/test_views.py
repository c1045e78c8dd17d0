"""The network and the timeline under a reader's hands, and the page for missing addresses from disk."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.pages.timeline import _joined
from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_timeline_is_filtered_and_its_address_keeps_the_filter(visit: Visit) -> None:
    page = visit.open("timeline.html")
    rows = page.locator("[data-year]")
    total = rows.count()
    page.get_by_label("Place").select_option("Cuba")
    shown = rows.locator("visible=true").count()
    assert 0 < shown < total
    expect(page.locator(".bf-filter__status")).to_have_text(f"{shown} of {total} events")
    assert page.url.endswith("#place=Cuba")
    page.reload()
    assert rows.locator("visible=true").count() == shown
    page.get_by_role("button", name="Show all").click()
    expect(rows.locator("visible=true")).to_have_count(total)
    page.wait_for_function("() => !location.hash")


def test_the_timeline_shows_everything_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "timeline.html").as_uri())
    rows = page.locator("[data-year]")
    assert rows.count() == rows.locator("visible=true").count() > 4
    assert page.locator("select").count() == 0
    context.close()


def test_a_name_in_the_network_shows_its_ties(visit: Visit) -> None:
    page = visit.open("network.html")
    node = page.locator('.bf-node[data-node="place/cuba"]')
    node.focus()
    on = page.locator(".bf-network line.bf-on")
    assert on.count() == page.locator('.bf-network line[data-ends*="place/cuba"]').count() > 0
    assert page.locator(".bf-network.bf-choosing").count() == 1
    page.locator("h1").click()
    page.locator("body").press("Tab")
    expect(page.locator('.bf-node[data-node="place/cuba"].bf-on')).to_have_count(0)


def test_no_two_names_of_the_network_overlap(visit: Visit) -> None:
    page = visit.open("network.html")
    boxes = page.locator(".bf-node:not(.bf-node--quiet) text").evaluate_all(
        "texts => texts.map(text => { const box = text.getBoundingClientRect();"
        " return [box.left, box.top, box.right, box.bottom, text.textContent] })"
    )
    assert len(boxes) > 5
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            # Two units for what a font is wider than the one that was counted on.
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across <= 2 or down <= 4, (one[4], other[4])


def test_on_a_phone_the_map_begins_at_its_largest_dot(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "map.html").as_uri())
    expect(page.locator(".bf-map circle[r]").first).to_be_attached()
    radii = [float(dot.get_attribute("r") or 0) for dot in page.locator(".bf-map circle").all()]
    expect(page.locator(".bf-map circle").nth(radii.index(max(radii)))).to_be_in_viewport(ratio=1)
    expect(page.locator(".bf-picture figcaption")).to_be_in_viewport(ratio=1)
    context.close()


def test_the_citation_follows_the_paragraph_in_the_address(visit: Visit, site: Path) -> None:
    path = next(path for path in sorted(site.glob("articles/2024/*.html")) if path.name != "index.html")
    page = visit.open(path.relative_to(site).as_posix())
    texts = page.locator("#cite ~ .bf-cite code, .bf-cite code")
    whole = texts.all_text_contents()
    assert len(whole) == 3
    assert not [text for text in whole if "Paragraph" in text]
    expect(page.locator(".bf-cited")).to_be_hidden()
    page.evaluate("() => { location.hash = '#p3' }")
    expect(page.get_by_role("status").filter(has_text="paragraph 3")).to_have_text("The texts below cite paragraph 3.")
    bibtex, ris, csl = texts.all_text_contents()
    place = page.url if page.url.startswith("http") else page.url.removeprefix(f"{visit.address}/")
    assert f"Paragraph 3: {place}." in ris
    assert json.loads(csl)["note"].startswith(f"Paragraph 3: {place}.")
    assert json.loads(csl)["id"].endswith("-p3")
    assert "Paragraph 3: " in bibtex
    assert bibtex.split(",")[0].endswith("-p3")
    assert r"\#p3." in bibtex
    page.locator("#p2 .bf-number").click()
    expect(page.get_by_role("status").filter(has_text="paragraph 2")).to_be_attached()
    page.evaluate("() => { location.hash = '#cite' }")
    assert "Paragraph 2: " in (texts.nth(1).text_content() or "")
    page.get_by_role("button", name="Cite the whole article").click()
    assert texts.all_text_contents() == whole


def test_an_address_with_a_paragraph_opens_with_its_citation(visit: Visit, site: Path) -> None:
    path = next(path for path in sorted(site.glob("articles/2024/*.html")) if path.name != "index.html")
    page = visit.open(f"{path.relative_to(site).as_posix()}#p4")
    assert "Paragraph 4: " in (page.locator(".bf-cite code").nth(1).text_content() or "")


def test_the_page_for_missing_addresses_keeps_its_look_from_disk(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("console", lambda message: failed.append(message.text))
    page.goto((site / "404.html").as_uri())
    assert page.evaluate("() => document.documentElement.scrollHeight") <= 800
    assert page.evaluate("() => getComputedStyle(document.body).fontSize") != "16px"
    assert failed == []
    context.close()


def test_a_name_with_the_mark_between_values_is_offered_as_it_is(
    browser: Browser, repository: Path, tmp_path: Path
) -> None:
    names = ("Ann | Holm", "place:Osterby|x", "100%7C", "%E0%A4%A", "Ola")
    rows = "".join(
        f'<li data-year="2024" data-values="{escape(_joined([("person", name), ("place", "Lenn")]))}">x</li>'
        for name in names
    )
    # From disk, as a page of the site is opened: on one without an address the script does not start.
    (tmp_path / "timeline.html").write_text(
        '<!doctype html><div class="bf-filter" data-by-person="Person" data-by-place="Place" data-label="Filter"'
        f' data-all="all" data-clear="Show all" data-shown="# shown"></div><div data-timeline=""><ol>{rows}</ol></div>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto((tmp_path / "timeline.html").as_uri())
    page.add_script_tag(path=repository / "generator/theme/assets/briefing-views.js")
    offered = page.locator("select[name=person] option").evaluate_all("all => all.map((one) => one.value)")
    assert sorted(offered) == sorted(["", *names])
    assert page.locator("select[name=place] option").all_text_contents() == ["all", "Lenn (5)"]
    page.close()
