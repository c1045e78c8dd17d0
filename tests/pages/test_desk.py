"""Pages that are kept from the last build are those that would come out the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exports.bundle import build_bundle
from generator.exports.records import Place
from generator.model import Annotated, Article, Corpus, Entity, Link, Statement
from generator.pages import Pages, SiteFacts, build_all, build_pages, find_addresses
from generator.pages.desk import Desk
from generator.pages.keeper import Keeper
from generator.pages.library import Library
from generator.recall import PageMemory
from generator.session import Session
from tests.pages.fixture import corpus, facts

State = tuple[Corpus, SiteFacts]


def _origin(annotated: Annotated) -> str:
    """Some documents follow from what is known, others from nobody knows what."""
    if annotated.document.id < "m":
        return sha256(msgspec.msgpack.encode(annotated)).hexdigest()
    return ""


def _built(state: State, memory: PageMemory | None = None, session: Session | None = None) -> Pages:
    return build_all(*state, find_addresses(state[0], {}), memory, _origin, session=session)


def _article(state: State, at: int, change: Callable[[Article], Article]) -> State:
    articles = state[0].articles
    at %= len(articles)
    changed = (*articles[:at], change(articles[at]), *articles[at + 1 :])
    return replace(state[0], articles=changed), state[1]


def _retitled(state: State, at: int) -> State:
    def change(article: Article) -> Article:
        document = article.annotated.document
        titled = replace(document, title=replace(document.title, value=f"{document.title.value} {at}"))
        return replace(article, annotated=replace(article.annotated, document=titled))

    return _article(state, at, change)


def _dated(state: State, at: int) -> State:
    day = f"2031-0{1 + at % 9}-11"
    return _article(
        state,
        at,
        lambda one: replace(one, published=replace(one.published, iso=day, precision="day", basis="dateline")),
    )


def _reworded(state: State, at: int) -> State:
    def change(article: Article) -> Article:
        sentences = article.annotated.sentences
        return replace(article, annotated=replace(article.annotated, sentences=sentences[at % 2 :]))

    return _article(state, at, change)


def _withheld(state: State, at: int) -> State:
    return _article(state, at, lambda one: replace(one, publish="metadata" if one.publish == "full" else "full"))


def _part(name: str, change: Callable[[Any, int], Any]) -> Callable[[State, int], State]:
    """Changes one thing of the corpus's `name`, or leaves it out where `change` gives nothing."""

    def changed(state: State, at: int) -> State:
        things = getattr(state[0], name)
        if not things:
            return state
        place = at % len(things)
        made = change(things[place], at)
        kept = (*things[:place], *((made,) if made is not None else ()), *things[place + 1 :])
        return replace(state[0], **{name: kept}), state[1]

    return changed


def _retyped(entity: Entity, _: int) -> Entity:
    """With mentions as the analyst's decisions set them; the article still has its own."""
    mentions = tuple(replace(one, mention=replace(one.mention, type="organization", key="")) for one in entity.mentions)
    return replace(entity, mentions=mentions)


def _told(name: str, key: str, value: object) -> Callable[[State, int], State]:
    def changed(state: State, _: int) -> State:
        told: dict[str, Any] = {name: {**getattr(state[1], name), key: value}}
        return state[0], replace(state[1], **told)

    return changed


def _tied(state: State, at: int) -> State:
    articles = state[0].articles
    one, other = articles[at % len(articles)], articles[(at + 1) % len(articles)]
    kind = ("related", "version", "duplicate")[at % 3]
    tie = Link(one.id, other.id, f"both of {one.id}", 0.5, kind)  # type: ignore[arg-type]  # a kind of the three
    return replace(state[0], links=(*state[0].links, tie)), state[1]


EDITS: dict[str, Callable[[State, int], State]] = {
    "retitled": _retitled,
    "dated": _dated,
    "reworded": _reworded,
    "withheld": _withheld,
    "tied": _tied,
    "entity renamed": _part("entities", lambda one, at: replace(one, name=f"{one.name} {at}")),
    "entity described": _part("entities", lambda one, at: replace(one, description=f"a thing {at}")),
    "mention gone": _part("entities", lambda one, _: replace(one, mentions=one.mentions[:-1] or one.mentions)),
    "name set to another type": _part("entities", _retyped),
    "speaker quoted elsewhere": _part("quotes", lambda one, _: replace(one, speaker_entity="person/ada-morrow")),
    "event gone": _part("events", lambda _, __: None),
    "event dated": _part("events", lambda one, at: replace(one, date=f"2031-05-{1 + at % 28:02d}")),
    "event retitled": _part("events", lambda one, at: replace(one, title=f"{one.title} {at}")),
    "link gone": _part("links", lambda _, __: None),
    "speaker": _part("quotes", lambda one, at: replace(one, speaker=f"Somebody {at}", speaker_entity="")),
    "reference": _part("references", lambda one, _: replace(one, resolved_article="")),
    "statement gone": _part("statements", lambda _, __: None),
    "points": _told("key_points", "courier", ()),
    "linked": _told("linked", "courier", '{"a": 1}'),
    "cited": _told("citations", "spun", {"RIS": "TY  - NEWS"}),
    "fed": _told("feeds", "person/ada-morrow", "feeds/x.xml"),
}


# What it changes is on no page of the fixture.
UNSEEN = {"statement gone", "name set to another type"}


@given(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 50)), min_size=1, max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_kept_pages_are_what_a_clean_build_would_make_whatever_changed(
    edits: list[tuple[str, int]], in_one_process: bool
) -> None:
    state = corpus(), facts()
    session = Session() if in_one_process else None
    last = _built(state, None, session)
    standing = dict(last.files)
    for edit, at in edits:
        state = EDITS[edit](state, at)
        built, clean = _built(state, last.memory, session), _built(state)
        standing = {**{name: standing[name] for name in built.kept}, **built.files}
        assert standing == clean.files
        last = built


