"""The values that pass between stages. All are frozen, hold no behaviour of a stage, and encode as JSON.

Spans are *seed offsets*: code points into `SeedText.text`, end exclusive, line ends as in the file.
Dates are ISO 8601 strings as precise as known and no more: ``2024``, ``2024-02``, ``2024-02-14``,
``2024-02-15T23:07``, ``2024-W39``, ``197`` (a decade), ``19`` (a century), ``2024-02-09/2024-02-12``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.aligned import AlignedText, Span

EntityType = Literal["person", "organization", "place", "event"]
Precision = Literal["century", "decade", "year", "season", "quarter", "month", "week", "day", "minute", "range"]
ZoneKind = Literal["headline", "byline", "credit", "body", "reference"]
ParagraphKind = Literal["text", "heading", "list", "table"]
Severity = Literal["info", "warning", "error"]
Publish = Literal["full", "excerpt", "metadata"]

# ── read ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the operator should know: what, where, and what to do about it."""

    severity: Severity
    code: str
    seed: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class SeedText:
    """A decoded seed. `name` is its path below seeds/, with `/` between parts."""

    name: str
    sha256: str
    text: str
    encoding: str
    override: dict[str, str | list[str]] = field(default_factory=dict)
    """What NAME.yml beside the seed states; wins over everything inferred."""
    issues: tuple[Issue, ...] = ()
    """What was wrong with NAME.yml."""


# ── clean ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of seed text that is not in the body: removed by `rule`, or moved to a metadata field."""

    span: Span
    rule: str
    text: str
    moved_to: str = ""
    """The metadata field that holds it (`title`, `published`, `credit`, `references` …); empty: debris."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph candidate after debris has gone."""

    kind: ParagraphKind
    text: AlignedText


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A seed as blocks plus ledger. Blocks and removals together cover every character exactly once."""

    seed: SeedText
    blocks: tuple[Block, ...]
    ledger: tuple[Removal, ...]


# ── describe ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Field:
    """A metadata value and why it is believed. `spans` are where the seed says it (empty for overrides)."""

    value: str
    basis: str
    """The rule in a word or two, hyphenated: `headline`, `lede`, `byline`, `closing-credit`, `override`."""
    spans: tuple[Span, ...] = ()
    inferred: bool = False
    note: str = ""
    """A sentence for the reader; empty where basis and spans say it all."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence about when an undated article was published."""

    text: str
    """For the reader: what the clue is and what follows from it."""
    earliest: str = ""
    latest: str = ""
    spans: tuple[Span, ...] = ()
    source: str = ""
    """Id of the other article that the clue rests on; empty: the article itself or a calendar."""


@dataclass(frozen=True, slots=True)
class Published:
    """When the article came out. `iso` only where the seed (or an override) states it."""

    iso: str = ""
    precision: Precision | None = None
    basis: str = ""
    spans: tuple[Span, ...] = ()
    earliest: str = ""
    latest: str = ""
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """One stretch of readable text of a seed.

    `text` is what is shown. `reading` is what the engine reads: the same, but spun phrases are
    replaced by their likely originals, so that rules for English apply; equal to `text` elsewhere.
    Both are aligned to the seed. `paragraph` is the number of the body paragraph (from 1, the page's
    anchor `#p1`), `None` outside the body.
    """

    kind: ZoneKind
    text: AlignedText
    reading: AlignedText
    paragraph: int | None = None
    shape: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Gloss:
    """A spun phrase and what it probably was. Shown beside the text, never put in its place."""

    span: Span
    surface: str
    original: str
    entry: str
    """The glossary entry that explains it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A statement about the quality of the text, with evidence. `name` is `word-spun`, `machine-translated`."""

    name: str
    score: float
    """0 to 1, how strong the evidence is."""
    evidence: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Another article that this one cites."""

    span: Span
    title: str
    date: str
    """ISO; empty where not stated."""
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned, described article. Body zones, moved fields and ledger cover the seed exactly once."""

    id: str
    """Stable and unique in the corpus: made from the seed's name."""
    seed: SeedText
    zones: tuple[Zone, ...]
    """In seed order: headline, byline, credit, reference and body zones."""
    ledger: tuple[Removal, ...]
    title: Field
    authors: tuple[Field, ...]
    outlet: Field | None
    credit: Field | None
    category: Field | None
    language: Field | None
    translated_from: Field | None
    url: Field | None
    published: Published
    updated: Published
    references: tuple[Reference, ...]
    glosses: tuple[Gloss, ...]
    signals: tuple[Signal, ...]
    words: int
    issues: tuple[Issue, ...] = ()

    @property
    def body(self) -> tuple[Zone, ...]:
        """The body paragraphs in order."""
        return tuple(zone for zone in self.zones if zone.kind == "body")


