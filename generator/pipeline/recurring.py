"""Lines that stand in many seeds: furniture of the pages that they were copied from.

Of a seed that is as the last build read it, the digests of its lines are known, and the text of those that stood in a
second seed. Another line of it recurs only with a seed that is new, and has its text from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

# A line is furniture where it stands in at least this many seeds: two articles may share a line by chance
# (a question, a dateline), three rarely do.
FURNITURE_SEEDS = 3
# Longer lines that recur are shared paragraphs of versions of one story, not furniture.
FURNITURE_LENGTH = 120
# 128 bits: no two lines are taken for one another.
_BYTES = 16


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a seed that may be furniture: their digests one after the other, and their texts where read now."""

    digests: bytes
    texts: Mapping[bytes, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of `text`, white space folded, each once."""
        folded = {" ".join(line.split()) for line in text.splitlines()}
        texts = {_digest(line): line for line in sorted(folded) if line and len(line) <= FURNITURE_LENGTH}
        return cls(b"".join(texts), texts)

    def each(self) -> list[bytes]:
        """The digests."""
        return [self.digests[at : at + _BYTES] for at in range(0, len(self.digests), _BYTES)]


@dataclass(frozen=True, slots=True)
class Recurring:
    """What recurs in a corpus."""

    furniture: tuple[frozenset[str], ...]
    """Of each seed those of its lines that are furniture."""
    repeated: Mapping[bytes, str]
    """Every line that stands in two seeds or more, by digest."""


def find_recurring(seeds: Sequence[Lines], repeated: Mapping[bytes, str]) -> Recurring:
    """What recurs in `seeds`. `repeated` has the lines that seeds without texts share.

    Raises `KeyError` where it lacks one.
    """
    counts: Counter[bytes] = Counter()
    each = [one.each() for one in seeds]
    for digests in each:
        counts.update(digests)
    texts = dict(repeated)
    for one in seeds:
        texts.update(one.texts)
    furniture = {digest: texts[digest] for digest, count in counts.items() if count >= FURNITURE_SEEDS}
    return Recurring(
        tuple(frozenset(furniture[digest] for digest in digests if digest in furniture) for digests in each),
        {digest: texts[digest] for digest, count in counts.items() if count > 1},
    )


def _digest(line: str) -> bytes:
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
