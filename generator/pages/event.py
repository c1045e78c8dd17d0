"""The page of an event."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Event, Evidence
from generator.pages.library import Library
from generator.pages.render import render
from generator.pages.words import date_words, shortened


def event_page(library: Library, event: Event) -> bytes:
    """The source of the page of `event`."""
    before, after = library.neighbours[event.id]
    articles = tuple(dict.fromkeys(evidence.article for evidence in event.evidence))
    words = library.site.words
    return render(
        "event.html",
        library.addresses.pages[f"event/{event.id}"],
        library,
        {
            "title": event.title,
            "description": shortened(
                words.say(
                    "event.description",
                    date=date_words(event.date, words),
                    articles=words.count(len(articles), "article"),
                ),
                200,
            ),
            "date": event.date,
            "kind": "event",
            "hide": ("navigation",),
            "search": {"boost": 1.5},
        },
        event=event,
        precision=words.say(f"event.precision-{event.precision}"),
        entities=tuple(library.names[identity] for identity in event.entities if identity in library.names),
        by_article=tuple((library.articles[article], _of(event.evidence, article)) for article in articles),
        before=before,
        after=after,
    )


def _of(evidence: Sequence[Evidence], article: str) -> tuple[Evidence, ...]:
    return tuple(one for one in evidence if one.article == article)
