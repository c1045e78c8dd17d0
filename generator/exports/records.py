"""An article as bibliographies and feeds tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import msgspec

from generator.data import read_tree
from generator.lazy import opening
from generator.model import Article, Corpus, Field
from generator.slug import slugify

# Of the opening paragraph this much is told elsewhere: enough to know the story, too little to stand for it.
SUMMARY = 300
_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")


@cache
def english() -> Mapping[str, str]:
    """What feeds and citations say of themselves in English, by key."""
    return {str(key): str(text) for key, text in read_tree("ui.en.yml")["feeds"].items()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site stands and what it is called."""

    title: str
    version: str = ""
    """Of the generator."""
    generated: str = ""
    """ISO time of the build where the environment states it; empty otherwise."""
    address: str = ""
    """Absolute address of the site with `/` at its end; empty where it has none."""
    texts: Mapping[str, str] = field(default_factory=english, compare=False)
    """What feeds and citations say of themselves, by key; in English where it is left out."""

    def say(self, key: str, **values: str) -> str:
        """The text of `key` with `values` in its places; any other brace is a brace."""
        return _PLACEHOLDER.sub(lambda place: values[place[1]], self.texts[key])

    def absolute(self, path: str) -> str:
        """`path`, relative to the site, as an absolute address; empty where the site has none."""
        return f"{self.address}{path}" if self.address else ""


class Record(msgspec.Struct, frozen=True):
    """What is known of an article. Empty: not known."""

    id: str
    key: str
    """The id as lower-case ASCII letters, digits and hyphens."""
    path: str
    """Of its page, relative to the site."""
    title: str
    authors: tuple[str, ...]
    outlet: str
    credit: str
    language: str
    iso: str
    """As the seed states it."""
    earliest: str
    latest: str
    source: str
    """Address of the original, where the seed names one."""
    sha256: str
    quality: tuple[str, ...]


def read_records(corpus: Corpus, addresses: Mapping[str, str]) -> tuple[Record, ...]:
    """A record for each article, newest first; undated ones where they can first be from.

    `addresses` maps article ids to their addresses in the site.
    """
    newest = sorted(corpus.articles, key=lambda article: article.id)
    newest.sort(key=lambda article: article.published.iso or article.published.earliest, reverse=True)
    return tuple(_record(article, addresses[article.id]) for article in newest)


def _record(article: Article, path: str) -> Record:
    document = article.annotated.document
    url = _value(document.url)
    return Record(
        id=article.id,
        key=slugify(article.id),
        path=path,
        title=document.title.value,
        authors=tuple(author.value for author in document.authors),
        outlet=_value(document.outlet),
        credit=_value(document.credit),
        language=_value(document.language),
        iso=article.published.iso,
        earliest=article.published.earliest,
        latest=article.published.latest,
        source=url if url.startswith(("https://", "http://")) else "",
        sha256=document.seed.sha256,
        quality=tuple(signal.name for signal in document.signals),
    )


class Summaries:
    """How articles begin, by id."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.id: article for article in articles}
        self._known: dict[str, str] = {}

    def of(self, article: str) -> str:
        """How the article begins; empty where it has no text."""
        if article not in self._known:
            begins = opening(self._articles[article].annotated.document)
            self._known[article] = _shortened(begins[0]) if begins else ""
        return self._known[article]


def _shortened(text: str) -> str:
    if len(text) <= SUMMARY:
        return text
    cut = text.rfind(" ", 0, SUMMARY)
    return text[: cut if cut > SUMMARY // 2 else SUMMARY].rstrip(" ,;:–—-") + "…"


def _value(field: Field | None) -> str:
    return field.value if field else ""
