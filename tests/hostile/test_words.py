"""A catalogue of words that somebody else wrote: pages show it as text, and the build says what of it is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.errors import UsageError
from generator.pages.wording import english, placeholders, speaking
from tests.hostile.test_browser import Watched, watched
from tests.hostile.test_files import ODD
from tests.projects import make_project

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "{0.__class__} {config} {{ 7*7 }} {% raw %} {# x",
    "[[home.newest-articles]] [[nothing.at-all]] || name = x ]]",
    "\\",
    "\u202etxet\u2066\x00\x85\ufffe\U0001ffff",
    "\ud83d half",
    "</script></noscript></title><!-- /briefing -->",
    "[TOC] --8<-- 'x' ``` ~~~ *[the]: x",
    "javascript:alert(1)",
    "x" * 5_000,
    "%s %(a)s $& $1 \\1 \\g<0>",
)


def hostile_catalogue() -> dict[str, dict[str, object]]:
    """Every text of the English catalogue with its placeholders and something hostile."""
    tree: dict[str, dict[str, object]] = {}
    for number, (key, ours) in enumerate(english().texts.items()):
        page, _, name = key.partition(".")
        odd = HOSTILE[number % len(HOSTILE)]
        if isinstance(ours, str):
            said: object = f"{odd} {' '.join(f'{{{one}}}' for one in sorted(placeholders(ours)))} z{number}"
        else:
            said = dict.fromkeys(ours, f"{{n}} {odd}")
        tree.setdefault(page, {})[name] = said
    return tree


@pytest.mark.parametrize("odd", ODD)
def test_a_catalogue_of_any_kind_is_named_or_nothing_of_it_fits(odd: str) -> None:
    kept: set[str] = set()
    with suppress(UsageError):
        kept = set(english().texts) - set(speaking("xx", ODD[odd], "ui.xx.yml").unsaid)
    assert not kept


@pytest.mark.parametrize("said", ["", " ", "~", "1", "[a]", "{one: a}", "{one: [a], other: b}", "2024-01-01"])
def test_a_word_of_another_kind_is_said_in_english(said: str) -> None:
    words = speaking("xx", f"home:\n  newest-articles: {said}\ncount:\n  article: {said}\n", "ui.xx.yml")
    assert {"home.newest-articles", "count.article"} <= set(words.unsaid)


def test_a_word_that_holds_itself_is_said_in_english() -> None:
    assert "count.article" in speaking("xx", "count: {article: &a {one: *a, other: *a}}", "ui.xx.yml").unsaid


def test_words_that_are_markers_themselves_are_text_and_end() -> None:
    words = speaking("xx", "home: {newest-articles: '[[home.newest-articles]] || a = b'}", "ui.xx.yml")
    shown = words.put_in("<h2>[[home.newest-articles]]</h2>")
    assert shown == "<h2>&#91;&#91;home.newest-articles&#93;&#93; &#124;&#124; a = b</h2>"


@pytest.mark.browser
@pytest.mark.xdist_group("hostile")
def test_hostile_words_are_text_on_every_page_and_in_the_search(browser: Browser, tmp_path: Path) -> None:
    root = make_project(tmp_path / "project").root
    with (root / "briefing.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nlanguage: xx\n")
    (root / "ui.xx.yml").write_text(json.dumps(hostile_catalogue()), encoding="utf-8")
    for number in range(3):
        (root / f"seeds/{number}.txt").write_text(
            f"The harbour opens {number}\n\nBy Ola Brandt\n\nSANDPORT, March {number + 1}, 2021 - The mayor, "
            f'Ann Holm, opened pier {number} on Monday. "It is good," she said.\n',
            encoding="utf-8",
        )
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-f", str(root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3_000:]
    assert "well-formed" not in done.stdout + done.stderr
    context = browser.new_context(bypass_csp=True)
    page, seen = watched(context, (root / "site").as_uri())
    for path in sorted((root / "site").rglob("*.html")):
        if path.name == "404.html":
            continue
        page.goto(path.as_uri(), wait_until="load")
        if path.name == "search.html":
            page.goto(f"{path.as_uri()}#q=harbour&type=article&type=%3Cb%3E&person=__proto__&date=x&sort=%00")
            page.locator(".bf-find__result, .bf-find__bar").first.wait_for()
            page.wait_for_timeout(500)
        look = page.evaluate(
            "() => [window.__ran, document.querySelectorAll('article :is(img, iframe, object)').length,"
            " document.querySelectorAll('article .bf-find__list li').length]"
        )
        assert look[:2] == [[], 0], path
    context.close()
    assert seen == Watched()
