"""Articles written without a page around them lose nothing to the judgement of furniture, alone or on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.clean import clean
from generator.model import SeedText
from tests.annotate.marked import read_marked
from tests.evaluation import own_clusters

GOLD = Path(__file__).parent.parent / "gold"
# Rules that judge by place and looks; the others go by what a line says, as `Translated from Korean` does.
JUDGED = frozenset({"furniture", "caption", "comments", "author-note", "running-head", "pull-quote", "menu"})
_QUOTED = re.compile(r"\[[qi] [^|\]]+? \| ([^\]]+)\]")
_DATED = re.compile(r"\{~?([^|{}]+)(?:\|[^{}]*)?\}")
HEAD = "Home\nNews\nSport\nBusiness\nSubscribe\n\n"
TAIL = (
    "\n\nShare this article\nMost read\nHow to fix a leaking roof before winter\nTen walks for a wet Sunday\n"
    "Sign up to our newsletter\n© 2021 Example Media"
)


def articles() -> Iterator[tuple[str, str]]:
    """Name and text of each article of the project's own gold that has no debris."""
    for folder in ("mentions", "mentions-unseen"):
        for path in sorted((GOLD / folder).glob("*.txt")):
            yield f"{folder}/{path.stem}", read_marked(path)[0]
    for folder in ("stories", "stories-unseen"):
        for path in sorted((GOLD / folder).glob("*.txt")):
            yield f"{folder}/{path.stem}", path.read_text(encoding="utf-8")
    for path in sorted((GOLD / "quotes").glob("*.txt")):
        yield f"quotes/{path.stem}", _QUOTED.sub(lambda mark: mark[1], path.read_text(encoding="utf-8"))
    for entry in yaml.safe_load((GOLD / "relevance/articles.yml").read_text(encoding="utf-8"))["articles"]:
        yield f"relevance/{entry['id']}", "\n\n".join([entry["title"], *entry["text"]])
    # Articles of a sentence or two say more as paragraphs of one.
    short = [str(line["text"]) for line in own_clusters.read()]
    for path in sorted((GOLD / "dates").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        short += [_DATED.sub(lambda mark: mark[1], line) for line in lines if line and line[0] not in "@#"]
    for index in range(0, len(short), 6):
        yield f"short/{index}", "\n\n".join(short[index : index + 6])


def taken(text: str) -> list[tuple[str, str]]:
    """Rule and text of what is taken from `text` by a judgement of place and looks."""
    found = clean(SeedText("a.txt", "0" * 64, text, "utf-8"), frozenset())
    return [(removal.rule, removal.text) for removal in found.ledger if removal.rule in JUDGED]


ARTICLES = [pytest.param(name, text, id=name) for name, text in articles()]


@pytest.mark.parametrize(("name", "text"), ARTICLES)
def test_nothing_of_an_article_is_taken(name: str, text: str) -> None:
    assert taken(text) == [], name


@pytest.mark.parametrize(("name", "text"), ARTICLES)
def test_nothing_of_an_article_is_taken_on_a_page(name: str, text: str) -> None:
    frame = {line for line in (HEAD + TAIL).splitlines() if line}
    assert [found for found in taken(HEAD + text + TAIL) if found[1] not in frame] == [], name
