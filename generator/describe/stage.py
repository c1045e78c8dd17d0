"""The stage: blocks and ledger to a document with its metadata, each field with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.aligned import AlignedText
from generator.describe.assembly import assemble
from generator.describe.fields import claimed, find_authors, find_category, find_references, find_title, stated
from generator.describe.footer import read_dateline, read_footer
from generator.describe.glossary import Glossary
from generator.describe.header import read_header
from generator.describe.language import find_language, find_translation_source
from generator.describe.masthead import find_masthead
from generator.describe.parts import Draft, parts_of
from generator.describe.prose import legible
from generator.describe.publication import find_published, outlet_names, read_chrome
from generator.describe.sections import drop_menu_words, section_over_headline
from generator.describe.signals import find_signals
from generator.describe.spin import gloss_document, readings
from generator.describe.timestamps import day_first
from generator.model import Cleaned, Document, Field, Gloss, Zone

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
# Only where two figures stand so may day and month be in doubt, and the language of the page decide: 3/5, 3. 5.
_FIGURES = re.compile(r"\d\s?[./-]\s?\d")


def describe(cleaned: Cleaned, document_id: str, glossary: Glossary | None = None) -> Document:
    """The document that `cleaned` holds: zones in seed order, metadata with its evidence, ledger completed.

    What the seed's override states wins over all; what nothing states stays empty. Body zones and ledger cover the
    seed exactly once, and what became metadata is in the ledger with the field it moved to. Spun phrases are known by
    `glossary`; without one by that of the package.
    """
    seed = cleaned.seed
    draft = Draft(parts_of(cleaned))
    page = [part.text for part in draft.parts if part.furniture is None]
    guess = find_language(page) if _FIGURES.search(seed.text) else None
    first = day_first(seed.text, guess.value if guess else "")
    read_header(draft, first, outlet_names(cleaned))
    drop_menu_words(draft, cleaned)
    read_footer(draft, first)
    datelines = read_dateline(draft, first)
    assembly = assemble(cleaned, draft)
    bodies = [shown.view.text for shown in assembly.shown if shown.kind == "body"]
    language = (
        stated(seed, "language") or claimed(draft, "language") or find_language(bodies) or guess or find_language(page)
    )
    code = language.value if language else ""
    translated = stated(seed, "translated_from") or find_translation_source(draft, seed, code, bodies)
    plain = [legible(shown.view) for shown in assembly.shown]
    glosses, spin_score = _glosses(
        [reading for shown, reading in zip(assembly.shown, plain, strict=True) if shown.kind in ("headline", "body")],
        language,
        glossary,
    )
    zones = tuple(
        Zone(shown.kind, shown.view, reading, shown.paragraph, shown.shape)
        for shown, reading in zip(assembly.shown, readings(plain, glosses), strict=True)
    )
    chrome = read_chrome(cleaned)
    published, updated = find_published(seed, draft, datelines, first)
    return Document(
        id=document_id,
        seed=seed,
        zones=zones,
        ledger=assembly.ledger,
        title=find_title(seed, draft, zones),
        authors=find_authors(seed, draft, datelines),
        outlet=stated(seed, "outlet") or claimed(draft, "outlet") or chrome.outlet or find_masthead(cleaned, draft),
        credit=stated(seed, "credit") or claimed(draft, "credit", datelines) or chrome.credit,
        category=stated(seed, "category")
        or find_category(draft)
        or chrome.category
        or section_over_headline(draft, cleaned),
        language=language,
        translated_from=translated,
        url=stated(seed, "url") or claimed(draft, "url"),
        published=published,
        updated=updated,
        references=tuple(find_references(draft, zones, first)),
        glosses=glosses,
        signals=find_signals(
            zones,
            glosses,
            language,
            translated,
            assembly.ledger,
            seed,
            spin_score=spin_score,
            published=published,
        ),
        words=sum(len(_WORD.findall(text)) for text in bodies),
        issues=seed.issues,
    )


def _glosses(
    views: Sequence[AlignedText], language: Field | None, glossary: Glossary | None
) -> tuple[tuple[Gloss, ...], float]:
    """Spun phrases and how surely the text is spun, in English only: the glossary knows no other language."""
    if language is not None and language.value != "en":
        return (), 0.0
    return gloss_document(views, glossary)
