"""What a line is by its place among its neighbours: features beside those of `features`."""

from __future__ import annotations

from collections.abc import Sequence

from generator.clean.features import Look

# Author notes, notices and appeals fill a dozen lines under an article.
_FOOT = 12
# One sentence in eight that the first stage is this sure of is the page's: it has to share words with the article.
_SURE = 0.13
_SHARED = 2
# A box among the paragraphs has about three lines, what stands under an article more.
_INSERTED = 3


def around(
    looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], doubted: Sequence[float]
) -> list[dict[str, float]]:
    """The features that each line has by its place.

    `gaps` says whether a blank line stands before each line; `removed` which lines a rule took already; `doubted`
    which ones do not bound the article, since they are hardly part of it.
    """
    count = len(looks)
    sites = [seen.site for seen in looks]
    first, last = core(looks, removed, doubted)
    runs = _runs(looks)
    groups = _groups(gaps)
    seen_before: set[str] = set()
    placed: list[dict[str, float]] = []
    for index, seen in enumerate(looks):
        short = seen.short
        low, high = runs[index]
        before, after = index > 0, index + 1 < count
        gap_after = not after or gaps[index + 1]
        zone = "head" if index < first else "tail" if index > last else "middle"
        place = {f"in-{zone}": 1.0}
        length = high - low
        near, far = max(index - 3, 0), min(index + 4, count)
        place["removed-near"] = (sum(removed[near:index]) + sum(removed[index + 1 : far])) / 6
        place["site-near"] = sum(sites[near:index] + sites[index + 1 : far]) / 6
        if _enclosed(removed, gaps, index):
            place["enclosed"] = 1.0
            if seen.site:
                place["enclosed-site"] = 1.0
        if before and removed[index - 1]:
            place["after-removed"] = 1.0
        if after and removed[index + 1]:
            place["before-removed"] = 1.0
        if before and after and removed[index - 1] and removed[index + 1]:
            place["between-removed"] = 1.0
        key = seen.text.casefold()
        if key in seen_before:
            place["seen-before"] = 1.0
        seen_before.add(key)
        if short:
            place[f"short-in-{zone}"] = 1.0
            place[f"run-in-{zone}"] = min(length, 6) / 6
            alone = gaps[index] and gap_after
            if alone:
                place[f"short-alone-in-{zone}"] = 1.0
            if before and looks[index - 1].prose and not gaps[index]:
                place["short-under-prose"] = 1.0
            if after and looks[index + 1].prose and not gap_after:
                place["short-over-prose"] = 1.0
        elif zone != "middle":
            place[f"long-in-{zone}"] = 1.0
        opening, closing = groups[index]
        size = closing - opening
        if size >= 3:
            shown = min(closing, opening + 12)
            place["group-removed"] = sum(removed[at] for at in range(opening, shown)) / (shown - opening)
        if seen.prose and index > first and index >= count - _FOOT and index + 1 < count:
            # What is left of a page's foot once the rest of it is known.
            place["foot-removed"] = sum(removed[at] for at in range(index + 1, count)) / (count - index - 1)
            place["foot-under-removed"] = float(removed[index - 1])
        if short and size >= 2:
            place[f"group-in-{zone}"] = min(size, 6) / 6
            shorts = sum(looks[at].short for at in range(opening, min(closing, opening + 12)))
            place["group-short"] = shorts / min(size, 12)
        if index > opening and not seen.prose:
            head = looks[opening]
            place["group-head-site"] = head.site if head.short else 0.0
            if removed[opening] and head.short:
                place["group-head-removed"] = 1.0
            if "has-related" in head.own and head.short:
                place["group-head-related"] = 1.0
        elif before and gaps[index] and looks[index - 1].short and groups[index - 1][1] - groups[index - 1][0] == 1:
            # A heading that stands apart from its list.
            place["head-above-site"] = looks[index - 1].site
            if "has-related" in looks[index - 1].own:
                place["head-above-related"] = 1.0
        if "bio" in seen.own:
            place[f"bio-in-{zone}"] = 1.0
        if "credited" in seen.own:
            place[f"credited-in-{zone}"] = 1.0
        if "notice" in seen.own:
            place[f"notice-in-{zone}"] = 1.0
        if index == 0:
            place["first"] = 1.0
        if seen.prose and zone != "middle":
            place[f"prose-in-{zone}"] = 1.0
        if zone == "tail":
            place["tail-depth"] = min(sum(removed[last + 1 : index]), 6) / 6
            if seen.prose:
                place["tail-prose-depth"] = place["tail-depth"]
        if seen.prose:
            place["prose-site"] = seen.site
            place[f"prose-site-{zone}"] = seen.site
        else:
            place[f"site-{zone}"] = seen.site
        placed.append(place)
    return placed


