"""What changed between builds: a corpus reduced to digests, and the difference between two of them.

A build whose corpus differs from the last one's is a new edition. The digests hold no text, so that a record of them
keeps nothing of a seed that was taken away: what is gone is counted and not named, and what is named is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from generator.model import Article, Corpus, Entity, ResolvedQuote

# Of editions before the last, the figures are kept: enough to see how a briefing grew.
KEPT = 24
# 40 bits: among a million digests two are the same with a chance of one half in total; one change in a million
# builds is then missed, and nothing else goes wrong.
_BYTES = 5


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article in digests."""

    seed: str
    fields: str
    quotes: Mapping[str, str]
    """Text to speaker."""
    dates: Mapping[str, str]
    """Wording, numbered where it stands twice, to resolved date."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A corpus in digests."""

    articles: Mapping[str, ArticleState] = field(default_factory=dict)
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id to the digests of its names, that of the canonical name first."""
    events: tuple[str, ...] = ()
    """Digests of ids."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind came, changed and went."""

    added: int = 0
    changed: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition changed. Whatever is named is in the corpus."""

    articles: tuple[str, ...] = ()
    """Ids of articles that are new."""
    altered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Ids of articles that changed, and in what: `text`, `fields`, `quotes`, `dates`."""
    entities: tuple[str, ...] = ()
    """Ids of names that are new."""
    merged: tuple[tuple[str, str], ...] = ()
    """Digest of the name of an entity that had a page of its own, and id of the entity that now has the name."""
    parted: tuple[tuple[str, str], ...] = ()
    """Id of an entity that is new, and id of the entity that had its name before."""
    events: tuple[str, ...] = ()
    """Ids of events that are new."""
    quotes: tuple[tuple[str, str, str], ...] = ()
    """Article, digest of a quote's text, and `added` or `speaker`."""
    dates: tuple[tuple[str, str], ...] = ()
    """Article and digest of the wording of a date that is read otherwise than before."""
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    """By kind: `articles`, `names`, `events`, `quotes`, `dates`."""


@dataclass(frozen=True, slots=True)
class Past:
    """An edition before the last: its number and its figures."""

    number: int
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class History:
    """What is kept from build to build."""

    edition: int = 0
    """Number of the last edition; 0: none was built."""
    snapshot: Snapshot = field(default_factory=Snapshot)
    changes: Changes = field(default_factory=Changes)
    past: tuple[Past, ...] = ()
    """Newest first."""


class Digested:
    """Articles and names in digests as they were last time, for a process that builds again.

    Of an article they follow from the document, its dates, what of it is published and its quotes; of an entity from
    its names. They are taken again only where these are the very objects, or equal.
    """

    def __init__(self) -> None:
        self._articles: dict[str, tuple[Article, Sequence[ResolvedQuote], ArticleState]] = {}
        self._entities: dict[str, tuple[Entity, tuple[str, ...]]] = {}

    def articles(self, corpus: Corpus) -> dict[str, ArticleState]:
        """By id."""
        quotes: dict[str, list[ResolvedQuote]] = {}
        for quote in corpus.quotes:
            quotes.setdefault(quote.article, []).append(quote)
        before, self._articles = self._articles, {}
        for one in corpus.articles:
            own = quotes.get(one.id, ())
            known = before.get(one.id)
            if known is None or not _same_article(known[0], one) or known[1] != own:
                said = {quote_digest(quote): digest(quote.speaker) for quote in own}
                known = one, own, _state(one, said)
            self._articles[one.id] = known
        return {own: state for own, (_, _, state) in self._articles.items()}

    def names(self, corpus: Corpus) -> dict[str, tuple[str, ...]]:
        """Of entities, by id."""
        before, self._entities = self._entities, {}
        for one in corpus.entities:
            known = before.get(one.id)
            self._entities[one.id] = known if known is not None and known[0] is one else (one, _names(one))
        return {own: names for own, (_, names) in self._entities.items()}


def _same_article(one: Article, other: Article) -> bool:
    return one is other or (
        one.annotated is other.annotated
        and one.dates == other.dates
        and one.published == other.published
        and one.publish == other.publish
    )


def next_edition(history: History, corpus: Corpus, digested: Digested | None = None) -> History:
    """`history` with `corpus` as its last edition; as it is where nothing of `corpus` differs from the last.

    `digested` has articles and names of another corpus, which may be nearly the same.
    """
    snapshot = take_snapshot(corpus, digested)
    if history.edition and snapshot == history.snapshot:
        return history
    if not history.edition:
        return History(1, snapshot)
    past = (Past(history.edition, history.changes.tallies), *history.past)[:KEPT]
    return History(history.edition + 1, snapshot, compare(history.snapshot, snapshot, corpus), past)


def take_snapshot(corpus: Corpus, digested: Digested | None = None) -> Snapshot:
    """`corpus` in digests; `digested` has those of another."""
    known = digested or Digested()
    events = tuple(sorted(digest(event.id) for event in corpus.events))
    return Snapshot(known.articles(corpus), known.names(corpus), events)