@given(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 50)), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_what_is_made_when_it_is_asked_for_is_made_again_whatever_it_followed_from(
    edits: list[tuple[str, int]],
) -> None:
    """Linked data and citations as exports give them."""
    state = corpus(), facts()
    last = _built(_exported(state))
    standing = dict(last.files)
    for edit, at in edits:
        state = EDITS[edit](state, at)
        built, clean = _built(_exported(state), last.memory), _built(_exported(state))
        standing = {**{name: standing[name] for name in built.kept}, **built.files}
        assert standing == clean.files
        last = built


def test_of_another_site_every_citation_is_written_again() -> None:
    state = corpus(), facts()
    before, after = _exported(state), _exported(state, Place("Ferries", "2.0"))
    again, clean = _built(after, _built(before).memory), _built(after).files
    articles = {find_addresses(state[0], {}).pages[one.id] for one in state[0].articles}
    assert articles & again.kept == set()
    assert all(again.files[path] == clean[path] for path in articles)


def _exported(state: State, place: Place = Place("Ferries")) -> State:  # noqa: B008 -- it is never changed
    bundle = build_bundle(state[0], find_addresses(state[0], {}).urls, place, _origin)
    return state[0], replace(state[1], linked=bundle.linked, citations=bundle.citations)


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_each_of_these_edits_changes_a_page(edit: str) -> None:
    """Or else the test above would say nothing of it."""
    state = corpus(), facts()
    before = _built(state).files
    assert any(_built(EDITS[edit](state, at)).files != before for at in range(4)) or edit in UNSEEN


def test_without_a_change_every_page_of_one_thing_and_every_list_is_kept() -> None:
    state = corpus(), facts()
    first = _built(state)
    memory = msgspec.msgpack.decode(msgspec.msgpack.encode(first.memory), type=PageMemory)
    again = _built(state, memory)
    # Those that show something of everything; what they show is most of the work.
    assert set(again.files) == {"index.md", "method.md", "cards/index.js"}
    assert again.kept == set(first.files) - set(again.files)
    assert again.memory == first.memory


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_a_process_that_builds_again_tells_what_changed_as_another_would(edit: str) -> None:
    state = corpus(), facts()
    session = Session()
    first = _built(state, None, session)
    for at in range(3):
        changed = EDITS[edit](state, at)
        assert _built(changed, first.memory, session) == _built(changed, first.memory)


def test_what_no_digest_can_be_taken_of_is_shown_by_no_list() -> None:
    keeper = Keeper(Library(corpus(), facts(), find_addresses(corpus(), {})), PageMemory())
    with pytest.raises(TypeError):
        keeper.digest_of("here.md", {"values": lambda: 1})


def test_a_change_of_one_name_leaves_alone_the_pages_that_do_not_say_it() -> None:
    state = corpus(), facts()
    first = _built(state)
    renamed = replace(state[0].entities[0], name="Ada M. Morrow")
    changed = replace(state[0], entities=(renamed, *state[0].entities[1:]))
    again = _built((changed, state[1]), first.memory)
    clean = _built((changed, state[1])).files
    assert find_addresses(state[0], {}).pages[renamed.id] not in again.kept
    assert len(again.kept) >= 4
    assert all(clean[name] == first.files[name] for name in again.kept)


def test_of_a_statement_a_page_asks_what_it_and_its_version_say() -> None:
    whole, site = corpus(), facts()
    pages = {find_addresses(whole, {}).pages[one] for one in ("courier", "spun")}

    def told(*quotes: int) -> State:
        return replace(whole, statements=(Statement("Ada Morrow", quotes),)), site

    first = _built(told(0, 2))
    assert pages <= _built(told(0, 2, 3), first.memory).kept
    apart = _built(told(0, 3), first.memory)
    assert not pages & apart.kept
    assert {name: apart.files[name] for name in pages} == {name: _built(told(0, 3)).files[name] for name in pages}
    assert all(apart.files[name] != first.files[name] for name in pages)


def test_of_an_event_the_pages_of_others_ask_no_more_than_what_it_is_called() -> None:
    whole, site = corpus(), facts()
    first = _built((whole, site))
    event = next(one for one in whole.events if len(one.evidence) > 1)
    fewer = tuple(replace(one, evidence=one.evidence[:1]) if one is event else one for one in whole.events)
    pages = find_addresses(whole, {}).pages
    again = _built((replace(whole, events=fewer), site), first.memory)
    assert {pages[event.evidence[0].article], *(pages[one] for one in event.entities)} <= again.kept
    assert pages[f"event/{event.id}"] not in again.kept


def test_pages_made_at_a_desk_are_those_made_in_the_library() -> None:
    state = corpus(), facts()
    assert dict(build_pages(*state)) == {
        name: page for name, page in _built(state).files.items() if name.endswith("md")
    }


def test_a_page_at_a_desk_is_told_nothing_that_it_did_not_ask_for() -> None:
    whole = corpus()
    desk = Desk(Library(whole, facts(), find_addresses(whole, {})))
    for name in ("corpus", "newest", "rank", "months", "sentences", "wanted", "entities_in"):
        with pytest.raises(AttributeError):
            getattr(desk, name)
    for mapping in (desk.articles, desk.mentions, desk.addresses.pages, desk.site.linked):
        with pytest.raises(TypeError):
            len(mapping)
        with pytest.raises(TypeError):
            list(mapping)
    assert not desk.asked
    assert desk.title("courier")
    assert "nobody" not in desk.articles
    assert list(desk.asked) == [("title", "courier"), ("articles", "nobody")]
