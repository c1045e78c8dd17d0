"""Every hostile input in every field, in a real Chromium: nothing runs or is fetched, all of it is read as text."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, Route

from generator.encode.markdown import normalise
from generator.read import Limits, read_seed
from tests.browser.conftest import Visit
from tests.browser.firefox import MarionetteError, installed_firefox, started_firefox
from tests.faults.killing import EVERY
from tests.faults.running import wait_until
from tests.hostile.corpus import FIELDS, SEEDS, Seed, lay_out, seeds, whole
from tests.hostile.payloads import CLASSES, payloads
from tests.serving import Quiet, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("hostile"),
    pytest.mark.skipif(sys.platform == "win32", reason="names of the corpus are none on Windows"),
]

# What the watcher in the page notes: calls of what the inputs call, and what the policy had to stop.
WATCH = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"])
  window[name] = (...words) => { window.__ran.push(name + "(" + words.join() + ")"); };
document.addEventListener("securitypolicyviolation", (event) =>
  window.__ran.push("stopped " + event.violatedDirective + " " + event.blockedURI));
"""
LOOK = """() => ({
  ran: window.__ran || [],
  title: document.title,
  heading: document.querySelector("h1").textContent,
  text: document.querySelector("article").textContent,
  body: [...document.querySelectorAll(".bf-par > p, .bf-par > pre")].map((one) => one.textContent),
  foreign: [...document.querySelectorAll("article :is(script, iframe, object, embed, base, form, style, link)")]
    .filter((one) => one.type !== "application/ld+json").length,
  handlers: [...document.querySelectorAll("article *")]
    .filter((one) => [...one.attributes].some((a) => a.name.startsWith("on") || a.name === "style")).length,
})"""
HOVER = """async () => {
  const marked = [...document.querySelectorAll("article [title]")].filter((one) => one.title.includes("<"));
  const before = document.querySelectorAll("body *").length;
  let markup = 0;
  for (const one of marked.slice(0, 10)) {
    one.dispatchEvent(new MouseEvent("mouseenter"));
    one.focus();
    await new Promise((done) => setTimeout(done, 120));
    markup += document.querySelectorAll(".md-tooltip2__inner *, .md-tooltip__inner *").length;
    one.dispatchEvent(new MouseEvent("mouseleave"));
  }
  return [Math.min(marked.length, 10), markup, window.__ran];
}"""


@dataclass(frozen=True)
class Hostile:
    """The built site of the corpus."""

    site: Path
    seeds: dict[str, Seed]
    articles: list[dict[str, Any]]


@dataclass
class Watched:
    """What went on in a browser that should not have."""

    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    """To other hosts; the policy may have stopped them."""
    sent: list[str] = field(default_factory=list)
    """Those that would have left the browser."""
    errors: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def hostile(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    project = tmp_path_factory.mktemp("hostile") / "project"
    project.mkdir()
    for name in ("briefing.yml", "mkdocs.yml"):
        shutil.copy(repository / name, project / name)
    (project / "site_src").mkdir()
    laid = lay_out(project)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-f", str(project)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4_000:]
    articles = json.loads((project / "site/data/articles.json").read_text("utf-8"))
    names = {portable(seed.name): seed for seed in laid}
    return Hostile(project / "site", names, articles)


def portable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


class _Keeping(Quiet):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        # The same scripts and fonts on hundreds of pages: one look at each is enough.
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class _Bare(_Keeping):
    """Gives pages without the theme's scripts and looks, which take most of the time of a page."""

    def do_GET(self) -> None:  # noqa: N802 -- the name that the server calls
        if not self.path.startswith("/assets/"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture(scope="module")
def server(hostile: Hostile) -> Iterator[str]:
    with serving(hostile.site, _Keeping) as address:
        yield address


@pytest.fixture(scope="module")
def bare(hostile: Hostile) -> Iterator[str]:
    with serving(hostile.site, _Bare) as address:
        yield address


def watched(context: BrowserContext, base: str) -> tuple[Page, Watched]:
    """A tab whose every request to elsewhere is noted and refused."""
    seen = Watched()
    context.add_init_script(WATCH)
    page = context.new_page()
    context.on("page", lambda popup: seen.popups.append(popup.url))

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            seen.requests.append(request.url)

    def refuse(route: Route) -> None:
        seen.sent.append(route.request.url)
        route.abort()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    context.on("request", note)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), refuse)
    return page, seen


