"""Search as a reader uses it: the box in the header and the search page, from disk and from a server."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.search.files import index_files
from generator.search.inverted import invert
from generator.search.records import find_records
from tests.browser.conftest import Visit
from tests.search.client import write_index
from tests.search.harbour import harbour
from tests.search.making import addresses

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Of a page without images and fonts of its own, on a machine that also runs other tests.
PATIENCE = 10_000


def status(page: Page) -> str:
    place = page.locator(".bf-find__status")
    expect(page.locator("#bf-find")).not_to_have_attribute("aria-busy", "true", timeout=PATIENCE)
    return place.inner_text()


def ask(visit: Visit, state: str) -> Page:
    """The search page with this behind `#`, once it has answered."""
    page = visit.page
    page.goto("about:blank")
    visit.open(f"search.html#{state}")
    expect(page.locator(".bf-find__status")).not_to_be_empty(timeout=PATIENCE)
    status(page)
    return page


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_and_escape_leaves_it(visit: Visit, key: str) -> None:
    page = visit.open("people/index.html")
    page.keyboard.press(key)
    box = page.locator("#bf-box input")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def test_the_box_is_worked_by_keys_alone_and_says_what_it_holds(visit: Visit) -> None:
    page = visit.open("index.html")
    page.keyboard.press("/")
    page.keyboard.type("kishi", delay=20)
    box = page.locator("#bf-box input")
    expect(box).to_have_attribute("aria-expanded", "true", timeout=PATIENCE)
    expect(page.locator("#bf-box [role=status]")).to_have_text(re.compile(r"^Found \d+ article"))
    page.keyboard.press("ArrowDown")
    option = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(option).to_have_attribute("aria-selected", "true")
    target = option.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_enter_without_a_choice_opens_the_search_page(visit: Visit) -> None:
    page = visit.open("people/index.html")
    page.keyboard.press("/")
    page.keyboard.type("quixotic")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html#q=quixotic$"))
    expect(page.locator(".bf-find__result a").first).to_contain_text("Sandport", timeout=PATIENCE)


def test_a_name_leads_to_its_page_first_in_whatever_script(visit: Visit) -> None:
    visit.open("index.html")
    for name in ("Kim Jong Un", "김정은"):
        assert "people/kim-jong-un" in visit.search(name)[0]


def test_facets_narrow_and_back_takes_it_back(visit: Visit) -> None:
    page = ask(visit, "q=cuba")
    before = status(page)
    value = page.locator(".bf-find__facet--type a", has_text="Quotes")
    count = value.locator(".bf-chip__count").inner_text()
    value.click()
    expect(page.locator(".bf-find__chosen li")).to_have_count(1)
    assert f"{count} quote" in status(page)
    assert "type=quote" in page.url
    page.go_back()
    expect(page.locator(".bf-find__chosen li")).to_have_count(0)
    assert status(page) == before


def test_the_histogram_has_bars_that_can_be_hit_and_narrow(visit: Visit) -> None:
    page = ask(visit, "q=cuba")
    bars = page.locator(".bf-find__bars a")
    sizes = bars.evaluate_all("all => all.map(one => [one.clientWidth, one.firstChild.getBoundingClientRect().height])")
    assert sizes
    assert all(width >= 4 and height >= 2 for width, height in sizes), sizes
    assert max(height for _, height in sizes) > 30
    told = re.search(r": (\d+) result", bars.last.get_attribute("aria-label") or "")
    assert told
    bars.last.click()
    expect(page.locator(".bf-find__chosen li")).to_have_count(1)
    numbers = [
        int(number)
        for number in re.findall(r"\d+ (?:article|quote|event)", status(page))
        for number in number.split()[:1]
    ]
    assert sum(numbers) == int(told[1])


def test_on_a_phone_the_facets_stand_before_the_results_and_open(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/search.html#q=cuba")
    narrow = page.locator(".bf-find__narrow > summary")
    expect(page.locator(".bf-find__result").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".bf-find__facet--type")).to_be_hidden()
    above, below = narrow.bounding_box(), page.locator(".bf-find__result").first.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]
    narrow.click()
    expect(page.locator(".bf-find__facet--type a").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_result_leads_to_its_paragraph_where_the_words_are_marked(visit: Visit) -> None:
    page = ask(visit, "q=ferries+eastwick")
    page.locator('.bf-find__result a[href*="articles/"]').first.click()
    page.wait_for_url(re.compile(r"\?mark=.*#p\d+$"))
    marked = page.locator(":target mark.bf-found")
    expect(marked.first).to_be_visible()
    assert {"ferries", "Eastwick"} <= set(marked.all_inner_texts())


def test_the_list_can_be_taken_along(visit: Visit) -> None:
    page = ask(visit, "q=sandport")
    with page.expect_download() as coming:
        page.locator(".bf-find__take").click()
    rows = list(csv.DictReader(StringIO(Path(coming.value.path()).read_text(encoding="utf-8-sig"))))
    assert any(row["kind"] == "article" and row["address"].startswith("articles/") for row in rows)
    assert not [row for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "query",
    ["a" * 10_000, "?!.,;", "(.*)+$", "[a-z]{2,}|(?=x)\\\\", '"', "-", "OR", "person:", "<img src=x onerror=alert(1)>"],
)
def test_whatever_is_typed_the_page_answers_in_words(visit: Visit, query: str) -> None:
    page = ask(visit, "")
    page.locator("#bf-find-q").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".bf-find__status")).to_have_text(
        re.compile(r"found|no word|There is nothing", re.IGNORECASE), timeout=PATIENCE
    )


def test_everything_has_a_name_and_one_place_in_the_order_of_tabs(visit: Visit) -> None:
    page = ask(visit, "q=cuba")
    nameless = page.locator("#bf-find :is(a, button, input, select), #bf-box :is(a, button, input)").evaluate_all(
        "all => all.filter(one => !(one.getAttribute('aria-label') || one.textContent.trim()"
        " || (one.labels && one.labels.length))).map(one => one.outerHTML)"
    )
    assert nameless == []
    twice = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at) }"
    )
    assert twice == []
    assert page.locator("#bf-find [tabindex]").count() == 0


def test_without_scripts_the_search_page_says_where_to_look(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search.html")
    assert "Searching needs JavaScript" in page.locator("#bf-find").inner_text()
    page.locator("#bf-find a", has_text="people").click()
    assert page.locator("h1").inner_text().strip().startswith("People")
    context.close()


@pytest.fixture
def spoilt(site: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the site, to take something from."""
    shutil.copytree(site, tmp_path / "site")
    yield tmp_path / "site"
    shutil.rmtree(tmp_path / "site")


