"""The client's answers: those of the reference, and those that somebody who searches expects."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import build_search
from generator.search.bits import Codes, gamma, packed, parameter, rice
from generator.search.files import index_files
from generator.search.inverted import invert
from generator.search.packing import script
from generator.search.records import KINDS, Records, find_records
from generator.search.stemmer import stem
from tests.search.client import WEB, Client, node, started_client, write_index
from tests.search.harbour import harbour
from tests.search.making import Story, addresses, make_corpus, make_large
from tests.search.reference import Reference

SIGNALS = {"word-spun": "text with swapped words", "undated": "no date"}
LANGUAGES = {"en": "English", "ko": "Korean"}
Ask = Callable[..., Any]


def indexed(records: Records, folder: Path) -> Path:
    return write_index(index_files(records, invert(records), SIGNALS, LANGUAGES), folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reference]:
    corpus = harbour()
    records = find_records(corpus, addresses(corpus))
    return indexed(records, tmp_path_factory.mktemp("small")), Reference(records, SIGNALS, LANGUAGES)


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reference]:
    corpus = make_large(120, words=150, seed=7)
    records = find_records(corpus, addresses(corpus))
    return indexed(records, tmp_path_factory.mktemp("larger")), Reference(records, SIGNALS, LANGUAGES)


@pytest.fixture(scope="module")
def ask(small: tuple[Path, Reference], client: Client) -> Ask:
    def asked(query: str, **more: Any) -> Any:
        return client.ask(folder=str(small[0]), query=query, results=20, **more)

    return asked


def found(answer: Any, kind: str = "article") -> list[str]:
    """The pages that an answer lists of one kind, without folder and extension."""
    results = answer["results"][KINDS.index(kind)]
    return [one["href"].rpartition("/")[2].partition(".html")[0] for one in results]


def require_equal(ours: Any, wanted: list[list[tuple[int, float]]], query: str) -> None:
    for kind, rows in enumerate(wanted):
        got = ours["kinds"][kind]
        assert dict(rows) == pytest.approx(dict(got), rel=1e-9, abs=1e-12), query
        # Scores that differ by a rounding error alone may stand in either order.
        scores = dict(rows)
        assert [scores[number] for number, _ in got] == pytest.approx([score for _, score in rows], rel=1e-9), query


WORDS = [
    *[
        "ferry",
        "ferries",
        "boat",
        "bridge",
        "waited",
        "waiting",
        "wait",
        "Lenn",
        "Osterby",
        "Morrow",
        "morow",
        "harbor",
        "harbour",
        "1,200",
        "1200",
        "café",
        "cafe",
    ],
    *[
        "the",
        "to",
        "be",
        "or",
        "not",
        "of",
        "is",
        "a",
        "Lindqvist",
        "Tomás",
        "tomas",
        "Kim",
        "Jong-un",
        "김정은",
        "항만",
        "등대",
        "명",
        "東京",
        "港",
        "ガ",
        "LHA",
        "Westmark",
        "zzz",
        "goverment",
    ],
    *[
        *["healthcare", "health", "care", "health-care", "ceasefire", "cease", "fire", "cease-fire", "lamplight"],
        *["J.K.", "J", "K", "JK", "10", "000", "10000", "10.000", "who", "what", "lamp", "light", "Sommer", "time"],
    ],
    *["second-boat", "O'Neil", "U.N.", "2031", "constructor", "__proto__", "script", "<img", "(.*)+", "😀"],
]
ATOMS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: word[:3] + "*"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda words: f'"{" ".join(words)}"'),
    st.sampled_from(
        [
            '"ending eleven years"',
            '"to be or not to be"',
            '"the state of the harbour"',
            "“second boat”",
            '"없는 말"',
            '"문 a',
        ]
    ),
    st.sampled_from(
        [
            "person:morrow",
            "person:ada",
            "person:“Ada",
            "Morrow”",
            "org:harbour",
            "place:westmark",
            "place:nowhere",
            "source:wire",
            "lang:ko",
            "lang:eng",
            "before:2031-06",
            "after:2031",
            "date:2031-05",
            "before:x",
            "type:quote",
            "type:person",
            "type:people",
            "type:x",
            "type:constructor",
            "lang:__proto__",
            "source:toString",
            "org:hasOwnProperty",
            "quality:spun",
            "quality:swapped",
            "foo:bar",
            "person:",
        ]
    ),
    st.just("OR"),
    st.text(max_size=6).filter(lambda text: not any(ord(c) < 33 or 0xD800 <= ord(c) < 0xE000 for c in text)),
)
QUERIES = st.lists(st.tuples(st.sampled_from(["", "", "", "-"]), ATOMS), max_size=5).map(
    lambda atoms: " ".join(sign + atom for sign, atom in atoms)
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, typing=st.booleans(), by_date=st.booleans(), many=st.sampled_from([0, 1, 1500]))
def test_the_client_answers_as_the_reference_does(
    small: tuple[Path, Reference], client: Client, query: str, many: int, *, typing: bool, by_date: bool
) -> None:
    folder, reference = small
    # Letters that this Python's Unicode does not know yet are others to a browser.
    if not all(character.isprintable() for character in query):
        return
    ours = client.ask(folder=str(folder), query=query, typing=typing, byDate=by_date, many=many)
    require_equal(ours, reference.answer(query, typing=typing, by_date=by_date), query)


def test_the_client_answers_as_the_reference_does_over_many_shards(
    larger: tuple[Path, Reference], client: Client
) -> None:
    folder, reference = larger
    chance = random.Random(3)  # noqa: S311 -- the test's own
    surfaces = sorted(surface for surface in reference.surfaces if len(surface) > 2)
    names = [record.names[0] for record in reference.records[1]]
    assert len(list((folder / "search").glob("t*.js"))) > 1
    for _ in range(60):
        words = chance.choices(surfaces, k=chance.randint(1, 3))
        text = reference.records[0][chance.randrange(120)].passages[1].text.split()
        start = chance.randrange(len(text) - 4)
        typo = words[0][:1] + words[0][2:]
        query = chance.choice(
            [
                " ".join(words), words[0][:3], typo, " OR ".join(words), f"{words[0]} -{words[-1]}",
                '"' + " ".join(text[start : start + 3]).replace("“", "").replace("”", "") + '"',
                chance.choice(names), f"{words[0]} {chance.choice(names)}",
                f'person:"{chance.choice(names)}" {text[start]}',
                f"{text[start]} {text[start + 1]} after:2021 source:{chance.randrange(40)}",
            ]
        )  # fmt: skip
        typing = chance.random() < 0.5
        ours = client.ask(folder=str(folder), query=query, typing=typing, many=chance.choice([0, 30, 1500]))
        require_equal(ours, reference.answer(query, typing=typing), query)


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("ferries", ["ferry-line", "doubts"]),
        ("CAFE naive", ["undated"]),
        ('"second boat"', ["doubts", "ferry-line"]),
        ('"boat second"', []),
        ('"to be or not to be"', ["ferry-line"]),
        ('"the state of the harbour"', ["doubts"]),
        ("ferry -bridge", ["ferry-line"]),
        ("bridge OR soups", ["undated", "doubts"]),
        ("ferr", ["ferry-line", "doubts"]),
        ("ferrry", ["ferry-line", "doubts"]),
        ("harbur", ["ferry-line", "doubts"]),
        ("1200", ["ferry-line"]),
        ("등대", ["korean"]),
        ("대지기", ["korean"]),
        ("東京", ["korean"]),
        ("絡船", ["korean"]),
        ("LHA", ["ferry-line", "doubts"]),
        ("Kim Jong Un", ["undated"]),
        ("김정은", ["undated"]),
        ("person:morrow", ["korean", "ferry-line"]),
        ("ferry person:tomás", ["doubts"]),
        ("place:westmark", ["undated"]),
        ("source:courier", ["ferry-line"]),
        ("lang:korean", ["korean"]),
        ("before:2031-06 ferry", ["ferry-line"]),
        ("after:2031-05 ferry", ["doubts"]),
        ("date:2032", ["korean"]),
        ("quality:spun", ["doubts"]),
        ("zzz ferry", ["ferry-line", "doubts"]),
        ("healthcare", ["compounds"]),
        ('"healthcare"', ["compounds"]),
        ("health-care", ["compounds"]),
        ("lamp light", ["compounds"]),
        ("time table", ["compounds", "ferry-line"]),
        ("time-tables", ["compounds", "ferry-line"]),
        ("ferryline", ["ferry-line"]),
        ("secondboat", ["doubts", "ferry-line"]),
        ("L.H.A.", ["ferry-line", "doubts"]),
        ("10 000", ["compounds"]),
        ("10.000", ["compounds"]),
        ("1 200", ["ferry-line"]),
        ("J. K. Sommer", ["compounds"]),
        ("J.K. Sommer", ["compounds"]),
        ("Sommer's plates", ["compounds"]),
    ],
)
def test_a_query_finds_what_it_asks_for(ask: Ask, query: str, articles: list[str]) -> None:
    assert set(found(ask(query))) == set(articles)


@pytest.mark.parametrize("typed", ["ceasefire", "cease-fire", "cease fire"])
def test_a_compound_is_found_however_it_is_written(tmp_path: Path, client: Client, typed: str) -> None:
    written = ("One ceasefire.", "One cease-fire.", "One cease fire.", "Nothing ceased and no fire was seen.")
    corpus = make_corpus([Story(f"s{number}", "Talks", (text,)) for number, text in enumerate(written)])
    records = find_records(corpus, addresses(corpus))
    answer = client.ask(folder=str(indexed(records, tmp_path)), query=typed, results=9)
    # Two words may stand anywhere, in any form; as one they stand side by side.
    assert set(found(answer)) - {"s3"} == {"s0", "s1", "s2"}
    assert ("s3" in found(answer)) == (" " in typed)


@pytest.mark.parametrize(
    ("question", "article", "without"),
    [
        ("who told the Nordwest Wire about figures?", "doubts", ["about"]),
        ("when will the ferry repay its price", "doubts", ["when"]),
        ("what is served in the café", "undated", ["what", "is", "in", "the"]),
    ],
)
def test_a_question_in_whole_sentences_is_answered_and_told_what_was_let_go(
    ask: Ask, question: str, article: str, without: list[str]
) -> None:
    answer = ask(question)
    assert found(answer)[0] == article
    assert set(without) <= set(answer["without"])
    assert not answer["relaxed"]


def test_little_words_count_like_others_where_something_holds_them_all(ask: Ask) -> None:
    assert (
        ask("who")["without"]
        == ask("to be or not to be")["without"]
        == ask("the state of the harbour")["without"]
        == []
    )
    # Where nothing is left but little words, half of them have to do.
    assert ask("who whom whose")["without"] == []


@pytest.mark.parametrize(
    "name", ["Ada Morrow", "ada morrow", "A. Morrow", "아다 모로", "Kim Jong Un", "김정은", "Tomas Lindqvist", "lha"]
)
def test_whoever_names_an_entity_is_offered_its_page_first(ask: Ask, name: str) -> None:
    answer = ask(name)
    assert answer["named"]
    assert answer["kinds"][1][0][0] in answer["named"]


@pytest.mark.parametrize("name", ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])
def test_what_every_object_has_is_no_type_name_or_word(ask: Ask, name: str) -> None:
    for field in ("type", "person", "place"):
        answer = ask(f"{field}:{name}")
        assert answer["kinds"] == [[], [], [], []]
        assert len(answer["notes"]) == 1
    assert found(ask(f"source:{name}")) == found(ask(f"lang:{name}")) == found(ask(f"quality:{name}")) == []
    # As a word of a text it is found like any other.
    assert found(ask(f'"{name}"')) == ["hostile"]


def test_a_correction_is_told(ask: Ask) -> None:
    assert ask("ferrry")["corrected"] == [["ferrry", ["ferry"]]]
    assert ask("ferry")["corrected"] == []


def test_quotes_are_found_by_speaker_and_word(ask: Ask) -> None:
    assert len(found(ask("type:quote person:morrow"), "quote")) == 1
    assert found(ask("type:quote waited")) == []
    assert found(ask("type:quote waited"), "quote") == ["ferry-line"]


def test_a_result_leads_to_the_paragraph_that_holds_the_words(ask: Ask) -> None:
    (result,) = (one for one in ask("timetable")["results"][0] if "ferry-line" in one["href"])
    assert result["href"].endswith("articles/ferry-line.html?mark=timetable#p3")
    assert [part["text"] for part in result["snippet"] if part["marked"]] == ["timetable"]


def test_facets_count_what_was_found_and_narrowing_by_one_gives_its_count(ask: Ask) -> None:
    answer = ask("ferry OR bridge OR soups", facets=True)
    facets = {facet["facet"]: facet["values"] for facet in answer["facets"]}
    assert {"type", "person", "place", "source", "date", "lang"} <= facets.keys()
    for facet in ("person", "place", "organization", "date"):
        for value in facets[facet]:
            if not value["count"]:
                continue
            narrowed = ask(f'ferry OR bridge OR soups {facet}:"{value["value"]}"')
            assert sum(len(narrowed["kinds"][kind]) for kind in (0, 2, 3)) == value["count"], value


@pytest.mark.parametrize(
    "query", ["", "?!.,", "-", '"', "(.*)+$", "a" * 10_000, "😀", "ferry " * 2000, "person:", "OR"]
)
def test_no_query_is_an_error(ask: Ask, query: str) -> None:
    answer = ask(query)
    assert len(answer["kinds"]) == 4


def test_a_link_never_leads_out_of_the_site(tmp_path: Path, client: Client) -> None:
    corpus = harbour()
    for number, evil in enumerate(("javascript:alert(1)", "//evil.test/x", "https://evil.test/", "../../etc/passwd")):
        urls = dict.fromkeys(addresses(corpus), evil)
        records = find_records(corpus, urls)
        folder = indexed(records, tmp_path / str(number))
        answer = client.ask(folder=str(folder), query="ferry", results=5)
        assert all(one["href"].startswith("http://site.test/") for kind in answer["results"] for one in kind)


def test_a_larger_corpus_loads_little_for_an_answer(larger: tuple[Path, Reference], client: Client) -> None:
    folder, reference = larger
    whole = sum(path.stat().st_size for path in (folder / "search").iterdir())
    title = " ".join(reference.records[0][60].passages[0].text.split()[:3])
    answer = client.ask(folder=str(folder), query=title, results=3)
    assert answer["kinds"][0][0][0] == 60
    assert answer["loaded"] < whole / 2


def test_a_phrase_with_a_rare_word_is_read_in_its_text_with_the_same_answer(larger: tuple[Path, Reference]) -> None:
    folder, reference = larger
    words = reference.records[0][60].passages[1].text.replace(",", "").replace(".", "").split()
    counts = reference.counts
    at = next(n for n in range(3, 100) if counts[stem(words[n])] == 1 and counts[stem(words[n - 1])] > 60)
    for many in (20, 1500):
        with started_client() as fresh:
            answer = fresh.ask(folder=str(folder), query=f'"{words[at - 1]} {words[at]}"', many=many)
        assert [number for number, _ in answer["kinds"][0]] == [60]


@pytest.mark.parametrize("by_date", [False, True])
def test_the_first_are_the_same_where_only_the_first_are_put_in_order(
    larger: tuple[Path, Reference], client: Client, *, by_date: bool
) -> None:
    for query in ("the", "of", '"of the"', "st*"):
        whole = client.ask(folder=str(larger[0]), query=query, byDate=by_date)["kinds"]
        begun = client.ask(folder=str(larger[0]), query=query, byDate=by_date, first=5)["kinds"]
        assert len(whole[0]) > 5
        for every, some in zip(whole, begun, strict=True):
            assert some[:5] == every[:5]
            assert sorted(some) == sorted(every)


@pytest.mark.parametrize(
    "phrase", ["of the", "said the", "one of the", "in the of", "the of", "of the of", "to the and"]
)
def test_what_is_noted_of_two_common_words_answers_as_their_places_do(
    larger: tuple[Path, Reference], phrase: str
) -> None:
    folder, reference = larger
    answers = []
    for many in (0, 1500):
        with started_client() as fresh:
            answers.append(fresh.ask(folder=str(folder), query=f'"{phrase}"', many=many))
        require_equal(answers[-1], reference.answer(f'"{phrase}"'), phrase)
    if phrase == "of the":
        assert len(answers[0]["kinds"][0]) > 100
        assert answers[0]["loaded"] < answers[1]["loaded"]


def test_a_phrase_with_the_most_frequent_word_is_told_by_its_neighbours(
    larger: tuple[Path, Reference], tmp_path: Path
) -> None:
    reference = larger[1]
    corpus = make_large(120, words=150, seed=7)
    records = find_records(corpus, addresses(corpus))
    noted = write_index(index_files(records, invert(records, heavy=400, many=20), SIGNALS, LANGUAGES), tmp_path)
    texts = [passage.text for record in records.articles for passage in record.passages]
    after = Counter(word for text in texts for word in re.findall(r"\bthe ([a-z]+)\b", text))
    often = [word for word, _ in after.most_common(300) if reference.counts[stem(word)] > 60][:12]
    assert len(often) > 6
    for phrase in [*(f"the {word}" for word in often), *(f"{word} the" for word in often), f"of the {often[0]}"]:
        loaded = []
        for folder in (larger[0], noted):
            with started_client() as fresh:
                answer = fresh.ask(folder=str(folder), query=f'"{phrase}"', many=20)
            require_equal(answer, reference.answer(f'"{phrase}"'), phrase)
            loaded.append(answer["loaded"])
        assert len(phrase.split()) > 2 or loaded[1] <= loaded[0] + 4000, phrase
    held = invert(records, heavy=400, many=20)
    assert sum(term.startswith("&the ") for term in held.terms) > 6
    # Of these pairs no places are kept.
    assert not any(held.places[0].lengths[at] for at, term in enumerate(held.terms) if term[0] == "&")


def test_equal_input_gives_equal_bytes() -> None:
    corpus = harbour()
    first = build_search(corpus, addresses(corpus)).files
    again = build_search(harbour(), dict(sorted(addresses(corpus).items(), reverse=True))).files
    assert first == again


def test_the_scripts_hold_nothing_that_could_end_them() -> None:
    corpus = harbour()
    whole = re.compile(
        r"\(self\.__briefingSearch=self\.__briefingSearch\|\|\[\]\)\.push\(\[\"\w[\w-]*\",\d+,\"[\u3000-\uafff]*\",\d+\]\);\n"
    )
    for name, content in build_search(corpus, addresses(corpus)).files.items():
        if name == "search/index.js":
            assert b"<" not in content
            content.decode("ascii")
        elif name.endswith(".js"):
            assert whole.fullmatch(content.decode("utf-16")), name


@pytest.mark.parametrize("size", [*range(34), 5000])
def test_bytes_come_back_from_the_characters_that_hold_them(size: int, tmp_path: Path, client: Client) -> None:
    content = random.Random(size).randbytes(size)  # noqa: S311 -- the test's own
    written = write_index({"search/x.js": script("x", content)}, tmp_path)
    assert bytes(client.ask(file=str(written / "search/x.js"))) == content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.one_of(st.integers(0, 40), st.integers(0, 2**24)), max_size=60), span=st.integers(1, 10**6))
def test_numbers_come_back_from_their_codes(client: Client, numbers: list[int], span: int) -> None:
    values = np.array(numbers, dtype=np.int64)
    parameters = parameter(np.full(len(values), span), values)
    rices, gammas = rice(values, parameters), gamma(values + 1)
    codes = Codes(np.concatenate([rices.bits, gammas.bits]), np.concatenate([rices.lengths, gammas.lengths]))
    blobs = packed(codes, np.array([len(values), 2 * len(values)]))
    got = client.ask(codes=list(blobs.content), ends=blobs.ends.tolist(), spans=[[span, one] for one in numbers])
    assert got == [numbers, [number + 1 for number in numbers]]


def test_the_units_of_the_client_pass() -> None:
    done = subprocess.run(
        [node(), "--test", str(WEB / "test/words.test.js")], capture_output=True, text=True, check=False, cwd=WEB
    )
    assert done.returncode == 0, done.stdout[-3000:]
