"""Vectors that are near each other are found with the terms that they share, in whatever order they are given."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.corpus.nearness import Sparse, begins, distinct, falling, greatest, in_order, near_pairs, terms_in_common

VECTORS = st.lists(st.dictionaries(st.integers(0, 12), st.sampled_from((0.5, 1.0, 2.0)), min_size=1), max_size=12)


def sparse(vectors: list[dict[int, float]]) -> Sparse:
    owners = np.array([at for at, one in enumerate(vectors) for _ in one], dtype=np.int64)
    terms = np.array([term for one in vectors for term in one], dtype=np.int64)
    weights = np.array([weight for one in vectors for weight in one.values()])
    return Sparse.unit(owners, terms, weights, len(vectors))


@given(VECTORS)
def test_pairs_are_those_that_share_a_term_with_their_cosines(vectors: list[dict[int, float]]) -> None:
    made = sparse(vectors)
    near = near_pairs(made, 120)
    found = dict(zip(zip(near.lefts.tolist(), near.rights.tolist(), strict=True), near.cosines.tolist(), strict=True))
    assert set(found) == {
        (left, right) for right, one in enumerate(vectors) for left in range(right) if one.keys() & vectors[left].keys()
    }
    for (left, right), cosine in found.items():
        one, other = made.mapping(left), made.mapping(right)
        assert abs(cosine - sum(one[term] * other[term] for term in one.keys() & other.keys())) < 1e-12


@given(VECTORS)
def test_a_cosine_is_the_same_however_a_vector_is_ordered(vectors: list[dict[int, float]]) -> None:
    turned = [dict(reversed(one.items())) for one in vectors]
    assert near_pairs(sparse(turned), 120).cosines.tolist() == near_pairs(sparse(vectors), 120).cosines.tolist()


@given(VECTORS)
def test_terms_in_common_come_with_their_pair(vectors: list[dict[int, float]]) -> None:
    made = sparse(vectors)
    lefts, rights = np.triu_indices(len(vectors), 1)
    # Pairs in any order: these fall by their left side.
    lefts, rights = lefts[::-1], rights[::-1]
    pairs, terms, products = terms_in_common(made, lefts, rights)
    shared = {(int(lefts[at]), int(rights[at]), int(term)) for at, term in zip(pairs, terms, strict=True)}
    assert len(pairs) == len(products) == len(shared)
    assert shared == {
        (left, right, term)
        for right, one in enumerate(vectors)
        for left in range(right)
        for term in one.keys() & vectors[left].keys()
    }


@given(st.lists(st.lists(st.sampled_from((0.0, 0.1, 0.2, 0.7)), max_size=9), max_size=6), st.integers(1, 5))
def test_the_greatest_of_each_are_kept_and_of_equal_ones_the_first(rows: list[list[float]], most: int) -> None:
    owners = np.array([at for at, own in enumerate(rows) for _ in own], dtype=np.int64)
    expected = [
        at in sorted(range(len(own)), key=lambda at: (-own[at], at))[:most] for own in rows for at in range(len(own))
    ]
    weights = np.array([weight for own in rows for weight in own])
    assert greatest(owners, weights, most).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 2**40), st.sampled_from((0.1, 0.2, 0.7))), max_size=40))
def test_orders_are_those_of_a_stable_sort(rows: list[tuple[int, float]]) -> None:
    owners = np.array([owner for owner, _ in rows], dtype=np.int64)
    weights = np.array([weight for _, weight in rows])
    places = range(len(rows))
    assert in_order(owners).tolist() == sorted(places, key=lambda at: rows[at][0])
    assert falling(owners, weights).tolist() == sorted(places, key=lambda at: (rows[at][0], -rows[at][1]))
    assert distinct(owners).tolist() == sorted({owner for owner, _ in rows})
    ranked = np.sort(owners)
    assert begins(ranked).tolist() == np.searchsorted(ranked, ranked).tolist()
