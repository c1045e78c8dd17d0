import re
import time
from collections.abc import Callable

import pytest

from generator.annotate.mentions.lexicon import ORGANIZATION_FILES, load_lexicon
from generator.annotate.mentions.tokens import tokenize
from generator.data import read_rows, read_tree

FILES = ("countries.csv", "regions.csv", "cities.csv", *ORGANIZATION_FILES)


@pytest.mark.parametrize("file", FILES)
def test_ids_are_unique_and_of_their_scheme(file: str) -> None:
    ids = [row["id"] for row in read_rows(file)]
    assert len(ids) == len(set(ids))
    scheme = r"(place:[A-Z]{2}|region:[a-z0-9-]+|city:[a-z0-9-]+|org:[a-z0-9-]+)"
    assert [key for key in ids if not re.fullmatch(scheme, key)] == []


@pytest.mark.parametrize("file", FILES)
def test_every_file_names_its_source_and_licence(file: str) -> None:
    sources = {row["file"]: row for row in read_tree("SOURCES.yml")}
    assert sources[file]["licence"]
    assert sources[file]["source"]


@pytest.mark.parametrize("file", ["countries.csv", "regions.csv", *ORGANIZATION_FILES])
def test_every_name_is_found_in_a_sentence(file: str) -> None:
    lexicon = load_lexicon()
    lost = []
    for row in read_rows(file):
        text = f"It went to {row['name']} again."
        tokens = tokenize(text)
        keys = {entry.key for found in lexicon.find(tokens) for entry in found.entries}
        if row["id"] not in keys:
            lost.append(row["name"])
    assert lost == []


def test_the_gazetteers_are_as_large_as_promised() -> None:
    assert len(read_rows("cities.csv")) > 5_000
    assert len(read_rows("countries.csv")) > 230
    assert sum(len(read_rows(file)) for file in ORGANIZATION_FILES) > 2_500


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("DPRK", "place:KP"),
        ("U.S.", "place:US"),
        ("Miami Dolphins", "org:miami-dolphins"),
        ("Workers’ Party of Korea", "org:workers-party-of-korea"),
        ("MOSCOW", "city:moscow"),
        ("São Paulo", "city:sao-paulo"),
        ("Sao Paulo", "city:sao-paulo"),
        ("al-Jazeera", "org:al-jazeera"),
    ],
)
def test_variants_meet_in_one_key(written: str, key: str) -> None:
    tokens = tokenize(f"He spoke to {written}’s people.")
    assert key in {found.entries[0].key for found in load_lexicon().find(tokens)}


@pytest.mark.parametrize("written", ["us", "ap", "turkey", "who", "orange", "its"])
def test_common_words_are_no_names(written: str) -> None:
    assert list(load_lexicon().find(tokenize(f"he gave {written} more"))) == []


def test_loading_is_quick() -> None:
    def spent(work: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            started = time.process_time()
            work()
            times.append(time.process_time() - started)
        return min(times)

    # Reading the same files costs what it costs on this machine; indexing their names takes four times as long (0.1 s
    # in all where it was measured). A loader that does more than twice that has grown worse than its files.
    reading = spent(lambda: [read_rows(name) for name in (*FILES, "persons.csv")])
    assert spent(load_lexicon.__wrapped__) < 10 * reading
