"""The page of a person, an organization or a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from generator.encode.frontmatter import Value
from generator.lazy.named import articles_of
from generator.model import Article, Entity, Judgement
from generator.pages.company import TIE_SENTENCES
from generator.pages.library import Library, Name, Sentence, newest_first
from generator.pages.links import Links
from generator.pages.pictures.places import place_map
from generator.pages.reasons import told
from generator.pages.render import render
from generator.pages.wording import Words
from generator.pages.words import field_words, shortened

# A page of more sentences than this takes seconds to open on a phone; the rest is in the data package.
MENTIONS = 300
QUOTES = 100


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article and its sentences that name the entity; `more` are left out by the cap."""

    article: Article
    sentences: tuple[Sentence, ...]
    elsewhere: tuple[str, ...]
    """Surfaces outside the body: in the headline, the byline, the credit."""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Companion:
    """Another entity named in the same sentences."""

    entity: Name
    strength: int
    """How little chance explains that, in steps."""
    together: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many articles of a month name the entity; `share` of the busiest month, 0 to 1."""

    month: str
    count: int
    share: float


def entity_page(library: Library, entity: Entity) -> bytes:
    """The source of the page of `entity`."""
    here = library.addresses.pages[entity.id]
    links = Links(library.addresses, here)
    appearances, left_out = _appearances(library, entity)
    articles = articles_of(entity.mentions)
    names = tuple(sorted(entity.aliases, key=lambda alias: (-alias.count, alias.name)))
    quotes_by = library.quotes_by.get(entity.id, ())
    return render(
        "entity.html",
        here,
        library,
        _front_matter(entity, len(articles), library.site.words),
        entity=entity,
        folder=(f"{links.here.split('/', maxsplit=1)[0]}/index.md", library.site.words.say(f"folders.{entity.type}")),
        articles=articles,
        names=names,
        others=tuple(alias.name for alias in names if alias.name != entity.name and not alias.weak),
        dates=_dates(library, articles),
        months=months_of(library, articles),
        chart=place_map(entity) if entity.type == "place" else None,
        # A part of the name (the surname) is found by the name itself.
        weak=tuple(alias.name for alias in names if alias.weak and alias.name not in entity.name),
        appearances=appearances,
        left_out=left_out,
        quotes_by=quotes_by[:QUOTES],
        quotes_by_left_out=max(len(quotes_by) - QUOTES, 0),
        quotes_about=library.quotes_about.get(entity.id, ())[:QUOTES],
        events=library.events_of.get(entity.id, ()),
        companions=_companions(library, entity),
        same=_judged(entity, "same"),
        different=_judged(entity, "different"),
        unsure=_judged(entity, "unsure"),
    )


def months_of(library: Library, articles: Iterable[str]) -> tuple[MonthCount, ...]:
    """Articles by the month that their seed states, from the first month to the last; empty for fewer than two."""
    counts: defaultdict[str, int] = defaultdict(int)
    for article in articles:
        month = library.articles[article].published.iso[:7]
        if len(month) == 7 and month[4] == "-" and month[5:].isdigit():
            counts[month] += 1
    if len(counts) < 2:
        return ()
    most = max(counts.values())
    months = _months_between(min(counts), max(counts))
    # Bars narrower than two pixels say nothing: beyond ten years the months of silence are left out.
    kept = months if len(months) <= 120 else sorted(counts)
    return tuple(MonthCount(month, counts.get(month, 0), counts.get(month, 0) / most) for month in kept)


def _months_between(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    end = int(last[:4]) * 12 + int(last[5:])
    return [f"{(number - 1) // 12:04d}-{(number - 1) % 12 + 1:02d}" for number in range(year * 12 + month, end + 1)]


def _front_matter(entity: Entity, articles: int, words: Words) -> dict[str, Value]:
    mentioned = words.say(
        "entity.mentions-in-articles",
        mentions=words.count(len(entity.mentions), "mention"),
        articles=words.count(articles, "article"),
    )
    what = told(entity.description, words).rstrip(".")
    description = f"{what}. {mentioned}." if what else f"{mentioned}."
    return {
        "title": entity.name,
        "description": shortened(description, 200),
        "kind": entity.type,
        "hide": ("navigation",),
        # Whoever types a name looks for its page before the articles that name it.
        "search": {"boost": 2},
    }


def _appearances(library: Library, entity: Entity) -> tuple[tuple[Appearance, ...], int]:
    by_article: defaultdict[str, list[Sentence]] = defaultdict(list)
    elsewhere: defaultdict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, int, str]] = set()
    # Article by article, in the order in which their texts are at hand.
    ordered = sorted(entity.mentions, key=lambda one: (one.article, one.mention.span.start, one.mention.span.end))
    for located in ordered:
        mention = located.mention
        sentence = library.sentence(located.article, mention.span, mention.paragraph)
        if sentence is None:
            elsewhere[located.article].append(f"{field_words(mention.zone, library.site.words)}: {mention.surface}")
        elif (key := (sentence.article, sentence.paragraph, sentence.text)) not in seen:
            seen.add(key)
            by_article[located.article].append(sentence)
    appearances: list[Appearance] = []
    room = MENTIONS
    for article in newest_first(library.articles[one] for one in {**by_article, **elsewhere}):
        identity = article.id
        sentences = tuple(by_article[identity])
        shown = sentences[:room]
        room -= len(shown)
        if shown or not sentences:
            names = tuple(dict.fromkeys(elsewhere[identity]))
            appearances.append(Appearance(article, shown, names, len(sentences) - len(shown)))
    total = sum(len(sentences) for sentences in by_article.values())
    return tuple(appearances), max(total - MENTIONS, 0)


def _dates(library: Library, articles: Iterable[str]) -> tuple[str, str] | None:
    # The day is enough: of two articles of one day the clock would make a span.
    dates = sorted(iso[:10] for article in articles if (iso := library.articles[article].published.iso))
    return (dates[0], dates[-1]) if dates else None


def _companions(library: Library, entity: Entity) -> tuple[Companion, ...]:
    return tuple(
        Companion(
            library.names[one.id],
            one.strength,
            one.together,
            tuple(_tie_sentences(library, entity.id, list(one.places))),
        )
        for one in library.company(entity.id)
    )


def _tie_sentences(library: Library, entity: str, shared: list[tuple[str, int]]) -> Iterable[Sentence]:
    wanted = set(shared[:TIE_SENTENCES])
    found: dict[tuple[str, int], Sentence] = {}
    for article in sorted({article for article, _ in wanted}):
        paragraphs = library.paragraphs(article)
        mentions = (mention for mention, named in library.mentions[article] if named.id == entity)
        for mention in mentions:
            place = (article, paragraphs.sentence_at(mention.span))
            if place in wanted and place not in found:
                sentence = paragraphs.sentence(mention.span, mention.paragraph)
                if sentence:
                    found[place] = sentence
    return islice((found[place] for place in shared if place in found), TIE_SENTENCES)


def _judged(entity: Entity, verdict: str) -> tuple[Judgement, ...]:
    return tuple(judgement for judgement in entity.judgements if judgement.verdict == verdict)
