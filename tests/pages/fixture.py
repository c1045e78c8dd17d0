"""A small corpus made by hand, about a ferry in towns that do not exist: one of everything that pages show."""

from __future__ import annotations

from hashlib import sha256

from generator.aligned import AlignedText, Span
from generator.model import (
    Alias,
    Annotated,
    Article,
    Clue,
    Corpus,
    DateMention,
    Document,
    Entity,
    Event,
    Evidence,
    Field,
    Gloss,
    Issue,
    Judgement,
    Link,
    Located,
    Mention,
    Published,
    Quote,
    Reference,
    Removal,
    ResolvedQuote,
    ResolvedReference,
    SeedText,
    Signal,
    Zone,
)
from generator.pages import SiteFacts

COURIER = """\
Lenn and Osterby reopen the ferry line after eleven years
By Ida Falk, Westmark Courier, 3 May 2031
ADVERTISEMENT 300x250
Lenn and Osterby reopened their ferry line on 2 May, ending eleven years in which the only way across the sound \
was the bridge at Hallmar. Harbour master Ada Morrow cut the ribbon in front of some four hundred people.
“We have waited long enough for the water to belong to us again,” Morrow said. “The timetable is modest, and it \
will stay modest until the second boat is paid for.”
Tomas Lindqvist, who leads the Osterby council, told the Courier that the line had cost less than planned. He gave \
no figure.
The Lenn Harbour Authority said the ferry would make six crossings a day until September, and that it had sold \
1,200 tickets in advance. A fisherman's cottage at the Osterby pier now houses the ticket office.
Share this article   Tweet   Mail
(Nordwest Wire)
"""

SPUN = """\
The leader of the Osterby council has claimed that the brand new ferry line will repay its price inside 5 years, \
regardless of doubts in Lenn concerning the second boat.
Lindqvist instructed reporters final Friday (native time) that ticket gross sales had been "past all hopes", in \
response to the Nordwest Wire.
On Could 2, the 2 cities opened the road, a transfer that many in Hallmar seen as a blow to the bridge.
Ada Morrow, the harbour grasp, didn't touch upon the figures. The Lenn Harbour Authority will publish them \
subsequent month.
"""

TRANSLATED = """\
Transport

The bridge at Hallmar and the ferry ‘secretly agreed’

Park Do-yun Transport 2031. 5. 9. 21:40
728x90

The bridge at Hallmar, which collects tolls, was said to have known of the ferry plans since 2029.
A senior official of the Westmark Ministry of Transport told the Westmark Courier, “It was agreed on the 7th that \
tolls will not rise this year.”
박도윤 기자는 렌 항만청이 이를 부인했다고 전했다. Morrow's office did not answer.
See <The bridge that nobody wanted, March 3, 2030><Ferry line reopens, May 3, 2031>
"""

HOSTILE = """\
<script>alert(1)</script> & "quotes" [TOC] {{ config }}
# not a heading
--8<-- "secret.txt" [link](javascript:alert(1)) `code` *[abbr]: x ![img](x) <img src=x onerror=alert(1)>
&lt;b&gt; stays as written; $x^2$ ~~gone~~ ==marked== :smile: www.example.org a@example.org
"""


