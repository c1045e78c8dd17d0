"""The quotes: by speaker, by date, one statement in several wordings, and by which way they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic

from generator.model import ResolvedQuote
from generator.pages.differences import Difference, differences
from generator.pages.library import Library
from generator.pages.listings import LISTING
from generator.pages.paging import Branch, Part, Thing, branches, parts, steps_of_date, steps_of_name
from generator.pages.render import Work, render
from generator.pages.voices import Voice, said, voices_of
from generator.pages.wording import Words
from generator.pages.words import UNNAMED, date_words
from generator.slug import slugify

# Speakers on a page; more of them, or of anything else that has a name, are cut by its first letters, and of all only
# so many stand on the front page.
SPEAKERS = 40
FRONT = 20
# Quotes on a page by date; statements and ways on theirs: each some 40 KB of text, which a phone opens at once.
BY_DATE = 80
STATEMENTS = 20
WAYS = 60
# Views whose headings are a way of three steps, or a name with counts: no contents of a page.
_WITHOUT_CONTENTS = frozenset(("passed-on", "wordings"))
SAMPLES = 3
UNDATED = "undated"
# Wordings of one statement that are shown; a wire's words stand in many papers as they are.
WORDINGS = 12
# Differences from the first wording that are told one by one; a wording with more is another text.
DIFFERING = 10


@dataclass(frozen=True, slots=True)
class Wordings:
    """One statement as several articles have it."""

    speaker: str
    entity: str
    quotes: tuple[ResolvedQuote, ...]
    articles: int
    wordings: int
    """How many different wordings there are."""
    left_out: int

    @property
    def unlike(self) -> tuple[tuple[Difference, ...] | None, ...]:
        """For each quote how it differs from the first; none where that cannot be told in words."""
        first = self.quotes[0].quote.text
        return tuple(differences(first, quote.quote.text) for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Way:
    """How quotes came: from a speaker, through who passed them on, into articles."""

    speaker: ResolvedQuote
    """One of the quotes, for the names and their pages."""
    source: str
    """Credit or outlet of the articles; empty where they name none."""
    count: int
    quotes: tuple[ResolvedQuote, ...]
    """The first of them."""


def quote_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """Path and source of the pages of quotes."""
    yield from _by_speaker(library)
    yield from _by_date(library)
    yield from _wordings_pages(library)
    yield from _ways_pages(library)


def _order(library: Library) -> Callable[[ResolvedQuote], tuple[int, int, int]]:
    """By what to sort quotes so that those of the newest article stand first."""
    rank = library.rank

    def key(quote: ResolvedQuote) -> tuple[int, int, int]:
        span = quote.quote.span
        return rank.get(quote.article, 0), span.start, span.end

    return key


def statements_of(library: Library) -> list[Wordings]:
    """Statements that several articles report, those with most articles first."""
    found: list[Wordings] = []
    for statement in library.corpus.statements:
        quotes = sorted((library.corpus.quotes[at] for at in statement.quotes), key=_order(library))
        texts = {" ".join(quote.quote.text.casefold().split()) for quote in quotes}
        shown = quotes[:WORDINGS]
        entity = next((quote.speaker_entity for quote in quotes if quote.speaker_entity in library.entities), "")
        found.append(
            Wordings(
                library.entities[entity].name if entity else statement.speaker,
                entity,
                tuple(shown),
                len({quote.article for quote in quotes}),
                len(texts),
                len(quotes[WORDINGS:]),
            )
        )
    return sorted(found, key=lambda one: (-one.articles, -one.wordings, one.speaker, one.quotes[0].quote.text))


def _by_speaker(library: Library) -> Iterator[tuple[str, bytes]]:
    words = library.site.words

    def voices(those: Sequence[Voice]) -> dict[str, Any]:
        return {
            "named": [said(voice) for voice in those if not voice.unnamed],
            "others": [said(voice) for voice in those if voice.unnamed],
        }

    quotes = words.count(len(library.corpus.quotes), "quote")
    yield from _lettered(
        library,
        _View("speaker", "quotes.md", "quotes/speakers/", SPEAKERS, lambda voice: voice.name, voices),
        voices_of(library),
        words.say("quotes.quotes"),
        words.say("quotes.description", quotes=quotes),
    )


def _by_date(library: Library) -> Iterator[tuple[str, bytes]]:
    months: defaultdict[str, list[ResolvedQuote]] = defaultdict(list)
    newest: list[ResolvedQuote] = []
    total = 0
    for article in library.newest:
        quotes = library.quotes_of.get(article.id, ())
        if quotes:
            months[article.published.iso[:7] or UNDATED].extend(quotes)
            total += len(quotes)
            if len(newest) < BY_DATE:
                newest.extend(quotes)
    words = library.site.words
    newest_months = sorted(months, key=lambda month: "" if month == UNDATED else month, reverse=True)
    split = newest_months if total > BY_DATE else []
    title, archives = words.say("quotes.title-by-date"), _dated_paths(split, words)
    yield (
        "quotes/by-date.md",
        _dated(
            library,
            "quotes/by-date.md",
            title,
            newest[:BY_DATE],
            told=words.say("quotes.deck-by-date"),
            archives=archives,
        ),
    )
    for month in split:
        yield from _of_month(library, month, months[month])


def _of_month(library: Library, month: str, quotes: Sequence[ResolvedQuote]) -> Iterator[tuple[str, bytes]]:
    """The quotes of a month; those of articles without a date by the first letters of their titles."""
    words = library.site.words
    articles, title_of = library.articles, library.title
    undated = month == UNDATED

    def steps(quote: ResolvedQuote) -> Sequence[str]:
        if undated:
            return [f"{UNDATED}-{step}" for step in steps_of_name(title_of(quote.article))]
        return steps_of_date(articles[quote.article].published.iso)[2:]

    for branch in branches(quotes, BY_DATE, steps, month):
        period = _period(branch.key, words)
        title = words.say("quotes.of-undated") if undated else words.say("quotes.of", period=period)
        if undated and branch.above:
            title = words.say("names.letter", title=title, letter=period)
        ways = {
            "archives": _dated_paths(branch.below if undated else reversed(branch.below), words),
            "above": _dated_paths(branch.above, words),
        }
        told = words.say("quotes.deck-undated" if undated else "quotes.deck-by-date")
        path = _dated_path(branch.key)
        for part in parts(branch.things, BY_DATE, path, path.removesuffix(".md") + "-part-{}.md"):
            titled = part.titled(title, words)
            yield part.path, _dated(library, part.path, titled, part.things, told=told, place=part.place, **ways)


def _dated_paths(keys: Iterable[str], words: Words) -> dict[str, str]:
    """Where the pages of these times stand, or of these first letters of titles, by what they are called."""
    return {_period(key, words): _dated_path(key) for key in keys}


def _dated_path(key: str) -> str:
    return f"quotes/{key.replace('/', '-to-')}.md"


def _period(key: str, words: Words) -> str:
    letters = key.removeprefix(UNDATED)
    return date_words(key, words) if letters == key else letters[1:].capitalize() or words.say("quotes.undated")


def _dated(
    library: Library, path: str, title: str, quotes: Sequence[ResolvedQuote], *, told: str, **values: Any
) -> bytes:
    articles = library.articles
    dates = [articles[quote.article].published.iso[:10] for quote in quotes]
    return _page(library, path, title, told, "date", work=_days, quotes=quotes, dates=dates, **values)


def _days(library: Library, values: Mapping[str, Any]) -> dict[str, Any]:
    """The quotes shown by the day on which their article came out."""
    words = library.site.words
    days: dict[str, list[ResolvedQuote]] = {}
    for quote, iso in zip(values["quotes"], values["dates"], strict=True):
        days.setdefault(date_words(iso, words) if iso else words.say("quotes.undated"), []).append(quote)
    return {"days": days}


def _wordings_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    words = library.site.words
    yield from _lettered(
        library,
        _View("wordings", "quotes/wordings.md", "quotes/wordings/", STATEMENTS, lambda one: one.speaker),
        statements_of(library),
        words.say("quotes.title-wordings"),
        words.say("quotes.deck-wordings"),
    )


def _ways_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    groups: defaultdict[tuple[str, str, str], list[ResolvedQuote]] = defaultdict(list)
    for quote in library.corpus.quotes:
        if quote.via and quote.via != quote.speaker:
            document = library.document(quote.article)
            source = document.credit or document.outlet
            groups[quote.speaker, quote.via, source.value if source else ""].append(quote)
    ways = [Way(quotes[0], source, len(quotes), tuple(quotes[:SAMPLES])) for (_, _, source), quotes in groups.items()]
    ways.sort(key=lambda way: (-way.count, way.speaker.via, way.speaker.speaker, way.source))
    words = library.site.words
    yield from _lettered(
        library,
        _View("passed-on", "quotes/passed-on.md", "quotes/passed-on/", WAYS, lambda way: way.speaker.via),
        ways,
        words.say("quotes.title-passed-on"),
        words.say("quotes.deck-passed-on"),
    )


def _all(things: Sequence[object]) -> dict[str, Any]:
    return {"things": things}


@dataclass(frozen=True, slots=True)
class _View(Generic[Thing]):
    """An order of the quotes that is cut by the first letters of names."""

    name: str
    first: str
    """Where its front page stands, which has the things of most weight."""
    folder: str
    size: int
    named: Callable[[Thing], str]
    """Under which name a thing is looked up."""
    shown: Callable[[Sequence[Thing]], dict[str, Any]] = _all

    def paths(self, keys: Iterable[str], words: Words) -> dict[str, str]:
        """Where the pages of these letters stand, by what they are called; who has no name stands last."""
        in_order = sorted(filter(None, keys), key=lambda key: key.startswith("unnamed"))
        return {_letters(key, words): self.path(key) for key in in_order}

    def path(self, key: str) -> str:
        """Where the page of these letters stands."""
        return f"{self.folder}{key}.md" if key else self.first


def _lettered(
    library: Library, view: _View[Thing], ranked: Sequence[Thing], title: str, description: str
) -> Iterator[tuple[str, bytes]]:
    """The pages of a view: one where all of it fits, else what stands first in the ranking, and all by letter."""
    words = library.site.words
    filed = sorted(((_steps(view.named(thing)), view.named(thing), thing) for thing in ranked), key=itemgetter(0, 1))
    tree = list(branches(filed, view.size, itemgetter(0)))
    split = len(tree) > 1
    cut: list[tuple[Branch[Any], list[Part[Thing]]]] = []
    for branch in tree:
        things: Sequence[Thing] = [thing for _, _, thing in branch.things]
        if not branch.key:
            things = ranked[:FRONT] if split else ranked
        here = view.path(branch.key)
        cut.append((branch, list(parts(things, view.size, here, here.removesuffix(".md") + "-part-{}.md"))))
    for branch, pages in cut:
        named = told = words.say("names.letter", title=title, letter=_letters(branch.key, words))
        if not branch.key:
            named, told = title, description
        for part in pages:
            page = _page(
                library,
                part.path,
                part.titled(named, words),
                told,
                view.name,
                place=part.place,
                front=len(part.things) if split and not branch.key else 0,
                above=view.paths(branch.above, words),
                archives=view.paths(branch.below, words),
                below=_below(view, branch, cut) if branch.key else {},
                **view.shown(part.things),
            )
            yield part.path, page


def _below(
    view: _View[Thing], branch: Branch[Any], cut: Sequence[tuple[Branch[Any], Sequence[Part[Thing]]]]
) -> dict[str, str]:
    """Who stands on the pages that lead on from this one, and on which page first; in the order of names."""
    found: dict[str, str] = {}
    for one, pages in cut if branch.below else ():
        if branch.key in one.above:
            for part in pages:
                for thing in part.things:
                    found.setdefault(view.named(thing), part.path)
    return dict(sorted(found.items(), key=lambda item: (slugify(item[0].removeprefix(UNNAMED)), item[0])))


def _steps(name: str) -> tuple[str, ...]:
    """By what the views are cut: who has no name stands apart."""
    bare = name.removeprefix(UNNAMED)
    if name and bare == name:
        return steps_of_name(name)
    return ("unnamed", *(f"unnamed-{step}" for step in steps_of_name(bare) if bare))


def _letters(key: str, words: Words) -> str:
    """A step of `_steps` for a reader."""
    letters = key.removeprefix("unnamed").removeprefix("-").capitalize()
    if not key.startswith("unnamed"):
        return letters
    unnamed = words.say("quotes.unnamed-speakers")
    return words.say("names.letter", title=unnamed, letter=letters) if letters else unnamed


def _page(
    library: Library, path: str, title: str, description: str, view: str, *, work: Work | None = None, **values: Any
) -> bytes:
    meta = {"title": title, "description": description, **LISTING}
    if view in _WITHOUT_CONTENTS:
        meta["hide"] = ("navigation", "toc")
    defaults: dict[str, Any] = {
        "named": [],
        "others": [],
        "things": (),
        "quotes": (),
        "front": 0,
        "above": {},
        "archives": {},
        "below": {},
        "place": None,
        "differing": DIFFERING,
    }
    shown = {"title": title, "deck": description, "view": view, **defaults, **values}
    return render("quotes.html", path, library, meta, work=work, **shown)
