"""How much of an article's text may be published, carried out on the corpus before anything is made of it.

Whatever comes later (pages, data, feeds, search) sees only what this stage lets through: what is withheld is not
hidden, it is not there. Names, dates and fields about an article are facts and stay, wherever they stood; sentences
do not. The seed keeps its length, with `MASK` in place of what is withheld, so that offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from generator.aligned import Span
from generator.model import (
    Annotated,
    Article,
    Corpus,
    Document,
    Entity,
    Event,
    Field,
    Located,
    Mention,
    Publish,
    ResolvedQuote,
    Statement,
    Zone,
)

MASK = "█"
# As long as WordPress makes an excerpt by itself (55 words), which is what the trade takes for one.
EXCERPT_WORDS = 55
_UNSHOWN = "The evidence is in the text, which is not published here."
_WORD = re.compile(r"\w+")
_STRICTNESS: Mapping[Publish, int] = {"full": 0, "excerpt": 1, "metadata": 2}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the owner of the briefing may publish. A seed's own rule wins, then its source's, then the default."""

    default: Publish = "full"
    sources: Mapping[str, Publish] = field(default_factory=dict)
    """Outlet or credit as the site names it, in any case; where both have a rule, the stricter holds."""
    seeds: Mapping[str, Publish] = field(default_factory=dict)
    """Name below seeds/, or a pattern with `*`; of several that match, the strictest holds."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The corpus as it may be published, and the names in the rules that fit nothing."""

    corpus: Corpus
    unmatched: tuple[str, ...] = ()


def withhold(corpus: Corpus, rights: Rights) -> Withheld:
    """`corpus` without the text that `rights` withholds; the same object where they withhold nothing."""
    used: set[str] = set()
    levels = {article.id: _level(article, rights, used) for article in corpus.articles}
    unmatched = tuple(name for name in (*rights.sources, *rights.seeds) if name not in used)
    levels = {one: level for one, level in levels.items() if level != "full"}
    if not levels:
        return Withheld(corpus, unmatched)
    kept: dict[str, tuple[Span, ...]] = {}
    articles = []
    for article in corpus.articles:
        if article.id in levels:
            zones = _excerpt(article) if levels[article.id] == "excerpt" else ()
            kept[article.id] = tuple(zone.text.seed_span(0, len(zone.text.text)) for zone in zones)
            articles.append(_reduced(article, zones, kept[article.id], levels[article.id]))
        else:
            articles.append(article)
    return Withheld(_without(corpus, tuple(articles), kept), unmatched)


def _level(article: Article, rights: Rights, used: set[str]) -> Publish:
    document = article.annotated.document
    of_seed = {name: level for name, level in rights.seeds.items() if fnmatchcase(document.seed.name, name)}
    named = {one.value.casefold() for one in (document.outlet, document.credit) if one}
    of_source = {name: level for name, level in rights.sources.items() if name.casefold() in named}
    used.update(of_seed, of_source)
    return _strictest(of_seed.values()) or _strictest(of_source.values()) or rights.default


def _strictest(levels: Iterable[Publish]) -> Publish | None:
    return max(levels, key=lambda level: _STRICTNESS[level], default=None)


def _excerpt(article: Article) -> tuple[Zone, ...]:
    """The body's first whole sentences, up to `EXCERPT_WORDS`; that many words of a first sentence that is longer."""
    zones: list[Zone] = []
    words = 0
    sentences = iter(sorted(article.annotated.sentences, key=lambda span: span.start))
    sentence = next(sentences, None)
    for zone in article.annotated.document.body:
        end = 0
        while sentence is not None and (view := zone.text.view_span(sentence)) is not None:
            length = len(zone.text.text[view[0] : view[1]].split())
            if words + length > EXCERPT_WORDS:
                break
            words, end = words + length, view[1]
            sentence = next(sentences, None)
        if not words:
            end = _first_words(zone.text.text)
            words = EXCERPT_WORDS
        if not end:
            break
        zones.append(zone if end == len(zone.text.text) else _cut(zone, end))
        if end < len(zone.text.text.rstrip()):
            break
    return tuple(zones)


def _first_words(text: str) -> int:
    end = 0
    for word in text.split(maxsplit=EXCERPT_WORDS)[:EXCERPT_WORDS]:
        end = text.index(word, end) + len(word)
    return end


def _cut(zone: Zone, end: int) -> Zone:
    stop = zone.text.seed_span(0, end).end
    reading = zone.reading.view_span(Span(0, stop))
    return replace(zone, text=zone.text.slice(0, end), reading=zone.reading.slice(0, reading[1] if reading else 0))


