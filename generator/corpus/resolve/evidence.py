"""What holds two names apart, whatever speaks for their being one: keys, genders, callings, the names themselves."""

from __future__ import annotations

from generator.corpus.resolve.judge import compare
from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.nodes import Node


def held_apart(one: Node, other: Node, lexicon: Lexicon) -> bool:
    """Whether anything that articles or gazetteers say of two nodes keeps them from being one. Symmetric."""
    if one.type != other.type or (one.key and other.key and one.key != other.key):
        return True
    if one.genders and other.genders and one.genders.isdisjoint(other.genders):
        return True
    if one.person is None or other.person is None:
        return False
    if one.person.compact in other.apart or other.person.compact in one.apart:
        return True
    # Of the well known, offices are known; callings that a text gives them besides say little.
    if not (one.key or other.key) and lexicon.other_calling(one.titles, other.titles):
        return True
    if one.person.full and other.person.full and not (one.key and other.key):
        return compare(one.person, other.person, lexicon).verdict == "different"
    return False


def called_otherwise(one: Node, other: Node) -> bool:
    """Whether articles give callings to both, and none to both alike."""
    ours, theirs = frozenset().union(*one.titles), frozenset().union(*other.titles)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)
