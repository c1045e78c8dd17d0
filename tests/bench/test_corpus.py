"""The corpus of the benchmarks is repeatable and has the structure of news."""

from __future__ import annotations

from collections import Counter

from bench.corpus import articles


def test_the_same_number_gives_the_same_articles_and_a_longer_corpus_begins_alike() -> None:
    assert list(articles(30)) == list(articles(40))[:30]
    assert list(articles(3, number=2)) != list(articles(3))


def test_few_names_are_in_many_articles_and_most_in_few() -> None:
    surnames = Counter(word for _, text in articles(300) for word in set(text.split()) if word.istitle())
    ranked = [count for _, count in surnames.most_common()]
    assert ranked[0] > 100
    assert sum(count == 1 for count in ranked) > len(ranked) / 3


def test_some_articles_repeat_another() -> None:
    seen: dict[str, int] = {}
    repeated = 0
    for _, text in articles(300):
        shared = Counter(seen.get(paragraph, -1) for paragraph in text.split("\n\n") if len(paragraph) > 80)
        repeated += any(count >= 4 for number, count in shared.items() if number >= 0)
        seen.update(dict.fromkeys(text.split("\n\n"), len(seen)))
    assert 3 <= repeated <= 40