def corpus() -> Corpus:
    """Four articles: plain, spun and undated, translated, hostile."""
    articles = (_courier(), _spun(), _translated(), _hostile())
    located = {article.id: article for article in articles}
    entities = (
        _entity("person/ada-morrow", "Ada Morrow", located, description="harbour master of Lenn"),
        _entity("person/tomas-lindqvist", "Tomas Lindqvist", located, aliases=(("Lindqvist", True),)),
        _entity("person/park-do-yun", "Park Do-yun", located, aliases=(("박도윤", False),)),
        _entity("organization/lenn-harbour-authority", "Lenn Harbour Authority", located),
        _entity("organization/nordwest-wire", "Nordwest Wire", located, description="news agency"),
        _entity("organization/westmark-courier", "Westmark Courier", located),
        _entity("place/hallmar", "Hallmar", located, coordinates=(58.25, 11.5)),
        _entity("place/lenn", "Lenn", located),
        _entity("place/osterby", "Osterby", located),
    )
    return Corpus(
        articles=articles,
        entities=entities,
        events=(
            Event(
                id="2031-05-02-lenn-and-osterby-reopen-the-ferry-line",
                date="2031-05-02",
                precision="day",
                title="Lenn and Osterby reopen the ferry line",
                entities=("place/lenn", "place/osterby", "person/ada-morrow"),
                evidence=(
                    _evidence(located["courier"], "reopened their ferry line"),
                    _evidence(located["spun"], "opened the road"),
                ),
                conflicts=("crossings a day: six in “Lenn and Osterby”; eleven in “The leader”",),
            ),
            Event(
                id="2029-bridge-learns-of-the-plans",
                date="2029",
                precision="year",
                title="The bridge at Hallmar knows of the ferry plans",
                entities=("place/hallmar",),
                evidence=(_evidence(located["translated"], "since 2029"),),
            ),
        ),
        links=(
            Link("courier", "spun", "both name Ada Morrow and Tomas Lindqvist (2 more names in common)", 0.8),
            Link(
                "courier",
                "spun",
                "9 of 10 names and numbers stand in the same order: one story in other words",
                0.7,
                "version",
            ),
            Link("courier", "translated", "both name Hallmar and Westmark Courier", 0.4),
        ),
        quotes=(
            _quote(located["courier"], "We have waited long enough for the water to belong to us again,", "Ada Morrow"),
            _quote(located["courier"], "the line had cost less than planned", "Tomas Lindqvist", kind="indirect"),
            _quote(located["spun"], "past all hopes", "Tomas Lindqvist", via="Nordwest Wire"),
            _quote(
                located["translated"],
                "It was agreed on the 7th that tolls will not rise this year.",
                "unnamed: senior official of the Westmark Ministry of Transport",
                via="Westmark Courier",
            ),
        ),
        references=tuple(
            ResolvedReference("translated", reference, "courier" if reference.date == "2031-05-03" else "", 0.9)
            for reference in located["translated"].annotated.document.references
        ),
        suggestions=(
            Judgement("person/park-do-yun", "person/tomas-lindqvist", "unsure", 0.6, "surnames one letter apart"),
        ),
    )


def facts() -> SiteFacts:
    """What goes with `corpus`."""
    articles = {article.id: article for article in corpus().articles}
    return SiteFacts(
        name="Ferries of Westmark",
        version="0.1.0",
        generated="2031-06-01T12:00:00Z",
        seeds=5,
        issues=(
            Issue("error", "empty", "blank.txt", "the file is empty", "paste the article into it, or delete the file"),
        ),
        key_points={
            "courier": (_evidence(articles["courier"], "reopened their ferry line"),),
            "spun": (_evidence(articles["spun"], "repay its price"),),
        },
    )


def _courier() -> Article:
    seed = _seed("courier.txt", COURIER)
    headline, byline, ad = COURIER.splitlines()[:3]
    bodies = COURIER.splitlines()[3:7]
    share, credit = COURIER.splitlines()[7:9]
    document = _document(
        "courier",
        seed,
        zones=(_zone(seed, headline, "headline"), _zone(seed, byline, "byline"), *_bodies(seed, bodies)),
        ledger=(
            _removal(seed, headline, "headline", "title"),
            _removal(seed, byline, "byline", "authors"),
            _removal(seed, ad, "ad-slot"),
            _removal(seed, share, "share-line"),
            _removal(seed, credit, "closing-credit", "credit"),
        ),
        title=Field(headline, "headline", (_span(seed, headline),)),
        authors=(Field("Ida Falk", "byline", (_span(seed, "Ida Falk"),)),),
        outlet=Field("Westmark Courier", "byline", (_span(seed, "Westmark Courier"),)),
        credit=Field("Nordwest Wire", "closing-credit", (_span(seed, credit),)),
        published=Published("2031-05-03", "day", "byline", (_span(seed, "3 May 2031"),)),
    )
    names = {
        "Lenn": "place",
        "Osterby": "place",
        "Hallmar": "place",
        "Ada Morrow": "person",
        "Morrow": "person",
        "Tomas Lindqvist": "person",
        "Lenn Harbour Authority": "organization",
    }
    dates = (
        DateMention(_span(seed, "2 May,"), "2 May", 1, "2031-05-02", "day", "month and day, from published 2031-05-03"),
    )
    return _article(document, names, dates)


