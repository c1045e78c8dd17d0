"""Corpora for the tests of search: made of plain values, with invented names, as large as a test asks for."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from generator.aligned import AlignedText, Span
from generator.model import (
    Alias,
    Annotated,
    Article,
    Corpus,
    Document,
    Entity,
    EntityType,
    Event,
    Evidence,
    Field,
    Located,
    Mention,
    Published,
    Quote,
    ResolvedQuote,
    SeedText,
    Signal,
    Zone,
)
from generator.slug import slugify
from tests.search.prose import Prose, word


@dataclass(frozen=True)
class Name:
    """Somebody or something, and every way the texts call it."""

    type: EntityType
    name: str
    others: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    description: str = ""
    key: str = ""


@dataclass(frozen=True)
class Story:
    """An article as a test writes it down. `said`: quotation (as it stands in the text) and speaker."""

    id: str
    title: str
    paragraphs: Sequence[str]
    date: str = ""
    outlet: str = ""
    language: str = "en"
    signals: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    happened: tuple[tuple[str, str], ...] = field(default=())
    """Date and title of events; the first paragraph is their evidence."""


def make_corpus(stories: Sequence[Story], names: Sequence[Name] = ()) -> Corpus:
    """The corpus of `stories`; `names` are found in them wherever they stand as they are written."""
    articles = {story.id: _article(story) for story in stories}
    entities = tuple(_entity(name, articles) for name in names)
    by_name = {one: entity for name, entity in zip(names, entities, strict=True) for one in (name.name, *name.others)}
    quotes: list[ResolvedQuote] = []
    events: list[Event] = []
    for story in stories:
        text = articles[story.id].annotated.document.seed.text
        for said, speaker in story.said:
            at = text.index(said)
            number = next(n for n, p in enumerate(story.paragraphs, 1) if said in p)
            quote = Quote(Span(at, at + len(said)), said, "direct", number, speaker)
            known = by_name.get(speaker)
            quotes.append(
                ResolvedQuote(story.id, quote, known.name if known else speaker, known.id if known else "", "", "")
            )
        for day, title in story.happened:
            first = story.paragraphs[0]
            evidence = Evidence(story.id, 1, Span(text.index(first), text.index(first) + len(first)), first)
            involved = tuple(entity.id for entity in entities if entity.name in first)
            events.append(Event(f"{day}-{slugify(title)}", day, "day", title, involved, (evidence,)))
    return Corpus(tuple(articles.values()), entities, tuple(events), (), tuple(quotes), ())


def addresses(corpus: Corpus) -> Mapping[str, str]:
    """An address for each page of `corpus`."""
    folders = {"person": "people", "organization": "organizations", "place": "places", "event": "events"}
    urls = {article.id: f"articles/{slugify(article.id)}.html" for article in corpus.articles}
    urls |= {entity.id: f"{folders[entity.type]}/{entity.slug}.html" for entity in corpus.entities}
    return urls | {event.id: f"events/{event.id}.html" for event in corpus.events}


def _article(story: Story) -> Article:
    text = "\n".join([story.title, *story.paragraphs])
    seed = SeedText(f"{story.id}.txt", sha256(text.encode()).hexdigest(), text, "utf-8")
    zones: list[Zone] = []
    at = len(story.title) + 1
    title = AlignedText.verbatim(story.title, 0)
    zones.append(Zone("headline", title, title))
    for number, paragraph in enumerate(story.paragraphs, 1):
        aligned = AlignedText.verbatim(paragraph, at)
        zones.append(Zone("body", aligned, aligned, number))
        at += len(paragraph) + 1
    published = Published(story.date, "day", "byline") if story.date else Published()
    document = Document(
        id=story.id,
        seed=seed,
        zones=tuple(zones),
        ledger=(),
        title=Field(story.title, "headline"),
        authors=(),
        outlet=Field(story.outlet, "byline") if story.outlet else None,
        credit=None,
        category=None,
        language=Field(story.language, "letters"),
        translated_from=None,
        url=None,
        published=published,
        updated=Published(),
        references=(),
        glosses=(),
        signals=tuple(Signal(signal, 0.9, "made so") for signal in story.signals),
        words=len(text.split()),
    )
    return Article(Annotated(document, (), (), (), ()), published, ())


def _entity(name: Name, articles: Mapping[str, Article]) -> Entity:
    located: list[Located] = []
    counts: dict[str, set[str]] = {}
    surfaces = [(one, False) for one in (name.name, *name.others)] + [(one, True) for one in name.weak]
    for surface, weak in surfaces:
        for article in articles.values():
            text = article.annotated.document.seed.text
            at = text.find(surface)
            while at >= 0:
                span = Span(at, at + len(surface))
                located.append(
                    Located(article.id, Mention(span, surface, name.type, surface, "test", 1.0, "body", 1, weak=weak))
                )
                counts.setdefault(surface, set()).add(article.id)
                at = text.find(surface, at + len(surface))
    slug = slugify(name.name)
    aliases = tuple(
        Alias(surface, 1, tuple(sorted(counts.get(surface, ()))), "made so", weak) for surface, weak in surfaces
    )
    return Entity(
        f"{name.type}/{slug}", name.type, name.name, slug, aliases, tuple(located), name.description, key=name.key
    )


_CODAS = ("", "n", "r", "l", "s", "t", "nd")


def make_large(articles: int, *, words: int = 500, seed: int = 1) -> Corpus:
    """So many articles of `words` words, with the measure of real news (see `prose`), names by Zipf's law too."""
    chance = random.Random(seed)  # noqa: S311 -- a test's, to be the same each time
    prose = Prose(chance, articles * words)
    people = [
        Name("person", f"{word(chance).title()} {word(chance).title()}{chance.choice(_CODAS)}")
        for _ in range(max(articles // 2, 4))
    ]
    places = [Name("place", f"{word(chance).title()}ford") for _ in range(max(articles // 20, 4))]
    bodies = [Name("organization", f"{word(chance).title()} Board") for _ in range(max(articles // 10, 4))]
    names = list({(name.type, slugify(name.name)): name for name in [*people, *places, *bodies]}.values())
    name_weights = [1 / (rank + 1) for rank in range(len(names))]
    chance.shuffle(names)
    stories: list[Story] = []
    for number in range(articles):
        day = (date(2020, 1, 1) + timedelta(days=number * 1500 // articles)).isoformat()
        drawn = prose.text(words)
        some = chance.choices(names, name_weights, k=words // 30)
        paragraphs: list[str] = []
        said: list[tuple[str, str]] = []
        for start in range(0, words, 60):
            part = drawn[start : start + 60]
            for _ in range(2):
                if some:
                    part.insert(chance.randrange(len(part)), some.pop().name)
            if start % 120 == 0:
                quotation = " ".join(part[3:23])
                said.append((quotation, some[-1].name if some else ""))
                part[3:23] = [f"“{quotation}”,"]
            paragraphs.append(" ".join(part))
        title = " ".join(prose.draw(8)).capitalize()
        stories.append(Story(f"a{number:05d}", title, paragraphs, day, f"Outlet {number % 40}", said=tuple(said[:4])))
    return _quick_corpus(stories, names)


def _quick_corpus(stories: Sequence[Story], names: Sequence[Name]) -> Corpus:
    """As `make_corpus`, for names that are few words: found by their words instead of by searching each text."""
    import re

    articles = {story.id: _article(story) for story in stories}
    pattern = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
    by_name = {name.name: (number, name) for number, name in enumerate(names)}
    located: dict[int, list[Located]] = {}
    quotes: list[ResolvedQuote] = []
    ids = [f"{name.type}/{slugify(name.name)}" for name in names]
    for story in stories:
        text = articles[story.id].annotated.document.seed.text
        for match in pattern.finditer(text):
            known = by_name.get(match[0])
            if known:
                mention = Mention(Span(*match.span()), match[0], known[1].type, match[0], "test", 1.0, "body", 1)
                located.setdefault(known[0], []).append(Located(story.id, mention))
        for said, speaker in story.said:
            at = text.find(said)
            if at >= 0:
                number = next((n for n, p in enumerate(story.paragraphs, 1) if said in p), 1)
                quote = Quote(Span(at, at + len(said)), said, "direct", number, speaker)
                entity = ids[by_name[speaker][0]] if speaker in by_name else ""
                quotes.append(ResolvedQuote(story.id, quote, speaker, entity, "", ""))
    entities = tuple(
        Entity(
            ids[number],
            name.type,
            name.name,
            slugify(name.name),
            (Alias(name.name, len(located[number]), (), "made so"),),
            tuple(located[number]),
        )
        for number, name in enumerate(names)
        if number in located
    )
    return Corpus(tuple(articles.values()), entities, (), (), tuple(quotes), ())