def _told(seen: Look) -> bool:
    return seen.prose or (not seen.short and "sentence" in seen.own)


def core(looks: Sequence[Look], removed: Sequence[bool], doubted: Sequence[float]) -> tuple[int, int]:
    """First and last paragraph of the article: of the stretch of lines with the most prose and the least else in it.

    `doubted` is how likely each line is furniture. The best stretch is found as the largest sum of neighbours is
    (Kadane): a paragraph counts by its length, up to three lines of print, a short sentence about as half a line; a
    line that is likely the page's counts against it, and one that a rule took by as much again as a line of prose, so
    that two boxes part a short paragraph from the article and not half of one.
    """
    best = total = 0.0
    first, last, start = len(looks), -1, 0
    for index, seen in enumerate(looks):
        chance = 1.0 if removed[index] else doubted[index]
        if seen.prose and _appeals(seen):
            # More likely the page's than not.
            chance = max(chance, 0.6)
        told = _told(seen)
        if told:
            worth = (0.5 - chance) * (min(max(len(seen.text) / 80, 1.0), 3.0) if seen.prose else 0.6)
        else:
            worth = (0.4 - chance) if chance > 0.4 else 0.0
        if removed[index]:
            worth -= 0.6
        if total <= 0.0:
            total, start = 0.0, index
        total += worth
        if told and chance < 0.4 and total > best:
            best, first, last = total, start, index
    while first < last and not (looks[first].prose and not removed[first] and doubted[first] < 0.5):
        first += 1
    # What is surely a sentence of the article belongs to it, however much stands between, if it speaks of the same.
    about = {word for at in range(first, last + 1) if looks[at].prose for word in looks[at].topics}
    for at, seen in enumerate(looks):
        if last < 0 or first <= at <= last or removed[at] or doubted[at] >= _SURE or not _told(seen):
            continue
        apart = range(last + 1, at) if at > last else range(at + 1, first)
        near = seen.prose and sum(removed[by] or doubted[by] > 0.5 for by in apart) <= _INSERTED
        if near or len(about & seen.topics) >= _SHARED or (not seen.prose and about & seen.names):
            about |= seen.topics
            first, last = (min(first, at) if seen.prose else first), max(last, at)
    # A short sentence right under the last paragraph is the article's end as often as not.
    while 0 <= last < len(looks) - 1 and _told(looks[last + 1]) and not removed[last + 1] and doubted[last + 1] < 0.5:
        last += 1
    return first, last


def _enclosed(removed: Sequence[bool], gaps: Sequence[bool], index: int) -> bool:
    """Whether lines that rules took stand close above and close below, with no blank line between."""
    over = next((at for at in range(index - 1, max(index - 4, -1), -1) if removed[at]), None)
    under = next((at for at in range(index + 1, min(index + 4, len(removed))) if removed[at]), None)
    if over is None or under is None or removed[index]:
        return False
    return not any(gaps[at] for at in range(over + 1, under + 1))


def _appeals(seen: Look) -> bool:
    """Whether a line that looks like a paragraph speaks of the page: it does not bound the article."""
    # One word in eight: an article about a newspaper stays below it, notices of consent and appeals are above.
    return (
        seen.site >= 0.125
        and not {"spoken"} & seen.own.keys()
        and bool({"reader-unspoken", "notice", "asks", "bio"} & seen.own.keys())
    )


def beside(chances: Sequence[float], index: int) -> dict[str, float]:
    """The features that a line has by how likely its neighbours are furniture: document-level smoothing."""
    before = chances[index - 1] if index else 0.5
    after = chances[index + 1] if index + 1 < len(chances) else 0.5
    window = [*chances[max(index - 3, 0) : index], *chances[index + 1 : index + 4]]
    return {
        "chance": chances[index],
        "chance-before": before,
        "chance-after": after,
        "chance-both": min(before, after),
        "chance-near": sum(window) / max(len(window), 1),
    }


def _groups(gaps: Sequence[bool]) -> list[tuple[int, int]]:
    """For each line the group of lines, parted by blank ones, that it stands in."""
    starts = [index for index, gap in enumerate(gaps) if gap or index == 0]
    found: list[tuple[int, int]] = []
    for start, end in zip(starts, [*starts[1:], len(gaps)], strict=True):
        found.extend([(start, end)] * (end - start))
    return found


def _runs(looks: Sequence[Look]) -> list[tuple[int, int]]:
    """For each line the run of short lines that it stands in."""
    runs = [(index, index + 1) for index in range(len(looks))]
    start = 0
    for index in range(len(looks) + 1):
        if index < len(looks) and looks[index].short:
            continue
        for at in range(start, index):
            runs[at] = (start, index)
        start = index + 1
    return runs
