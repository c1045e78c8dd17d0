"""Scores of resolution on gold mentions: clusters across documents, and surnames within documents.

The mentions are the gold's, with the gold's type; the gold's entity ids are what is to be found. Gazetteer ids are
those that the engine itself gives to the same stretch of text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.aligned import Span
from generator.corpus.resolve import Decisions, resolve
from generator.corpus.resolve.lexicon import load_lexicon
from generator.corpus.resolve.names import NameReader
from generator.model import Annotated, Article, EntityType, Mention
from tests.evaluation.keys import gazetteer_keys
from tests.evaluation.measure import Measure
from tests.evaluation.plain import plain_document

_TYPES: tuple[EntityType, ...] = ("person", "place", "organization")
"""Where the gold allows several types, the first of these: states and cities are places above all."""

Spot = tuple[str, int]
"""Document id and index of a gold mention in it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Gold mentions with gold entity, string-equality cluster and our cluster."""

    spots: tuple[Spot, ...]
    gold: Mapping[Spot, str]
    surfaces: Mapping[Spot, str]
    types: Mapping[Spot, EntityType]
    ours: Mapping[Spot, str]


def gold_articles(lines: Sequence[dict[str, Any]]) -> list[Article]:
    """An article for each document, with the gold's mentions as if the engine had found them."""
    articles = []
    for line in lines:
        document = replace(plain_document(line["text"]), id=line["id"])
        keys = gazetteer_keys(document)
        mentions = []
        for gold in line["mentions"]:
            span = Span(gold["start"], gold["end"])
            kind: EntityType = next((kind for kind in _TYPES if kind in gold["types"]), "organization")
            paragraph = next((zone.paragraph for zone in document.zones if zone.text.view_span(span)), None)
            key = keys.get((span, kind), "")
            surface = gold["surface"]
            mentions.append(Mention(span, surface, kind, surface, "gold", 1.0, "body", paragraph, key))
        annotated = Annotated(document, (), tuple(mentions), (), ())
        articles.append(Article(annotated, document.published, ()))
    return articles


def scored(lines: Sequence[dict[str, Any]]) -> Scored:
    """Resolve the gold mentions of `lines` and lay the result beside the gold."""
    articles = gold_articles(lines)
    resolution = resolve(sorted(articles, key=lambda article: article.id), Decisions())
    gold: dict[Spot, str] = {}
    surfaces: dict[Spot, str] = {}
    types: dict[Spot, EntityType] = {}
    ours: dict[Spot, str] = {}
    for line, article in zip(lines, articles, strict=True):
        for index, (annotation, mention) in enumerate(zip(line["mentions"], article.annotated.mentions, strict=True)):
            spot = (article.id, index)
            gold[spot], surfaces[spot], types[spot] = annotation["entity"], mention.surface, mention.type
            # What means nothing known is alike with nothing.
            ours[spot] = resolution.meant[article.id].get(index, f"{article.id}:{index} {mention.surface}")
    return Scored(tuple(gold), gold, surfaces, types, ours)


