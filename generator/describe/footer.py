"""What stands under the article, and what its first line says of it: credit, contacts, references, dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.describe.metadata_line import Surroundings, read_line
from generator.describe.names import is_person_name, read_byline
from generator.describe.parts import Claim, Draft, is_prose
from generator.describe.timestamps import DayOrder, find_stamps
from generator.describe.words import Words, load_words

_CREDIT = re.compile(r"\s?[(（\[【<]\s?([^()（）\[\]【】<>]{2,80})\s?[)）\]】>]\s?\.?$")
_DASHED_CREDIT = re.compile(r"(?:^|(?<=[.!?”\"'’])\s{0,2})[-–—/~]{1,2}\s?([^-–—/.!?]{2,40})\.?$")
_CREDIT_LINE = re.compile(
    r"(?:source|via|credit|agency|with agencies|출처|来源|来源于|quelle|fuente)\s?[:：]\s?(.{2,60})$", re.IGNORECASE
)
_CREDIT_PART = re.compile(r"\s?(?:[,;/&+·、]|\band\b|\bwith\b|\bvia\b)\s?")
# Datelines: place, date where there is one, agency, and the dash.
_DATELINE = re.compile(
    r"(?P<place>[^()（）\[\]\n]{0,90}?)\s?[(（\[](?P<agency>[^()（）\[\]=]{2,40})[)）\]]\s?(?:[-–—―=.:]{1,3}|$)"
    r"|[(（\[](?P<place2>[^()（）=]{1,30})=(?P<agency2>[^()（）=]{2,30})[)）\]]"
    r"|[【［](?P<agency3>[^【】［］]{2,30})[】］]"
    r"|(?P<place4>[^/()\n]{2,70})\s/(?P<agency4>[^/\s][^/]{1,30})/"
)
_LONE_DATELINE = re.compile(r"[^()（）]{2,60}[(（][^()（）]{2,40}[)）]\s?[-–—_=]{1,2}")
_KOREAN_WRITER = re.compile(r"\s{0,3}([가-힣 ,·]{2,40}?(?:특파원|기자))\s?=")
_DASH = re.compile(r"\s?(?:\([^()]{2,40}\)|/[^/]{2,30}/)?\s?(?:--?|–|—|―|:|/)\s")
_REFERENCE = re.compile(r"[<＜〈《]([^<>＜＞〈〉《》]{6,400})[>＞〉》]")
_MARKUP = re.compile(r"/?[a-z][a-z0-9]{0,15}(?:\s?/?$|\s+[\w-]+=)", re.IGNORECASE)
_STOPPED = re.compile(r"[.!?。！？]['\"”’」』)\]]{0,2}(?:\s?[(\[（【][^()\[\]]{2,60}[)\]）】]\.?)?$|[\"”’」』]$")
_SPOKEN = re.compile(r"[^:：]{1,40}[:：]\s\S")
_EAST_ASIAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")
_NUMBERED = re.compile(r"(?:\[\d{1,2}\]|\d{1,2}[.)]|[¹²³⁴-⁹]{1,2}|[①-⑳*†‡•·-])\s{0,3}")
_FOOTNOTE = re.compile(r"(?:\[\d{1,2}\]|[¹²³⁴-⁹]{1,2})\s{0,3}(?=\S)")
_ADDRESS = re.compile(r"[\s.,;(<]{0,4}https?://\S{1,500}\s{0,3}$")
_DATED = re.compile(r"[\s,;(]{0,3}(?:(?:dated|published|posted|from|on|accessed|,)\s)?[\s(]{0,2}$", re.IGNORECASE)
# References and credits stand in the last parts of a page; a list of references has at most this many entries.
_TAIL_PARTS = 40


def read_footer(draft: Draft, first: DayOrder) -> None:
    """Claim references, closing credit and metadata lines after the last paragraph of the article."""
    words = load_words()
    _claim_references(draft, first, words)
    _claim_reference_lists(draft, first, words)
    _claim_footnotes(draft, first)
    seen_prose = False
    for index in range(len(draft.parts) - 1, max(len(draft.parts) - _TAIL_PARTS, -1), -1):
        if index == 0 or seen_prose:
            break
        part = draft.parts[index]
        if draft.claimed(index):
            continue
        pieces = read_line(part.text, Surroundings(first, tail=True))
        if pieces:
            draft.claim_pieces(index, pieces)
            continue
        if _claim_credit(draft, index, words):
            continue
        seen_prose = part.furniture is None and (is_prose(part.text) or part.shape in ("table", "list"))
    _claim_residue(draft)
    # The last paragraph itself, and one that stands before notes such as a correction.
    if not draft.having("credit"):
        for index in range(len(draft.parts) - 1, max(len(draft.parts) - 4, 0), -1):
            if not draft.claimed(index) and _claim_credit(draft, index, words):
                break


def _claim_residue(draft: Draft) -> None:
    """Scraps of the page under the article: lines of a few words that are no sentences."""
    words = load_words()
    scraps: list[int] = []
    for index in range(len(draft.parts) - 1, 0, -1):
        part = draft.parts[index]
        if draft.claimed(index) or part.furniture is not None:
            continue
        if part.shape == "table" or not _is_scrap(part.text):
            break
        scraps.append(index)
    prose = [index for index, part in enumerate(draft.parts) if _is_sentence(part.text)]
    # Where short lines stand between the paragraphs as well, they are how the article is written.
    between = range(prose[0], prose[-1]) if prose else range(0)
    if sum(_is_scrap(draft.parts[index].text) and not draft.claimed(index) for index in between) >= 2:
        return
    letters = sum(len(part.text) for part in draft.parts)
    # An article has at least two paragraphs of prose, and scraps are few; a list or a poem is made of them.
    if len(prose) < 2 or sum(len(draft.parts[index].text) for index in scraps) * 5 > letters:
        return
    for index in scraps:
        text = draft.parts[index].text
        name = text.lstrip("-–—― ")
        if is_person_name(name, words) and not draft.having("author"):
            draft.claims.append(Claim(index, 0, len(text), "author", "closing-byline", name))
        else:
            draft.claims.append(Claim(index, 0, len(text), None, "page-residue"))


def _is_sentence(text: str) -> bool:
    return bool(_STOPPED.search(text)) and (
        len(text.split()) >= 5 or (len(text) >= 15 and bool(_EAST_ASIAN.search(text)))
    )


def _is_scrap(text: str) -> bool:
    # Eight words or fifteen East Asian characters: below that a line without a stop is a button or a title.
    short = len(text) <= 15 if _EAST_ASIAN.search(text) else len(text.split()) <= 8 and len(text) <= 70
    return short and text[:1] not in "-*•" and not _STOPPED.search(text) and not _SPOKEN.match(text)


def _claim_credit(draft: Draft, index: int, words: Words) -> bool:
    text = draft.parts[index].text
    for pattern in (_CREDIT, _DASHED_CREDIT, _CREDIT_LINE):
        # A credit is in the last words of a paragraph; looking only there keeps long ones cheap.
        offset = max(len(text) - 120, 0)
        match = pattern.search(text[offset:])
        if not match or (pattern is _CREDIT_LINE and match.start() + offset > 0):
            continue
        names = _agencies(match[1], words)
        if names:
            value = "; ".join(names)
            draft.claims.append(Claim(index, offset + match.start(), len(text), "credit", "closing-credit", value))
            return True
    return False


def _agencies(text: str, words: Words) -> list[str]:
    """The agencies that a credit names; nothing where a part of it is none."""
    names: list[str] = []
    for part in _CREDIT_PART.split(text):
        core = part.strip(" .()[]")
        if not core or core.casefold() in ("agencies", "staff", "wires", "news agencies", "끝"):
            continue
        name = words.agencies.get(core.casefold()) or words.outlets.get(core.casefold())
        if not name:
            return []
        if name not in names:
            names.append(name)
    return names


def read_dateline(draft: Draft, first: DayOrder) -> tuple[Claim, ...]:
    """What the dateline of the first paragraph states: agency, date with year, Korean writers.

    The dateline stays in the body, so these claims are evidence only.
    """
    words = load_words()
    index = next((i for i, part in enumerate(draft.parts) if _opens(part.text) and not draft.claimed(i)), None)
    if index is None:
        return ()
    text = draft.parts[index].text
    head = text[:170]
    return tuple(_dateline(index, head, first, words))


def _opens(text: str) -> bool:
    """Whether `text` is the article's first paragraph, or a dateline on a line of its own."""
    return is_prose(text) or bool(_LONE_DATELINE.fullmatch(text))


