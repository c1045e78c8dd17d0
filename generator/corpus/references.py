"""References with the articles of the corpus that they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from generator.corpus.vectors import Words, plain_title, share_held
from generator.corpus.wording import Stemmer
from generator.model import Article, Reference, ResolvedReference

# A title word of more articles than this finds no others, and of a day so many articles are looked at.
_MOST_SHARED = 120
# Titles that differ in this part or less are one title: translations and retyped titles vary in a word or two.
_TITLE_SURE, _TITLE_WITH_DATE = 0.92, 0.75
# Titles of fewer content words match by chance.
_FEWEST_TITLE_WORDS = 3
# "As we reported on March 7" means the article of that day whose title the text has half the words of, two at least.
_TOLD_SHARE, _FEWEST_TOLD = 0.5, 2


def resolve_references(articles: Sequence[Article], words: Sequence[Words]) -> tuple[ResolvedReference, ...]:
    """The references with the articles that they mean, by title and date; `words` are those of the articles."""
    stemmer = Stemmer()
    titles = [plain_title(article.annotated.document.title.value) for article in articles]
    by_stem: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(words):
        for stem in one.title:
            by_stem[stem].append(at)
    resolved: list[ResolvedReference] = []
    by_day = _by_day(articles)
    for own, article in enumerate(articles):
        for stated in article.annotated.document.references:
            reference = _dated(stated, article)
            if not reference.title:
                told, share = _told_of(reference, own, articles, words, by_day)
                resolved.append(ResolvedReference(article.id, reference, told, share))
                continue
            candidates = _candidates(stemmer.stems(reference.title), by_stem)
            best = max(
                ((_agreement(reference, titles[at], articles[at]), -at) for at in candidates if at != own),
                default=(0.0, 0),
            )
            target = articles[-best[1]].id if best[0] >= _TITLE_WITH_DATE else ""
            resolved.append(ResolvedReference(article.id, reference, target, round(best[0], 4)))
    return tuple(resolved)


def _dated(reference: Reference, article: Article) -> Reference:
    """`as we reported on March 7` with the day that the words mean in this article, where that is known."""
    if reference.title or reference.date:
        return reference
    found = next((date.iso for date in article.dates if reference.span.covers(date.span) and date.iso), "")
    return replace(reference, date=found) if found else reference


def _by_day(articles: Sequence[Article]) -> Mapping[str, Sequence[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        if len(article.published.iso) >= len("2024-02-14"):
            days[article.published.iso[: len("2024-02-14")]].append(at)
    return days


def _told_of(
    reference: Reference,
    own: int,
    articles: Sequence[Article],
    words: Sequence[Words],
    by_day: Mapping[str, Sequence[int]],
) -> tuple[str, float]:
    """The one article of the day cited, of one outlet as far as both are stated, that the text tells of; how surely."""
    outlet = articles[own].annotated.document.outlet
    found: list[tuple[float, str]] = []
    for at in by_day.get(reference.date, ())[:_MOST_SHARED]:
        other = articles[at].annotated.document.outlet
        if at == own or (outlet and other and outlet.value.casefold() != other.value.casefold()):
            continue
        share = share_held(words[at].title, words[own])
        if share >= _TOLD_SHARE and share * len(words[at].title) >= _FEWEST_TOLD:
            found.append((share, articles[at].id))
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return "", 0.0
    return found[0][1], round(found[0][0], 4)


def _candidates(stems: Sequence[str], by_stem: Mapping[str, Sequence[int]]) -> list[int]:
    distinct = set(stems)
    if len(distinct) < _FEWEST_TITLE_WORDS:
        return []
    shared = Counter(at for stem in distinct for at in by_stem.get(stem, ())[:_MOST_SHARED])
    return [at for at, count in shared.items() if count >= len(distinct) / 2]


def _agreement(reference: Reference, title: str, article: Article) -> float:
    """How surely the reference means the article: 0 to 1; 0 where the dates speak against it."""
    published = article.published.iso[:10]
    same_title = fuzz.token_sort_ratio(plain_title(reference.title), title) / 100
    if reference.date and published:
        known = min(len(reference.date), len(published))
        return same_title if reference.date[:known] == published[:known] else 0.0
    return same_title if same_title >= _TITLE_SURE else 0.0
