"""What changed between builds."""

from __future__ import annotations

from dataclasses import replace

from generator.corpus.editions import Digested, History, Tally, digest, next_edition, quote_digest, take_snapshot
from generator.model import Corpus
from tests.pages.fixture import corpus


def without(whole: Corpus, article: str) -> Corpus:
    """`whole` as it is when the seed of `article` is taken away."""
    kept = tuple(one for one in whole.articles if one.id != article)
    entities = tuple(
        replace(
            one, mentions=mentions, aliases=tuple(alias for alias in one.aliases if set(alias.articles) - {article})
        )
        for one in whole.entities
        if (mentions := tuple(located for located in one.mentions if located.article != article))
    )
    return replace(
        whole,
        articles=kept,
        entities=entities,
        quotes=tuple(one for one in whole.quotes if one.article != article),
        events=tuple(one for one in whole.events if any(proof.article != article for proof in one.evidence)),
        references=(),
        links=(),
    )


def test_the_first_edition_has_nothing_to_compare_with() -> None:
    history = next_edition(History(), corpus())
    assert history.edition == 1
    assert history.changes.articles == ()
    assert history.changes.tallies == {}


def test_the_same_corpus_is_no_new_edition_and_keeps_what_the_last_one_changed() -> None:
    history = next_edition(next_edition(History(), without(corpus(), "translated")), corpus())
    assert history.edition == 2
    assert next_edition(history, corpus()) is history


def test_a_new_article_comes_with_its_names_events_quotes_and_dates() -> None:
    whole = corpus()
    history = next_edition(next_edition(History(), without(whole, "translated")), whole)
    changes = history.changes
    assert changes.articles == ("translated",)
    assert changes.entities == ("organization/westmark-courier", "person/park-do-yun")
    assert changes.events == ("2029-bridge-learns-of-the-plans",)
    assert changes.tallies["quotes"] == Tally(1, 0, 0)
    assert changes.tallies["dates"] == Tally(2, 0, 0)
    # They are told with the article.
    assert changes.quotes == ()


def test_what_is_gone_is_counted_and_nothing_of_it_is_kept() -> None:
    whole = corpus()
    history = next_edition(next_edition(History(), whole), without(whole, "translated"))
    assert history.changes.tallies["articles"] == Tally(0, 0, 1)
    assert history.changes.tallies["names"].gone == 2
    assert history.changes.tallies["quotes"] == Tally(0, 0, 1)
    assert "translated" not in repr(history)
    assert "park" not in repr(history)


def test_an_article_says_in_what_it_changed() -> None:
    whole = corpus()
    dated = tuple(
        replace(one, dates=tuple(replace(date, iso="2031-04-02") for date in one.dates)) if one.id == "courier" else one
        for one in whole.articles
    )
    history = next_edition(next_edition(History(), whole), replace(whole, articles=dated))
    assert history.changes.altered == (("courier", ("dates",)),)
    assert history.changes.tallies["dates"] == Tally(0, 1, 0)
    assert [article for article, _ in history.changes.dates] == ["courier"]


def test_a_quote_given_to_another_speaker_is_told() -> None:
    whole = corpus()
    quotes = (replace(whole.quotes[0], speaker="Tomas Lindqvist", speaker_entity="person/tomas-lindqvist"),)
    history = next_edition(next_edition(History(), whole), replace(whole, quotes=quotes + whole.quotes[1:]))
    assert history.changes.quotes == (("courier", quote_digest(whole.quotes[0]), "speaker"),)


def test_names_that_were_joined_or_parted_are_told_from_new_ones() -> None:
    whole = corpus()
    ada = next(one for one in whole.entities if one.id == "person/ada-morrow")
    alias = replace(ada.aliases[0], name="Harbour Master Morrow")
    other = replace(
        ada, id="person/harbour-master-morrow", slug="harbour-master-morrow", name=alias.name, aliases=(alias,)
    )
    two = replace(whole, entities=(*whole.entities, other))
    one = replace(
        whole,
        entities=tuple(
            replace(entity, aliases=(*entity.aliases, alias)) if entity is ada else entity for entity in whole.entities
        ),
    )
    joined = next_edition(next_edition(History(), two), one)
    assert joined.changes.merged == ((digest("Harbour Master Morrow"), "person/ada-morrow"),)
    parted = next_edition(next_edition(History(), one), two)
    assert parted.changes.parted == (("person/harbour-master-morrow", "person/ada-morrow"),)


def test_a_renamed_seed_is_no_new_article() -> None:
    whole = corpus()
    renamed = tuple(
        replace(one, annotated=replace(one.annotated, document=replace(one.annotated.document, id="another")))
        if one.id == "hostile"
        else one
        for one in whole.articles
    )
    history = next_edition(next_edition(History(), whole), replace(whole, articles=renamed))
    assert history.changes.articles == ()
    assert history.changes.tallies["articles"] == Tally()


def test_earlier_editions_keep_their_figures() -> None:
    whole = corpus()
    history = next_edition(next_edition(History(), without(whole, "translated")), whole)
    history = next_edition(history, without(whole, "spun"))
    assert [past.number for past in history.past] == [2, 1]
    assert history.past[0].tallies["articles"] == Tally(1, 0, 0)


def test_digests_of_the_last_corpus_are_taken_again_only_where_they_hold() -> None:
    whole = corpus()
    first, *others = whole.articles
    quote, *more = whole.quotes
    entity, *rest = whole.entities
    document = replace(first.annotated.document, title=others[0].annotated.document.title)
    retitled = replace(first.annotated, document=document)
    changed = (
        without(whole, "translated"),
        replace(whole, articles=(replace(first, dates=first.dates[1:]), *others)),
        replace(whole, articles=(replace(first, published=replace(first.published, iso="2031-05-06")), *others)),
        replace(whole, articles=(replace(first, publish="metadata"), *others)),
        replace(whole, articles=(replace(first, annotated=retitled), *others)),
        replace(whole, quotes=(replace(quote, speaker="Nobody Known"), *more)),
        replace(whole, quotes=tuple(more)),
        replace(whole, entities=(replace(entity, name="Another Name"), *rest)),
    )
    digested = Digested()
    for one in changed:
        assert take_snapshot(one) != take_snapshot(whole)
        assert take_snapshot(whole, digested) == take_snapshot(whole)
        assert take_snapshot(one, digested) == take_snapshot(one)


def test_digests_of_an_article_that_stands_as_it_stood_are_not_made_again() -> None:
    whole, digested = corpus(), Digested()
    before = take_snapshot(whole, digested)
    after = take_snapshot(without(whole, "translated"), digested)
    assert all(after.articles[one] is before.articles[one] for one in after.articles)
