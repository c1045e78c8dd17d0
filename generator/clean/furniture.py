"""How likely a line that no rule knows is furniture of the page: a learned judgement over features that say why.

Logistic regression in two stages (Wolpert's stacking): the first reads a line and its place, the second also what
the first thinks of the neighbours, so that a short line among paragraphs stays and one among buttons goes. The
weights are learned by `tools/learn_furniture.py`; each feature is described in `features`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from generator.clean.features import Look, look
from generator.clean.fields import bylines, labelled
from generator.clean.lines import Line, stretched
from generator.clean.page import Rows, first_rows, second_rows
from generator.clean.smoothing import smoothed
from generator.clean.strangers import strangers
from generator.data import read_rows

RULE = "furniture"
# A sentence wrongly taken costs the reader more than a scrap that is left. Measured on articles left out in turn, with
# a third of the patterns hidden, all of these together lose one character of article in two hundred.
_SHORT_THRESHOLD = 0.5
# Titles and buttons below the last paragraph are hardly ever the article's.
_TAIL_THRESHOLD = 0.4
_LONG_THRESHOLD = 0.7
_PROSE_THRESHOLD = 0.9
# Beside the name of an outlet: "Lac Gazette" has one such word in two, "Gazette newsletter" more.
_SITE_SHARE = 0.5
# Below a question of an interview stands its answer, which is hardly the page's.
_ANSWERED = 0.3
# What a sentence of the page has, and one of the article hardly ever.
_TELLTALE = frozenset({"reader-unspoken", "notice", "asks", "bio", "credited", "mail", "address", "phone"})
# Where a page has fewer lines than this, its lines say too little of one another.
_FEWEST = 3
_LISTED = frozenset({"after-removed", "group-head-removed", "group-head-related", "head-above-related"})
# "Verification Is the Weak Point" is a subhead; the titles of other articles are longer as a rule.
_SUBHEAD = 6
# One paragraph in a hundred that the first stage is this sure of is the page's.
_SURE = 0.1
_ASKING = frozenset({"what", "how", "why", "who", "when", "where"})
# "What happens next" has one word of pages in three.
_ASKED_SHARE = 0.34
_SCRAP = frozenset(
    {"mark", "address", "mail", "phone", "credited", "pictured", "poses", "counted", "ago", "date", "priced"}
)
_SCRAP |= {
    "exclaimed",
    "glued",
    "seen-before",
    "bio",
    "notice",
    "reader-unspoken",
    "asks",
    "ticker",
    "figures",
    "bullet",
}
# Text is broken at forty columns at least; shorter lines are entries of lists.
_COLUMN = 40
# `2. Mai 2018, 12:40`
_DATE_LENGTH = 24
# What speaks of the page itself, so that a sentence with it may be the page's whomever it names.
_OF_THE_PAGE = _TELLTALE - {"bio"} | {"pictured"}
_NUMBERED = re.compile(r"\(?\d{1,2}[.)] \S")
_BULLETED = re.compile(r"[-*•·●○▪◦‣■□◆◇]\s{0,3}\S")
# `Injured: 74`, `Rainfall: 12 mm`
_TALLIED = re.compile(r"[^\d:：]{2,40}[:：]\s?[\d.,]{1,12}(?: ?[^\W\d_%]{1,8}|%)?")
# "Among its promises:" is a sentence that a list ends; "Related:" is a word or two.
_LEAD_IN_WORDS = 5
# Lines beyond this are a table or a log, not a page, as are stretches; each costs some fifty microseconds.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature is worth, in log odds, in either stage."""

    alone: dict[str, float]
    beside: dict[str, float]


@cache
def load_weights() -> Weights:
    """The weights of the package. The result is immutable."""
    rows = read_rows("furniture-weights.csv")
    return Weights(
        {row["feature"]: float(row["alone"]) for row in rows}, {row["feature"]: float(row["beside"]) for row in rows}
    )


def furniture(lines: Sequence[Line], verdicts: Sequence[str]) -> list[int]:
    """Indices of the `lines` without a verdict that are furniture; `verdicts` are the rules that took the others."""
    solid = [index for index, line in enumerate(lines) if not line.blank]
    if not _FEWEST <= len(solid) <= _MOST or any(stretched(lines[index]) for index in solid):
        return []
    looks = [look(lines[index].text.text) for index in solid]
    gaps = [at > 0 and index - solid[at - 1] > 1 for at, index in enumerate(solid)]
    removed = [bool(verdicts[index]) for index in solid]
    return [solid[at] for at in sorted(judged(looks, gaps, removed, load_weights()))]


