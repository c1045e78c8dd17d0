"""The working copy of a document: its parts, and what each stretch of them is claimed as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.aligned import AlignedText
from generator.describe.metadata_line import FieldName, Piece
from generator.describe.timestamps import Stamp
from generator.describe.words import load_words
from generator.model import Cleaned, ParagraphKind, Removal

_SENTENCE_END = re.compile(r"[.!?。！？…]['\"”’」』)\]）]{0,3}(?:\s?[(\[（【][^()\[\]]{2,60}[)\]）】]\.?)?$")
# Bracketed agency and dash behind a place that begins with a capital; a date may stand between them.
_DATELINED = re.compile(r"[A-ZÀ-Ý][^()\[\]\n]{1,89}?\s?[(\[]([^()\[\]]{2,40})[)\]]\s?[-–—―]{1,2}\s")
_AND = re.compile(r"\s?(?:[,;/&]|\band\b)\s?")
# What follows a dateline is a few words at least.
_TOLD = 20
_LONGER = re.compile(r"[^\W\d_][\w’'-]{3,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or a line that cleaning took for furniture of the site because other seeds have it too."""

    view: AlignedText
    shape: ParagraphKind
    furniture: Removal | None = None

    @property
    def text(self) -> str:
        """What is read."""
        return self.view.text


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a part, offsets into its text, that is metadata and not body."""

    part: int
    start: int
    end: int
    field: FieldName | None
    """`None`: debris that only shows in context, such as a repeated headline."""
    rule: str
    value: str = ""
    stamp: Stamp | None = None
    shown: tuple[int, int] | None = None
    """The stretch that the zone shows, where it is less than the claim."""


@dataclass(slots=True)
class Draft:
    """Parts with the claims made on them so far."""

    parts: Sequence[Part]
    claims: list[Claim] = field(default_factory=list)
    """To be appended to, or replaced as a whole; a claim is replaced by one on the same part only."""
    _read: list[Claim] = field(default_factory=list)
    _count: int = 0
    _claimed: set[int] = field(default_factory=set)

    def claim_pieces(self, part: int, pieces: Sequence[Piece], offset: int = 0) -> None:
        """Claim the `pieces` of a line that begins at `offset` of the part."""
        for piece in pieces:
            self.claims.append(
                Claim(part, piece.start + offset, piece.end + offset, piece.field, piece.rule, piece.value, piece.stamp)
            )

    def claimed(self, part: int) -> bool:
        """Whether anything of the part is claimed."""
        if self._read is not self.claims or self._count > len(self.claims):
            self._read, self._count, self._claimed = self.claims, 0, set()
        self._claimed.update(claim.part for claim in self.claims[self._count :])
        self._count = len(self.claims)
        return part in self._claimed

    def having(self, *fields: FieldName) -> list[Claim]:
        """The claims on `fields` in seed order."""
        found = [claim for claim in self.claims if claim.field in fields]
        return sorted(found, key=lambda claim: (claim.part, claim.start))


def parts_of(cleaned: Cleaned) -> tuple[Part, ...]:
    """The blocks and recurring lines of `cleaned` in seed order."""
    parts = [Part(block.text, block.kind) for block in cleaned.blocks]
    for removal in cleaned.ledger:
        if removal.rule == "recurring-line":
            parts.append(Part(AlignedText.verbatim(removal.text, removal.span.start), "text", removal))
    return tuple(sorted(parts, key=lambda part: part.view.runs[0].start))


def is_prose(text: str) -> bool:
    """Whether `text` reads as a paragraph of an article and not as a headline or a line of metadata."""
    # The longest headline of a page, translated ones included, has about 35 words or 250 characters.
    if len(text) > 260 or opens_report(text):
        return True
    if not _SENTENCE_END.search(text):
        return False
    if _CJK.search(text):
        return len(text) >= 25
    if len(text) <= 160 and is_title_cased(text):
        return False
    # Headlines that end in a full stop are shorter than this; the shortest ledes are not.
    return len(text) >= 60 and len(text.split()) >= 9


def opens_report(text: str) -> bool:
    """Whether `text` opens with a place, a date where there is one, an agency in brackets and a dash, and goes on.

    It is a report's first paragraph however its last line ends.
    """
    match = _DATELINED.match(text)
    if match is None or len(text) - match.end() < _TOLD:
        return False
    words = load_words()
    names = [name.strip(" .").casefold() for name in _AND.split(match[1])]
    return all(name in words.agencies or name in words.outlets for name in names)


def is_title_cased(text: str) -> bool:
    """Whether nearly all longer words are capitalised, as in headlines that also end in a full stop."""
    words: list[str] = _LONGER.findall(text)
    # In prose every fifth longer word is a name at most; four words are the least that tells.
    return len(words) >= 4 and not text.isupper() and sum(word[0].isupper() for word in words) * 5 >= len(words) * 4


def comparable(text: str) -> str:
    """`text` as headlines are compared: letters and digits, without case, marks and accents' encoding."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