def _spun() -> Article:
    seed = _seed("spun.txt", SPUN)
    document = _document(
        "spun",
        seed,
        zones=_bodies(seed, SPUN.splitlines()),
        ledger=(),
        title=Field(
            "The leader of the Osterby council has claimed that the brand new ferry line…", "lede", inferred=True
        ),
        published=Published(
            earliest="2031-05-02",
            latest="2031-06-30",
            clues=(
                Clue("The text tells of “On Could 2” as past.", "2031-05-02", source="courier"),
                Clue("The text tells of “subsequent month” as still to come.", latest="2031-06-30"),
            ),
        ),
        glosses=tuple(
            Gloss(_span(seed, surface), surface, original, surface)
            for surface, original in (("final Friday (native time)", "last Friday (local time)"), ("Could 2", "May 2"))
        ),
        signals=(
            Signal(
                "word-spun",
                0.9,
                "Turns of phrase follow another language: “final Friday”. The language of the text could not be told.",
            ),
        ),
    )
    names = {
        "Osterby": "place",
        "Lenn": "place",
        "Lindqvist": "person",
        "Nordwest Wire": "organization",
        "Hallmar": "place",
        "Ada Morrow": "person",
        "Lenn Harbour Authority": "organization",
    }
    dates = (
        DateMention(_span(seed, "final Friday"), "final Friday", 2, "", None, ""),
        DateMention(
            _span(seed, "Could 2"),
            "Could 2",
            3,
            "2031-05-02",
            "day",
            "day of the month, the same happening is dated in courier",
            inferred=True,
        ),
    )
    return _article(document, names, dates)


def _translated() -> Article:
    seed = _seed("translated.txt", TRANSLATED)
    lines = [line for line in TRANSLATED.splitlines() if line]
    document = _document(
        "translated",
        seed,
        zones=(_zone(seed, lines[1], "headline"), *_bodies(seed, lines[4:7])),
        ledger=(
            _removal(seed, lines[0], "section-word", "category"),
            _removal(seed, lines[3], "ad-slot"),
            _removal(seed, lines[7], "reference-list", "references"),
        ),
        title=Field(lines[1], "headline", (_span(seed, lines[1]),)),
        authors=(Field("Park Do-yun", "byline", (_span(seed, "Park Do-yun"),)),),
        category=Field("Transport", "section-word", (_span(seed, "Transport"),)),
        published=Published("2031-05-09T21:40", "minute", "byline", (_span(seed, "2031. 5. 9. 21:40"),)),
        translated_from=Field(
            "Korean",
            "script-residue",
            inferred=True,
            note="Korean labels over en text, and words glued by no-break spaces",
        ),
        references=(
            Reference(
                _span(seed, "The bridge that nobody wanted"), "The bridge that nobody wanted", "2030-03-03", "see"
            ),
            Reference(_span(seed, "Ferry line reopens"), "Ferry line reopens", "2031-05-03", "see"),
        ),
        signals=(
            Signal(
                "machine-translated",
                0.8,
                "Korean script is left in the page: “박도윤”. Turns of phrase follow another language: “was said”.",
            ),
        ),
    )
    names = {"Hallmar": "place", "Westmark Courier": "organization", "박도윤": "person", "Morrow": "person"}
    dates = (
        DateMention(_span(seed, "2029"), "2029", 1, "2029", "year", "year, as written"),
        DateMention(
            _span(seed, "the 7th"), "the 7th", 2, "2031-05-07", "day", "day of the month, from published 2031-05-09"
        ),
    )
    return _article(document, names, dates)


def _hostile() -> Article:
    seed = _seed('bad "name" <b>.txt', HOSTILE)
    lines = HOSTILE.splitlines()
    document = _document(
        "hostile",
        seed,
        zones=_bodies(seed, lines[1:]),
        ledger=(_removal(seed, lines[0], "headline", "title"),),
        title=Field(lines[0], "headline", (_span(seed, lines[0]),)),
        category=Field("<img src=x onerror=alert(1)>", "override"),
    )
    return _article(document, {}, ())


def _seed(name: str, text: str) -> SeedText:
    return SeedText(name, sha256(text.encode()).hexdigest(), text, "utf-8")


def _span(seed: SeedText, text: str, after: int = 0) -> Span:
    start = seed.text.index(text, after)
    return Span(start, start + len(text))


def _zone(seed: SeedText, text: str, kind: str, paragraph: int | None = None) -> Zone:
    aligned = AlignedText.verbatim(text, _span(seed, text).start)
    return Zone(kind, aligned, aligned, paragraph)  # type: ignore[arg-type]


