"""The mentions of a corpus as columns say what the values of the model say."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from bench.documents import documents
from generator.corpus.resolve import Decisions, resolve
from generator.corpus.wording import entity_mentions
from generator.lazy.marked import Marked
from generator.lazy.named import Columns, Named, Register, articles_of, named_in, plain
from generator.model import Article, Entity, Published
from tests.test_lazy import Store, lazy


def articles() -> list[Article]:
    made = [one.annotated for one in documents(30)]
    beside = replace(made[3].mentions[0], paragraph=None, zone="headline", note="n", title="Director", weak=True)
    made[3] = replace(made[3], mentions=(beside, *made[3].mentions[1:]))
    return [Article(one, Published(), ()) for one in lazy(Store(made))]


def entities() -> Sequence[Entity]:
    return resolve(articles(), Decisions()).entities


def spelt(entity: Entity) -> Entity:
    """The same, its mentions as a tuple of values."""
    return replace(entity, mentions=tuple(entity.mentions))


def test_an_article_has_the_same_mentions_back() -> None:
    for article in articles():
        mentions = article.annotated.mentions
        marked = Marked.of(mentions)
        assert marked.mentions() == mentions
        assert len(marked.kinds) < len(mentions)


def test_a_register_is_in_order_of_the_ids_whatever_it_is_given() -> None:
    given = articles()
    register, other = Register(given), Register(given[::-1])
    assert register.ids == other.ids == sorted(one.id for one in given)
    rows = list(range(len(register.cells)))
    assert register.located(rows) == other.located(rows)
    for article in given:
        for at, mention in enumerate(article.annotated.mentions):
            row = register.first[register.place[article.id]] + at
            assert register.located([int(row)])[0].mention == mention
            assert register.paragraph(article.id, at) == mention.paragraph
        assert register.document(article.id) is article.annotated


def test_the_mentions_of_an_entity_are_as_good_as_a_tuple() -> None:
    found = entities()
    assert len(found) > 10
    for entity in found:
        mentions, values = entity.mentions, tuple(entity.mentions)
        assert isinstance(mentions, Named)
        assert len(mentions) == len(values) > 0
        assert mentions == values
        assert values == mentions
        assert [mentions[at] for at in range(len(values))] == list(values)
        assert mentions[-1] == values[-1]
        assert mentions[1:3] == values[1:3]
        assert hash(mentions) == hash(values)
        assert entity == spelt(entity)
        assert pickle.loads(pickle.dumps(mentions)) == values  # noqa: S301 -- our own
        assert msgspec.msgpack.encode(entity, enc_hook=plain) == msgspec.msgpack.encode(spelt(entity))
        assert articles_of(mentions) == articles_of(values) == sorted({one.article for one in values})
        with pytest.raises(IndexError):
            mentions[len(values)]
    assert found[0].mentions != found[1].mentions
    assert found[0].mentions != list(found[0].mentions)
    with pytest.raises(TypeError):
        plain(object())


def test_columns_say_the_same_of_mentions_and_of_values() -> None:
    found = entities()
    mixed = [spelt(one) if at % 2 else one for at, one in enumerate(found)]
    for own in (found, found[3:9][::-1], ()):
        values = [located for entity in own for located in entity.mentions]
        for columns in (named_in(own), named_in([spelt(one) for one in own])):
            assert told(columns) == [
                (one.article, one.mention.span.start, one.mention.span.end, one.mention.paragraph) for one in values
            ]
            assert list(columns.located) == values
            assert columns.said(lambda kind: kind.weak).tolist() == [one.mention.weak for one in values]
            assert np.diff(columns.edges).tolist() == [len(one.mentions) for one in own]
            assert columns.entity.tolist() == [at for at, one in enumerate(own) for _ in one.mentions]
    assert told(named_in(mixed)) == told(named_in(found))


def told(columns: Columns) -> list[tuple[str, int, int, int | None]]:
    places = zip(columns.article, columns.start, columns.end, columns.paragraph, strict=True)
    return [
        (columns.ids[article], int(start), int(end), int(paragraph) if paragraph >= 0 else None)
        for article, start, end, paragraph in places
    ]


def test_what_each_mention_means_is_what_entities_say() -> None:
    given = articles()
    resolution = resolve(given, Decisions())
    places = {
        (located.article, located.mention.span, located.mention.type): entity.id
        for entity in resolution.entities
        for located in entity.mentions
    }
    for article in given:
        mentions = article.annotated.mentions
        told = {at: places.get((article.id, one.span, one.type)) for at, one in enumerate(mentions)}
        assert resolution.meant[article.id] == {at: own for at, own in told.items() if own}
    assert resolution.placed == entity_mentions(resolution.entities)
