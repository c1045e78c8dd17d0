"""What stands apart from an article by the make-up of its page.

Readers' comments, notes about who wrote it, captions over a credit, running heads.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from generator.clean.features import load_vocabulary

# What heads the comments of readers, and what each of them has about it.
_COMMENTS = re.compile(
    r"(?:\d{1,5} |view |show |read |all |top |latest |reader |user |your )?(?:comments?|responses?|replies|discussion)"
    r"(?: (?:\(?\d{1,5}\)?|to .{2,100}|on .{2,100}|about this .{2,20}|section|by .{2,40}))?:?"
    r"|leave a (?:reply|comment).{0,30}|(?:join|start) the (?:conversation|discussion)\b.{0,20}|have your say.{0,20}"
    r"|\d{1,4} (?:thoughts?|responses?|replies) (?:on|to)\b.{0,120}"
    r"|(?:댓글|コメント|评论|commentaires|kommentare|comentarios).{0,12}",
    re.IGNORECASE,
)
_COMMENT_MARK = re.compile(
    r"(?:reply|like|report|quote|flag|permalink|답글|신고|返信|回复)(?: ?[·|(]? ?\d{0,4}\)?)?"
    r"|(?:reply|like)(?: ?[·|] ?.{2,12}){1,4}|.{2,40} (?:says|said|wrote)(?: on .{4,30})?:"
    r"|newest(?: first)?|oldest(?: first)?|(?:best|worst|top) rated|most liked|click to rate|report abuse"
    r"|.{0,60}\b\d{1,2} ?(?:m|h|d|hrs?|hours?|mins?|minutes?|days?|weeks?|months?|years?) ago\b.{0,20}"
    r"|(?:liked by|replying to|in reply to) .{2,40}|.{0,6}\d+ (?:likes?|replies|points?|upvotes?)"
    r"|(?:[a-z]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [a-z]{3,9}(?: \d{4})?)(?:,? (?:at )?\d{1,2}:\d\d.{0,6})?",
    re.IGNORECASE,
)
# What stands over readers' posts on boards and nowhere else; no heading is needed above them.
_POST_MARK = re.compile(
    r"\[[–—+-]\]\s?\S.{0,80}|\S{3,30} \d[\d,.k]{0,6} points?\b.{0,40}|(?:posted by )?u/\w{2,30}\b.{0,40}|level \d{1,2}",
    re.IGNORECASE,
)
# Two signs of readers' posts: a single one may be a date or a button of the article's own.
_FEWEST_MARKS = 2
_SIGNED = re.compile(r"(?:by|written by|words by|story by|text by|von|por|par|author)[:\s]\s?(.{3,80})", re.IGNORECASE)
_NAME_LINE = re.compile(r"([A-ZÀ-Ý][\w’'-]{1,20}(?: [A-ZÀ-Ý][\w.’'-]{0,20}){1,3})(?:\s{0,3}[•|·–—/,-]\s{0,3}.{2,60})?")
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]{1,20}(?: [A-ZÀ-Ý][\w.’'-]{0,20}){1,3}")
_NAMES_LINE = re.compile(
    r"[A-ZÀ-Ý][\w’'-]{1,20}(?: [A-ZÀ-Ý][\w.’'-]{0,20}){1,3}"
    r"(?:(?:,| and| &|, and) [A-ZÀ-Ý][\w’'-]{1,20}(?: [A-ZÀ-Ý][\w.’'-]{0,20}){1,3}){1,3}"
)
_DOES = (
    r"(?:, (?:an?|the|who|our) |,? (?:is|was|has|covers?|reports? (?:on|from|for)|writes?|teaches|joined|lives|works?|"
    r"studies|edits|leads|runs|hosts|heads|grew up|spent|serves|contributed|also|can be|tweets|may be)\b)"
)
_DOING = re.compile(_DOES)
_ABOUT_TITLED = re.compile(rf"(?:Mr|Mrs|Ms|Dr|Prof)\.? ([A-ZÀ-Ý][\w’'-]{{1,20}}){_DOES}")
_GOES_ON = re.compile(
    r"(?:he|she|they|his|her|their|before|prior|previously|reach|contact|e-?mail|follow|twitter|@|\S{1,40}@)\b|\S{1,40}@\S",
    re.IGNORECASE,
)
# Notes about an author are a few sentences; what is longer is the article.
_NOTE_LENGTH = 500
# `Denise Okafor/Harrow Leader`: who took a picture, and for whom.
_NAME_AND_HOUSE = re.compile(
    r"(?!(?:Staff|Our|Special|Senior|Chief|News) |.{0,40}\b(?:Reporter|Correspondent|Writer|Bureau|Desk)\b)"
    r"[A-ZÀ-Ý][\w.’'-]{1,20}(?: [A-ZÀ-Ý][\w.’'-]{1,20}){1,2} ?/ ?[A-Z][\w.’'& -]{1,40}"
)
_CAPTION_LENGTH = 250
# `[Halima Bwana, Standard]` at the end of a line that tells nothing: who took the picture.
_CREDIT_AT_END = re.compile(r".{8,}[.\w’”] ?\[[A-ZÀ-Ý][\w.’'-]+(?:,? [A-ZÀ-Ý&][\w.’'-]*){0,5}\]")
# `(Tide Lab)` may as well be an agency's credit, and counts over the article only.
_HOUSE_AT_END = re.compile(r".{8,}[.\w’”] ?\([A-ZÀ-Ý][\w.’'-]+(?:,? [A-ZÀ-Ý&][\w.’'-]*){1,5}\)")
_PLAYED = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d\d)")
# Fewer clocks than this may be a timetable.
_FEWEST_TIMES = 5
_TRIANGLE = re.compile(r"[▲△▼▽] ?[^\W\d_]")
_DATED = re.compile(r".{0,30}\b(?:19|20)\d\d\b.{0,30}")
_RUNNING_HEAD = re.compile(r"(?:(?P<before>\d{1,4})\s+)?(?P<words>\S.{8,120}?\S)(?:\s+(?P<after>\d{1,4}))?")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) (?=\S)")
# Letterhead, address, number, date and headline of a release.
_HEAD = 12
# Shorter sentences may stand in a paragraph by chance.
_SAID = 8
_STATED = re.compile(r"[.!?。！？…][\"”’)\]]{0,2}$")


def set_apart(texts: Sequence[str], gaps: Sequence[bool], verdicts: list[str], prose: Sequence[bool]) -> None:
    """Put a verdict on the lines `texts` that stand apart; those that have one keep it.

    No line is blank; `gaps` says before which ones blank lines stood, `prose` which ones are paragraphs.
    """
    start = next((index for index, plain in enumerate(prose) if plain), len(texts))
    for index in _running_heads(texts, start):
        verdicts[index] = verdicts[index] or "running-head"
    article = [index for index, plain in enumerate(prose) if plain and not verdicts[index]]
    for index in _running_feet(texts, gaps, verdicts, article[0] if article else len(texts)):
        verdicts[index] = "running-head"
    if not article:
        return
    for index in range(_comments_start(texts, verdicts, article), len(texts)):
        verdicts[index] = verdicts[index] or "comments"
    for index in _author_notes(texts, gaps, verdicts, article):
        verdicts[index] = verdicts[index] or "author-note"
    for index in range(2, len(texts)):
        over = index - 1
        if verdicts[index] in ("", "photo-credit") and not gaps[index] and _NAME_AND_HOUSE.fullmatch(texts[index]):
            told = len(texts[over].split()) >= 5 and len(texts[over]) <= _CAPTION_LENGTH
            if told and verdicts[over] in ("", "caption") and _headed(texts, verdicts, over):
                verdicts[index] = "photo-credit"
                verdicts[over] = "caption"
    for index in range(1, len(texts)):
        if (
            verdicts[index]
            or len(texts[index]) > _CAPTION_LENGTH
            or not any(not verdict for verdict in verdicts[:index])
        ):
            continue
        over = index < article[0]
        alone = over or (gaps[index] and (index + 1 >= len(texts) or gaps[index + 1]))
        credited = _CREDIT_AT_END.fullmatch(texts[index]) or (over and _HOUSE_AT_END.fullmatch(texts[index]))
        if alone and credited and not _tells(texts[index]):
            verdicts[index] = "caption"
    for index in _player_times(texts):
        verdicts[index] = verdicts[index] or "page-widget"
    for index in _marked_captions(texts):
        verdicts[index] = verdicts[index] or "caption"
    for index in _pull_quotes(texts, gaps, verdicts, article):
        verdicts[index] = "pull-quote"


def _marked_captions(texts: Sequence[str]) -> Iterator[int]:
    """Lines that a triangle points from to the picture above, as East Asian papers print them.

    Several in a row are the items of a list.
    """
    marked = [bool(_TRIANGLE.match(text)) and len(text) <= _CAPTION_LENGTH for text in texts]
    for index in range(1, len(texts)):
        alone = not marked[index - 1] and not (index + 1 < len(texts) and marked[index + 1])
        if marked[index] and alone:
            yield index


def _player_times(texts: Sequence[str]) -> Iterator[int]:
    """Times of a player beside each line of a transcript: from its beginning on, each later than the one before.

    A live blog's are of the day, and the newest stands first.
    """
    found: list[tuple[int, int]] = []
    for index, text in enumerate(texts):
        if len(text) <= 8 and (match := _PLAYED.fullmatch(text)):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            found.append((index, hours * 3600 + minutes * 60 + seconds))
    rising = all(one < two for (_, one), (_, two) in itertools.pairwise(found))
    # The first words of a recording come within its first minute.
    if len(found) >= _FEWEST_TIMES and rising and found[0][1] <= 60:
        yield from (index for index, _ in found)


def _headed(texts: Sequence[str], verdicts: Sequence[str], over: int) -> bool:
    """Whether a line above the one at `over` may be the headline: that one is not, then."""
    # Four words are the least that headlines have; names of sites and sections are shorter.
    return any(not verdict and len(text.split()) >= 4 for text, verdict in zip(texts[:over], verdicts, strict=False))


def _comments_start(texts: Sequence[str], verdicts: Sequence[str], article: Sequence[int]) -> int:
    """The line that heads the comments of readers; the number of lines where there are none.

    It stands below the article's first two paragraphs, or its only one, and at least two lines below it are such as
    stand about comments: a button to reply, a name that "says", a time.
    """
    begun = article[min(1, len(article) - 1)]
    posts = [
        index
        for index in range(begun + 1, len(texts))
        if len(texts[index]) <= 120 and _POST_MARK.fullmatch(texts[index])
    ]
    for index in range(begun + 1, len(texts)):
        if len(posts) >= _FEWEST_MARKS and index == posts[0]:
            return index
        if len(texts[index]) > 120 or not _COMMENTS.fullmatch(texts[index]):
            continue
        marks = sum(1 for other in texts[index + 1 :] if len(other) <= 80 and _COMMENT_MARK.fullmatch(other))
        if marks >= _FEWEST_MARKS:
            return index
    return len(texts)


def _author_notes(
    texts: Sequence[str], gaps: Sequence[bool], verdicts: Sequence[str], article: Sequence[int]
) -> Iterator[int]:
    """Lines that tell of the one who signed the article, and those that go on about them.

    Nobody tells of themselves by their full name in what they sign.
    """
    names = _signed_names(texts, article[0])
    # Who is spoken of in the first paragraphs is whom the article is about: a company under its own headline.
    names |= {name.title() for name in names if name.isupper()}
    names = {name for name in names if not any(name in texts[index] for index in article[:2])}
    if not names:
        return
    givens = {name.split()[0] for name in names}
    families = {name.split()[-1] for name in names}
    note = False
    for index in range(len(texts)):
        text = texts[index]
        if verdicts[index]:
            continue
        titled = _ABOUT_TITLED.match(text)
        about = _tells_of(text, names) or (titled is not None and titled[1] in families)
        # A first name alone may be another's, before the last paragraph.
        below = index >= article[-1]
        about = about or (below and _tells_of(text, givens | families))
        note = len(text) <= _NOTE_LENGTH and (about or (note and not gaps[index] and _GOES_ON.match(text) is not None))
        if note and not (about and len(text.split()) < 5):
            yield index


def _tells_of(text: str, names: Collection[str]) -> bool:
    """Whether `text` begins with one of `names` and goes on about who or what it is."""
    return any(text.startswith(name) and _DOING.match(text, len(name)) for name in names)


def _signed_names(texts: Sequence[str], first: int) -> set[str]:
    """The full names in the bylines over the paragraph at `first`."""
    given = load_vocabulary().given
    found: set[str] = set()
    # Headline, standfirst, menus, byline and date: more lines than these are no head.
    for index in range(min(first, 40)):
        text = texts[index]
        match = _SIGNED.match(text)
        if match:
            found.update(name[0] for name in _NAME.finditer(match[1]))
            continue
        if len(text) <= 120 and _NAMES_LINE.fullmatch(text):
            # Two names by a date signed the article together.
            if any(0 <= by < first and _DATED.fullmatch(texts[by]) for by in (index - 1, index + 1)):
                found.update(name[0] for name in _NAME.finditer(text))
            continue
        match = _NAME_LINE.fullmatch(text)
        dated = index + 1 < first and _DATED.fullmatch(texts[index + 1]) is not None
        if match and (match[1].split()[0].lower() in given or dated):
            found.add(match[1])
    return found


def _running_heads(texts: Sequence[str], start: int) -> Iterator[int]:
    """Lines that come again with another page number: the head or foot of each page of a document.

    Over the first paragraph, at `start`, one that comes again once is the headline of a report, and the other one of
    an earlier report.
    """
    places: dict[str, list[int]] = {}
    numbers: dict[str, set[str]] = {}
    for index, text in enumerate(texts):
        if len(text) > 130 or not (text[:1].isdigit() or text[-1:].isdigit()) or _STATED.search(text):
            continue
        match = _RUNNING_HEAD.fullmatch(text)
        if match is None or (match["before"] is None) == (match["after"] is None):
            continue
        words = " ".join(match["words"].split()).casefold()
        if len(words.split()) >= 3 and sum(map(str.isalpha, words)) * 2 > len(words):
            places.setdefault(words, []).append(index)
            numbers.setdefault(words, set()).add(match["before"] or match["after"])
    for words, where in places.items():
        if len(where) >= 2 and len(numbers[words]) == len(where):
            yield from where[1:] if len(where) == 2 and 0 < where[0] < start else where


def _running_feet(texts: Sequence[str], gaps: Sequence[bool], verdicts: Sequence[str], start: int) -> Iterator[int]:
    """Lines among the paragraphs that are made of words that stand over the article, letterhead and number of a paper.

    Four words are the least that tells: a name of two or three may head what the article says of it.
    """
    # Broken lines are no paragraphs, so that the first one may stand far below the head of a document.
    start = min(start, _HEAD)
    over = {word for text in texts[:start] for word in _words(text)}
    for index in range(start + 1, len(texts)):
        text = texts[index]
        if verdicts[index] or len(text) > 120 or not text[0].isupper() or _STATED.search(text):
            continue
        words = _words(text)
        begins = gaps[index] or bool(verdicts[index - 1]) or _STATED.search(texts[index - 1]) is not None
        if begins and len(words) >= 4 and any(map(str.isdigit, text)) and all(word in over for word in words):
            yield index


def _words(text: str) -> list[str]:
    return re.findall(r"[\w/’'-]*\w", text.casefold())


def _tells(text: str) -> bool:
    """Whether a verb that reports are told in stands in `text`, or a mark of speech."""
    telling = load_vocabulary().telling
    return "“" in text or '"' in text or any(word.casefold() in telling for word in re.findall(r"[\w’']+", text))


def _pull_quotes(
    texts: Sequence[str], gaps: Sequence[bool], verdicts: Sequence[str], article: Sequence[int]
) -> Iterator[int]:
    """Quotations that stand alone among the paragraphs, and word for word in one of them as well."""
    quotes = [
        index
        for index in range(article[0] + 1, article[-1])
        if not verdicts[index] and texts[index][:1] in "“\"‘'«" and 8 <= len(texts[index]) <= 200
    ]
    # A page has a handful of these; each is looked for in the whole text.
    if not 1 <= len(quotes) <= 12:
        return
    keys = {index: _letters(text) for index, text in enumerate(texts) if not verdicts[index]}
    for index in quotes:
        key = _letters(texts[index])
        alone = gaps[index] and (index + 1 >= len(texts) or gaps[index + 1])
        # "I never handed it in," she said. "Nobody asked." is set large as one.
        said = [_letters(one) for one in _SENTENCE_ENDS.split(texts[index])]
        parts = [key] if len(said) < 2 or any(len(one) < _SAID for one in said) else said
        if alone and any(
            other != index and len(text) > len(key) and all(part in text for part in parts)
            for other, text in keys.items()
        ):
            yield index


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