# ── annotate ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something. The span excludes possessive endings, quotation marks and titles."""

    span: Span
    surface: str
    """The seed text of the span as shown (no-break spaces as spaces)."""
    type: EntityType
    name: str
    """The surface normalised: glossed, without possessive, white space folded. `Ma`, `UN General Assembly`."""
    rule: str
    """Which layer found it: `model`, `gazetteer`, `pattern`, `byline`, `propagated` …"""
    score: float
    zone: ZoneKind
    paragraph: int | None
    key: str = ""
    """Gazetteer id where the name is known (`place:KP`, `org:yonhap`); empty otherwise."""
    title: str = ""
    """The title or honorific that stands before the name (`Vice Minister`, `President`)."""
    weak: bool = False
    """Right only in context: a bare surname, `Korea`, `the ministry`."""
    note: str = ""
    """For the reader, such as `Seoul stands for the government here`."""


Direction = Literal["past", "future", "none"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A time expression as written, before any anchor is known.

    `value` is the ISO date where the words alone give it. Otherwise `form` names the kind
    (`month-day`, `day-of-month`, `weekday`, `month`, `relative`, `chained` …) and `operands` its
    parts, to be worked out by `resolve` once the anchor is known. The keys are the date module's own.
    """

    span: Span
    surface: str
    zone: ZoneKind
    paragraph: int | None
    form: str
    value: str = ""
    operands: dict[str, str] = field(default_factory=dict)
    direction: Direction = "none"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression with its resolved value. `iso` is empty where nothing anchors it."""

    span: Span
    surface: str
    paragraph: int | None
    iso: str
    precision: Precision | None
    basis: str
    """The rule and the anchor, in words: `day of the month, from published 2024-02-15`."""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation. `span` is the seed span of the text without its outer marks."""

    span: Span
    text: str
    kind: Literal["direct", "indirect"]
    paragraph: int
    speaker: str = ""
    """The speaker as named in the text, resolved within the document where possible; `unnamed: senior official`."""
    speaker_span: Span | None = None
    cue: str = ""
    cue_span: Span | None = None
    via: str = ""
    """The outlet that relayed it, as named in the text."""
    via_span: Span | None = None
    rule: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with everything that the per-seed stages found. This is what the cache holds."""

    document: Document
    sentences: tuple[Span, ...]
    """Body sentences in order, seed offsets; none crosses a paragraph."""
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    quotes: tuple[Quote, ...]


# ── corpus ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why two names are (or may be, or are not) one entity."""

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A way an entity is named in the corpus."""

    name: str
    count: int
    articles: tuple[str, ...]
    reason: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A mention of an entity, in place."""

    article: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organization or place, with every mention of it."""

    id: str
    """`person/kim-jong-un`: type and slug; unique in the corpus."""
    type: EntityType
    name: str
    slug: str
    aliases: tuple[Alias, ...]
    mentions: Sequence[Located]
    """In order of article and place."""
    description: str = ""
    """What the text or the gazetteer says it is; with its source in `description_basis`."""
    description_basis: str = ""
    wikidata: str = ""
    country: str = ""
    """ISO 3166 alpha-2 of a place; empty otherwise."""
    latitude: float | None = None
    longitude: float | None = None
    key: str = ""
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that supports a statement."""

    article: str
    paragraph: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a stated time, with the sentences that say so."""

    id: str
    """`2024-02-14-south-korea-and-cuba-establish-relations`."""
    date: str
    precision: Precision
    title: str
    entities: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two articles and why."""

    source: str
    target: str
    reason: str
    weight: float
    kind: Literal["related", "version", "duplicate", "reference"] = "related"


@dataclass(frozen=True, slots=True)
class ResolvedQuote:
    """A quote with its speaker tied to an entity."""

    article: str
    quote: Quote
    speaker: str
    """Canonical name, `unnamed: …`, or empty."""
    speaker_entity: str
    via: str
    via_entity: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that several articles report, perhaps in different words."""

    speaker: str
    """Canonical name; empty where no article names one."""
    quotes: tuple[int, ...]
    """Indexes into the corpus's quotes."""


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A reference and the article of this corpus that it means, if any."""

    article: str
    reference: Reference
    resolved_article: str
    score: float


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what the corpus knows of it."""

    annotated: Annotated
    published: Published
    """With the bracket and clues that the corpus adds."""
    dates: tuple[DateMention, ...]
    publish: Publish = "full"
    """How much of its text the site may hold; the rest is not in this value."""

    @property
    def id(self) -> str:
        """The document's id."""
        return self.annotated.document.id


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything the site shows; made from sorted input, so equal seeds give an equal corpus."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    links: tuple[Link, ...]
    quotes: tuple[ResolvedQuote, ...]
    references: tuple[ResolvedReference, ...]
    statements: tuple[Statement, ...] = ()
    """Quotations of different articles that report the same words."""
    suggestions: tuple[Judgement, ...] = ()
    """Pairs of entities that may be one: shown to the analyst, never merged."""
