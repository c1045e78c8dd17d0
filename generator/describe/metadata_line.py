"""A line of metadata: `By Jane Roe | The Town Gazette | Published: 5 March 2024`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.describe.names import Credited, Found, is_outlet_name, read_byline
from generator.describe.timestamps import DayOrder, Stamp, find_stamps
from generator.describe.words import Words, load_words

FieldName = Literal[
    "title", "author", "published", "updated", "outlet", "category", "url", "credit", "language", "references", "byline"
]
# Metadata is short; a longer line with a date in it is a sentence.
LIMIT = 260
_PAIR = re.compile(r"\s?(?:&|\band\b|\bund\b|\by\b|\bet\b|/)\s?")
_COMPANY = re.compile(
    r"\b(?:plc|inc|ltd|llc|l\.l\.c|gmbh|corp|co|s\.?a|ag|limited|dac|b\.?v|pte|pty|oyj?|ab|asa)\.?$", re.IGNORECASE
)
# `412,880 views`, `7 min read`: what pages count beside a date.
_COUNTED = re.compile(
    r"[\d.,]{1,12} ?[kKmM]?\s(?:views?|reads?|comments?|shares?|likes?|min(?:ute)?s?(?: read)?|replies|votes)",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\s{0,9}(?:[A-ZÀ-Ý][\w’'-]{1,20}\s){0,2}[A-ZÀ-Ý][\w’'-]{1,20}(?:,|\s?\|)\s{1,2}")
_URL = re.compile(r"https?://[^\s<>\"'()（）]{3,1500}", re.IGNORECASE)
_MARK = re.compile(r"\s?[|·•¦►▶]\s?|\t+| {3,}|\s[-–—/~]\s|\s{0,1}[-–—]{2}\s?|(?<=\))\s|\s?/\s?(?=[A-Z가-힣])")
_EDGE = " \t,;.|/·•-–—:()[]*¦►▶~\u3000=<>"
_FILLERS = frozenset(
    {
        "on",
        "at",
        "in",
        "updated",
        "published",
        "posted",
        "gmt",
        "am",
        "pm",
        "and",
        "by",
        "the",
        "date",
        "time",
        "유",
        "에",
        "ago",
    }
)
# `Posted by Jane Roe on May 4, 2021`: the word that joins a name and the date behind it.
_JOINS_DATE = re.compile(r"(?<=[\w)])[ ,]{1,2}(?:on|at|am|le|el|em|il|den|vom)\Z", re.IGNORECASE)
_INITIALS = re.compile(r"/[a-z]{2,3}(?:\([a-z]{2,3}\))?\Z")
_SIGNED = re.compile(r"(?:^|[|·•–—/-]\s?)By\s+[A-Z]|[가-힣]\s?(?:기자|특파원)\b")
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w.-]{3,80}")
_REPORTING = re.compile(
    r"\W{0,3}(?:additional )?(?:reporting|writing|story|report) by\s+([^;.()]{3,160})", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:(?:contact|e-?mail|reach|follow|write to|send (?:tips|comments) to)\b.{0,90}\S@\S.{0,90}"
    r"|[^.]{3,60}\b(?:(?:can be reached|may be reached|is reachable)\b|(?:tweets|posts) (?:(?:at|as)\b|@)).{0,120}"
    r"|(?:e-?mail|메일|이메일|contact)?\s?[:：]?\s?[<(\[]?[\w.+-]{1,60}@[\w.-]{3,80}[>)\]]?)\Z",
    re.IGNORECASE,
)


# Dates that are not of the article: of readers, of posts of theirs, of events.
_OTHER_DATE = re.compile(
    r"\W{0,3}(?:joined|member since|registered|last (?:visit|seen|edited|login|active)|expires?|deadline|valid|born|"
    r"next|archived|today is|printed|a version of this|accessed|retrieved)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, offsets into it, and the field that it states."""

    start: int
    end: int
    field: FieldName
    rule: str
    value: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a line is read with. `first`: see `timestamps.day_first`."""

    first: DayOrder = ""
    dated: bool = False
    """A neighbouring line is a date, so a bare name here is a byline."""
    tail: bool = False
    """The line stands after the article, where only labelled metadata counts."""


def read_line(text: str, around: Surroundings) -> list[Piece] | None:
    """The pieces of the metadata line `text`, in order and without gaps, or `None` where it is none."""
    words = load_words()
    bare = text.strip()
    if not bare or len(bare) > LIMIT or _OTHER_DATE.match(bare):
        return None
    whole = _whole(text, words, around)
    if whole:
        return whole
    pieces = _stamped(text, words, around)
    if (
        not pieces
        and around.tail
        and not re.match(r"\W{0,3}(?:by|von|por)\b|.{0,30}(?:기자|특파원)|.{0,60}\S@\S", text, re.IGNORECASE)
    ):
        return None
    if around.tail and pieces and all(piece.rule == "date" for piece in pieces):
        return None
    found: list[Piece] = []
    position = 0
    signed = bool(words.author_prefix.match(bare)) or bool(_SIGNED.search(text)) or _sourced(bare, words)
    # A clock, or a date that opens a short line, is metadata whatever stands beside it.
    clocked = any(piece.stamp and piece.stamp.precision == "minute" for piece in pieces) and len(bare) <= 120
    opening = bool(pieces) and not text[: pieces[0].start].strip() and len(bare) <= 60
    # `Marlow, 15 February 2024`: where it was written, and when.
    placed = len(pieces) == 1 and len(bare) <= 60 and not text[pieces[0].end :].strip(" .")
    placed = placed and _PLACED.fullmatch(text[: pieces[0].start]) is not None
    labelled = signed or clocked or opening or placed or any(piece.rule.endswith("label") for piece in pieces)
    for piece in [*pieces, None]:
        end = piece.start if piece else len(text)
        between = _between(text, position, end, words, around, stamped=bool(pieces) or signed, labelled=labelled)
        if between is None:
            return None
        found.extend(between)
        if piece:
            found.append(piece)
            position = piece.end
    if not found or all(piece.rule == "beside-date" for piece in found):
        return None
    return _gapless(found, len(text))


def _sourced(text: str, words: Words) -> bool:
    """Whether `text` is the label of an outlet and more behind a bar: `Source: Orla FM | Jo Keane`."""
    label = words.label.match(text)
    return label is not None and "|" in text and words.label_fields[label[1].casefold()] == "outlet"


def _gapless(pieces: list[Piece], length: int) -> list[Piece]:
    """`pieces` widened so that the marks between them belong to the one that follows."""
    widened = []
    position = 0
    for index, piece in enumerate(pieces):
        end = length if index == len(pieces) - 1 else piece.end
        widened.append(Piece(position, end, piece.field, piece.rule, piece.value, piece.stamp))
        position = end
    return widened


def _whole(text: str, words: Words, around: Surroundings) -> list[Piece] | None:
    """A line that is one field: an address, a contact, or a label with its value."""
    length = len(text)
    month = _partial_date(text.strip(_EDGE), words)
    if len(month) == 7 and not around.tail:
        # The issue of a magazine. A year alone may be a headline.
        return [Piece(0, length, "published", "date", month, Stamp(0, length, month, "month"))]
    address = _URL.search(text)
    if address and text[address.end() :].strip(_EDGE) == "":
        lead = text[: address.start()].strip(_EDGE).casefold()
        if not lead or lead in words.label_fields:
            return [Piece(0, length, "url", "url-line", address[0].rstrip(".,;"))]
    reporting = _REPORTING.match(text)
    if reporting:
        credited = read_byline(reporting[1], explicit=True)
        if credited and credited.authors:
            start = reporting.start(1)
            pieces = _credited_pieces(credited, start, length, "reporting-credit", whole=True)
            return [Piece(0, start, "byline", "reporting-credit"), *pieces]
    if _CONTACT.match(text.strip()) and len(text) <= 200:
        return [Piece(0, length, "author", "contact-line")]
    labelled = _labelled(text, words, around)
    return [labelled] if labelled else None


def _labelled(text: str, words: Words, around: Surroundings) -> Piece | None:
    """A label with its value, the author's and full dates excepted."""
    length = len(text)
    label = words.label.match(text)
    if not label or not text[label.end() :].strip():
        return None
    field = words.label_fields[label[1].casefold()]
    colon = text[label.end(1) : label.end()].strip() in (":", "：")
    value = text[label.end() :].strip().strip("<>")
    partial = _partial_date(value, words)
    if partial and (field in ("published", "updated") or label[1].casefold().endswith(" in")):
        stamp = Stamp(label.end(), length, partial, "month" if len(partial) == 7 else "year")
        name: FieldName = "updated" if field == "updated" else "published"
        return Piece(0, length, name, "date-label", partial, stamp)
    if not colon:
        return None
    if field == "title" and len(value) <= 250:
        return Piece(0, length, "title", "title-label", value)
    if field == "category" and len(value) <= 60 and len(value.split()) <= 5:
        return Piece(0, length, "category", "category-label", value)
    if (
        field == "outlet"
        and "@" not in value
        and "|" not in value
        and len(value) <= 60
        and len(value.split()) <= 7
        and not value.endswith((".", "?"))
    ):
        # `Reuters/lk`: the agency, and who edited it.
        agency = words.agencies.get(_INITIALS.sub("", value).casefold())
        if agency:
            return Piece(0, length, "credit", "source-label", agency)
        if _COMPANY.search(value):
            # A release names the company that sent it; that is no outlet.
            return Piece(0, length, "byline", "source-label")
        if (not list(find_stamps(value, around.first)) and value[:1].isupper()) or value[:1] > "\u2e80":
            return Piece(0, length, "outlet", "source-label", words.outlets.get(value.casefold(), value))
    if field == "credit" and value.casefold() in words.agencies:
        return Piece(0, length, "credit", "credit-label", words.agencies[value.casefold()])
    if field == "language" and len(value) <= 20:
        code = words.language_names.get(value.casefold(), value.casefold())
        return Piece(0, length, "language", "language-label", code) if re.fullmatch(r"[a-z]{2,3}", code) else None
    return None


