"""Index pages: entities A to Z, events; and how a list shows an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.encode.frontmatter import Value
from generator.lazy import opening
from generator.model import Article, Entity, EntityType, Published
from generator.pages.addresses import FOLDERS
from generator.pages.article import bracket_words
from generator.pages.library import Library
from generator.pages.paging import Place, branches, parts, steps_of_name
from generator.pages.render import render
from generator.pages.wording import Words
from generator.pages.words import date_words, shortened

# Names on one page; more of them are split by their first letters, and a letter again where it has more than this.
NAMES = 150
LETTER = 150
# Of a split index, this many most mentioned names stand on its first page.
TOP = 60
# Of events those with most evidence: the others are looked for in the order of time.
EVENTS = 100
LEDE = 180

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
        by_name = sorted(counted, key=lambda one: (one.slug, one.id))
        folder = FOLDERS[kind]
        front = f"{folder}/index.md"
        split = len(counted) > NAMES
        tree = list(branches(by_name, LETTER, lambda one: steps_of_name(one.slug))) if split else []
        # Names that all begin alike have no pages of letters.
        if len(tree) <= 1:
            by_letter: defaultdict[str, list[Counted]] = defaultdict(list)
            for one in by_name:
                by_letter[steps_of_name(one.slug)[0]].append(one)
            yield front, _names_page(library, front, title, ranked=ranked, by_letter=_labelled(by_letter))
            continue
        pages = _letters(folder, tree[0].below)
        yield front, _names_page(library, front, title, ranked=ranked, pages=pages)
        for branch in tree[1:]:
            path = f"{folder}/letters/{branch.key}.md"
            letter = words.say("names.letter", title=title, letter=branch.key.capitalize())
            for part in parts(branch.things, LETTER, path, path.removesuffix(".md") + "-part-{}.md"):
                page = _names_page(
                    library,
                    part.path,
                    part.titled(letter, words),
                    by_letter=_labelled({branch.key: part.things} if part.things else {}),
                    pages=pages,
                    below=_letters(folder, branch.below),
                    place=part.place,
                )
                yield part.path, page


def _letters(folder: str, keys: Iterable[str]) -> dict[str, str]:
    """Where the names with these first letters stand."""
    return {key.capitalize(): f"{folder}/letters/{key}.md" for key in keys}


def _labelled(names: Mapping[str, Sequence[Counted]]) -> dict[str, Sequence[Counted]]:
    return {key.capitalize(): some for key, some in sorted(names.items())}


def event_lists(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the index of events."""
    path = "events/index.md"
    words = library.site.words
    events = sorted(library.corpus.events, key=lambda event: (-len(event.evidence), event.date, event.id))
    meta = {"title": words.say("events.events"), "description": words.say("events.description")}
    yield (
        path,
        render(
            "events.html", path, library, {**meta, **LISTING}, events=events[:EVENTS], left_out=len(events) > EVENTS
        ),
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
    ranked: Sequence[Counted] = (),
    by_letter: Mapping[str, Sequence[Counted]] = MappingProxyType({}),
    pages: Mapping[str, str] = MappingProxyType({}),
    below: Mapping[str, str] = MappingProxyType({}),
    place: Place | None = None,
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
        by_letter=dict(by_letter),
        pages=dict(pages),
        below=dict(below),
        place=place,
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
