import pytest

from generator.annotate.mentions import find_mentions
from generator.annotate.mentions.offices import example_spans
from generator.annotate.recognizer import Recognizer, load_recognizer
from generator.data import read_rows, read_tree
from tests.evaluation.entities import document_of

OFFICES = read_tree("offices.yml")
EXAMPLES = [row["example"] for group in ("shared_institutions", "in_context") for row in OFFICES[group].values()]
ENDINGS = [(word, kind) for kind, words in OFFICES["organization_endings"].items() for word in words]


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(None)


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(recognizer: Recognizer, example: str) -> None:
    text, wanted = example_spans(example)
    _, mentions = find_mentions(document_of("example", text), recognizer)
    found = {(mention.span.start, mention.span.end) for mention in mentions if mention.type == "organization"}
    assert set(wanted) <= found


@pytest.mark.parametrize(("ending", "kind"), ENDINGS)
def test_every_ending_ends_a_name(recognizer: Recognizer, ending: str, kind: str) -> None:
    _, mentions = find_mentions(document_of("ending", f"She works for Orla Tarn {ending} now."), recognizer)
    organizations = [mention.surface.rstrip(".") for mention in mentions if mention.type == "organization"]
    assert f"Orla Tarn {ending}".rstrip(".") in organizations, (kind, mentions)


@pytest.mark.parametrize("ending", OFFICES["place_endings"])
def test_every_place_ending_ends_a_place(recognizer: Recognizer, ending: str) -> None:
    _, mentions = find_mentions(document_of("place", f"They met near Orla Tarn {ending} then."), recognizer)
    assert f"Orla Tarn {ending}" in [mention.surface for mention in mentions if mention.type == "place"]


@pytest.mark.parametrize("row", read_rows("titles.csv"), ids=lambda row: row["title"])
def test_every_title_is_kept_out_of_the_name(recognizer: Recognizer, row: dict[str, str]) -> None:
    _, mentions = find_mentions(document_of("title", f"Then {row['title']} Mary Hale spoke."), recognizer)
    people = [mention for mention in mentions if mention.type == "person"]
    assert [person.surface for person in people] == ["Mary Hale"]
    assert people[0].title.rstrip(".").endswith(row["title"].rstrip("."))