def _dateline(index: int, head: str, first: DayOrder, words: Words) -> Iterator[Claim]:
    match = _DATELINE.match(head)
    if match:
        name = next(group for group in (match["agency"], match["agency2"], match["agency3"], match["agency4"]) if group)
        agencies = _agencies(name, words)
        if agencies:
            yield Claim(index, match.start(), match.end(), "credit", "dateline", "; ".join(agencies))
            writer = _KOREAN_WRITER.match(head, match.end())
            credited = read_byline(writer[1], explicit=False) if writer else None
            if writer and credited:
                for low, high, value in credited.authors:
                    yield Claim(index, writer.start(1) + low, writer.start(1) + high, "author", "dateline", value)
    wire = re.search(
        r"/(PRNewswire|Business Wire|GLOBE NEWSWIRE|ACCESSWIRE)/|\((BUSINESS WIRE|GLOBE NEWSWIRE|ACCESSWIRE)\)",
        head,
        re.IGNORECASE,
    )
    if wire and not match:
        name = (wire[1] or wire[2]).casefold()
        agency = words.agencies.get(name) or words.agencies.get(name.replace(" ", ""))
        if agency:
            yield Claim(index, wire.start(), wire.end(), "credit", "dateline", agency)
    for stamp in find_stamps(head, first):
        before, after = head[: stamp.start], head[stamp.end :]
        if stamp.start > 90 or not stamp.iso:
            break
        place = before.strip(" ,–—-(/")
        if stamp.start == 0 and stamp.precision == "day" and _DASH.match(after):
            # "Friday, December 4, 2020 – The county assembly …"
            yield Claim(index, 0, stamp.end, "published", "dateline", stamp.iso, stamp)
        # "OSTERVALE, May 21, 2024 – Brightwater …": a short place before the date, a dash after it.
        if (
            place
            and len(place) <= 60
            and place[:1].isupper()
            and not re.search(r"[.;!?]\s", place)
            and _DASH.match(after)
        ):
            yield Claim(index, stamp.start, stamp.end, "published", "dateline", stamp.iso, stamp)
        break


