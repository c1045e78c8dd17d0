"""What a link tells before it is followed: a card for each article, name and event, in files loaded on demand.

Counts stand here and not in the pages, so that one more article that names a place does not change every page that
names it. The files are scripts, which load from disk as well; `briefing-cards.js` asks for them and shows the cards.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from zlib import crc32

import numpy as np

from generator.encode.markdown import one_line
from generator.lazy import opening
from generator.lazy.named import articles_of
from generator.model import Entity
from generator.pages.article import published_words
from generator.pages.library import Library, Sentence
from generator.pages.prints import encode
from generator.pages.reasons import told
from generator.pages.shelf import put
from generator.pages.wording import Words
from generator.pages.words import basis_words, date_words, shortened

FOLDER = "cards"
# Cards in one file: about 12 KB, which any connection loads before a reader has waited for it.
SHARD = 50
NAME, WHAT, SENTENCE, SOURCE = 120, 160, 240, 70
# Names can be told by their first mention; of thousands of mentions the first one alone is looked for.
_LAST = "9999"
_ACTIVE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class Card(NamedTuple):
    """The lines of a card; an empty one is left out."""

    kind: str
    name: str
    what: str
    counts: str
    sentence: str = ""
    source: str = ""


class Subject(NamedTuple):
    """What a card is about."""

    page: str
    """The path of its page without extension, by which the script looks the card up."""
    kind: str
    id: str
    first: tuple[str, int] | None = None
    """Of a name the article that names it first, and which of its mentions that is."""


def card_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path below site_src/ and content of each file of cards; nothing where `library` is a `Shelf` that keeps it."""
    subjects = list(_subjects(library))
    shards = 1
    while shards * SHARD < len(subjects):
        shards *= 2
    parts: list[list[Subject]] = [[] for _ in range(shards)]
    for subject in subjects:
        parts[crc32(subject.page.encode()) % shards].append(subject)
    yield f"{FOLDER}/index.js", _script("index", shards)
    for number, part in enumerate(parts):
        yield (
            f"{FOLDER}/{number}.js",
            put(library, f"{FOLDER}/{number}.js", encode(part), partial(_shard, str(number), part)),
        )


def _shard(name: str, subjects: Sequence[Subject], library: Library) -> bytes:
    return _script(name, {one.page: [one_line(line) for line in _MAKERS[one.kind](library, one)] for one in subjects})


def _script(name: str, content: object) -> bytes:
    # Lone surrogates and whatever else is no text has gone with `one_line`; the rest is ASCII.
    written = json.dumps([name, content], separators=(",", ":")).translate(_ACTIVE)
    return f"(self.__briefingCards=self.__briefingCards||[]).push({written});\n".encode()


def _subjects(library: Library) -> Iterator[Subject]:
    pages, corpus, census = library.addresses.pages, library.corpus, library.census
    oldest = sorted(corpus.articles, key=lambda article: (article.published.iso or _LAST, article.id))
    age = {article.id: number for number, article in enumerate(oldest)}
    for article in corpus.articles:
        yield Subject(pages[article.id].removesuffix(".md"), "article", article.id)
    firsts = np.array(census.firsts(age), np.int64)
    named = np.full(len(firsts), -1, np.int64)
    known = firsts >= 0
    named[known] = census.article[(census.edges[:-1] + firsts)[known]]
    for entity, first, at in zip(corpus.entities, firsts.tolist(), named.tolist(), strict=True):
        place = (census.articles[at].id, first) if first >= 0 else None
        yield Subject(pages[entity.id].removesuffix(".md"), "name", entity.id, place)
    for event in corpus.events:
        yield Subject(pages[f"event/{event.id}"].removesuffix(".md"), "event", event.id)


def _of_article(library: Library, subject: Subject) -> Card:
    article = library.articles[subject.id]
    words = library.site.words
    document = article.annotated.document
    source = document.credit or document.outlet
    begins = opening(document)
    return Card(
        words.say("cards.article"),
        shortened(document.title.value, NAME),
        _joined((published_words(article.published, words), source.value if source else "")),
        _joined(
            (
                words.count(document.words, "word"),
                *(basis_words(one.name, words) for one in document.signals if one.name != "undated"),
            )
        ),
        shortened(begins[0], SENTENCE) if begins else "",
    )


def _of_entity(library: Library, subject: Subject) -> Card:
    entity = library.entities[subject.id]
    articles = len(articles_of(entity.mentions))
    words = library.site.words
    what = shortened(told(entity.description, words), WHAT) or _where(entity, words)
    counts = words.say(
        "entity.mentions-in-articles",
        mentions=words.count(len(entity.mentions), "mention"),
        articles=words.count(articles, "article"),
    )
    kind = words.say(f"cards.{entity.type}")
    if subject.first is None:
        return Card(kind, entity.name, what, counts)
    article, number = subject.first
    mention = entity.mentions[number].mention
    first = library.sentence(article, mention.span, mention.paragraph)
    if first is None:
        return Card(kind, entity.name, what, counts)
    return Card(kind, entity.name, what, counts, _around(first), _source(library, article))


def _where(entity: Entity, words: Words) -> str:
    if entity.country:
        return words.say("cards.country-code", code=entity.country)
    return words.say("cards.no-description")


def _of_event(library: Library, subject: Subject) -> Card:
    event = library.events[subject.id]
    articles = len({one.article for one in event.evidence})
    words = library.site.words
    counts = words.say(
        "event.sentences-in-articles",
        sentences=words.count(len(event.evidence), "sentence"),
        articles=words.count(articles, "article"),
    )
    first = event.evidence[0] if event.evidence else None
    return Card(
        words.say("cards.event"),
        shortened(event.title, NAME),
        date_words(event.date, words),
        counts,
        shortened(first.text, SENTENCE) if first else "",
        _source(library, first.article) if first else "",
    )


def _around(one: Sentence) -> str:
    """The sentence, cut so that the name for which it is shown stays in it."""
    text = one.text.strip()
    if len(text) <= SENTENCE or one.low < SENTENCE - 60:
        return shortened(text, SENTENCE)
    begin = one.text.rfind(" ", 0, one.low - 80) + 1
    return "… " + shortened(one.text[begin:].strip(), SENTENCE - 2)


def _source(library: Library, article: str) -> str:
    iso = library.articles[article].published.iso
    words = library.site.words
    date = date_words(iso[:10], words) if iso else words.say("cards.undated")
    return _joined((shortened(library.title(article), SOURCE), date))


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


_MAKERS: Mapping[str, Callable[[Library, Subject], Card]] = {
    "article": _of_article,
    "name": _of_entity,
    "event": _of_event,
}