def folded(text: str) -> str:
    """What a reader sees of `text`: normalised, without white space, marks that show nothing and layers of escaping.

    Cleaning mends text that was escaped twice: `&amp;lt;` is shown as `&lt;`. Both count as what they stand for.
    """
    while (less := html.unescape(text)) != text:
        text = less
    return re.sub(r"[\s\u200b-\u200f\u00ad\u061c\ufeff\u2060]", "", normalise(text))


def lines(text: str) -> list[str]:
    """What stands between the line ends and control characters of an input: cleaning parts it there."""
    return [folded(part) for part in re.split(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", text)]


def test_every_field_sees_six_hundred_inputs_of_every_class() -> None:
    class_of = {text: name for name, text in payloads()}
    assert len(class_of) >= 800
    laid = list(seeds())
    assert len({seed.name for seed in laid}) == len({seed.person for seed in laid}) == len(laid)
    for place in FIELDS:
        inputs = {text for seed in laid for text in seed.inputs[place]}
        assert len(inputs) >= 600, place
        assert {class_of[text] for text in inputs} == set(CLASSES), place
    assert {text for seed in laid for text in seed.inputs["body"]} == set(class_of)


@pytest.mark.parametrize("guarded", [True, False], ids=["with policy and theme", "with encoding alone"])
def test_nothing_runs_and_all_is_shown_as_text_on_every_page(
    browser: Browser, hostile: Hostile, server: str, bare: str, *, guarded: bool
) -> None:
    # Every page is opened without the policy, so that encoding alone is what holds. The scripts of the theme, which
    # see one page much like the other, get every sixth, with the policy.
    base = server if guarded or EVERY else bare
    context = browser.new_context(bypass_csp=not guarded)
    page, seen = watched(context, base)
    articles = {record["url"]: record for record in hostile.articles}
    removals: dict[str, list[dict[str, Any]]] = {}
    for removal in json.loads((hostile.site / "data/removals.json").read_text("utf-8")):
        removals.setdefault(removal["article"], []).append(removal)
    paths = sorted(path.relative_to(hostile.site).as_posix() for path in hostile.site.rglob("*.html"))
    if guarded and not EVERY:
        paths = [path for path in paths if "/" not in path] + [path for path in paths if "/" in path][::6]
    problems: list[str] = []
    for path in paths:
        address = f"{base}/{quote(path)}"
        page.goto(address, wait_until="domcontentloaded")
        if path == "404.html":
            continue
        look = page.evaluate(LOOK)
        # The page of the search has a form of its own.
        foreign = look["foreign"] and path != "search.html"
        if look["ran"] or foreign or look["handlers"] or page.url != address:
            problems.append(f"{path}: {look['ran']} {look['foreign']} {look['handlers']} {page.url}")
        record = articles.get(path)
        if record:
            problems.extend(f"{path}: {wrong}" for wrong in misread(hostile, record, removals, look))
    context.close()
    assert len(articles) == len(hostile.seeds) == SEEDS
    assert guarded or len(paths) > 2 * len(articles)
    assert problems == [], "\n".join(problems)
    assert seen == Watched()


# The ledger names these, since they show nothing.
INVISIBLE = {"control-character", "zero-width", "spacing"}


def misread(
    hostile: Hostile, record: dict[str, Any], removals: dict[str, list[dict[str, Any]]], look: dict[str, Any]
) -> Iterator[str]:
    """What of a seed is not on its page as the text that it is."""
    seed = hostile.seeds[record["seed"]]
    shown = folded(look["text"])
    title = folded(record["title"])
    if folded(look["heading"]).removesuffix("¶").removesuffix("…") not in title:
        yield f"heading {look['heading']!r} for {record['title']!r}"
    text = read_seed(seed.name, seed.text.encode("utf-8", "surrogatepass"), None, Limits()).text
    for removal in sorted(removals.get(record["id"], ()), key=lambda one: -int(one["start"])):
        # What cleaning took away stands in the ledger below, as a row or as the field that it became.
        if removal["rule"] not in INVISIBLE and folded(removal["text"]) not in shown:
            yield f"removed {removal['text']!r} is not there"
        text = text[: removal["start"]] + text[removal["end"] :]
    if folded("".join(look["body"])) != folded(text):
        yield f"body {folded(''.join(look['body']))[:3000]!r} for {folded(text)[:3000]!r}"
    for given in seed.inputs["override"]:
        if not all(line in shown for line in lines(whole(given))):
            yield f"override {given!r} is not there"


def test_in_firefox_nothing_runs_either(hostile: Hostile, server: str, tmp_path: Path) -> None:
    program = installed_firefox()
    articles = {record["url"]: record for record in hostile.articles}
    removals = json.loads((hostile.site / "data/removals.json").read_text("utf-8"))
    paths = sorted(path.relative_to(hostile.site).as_posix() for path in hostile.site.rglob("*.html"))
    paths.remove("404.html")  # its links begin at the root of a host
    control = tmp_path / "control.html"
    control.write_text("<script>alert(1)</script><img src=http://h0.example/>", encoding="utf-8")
    problems: list[str] = []
    with started_firefox(program, tmp_path) as browser:
        for page in paths if EVERY else paths[::12]:
            browser.open(f"{server}/{quote(page)}")
            if said := browser.dialog():
                problems.append(f"{page}: {said}")
                break
            look = browser.evaluate(LOOK)
            if (look["foreign"] and page != "search.html") or look["handlers"]:
                problems.append(f"{page}: {look['foreign']} {look['handlers']}")
            if record := articles.get(page):
                own = {record["id"]: [one for one in removals if one["article"] == record["id"]]}
                problems.extend(f"{page}: {wrong}" for wrong in misread(hostile, record, own, look))
        assert problems == [], "\n".join(problems)
        assert browser.windows() == 1
        assert [host for host in browser.refused if ".example" in host] == []
        # That a script which runs and a host that is asked would have been noticed.
        with suppress(MarionetteError):
            browser.open(control.as_uri())
        assert browser.dialog() == "1"
        browser.call("WebDriver:DismissAlert")
        wait_until(lambda: any("h0.example" in host for host in browser.refused))


RESULTS = """async (kind) => {
  const list = document.querySelector(".bf-find__list");
  const settled = async () => {
    let before = -1;
    while (document.querySelector("[aria-busy=true]") || before !== list.querySelectorAll("li").length) {
      before = list.querySelectorAll("li").length;
      await new Promise((done) => setTimeout(done, 60));
    }
  };
  location.hash = "#type=" + kind;
  await new Promise((done) => setTimeout(done, 300));
  await settled();
  for (let more; (more = list.querySelector(".bf-find__more")); ) {
    more.click();
    await new Promise((done) => setTimeout(done, 60));
    await settled();
  }
  const drawn = [...document.querySelectorAll(".bf-find__list *, .bf-find__facets *")];
  return {
    titles: [...list.querySelectorAll(".bf-find__title")].map((one) => one.textContent),
    texts: [...list.querySelectorAll(".bf-find__result")].map((one) => one.textContent),
    elements: [...new Set(drawn.map((one) => one.tagName))],
    handlers: drawn
      .filter((one) => [...one.attributes].some((a) => a.name.startsWith("on"))).length,
    links: [...list.querySelectorAll("a")].map((one) => one.protocol),
    ran: window.__ran,
  };
}"""
# What the client makes results and facets of.
PLAIN = {
    "SECTION",
    "H2",
    "SPAN",
    "OL",
    "UL",
    "LI",
    "A",
    "P",
    "MARK",
    "EM",
    "STRONG",
    "BUTTON",
    "B",
    "DIV",
    "DETAILS",
    "SUMMARY",
}


def test_all_results_of_the_search_are_text(browser: Browser, hostile: Hostile, server: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page, seen = watched(context, server)
    page.goto(f"{server}/search.html#q=sandport", wait_until="load")
    page.locator(".bf-find__result").first.wait_for(timeout=30_000)
    records = {
        name: json.loads((hostile.site / f"data/{name}.json").read_text("utf-8")) for name in ("entities", "quotes")
    }
    wanted = {
        "article": [record["title"] for record in hostile.articles],
        "person": [record["name"] for record in records["entities"] if record["type"] == "person"],
        "organization": [record["name"] for record in records["entities"] if record["type"] == "organization"],
        "place": [record["name"] for record in records["entities"] if record["type"] == "place"],
        "quote": [record["text"] for record in records["quotes"]],
    }
    problems: list[str] = []
    for kind, texts in wanted.items():
        found = page.evaluate(RESULTS, kind)
        assert len(found["titles"]) == len(texts) > 0, kind
        assert set(found["elements"]) <= PLAIN
        assert (found["handlers"], found["ran"]) == (0, [])
        assert set(found["links"]) == {"http:"}
        shown = [folded(text) for text in (found["texts"] if kind == "quote" else found["titles"])]
        for text in texts:
            # Long quotations are shown from their beginning.
            begin = folded(text)[:60]
            if not any(begin in one for one in shown):
                problems.append(f"{kind} {text!r}")
    context.close()
    assert problems == [], "\n".join(problems[:20])
    assert seen == Watched()


def test_the_search_box_and_tooltips_show_hostile_text_as_text(browser: Browser, hostile: Hostile, server: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page, seen = watched(context, server)
    visit = Visit(page, server)
    visit.open("index.html")
    for words in ("alert", "script", "onerror", "example", "javascript", "heading", "harbour", "sandport", "style"):
        assert visit.search(words), words
        page.wait_for_timeout(150)
        assert page.evaluate("() => window.__ran") == []
        assert page.evaluate("() => document.querySelectorAll('#bf-box :is(img, script, iframe, style)').length") == 0
    hovered = 0
    for path in [record["url"] for record in hostile.articles[::15]]:
        page.goto(f"{server}/{quote(path)}", wait_until="load")
        found, markup, ran = page.evaluate(HOVER)
        hovered += found
        assert (markup, ran) == (0, []), path
    assert hovered >= 10
    context.close()
    assert seen == Watched()


INTRUDE = """async () => {
  document.body.insertAdjacentHTML("beforeend",
    "<img src=x onerror=alert(1)><img src=https://h1.example/p.png><p id=styled style='color: rgb(1, 2, 3)'>x</p>" +
    "<a id=follow href='javascript:alert(2)'>x</a><iframe src='https://h2.example/'></iframe>" +
    "<form id=sent action='https://h3.example/'></form>");
  const inline = document.createElement("script");
  inline.textContent = "alert(3)";
  const foreign = document.createElement("script");
  foreign.src = "https://h4.example/x.js";
  const base = document.createElement("base");
  base.href = "https://h5.example/";
  document.head.append(inline, foreign, base);
  document.getElementById("follow").click();
  document.getElementById("sent").submit();
  await fetch("https://h6.example/").catch(() => {});
  new Image().src = "https://h7.example/p.png";
  await new Promise((done) => setTimeout(done, 300));
  return {
    ran: window.__ran.filter((one) => !one.startsWith("stopped")),
    stopped: window.__ran.filter((one) => one.startsWith("stopped")).length,
    colour: getComputedStyle(document.getElementById("styled")).color,
    base: document.baseURI,
  };
}"""


@pytest.mark.parametrize(("place", "path"), [("http", "index.html"), ("http", "404.html"), ("file", "index.html")])
def test_the_policy_stops_what_would_get_into_a_page(
    browser: Browser, hostile: Hostile, server: str, place: str, path: str
) -> None:
    base = server if place == "http" else hostile.site.as_uri()
    context = browser.new_context()
    page, seen = watched(context, base)
    page.goto(f"{base}/{path}", wait_until="load")
    found = page.evaluate(INTRUDE)
    context.close()
    assert found["ran"] == []
    assert found["stopped"] >= 8
    assert found["colour"] != "rgb(1, 2, 3)"
    assert found["base"] == f"{base}/{path}"
    assert (seen.dialogs, seen.sent, seen.popups) == ([], [], [])