def judged(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], weights: Weights) -> set[int]:
    """Indices of the lines that are furniture by `weights`; what the others are is described at `page.first_rows`."""
    known = [
        1.0 if gone else _chance(row, weights.alone)
        for gone, row in zip(removed, first_rows(looks, gaps, removed), strict=True)
    ]
    rows = second_rows(looks, gaps, removed, known)
    broken = _broken(looks, gaps)
    named = bylines(rows, removed) | labelled(looks, rows) | _subheads(looks, gaps, removed, rows) | broken
    cells = [False, *("cells" in row for row in rows), False]
    posts = _posts(looks, rows)
    posts.update(at for at in range(len(rows)) if cells[at + 1] and (cells[at] or cells[at + 2]))
    if not any(removed):
        # Where no rule knew anything of a page, what hardly speaks of one is the article's.
        posts.update(
            at
            for at, row in enumerate(rows)
            # "The vote is next Tuesday." has two words of pages in five.
            if looks[at].site < (_SITE_SHARE if "sentence" in row else _ASKED_SHARE)
            and not (_SCRAP - {"bio"}) & row.keys()
        )
    alone = [_chance(row, weights.beside) for row in rows]
    # Over the article stand its headline, author and outlet, each among buttons: those are not drawn along with them.
    whole = [
        min(one, drawn) if "in-head" in row else drawn
        for row, one, drawn in zip(rows, alone, smoothed(alone, gaps, removed), strict=True)
    ]
    final = [
        0.0 if removed[at] or at in posts or at in named or _stated(row) else whole[at] for at, row in enumerate(rows)
    ]
    for start, end in _bulleted(looks, removed):
        # A list is the article's or the page's as a whole.
        together = sum(final[start:end]) / (end - start)
        final[start:end] = [together] * (end - start)
    kept = [seen.prose and final[at] < _threshold(seen, rows[at]) and not removed[at] for at, seen in enumerate(looks)]
    if not any(kept):
        # Without a paragraph there is nothing for furniture to stand around: a list of names, a poem, a table.
        return set()
    headline = _headline(rows, looks, final, removed, broken)
    taken = {at for at in range(len(looks)) if at != headline and final[at] >= _threshold(looks[at], rows[at])}
    gone = [out or at in taken for at, out in enumerate(removed)]
    left = set(_left_of_lists(looks, gaps, gone, rows)) - {headline} - posts - named
    taken |= left
    taken.update(_dates_of_others(looks, rows, gone))
    gone = [out or at in left for at, out in enumerate(gone)]
    taken.update(at for at in strangers(looks, gaps, gone, rows) if at not in named and not _listed(looks, gone, at))
    return taken


def _listed(looks: Sequence[Look], gone: Sequence[bool], at: int) -> bool:
    """Whether the line at `at` follows one that ends in a colon and stays: it is what that one announces."""
    return at > 0 and not gone[at - 1] and "colon" in looks[at - 1].own


def _stated(row: dict[str, float]) -> bool:
    """Whether the line may state who wrote the article, when, or for whom: not for this judgement to take.

    Nor is a sentence of the story: between paragraphs of the article, told in a verb of reports, about someone or
    something that another paragraph names as well.
    """
    if {"byline", "bracketed", "cites", "semicolon", "amended", "slugged"} & row.keys():
        return True
    if {"prose", "in-middle", "names-shared"} <= row.keys() and row["telling"] and not _OF_THE_PAGE & row.keys():
        return True
    named = (
        "has-paper" in row and row["site-share"] <= _SITE_SHARE and "asks" not in row and "reader-unspoken" not in row
    )
    if "sentence" in row and "in-tail" not in row and not row["site-share"] and not _TELLTALE & row.keys():
        # A sentence that says nothing of the page, before the last paragraph: dialogue, a short paragraph.
        return "seen-before" not in row
    if {"date", "clock"} <= row.keys() and not {"in-tail", "prose"} & row.keys():
        # `Write: 2024-02-16 14:05/Update: …`: a day with its hour over the article is when it came out.
        return True
    if "credited" in row:
        # The credit of a picture names a paper, a caption a date.
        return False
    return ("date" in row and "in-tail" not in row) or (named and "in-head" in row)


