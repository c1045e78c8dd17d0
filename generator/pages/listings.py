"""Index pages: entities A to Z, events; and how a list shows an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.encode.frontmatter import Value
from generator.lazy import opening
from generator.model import Article, Entity, EntityType, Published
from generator.pages.addresses import FOLDERS
from generator.pages.article import bracket_words
from generator.pages.library import Library
from generator.pages.render import render
from generator.pages.wording import Words
from generator.pages.words import date_words, shortened

# Names on one page; more of them are split by their first letter.
NAMES = 400
# Of the letter pages, one with more names than this is split by the second letter.
LETTER = 800
# Of a split index, this many most mentioned names stand on its first page.
TOP = 60
LEDE = 180
OTHER = "0-9"

# What a listing says stands on the pages that it lists; searching both would find everything twice.
LISTING: dict[str, Value] = {"hide": ("navigation",), "search": {"exclude": True}, "kind": "index"}


@dataclass(frozen=True, slots=True)
class Told:
    """An article as a list shows it."""

    article: Article
    published: str
    lede: str


@dataclass(frozen=True, slots=True)
class Counted:
    """An entity as a list shows it."""

    id: str
    type: EntityType
    name: str
    slug: str
    mentions: int
    variants: tuple[str, ...]
    description: str
    """What it is; empty where its other names stand in that place."""


def told(article: Article, words: Words) -> Told:
    """`article` as a list shows it."""
    lede, *following = opening(article.annotated.document) or ("",)
    title = article.annotated.document.title.value
    # A title that was taken from the lede would be read twice.
    if lede.startswith(title.rstrip("…")) and following:
        (lede,) = following
    return Told(article, _listed_date(article.published, words), shortened(lede, LEDE))


def entity_lists(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the indexes of people, organizations and places."""
    words = library.site.words
    for kind in ("person", "organization", "place"):
        title = words.say(f"folders.{kind}")
        counted = [_counted(entity) for entity in library.corpus.entities if entity.type == kind]
        ranked = sorted(counted, key=lambda one: (-one.mentions, one.name))
        by_letter: defaultdict[str, list[Counted]] = defaultdict(list)
        for one in sorted(counted, key=lambda one: (one.slug, one.id)):
            first = one.slug[:1].upper()
            by_letter[first if first.isalpha() else OTHER].append(one)
        for letter in [letter for letter, names in by_letter.items() if len(names) > LETTER]:
            for one in by_letter.pop(letter):
                by_letter[one.slug[:2].capitalize()].append(one)
        by_letter = defaultdict(list, sorted(by_letter.items()))
        folder = FOLDERS[kind]
        split = len(counted) > NAMES
        pages = {letter: f"{folder}/letters/{letter.lower()}.md" for letter in by_letter} if split else {}
        shown = {} if split else dict(by_letter)
        yield (
            f"{folder}/index.md",
            _names_page(library, f"{folder}/index.md", title, ranked=ranked, by_letter=shown, pages=pages),
        )
        for letter, path in pages.items():
            page = _names_page(
                library,
                path,
                words.say("names.letter", title=title, letter=letter),
                ranked=(),
                by_letter={letter: by_letter[letter]},
                pages=pages,
            )
            yield path, page


def event_lists(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the index of events."""
    path = "events/index.md"
    words = library.site.words
    events = sorted(library.corpus.events, key=lambda event: (-len(event.evidence), event.date, event.id))
    meta = {
        "title": words.say("events.events"),
        "description": words.say("events.description", events=words.count(len(events), "event")),
    }
    yield (
        path,
        render("events.html", path, library, {**meta, **LISTING}, events=events[:NAMES], left_out=len(events[NAMES:])),
    )


def _listed_date(published: Published, words: Words) -> str:
    if published.iso:
        return date_words(published.iso, words)
    bracket = bracket_words(published, words)
    return words.say("articles.undated-within", bracket=bracket) if bracket else words.say("articles.undated")


def _names_page(
    library: Library,
    path: str,
    title: str,
    *,
    ranked: Sequence[Counted],
    by_letter: dict[str, list[Counted]],
    pages: dict[str, str],
) -> bytes:
    meta = {"title": title, "description": library.site.words.say("names.description", title=title)}
    return render(
        "names.html",
        path,
        library,
        # The letters stand above the names; a table of contents would have them a second time.
        {**meta, **LISTING, "hide": ("navigation", "toc")},
        title=title,
        total=len(ranked),
        # A short index needs no list of its most mentioned names above it.
        top=ranked[:TOP] if pages else ranked[:12],
        by_letter=by_letter,
        pages=pages,
    )


def _counted(entity: Entity) -> Counted:
    variants = _variants(entity)
    description = "" if variants else entity.description
    return Counted(entity.id, entity.type, entity.name, entity.slug, len(entity.mentions), variants, description)


def _variants(entity: Entity) -> tuple[str, ...]:
    names = sorted(
        (alias for alias in entity.aliases if alias.name != entity.name and not alias.weak),
        key=lambda alias: (-alias.count, alias.name),
    )
    return tuple(alias.name for alias in names[:4])
