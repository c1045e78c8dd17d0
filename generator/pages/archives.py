"""The lists of articles: the newest, and all of them by year and month, source, language and quality.

Long lists are split by year, then by month, and only then by number: one more article then changes the pages of its own
month and the counts above it, not every page after the place where it comes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Article
from generator.pages.addresses import year_of
from generator.pages.library import Library
from generator.pages.listings import LISTING, told
from generator.pages.paging import Part, parts
from generator.pages.render import render
from generator.pages.words import basis_words, language_words
from generator.slug import slugify

# Stories on the first page of a list that is split; older ones are on the pages of their time.
NEWEST = 40
# A list with more articles than this is split: a longer page is scrolled, not read.
PAGE = 300
# Links to sources above the newest articles; all of them have a page of their own.
SOURCES = 12
# A slug of a source's name longer than this says no more.
_SLUG = 40


@dataclass(frozen=True, slots=True)
class Archive:
    """A part of the articles: where its list stands and how long it is."""

    title: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Several ways on from a list, under one name."""

    title: str
    archives: tuple[Archive, ...]


def article_lists(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the pages that list articles."""
    by_year: defaultdict[str, list[Article]] = defaultdict(list)
    for article in library.newest:
        by_year[year_of(article)].append(article)
    years: list[Archive] = []
    words = library.site.words
    for year, articles in sorted(by_year.items(), reverse=True):
        path = f"articles/{year or 'undated'}/index.md"
        title = year or words.say("articles.undated")
        of = words.say("articles.of", part=year) if year else words.say("articles.of-undated")
        years.append(Archive(title, path, len(articles)))
        stem = f"articles/{year}/month-" if year else "articles/undated/page-"
        yield from _tree(library, of, articles, path, stem)
    groups = [Group(words.say("articles.by-year"), tuple(years))] if years else []
    for title, heading, name, values in _kinds(library):
        archives = _archives(name, values)
        for archive, some in zip(archives, values.values(), strict=True):
            stem = archive.path.removesuffix("index.md")
            yield from _tree(library, words.say("articles.of", part=archive.title), some, archive.path, stem)
        if len(archives) > SOURCES:
            path = f"articles/{name}/index.md"
            yield path, _list_page(library, path, heading, (), [Group("", archives)])
            archives = (*archives[:SOURCES], Archive(words.say("articles.all"), path, len(archives)))
        if archives:
            groups.append(Group(title, archives))
    front = "articles/index.md"
    yield (
        front,
        _list_page(
            library, front, words.say("articles.articles"), library.newest[:NEWEST], groups, total=len(library.newest)
        ),
    )


def _kinds(library: Library) -> Iterator[tuple[str, str, str, dict[str, list[Article]]]]:
    """Each way to part the articles: title, title of the page of all parts, folder, articles by what they share.

    The largest part comes first.
    """
    sources: defaultdict[str, list[Article]] = defaultdict(list)
    languages: defaultdict[str, list[Article]] = defaultdict(list)
    qualities: defaultdict[str, list[Article]] = defaultdict(list)
    words = library.site.words
    for article in library.newest:
        document = article.annotated.document
        named = [field.value for field in (document.outlet, document.credit) if field and field.value]
        for source in dict.fromkeys(named):
            sources[source].append(article)
        if document.translated_from:
            origin = language_words(document.translated_from.value, words)
            languages[words.say("articles.translated-from", origin=origin)].append(article)
        if document.language:
            languages[language_words(document.language.value, words)].append(article)
        for signal in dict.fromkeys(signal.name for signal in document.signals):
            qualities[basis_words(signal, words)].append(article)
    found = (
        (words.say("articles.by-source"), words.say("articles.title-by-source"), "sources", sources),
        (words.say("articles.by-language"), words.say("articles.title-by-language"), "languages", languages),
        (words.say("articles.by-quality"), words.say("articles.title-by-quality"), "quality", qualities),
    )
    for title, heading, name, values in found:
        yield title, heading, name, dict(sorted(values.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _archives(name: str, values: Mapping[str, Sequence[Article]]) -> tuple[Archive, ...]:
    taken = {"index"}
    archives: dict[str, Archive] = {}
    # By name and not by size, so that of two with one slug the same one keeps it while both are there.
    for value in sorted(values):
        slug = base = slugify(value, _SLUG)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        archives[value] = Archive(value, f"articles/{name}/{slug}/index.md", len(values[value]))
    return tuple(archives[value] for value in values)


def _tree(
    library: Library, title: str, articles: Sequence[Article], path: str, stem: str
) -> Iterator[tuple[str, bytes]]:
    """A list at `path`; where it is too long, its newest articles, and all of them on pages that begin with `stem`."""
    if len(articles) <= PAGE:
        yield path, _list_page(library, path, title, articles, ())
        return
    length = 4 if len({year_of(article) for article in articles}) > 1 else 7
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[_period(article, length)].append(article)
    archives: list[Archive] = []
    words = library.site.words
    for period, some in sorted(groups.items(), reverse=True):
        # The pages of a year say their month alone, since `stem` has the year.
        name = period[5:] if stem.endswith("month-") else period
        first = f"{stem}{name or 'unknown'}.md"
        label = period or words.say(
            "articles.month-not-known" if length == 7 and stem.endswith("month-") else "articles.part-undated"
        )
        parted = words.say("articles.part-of", title=title, part=label)
        archives.append(Archive(label, first, len(some)))
        if length == 4 and period and len(some) > PAGE:
            yield from _tree(library, parted, some, first, stem)
            continue
        for part in parts(some, PAGE, first, first.removesuffix(".md") + "-part-{}.md"):
            yield (
                part.path,
                _list_page(library, part.path, part.titled(parted, words), part.things, (), part=part, total=len(some)),
            )
    newest = articles[:NEWEST]
    yield path, _list_page(library, path, title, newest, [Group("", tuple(archives))], total=len(articles))


def _period(article: Article, length: int) -> str:
    """Year, or year and month, in which the article came out; empty where that is not known."""
    if length == 4:
        return year_of(article)
    iso = article.published.iso
    return iso[:7] if iso[4:5] == "-" and iso[5:7].isdigit() else ""


def _list_page(
    library: Library,
    path: str,
    title: str,
    articles: Sequence[Article],
    groups: Sequence[Group],
    *,
    part: Part[Article] | None = None,
    total: int = 0,
) -> bytes:
    words = library.site.words
    told_count = len(articles) if part else total or len(articles)
    meta = {"title": title, "description": words.count(told_count, "article")}
    return render(
        "articles.html",
        path,
        library,
        # Every story has a heading: a table of contents would be the list once more.
        {**meta, **LISTING, "hide": ("navigation", "toc")},
        work=_stories,
        title=title,
        articles=articles,
        groups=groups,
        count=total or len(articles),
        left_out=0 if part else max(total - len(articles), 0),
        place=part.place if part else None,
    )


def _stories(library: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    words = library.site.words
    return {"stories": [told(article, words) for article in values["articles"]]}
