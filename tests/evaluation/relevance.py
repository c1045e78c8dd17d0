"""How well search ranks, next to Material's own search over the same pages.

The queries and what answers them stand in tests/gold/relevance. The corpus is its articles among generated ones.
Material's search is its own worker, run by Node on an index as its plugin writes it, with the settings that this
project used before it had a search of its own.
"""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from generator.model import Corpus
from generator.search import build_search
from generator.site.plugin import SEPARATOR
from tests.evaluation.measure import Measure
from tests.search.client import WEB, node, started_client, write_index
from tests.search.making import Name, Story, addresses, make_corpus, make_large

GOLD = Path(__file__).parent.parent / "gold/relevance"
QUERIES, UNSEEN, ASKED = "queries.yml", "unseen.yml", "asked.yml"
DEPTH = 10
# As many generated articles around the judged ones, so that to be found is not to be first.
AROUND = 150
ENTITY, ARTICLE = 1, 0
# As this project set Material's search up before it had its own; the rest is what its plugin writes.
MATERIAL: Mapping[str, Any] = {
    "lang": ["en"],
    "separator": SEPARATOR,
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1_000_000.0}},
}

Ranked = Callable[[str], Sequence[str]]
"""The names of pages that a query finds, best first."""


def score(file: str = QUERIES) -> list[Measure]:
    """nDCG and success at the first place of both searches for the queries of `file`; the baseline is Material's."""
    queries: list[dict[str, Any]] = yaml.safe_load((GOLD / file).read_text(encoding="utf-8"))
    corpus = gold_corpus()
    ours, theirs = our_search(corpus, queries), materials_search(corpus, queries)
    known = [one for one in queries if one.get("known")]
    mean = _mean(_ndcg, ours, queries), _mean(_ndcg, theirs, queries)
    first = _mean(_success, ours, queries), _mean(_success, theirs, queries)
    sure = _mean(_success, ours, known), _mean(_success, theirs, known)
    return [
        # To reach: a tenth above Material's search, and never below it where one article is looked for.
        Measure("search, nDCG at 10", mean[0], 0.95, mean[1] + 0.10, mean[1], len(queries)),
        Measure("search, first place answers", first[0], 0.95, first[1], first[1], len(queries)),
        Measure("search, first place is the known article", sure[0], 0.95, sure[1], sure[1], len(known)),
    ]


def gold_corpus() -> Corpus:
    """The judged articles, those around them, and the names in them."""
    tree = yaml.safe_load((GOLD / "articles.yml").read_text(encoding="utf-8"))
    stories = [Story(one["id"], one["title"], one["text"], str(one["date"])) for one in tree["articles"]]
    names = [
        Name(one["type"], one["name"], tuple(one["others"]), (), one.get("description", "")) for one in tree["names"]
    ]
    around = [
        Story(
            f"x-{article.id}", document.title.value, [zone.text.text for zone in document.body], article.published.iso
        )
        for article in make_large(AROUND, words=60, seed=5).articles
        for document in (article.annotated.document,)
    ]
    return make_corpus([*stories, *around], names)


def our_search(corpus: Corpus, queries: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the client in web/src/ finds: articles and names, names first where the query names one."""
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, started_client() as client:
        write_index(build_search(corpus, addresses(corpus)).files, Path(folder))
        for query in queries:
            answer = client.ask(folder=folder, query=query["q"], results=DEPTH * 2)
            order = (ENTITY, ARTICLE) if answer["named"] else (ARTICLE, ENTITY)
            found[query["q"]] = [_page(one["href"]) for kind in order for one in answer["results"][kind]]
    return found


def materials_search(corpus: Corpus, queries: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the worker of Material for MkDocs finds over the same articles and names."""
    docs = page_docs(corpus, told=True)
    settings = MATERIAL
    asked = [{"worker": str(_worker()), "config": settings, "docs": docs}, *({"query": one["q"]} for one in queries)]
    done = subprocess.run(
        [node(), str(WEB / "test/material.mjs")],
        input="".join(f"{json.dumps(line)}\n" for line in asked),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    return {one["q"]: [_page(place) for place in found] for one, found in zip(queries, answers, strict=True)}


def page_docs(corpus: Corpus, *, told: bool) -> list[dict[str, Any]]:
    """The articles and names of `corpus` as Material's search plugin indexes pages.

    `told`: whether pages of names hold the paragraphs that name them, as the pages of a briefing do.
    """
    urls = addresses(corpus)
    texts = {article.id: [zone.text.text for zone in article.annotated.document.body] for article in corpus.articles}
    docs: list[dict[str, Any]] = [
        {"location": urls[one.id], "title": escape(one.annotated.document.title.value), "text": _html(texts[one.id])}
        for one in corpus.articles
    ]
    for entity in corpus.entities:
        named = [alias.name for alias in entity.aliases]
        inside = dict.fromkeys(located.article for located in entity.mentions) if told else {}
        said = [paragraph for one in inside for paragraph in texts[one] if any(name in paragraph for name in named)]
        docs.append(
            {
                "location": urls[entity.id],
                "title": escape(entity.name),
                "text": _html([entity.description, *named, *said]),
                "boost": 2,
            }
        )
    return docs


def _worker() -> Path:
    spec = find_spec("material")
    assert spec
    assert spec.origin
    (worker,) = (Path(spec.origin).parent / "templates/assets/javascripts/workers").glob("search.*.min.js")
    return worker


def _page(address: str) -> str:
    return address.partition("?")[0].partition("#")[0].rpartition("/")[2].removesuffix(".html")


def _html(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in paragraphs if one)


def _mean(
    figure: Callable[[Sequence[str], Mapping[str, int]], float],
    found: Mapping[str, Sequence[str]],
    queries: Sequence[Mapping[str, Any]],
) -> float:
    return sum(figure(found[one["q"]], one["rel"]) for one in queries) / len(queries)


def _ndcg(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    gained = sum(relevant.get(page, 0) / math.log2(place + 2) for place, page in enumerate(found[:DEPTH]))
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    return gained / sum(worth / math.log2(place + 2) for place, worth in enumerate(best))


def _success(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    return float(bool(found) and relevant.get(found[0], 0) > 0)


def report(file: str = QUERIES) -> str:
    """nDCG of both searches for each query of `file`, and what ours finds."""
    queries = yaml.safe_load((GOLD / file).read_text(encoding="utf-8"))
    corpus = gold_corpus()
    ours, theirs = our_search(corpus, queries), materials_search(corpus, queries)
    lines = (
        f"{_ndcg(ours[q['q']], q['rel']):.2f} {_ndcg(theirs[q['q']], q['rel']):.2f} {q['q']}: {ours[q['q']][:5]}"
        for q in queries
    )
    return "\n".join(lines)


if __name__ == "__main__":
    for name in (QUERIES, UNSEEN, ASKED):
        print(report(name), *score(name), sep="\n")  # noqa: T201 -- a command's result