def compare(before: Snapshot, after: Snapshot, corpus: Corpus) -> Changes:
    """What changed from one snapshot to another, which is that of `corpus`."""
    moved = _renamed(before, after)
    old = {moved.get(identity, identity): state for identity, state in before.articles.items()}
    new = after.articles
    altered = {one: kinds for one in new if one in old and (kinds := _altered(old[one], new[one]))}
    quotes, quote_tally = _quotes(old, new)
    dates, date_tally = _dates(old, new)
    merged, parted = _joined(before, after)
    known = set(before.events)
    events = [event.id for event in corpus.events if digest(event.id) not in known]
    entities = tuple(sorted(set(after.entities) - set(before.entities)))
    gone = set(before.entities) - set(after.entities)
    renamed = sum(before.entities[one] != after.entities[one] for one in set(before.entities) & set(after.entities))
    articles = tuple(sorted(set(new) - set(old)))
    return Changes(
        articles,
        tuple(sorted(altered.items())),
        entities,
        merged,
        parted,
        tuple(events),
        quotes,
        dates,
        {
            "articles": Tally(len(articles), len(altered), len(set(old) - set(new))),
            "names": Tally(len(entities), renamed, len(gone)),
            "events": Tally(len(events), 0, len(known - set(after.events))),
            "quotes": quote_tally,
            "dates": date_tally,
        },
    )


# Weekdays, months and names of speakers recur in one article after the other.
@lru_cache(maxsize=1 << 12)
def digest(text: str) -> str:
    """A short digest of `text`."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def quote_digest(quote: ResolvedQuote) -> str:
    """By which a quote is known again in its article."""
    return digest(quote.quote.text)


def date_digests(article: Article) -> list[str]:
    """By which each date of the article is known again, in the order of the article's dates."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for date in article.dates:
        number = seen[date.surface] = seen.get(date.surface, 0) + 1
        found.append(digest(f"{date.surface}\0{number}"))
    return found


def _state(article: Article, quotes: Mapping[str, str]) -> ArticleState:
    document = article.annotated.document
    fields = (document.title, *document.authors, document.outlet, document.credit, document.category, document.language)
    told = [one.value if one else "" for one in fields]
    told += [article.published.iso, article.published.earliest, article.published.latest, article.publish]
    dates = dict(zip(date_digests(article), (date.iso for date in article.dates), strict=True))
    return ArticleState(document.seed.sha256[:16], digest("\0".join(told)), quotes, dates)


def _names(entity: Entity) -> tuple[str, ...]:
    others = sorted({alias.name for alias in entity.aliases if not alias.weak} - {entity.name})
    return tuple(digest(name) for name in (entity.name, *others))


def _renamed(before: Snapshot, after: Snapshot) -> dict[str, str]:
    """Old id to new id of articles whose seed is the same under another name."""
    gone = {state.seed: one for one, state in sorted(before.articles.items()) if one not in after.articles}
    found: dict[str, str] = {}
    for one, state in sorted(after.articles.items()):
        if one not in before.articles and state.seed in gone:
            found[gone.pop(state.seed)] = one
    return found


def _altered(old: ArticleState, new: ArticleState) -> tuple[str, ...]:
    parts = (("text", "seed"), ("fields", "fields"), ("quotes", "quotes"), ("dates", "dates"))
    return tuple(name for name, part in parts if getattr(old, part) != getattr(new, part))


def _quotes(
    old: Mapping[str, ArticleState], new: Mapping[str, ArticleState]
) -> tuple[tuple[tuple[str, str, str], ...], Tally]:
    found: list[tuple[str, str, str]] = []
    for one, state in sorted(new.items()):
        known = old[one].quotes if one in old else {}
        if known == state.quotes:
            continue
        for text, speaker in state.quotes.items():
            if text not in known:
                found.append((one, text, "added"))
            elif known[text] != speaker:
                found.append((one, text, "speaker"))
    gone = sum(len(state.quotes.keys() - (new[one].quotes.keys() if one in new else ())) for one, state in old.items())
    added = sum(kind == "added" for _, _, kind in found)
    # The quotes of an article that is new come with it, and are told with it.
    shown = tuple(row for row in found if row[0] in old)
    return shown, Tally(added, len(found) - added, gone)


def _dates(
    old: Mapping[str, ArticleState], new: Mapping[str, ArticleState]
) -> tuple[tuple[tuple[str, str], ...], Tally]:
    otherwise: list[tuple[str, str]] = []
    added = gone = 0
    for one in sorted({*old, *new}):
        before = old[one].dates if one in old else {}
        after = new[one].dates if one in new else {}
        if before == after:
            continue
        added += len(after.keys() - before.keys())
        gone += len(before.keys() - after.keys())
        otherwise.extend((one, key) for key, iso in after.items() if key in before and before[key] != iso)
    return tuple(otherwise), Tally(added, len(otherwise), gone)


def _joined(before: Snapshot, after: Snapshot) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """What was two and is one, and what was one and is two."""
    holder = _holders(after.entities)
    merged = [
        (names[0], holder[names[0]])
        for one, names in sorted(before.entities.items())
        if one not in after.entities and holder.get(names[0], "") in before.entities
    ]
    earlier = _holders(before.entities)
    parted = [
        (one, earlier[names[0]])
        for one, names in sorted(after.entities.items())
        if one not in before.entities and earlier.get(names[0], "") in after.entities
    ]
    return tuple(merged), tuple(parted)


def _holders(entities: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Digest of each name to the id of the first entity that has it."""
    found: dict[str, str] = {}
    for one, names in sorted(entities.items()):
        for name in names:
            found.setdefault(name, one)
    return found
