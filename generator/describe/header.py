"""What stands over the article: headline, byline, date, outlet, section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.describe.headline import best_headline
from generator.describe.metadata_line import FieldName, Surroundings, is_category, read_line
from generator.describe.names import is_likely_name, is_outlet_name, is_person_name, read_byline
from generator.describe.parts import Claim, Draft, comparable, is_prose, is_title_cased
from generator.describe.timestamps import DayOrder
from generator.describe.words import Words, load_words

# Headline, standfirst, section, byline, dates, address and some debris that no rule knew.
_HEAD_PARTS = 24
_SUFFIX = re.compile(r"\s(?:[-–—|·:»«]|::)\s|\s?\|\s?")
_SECTION_PREFIX = re.compile(r"[\[【［(]([^\[\]【】()]{1,20})[\]】］)]\s{0,3}|([^|:：]{2,30})\s?[|]\s{1,3}")
_SENTENCE_END = re.compile(r"[.!?:。！？]['\"”’」)]{0,2}$")
_NO_HEADLINE = re.compile(
    r"(?:home|home ?page|startseite|inicio|accueil|홈|ホーム)\s?[>›»→|/·].{2,250}$"
    r"|.{0,250}(?:--|[_–—―:：]|\)\s?[-–—_]{1,2})$|[(\[（][^()\[\]]*[)\]）]$|\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?$"
    r"|[-*•#@]\s?\S",
    re.IGNORECASE,
)
# A button or two may stand between a name and its date; what is further off is a channel's or a sponsor's.
_NEAR = 48
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
_READER = re.compile(r"\b(?:you|your|our|we|us)\b", re.IGNORECASE)
_LOOSE_END = re.compile(r"[.。,;:：]$")
# Longer than any headline; what is longer and is no sentence is a caption or a table.
_HEADLINE_LENGTH = 260


def read_header(draft: Draft, first: DayOrder, names: frozenset[str]) -> None:
    """Claim the headline and the metadata lines before the article's first paragraph.

    `first`: see `timestamps.day_first`. `names` are outlets that other evidence names (copyright line, address),
    in lower case.
    """
    words = load_words()
    lede = _lede(draft)
    head = range(min(lede, _HEAD_PARTS))
    candidates: list[int] = []
    for index in head:
        pieces = read_line(draft.parts[index].text, Surroundings(first))
        if pieces:
            draft.claim_pieces(index, pieces)
        elif draft.parts[index].furniture is None and draft.parts[index].shape in ("text", "heading", "list"):
            candidates.append(index)
    candidates = _without_outlet(draft, candidates, words, names)
    candidates = _without_scraps(draft, candidates)
    candidates = _without_kicker(draft, candidates, words)
    likely = best_headline(draft, [index for index in candidates if _fits(draft.parts[index].text)], words)
    over = [index for index in candidates if likely and index < likely[0]]
    candidates = [index for index in candidates if index not in over]
    headline = _claim_headline(draft, candidates, words, names, has_body=lede < len(draft.parts))
    if headline is not None:
        candidates = [index for index in candidates if index > headline]
        _claim_repeats(draft, headline)
        _claim_over(draft, [index for index in over if index < headline])
        _claim_greeting(draft, headline)
    _claim_bare_names(draft, candidates, first)
    if headline is not None:
        _claim_residue(draft, candidates, lede)


def _lede(draft: Draft) -> int:
    """The index of the first paragraph of the article; the number of parts where there is none.

    A standfirst may be a sentence or two as well: where a byline or date follows within three parts, the article
    begins after that.
    """
    lede = _first_prose(draft, 0)
    for index in range(lede + 1, min(lede + 4, len(draft.parts))):
        text = draft.parts[index].text
        if len(text) > 160:
            continue
        pieces = read_line(text, Surroundings())
        if pieces and any(piece.field in ("author", "published") for piece in pieces):
            return _first_prose(draft, index + 1)
    return lede


def _first_prose(draft: Draft, start: int) -> int:
    for index in range(start, len(draft.parts)):
        part = draft.parts[index]
        if part.furniture is not None:
            continue
        if part.shape == "table" or (is_prose(part.text) and not read_line(part.text, Surroundings())):
            return index
    return len(draft.parts)


def _without_outlet(draft: Draft, candidates: list[int], words: Words, names: frozenset[str]) -> list[int]:
    """`candidates` without a line that is an outlet's name and has a headline beside it."""
    if len(candidates) < 2:
        return candidates
    for index in candidates[:3]:
        text = draft.parts[index].text
        others = [other for other in candidates if other != index and len(draft.parts[other].text) > len(text)]
        # A name such as "Radio Velden" is only known by its place; a longer line beside it has to be the headline.
        if others and (text.casefold() in names or (len(text) <= 40 and is_outlet_name(text, words))):
            draft.claims.append(
                Claim(index, 0, len(text), "outlet", "outlet-line", words.outlets.get(text.casefold(), text))
            )
            return [other for other in candidates if other != index]
    return candidates