def _reduced(article: Article, zones: tuple[Zone, ...], kept: tuple[Span, ...], level: Publish) -> Article:
    annotated = article.annotated
    document = _without_lede(annotated.document, level)
    mentions = tuple(_placed(mention, kept) for mention in annotated.mentions)
    outside = tuple(zone for zone in document.zones if zone.kind != "body")
    facts = [mention.span for mention in mentions]
    facts += [zone.text.seed_span(0, len(zone.text.text)) for zone in outside if zone.text.text]
    fields = (document.title, *document.authors, document.outlet, document.credit, document.category, document.url)
    facts += [span for one in fields if one for span in one.spans]
    facts += [*document.published.spans, *document.updated.spans]
    facts += [span for clue in article.published.clues for span in clue.spans]
    reduced = replace(
        document,
        seed=replace(document.seed, text=_masked(document.seed.text, (*kept, *facts))),
        zones=tuple(sorted((*outside, *zones), key=lambda zone: zone.text.runs[0].start if zone.text.runs else 0)),
        ledger=tuple(removal for removal in document.ledger if removal.moved_to),
        glosses=tuple(gloss for gloss in document.glosses if _inside(gloss.span, kept)),
        # What speaks for a signal are phrases of the text.
        signals=tuple(replace(signal, evidence=_UNSHOWN, spans=()) for signal in document.signals),
    )
    return replace(
        article,
        annotated=Annotated(
            reduced,
            tuple(span for span in annotated.sentences if _inside(span, kept)),
            mentions,
            tuple(one for one in annotated.dates if one.zone != "body" or _inside(one.span, kept)),
            tuple(one for one in annotated.quotes if _inside(one.span, kept)),
        ),
        dates=tuple(one for one in article.dates if one.paragraph is None or _inside(one.span, kept)),
        publish=level,
    )


def _without_lede(document: Document, level: Publish) -> Document:
    """Without a title that is text: for want of a headline it was the first words, and now is the seed's name."""
    if level != "metadata" or document.title.basis != "lede":
        return document
    name = document.seed.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return replace(document, title=Field(name, "file-name", inferred=True))


def _placed(mention: Mention, kept: tuple[Span, ...]) -> Mention:
    """A mention outside what is kept is one of the article, and of no paragraph."""
    return mention if mention.paragraph is None or _inside(mention.span, kept) else replace(mention, paragraph=None)


def _inside(span: Span, kept: Iterable[Span]) -> bool:
    return any(one.covers(span) for one in kept)


def _masked(text: str, kept: Iterable[Span]) -> str:
    pieces: list[str] = []
    position = 0
    for span in sorted(kept):
        if span.end <= position:
            continue
        start = max(span.start, position)
        pieces += (_mask(text[position:start]), text[start : span.end])
        position = span.end
    return "".join((*pieces, _mask(text[position:])))


def _mask(text: str) -> str:
    return "".join(char if char.isspace() else MASK for char in text)


def _without(corpus: Corpus, articles: tuple[Article, ...], kept: Mapping[str, tuple[Span, ...]]) -> Corpus:
    """Everything that quotes a withheld stretch, out of the rest of the corpus."""

    def shown(article: str, span: Span) -> bool:
        return article not in kept or _inside(span, kept[article])

    numbers: dict[int, int] = {}
    quotes: list[ResolvedQuote] = []
    for number, one in enumerate(corpus.quotes):
        if shown(one.article, one.quote.span):
            numbers[number] = len(quotes)
            quotes.append(one)
    statements = (
        Statement(one.speaker, tuple(numbers[quote] for quote in one.quotes if quote in numbers))
        for one in corpus.statements
    )
    return replace(
        corpus,
        articles=articles,
        entities=tuple(_entity(entity, kept) for entity in corpus.entities),
        events=tuple(event for one in corpus.events if (event := _event(one, kept)).evidence),
        quotes=tuple(quotes),
        statements=tuple(one for one in statements if len(one.quotes) > 1),
    )


def _entity(entity: Entity, kept: Mapping[str, tuple[Span, ...]]) -> Entity:
    if not any(located.article in kept for located in entity.mentions):
        return entity
    return replace(
        entity,
        mentions=tuple(
            Located(one.article, _placed(one.mention, kept[one.article])) if one.article in kept else one
            for one in entity.mentions
        ),
    )


def _event(event: Event, kept: Mapping[str, tuple[Span, ...]]) -> Event:
    evidence = tuple(one for one in event.evidence if one.article not in kept or _inside(one.span, kept[one.article]))
    if len(evidence) == len(event.evidence):
        return event
    # The title is cut from one of the sentences: where that one may not stand, neither may its words.
    words = set(_WORD.findall(event.title.casefold()))
    worded = any(words <= set(_WORD.findall(one.text.casefold())) for one in evidence)
    return replace(event, evidence=evidence if worded else (), conflicts=())