def _partial_date(value: str, words: Words) -> str:
    match = re.fullmatch(r"(?:([^\W\d_]{3,10})\.?,? )?((?:19|20)\d\d)", value)
    if not match:
        return ""
    if not match[1]:
        return match[2]
    month = words.months.get(match[1].casefold())
    return f"{match[2]}-{month:02}" if month else ""


def _stamped(text: str, words: Words, around: Surroundings) -> list[Piece]:
    """The dates of a line with the labels before them."""
    pieces: list[Piece] = []
    position = 0
    for stamp in find_stamps(text, around.first):
        before = text[position : stamp.start]
        start, field, rule = stamp.start, "published", "date"
        label = _label_at_end(before, words)
        if label:
            offset, name = label
            start, rule = position + offset, "date-label"
            field = "updated" if name == "updated" else "published"
        elif text[stamp.start : stamp.end].casefold().startswith(tuple(words.eras)):
            # `(Juche113.2.15.)`: pages do not print the day of printing in an era of the state's.
            rule = "date-label"
        elif pieces:
            # A second date without a label is when the page was changed last.
            field = "updated"
        pieces.append(Piece(start, stamp.end, "updated" if field == "updated" else "published", rule, stamp.iso, stamp))
        position = stamp.end
    return pieces


def _label_at_end(before: str, words: Words) -> tuple[int, str] | None:
    """Where the label of a date that follows `before` begins, and its field."""
    core = before.rstrip(" \t:：-–—|(>")
    for match in re.finditer(r"(?:(?<=[\s|·•,(\[/])|^)(?=\S)", core[-60:]):
        offset = max(len(core) - 60, 0) + match.start()
        label = core[offset:].casefold().strip(" :：[(")
        field = words.label_fields.get(label) or words.label_fields.get(label.removesuffix(" on").removesuffix(" at"))
        if field in ("published", "updated", "stamp"):
            return offset, "published" if field == "stamp" else field
    return None


