"""Digests differ where what they are of does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from generator.aligned import Span
from generator.model import Corpus, Entity, Mention, ResolvedQuote
from generator.pages import find_addresses
from generator.pages.census import Origin, unknown
from generator.pages.library import Library
from generator.pages.prints import Known, Prints
from tests.pages.fixture import corpus, facts


def _prints(whole: Corpus, origin: Origin) -> tuple[Mapping[str, bytes], Mapping[str, bytes], Mapping[str, bytes]]:
    prints = Prints(Library(whole, facts(), find_addresses(whole, {})), origin)
    return prints.entities, prints.mentions, prints.company


def _known(_: object) -> str:
    return "key"


def _first(whole: Corpus, change: Callable[[Mention], Mention]) -> Corpus:
    """The corpus with the first mention of its first entity changed."""
    entity = whole.entities[0]
    located = replace(entity.mentions[0], mention=change(entity.mentions[0].mention))
    changed: Entity = replace(entity, mentions=(located, *entity.mentions[1:]))
    return replace(whole, entities=(changed, *whole.entities[1:]))


CHANGES: dict[str, Callable[[Mention], Mention]] = {
    "moved": lambda one: replace(one, span=Span(one.span.start + 1, one.span.end + 1)),
    "shorter": lambda one: replace(one, span=Span(one.span.start, one.span.end - 1)),
    "of another type": lambda one: replace(one, type="organization" if one.type == "person" else "person", key=""),
}


@pytest.mark.parametrize("origin", [unknown, _known])
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_mention_that_differs_changes_its_entity_and_its_article(change: str, origin: Origin) -> None:
    whole = corpus()
    changed = _first(whole, CHANGES[change])
    before, after = _prints(whole, origin), _prints(changed, origin)
    entity = whole.entities[0]
    assert {one for one in before[0] if before[0][one] != after[0][one]} == {entity.id}
    assert {one for one in before[1] if before[1][one] != after[1][one]} == {entity.mentions[0].article}


@pytest.mark.parametrize("change", [lambda one: replace(one, surface="M."), lambda one: replace(one, paragraph=None)])
def test_a_mention_in_an_article_of_unknown_origin_is_compared_itself(change: Callable[[Mention], Mention]) -> None:
    whole = corpus()
    before, after = _prints(whole, unknown), _prints(_first(whole, change), unknown)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_of_two_mentions_in_one_place_each_is_compared_itself() -> None:
    whole = corpus()
    entity = whole.entities[0]

    def doubled(surface: str) -> Corpus:
        twice = (replace(entity.mentions[0], mention=replace(entity.mentions[0].mention, surface=surface)),)
        changed = replace(entity, mentions=(*entity.mentions[:1], *twice, *entity.mentions[1:]))
        return replace(whole, entities=(changed, *whole.entities[1:]))

    one, other = (_prints(doubled(surface), _known) for surface in ("Morrow", "the harbour master"))
    assert one[0] != other[0]
    assert one[1] != other[1]


def test_an_article_of_another_origin_changes_all_whom_it_names() -> None:
    whole = corpus()
    before = _prints(whole, _known)
    after = _prints(whole, lambda one: "other" if one.document.id == "spun" else "key")
    named = {entity.id for entity in whole.entities if any(one.article == "spun" for one in entity.mentions)}
    assert {one for one in before[0] if before[0][one] != after[0][one]} == named
    assert {one for one in before[1] if before[1][one] != after[1][one]} == {"spun"}
    assert before[2] == after[2]


def test_company_in_another_sentence_is_other_company() -> None:
    whole = corpus()

    # A sentence of one character before all others of each article: they are all one further.
    articles = tuple(
        replace(one, annotated=replace(one.annotated, sentences=(Span(0, 1), *one.annotated.sentences)))
        for one in whole.articles
    )
    before, after = _prints(whole, _known)[2], _prints(replace(whole, articles=articles), _known)[2]
    assert before
    assert all(before[one] != after[one] for one in before)


def test_a_renamed_entity_changes_the_mentions_of_the_articles_that_name_it() -> None:
    whole = corpus()
    entity = whole.entities[0]
    renamed = replace(whole, entities=(replace(entity, name="Ada M. Morrow"), *whole.entities[1:]))
    before, after = _prints(whole, _known)[1], _prints(renamed, _known)[1]
    assert {one for one in before if before[one] != after[one]} == {one.article for one in entity.mentions}


def test_quotes_are_told_apart_by_article_place_in_it_and_speaker() -> None:
    quotes = corpus().quotes
    articles = tuple(
        replace(
            one, annotated=replace(one.annotated, quotes=tuple(own.quote for own in quotes if own.article == one.id))
        )
        for one in corpus().articles
    )
    library = Library(replace(corpus(), articles=articles), facts(), find_addresses(corpus(), {}))

    def of(shown: ResolvedQuote, origin: Origin = _known) -> bytes:
        return Prints(library, origin).of((shown,))

    assert len({of(one) for one in quotes}) == len(quotes)
    one = quotes[0]
    for change in (
        replace(one, speaker="Somebody"),
        replace(one, speaker_entity="person/somebody"),
        replace(one, via="Somebody"),
        replace(one, via_entity="person/somebody"),
    ):
        assert of(change) != of(one)
    assert of(one, lambda _: "another key") != of(one)
    # One that no article has is compared itself, and so is one of an article of unknown origin.
    for origin in (_known, unknown):
        reworded = replace(one, quote=replace(one.quote, text=f"{one.quote.text}!"))
        assert of(reworded, origin) != of(one, origin)


def test_what_a_page_shows_is_told_apart_however_often_it_is_asked() -> None:
    whole, known = corpus(), Known()
    event = whole.events[0]
    spoken = replace(whole.quotes[0], speaker="Another Speaker")
    shown: list[object] = [
        ("list.html", {"title": "Events"}, {"events": [event], "archives": {"2024": "a.md", "2025": "b.md"}}),
        # Equal mappings in another order make another page.
        ("list.html", {"title": "Events"}, {"events": [event], "archives": {"2025": "b.md", "2024": "a.md"}}),
        ("list.html", {"title": "Events"}, {"archives": {"2024": "a.md", "2025": "b.md"}, "events": [event]}),
        ("list.html", {"title": "Events"}, {"events": [replace(event, title="Other")], "archives": {}}),
        ("list.html", {"title": "Events"}, {"quotes": (whole.quotes[0],)}),
        ("list.html", {"title": "Events"}, {"quotes": (spoken,)}),
    ]
    digests = []
    for one in (*shown, *shown):
        # Each time another build, of which the page shows something else.
        prints = Prints(Library(whole, facts(), find_addresses(whole, {})), _known, known)
        digests.append(prints.of_shown("here.md", one))
        assert prints.of_shown("here.md", one) == digests[-1]
    assert digests[: len(shown)] == digests[len(shown) :]
    assert len(set(digests)) == len(shown)


def test_what_a_process_was_told_of_the_last_corpus_is_not_told_of_another() -> None:
    first = corpus()
    entity = first.entities[0]
    renamed = replace(first, entities=(replace(entity, name="Ada M. Morrow"), *first.entities[1:]))
    retold = replace(renamed, events=tuple(replace(one, title=f"{one.title}!") for one in renamed.events))
    known = Known()
    for whole in (first, renamed, retold, first):
        library = Library(whole, facts(), find_addresses(whole, {}))
        afresh, again = Prints(library, _known), Prints(library, _known, known)
        for name in ("entities", "mentions", "company"):
            assert getattr(again, name) == getattr(afresh, name)
        for name in ("names", "events", "events_of", "neighbours", "quotes_by", "quotes_about", "references_of"):
            answers = getattr(library, name)
            told = again.of_answers(name, list(answers), answers.values())
            assert told == afresh.of_answers(name, list(answers), answers.values())


def test_an_equal_mapping_in_another_order_is_another_answer() -> None:
    whole, known = corpus(), Known()
    library = Library(whole, facts(), find_addresses(whole, {}))
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert one == other
    before, after = (Prints(library, _known, known).of_answers("citations", ["spun"], [told]) for told in (one, other))
    assert before != after
