"""A document made straight from plain text, for scoring a single stage."""

from __future__ import annotations

import re

from generator.aligned import AlignedText
from generator.chronology import precision_of
from generator.model import Document, Field, Published, SeedText, Zone

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def plain_document(text: str, published: str = "") -> Document:
    """A document whose body paragraphs are the stretches of `text` between blank lines; reading equals text."""
    zones = tuple(
        Zone(
            "body", AlignedText.verbatim(match[0], match.start()), AlignedText.verbatim(match[0], match.start()), number
        )
        for number, match in enumerate(_PARAGRAPH.finditer(text), start=1)
    )
    stated = Published(published, precision_of(published), "given") if published else Published()
    return Document(
        id="plain",
        seed=SeedText("plain.txt", "", text, "utf-8"),
        zones=zones,
        ledger=(),
        title=Field("", "none"),
        authors=(),
        outlet=None,
        credit=None,
        category=None,
        language=None,
        translated_from=None,
        url=None,
        published=stated,
        updated=Published(),
        references=(),
        glosses=(),
        signals=(),
        words=len(text.split()),
    )
