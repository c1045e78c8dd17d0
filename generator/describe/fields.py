"""Metadata fields from overrides and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.describe.citations import find_citations
from generator.describe.lede_title import title_from_lede
from generator.describe.metadata_line import FieldName
from generator.describe.parts import Claim, Draft, is_prose
from generator.describe.timestamps import DayOrder
from generator.describe.words import load_words
from generator.hangul import is_hangul_name, romanize_name
from generator.model import Field, Reference, SeedText, Zone

# A title between marks in a footnote; behind the closing one stands the outlet, or nothing.
_MARKED_TITLE = re.compile(r"(?:[^:“”\"«»]{1,80}, )?[“\"«](?P<title>[^“”\"«»\n]{6,200})[”\"»](?=$|\s?[,.;(])")
_WRITING = re.compile(r"\bwriting by\b", re.IGNORECASE)


def stated(seed: SeedText, name: str) -> Field | None:
    """The field `name` as the seed's override states it."""
    value = seed.override.get(name)
    return Field(value, "override") if isinstance(value, str) else None


def claimed(draft: Draft, name: FieldName, extra: Sequence[Claim] = ()) -> Field | None:
    """The field `name` as the first claim on it states it; `extra` are claims of less weight."""
    for claim in [*draft.having(name), *(claim for claim in extra if claim.field == name)]:
        if claim.value:
            return _field(draft, claim, claim.value)
    return None


def find_title(seed: SeedText, draft: Draft, zones: Sequence[Zone]) -> Field:
    """The headline, or else the opening of the article, marked as inferred."""
    headline = stated(seed, "title") or claimed(draft, "title")
    if headline:
        return headline
    bodies = [zone.text for zone in zones if zone.kind == "body"]
    if not bodies:
        return Field(seed.name.rsplit("/", 1)[-1].rsplit(".", 1)[0], "file-name", inferred=True)
    return title_from_lede(next((view for view in bodies if is_prose(view.text)), bodies[0]))


def find_authors(seed: SeedText, draft: Draft, datelines: Sequence[Claim]) -> tuple[Field, ...]:
    """Who wrote the article, each person once, in the order of the seed."""
    override = seed.override.get("authors")
    if override:
        names = override if isinstance(override, list) else [override]
        return tuple(Field(name, "override", note=_romanized(name)) for name in names)
    fields: dict[str, Field] = {}
    signed = draft.having("author")
    if any(claim.value and not _put_in_writing(draft, claim) for claim in signed):
        signed = [claim for claim in signed if not _put_in_writing(draft, claim)]
    claims = [*signed, *(claim for claim in datelines if claim.field == "author")]
    for claim in claims:
        if claim.value and claim.value.casefold() not in fields:
            fields[claim.value.casefold()] = _field(draft, claim, claim.value, _romanized(claim.value))
    return tuple(fields.values())


def _put_in_writing(draft: Draft, claim: Claim) -> bool:
    """Whether a credit says who put into writing what another one reported."""
    return (
        claim.rule == "reporting-credit"
        and _WRITING.search(draft.parts[claim.part].text[: claim.start + 20]) is not None
    )


def find_category(draft: Draft) -> Field | None:
    """The section as the page writes it (capitals as a title), with its English meaning in the note."""
    words = load_words()
    field = claimed(draft, "category")
    if field is None:
        return None
    value = field.value.title() if field.value.isupper() and len(field.value) > 4 else field.value
    return Field(value, field.basis, field.spans, note=words.categories.get(value.casefold(), ""))


def find_references(draft: Draft, zones: Sequence[Zone], first: DayOrder) -> Iterator[Reference]:
    """The other articles that this one cites, in seed order."""
    found = []
    for claim in draft.having("references"):
        if claim.shown and (claim.value or claim.stamp):
            span = draft.parts[claim.part].view.seed_span(*claim.shown)
            title = _bare_title(claim.value)
            found.append(Reference(span, title, claim.stamp.iso if claim.stamp else "", claim.rule))
    for zone in zones:
        if zone.kind == "body":
            for one in find_citations(zone.text.text, first):
                found.append(Reference(zone.text.seed_span(one.start, one.end), one.title, one.date, one.rule))
    yield from sorted(found, key=lambda reference: reference.span)


def _bare_title(cited: str) -> str:
    """The title of `Vera Holm, “Who pays?”, Coast Daily`: what stands between marks behind a name or at the start."""
    marked = _MARKED_TITLE.match(cited)
    return " ".join(marked["title"].split()).rstrip(" ,.;") if marked else cited


def _field(draft: Draft, claim: Claim, value: str, note: str = "") -> Field:
    span = draft.parts[claim.part].view.seed_span(claim.start, claim.end)
    return Field(value, claim.rule, (span,), note=note)


def _romanized(name: str) -> str:
    return romanize_name(name) if is_hangul_name(name) else ""
