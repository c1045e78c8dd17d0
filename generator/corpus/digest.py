"""What the stages over a corpus need of each document and can work out from it alone, all in one value.

It depends on the document and on nothing else, so it is worked out once, where the document is analysed, and kept
beside the analysis. What is left for every build is what articles mean for each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.corpus.chronicle import Told, told_in
from generator.corpus.dating import Dated, dated
from generator.corpus.fingerprint import Print, fingerprint
from generator.corpus.keypoints import Candidate, candidates_of
from generator.corpus.resolve import Packed, ThingFinder
from generator.corpus.statements import Worded, worded_quotes
from generator.corpus.vectors import Words, words_of
from generator.corpus.wording import Stemmer
from generator.model import Annotated


@dataclass(frozen=True, slots=True)
class Digest:
    """What the stages over a corpus need of one document; a part for each stage."""

    dated: Dated
    fingerprint: Print
    things: Packed
    told: Told
    words: Words
    quotes: tuple[Worded, ...]
    candidates: tuple[Candidate, ...]


class Digester:
    """Digests documents; remembers stems and names that it has met, so make one for many documents."""

    def __init__(self) -> None:
        self._stemmer = Stemmer()
        self._finder = ThingFinder()

    def digest(self, annotated: Annotated) -> Digest:
        """The digest of a document."""
        document = annotated.document
        return Digest(
            dated(annotated),
            fingerprint(document),
            self._finder.things(document, annotated.mentions).packed(),
            told_in(annotated, self._stemmer),
            words_of(document, self._stemmer),
            worded_quotes(annotated, self._stemmer),
            candidates_of(annotated, self._stemmer),
        )
