"""Coverage, network, map and data pages of the corpus of the page tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import process_time

import pytest

from generator.aligned import AlignedText, Span
from generator.model import Corpus, Entity, Located, Mention, Zone
from generator.pages import SiteFacts, TableFacts, build_pages, find_addresses
from generator.pages.entity import entity_page
from generator.pages.library import Library
from generator.pages.pictures.months import Coverage, coverage, spark
from generator.pages.pictures.network import HEIGHT, LETTER, LETTERS, NODES, WIDTH, draw, ties_of
from generator.pages.pictures.outlines import window_of
from generator.pages.pictures.places import dots, overlap, place_map, spot
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import classed, section, tree, words

# No picture is larger than this; a reader on a phone pays for it.
LARGEST = 300_000


@pytest.fixture(scope="module")
def library() -> Library:
    whole = corpus()
    return Library(whole, facts(), find_addresses(whole, {}))


@pytest.fixture(scope="module")
def pages() -> Mapping[str, bytes]:
    return build_pages(
        corpus(), replace(facts(), tables=(TableFacts("articles", "Articles", 4, (("id", "string", "Stable id."),)),))
    )


def test_every_picture_has_a_name_a_caption_and_its_numbers_beside_it(pages: Mapping[str, bytes]) -> None:
    for path in ("map.md", "network.md"):
        page = tree(pages[path])
        (figure,) = classed(page, "bf-picture")
        svg = next(figure.iter("svg"))
        title = next(figure.iter("title"))
        # Not `img`, whose links a screen reader would not come to.
        assert svg.get("role") == "group"
        assert svg.get("aria-labelledby") == title.get("id")
        assert words(next(figure.iter("figcaption")))
        assert len(list(page.iter("table"))) == 1
        assert len(pages[path]) < LARGEST


def test_what_the_map_shows_stands_in_its_table_and_the_rest_below(pages: Mapping[str, bytes]) -> None:
    page = tree(pages["map.md"])
    rows = [words(row) for row in page.iter("tr")][1:]
    assert rows == ["Hallmar358.25° N, 11.50° E"]
    below = words(section(pages["map.md"], "elsewhere"))
    assert "Lenn" in below
    assert "Osterby" in below
    assert "Hallmar" not in below


def test_each_tie_of_the_network_is_in_its_table_with_its_sentences(
    library: Library, pages: Mapping[str, bytes]
) -> None:
    network = draw(ties_of(library))
    rows = [words(row) for row in tree(pages["network.md"]).iter("tr")][1:]
    assert len(rows) == len(network.ties) > 0
    for tie in network.ties:
        company = {one.id: one.together for one in library.company(tie.one.id)}
        assert tie.together == company[tie.other.id]
    assert draw(ties_of(library)) == network


def test_the_network_stays_in_its_picture_and_small_however_many_names_there_are(library: Library) -> None:
    whole = library.corpus
    model = next(entity for entity in whole.entities if entity.slug == "lenn")
    many = tuple(
        replace(model, id=f"place/town-{number}", slug=f"town-{number}", name=f"Town {number}") for number in range(400)
    )
    crowd = replace(whole, entities=many)
    crowded = Library(crowd, facts(), find_addresses(crowd, {}))
    begin = process_time()
    network = draw(ties_of(crowded))
    # On one core of 2020 a tenth of this; a layout of all names would take minutes.
    assert process_time() - begin < 5
    assert len(network.nodes) <= NODES
    assert network.left_out > 0
    assert all(0 <= node.x <= WIDTH and 0 <= node.y <= HEIGHT for node in network.nodes)


def test_the_matrix_counts_articles_by_the_month_they_state(library: Library) -> None:
    matrix = coverage(library, "place")
    assert matrix.columns == ("2031-05",)
    lenn = next(row for row in matrix.rows if row.entity.name == "Lenn")
    assert (lenn.counts, lenn.undated) == ((1,), 1)
    assert matrix.shade(0) == 0
    assert 1 <= matrix.shade(1) <= 5


def test_many_months_are_shown_as_years(library: Library) -> None:
    whole = library.corpus
    model = next(article for article in whole.articles if article.id == "courier")
    articles = tuple(
        replace(
            model,
            annotated=replace(model.annotated, document=replace(model.annotated.document, id=f"a{number}")),
            published=replace(model.published, iso=f"{1990 + number // 12}-{number % 12 + 1:02d}-01"),
        )
        for number in range(60)
    )
    entity = next(one for one in whole.entities if one.slug == "lenn")
    mention = entity.mentions[0].mention
    named = replace(entity, mentions=tuple(Located(article.id, mention) for article in articles))
    many = replace(whole, articles=articles, entities=(named,), events=(), quotes=(), links=(), references=())
    longer = Library(many, facts(), find_addresses(many, {}))
    matrix = coverage(longer, "place")
    assert matrix.columns == ("1990", "1991", "1992", "1993", "1994")
    assert matrix.rows[0].counts == (12, 12, 12, 12, 12)
    assert spark(longer, [f"a{number}" for number in (59, 58)]) == (0,) * 10 + (1, 1)


def test_a_corpus_of_few_months_has_no_sparklines(library: Library) -> None:
    assert spark(library, ["courier"]) == ()


def place(name: str, latitude: float | None, longitude: float | None) -> Entity:
    model = next(one for one in corpus().entities if one.slug == "lenn")
    return replace(model, id=f"place/{name}", slug=name, name=name, latitude=latitude, longitude=longitude)


def test_labels_stand_apart_from_each_other_and_from_dots() -> None:
    towns = tuple(place(f"town-{number}", 50.0 + number / 10, 10.0) for number in range(10))
    drawn = dots([spot(town) for town in towns], window_of([(50.0, 10.0)]))
    labelled = [dot for dot in drawn if dot.label]
    assert labelled
    assert len(labelled) < len(drawn)
    assert all(
        abs(one.y - other.y) >= 8 or one.left != other.left for one in labelled for other in labelled if one != other
    )


def test_a_place_without_coordinates_has_no_map_and_one_at_the_edge_of_the_world_has() -> None:
    assert place_map(place("nowhere", None, None)) is None
    assert place_map(place("edge", -89.0, 179.9)) is not None
    assert place_map(place("pole", 89.9, -179.9)) is not None


def test_the_page_of_data_names_tables_and_columns(pages: Mapping[str, bytes]) -> None:
    page = words(tree(pages["data.md"]))
    assert "Articles" in page
    assert "Stable id." in page


def test_an_empty_corpus_says_so_on_each_page() -> None:
    empty = replace(corpus(), articles=(), entities=(), events=(), links=(), quotes=(), references=(), suggestions=())
    built = build_pages(empty, replace(facts(), key_points={}))
    for path in ("map.md", "network.md", "coverage.md"):
        assert classed(tree(built[path]), "bf-unknown"), path


def test_no_name_in_the_network_covers_another_or_a_dot() -> None:
    names = [f"Person Number {at} of Hallmar" for at in range(40)]
    together = [(one, other) for one in range(40) for other in range(one + 1, 40) if (one * 7 + other * 3) % 5 == 0]
    network = draw(ties_of(_library(names, together)))
    boxes = []
    for node in network.nodes:
        if node.label:
            width = LETTER * min(len(node.entity.name), LETTERS)
            begin = node.label.x - {"start": 0, "middle": width / 2, "end": width}[node.label.anchor]
            boxes.append((node, (begin, node.label.y - 12, begin + width, node.label.y + 4)))
    assert len(boxes) >= 10
    for at, (node, box) in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 800
        assert not [other.entity.name for other, more in boxes[:at] if overlap(box, more)], node.entity.name
        for dot in network.nodes:
            edge = (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)
            assert dot is node or not overlap(box, edge)


def test_the_network_stays_as_it_is_drawn_while_names_are_only_named_more_often() -> None:
    names = [f"Person {at}" for at in range(12)]
    together = [(one, (one * 5 + 1) % 12) for one in range(12)]
    tied = ties_of(_library(names, together))
    spots = {node.entity.id: (node.x, node.y) for node in draw(tied).nodes}
    assert len(set(spots.values())) == len(spots) > 8
    more = tuple((name, count + 3 * number) for number, (name, count) in enumerate(tied.names))
    turned = replace(tied, names=tuple(reversed(more)), ties=tied.ties[::-1])
    assert {node.entity.id: (node.x, node.y) for node in draw(turned).nodes} == spots
    fewer = replace(tied, ties=tied.ties[1:])
    assert {node.entity.id: (node.x, node.y) for node in draw(fewer).nodes} != spots


def _library(names: list[str], together: list[tuple[int, int]]) -> Library:
    """A corpus in which each pair of `together` stands in a sentence of its own."""
    source = next(one for one in corpus().articles if one.id == "hostile")
    text = ""
    sentences: list[Span] = []
    mentions: list[list[Located]] = [[] for _ in names]
    for pair in together:
        start = len(text)
        for at in pair:
            span = Span(len(text), len(text) + len(names[at]))
            mentions[at].append(
                Located("pairs", Mention(span, names[at], "person", names[at], "gazetteer", 1.0, "body", 1))
            )
            text += names[at] + " "
        sentences.append(Span(start, len(text)))
    view = AlignedText.verbatim(text)
    document = replace(
        source.annotated.document,
        id="pairs",
        seed=replace(source.annotated.document.seed, text=text),
        zones=(Zone("body", view, view, 1),),
        ledger=(),
    )
    article = replace(source, annotated=replace(source.annotated, document=document, sentences=tuple(sentences)))
    entities = tuple(
        Entity(f"person/n{at}", "person", name, f"n{at}", (), tuple(mentions[at])) for at, name in enumerate(names)
    )
    whole = Corpus((article,), entities, (), (), (), ())
    return Library(whole, SiteFacts(), find_addresses(whole, {}))


def test_company_is_ranked_by_what_chance_does_not_explain() -> None:
    # 0 is everywhere; 1 meets 2 alone, and 0 no more often than everybody does.
    pairs = [(1, 2)] * 4 + [(1, 0)] * 4 + [(0, at) for at in range(3, 30) for _ in range(4)]
    library = _library([f"Name {at}" for at in range(30)], pairs)
    page = entity_page(library, library.entities["person/n1"])
    ties = next(one for one in tree(page).iter("ul") if one.get("class") == "bf-ties")
    assert [words(one) for one in ties.iter("a") if "bf-chip" in (one.get("class") or "")] == ["Name 2", "Name 0"]


def test_months_of_the_matrix_stand_under_their_years() -> None:
    months = Coverage(("2030-12", "2031-01", "2031-05"), (), 1, 0)
    assert months.years == (("2030", ("2030-12",)), ("2031", ("2031-01", "2031-05")))
    assert Coverage(("2030", "2031"), (), 1, 0).years == ()