def _left_of_lists(
    looks: Sequence[Look], gaps: Sequence[bool], gone: Sequence[bool], rows: Sequence[dict[str, float]]
) -> Iterator[int]:
    """Titles that are left of a list of others: below the article's head, in a block of lines of which the rest went.

    A block begins with what was taken, and two thirds of its lines were; three lines are the least that is a list.
    """
    start = 0
    for end in range(1, len(looks) + 1):
        if end < len(looks) and not gaps[end]:
            continue
        size, went = end - start, sum(gone[start:end])
        headed = gone[start] and went * 3 >= size * 2
        # `OTHER NEWS` over nothing but what was taken.
        heads = went == size - 1 and not gone[start] and len(looks[start].text.split()) <= _SUBHEAD
        if size >= 3 and (headed or heads):
            for at in range(start, end):
                plain = looks[at].short and "no-stop" in looks[at].own and "in-head" not in rows[at]
                if not gone[at] and plain and not _stated(rows[at]):
                    yield at
        start = end


def _dates_of_others(looks: Sequence[Look], rows: Sequence[dict[str, float]], gone: Sequence[bool]) -> Iterator[int]:
    """Dates by themselves below the article, right under what was taken: of other articles, or of readers' posts."""
    for at in range(1, len(looks)):
        alone = "date" in rows[at] and "in-tail" in rows[at] and len(looks[at].text) <= _DATE_LENGTH
        if alone and not gone[at] and gone[at - 1] and not {"byline", "label"} & rows[at].keys():
            yield at