def _bodies(seed: SeedText, texts: list[str]) -> tuple[Zone, ...]:
    return tuple(_zone(seed, text, "body", number) for number, text in enumerate(texts, 1))


def _removal(seed: SeedText, text: str, rule: str, moved_to: str = "") -> Removal:
    return Removal(_span(seed, text), rule, text, moved_to)


def _document(identity: str, seed: SeedText, **fields: object) -> Document:
    values: dict[str, object] = {
        "authors": (),
        "outlet": None,
        "credit": None,
        "category": None,
        "language": Field("en", "language-model", inferred=True),
        "translated_from": None,
        "url": None,
        "published": Published(),
        "updated": Published(),
        "references": (),
        "glosses": (),
        "signals": (),
        "words": len(seed.text.split()),
    }
    return Document(id=identity, seed=seed, **{**values, **fields})  # type: ignore[arg-type]


def _article(document: Document, names: dict[str, str], dates: tuple[DateMention, ...]) -> Article:
    sentences: list[Span] = []
    mentions: list[Mention] = []
    for zone in document.body:
        text, start = zone.text.text, zone.text.runs[0].start
        at = 0
        for piece in text.replace(". ", ".\0").split("\0"):
            sentences.append(Span(start + at, start + at + len(piece)))
            at += len(piece) + 1
        taken: set[int] = set()
        for name in sorted(names, key=len, reverse=True):
            at = text.find(name)
            while at >= 0:
                if not taken.intersection(range(at, at + len(name))):
                    taken.update(range(at, at + len(name)))
                    span = Span(start + at, start + at + len(name))
                    kind = names[name]
                    mentions.append(
                        Mention(span, name, kind, name, "gazetteer", 0.9, "body", zone.paragraph, weak=name == "Morrow")  # type: ignore[arg-type]
                    )
                at = text.find(name, at + 1)
    return Article(
        Annotated(document, tuple(sentences), tuple(sorted(mentions, key=lambda one: one.span)), (), ()),
        document.published,
        dates,
    )


def _entity(
    identity: str,
    name: str,
    articles: dict[str, Article],
    *,
    description: str = "",
    aliases: tuple[tuple[str, bool], ...] = (),
    coordinates: tuple[float, float] | None = None,
) -> Entity:
    weak = ((name.rsplit(maxsplit=1)[-1], True),) if identity == "person/ada-morrow" else ()
    known = {name: False, **dict(aliases), **dict(weak)}
    located = [
        Located(article.id, mention)
        for article in articles.values()
        for mention in article.annotated.mentions
        if mention.name in known
    ]
    counts = {one: [place for place in located if place.mention.name == one] for one in known}
    return Entity(
        identity,
        identity.split("/", maxsplit=1)[0],  # type: ignore[arg-type]
        name,
        identity.split("/")[1],
        tuple(
            Alias(
                one,
                len(places),
                tuple(sorted({place.article for place in places})),
                "surname; the document names one bearer" if known[one] else "named in full",
                known[one],
            )
            for one, places in counts.items()
            if places
        ),
        tuple(located),
        description,
        "apposition in courier#p1" if description else "",
        latitude=coordinates[0] if coordinates else None,
        longitude=coordinates[1] if coordinates else None,
        judgements=tuple(Judgement(name, one, "same", 0.9, "surname") for one in known if one != name),
    )


def _evidence(article: Article, part: str) -> Evidence:
    start = article.annotated.document.seed.text.index(part)
    sentence = next(span for span in article.annotated.sentences if span.start <= start < span.end)
    zone = next(zone for zone in article.annotated.document.body if zone.text.view_span(sentence))
    text = article.annotated.document.seed.text[sentence.start : sentence.end]
    return Evidence(article.id, zone.paragraph or 0, sentence, text)


def _quote(article: Article, text: str, speaker: str, *, kind: str = "direct", via: str = "") -> ResolvedQuote:
    span = _span(article.annotated.document.seed, text)
    zone = next(zone for zone in article.annotated.document.body if zone.text.view_span(span))
    entity = "" if speaker.startswith("unnamed") else "person/" + speaker.lower().replace(" ", "-")
    via_entity = "organization/" + via.lower().replace(" ", "-") if via else ""
    quote = Quote(span, text, kind, zone.paragraph or 0, speaker)  # type: ignore[arg-type]
    return ResolvedQuote(article.id, quote, speaker, entity, via, via_entity)