def b_cubed(found: Mapping[Spot, str], gold: Mapping[Spot, str]) -> float:
    """The B3 F1 of a clustering (Bagga and Baldwin, 1998)."""
    found_sizes, gold_sizes = Counter(found.values()), Counter(gold.values())
    shared = Counter((found[spot], gold[spot]) for spot in gold)
    precision = sum(shared[found[spot], gold[spot]] / found_sizes[found[spot]] for spot in gold) / len(gold)
    recall = sum(shared[found[spot], gold[spot]] / gold_sizes[gold[spot]] for spot in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def wrong_merges(result: Scored) -> list[tuple[str, str, str]]:
    """Two gold people in one cluster of ours, met in different documents or both by full names: cluster and surfaces.

    A surname given to the wrong bearer within its document is counted by `surnames`.
    """
    people: dict[str, dict[str, Spot]] = defaultdict(dict)
    for spot in result.spots:
        if result.types[spot] == "person":
            people[result.ours[spot]].setdefault(result.gold[spot], spot)
    merged = []
    for cluster, spots in sorted(people.items()):
        (_, one), *others = sorted(spots.items())
        for _, other in others:
            if one[0] != other[0] or all(_is_full(result.surfaces[spot]) for spot in (one, other)):
                merged.append((cluster, result.surfaces[one], result.surfaces[other]))
    return merged


def _is_full(surface: str) -> bool:
    """Whether a name has two words beside a title before it."""
    return NameReader(load_lexicon()).read(surface).full


def surnames(result: Scored) -> tuple[int, int, int, list[str]]:
    """Partial names of people whose full name stands in the same document: number, right, right by the nearest
    preceding full name that holds the word, and the wrong ones.
    """

    def words(spot: Spot) -> frozenset[str]:
        return frozenset(result.surfaces[spot].lower().replace("’", "'").split())

    by_document: dict[str, list[Spot]] = defaultdict(list)
    for spot in result.spots:
        if result.types[spot] == "person":
            by_document[spot[0]].append(spot)
    total = right = nearest_right = 0
    wrong: list[str] = []
    for spots in by_document.values():
        full = [spot for spot in spots if _is_full(result.surfaces[spot])]
        for spot in spots:
            surface = result.surfaces[spot]
            own = {word for one in full if result.gold[one] == result.gold[spot] for word in words(one)}
            if spot in full or not words(spot) & own:
                continue
            total += 1
            bearers = [one for one in full if words(spot) & words(one)]
            before = [one for one in bearers if one < spot] or bearers
            nearest_right += bool(before) and result.gold[before[-1]] == result.gold[spot]
            targets = [one for one in full if result.ours[one] == result.ours[spot]]
            if targets and all(result.gold[one] == result.gold[spot] for one in targets):
                right += 1
            else:
                wrong.append(f"{spot[0]} {surface}: {sorted({result.surfaces[one] for one in targets})}")
    return total, right, nearest_right, wrong


def read(folder: Path) -> list[dict[str, Any]]:
    """The documents of the entity set in `folder`."""
    return [json.loads(line) for line in (folder / "entities-dev.jsonl").read_text("utf-8").splitlines()]


def score(folder: Path) -> list[Measure]:
    """B3 across documents, wrong merges of people, surnames within documents."""
    result = scored(read(folder))
    equal = b_cubed(result.surfaces, result.gold)
    ours = b_cubed(result.ours, result.gold)
    merges = wrong_merges(result)
    total, right, nearest, _ = surnames(result)
    count = len(result.spots)
    return [
        Measure("clusters: B3 F1 across documents", ours, 0.965, equal + 0.10, equal, count),
        Measure("clusters: wrong merges of people", len(merges), 0, 0, None, count, higher_is_better=False),
        Measure("clusters: surname to full name", right / total, 0.99, 0.99, nearest / total, total),
    ]


def report(folder: Path) -> str:
    """Every error, for reading: wrong merges, wrong surnames, split and mixed entities, and both halves."""
    lines = read(folder)
    result = scored(lines)
    out = [f"wrong merge {merge}" for merge in wrong_merges(result)]
    out += [f"surname {error}" for error in surnames(result)[3]]
    clusters: dict[str, set[str]] = defaultdict(set)
    for spot in result.spots:
        clusters[result.gold[spot]].add(result.ours[spot])
    out += [f"split {sorted(found)}" for found in clusters.values() if len(found) > 1]
    mixed: dict[str, set[str]] = defaultdict(set)
    for spot in result.spots:
        mixed[result.ours[spot]].add(f"{result.gold[spot]}={result.surfaces[spot]}@{spot[0]}")
    out += [
        f"mixed {cluster}: {sorted(found)}"
        for cluster, found in mixed.items()
        if len({one.partition("=")[0] for one in found}) > 1
    ]
    for name, half in (("even", lines[::2]), ("odd", lines[1::2])):
        part = scored(half)
        out.append(f"{name}: {b_cubed(part.ours, part.gold):.4f} equality {b_cubed(part.surfaces, part.gold):.4f}")
    return "\n".join(out)