def _subheads(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], rows: Rows) -> set[int]:
    """A few words alone between two paragraphs of the article, or right over one, that say nothing of a page."""
    found: set[int] = set()
    for at in range(1, len(looks) - 1):
        seen, row = looks[at], rows[at]
        if _over_list(looks, removed, row, at):
            found.add(at)
        if not seen.short or removed[at] or "in-middle" not in row or "no-stop" not in row or _SCRAP & row.keys():
            continue
        words = seen.text.split()
        if _heads(looks, gaps, removed, rows, at):
            found.add(at)
            continue
        if len(words) > _SUBHEAD or (seen.site and not (words[0].casefold() in _ASKING and seen.site <= _ASKED_SHARE)):
            continue
        over = looks[at + 1].prose and not removed[at + 1]
        alone = gaps[at] and gaps[at + 1] and looks[at - 1].prose and not removed[at - 1]
        if over and (alone or (gaps[at] and not gaps[at + 1] and len(words) <= _SUBHEAD // 2)):
            found.add(at)
    return found


def _over_list(looks: Sequence[Look], removed: Sequence[bool], row: dict[str, float], at: int) -> bool:
    """Whether a word or two stand over an item of a list that is surely the article's: `Highlights`."""
    listed = _BULLETED.match(looks[at + 1].text) is not None and not removed[at + 1]
    return listed and row["chance-after"] < _SURE and not removed[at] and 0 < len(looks[at].text.split()) <= 2


def _heads(looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], rows: Rows, at: int) -> bool:
    """Whether a line of up to three words stands under a blank line, right over what is surely the article's.

    "Next steps" has words of pages in it, and no page has the article's own paragraph under its buttons.
    """
    sure = looks[at + 1].prose and not removed[at + 1] and not gaps[at + 1] and rows[at]["chance-after"] < _SURE
    asks = {"has-action", "has-social", "has-commerce", "reader-unspoken"} & rows[at].keys()
    return gaps[at] and sure and not asks and len(looks[at].text.split()) <= _SUBHEAD // 2


def _broken(looks: Sequence[Look], gaps: Sequence[bool]) -> set[int]:
    """Lines of a paragraph that was broken at a column: the one goes on in the other with a small letter."""
    found: set[int] = set()
    for at in range(len(looks) - 1):
        text, following = looks[at].text, looks[at + 1].text
        wide = len(text) >= _COLUMN and "no-stop" in looks[at].own and not gaps[at + 1]
        if wide and following[:1].islower() and not (_BULLETED.match(text) or "http" in text):
            found.update((at, at + 1))
    return found


def _posts(looks: Sequence[Look], rows: Sequence[dict[str, float]]) -> set[int]:
    """What numbers the parts of an article: times of a live blog with the line below each, numbered heads, questions.

    One alone may be the page's; of several, each is as much the article's as what it stands over.
    """
    times = [at for at, row in enumerate(rows) if "figures" in row and "clock" in row]
    numbered = [at for at, row in enumerate(rows) if _NUMBERED.match(looks[at].text) and not _LISTED & row.keys()]
    asked = [
        at
        for at, row in enumerate(rows)
        # Below the last paragraph a question without its speaker is as often the title of another article.
        if "question" in row
        and (
            ("after-removed" not in row and ("in-tail" not in row or "label" in row))
            or (at + 1 < len(rows) and "no-stop" not in rows[at + 1] and row["chance-after"] < _ANSWERED)
        )
    ]
    spoken = [at for at, row in enumerate(rows) if {"speaker", "sentence"} <= row.keys()]
    found: set[int] = set()
    if len(times) >= 2:
        found.update(at + below for at in times for below in (0, 1) if at + below < len(rows))
    if len(numbered) >= 2:
        found.update(numbered)
    # An interview has a question in every third line or so; a headline may be one as well.
    if len(asked) >= 3:
        found.update(asked)
    for at in range(1, len(rows)):
        # Two items of a list that say nothing of a page; one alone may be a button.
        pair = looks[at - 1], looks[at]
        if all(_BULLETED.match(seen.text) and not seen.site for seen in pair) and "after-removed" not in rows[at - 1]:
            found.update((at - 1, at))
    if len(spoken) >= 3:
        found.update(spoken)
    found.update(_items(looks, rows))
    return found


def _bulleted(looks: Sequence[Look], removed: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where runs of three and more bulleted lines that no rule took begin and end."""
    start = 0
    for at in range(len(looks) + 1):
        if at < len(looks) and not removed[at] and _BULLETED.match(looks[at].text):
            continue
        if at - start >= 3:
            yield start, at
        start = at + 1


def _items(looks: Sequence[Look], rows: Sequence[dict[str, float]]) -> Iterator[int]:
    """Bulleted lines below a sentence that ends in a colon, and three or more lines of a tally with what heads them."""
    led = False
    tally: list[int] = []
    for at, (seen, row) in enumerate(zip(looks, rows, strict=True)):
        led = "bullet" in row or _BULLETED.match(seen.text) is not None if led else False
        if led and not row["site-share"]:
            yield at
        if "colon" in row:
            led = seen.topics != frozenset() and len(seen.text.split()) >= _LEAD_IN_WORDS and not row["site-share"]
        if (not row["site-share"] and _TALLIED.fullmatch(seen.text)) or ("colon" in row and seen.short):
            tally.append(at)
            continue
        if sum("colon" not in rows[one] for one in tally) >= 3:
            yield from tally
        tally = []
    if sum("colon" not in rows[one] for one in tally) >= 3:
        yield from tally


def _headline(
    rows: Sequence[dict[str, float]],
    looks: Sequence[Look],
    final: Sequence[float],
    removed: Sequence[bool],
    broken: set[int],
) -> int:
    """The line over the article that is least likely furniture, where nothing longer would be left; else -1.

    Whatever a page looks like, one of the lines over its first paragraph is the headline.
    """
    fits = [
        at
        for at, row in enumerate(rows)
        if "in-head" in row
        and at not in broken
        and not removed[at]
        and not _stated(row)
        and not {"words-1", "words-2"} & row.keys()
    ]
    if not fits or any(final[at] < _threshold(looks[at], rows[at]) for at in fits):
        return -1
    return min(fits, key=lambda at: final[at])


def _chance(row: dict[str, float], weights: dict[str, float]) -> float:
    total = 0.0
    for name, value in row.items():
        if name in weights:
            total += weights[name] * value
    return 1 / (1 + exp(-min(max(total, -30.0), 30.0)))


def _threshold(seen: Look, row: dict[str, float]) -> float:
    """How likely a line has to be furniture to go.

    Set with the weights before those that are shipped, on pages left out of the learning, with a third and half of the
    patterns hidden: of 1,302 paragraphs among the article none came to .2, of 136 under it six came to .5. With the
    weights of today these have not been counted again.
    """
    tail = "in-tail" in row
    if seen.prose:
        # Who speaks to the reader, of the page, in no quotation marks, is hardly the article.
        if _TELLTALE & seen.own.keys():
            return 0.6 if "in-head" in row else 0.5 if tail else 0.4
        if "in-middle" in row and row["topic-share"] > 0:
            # A paragraph among paragraphs that has a word in common with them and asks the reader nothing.
            return _PROSE_THRESHOLD
        return 0.75 if tail else 0.6
    if seen.short or ("question-in-tail" in row and row["chance-before"] >= _LONG_THRESHOLD):
        return _TAIL_THRESHOLD if tail else _SHORT_THRESHOLD
    # "More next week." has words of pages in it as well; a third of them is still a sentence's.
    plain = "sentence" in seen.own and seen.site < 0.4 and not _TELLTALE & seen.own.keys()
    if plain:
        return 0.8 if tail else _PROSE_THRESHOLD
    return 0.6
