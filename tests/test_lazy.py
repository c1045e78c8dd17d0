"""Articles that are read when they are asked for are what they would be if they held everything."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from random import Random

import msgspec
import pytest

from bench.documents import documents
from generator.aligned import AlignedText, Span
from generator.exports.records import SUMMARY
from generator.lazy import Shelf, counts, drawer, encode_head, encode_marks, in_turn, opening, with_mentions
from generator.lazy.values import OPENING
from generator.model import Annotated, Article, Document, Field, Gloss, Issue, Published, Removal, SeedText
from generator.pages.cards import SENTENCE
from generator.pages.listings import LEDE

COUNT = 40


def articles() -> list[Annotated]:
    made = [one.annotated for one in documents(COUNT)]
    first, second = made[0].document, made[1].document
    seed = replace(first.seed, override={"title": "Ferry", "authors": ["Ada Holm"]}, issues=(issue("override"),))
    zone = replace(first.zones[0], reading=AlignedText.verbatim(first.zones[0].text.text.swapcase()))
    made[0] = replace(
        made[0],
        document=replace(
            first,
            seed=seed,
            zones=(zone, *first.zones[1:]),
            ledger=(Removal(Span(0, 1), "menu", "F"),),
            glosses=(Gloss(Span(0, 1), "F", "G", "f"),),
            authors=(Field("Ada Holm", "byline", (Span(3, 8),)),),
            issues=(issue("many-dates"),),
        ),
    )
    made[1] = replace(made[1], document=replace(second, updated=Published("2021-05-03", "day", "made"), outlet=None))
    return made


def issue(code: str) -> Issue:
    return Issue("info", code, "ferry.txt", "a message")


class Store:
    """Encoded articles by key; counts what is asked of it."""

    def __init__(self, made: Sequence[Annotated]) -> None:
        self.whole = {f"k{at}": msgspec.msgpack.encode(one) for at, one in enumerate(made)}
        self.heads = {key: encode_head(one, len(self.whole[key])) for key, one in zip(self.whole, made, strict=True)}
        self.marks = {key: encode_marks(one) for key, one in self.whole.items()}
        self.right = self.whole
        self.gone: set[str] = set()
        self.asked: list[tuple[str, int]] = []
        self.redone: list[str] = []

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.asked.append(("whole", len(keys)))
        return {key: self.whole[key] for key in keys if key not in self.gone}

    def get_marks(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.asked.append(("marks", len(keys)))
        return {key: self.marks[key] for key in keys if key not in self.gone}

    def again(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        self.redone += keys
        return {key: self.right[key] for key in keys}


def lazy(store: Store) -> list[Annotated]:
    shelf = Shelf()
    found = shelf.add(store.heads)
    shelf.serve(store.get, store.get_marks, store.again)
    shelf.arrange(store.whole)
    return [found[key] for key in store.whole]


def test_they_are_equal_encode_alike_and_are_copied_whole() -> None:
    made = articles()
    found = lazy(Store(made))
    assert found == made
    assert made == found
    assert [msgspec.msgpack.encode(one) for one in found] == [msgspec.msgpack.encode(one) for one in made]
    assert msgspec.to_builtins(found[0]) == msgspec.to_builtins(made[0])
    assert type(pickle.loads(pickle.dumps(found[0]))) is Annotated  # noqa: S301 -- our own
    assert copy.deepcopy(found[0]) == made[0]
    assert hash(found[1].document.title) == hash(made[1].document.title)
    assert found[0] != made[1]
    assert found[0].document != made[1].document
    assert found[0].document.seed != made[1].document.seed


def test_every_field_is_there_and_none_can_be_set() -> None:
    made, found = articles()[0], lazy(Store(articles()))[0]
    for value, other, kind in (
        (found, made, Annotated),
        (found.document, made.document, Document),
        (found.document.seed, made.document.seed, SeedText),
    ):
        for field in fields(kind):
            assert getattr(value, field.name) == getattr(other, field.name)
        with pytest.raises(AttributeError):
            setattr(value, fields(kind)[0].name, ())
        with pytest.raises(AttributeError):
            value.nothing  # type: ignore[union-attr]  # noqa: B018 -- it raises


def test_what_is_replaced_leaves_the_rest_as_it_is() -> None:
    made, found = articles()[0], lazy(Store(articles()))[0]
    title = Field("Another", "made")
    assert replace(found, document=replace(found.document, title=title)) == replace(
        made, document=replace(made.document, title=title)
    )
    assert with_mentions(found, ()) == with_mentions(made, ()) == replace(made, mentions=())
    assert with_mentions(found, ()).quotes == made.quotes


def test_heads_need_no_text() -> None:
    store = Store(articles())
    found = lazy(store)
    for one, made in zip(found, articles(), strict=True):
        assert (one.document.title, one.document.published) == (made.document.title, made.document.published)
        assert one.document.seed.sha256 == made.document.seed.sha256
        assert counts(one) == counts(made)
        assert one.document.issues == made.document.issues
        assert opening(one.document) == opening(made.document)
        assert made.document.body[0].text.text.startswith(opening(made.document)[0])
    assert store.asked == []


def test_an_opening_is_longer_than_what_anybody_shows_of_it() -> None:
    assert max(LEDE, SENTENCE, SUMMARY) < OPENING
    long = replace(articles()[1], document=replace(articles()[1].document, title=Field("x" * 900, "made")))
    text = AlignedText.verbatim("  " + "word " * 400)
    document = replace(long.document, zones=(replace(long.document.zones[0], text=text), *long.document.zones[1:]))
    assert len(opening(document)[0]) == 900
    assert opening(replace(document, zones=())) == ()


def test_whoever_reads_one_after_the_other_asks_the_store_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(map(len, Store(articles()).whole.values()))
    monkeypatch.setattr(drawer, "HELD", size // 2)
    monkeypatch.setattr(drawer, "AHEAD", size // 4)
    store = Store(articles())
    found = lazy(store)
    for _ in range(2):
        assert [one.document.zones for one in found] == [one.document.zones for one in articles()]
    assert len(store.asked) < 2 * 8
    assert sum(number for _, number in store.asked) <= 2 * COUNT


def test_what_is_read_together_is_fetched_together() -> None:
    store = Store(articles())
    found = [Article(one, one.document.published, ()) for one in lazy(store)]
    some = found[::-3]
    assert [one.annotated.document.zones for one in in_turn(some)] == [one.annotated.document.zones for one in some]
    assert store.asked == [("whole", len(some))]
    plain = articles()
    assert list(in_turn(plain)) == plain


@pytest.mark.parametrize("room", [1, 20_000, 10_000_000])
def test_little_room_changes_nothing(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawer, "HELD", room)
    monkeypatch.setattr(drawer, "AHEAD", room)
    made, found = articles(), lazy(Store(articles()))
    dice = Random(room)  # noqa: S311 -- a test must run the same way again
    names = ("sentences", "mentions", "dates", "quotes", "document")
    for _ in range(300):
        at, name = dice.randrange(COUNT), dice.choice(names)
        assert getattr(found[at], name) == getattr(made[at], name)


def test_what_is_lost_or_is_no_article_is_worked_out_again() -> None:
    store = Store(articles())
    found = lazy(store)
    store.right = dict(store.whole)
    store.gone = {"k3", "k4"}
    store.marks["k5"] = store.heads["k5"]
    store.whole["k6"] = store.marks["k6"] = b"\x01"
    assert [one.mentions for one in found] == [one.mentions for one in articles()]
    assert set(store.redone) == {"k3", "k4", "k6"}
    assert found == articles()


def test_what_is_no_head_is_left_out() -> None:
    store = Store(articles())
    shelf = Shelf()
    assert shelf.add({"k0": b"\xc1", "k1": store.whole["k1"], "k2": store.heads["k2"]}).keys() == {"k2"}


def test_a_shelf_serves_the_next_corpus_and_forgets_what_is_not_in_it() -> None:
    store = Store(articles())
    shelf = Shelf()
    shelf.add(store.heads)
    shelf.serve(store.get, store.get_marks, store.again)
    shelf.arrange(store.whole)
    kept = shelf.known(["k2"])["k2"]
    assert kept.mentions
    shelf.arrange(["k2", "k7"])
    assert shelf.known(store.whole).keys() == {"k2", "k7"}
    assert shelf.known(["k2"])["k2"] is kept


def test_names_and_readings_are_held_once() -> None:
    found = lazy(Store(articles()))
    surfaces = [mention.surface for one in found for mention in one.mentions]
    assert len({id(surface) for surface in surfaces}) == len(set(surfaces)) < len(surfaces)
    first, *others = (zone for one in found for zone in one.document.zones)
    assert first.reading != first.text
    assert all(zone.reading is zone.text for zone in others)