def _between(
    text: str, start: int, end: int, words: Words, around: Surroundings, *, stamped: bool, labelled: bool
) -> list[Piece] | None:
    """The pieces of a stretch without dates; `None` where part of it is no metadata."""
    found: list[Piece] = []
    position = start
    marks = [*_MARK.finditer(text, start, end), None]
    for mark in marks:
        stop = mark.start() if mark else end
        fragment = text[position:stop]
        core = fragment.strip(_EDGE)
        if mark is None and end < len(text):
            core = _JOINS_DATE.sub("", core)
        if core and core.casefold() not in _FILLERS and not _other_calendar(core, words):
            offset = position + fragment.index(core)
            pieces = _fragment(core, offset, words, around, stamped=stamped)
            if pieces is None:
                # The place or desk beside a labelled date; it names no field, and it is not the article's text.
                if not (labelled and len(core) <= 40 and len(core.split()) <= 4):
                    return None
                pieces = [Piece(offset, offset + len(core), "byline", "beside-date")]
            found.extend(pieces)
        position = mark.end() if mark else end
    return found


def _other_calendar(core: str, words: Words) -> bool:
    """`Tuesday, 28 Safar 1443`: the day once more, in the Islamic calendar."""
    match = words.hijri.search(core)
    return match is not None and core[: match.start()].strip(" ,").casefold() in words.weekdays | {""}


