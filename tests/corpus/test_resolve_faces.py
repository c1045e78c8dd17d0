"""What is kept of the things that documents name gives them back, and what recurs is there once."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import msgspec

from bench.documents import documents
from generator.corpus.resolve import Decisions, Drafts, ThingFinder, Things, resolve
from generator.model import Article
from tests.corpus.build import article, kept

COUNT = 60


def invented() -> list[Article]:
    return [Article(one.annotated, one.annotated.document.published, ()) for one in documents(COUNT)]


def found(articles: list[Article]) -> list[Things]:
    finder = ThingFinder()
    return [finder.things(one.annotated.document, one.annotated.mentions) for one in articles]


def without_faces(things: list[Things]) -> list[Things]:
    return [
        msgspec.structs.replace(one, found=tuple(msgspec.structs.replace(local, face=None) for local in one.found))
        for one in things
    ]


WRITTEN = (
    "[P:Mara  Lind] of the [O:Vellamo Water Board] spoke. [P~:Lind] left. The [O:VWB] met. [P:Mara Lind] returned.",
    "[P:Mara Lind] and [P:Ida Hale] met in [L:Port Ashby]. [P~:Hale] paid, [P:Minister|Hale] said.",
    "[P:Mara Lind] rested. The [O:Vellamo Water Board] (“[O:VWB]”) met. The [O:VWB] closed.",
    "Nothing at all.",
)


def test_what_was_kept_is_what_was_found() -> None:
    for articles in (invented(), [article(str(number), text) for number, text in enumerate(WRITTEN)]):
        assert without_faces(kept(articles)) == found(articles)


def test_what_differs_in_its_mentions_alone_is_known_to_be_alike() -> None:
    things = [local for one in kept(invented()) for local in one.found]
    faces = {id(local.face) for local in things}
    assert None not in faces
    assert len(faces) < len(things)
    for local in things:
        assert local.face is not None
        assert local.reasons is local.face.reasons  # type: ignore[attr-defined]


def test_names_are_resolved_alike_and_leave_what_was_kept_as_it_is() -> None:
    articles = invented()
    things = kept(articles)
    before = deepcopy(things)
    resolution = resolve(articles, Decisions(), things)
    assert resolution == resolve(articles, Decisions())
    assert things == before
    assert resolve(articles, Decisions(), things) == resolution


def test_a_surname_that_another_article_knows_is_not_taken_from_what_was_kept() -> None:
    texts = ("[P:Orsolya Quendrill] spoke.", "The [O:Quendrill Bank] met. [P~:Quendrill] paid. [P~:Quendrill] left.")
    articles = [article(str(number), text) for number, text in enumerate(texts)]
    for part in (articles, articles[1:]):
        assert resolve(part, Decisions(), kept(part)) == resolve(part, Decisions())


def test_an_entity_is_drawn_up_anew_where_its_mentions_are_others_or_it_is_judged_otherwise() -> None:
    texts = ("The miller [P:Jan A. Quendrill] spoke.", "[P:Jan Quendrill] spoke.", "[P:Ida Hale] paid.")
    articles = [article(str(number), text) for number, text in enumerate(texts)]
    things, drafts = kept(articles), Drafts()
    unsure = [
        replace(
            one,
            annotated=replace(
                one.annotated, mentions=tuple(replace(mention, score=0.5) for mention in one.annotated.mentions)
            ),
        )
        for one in articles
    ]
    together = Decisions(same=(("Ida Hale", "Jan Quendrill"),))
    for corpus, decisions in (
        (articles, Decisions()),
        (unsure, Decisions()),
        (articles, together),
        (articles, Decisions()),
        (articles, Decisions(same=(("Jan A. Quendrill", "Jan Quendrill"),))),
        (articles, Decisions(type={"Ida Hale": "place"})),
        (articles, Decisions()),
    ):
        assert resolve(corpus, decisions, things, drafts) == resolve(corpus, decisions)