def _without_scraps(draft: Draft, candidates: list[int]) -> list[int]:
    """`candidates` without a short line that a section or outlet parts from a longer one, which is the headline."""
    marks = [claim.part for claim in draft.having("category", "outlet")]
    while len(candidates) >= 2:
        first, second = candidates[:2]
        short, long = draft.parts[first].text, draft.parts[second].text
        apart = any(first < mark < second for mark in marks)
        # Six words are a short headline already.
        if not apart or len(short.split()) > 5 or len(long.split()) < 4 or len(long) < len(short) or not _fits(long):
            break
        draft.claims.append(Claim(first, 0, len(short), None, "page-residue"))
        candidates = candidates[1:]
    return candidates


def _without_kicker(draft: Draft, candidates: list[int], words: Words) -> list[int]:
    """`candidates` without a word or two over a headline of four or more."""
    if len(candidates) < 2 or draft.having("category"):
        return candidates
    first, second = draft.parts[candidates[0]].text, draft.parts[candidates[1]].text
    fits = len(first.split()) <= 2 and 3 <= len(first) <= 24 and all(c.isalpha() or c in " &/-" for c in first)
    if not fits or len(second.split()) < 4 or len(second) < 2 * len(first) or not _fits(second) or _loose(second):
        return candidates
    if is_person_name(first, words) or not first[0].isupper():
        return candidates
    # A word over the headline that is no known section may be a slogan, a series or a place: it names no field.
    draft.claims.append(Claim(candidates[0], 0, len(first), None, "kicker"))
    return candidates[1:]


def _claim_over(draft: Draft, over: Sequence[int]) -> None:
    """What stands over the headline and is no metadata: the site's name, sections, slogans."""
    for index in over:
        text = draft.parts[index].text
        # A dozen words are more than a slogan has.
        if not draft.claimed(index) and len(text.split()) <= 12 and not is_prose(text):
            draft.claims.append(Claim(index, 0, len(text), None, "page-residue"))


def _claim_greeting(draft: Draft, headline: int) -> None:
    """Sentences to the reader over a headline that stands right over who wrote the article: a letter's good morning."""
    if not any(claim.part == headline + 1 and claim.field == "author" and claim.value for claim in draft.claims):
        return
    for index in range(headline):
        text = draft.parts[index].text
        spoken = any(mark in text for mark in '“”"')
        if not draft.claimed(index) and len(text) <= _HEADLINE_LENGTH and _READER.search(text) and not spoken:
            draft.claims.append(Claim(index, 0, len(text), None, "page-residue"))


