"""Lines over the article that state who wrote it, when, or for whom: not for furniture to take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator.clean.features import Look
from generator.clean.page import Rows
from generator.data import read_tree

_COLON = re.compile(r"[:：]")


def labelled(looks: Sequence[Look], rows: Rows) -> set[int]:
    """Lines over the article that are a field with its label: `Category: Politics`."""
    return {
        at
        for at, seen in enumerate(looks)
        if {"label", "in-head"} <= rows[at].keys() and _COLON.split(seen.text, 1)[0].strip().casefold() in _labels()
    }


@cache
def _labels() -> frozenset[str]:
    """The labels of fields, folded."""
    return frozenset(
        str(label).casefold() for labels in read_tree("metadata_words.yml")["labels"].values() for label in labels
    )


def bylines(rows: Sequence[dict[str, float]], removed: Sequence[bool]) -> set[int]:
    """Lines over the article that are shaped as a name and stand beside a date, buttons left out: who wrote it."""
    left = [at for at, gone in enumerate(removed) if not gone]
    return {
        at
        for place, at in enumerate(left)
        if {"name-like", "in-head"} <= rows[at].keys()
        and any("date" in rows[by] for by in (*left[max(place - 1, 0) : place], *left[place + 1 : place + 2]))
    }
