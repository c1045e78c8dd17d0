"""The language of the pages: a catalogue named in the settings, its gaps in English, and no word left beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser

import pytest
import yaml

from generator.errors import UsageError
from generator.model import Clue, Signal
from generator.pages import build_pages
from generator.pages.wording import Words, english, placeholders, speaking
from generator.settings import parse_settings
from tests.pages.fixture import corpus, facts

TOLD = {"title", "aria-label", "alt", "placeholder", "data-label"}
MARK = "‡"
# In what the engine says to readers; pages say it in their own language.
ENGINE = {
    "reason",
    "note",
    "basis",
    "description_basis",
    "conflicts",
    "rule",
    "measure",
    "floor",
    "tables",
    "message",
    "remedy",
}


def marked(text: str) -> str:
    """`text` with a mark in front of each of its words, its placeholders left alone."""
    return "".join(
        part if part.startswith("{") else re.sub(r"[^\W\d_]+", lambda word: MARK + word[0], part)
        for part in re.split(r"(\{\w+\})", text)
    )


def pseudo() -> Words:
    """The English catalogue with a mark at every word."""
    texts = {
        key: marked(text) if isinstance(text, str) else {form: marked(one) for form, one in text.items()}
        for key, text in english().texts.items()
    }
    return Words(texts, "qps")


class Told(HTMLParser):
    """What a page says: texts and told attributes, those of scripts and of code for copying left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "code")
        self.said.extend(value for name, value in attrs if name in TOLD and value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "code")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def strings(value: object) -> Iterator[str]:
    """Every string in `value`, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from strings(key)
            yield from strings(one)
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value) and not isinstance(value, Words):
        for field in fields(value):
            part = getattr(value, field.name)
            if not (field.name in ENGINE or (isinstance(value, Clue | Signal) and isinstance(part, str))):
                yield from strings(part)


def plain(text: str) -> str:
    """The words of `text`, lower case and without numbers, each between spaces."""
    return " ".join(["", *(word for word in re.findall(r"[^\W_]+", text.lower()) if not word.isdigit()), ""])


def unsaid(pages: Mapping[str, bytes], others: str) -> dict[str, str]:
    """What stands on `pages` without a mark and is not in `others`, with the page where it was seen first."""
    found: dict[str, str] = {}
    for path, content in pages.items():
        teller = Told()
        teller.feed(content.decode().split("<!-- briefing -->")[-1])
        for text in teller.said:
            for piece in re.split(rf"{MARK}[^\W\d_]+|[.,:;·…()“”‘’\"\[\]|¶]", text):
                # A letter alone heads a list of names.
                if re.search(r"[^\W\d_]{2}", piece) and plain(piece) not in others:
                    found.setdefault(piece.strip(), path)
    return found


def test_no_page_has_a_word_of_its_own_beside_the_catalogue() -> None:
    world = replace(facts(), words=pseudo())
    # What is not the pages' own: the articles, what is known of names, and names of files and columns.
    others = plain(
        " ".join(
            [
                *strings(corpus()),
                *strings(replace(world, words=english())),
                "BibTeX RIS CSL-JSON CSV JSON sqlite",
            ]
        )
    )
    pages = build_pages(corpus(), world)
    assert unsaid(pages, others) == {}
    planted = {"x.md": b"<!-- briefing -->\n<p>Ada Morrow was seen here</p><!-- /briefing -->"}
    assert unsaid(planted, others) == {"Ada Morrow was seen here": "x.md"}


def test_a_catalogue_of_the_project_speaks_and_what_it_lacks_is_said_in_english() -> None:
    own = yaml.safe_dump(
        {
            "home": {"newest-articles": "Neueste Artikel", "built": "Gebaut"},
            "count": {"article": {"one": "{n} Artikel"}},
        }
    )
    words = speaking("de", own, "ui.de.yml")
    assert words.language == "de"
    assert words.say("home.newest-articles") == "Neueste Artikel"
    assert words.say("home.key-points") == english().say("home.key-points")
    # A text without its placeholder, and a number without one of its forms, would say less than the English one.
    assert placeholders(str(english().texts["home.built"]))
    assert "home.built" in words.unsaid
    assert words.count(2, "article") == "2 articles"
    assert "count.article" in words.unsaid
    assert "home.newest-articles" not in words.unsaid
    page = build_pages(corpus(), replace(facts(), words=words))["index.md"].decode()
    assert "Neueste Artikel" in page


def test_text_of_an_article_in_another_language_than_the_page_says_so() -> None:
    page = next(
        content.decode()
        for path, content in build_pages(corpus(), replace(facts(), words=replace(english(), language="de"))).items()
        if path.startswith("articles/") and "lenn" in path and "index" not in path
    )
    assert re.search(r'<section class="bf-body"[^>]* lang="en">', page)


def test_a_language_without_a_catalogue_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="no catalogue of words in 'tlh'") as error:
        speaking("tlh")
    assert "ui.tlh.yml" in error.value.remedy


@pytest.mark.parametrize("text", ["- a list", "home: text", "a: [", "just words"])
def test_a_catalogue_that_is_none_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(UsageError, match=r"ui\.de\.yml"):
        speaking("de", text, "ui.de.yml")


@pytest.mark.parametrize("code", ["../de", "German", "d", "de_AT", "de\n"])
def test_what_is_no_code_of_a_language_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="language"):
        parse_settings(f"language: {code!r}" if "\n" not in code else 'language: "de\\n"', "briefing.yml")