def _claim_residue(draft: Draft, candidates: Sequence[int], lede: int) -> None:
    """Figures and single words between metadata lines: what is left of buttons. A time may head a live blog's entry."""
    for index in candidates:
        text = draft.parts[index].text
        # The line right over the article may be its first subhead; a bare figure is none.
        listed = index + 1 < len(draft.parts) and draft.parts[index + 1].shape == "list"
        if draft.claimed(index) or listed or (index + 1 >= lede and not text.isdigit()) or _CLOCK.fullmatch(text):
            continue
        if text[:1] not in "-*•" and len(text.split()) <= 2 and len(text) <= 20 and not _SENTENCE_END.search(text):
            draft.claims.append(Claim(index, 0, len(text), None, "page-residue"))


def _claim_headline(
    draft: Draft, candidates: Sequence[int], words: Words, names: frozenset[str], *, has_body: bool
) -> int | None:
    labelled = draft.having("title")
    if labelled:
        return labelled[0].part
    for index in candidates:
        text = draft.parts[index].text
        if not _fits(text) or (not has_body and index + 1 >= len(draft.parts)):
            continue
        rest = [other for other in candidates if other > index]
        if rest and _loose(text) and _fits(draft.parts[rest[0]].text):
            # "Weather:" over the headline proper.
            continue
        if _loose(text) and not rest and len(text.split()) > 14 and not is_title_cased(text):
            return None
        start, end = 0, len(text)
        section = _section(text, words)
        if section:
            start, word = section
            draft.claims.append(Claim(index, 0, start, "category", "headline-prefix", word))
        cut = _outlet_suffix(draft, index, text, words, names)
        if cut:
            end, after, outlet = cut
            field: FieldName = "credit" if outlet.casefold() in words.agencies else "outlet"
            value = words.agencies.get(outlet.casefold(), words.outlets.get(outlet.casefold(), outlet))
            draft.claims.append(Claim(index, end, len(text), field, "headline-suffix", value, shown=(after, len(text))))
        draft.claims.append(Claim(index, start, end, "title", "headline", " ".join(text[start:end].split())))
        return index
    return None


def _fits(text: str) -> bool:
    """Whether `text` may be a headline: no prose, no dateline, no lead-in, no clock, nothing in brackets alone."""
    if not 2 <= len(text) <= _HEADLINE_LENGTH or sum(character.isalpha() for character in text) < 2:
        return False
    return not (is_prose(text) or _NO_HEADLINE.match(text))


def _loose(text: str) -> bool:
    return bool(_LOOSE_END.search(text)) and not re.search(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Co|Ltd|Corp|Jr|Sr)\.$", text)


def _section(text: str, words: Words) -> tuple[int, str] | None:
    match = _SECTION_PREFIX.match(text)
    word = (match[1] or match[2] or "").strip() if match else ""
    if match and is_category(word, words) and text[match.end() :].strip():
        return match.end(), word
    return None


def _outlet_suffix(
    draft: Draft, index: int, text: str, words: Words, names: frozenset[str]
) -> tuple[int, int, str] | None:
    """Where the name of the site begins at the end of a page title: end of headline, start of name, name."""
    others = {
        comparable(part.text)
        for other, part in enumerate(draft.parts[:_HEAD_PARTS])
        if other != index and len(part.text) <= _HEADLINE_LENGTH
    }
    for match in reversed(list(_SUFFIX.finditer(text))):
        name = text[match.end() :].strip()
        if name[:3].casefold() == "by " and name[3:].casefold() in words.agencies:
            # `Ties with Cuba – By Reuters`
            name = name[3:]
        before = text[: match.start()].strip()
        if not before or not name or len(name) > 50 or len(before) < 8:
            continue
        repeated = comparable(before) in others
        if repeated or name.casefold() in names or (name.casefold() in words.agencies and len(name) > 2):
            return match.start(), match.end(), name
        mark = match[0].strip()
        # A colon or dash before a phrase such as "The daily press" is punctuation of the headline as often as not.
        if is_outlet_name(name, words) and mark in ("|", "-", "–", "—", "·", "::", "»") and _title_case(name):
            return match.start(), match.end(), name
    return None


