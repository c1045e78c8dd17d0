"""Captions without a credit, and headlines of other articles, among the paragraphs of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.clean.features import Look, load_vocabulary
from generator.clean.page import is_credit

# A headline says what it is about in three words at least; a subhead has a word or two.
_TITLE_WORDS = 3
_TITLE_LENGTH = 5
# Five letters are a word without its ending.
_STEM = 5
# Of the paragraphs of a report at least this share has a verb that reports are told in; where fewer have one, the
# article is told in the present tense, as captions are.
_TOLD = 0.6
# With fewer paragraphs nothing shows how the article is told, or what it is about.
_PARAGRAPHS = 3


_LABEL = re.compile(r"([A-Z][A-Za-z]{1,12}(?: [A-Za-z0-9]{1,12}){0,2}) ?[:|] ?(?=[A-Z‘'“\"\d])")
# `Jo Keane | Leader`: by its place below a sentence that tells nothing a credit, elsewhere a byline.
_NAME_AND_HOUSE = re.compile(r"[A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{1,20}){1,3} ?[|•·] ?[A-Z][\w.’'& -]{1,40}")
_PAGE_GROUPS = frozenset({"action", "related", "media", "site"})
# Buttons under a picture.
_GALLERY = 4
# The longest headlines of wires have 150 characters.
_TITLE_LIMIT = 150


def strangers(
    looks: Sequence[Look], gaps: Sequence[bool], gone: Sequence[bool], rows: Sequence[dict[str, float]]
) -> Iterator[int]:
    """Indices of lines that are no part of the story though nothing in their words says so.

    `gaps` says before which lines blank ones stand, `gone` which were taken, `rows` holds the features of each.
    """
    story = [at for at, seen in enumerate(looks) if seen.prose and not gone[at] and not seen.untold]
    if len(story) < _PARAGRAPHS:
        return
    told = sum(looks[at].told for at in story) / len(story)
    if told >= _TOLD:
        yield from _captions(looks, gaps, gone, story)
    yield from _labelled(looks, gone, rows, story)
    # Without anything taken the text is no page, and has no other articles around it.
    if any(gone):
        yield from _titles(looks, gaps, gone, rows, story)


def _captions(looks: Sequence[Look], gaps: Sequence[bool], gone: Sequence[bool], story: Sequence[int]) -> Iterator[int]:
    """The sentence between date and first paragraph in which nothing is told, and such ones that say where to look."""
    first, last = story[0], story[-1]
    over = first - 1
    # A date and a section may stand between a picture with its credit and the article.
    while over > max(first - 4, 1) and looks[over].short and not _below_credit(looks, over):
        over -= 1
    dated = any(
        not looks[at].prose and {"date", "byline"} & looks[at].own.keys() for at in range(max(over - 12, 0), over)
    )
    credited = _below_credit(looks, over) or _signed_picture(looks, over + 1, first)
    dated = dated if over == first - 1 else credited
    # Without a blank line before the article, what a rule took stands over the picture: "1 of 4", "2 min read".
    apart = gaps[first] or gone[over - 1] or credited
    if over > 0 and dated and looks[over].untold and not gone[over] and apart:
        yield over
    for at in range(first + 1, last):
        if ("no-stop" in looks[at].own and not gone[at] and _over_gallery(looks, gaps, gone, at)) or (
            looks[at].untold and not gone[at] and "pictured" in looks[at].own and gaps[at] and gaps[at + 1]
        ):
            yield at


def _labelled(
    looks: Sequence[Look], gone: Sequence[bool], rows: Sequence[dict[str, float]], story: Sequence[int]
) -> Iterator[int]:
    """`READ: Drivers to hold strike`, `DOWNLOAD MP3: …`: a title behind words that all ask the reader to do something.

    A title does not end in a stop, and what is said is no title.
    """
    vocabulary = load_vocabulary()
    for at in range(story[0] + 1, len(looks)):
        match = _LABEL.match(looks[at].text.lstrip("▶►▷→>»-–— "))
        if gone[at] or match is None or not {"no-stop", "question"} & rows[at].keys() or "spoken" in rows[at]:
            continue
        words = match[1].casefold().split()
        asks = any("action" in vocabulary.spelt.get(word, ()) for word in words)
        of_page = all(_PAGE_GROUPS.intersection(vocabulary.spelt.get(word, ())) for word in words)
        if asks and of_page and len(looks[at].text) <= _TITLE_LIMIT:
            yield at


def _over_gallery(looks: Sequence[Look], gaps: Sequence[bool], gone: Sequence[bool], at: int) -> bool:
    """Whether the line heads a block whose other lines went, and one of them speaks of pictures: `View gallery`."""
    end = at + 1
    while end < len(looks) and not gaps[end]:
        end += 1
    below = range(at + 1, end)
    opens = gaps[at] and 1 <= len(below) <= _GALLERY and all(gone[by] for by in below)
    return opens and any("has-media" in looks[by].own for by in below)


def _signed_picture(looks: Sequence[Look], at: int, first: int) -> bool:
    """Whether the line at `at`, which stands before the article, says who took a picture and for whom."""
    return at < first and (is_credit(looks[at]) or _NAME_AND_HOUSE.fullmatch(looks[at].text) is not None)


def _below_credit(looks: Sequence[Look], at: int) -> bool:
    return is_credit(looks[at - 1])


def _titles(
    looks: Sequence[Look],
    gaps: Sequence[bool],
    gone: Sequence[bool],
    rows: Sequence[dict[str, float]],
    story: Sequence[int],
) -> Iterator[int]:
    """Titles that stand alone between two paragraphs and share no word with any of the article."""
    about = {word[:_STEM] for at in story for word in looks[at].topics}
    for at in range(story[0] + 1, story[-1]):
        seen = looks[at]
        if gone[at] or not seen.short or not gaps[at] or not gaps[at + 1] or "no-stop" not in seen.own:
            continue
        if {"colon", "question", "spoken", "bullet", "label", "capitals", "figures", "cjk", "speaker"} & rows[
            at
        ].keys():
            continue
        between = all("sentence" in looks[by].own and not gone[by] for by in (at - 1, at + 1))
        long = len(seen.text.split()) >= _TITLE_LENGTH and len(seen.topics) >= _TITLE_WORDS
        if between and long and not any(word[:_STEM] in about for word in seen.topics):
            yield at
