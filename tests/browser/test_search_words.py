"""What search says comes from the catalogue: with every text in it marked, nothing it says is left unmarked."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.pages.wording import Words, english
from generator.search.files import index_files
from generator.search.inverted import invert
from generator.search.records import find_records
from tests.search.client import write_index
from tests.search.making import Name, Story, addresses, make_corpus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATIENCE = 10_000

NAMES = (
    Name("person", "Zorp Blick", ("Zorpo Blick",), (), "kelm trunt"),
    Name("organization", "Nozz Grup"),
    Name("place", "Wuxford"),
)
STORIES = tuple(
    Story(
        f"zy{number}",
        f"Kelm trunt {word}",
        (f"Zorp Blick vun Wuxford {word} drell. Nozz Grup snivv.", f"“Fenn glim drosk {word}”, Zorpo Blick."),
        date,
        outlet,
        signals=("zpun",) if number % 2 else (),
        said=((f"Fenn glim drosk {word}", "Zorp Blick"),),
        happened=((date, f"Drell {word}"),) if date else (),
    )
    for number, (word, date, outlet) in enumerate(
        [
            *((f"blarg{chr(97 + n)}", f"20{10 + 2 * n}-0{1 + n % 9}-11", "Quib Zeit") for n in range(26)),
            ("plim", "", ""),
            ("ploom", "2031", "Vask"),
        ]
    )
)
_TEXTS = [text for story in STORIES for text in (story.id, story.title, story.outlet, *story.paragraphs)]
OWN = {word.lower() for text in _TEXTS for word in re.findall("[A-Za-z]+", text)} | {"zpun", "zeng"}

# What somebody reads and hears inside a part of the page: texts, and what stands for them. Examples of queries are left
# out: they are words of no language.
_TOLD = """root => {
  const told = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === 3) {
      if (!node.parentElement.closest('code')) told.push(node.data);
    } else {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) told.push(node.getAttribute(name) ?? '');
    }
  }
  return told;
}"""


def marked(text: str) -> str:
    """`text` in marks, its places left out."""
    return re.sub(r"[^{}]+(?![^{]*\})", lambda part: f"⟦{part[0]}⟧", text)


def unmarked(told: list[str], asked: str) -> list[str]:
    """The words in `told` that neither the catalogue nor the corpus nor the reader said."""
    allowed = OWN | {word.lower() for word in re.findall("[A-Za-z]+", asked)}
    left = [re.sub("⟦[^⟦⟧]*⟧", " ", text) for text in told]
    return [text for text in left for word in re.findall("[A-Za-z]{2,}", text) if word.lower() not in allowed]


@pytest.fixture(scope="module")
def translated(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with an index and a search page in a language whose every word is marked."""
    folder = tmp_path_factory.mktemp("words") / "site"
    shutil.copytree(site, folder)
    every: dict[str, Any] = {
        key: marked(text) if isinstance(text, str) else {form: marked(one) for form, one in text.items()}
        for key, text in english().texts.items()
    }
    said = Words(every, "xx").client()
    corpus = make_corpus(STORIES, NAMES)
    records = find_records(corpus, addresses(corpus))
    shutil.rmtree(folder / "search")
    write_index(index_files(records, invert(records), {"zpun": "zpun"}, {"en": "zeng"}, said=said), folder)
    page = folder / "search.html"
    text = page.read_text("utf-8")
    assert text.count('id="bf-find"') == 1
    page.write_text(text.replace('id="bf-find"', f'id="bf-find" data-said="{html.escape(json.dumps(said))}"'), "utf-8")
    return folder


def told(page: Page) -> list[str]:
    expect(page.locator("#bf-find")).not_to_have_attribute("aria-busy", "true", timeout=PATIENCE)
    texts: list[str] = page.locator("#bf-find").evaluate(_TOLD)
    return texts


def test_a_text_is_marked_but_for_its_places() -> None:
    assert marked("Found {counts}.") == "⟦Found ⟧{counts}⟦.⟧"
    assert marked("{a} in {b}") == "{a}⟦ in ⟧{b}"
    assert unmarked(["⟦Found ⟧3⟦ articles⟧ blarga", "Found"], "") == ["Found"]


def test_search_says_nothing_that_is_not_in_the_catalogue(browser: Browser, translated: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{translated.as_uri()}/search.html")
    states = (
        "", "Blick", "Zorp Blick", "who drell blarga snivvle", "blarga plim ploom", "blargz", "glimm", "type:zzz",
        "person:zzz", "before:zzz", "?!", "zzzz", "glim " * 50, "plim",
    )  # fmt: skip
    narrowed = (
        "type=quote",
        "type=person",
        "date=2012",
        "lang=en",
        "quality=zpun",
        "source=Vask",
        "sort=date&place=Wuxford",
    )
    seen = 0
    for asked, more in [*((one, "") for one in states), *(("drell", one) for one in narrowed)]:
        page.goto("about:blank")
        page.goto(f"{translated.as_uri()}/search.html#q={quote(asked)}&{more}")
        expect(page.locator(".bf-find__status")).not_to_be_empty(timeout=PATIENCE)
        texts = told(page)
        assert unmarked(texts, asked + more.replace("=", " ")) == [], (asked, more)
        seen += sum("⟦" in text for text in texts)
        page.locator("#bf-box input").fill(asked)
        if asked.strip():
            expect(page.locator("#bf-box .bf-box__count")).to_contain_text("⟦", timeout=PATIENCE)
            listed: list[str] = page.locator("#bf-box-list").evaluate(_TOLD)
            assert unmarked(listed, asked) == [], asked
    assert seen > 500
    context.close()


@pytest.mark.parametrize("how", ["missing", "truncated", "emptied"])
def test_a_fault_is_told_in_the_words_of_the_site(browser: Browser, translated: Path, how: str) -> None:
    shard = translated / "search/p0.js"
    whole = shard.read_bytes()
    if how == "missing":
        shard.unlink()
    else:
        shard.write_bytes(whole[: len(whole) // 2] if how == "truncated" else b"")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{translated.as_uri()}/search.html#q=plim")
    expect(page.locator(".bf-find__status")).to_contain_text("search/p0.js", timeout=PATIENCE)
    assert unmarked(told(page), "search p0 js plim") == []
    context.close()
    shard.write_bytes(whole)
