"""What a link tells before it is followed: a card for each article, name and event, in files loaded on demand.

Counts stand here and not in the pages, so that one more article that names a place does not change every page that
names it. The files are scripts, which load from disk as well; `briefing-cards.js` asks for them and shows the cards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from zlib import crc32

from generator.encode.markdown import one_line
from generator.model import Article, Entity, Event, Located
from generator.pages.article import published_words
from generator.pages.library import Library, Sentence
from generator.pages.reasons import told
from generator.pages.wording import Words
from generator.pages.words import basis_words, date_words, shortened

FOLDER = "cards"
# Cards in one file: about 25 KB, which any connection loads before a reader has waited for it.
SHARD = 100
NAME, WHAT, SENTENCE, SOURCE = 120, 160, 240, 70
# Names can be told by their first mention; of thousands of mentions the first one alone is looked for.
_LAST = "9999"
_ACTIVE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of a card; an empty one is left out."""

    kind: str
    name: str
    what: str
    counts: str
    sentence: str = ""
    source: str = ""


def card_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path below site_src/ and content of each file of cards."""
    cards = dict(_cards(library))
    shards = 1
    while shards * SHARD < len(cards):
        shards *= 2
    parts: list[dict[str, tuple[str, ...]]] = [{} for _ in range(shards)]
    for page, card in sorted(cards.items()):
        parts[crc32(page.encode()) % shards][page] = tuple(one_line(line) for line in astuple(card))
    yield f"{FOLDER}/index.js", _script("index", shards)
    for number, part in enumerate(parts):
        yield f"{FOLDER}/{number}.js", _script(str(number), part)


def _script(name: str, content: object) -> bytes:
    # Lone surrogates and whatever else is no text has gone with `one_line`; the rest is ASCII.
    written = json.dumps([name, content], separators=(",", ":")).translate(_ACTIVE)
    return f"(self.__briefingCards=self.__briefingCards||[]).push({written});\n".encode()


def _cards(library: Library) -> Iterator[tuple[str, Card]]:
    pages = library.addresses.pages
    for article in library.corpus.articles:
        yield pages[article.id].removesuffix(".md"), _of_article(article, library.site.words)
    for entity in library.corpus.entities:
        yield pages[entity.id].removesuffix(".md"), _of_entity(library, entity)
    for event in library.corpus.events:
        yield pages[f"event/{event.id}"].removesuffix(".md"), _of_event(library, event)


def _of_article(article: Article, words: Words) -> Card:
    document = article.annotated.document
    source = document.credit or document.outlet
    body = document.body
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
        shortened(body[0].text.text.strip(), SENTENCE) if body else "",
    )


def _of_entity(library: Library, entity: Entity) -> Card:
    articles = len({located.article for located in entity.mentions})
    words = library.site.words
    first = _first_mention(library, entity)
    what = shortened(told(entity.description, words), WHAT) or _where(entity, words)
    counts = words.say(
        "entity.mentions-in-articles",
        mentions=words.count(len(entity.mentions), "mention"),
        articles=words.count(articles, "article"),
    )
    kind = words.say(f"cards.{entity.type}")
    if first is None:
        return Card(kind, entity.name, what, counts)
    return Card(kind, entity.name, what, counts, _around(first), _source(library, first.article))


def _where(entity: Entity, words: Words) -> str:
    if entity.country:
        return words.say("cards.country-code", code=entity.country)
    return words.say("cards.no-description")


def _of_event(library: Library, event: Event) -> Card:
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


def _first_mention(library: Library, entity: Entity) -> Sentence | None:
    """The sentence that names the entity first: of the oldest dated article, else of an undated one."""

    def order(located: Located) -> tuple[str, str, int]:
        iso = library.articles[located.article].published.iso
        return iso or _LAST, located.article, located.mention.span.start

    within = [located for located in entity.mentions if located.mention.paragraph is not None]
    if not within:
        return None
    first = min(within, key=order)
    return library.sentence(first.article, first.mention.span, first.mention.paragraph)


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