def _title_case(name: str) -> bool:
    tokens = name.split()
    return all(
        token[0].isupper() or not token[0].isalpha() or token in ("of", "the", "and", "de", "del", "der")
        for token in tokens
    )


def _claim_repeats(draft: Draft, headline: int) -> None:
    """The headline where it stands again as a paragraph of its own."""
    title = next((claim for claim in draft.claims if claim.part == headline and claim.field == "title"), None)
    if title is None:
        return
    key = comparable(title.value)
    whole = comparable(draft.parts[headline].text)
    repeats: list[int] = []
    for index, part in enumerate(draft.parts):
        if (
            index == headline
            or not part.text
            or part.furniture
            or len(part.text) > len(draft.parts[headline].text) + 80
        ):
            continue
        found = comparable(part.text)
        if key and (found in (key, whole) or (found.startswith(key) and _is_suffix(part.text, title.value))):
            repeats.append(index)
    if repeats:
        gone = set(repeats)
        draft.claims = [claim for claim in draft.claims if claim.part not in gone]
        draft.claims.extend(
            Claim(index, 0, len(draft.parts[index].text), None, "repeated-headline") for index in repeats
        )


def _is_suffix(text: str, title: str) -> bool:
    """Whether `text` is the title and the site's name after a dash or bar."""
    rest = text[len(title) :] if text.startswith(title) else ""
    return bool(re.match(r"\s[-–—|·:]\s.{2,50}$|\s?\|\s?.{2,50}$", rest))


def _claim_bare_names(draft: Draft, candidates: Sequence[int], first: DayOrder) -> None:
    """A name on a line of its own beside a date: a byline without `By`."""
    words = load_words()
    for index in candidates:
        text = draft.parts[index].text
        if not any(
            draft.claimed(other) and _states_date_or_author(draft, other) for other in range(index - 3, index + 4)
        ):
            continue
        if is_outlet_name(text, words) and not draft.having("outlet") and len(text) <= 40 and not draft.claimed(index):
            value = words.outlets.get(text.casefold(), text)
            draft.claims.append(Claim(index, 0, len(text), "outlet", "outlet-line", value))
            continue
        signed = any(claim.value for claim in draft.having("author"))
        if text[:1] in "([" or text.endswith((":", "：")) or signed or _names_subject(draft, text):
            continue
        stating = [other for other in range(index - 3, index + 4) if _states_date_or_author(draft, other)]
        if not any(_near(draft, index, other) for other in stating) and not _given(text, words):
            continue
        pieces = read_line(text, Surroundings(first, dated=True))
        if pieces and not draft.claimed(index):
            draft.claim_pieces(index, pieces)
        elif is_person_name(text, words) and is_likely_name(text, words) and not draft.claimed(index):
            credited = read_byline(text, explicit=False)
            if credited and credited.authors:
                draft.claims.append(Claim(index, 0, len(text), "author", "byline", credited.authors[0][2]))


def _near(draft: Draft, one: int, other: int) -> bool:
    """Whether two parts stand close to each other in the seed, whatever was taken between them."""
    views = [draft.parts[at].view for at in sorted((one, other))]
    before, after = (view.seed_span(0, len(view.text)) for view in views)
    return after.start - before.end <= _NEAR


def _given(text: str, words: Words) -> bool:
    return text.split(" ", 1)[0].casefold() in words.given_names


def _names_subject(draft: Draft, name: str) -> bool:
    """Whether the article's first paragraphs speak of `name`: then it is whom they are about, not who wrote them."""
    prose = [part.text for part in draft.parts if is_prose(part.text)][:3]
    return any(name.casefold() in text.casefold() for text in prose)


def _states_date_or_author(draft: Draft, part: int) -> bool:
    return any(claim.field in ("published", "updated", "author") for claim in _claims_of(draft, part))


def _claims_of(draft: Draft, part: int) -> Iterator[Claim]:
    return (claim for claim in draft.claims if claim.part == part)
