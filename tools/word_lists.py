"""Write the list of common English words that tells rare ones: generator/data/common-words.csv.

Run by hand: unpack the package ``symspellpy`` and give the path of its frequency_dictionary_en_82_765.txt. The words
are those of SCOWL, their counts those of Google Books. A word counts as common as the commonest word of its family
(walk, walks, walked), by the Snowball stemmer. The build itself never runs it and needs nothing of that package.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import snowballstemmer

DATA = Path(__file__).resolve().parent.parent / "generator" / "data"

BANDS = (200, 2_000, 6_000)
"""Ranks up to which a family belongs to each band: words of every sentence, of every page, of every newspaper."""

KEPT = 60_000
"""Forms beyond this rank are hardly met, however common their family."""


def main(path: Path) -> None:
    """Read words in order of frequency, write them by band."""
    words = [line.split()[0] for line in path.read_text("utf-8-sig").splitlines()]
    stem = snowballstemmer.stemmer("english").stemWord
    family: dict[str, int] = {}
    for rank, word in enumerate(words):
        family.setdefault(stem(word), rank)
    with (DATA / "common-words.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("rank", "words"))
        low = 0
        for band in BANDS:
            inside = sorted(word for word in words[:KEPT] if low <= family[stem(word)] < band)
            writer.writerow((band, " ".join(inside)))
            low = band


if __name__ == "__main__":
    main(Path(sys.argv[1]))