def _claim_references(draft: Draft, first: DayOrder, words: Words) -> None:
    """`See <title, date><title, date>`: blocks of titles in angle brackets, and such an end of a paragraph."""
    for index, part in enumerate(draft.parts):
        if part.furniture is not None or draft.claimed(index) or not any(mark in part.text for mark in "<＜〈《"):
            continue
        found = [match for match in _REFERENCE.finditer(part.text) if not _MARKUP.match(match[1])]
        if not found:
            continue
        run = [found[-1]]
        for match in reversed(found[:-1]):
            if part.text[match.end() : run[0].start()].strip(" ,;·/\n"):
                break
            run.insert(0, match)
        if part.text[run[-1].end() :].strip(" .,;"):
            continue
        lead = part.text[: run[0].start()].rstrip()
        head = re.search(r"(?:^|(?<=[.!?。”\"’)])\s{0,3})([^.!?。]{0,30})$", lead)
        cue = head[1].strip(" :：") if head else ""
        known = bool(words.reference_head.fullmatch(cue)) if cue else False
        # A block of nothing but bracketed titles needs no cue where it cites with dates, or stands among others.
        if lead and not known:
            continue
        if not lead and not (_dates_in(run, first) or index * 2 > len(draft.parts)):
            continue
        start = head.start(1) if head and known else 0
        for number, match in enumerate(run):
            begin = start if number == 0 else run[number - 1].end()
            stop = match.end() if number < len(run) - 1 else len(part.text)
            draft.claims.append(
                _reference(index, (begin, stop), match.span(1), part.text, rule="angle-brackets", first=first)
            )


