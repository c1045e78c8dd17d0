"""Corpora that are not as one would wish: each page still makes sense and says what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Article, Corpus, Located, Published
from generator.pages import SiteFacts, build_all, build_pages, find_addresses
from generator.pages.entity import entity_page
from generator.pages.library import Library
from tests.pages.fixture import corpus, facts
from tests.pages.test_pages import classed, meta, section, tree, words


def only(identity: str, **document: object) -> Article:
    article = next(one for one in corpus().articles if one.id == identity)
    changed = replace(article.annotated.document, **document)  # type: ignore[arg-type]
    return replace(article, annotated=replace(article.annotated, document=changed))


def alone(article: Article) -> Mapping[str, bytes]:
    return build_pages(Corpus((article,), (), (), (), (), ()), SiteFacts())


def test_a_title_of_six_hundred_characters_is_cut_as_a_heading_and_whole_in_the_fields() -> None:
    title = "The harbour of Norby reopens " * 20 + "at last."
    document = only("courier").annotated.document
    pages = alone(only("courier", title=replace(document.title, value=title)))
    (path,) = [path for path in pages if path.startswith("articles/2031/2031")]
    assert len(path) < 110
    heading = words(next(tree(pages[path]).iter("h1")))
    assert len(heading) <= 241
    assert heading.endswith("…")
    assert title in words(section(pages[path], "fields"))
    listed = words(classed(tree(pages["articles/index.md"]), "bf-story__title")[0])
    assert len(listed) <= 161


def test_a_title_of_one_long_word_is_cut_too() -> None:
    document = only("courier").annotated.document
    pages = alone(only("courier", title=replace(document.title, value="x" * 600)))
    (path,) = [path for path in pages if path.startswith("articles/2031/2031")]
    assert len(words(next(tree(pages[path]).iter("h1")))) <= 241


def test_a_person_of_undated_articles_alone_has_no_dates_and_no_chart() -> None:
    article = only("spun")
    person = next(one for one in corpus().entities if one.id == "person/ada-morrow")
    mentions = tuple(Located("spun", one.mention) for one in person.mentions if one.article == "spun")
    whole = Corpus((replace(article, published=Published()),), (replace(person, mentions=mentions),), (), (), (), ())
    page = tree(build_pages(whole, SiteFacts())["people/ada-morrow.md"])
    assert "only in undated articles" in words(page)
    assert classed(page, "bf-months") == []


def test_a_place_without_coordinates_has_no_map_and_stands_beside_it() -> None:
    pages = build_pages(corpus(), facts())
    page = tree(pages["places/lenn.md"])
    assert classed(page, "bf-map") == []
    assert "Lenn" in words(section(pages["map.md"], "elsewhere"))
    nowhere = tuple(replace(one, latitude=None, longitude=None) for one in corpus().entities)
    pages = build_pages(replace(corpus(), entities=nowhere), facts())
    assert "No place of the articles has coordinates" in words(tree(pages["map.md"]))


def test_an_article_in_which_nothing_is_named_says_so() -> None:
    pages = alone(only("hostile"))
    (path,) = [path for path in pages if path.startswith("articles/undated/s")]
    assert "Nobody and nothing that could be recognised" in words(section(pages[path], "named"))


def test_a_corpus_of_one_article_has_every_page_and_none_speaks_of_others() -> None:
    article = only("courier")
    whole = Corpus((article,), (), (), (), (), ())
    pages = build_all(whole, SiteFacts(), find_addresses(whole, {})).files
    said = {
        "network.md": "No two names stand in one sentence",
        "coverage.md": "No name could be recognised",
        "timeline.md": "No sentence of the articles gives a date",
        "quotes.md": "quote nobody",
        "quotes/by-date.md": "quote nobody",
        "quotes/wordings.md": "No statement stands in more than one article",
        "quotes/passed-on.md": "No quote says that somebody else passed it on",
        "wanted.md": "Every article that is cited is in this briefing",
        "map.md": "No place of the articles has coordinates",
        "people/index.md": "None could be recognised",
    }
    for path, text in said.items():
        assert text in words(tree(pages[path])), path
    (path,) = [path for path in pages if path.startswith("articles/2031/2031")]
    page = tree(pages[path])
    assert not {"related", "versions"} & {one.get("aria-labelledby") for one in page.iter("section")}
    assert meta(pages["index.md"])["description"].startswith("1 article, 0 names and 0 events")


def test_a_name_with_five_thousand_mentions_has_a_page_of_bounded_size_that_says_what_is_left_out() -> None:
    person = next(one for one in corpus().entities if one.id == "person/ada-morrow")
    own = [one.mention for one in person.mentions if one.article == "courier"]
    first = only("courier")
    annotated = first.annotated
    copies = [
        replace(first, annotated=replace(annotated, document=replace(annotated.document, id=f"courier-{number}")))
        for number in range(-(-5_000 // len(own)))
    ]
    mentions = tuple(Located(one.id, mention) for one in copies for mention in own)[:5_000]
    many = replace(person, mentions=mentions)
    whole = Corpus(tuple(copies), (many,), (), (), (), ())
    page = entity_page(Library(whole, SiteFacts(), find_addresses(whole, {})), many)
    assert len(page) < 400_000
    assert "5,000 mentions in" in words(tree(page))
    assert 20 < len(classed(tree(page), "bf-sentence")) < 600
    assert "further" in words(section(page, "mentions"))
