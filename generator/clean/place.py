"""What a line is by its place among its neighbours: features beside those of `features`."""

from __future__ import annotations

from collections.abc import Sequence

from generator.clean.features import Look

# Author notes, notices and appeals fill a dozen lines under an article.
_FOOT = 12


def around(
    looks: Sequence[Look], gaps: Sequence[bool], removed: Sequence[bool], doubted: Sequence[bool]
) -> list[dict[str, float]]:
    """The features that each line has by its place.

    `gaps` says whether a blank line stands before each line; `removed` which lines a rule took already; `doubted`
    which ones do not bound the article, since they are hardly part of it.
    """
    count = len(looks)
    sites = [seen.site for seen in looks]
    prose = [
        index
        for index, seen in enumerate(looks)
        if seen.prose and not removed[index] and not doubted[index] and not _appeals(seen)
    ]
    first, last = (prose[0], prose[-1]) if prose else (count, -1)
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
        if seen.prose:
            place["prose-site"] = seen.site
            place[f"prose-site-{zone}"] = seen.site
        else:
            place[f"site-{zone}"] = seen.site
        placed.append(place)
    return placed


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