def _dates_in(run: list[re.Match[str]], first: DayOrder) -> bool:
    return any(True for match in run for _ in find_stamps(match[1], first))


def _reference(
    index: int, claimed: tuple[int, int], inner: tuple[int, int], text: str, *, rule: str, first: DayOrder
) -> Claim:
    """The claim on one reference; its title is the inner stretch of `text` without the date at its end."""
    low, high = inner
    address = _ADDRESS.search(text, low, high)
    body = text[low : address.start() if address and address.start() > low else high]
    stamps = [stamp for stamp in find_stamps(body, first) if stamp.iso]
    title, date = body, None
    if stamps and not body[stamps[-1].end :].strip(" .)"):
        date = stamps[-1]
        title = _DATED.sub("", body[: date.start])
    shown = low + len(body) - len(body.lstrip()), low + len(body.rstrip())
    return Claim(index, *claimed, "references", rule, " ".join(title.split()).strip(" ,;"), date, shown)


def _claim_reference_lists(draft: Draft, first: DayOrder, words: Words) -> None:
    """`Related: …` lines, and a heading such as `Related articles` or `References` over a list."""
    count = len(draft.parts)
    for index, part in enumerate(draft.parts):
        if part.furniture is not None or draft.claimed(index) or index == 0:
            continue
        head = words.reference_head.match(part.text)
        if not head:
            continue
        value = part.text[head.end() :].strip(" :：")
        colon = part.text[head.end() : head.end() + 3].strip()[:1] in (":", "：")
        if value and colon and len(part.text) <= 300 and not _two_sentences(value):
            low = part.text.rindex(value)
            draft.claims.append(
                _reference(
                    index, (0, len(part.text)), (low, low + len(value)), part.text, rule="related-line", first=first
                )
            )
            continue
        if value:
            continue
        entries: list[int] = []
        for other in range(index + 1, min(count, index + 1 + _TAIL_PARTS)):
            text = draft.parts[other].text
            if draft.parts[other].furniture or draft.claimed(other):
                continue
            if (is_prose(text) and not _NUMBERED.match(text)) or draft.parts[other].shape == "table":
                break
            entries.append(other)
        prose_after = any(is_prose(draft.parts[other].text) for other in range((entries or [index])[-1] + 1, count))
        if not entries or (prose_after and not colon and len(entries) > 6):
            continue
        draft.claims.append(Claim(index, 0, len(part.text), "references", "reference-heading"))
        for other in entries:
            text = draft.parts[other].text
            number = _NUMBERED.match(text)
            low = number.end() if number else 0
            if low < len(text):
                draft.claims.append(
                    _reference(other, (0, len(text)), (low, len(text)), text, rule="reference-list", first=first)
                )


def _claim_footnotes(draft: Draft, first: DayOrder) -> None:
    """`¹ Harbour closes, Orla Observer, 3 December 2019`: numbered notes at the end under no heading, each dated."""
    for index in range(len(draft.parts) - 1, 0, -1):
        part = draft.parts[index]
        if part.furniture is not None or draft.claimed(index):
            continue
        mark = _FOOTNOTE.match(part.text)
        stamps = [stamp for stamp in find_stamps(part.text, first) if stamp.iso] if mark else []
        if not mark or not stamps or len(part.text) > 300:
            break
        whole = (0, len(part.text))
        draft.claims.append(
            _reference(index, whole, (mark.end(), len(part.text)), part.text, rule="footnote", first=first)
        )


def _two_sentences(value: str) -> bool:
    return bool(re.search(r"[.!?] [A-Z]", value)) or (value.endswith(".") and len(value) > 160)