@pytest.mark.parametrize(
    ("how", "files"),
    [
        *(("missing", files) for files in ("index", "t*", "p*", "d0-*", "z", "l", "c0", "f")),
        *(("truncated", files) for files in ("index", "t*", "p*", "d0-*")),
        ("damaged", "p*"),
        ("emptied", "d0-*"),
    ],
)
def test_a_bad_file_of_the_index_is_named_and_searching_goes_on(
    browser: Browser, spoilt: Path, how: str, files: str
) -> None:
    shards = list((spoilt / "search").glob(f"{files}.js"))
    whole = {shard: shard.read_bytes() for shard in shards}
    for shard, content in whole.items():
        if how == "missing":
            shard.unlink()
        elif how == "damaged":
            shard.write_bytes(
                content.decode("utf-16").translate({0x4000 + n: 0x4001 for n in range(999)}).encode("utf-16")
            )
        else:
            shard.write_bytes(content[: len(content) // 2] if how == "truncated" else b"")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{spoilt.as_uri()}/search.html#q=sandport")
    named = f"could not be read: search/{files.strip('*')}"
    expect(page.locator(".bf-find__status")).to_contain_text(named, timeout=PATIENCE)
    # What only the facets need is not missed in the box.
    if files not in ("c0", "f"):
        page.keyboard.press("Escape")
        page.locator("#bf-box input").fill("sandport")
        expect(page.locator("#bf-box .bf-box__count")).to_contain_text(named, timeout=PATIENCE)
        page.keyboard.press("Escape")
    for shard, content in whole.items():
        shard.write_bytes(content)
    page.locator(".bf-find__status button").click()
    expect(page.locator(".bf-find__status")).to_contain_text("Found", timeout=PATIENCE)
    expect(page.locator(".bf-find__facet--type a").first).to_be_attached()
    context.close()


def test_a_question_of_many_pages_is_cut_and_the_reader_told(visit: Visit) -> None:
    page = visit.open("people/index.html")
    page.keyboard.press("/")
    page.locator("#bf-box input").fill("sandport " * 1200)
    expect(page.locator("#bf-box .bf-box__count")).to_contain_text("Only the beginning", timeout=PATIENCE)
    ask(visit, "q=" + "sandport+" * 1200)
    assert "Only the beginning of this long question was looked for" in status(page)


def test_an_answer_that_comes_late_does_not_take_the_place_of_a_later_one(browser: Browser, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    held: list[Route] = []
    page.goto(f"{server}/people/index.html")
    # The first question waits for its postings until the second one is answered from what is there already.
    page.locator("#bf-box input").fill("zephyrlike")
    expect(page.locator("#bf-box a[href*='harbour']").first).to_be_visible(timeout=PATIENCE)
    page.route(re.compile(r"/search/[tp]\d+\.js"), lambda route: held.append(route))  # noqa: PLW0108 -- Playwright cannot mark what is built in
    page.locator("#bf-box input").fill("korean peninsula nuclear")
    page.wait_for_timeout(300)
    page.locator("#bf-box input").fill("zephyrlike")
    options = page.locator("#bf-box .bf-box__title")
    page.wait_for_timeout(300)
    before = options.all_inner_texts()
    for route in held:
        route.continue_()
    page.wait_for_timeout(800)
    assert page.locator("#bf-box input").input_value() == "zephyrlike"
    assert options.all_inner_texts() == before
    assert any("Sandport" in text for text in before)
    context.close()


def test_whoever_types_fast_gets_the_answer_to_the_last_key(visit: Visit) -> None:
    page = visit.open("people/index.html")
    page.keyboard.press("/")
    for word in ("cuba", "korea", "sandport"):
        page.keyboard.type(word, delay=5)
        page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("zephyrlike", delay=5)
    expect(page.locator("#bf-box [role=status]")).to_contain_text("Found 1 article", timeout=PATIENCE)
    titles = page.locator("#bf-box .bf-box__title").all_inner_texts()
    assert "Sandport" in titles[0]
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    expect(page.locator("#bf-box-list")).to_be_hidden()


def test_a_bookmark_brings_the_same_results_back(visit: Visit) -> None:
    page = ask(visit, "q=cuba&type=article&sort=date")
    listed, told = page.locator(".bf-find__title").all_inner_texts(), status(page)
    assert listed
    again = ask(visit, page.url.partition("#")[2])
    assert status(again) == told
    assert again.locator(".bf-find__title").all_inner_texts() == listed
    assert again.locator("#bf-find-sort").input_value() == "date"
    assert again.locator("#bf-find-q").input_value() == "cuba"


@pytest.mark.parametrize("how", ["missing", "truncated", "damaged"])
def test_a_bad_file_of_places_is_named_by_a_phrase_alone(browser: Browser, spoilt: Path, how: str) -> None:
    for shard in (spoilt / "search").glob("w0-*.js"):
        content = shard.read_bytes()
        if how == "missing":
            shard.unlink()
        elif how == "truncated":
            shard.write_bytes(content[: len(content) // 2])
        else:
            at = len(content) // 2 & ~1
            shard.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{spoilt.as_uri()}/search.html#q=%22mayor+of+sandport%22")
    expect(page.locator(".bf-find__status")).to_contain_text("could not be read: search/w0-", timeout=PATIENCE)
    page.goto("about:blank")
    page.goto(f"{spoilt.as_uri()}/search.html#q=sandport")
    expect(page.locator(".bf-find__status")).to_contain_text("Found", timeout=PATIENCE)
    context.close()


ADDRESSES = (
    "__proto__[x]=1&constructor[prototype][x]=1&q=sandport",
    "type=constructor&q=sandport",
    "type=__proto__&date=__proto__&lang=constructor&source=toString&quality=valueOf&person=hasOwnProperty",
    "sort=constructor&sort=__proto__&q=sandport",
    "q=%",
    "q=%00%E0%A4%A%ED%A0%80",
    "q=%3Cscript%3Ealert(1)%3C/script%3E&type=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "q=javascript:alert(1)&source=javascript:alert(1)",
    "date=9999-99&date=0000&q=before:0000 after:99999-1-1 date:2024-02-31",
    "person=" + "x" * 20_000,
    "&".join(f"person=p{number}" for number in range(3_000)),
    "=&&==&q&type&&sort=",
    "q=(.*)*%2B%5B%5E%24%7C(a%2B)%2B%24",
    "q=" + "%22a " * 500,
    "q=" + "OR -".join(["x "] * 500),
    "%2523q=%2522",
)


def test_whatever_the_address_of_the_search_page_holds_it_answers_in_words(visit: Visit) -> None:
    for state in ADDRESSES:
        page = ask(visit, state)
        assert re.match(r"Found|Nothing|There is no word|[\d,]+ articles? to search", status(page)), state[:80]
        assert page.evaluate("Object.keys(Object.prototype).concat(({}).x ?? [])") == []
        assert page.locator("#bf-find :is(script, img, iframe, style)").count() == 0


def test_whatever_words_an_address_asks_to_mark_the_text_stays_the_same(visit: Visit) -> None:
    visit.open("index.html")
    (path,) = {path for path in visit.search("zephyrlike") if path.startswith("articles/")}
    plain = visit.open(path).locator(".bf-body").inner_text()
    for marks in (*ADDRESSES, "mark=%3Cscript%3E+harbour+__proto__+constructor", "mark=" + "the+" * 5_000, "mark=%"):
        page = visit.open(f"{path}?{marks}#p1")
        assert page.locator(".bf-body").inner_text() == plain, marks[:80]
        assert page.locator(".bf-body :is(script, img, iframe, style)").count() == 0


def test_hostile_text_in_titles_snippets_and_addresses_runs_nothing(browser: Browser, spoilt: Path) -> None:
    corpus = harbour()
    urls = {**addresses(corpus), "hostile": "javascript:alert(1)", "undated": "//evil.test/x"}
    records = find_records(corpus, urls)
    shutil.rmtree(spoilt / "search")
    write_index(index_files(records, invert(records), {}, {}), spoilt)
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    requests: list[str] = []
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{spoilt.as_uri()}/search.html#q=alert&source=%3Cb%3EOutlet%3C%2Fb%3E")
    expect(page.locator(".bf-find__result").first).to_contain_text("<script>alert(1)</script>", timeout=PATIENCE)
    assert page.locator("#bf-find :is(script, img, b)").count() == 0
    links = page.locator("#bf-find a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(links) == {"file:"}
    page.locator("#bf-box input").fill("<img src=x onerror=alert(1)> soups")
    page.wait_for_timeout(500)
    assert page.locator("#bf-box img").count() == 0
    assert wrong == []
    assert {url.partition(":")[0] for url in requests} == {"file"}
    context.close()
