"""How well seeds are cleaned and described, measured on the articles of `tests/gold/metadata` and `tests/gold/unseen`.

A gold article is NAME.txt, the seed, and NAME.yml: the fields expected of it, and in `outside` the stretches of the
seed that are no article, in order (`after: 1` skips one earlier occurrence). `debris` among them is what has to be
removed; the others name the field that they belong to. Everything else that is not white space is article text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.clean import clean
from generator.describe import describe
from generator.model import Document
from generator.read import Limits, read_seed
from tests.evaluation.measure import Measure

GOLD = Path(__file__).parent.parent / "gold" / "metadata"
UNSEEN = Path(__file__).parent.parent / "gold" / "unseen"
NAMES = {
    "exact": "metadata exact",
    "invented": "metadata invented",
    "removed": "debris removed",
    "lost": "article text lost",
}
LATER_FLOORS = {"exact": 0.98, "invented": 0, "removed": 0.955, "lost": 0.0025}
FIELDS = (
    "title",
    "authors",
    "outlet",
    "credit",
    "category",
    "language",
    "published",
    "updated",
    "translated_from",
    "url",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one article came out. Stretches are texts of the seed, for the reader of a report."""

    name: str
    wrong: dict[str, tuple[str, str]]
    """Field to (expected, found)."""
    invented: dict[str, str]
    fields: int
    debris: int
    debris_left: list[str]
    article: int
    article_lost: list[str]


def judge(path: Path) -> Verdict:
    """Compare what the stages make of the gold seed at `path` with what is expected."""
    expected = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    seed = read_seed(path.name, path.read_bytes(), None, Limits())
    document = describe(clean(seed, frozenset()), path.stem)
    found = fields_of(document)
    wrong: dict[str, tuple[str, str]] = {}
    invented: dict[str, str] = {}
    for field in FIELDS:
        want, got = _text(expected.get(field)), found[field]
        if field == "title" and not want:
            # Without a headline the title has to be the opening words, and marked as such.
            opening = document.title.value.rstrip("…") in " ".join(z.text.text for z in document.body)
            if document.title.basis != "lede" or not document.title.inferred or not opening:
                wrong[field] = ("(from the lede)", document.title.value)
                invented[field] = document.title.value
        elif _folded(want) != _folded(got):
            wrong[field] = (want, got)
            if got and not want:
                invented[field] = got
    debris, article = _stretches(seed.text, expected.get("outside") or [])
    body = _shown(document)
    return Verdict(
        path.stem,
        wrong,
        invented,
        len(FIELDS),
        len(debris),
        _texts(seed.text, [at for at in debris if at in body]),
        len(article),
        _texts(seed.text, [at for at in article if at not in body]),
    )


def score() -> list[Measure]:
    """The figures over the articles that rules were made with, over later ones, and of the first sight of those.

    Pages of `tests/gold/unseen` are written in batches, gold first. What the engine made of a batch before it was
    learned from is kept in `first-contact.yml`; after that its pages are known, and their figure says less of others.
    """
    rows = _measures(GOLD, "", exact=0.95, invented=0, removed=0.98, lost=0.002)
    rows += _measures(UNSEEN, ", later pages, learned from since", **LATER_FLOORS)
    return rows + first_contact()


def first_contact(record: Path = UNSEEN / "first-contact.yml") -> list[Measure]:
    """The recorded figures of the batches when they were new, each weighed by its size: they cannot be run again."""
    batches = yaml.safe_load(record.read_text(encoding="utf-8"))
    found = []
    for name, weight, higher in (
        ("exact", "fields", True),
        ("invented", "", False),
        ("removed", "debris", True),
        ("lost", "article", False),
    ):
        if weight:
            support = sum(batch[weight] for batch in batches)
            figure = sum(batch[name] * batch[weight] for batch in batches) / support
        else:
            support = sum(batch["fields"] for batch in batches)
            figure = sum(batch[name] for batch in batches)
        goal = {"exact": 0.95, "invented": 0, "removed": 0.98, "lost": 0.002}[name]
        found.append(
            Measure(
                f"{NAMES[name]}, later pages at first sight (recorded)",
                figure,
                # A record is no floor to hold: it stands as it was measured.
                floor=figure,
                goal=goal,
                support=support,
                higher_is_better=higher,
            )
        )
    return found


def _measures(
    folder: Path, suffix: str, *, exact: float, invented: float, removed: float, lost: float
) -> list[Measure]:
    """The four figures over all articles in `folder`, with the floors given.

    Raises `FileNotFoundError` where the folder holds no articles: a score over nothing would look perfect.
    """
    verdicts = [judge(path) for path in sorted(folder.glob("*.txt"))]
    if not verdicts:
        raise FileNotFoundError(f"{folder}: no articles to score")
    fields = sum(verdict.fields for verdict in verdicts)
    wrong = sum(len(verdict.wrong) for verdict in verdicts)
    made_up = sum(len(verdict.invented) for verdict in verdicts)
    debris = sum(verdict.debris for verdict in verdicts)
    left = sum(len("".join(text.split())) for verdict in verdicts for text in verdict.debris_left)
    article = sum(verdict.article for verdict in verdicts)
    gone = sum(len("".join(text.split())) for verdict in verdicts for text in verdict.article_lost)
    figures = {
        "exact": (1 - wrong / max(fields, 1), exact, 0.95, fields, True),
        "invented": (made_up, invented, 0, fields, False),
        "removed": (1 - left / max(debris, 1), removed, 0.98, debris, True),
        "lost": (gone / max(article, 1), lost, 0.002, article, False),
    }
    return [
        Measure(NAMES[name] + suffix, figure, floor=floor, goal=goal, support=support, higher_is_better=higher)
        for name, (figure, floor, goal, support, higher) in figures.items()
    ]


def fields_of(document: Document) -> dict[str, str]:
    """The fields of `document` as text, several authors joined."""
    single = {
        "title": document.title,
        "outlet": document.outlet,
        "credit": document.credit,
        "category": document.category,
        "language": document.language,
        "translated_from": document.translated_from,
        "url": document.url,
    }
    return {
        **{name: field.value if field else "" for name, field in single.items()},
        "authors": "; ".join(author.value for author in document.authors),
        "published": document.published.iso,
        "updated": document.updated.iso,
    }


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _folded(text: str) -> str:
    # "The Associated Press" and "Associated Press" are one name.
    return " ".join(text.split()).removeprefix("The ")


def _stretches(text: str, outside: list[dict[str, Any]]) -> tuple[set[int], set[int]]:
    debris: set[int] = set()
    taken: set[int] = set()
    start = position = 0
    for entry in outside:
        kind, stretch = next((kind, text) for kind, text in entry.items() if isinstance(text, str))
        for _ in range(1 + int(entry.get("after", 0))):
            start = text.index(stretch, position)
            position = start + len(stretch)
        solid = {at for at in range(start, position) if not text[at].isspace()}
        taken |= solid
        if kind == "debris":
            debris |= solid
    article = {at for at, character in enumerate(text) if not character.isspace()} - taken
    return debris, article


def _shown(document: Document) -> set[int]:
    return {at for zone in document.body for run in zone.text.runs for at in range(run.start, run.end)}


def _texts(text: str, offsets: list[int]) -> list[str]:
    """The stretches that `offsets` make, white space between them bridged."""
    stretches: list[str] = []
    end = -1
    for at in sorted(offsets):
        if stretches and not text[end:at].strip():
            stretches[-1] += text[end : at + 1]
        else:
            stretches.append(text[at])
        end = at + 1
    return stretches
