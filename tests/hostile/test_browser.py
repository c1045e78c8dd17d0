"""Every hostile input in every field, in a real Chromium: nothing runs or is fetched, all of it is read as text."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, Route

from generator.encode.markdown import normalise
from tests.browser.conftest import Visit
from tests.hostile.corpus import FIELDS, Seed, lay_out, seeds
from tests.hostile.payloads import CLASSES, payloads

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
  ran: window.__ran,
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
  for (const one of marked) {
    one.dispatchEvent(new MouseEvent("mouseenter"));
    one.focus();
    await new Promise((done) => setTimeout(done, 120));
    markup += document.querySelectorAll(".md-tooltip2__inner *, .md-tooltip__inner *").length;
    one.dispatchEvent(new MouseEvent("mouseleave"));
  }
  return [marked.length, markup, window.__ran];
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


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(hostile: Hostile) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(hostile.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


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


def test_the_corpus_is_large_enough() -> None:
    laid = list(seeds())
    inputs = {(field.split()[0], text) for seed in laid for field, text in seed.inputs.items()}
    assert len(inputs) >= 600
    class_of = {text: name for name, text in payloads()}
    assert {text for field, text in inputs if field == "body"} == set(class_of)
    for place in FIELDS:
        assert {class_of[text] for field, text in inputs if place.startswith(field)} == set(CLASSES), place


@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "with encoding alone"])
def test_nothing_runs_and_all_is_shown_as_text_on_every_page(
    browser: Browser, hostile: Hostile, server: str, *, guarded: bool
) -> None:
    base = server if guarded else hostile.site.as_uri()
    context = browser.new_context(bypass_csp=not guarded)
    page, seen = watched(context, base)
    articles = {record["url"]: record for record in hostile.articles}
    removals: dict[str, list[dict[str, Any]]] = {}
    for removal in json.loads((hostile.site / "data/removals.json").read_text("utf-8")):
        removals.setdefault(removal["article"], []).append(removal)
    paths = sorted(path.relative_to(hostile.site).as_posix() for path in hostile.site.rglob("*.html"))
    if not guarded:
        # That the policy has nothing to stop was seen on all; what encoding does alone shows where most of it stands.
        paths = [path for path in paths if path in articles or path.count("/") == 0 or path.endswith("index.html")]
        paths.remove("404.html")  # its links begin at a server's root
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
    assert len(paths) > len(articles) == len(hostile.seeds)
    assert problems == [], "\n".join(problems)
    assert seen == Watched()


def misread(
    hostile: Hostile, record: dict[str, Any], removals: dict[str, list[dict[str, Any]]], look: dict[str, Any]
) -> Iterator[str]:
    """What of a seed is not on its page as the text that it is."""
    seed = hostile.seeds[record["seed"]]
    shown = folded(look["text"])
    title = folded(record["title"])
    if folded(look["heading"]).removesuffix("¶").removesuffix("…") not in title:
        yield f"heading {look['heading']!r} for {record['title']!r}"
    text = seed.text
    for removal in sorted(removals.get(record["id"], ()), key=lambda one: -int(one["start"])):
        text = text[: removal["start"]] + text[removal["end"] :]
    if folded("".join(look["body"])) != folded(text):
        yield f"body {folded(''.join(look['body']))[:3000]!r} for {folded(text)[:3000]!r}"
    for name, given in seed.inputs.items():
        if name in ("entities", "file name") or (name == "override" and not seed.override):
            continue
        if not all(line in shown for line in lines(given)):
            yield f"{name} {given!r} is not there"


def test_search_and_tooltips_show_hostile_text_as_text(browser: Browser, hostile: Hostile, server: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page, seen = watched(context, server)
    visit = Visit(page, server)
    visit.open("index.html")
    for words in ("alert", "script", "onerror", "example", "javascript", "heading", "harbour", "sandport", "style"):
        assert visit.search(words), words
        page.wait_for_timeout(150)
        assert page.evaluate("() => window.__ran") == []
        assert (
            page.evaluate(
                "() => document.querySelectorAll('[data-md-component=search] :is(img, script, iframe)').length"
            )
            == 0
        )
    pages = [record["url"] for record in hostile.articles[:20]]
    hovered = 0
    for path in pages:
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
