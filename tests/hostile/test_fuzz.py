"""Readers and the whole way of a seed to its page, on generated text: no exception but the declared ones.

`FUZZ_SECONDS` says for how long (20 by default); `make fuzz` takes ten minutes and new examples each time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from generator import clean, describe, read
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.corpus.resolve import Decisions, parse_decisions
from generator.encode.markdown import normalise
from generator.errors import SeedRejected, UsageError
from generator.exports.package import build_package
from generator.exports.tables import build_tables
from generator.model import Annotated, Document
from generator.pages import SiteFacts, build_pages, find_addresses
from generator.pipeline.reduce import reduce
from generator.pipeline.work import annotate
from generator.read.limits import Limits
from generator.settings import parse_settings
from tests.encode.rendered import PROJECT
from tests.hostile.payloads import payloads

SECONDS = float(os.environ.get("FUZZ_SECONDS", "20"))
# So many examples that the time decides, not their number.
ENDLESS = 10_000_000
FUZZ = settings(
    max_examples=ENDLESS,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)

PIECES = (
    *(text for _, text in payloads()),
    *("The mayor, Ola Brandt, ", "said on Monday ", "Sandport ", "May 1, 2021 ", "“We waited,” ", "he said. ", "By "),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\u00a0",
        "\u3000",
        "References\n",
        "Category: ",
        "Published: ",
        "Updated: ",
    ),
    *(
        "(Reuters) - ",
        "김종찬 기자 ",
        "2024. 2. 15. 23:07\n",
        "15日、",
        "Q: ",
        "A: ",
        "MAYOR: ",
        "Share this\n",
        "728x90\n",
    ),
    *("<Title of it, 2021-03-04>", "https://example.org/a ", "a@example.org ", "1,234.5%", "final week ", "brand new "),
)
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=30).map("".join),
    st.tuples(st.sampled_from(PIECES), st.integers(1, 60)).map(lambda pair: pair[0] * pair[1]),
)
raws = st.one_of(
    st.binary(max_size=600),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.tuples(texts, st.sampled_from(("utf-16", "utf-16-le", "utf-32", "cp949", "cp1252", "koi8-r", "utf-7"))).map(
        lambda pair: pair[0].encode(pair[1], "ignore")
    ),
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(None)


class _Article(HTMLParser):
    """The tags of rendered Markdown, and the text of the article's paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def fuzz(check: Callable[..., None], seconds: float, **strategies: st.SearchStrategy[object]) -> int:
    """Call `check` with generated values for `seconds`; how many were tried."""
    tried = 0
    end = time.monotonic() + seconds

    class Over(Exception):
        """The time is up."""

    def one(**values: object) -> None:
        nonlocal tried
        if time.monotonic() > end:
            raise Over
        tried += 1
        check(**values)

    # In the suite the examples are the same on each run; for `make fuzz` they are new ones.
    runner = seed(int(time.time()) if "FUZZ_SECONDS" in os.environ else 20)(FUZZ(given(**strategies)(one)))
    with suppress(Over):
        runner()
    return tried


def test_readers_raise_only_what_they_declare() -> None:
    def check(raw: bytes, beside: bytes) -> None:
        try:
            text = read.read_seed("a.txt", raw, beside, Limits())
        except SeedRejected:
            return
        text.text.encode("utf-8")
        for value in text.override.values():
            str(value).encode("utf-8")

    assert fuzz(check, SECONDS / 5, raw=raws, beside=raws) > 50


def test_settings_and_decisions_raise_only_what_they_declare() -> None:
    lines = st.lists(
        st.sampled_from(
            ("rename:", "same:", "limits:", "  size: ", "  - [a, b]", "  a: b", "- ", "&x ", "*x", "!!str ")
        ),
        max_size=8,
    ).map("\n".join)

    def check(text: str) -> None:
        for parse in (lambda: parse_decisions(text, "entities.yml"), lambda: parse_settings(text, "briefing.yml")):
            try:
                parse()
            except UsageError:
                continue

    assert fuzz(check, SECONDS / 10, text=st.one_of(lines, texts)) > 50


def test_a_seed_of_any_text_becomes_pages_and_data_of_plain_markup(recognizer: Recognizer) -> None:
    def check(text: str) -> None:
        try:
            seed_text = read.read_seed("a.txt", text.encode("utf-8", "surrogatepass"), None, Limits())
        except SeedRejected:
            return
        document = describe.describe(clean.clean(seed_text, frozenset()), "a")
        covered = sorted(
            [(run.start, run.end) for zone in document.body for run in zone.text.runs]
            + [(removal.span.start, removal.span.end) for removal in document.ledger]
        )
        assert sum(end - start for start, end in covered) == len(seed_text.text)
        corpus = reduce([_annotated(document, recognizer)], Decisions()).corpus
        addresses = find_addresses(corpus, {})
        build_package(build_tables(corpus, addresses.urls), title="t", version="1")
        pages = build_pages(corpus, SiteFacts(), addresses)
        parser = _Article()
        for page in pages.values():
            source = page.decode("utf-8").partition("---\n")[2].partition("---\n")[2]
            assert normalise(source) == source
            parser.feed(markdown.markdown(source, extensions=PROJECT))
        parser.close()
        assert parser.tags.isdisjoint(("script", "img", "iframe", "style", "form", "object", "embed", "base", "math"))
        assert not [name for name in parser.attributes if name.startswith("on") or name in ("style", "srcdoc")]

    assert fuzz(check, SECONDS * 0.7, text=texts) > 10


def _annotated(document: Document, recognizer: Recognizer) -> Annotated:
    return annotate(document, recognizer)
