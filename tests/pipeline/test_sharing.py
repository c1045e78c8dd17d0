"""Sharing equal values changes nothing that anybody can tell but memory."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from bench.documents import documents
from generator.aligned import AlignedText
from generator.model import Annotated
from generator.pipeline.sharing import Sharer

COUNT = 40


def decoded() -> list[Annotated]:
    made = [one.annotated for one in documents(COUNT)]
    return msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=list[Annotated])


def test_shared_articles_are_the_same() -> None:
    sharer = Sharer()
    assert [sharer.share(one) for one in decoded()] == decoded()


def test_names_and_readings_are_held_once() -> None:
    sharer = Sharer()
    articles = [sharer.share(one) for one in decoded()]
    surfaces = [mention.surface for one in articles for mention in one.mentions]
    assert len({id(surface) for surface in surfaces}) == len(set(surfaces)) < len(surfaces)
    assert all(zone.reading is zone.text for one in articles for zone in one.document.zones)


def test_a_reading_that_differs_stays() -> None:
    (one, *_) = decoded()
    zone = one.document.zones[0]
    spun = replace(zone, reading=AlignedText.verbatim(zone.text.text.swapcase()))
    shared = Sharer().share(replace(one, document=replace(one.document, zones=(spun,))))
    assert shared.document.zones[0].reading.text == zone.text.text.swapcase() != shared.document.zones[0].text.text
