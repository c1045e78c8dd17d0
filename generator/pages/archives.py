"""The lists of articles: the newest, and all of them by year and month, source, language and quality.

Long lists are split by year, month, ten days and day, those of undated articles by the first letters of their titles:
one more article then changes the page that it stands on and the counts above it, not every page after that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Article
from generator.pages.addresses import year_of
from generator.pages.library import Library
from generator.pages.listings import LISTING, told
from generator.pages.paging import Part, branches, parts, steps_of_date, steps_of_name
from generator.pages.render import render
from generator.pages.wording import Words
from generator.pages.words import basis_words, date_words, language_words
from generator.slug import slugify

# Stories on the first page of all articles, and on that of another list that is split: the older ones are on the pages
# of their time.
NEWEST = 30
NEWEST_OF = 10
# A list with more articles than this is split: a longer page is scrolled, not read.
PAGE = 100
# Links to sources above the newest articles; all of them have a page of their own.
SOURCES = 12
# What is called so has no date, or of its year no month.
UNKNOWN = "unknown"
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
        stem = f"articles/{year}/month-" if year else "articles/undated/titles/"
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
    words = library.site.words
    tree = list(branches(articles, PAGE, _steps))
    counts = Counter({branch.key: len(branch.things) for branch in tree})
    for branch in reversed(tree):
        counts.update(dict.fromkeys(branch.above[-1:], counts[branch.key]))

    def place(key: str) -> str:
        return f"{stem}{_name(key, stem)}.md" if key else path

    for branch in tree:
        first, titled = place(branch.key), title
        if branch.key:
            titled = words.say("articles.part-of", title=title, part=date_words(_label(branch.key, words), words))
        archives = [Archive(_label(key, words), place(key), counts[key]) for key in branch.below]
        by_title = all(key.startswith(f"{UNKNOWN}-") for key in branch.below)
        if not by_title:
            archives.reverse()
        groups = [Group(words.say("articles.by-title") if by_title else "", tuple(archives))] if archives else []
        total = counts[branch.key]
        if archives and not branch.key:
            yield path, _list_page(library, path, title, articles[:NEWEST_OF], groups, total=total)
            continue
        for part in parts(branch.things, PAGE, first, first.removesuffix(".md") + "-part-{}.md"):
            page = _list_page(
                library, part.path, part.titled(titled, words), part.things, groups, part=part, total=total
            )
            yield part.path, page


def _name(key: str, stem: str) -> str:
    """A step of `_steps` as part of an address that begins with `stem`, which may have the year or say `undated`."""
    if stem.endswith("month-"):
        key = f"{key[5:10]}-to-{key[-2:]}" if "/" in key else key[5:]
    elif stem.endswith("titles/"):
        key = key.removeprefix(f"{UNKNOWN}-")
    return key.replace("/", "-to-")


def _steps(article: Article) -> Sequence[str]:
    """By what a list of articles is cut: as much of the time as is known, else the beginning of the title."""
    if not year_of(article):
        return [UNKNOWN, *(f"{UNKNOWN}-{step}" for step in steps_of_name(article.annotated.document.title.value))]
    year, *rest = steps_of_date(article.published.iso)
    return [year, *(rest or (f"{year}-{UNKNOWN}",))]


def _label(key: str, words: Words) -> str:
    """A step of `_steps` for a reader; the template puts dates in words."""
    if key.startswith(UNKNOWN):
        return key.removeprefix(UNKNOWN).removeprefix("-").capitalize() or words.say("articles.part-undated")
    return words.say("articles.month-not-known") if key.endswith(UNKNOWN) else key


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