def _fragment(core: str, offset: int, words: Words, around: Surroundings, *, stamped: bool) -> list[Piece] | None:
    end = offset + len(core)
    folded = core.casefold()
    if _MAIL.fullmatch(core) or _COUNTED.fullmatch(core):
        return [Piece(offset, end, "byline", "beside-date")]
    if is_category(core, words):
        return [Piece(offset, end, "category", "section-word", core)]
    if folded in words.agencies:
        return [Piece(offset, end, "credit", "agency-line", words.agencies[folded])]
    relayed = re.match(r"(?:with|avec|mit|con|com|via|from|in)\s(.{2,40})", core, re.IGNORECASE)
    if relayed and relayed[1].casefold() in words.agencies:
        return [Piece(offset, end, "credit", "agency-line", words.agencies[relayed[1].casefold()])]
    month = _partial_date(core, words)
    if len(month) == 7 and not around.tail and not stamped:
        return [Piece(offset, end, "published", "date", month, Stamp(offset, end, month, "month"))]
    labelled = _labelled(core, words, around) if words.label.match(core) else None
    if labelled:
        return [Piece(offset, end, labelled.field, labelled.rule, labelled.value, labelled.stamp)]
    prefix = words.author_prefix.match(core)
    label = words.label.match(core)
    if not prefix and label and words.label_fields[label[1].casefold()] == "author":
        prefix = label
    if prefix:
        credited = read_byline(core[prefix.end() :], explicit=True)
        if credited:
            return _credited_pieces(credited, offset + prefix.end(), end, "byline")
        return None
    credited = read_byline(core, explicit=False)
    if credited and (credited.authors or stamped):
        evident = stamped or around.dated or _has_role(core, words)
        if evident:
            return _credited_pieces(credited, offset, end, "byline")
        return None
    if (stamped or around.dated) and is_outlet_name(core, words):
        return [Piece(offset, end, "outlet", "byline", words.outlets.get(folded, core))]
    return None


def _has_role(core: str, words: Words) -> bool:
    return (
        bool(words.roles.search(core)) or "@" in core or any(is_category(token, words) for token in _glued_ends(core))
    )


def _glued_ends(core: str) -> list[str]:
    return [core[length:] for length in (2, 3, 4)]


# Entries that a trail with bars may have.
_BARRED = 3


def is_category(text: str, words: Words) -> bool:
    """Whether `text` is a word for a section, or two of them: `Companies & Markets`."""
    folded = text.casefold()
    if folded in words.categories:
        return True
    pair = _PAIR.split(folded)
    return len(pair) == 2 and all(word in words.categories for word in pair)


def _credited_pieces(credited: Credited, offset: int, end: int, rule: str, *, whole: bool = False) -> list[Piece]:
    pieces = [Piece(offset + low, offset + high, "author", rule, name) for low, high, name in credited.authors]
    named: tuple[tuple[FieldName, Found | None], ...] = (
        ("category", credited.category),
        ("credit", credited.agency),
        ("outlet", credited.outlet),
    )
    for field, found in named:
        if found:
            pieces.append(Piece(offset + found[0], offset + found[1], field, rule, found[2]))
    pieces.sort(key=lambda piece: piece.start)
    if not pieces:
        return [Piece(offset, end, "byline", rule)]
    last = pieces[-1]
    if whole or last.end < end:
        pieces[-1] = Piece(last.start, end, last.field, last.rule, last.value)
    return pieces


def are_beside(text: str, words: Words) -> bool:
    """Whether `text` names sections beside each other, none the article's: `Home | News | Sport | Weather`.

    `Home | News | Local` may be a trail; four entries with bars between them, two of them sections, are a menu.
    """
    entries = text.replace("｜", "|").split("|")
    return len(entries) > _BARRED and sum(is_category(entry.strip(), words) for entry in entries) > 1
