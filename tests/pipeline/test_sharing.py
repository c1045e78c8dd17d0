"""Sharing equal values changes nothing that anybody can tell but memory."""

from __future__ import annotations

import msgspec

from bench.documents import documents
from generator.corpus.resolve import Decisions, ThingFinder, Things, resolve
from generator.model import Annotated, Article
from generator.pipeline.sharing import ThingSharer

COUNT = 40


def decoded() -> list[Annotated]:
    made = [one.annotated for one in documents(COUNT)]
    return msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=list[Annotated])


def things() -> list[Things]:
    finder = ThingFinder()
    found = [finder.things(one.document, one.mentions) for one in decoded()]
    return msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=list[Things])


def test_shared_things_are_the_same_and_stay_so() -> None:
    sharer = ThingSharer()
    shared = [sharer.share(one) for one in things()]
    assert shared == things()
    articles = [Article(one, one.document.published, ()) for one in decoded()]
    assert resolve(articles, Decisions(), shared) == resolve(articles, Decisions(), things())
    assert shared == things()


def test_what_is_not_said_of_things_is_held_once() -> None:
    sharer = ThingSharer()
    shared = [local for one in things() for local in sharer.share(one).found]
    unsaid = [said for one in shared for said in (one.weak_names, one.genders, one.apart) if not said]
    assert len(unsaid) > len(shared)
    assert len({id(said) for said in unsaid}) == 1
