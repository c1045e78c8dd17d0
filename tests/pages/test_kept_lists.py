"""Lists and cards that are kept from the last build are those that would come out the same, long ones as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.pages import archives, cards, explore, listings, quotes, sources, timeline, voices
from tests.pages.fixture import corpus, facts
from tests.pages.test_cards import cards_of
from tests.pages.test_desk import EDITS, State, _built

# So few that the lists of the fixture are split as those of ten thousand articles are.
SMALL = (
    (archives, {"NEWEST": 1, "NEWEST_OF": 1, "PAGE": 1, "SOURCES": 1}),
    (cards, {"SHARD": 2}),
    (explore, {"DOTS": 1, "LISTED": 1}),
    (listings, {"NAMES": 2, "LETTER": 1, "TOP": 2, "EVENTS": 1}),
    (quotes, {"SPEAKERS": 1, "FRONT": 1, "BY_DATE": 1, "STATEMENTS": 1, "WAYS": 1, "SAMPLES": 1}),
    (sources, {"SOURCES": 2, "RELAYS": 1, "WANTED": 1, "EACH": 1, "TITLES": 1, "UNKNOWN": 1}),
    (timeline, {"EVENTS": 1, "TOP": 1, "FILTERED": 1}),
    (voices, {"QUOTES_EACH": 1, "QUOTES_NAMELESS": 1}),
)


@pytest.fixture(autouse=True)
def _split(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, values in SMALL:
        for name, value in values.items():
            monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_what_is_kept_of_split_lists_is_what_a_clean_build_would_make(edit: str) -> None:
    state: State = corpus(), facts()
    last = _built(state)
    standing = dict(last.files)
    for at in range(5):
        state = EDITS[edit](state, at)
        built, clean = _built(state, last.memory), _built(state)
        standing = {**{name: standing[name] for name in built.kept}, **built.files}
        assert standing == clean.files
        last = built


def test_the_lists_are_split() -> None:
    """Or else the test above would say little."""
    files = _built((corpus(), facts())).files
    for path in (
        *("articles/2031/month-05-03.md", "people/letters/a.md", "quotes/speakers/t.md", "quotes/2031-05.md"),
        *("timeline/2031.md", "cards/4.js"),
    ):
        assert path in files, sorted(files)


def test_a_card_follows_when_another_article_turns_out_to_name_it_first() -> None:
    whole = corpus()
    last = _built((whole, facts()))
    (number,) = (at for at, one in enumerate(whole.articles) if one.id == "translated")
    older = replace(
        whole.articles[number], published=replace(whole.articles[number].published, iso="2030-01-02", basis="dateline")
    )
    articles = (*whole.articles[:number], older, *whole.articles[number + 1 :])
    state = replace(whole, articles=articles), facts()
    built, clean = _built(state, last.memory), _built(state)
    assert {**{name: last.files[name] for name in built.kept}, **built.files} == clean.files
    assert cards_of(dict(clean.files))["people/ada-morrow"] != cards_of(dict(last.files))["people/ada-morrow"]
