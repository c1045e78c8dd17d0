"""The name of a site that stands over the headline and is known by what the rest of the page says of it.

`Delta Lantern` has no word that papers are named by. That the story was told to Delta Lantern, that the copyright or
a picture is Delta Lantern's, that letters go to deltalantern.example: each of these tells that it is the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.aligned import Span
from generator.describe.names import is_person_name
from generator.describe.parts import Draft, is_prose
from generator.describe.words import Words, load_words
from generator.model import Cleaned, Field

# A name of a site has at most this many words: "The Quarry Street Letter of Alder Mills" is none.
_LONGEST = 6
# Menus, alerts and the date are over the headline as well; more lines than these are another page.
_HEAD_LINES = 40
# A word of five letters is an address by chance: mail@moors.example.
_ADDRESS_LETTERS = 7
_RIGHTS = re.compile(r"©|ⓒ|Ⓒ|\(c\)|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_HOST = re.compile(r"(?:@|https?://|www\.)([\w.-]{4,80})", re.IGNORECASE)
# Who speaks to a paper names it; `the` may stand between.
_TOLD = (
    r"(?:told|tells|telling|informed|spoke (?:to|with)|speaking (?:to|with)|interview with|contacted by|seen by"
    r"|obtained by)"
)
# `Orla Echo is part of Mere Media Ltd`
_OWNED = r"(?:part of|published by|owned by|printed by|a (?:title|publication|trading name) of|edited by)"
_CREDIT = r"(?:/|\||\(|\[|[-–—]|:|\bfor|\bby|[\w’]/)"
# Publishers of notices and of their own goods: what they say of themselves is a release.
_OFFICES = re.compile(
    r"\b(?:ministry|department|office|government|council|county|city|embassy|parliament|police|court|agency|authority|"
    r"commission|university|school|plc|inc|ltd|llc|gmbh|corp|company|group|holdings|limited|s\.a|bank)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s?[|·»]\s?([^|·»]{3,40})$|\s[-–—]\s([^|·»]{3,40})$")
# `Ties with Cuba – By Reuters`: who wrote it.
_SIGNED = re.compile(r"\s*(?:by|von|por|par)\s", re.IGNORECASE)
# What a page says of itself to its reader.
_APPEAL = re.compile(
    r"\b(?:subscribe|sign up|donat\w+|follow|support|newsletters?|app|free to read|inbox|e-?mail|readers?|get|join|"
    r"download|abonn\w+|suscr\w+|s[ií]gue\w*|folgen)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {"of", "the", "and", "&", "de", "del", "la", "le", "der", "des", "da", "do", "di", "du", "el", "on", "in"}
)


def find_masthead(cleaned: Cleaned, draft: Draft) -> Field | None:
    """The outlet named over the headline, with what it was known by in the note; nothing where nothing tells.

    A line that the first paragraphs speak of is whom the article is about, not who published it.
    """
    titles = draft.having("title")
    if not titles:
        return None
    text, words = cleaned.seed.text, load_words()
    view = draft.parts[titles[0].part].view
    title = view.seed_span(titles[0].start, titles[0].end)
    story = " ".join([part.text for part in draft.parts if is_prose(part.text)][:2]).casefold()
    hosts = "\n".join(match[1].casefold().replace("-", "").replace("_", "") for match in _HOST.finditer(text))
    lines = [(line.strip(), line.casefold()) for line in text[title.end :].splitlines()]
    # A writer's own letter has their name in all these places.
    writers = {claim.value.casefold() for claim in draft.having("author")}
    removed = frozenset(removal.text.strip() for removal in cleaned.ledger)
    headline = text[title.start : title.end].strip()
    prose = next((part for part in draft.parts if is_prose(part.text)), None)
    end = max(prose.view.runs[0].start, title.end) if prose else title.end
    for span, name in _lines_over(text, end):
        suffix = _SUFFIX.match(name, len(headline)) if name.startswith(headline) else None
        if suffix and not _OFFICES.search(suffix[0]) and not _SIGNED.match(suffix[1] or suffix[2]):
            # The title of the page: the headline, and the site's name behind a bar.
            return Field((suffix[1] or suffix[2]).strip(), "page-title", (span,))
        core = _core(name)
        if not _may_be(name, words) or core in writers:
            continue
        if re.search(rf"(?<!\w){re.escape(core)}(?!\w)", re.sub(rf"{_TOLD} (?:the )?{re.escape(core)}", " ", story)):
            continue
        reason = _known_by(core, lines, hosts, removed)
        if reason:
            return Field(words.outlets.get(name.casefold(), name), "masthead", (span,), note=reason)
    return None


def _lines_over(text: str, end: int) -> Iterator[tuple[Span, str]]:
    """The last lines before `end`, first one first."""
    position = 0
    found: list[tuple[Span, str]] = []
    for line in text[:end].splitlines(keepends=True):
        core = line.strip()
        if core:
            start = position + line.index(core)
            found.append((Span(start, start + len(core)), core))
        position += len(line)
    yield from found[-_HEAD_LINES:]


def _may_be(name: str, words: Words) -> bool:
    tokens = name.split()
    if not 2 <= len(tokens) <= _LONGEST or len(name) > 48 or not all(map(_plain, name)):
        return False
    if not all(token[0].isupper() or token.casefold() in _SMALL for token in tokens) or _OFFICES.search(name):
        return False
    folded = name.casefold()
    if tokens[0].casefold() in words.section_openers:
        # "Top Stories" is a button, whatever the page says of its stories.
        return False
    return (
        folded not in words.categories
        and folded not in words.agencies
        and not (is_person_name(name, words) and tokens[0].casefold() in words.given_names)
    )


def _plain(character: str) -> bool:
    return character.isalpha() or character in " &'’.-"


def _core(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _known_by(core: str, lines: list[tuple[str, str]], hosts: str, removed: frozenset[str]) -> str:
    """What on the page below the headline tells that `core` is who publishes it; empty where nothing does.

    `lines` are given as they are and in lower case, `removed` is what cleaning took.
    """
    letters = "".join(filter(str.isalnum, core))
    if len(letters) >= _ADDRESS_LETTERS and letters in hosts:
        return "an address of the page has the same name"
    told = re.compile(rf"\b{_TOLD} (?:the )?{re.escape(core)}(?!\w)", re.IGNORECASE)
    credit = re.compile(rf"{_CREDIT}\s?(?:the )?{re.escape(core)}\W{{0,3}}$", re.IGNORECASE)
    for line, folded in lines:
        if core not in folded:
            continue
        # Notices, captions and appeals are shorter than this; in a paragraph only the telling tells.
        short = len(line) <= 300
        if short and re.match(rf"{re.escape(core)} is {_OWNED}", folded.removeprefix("the ")):
            return "the page says whose it is"
        if short and _RIGHTS.search(line):
            return "the copyright of the page is theirs"
        if told.search(line):
            return "the article says that it was told to them"
        if short and len(folded) > len(core) + 4 and credit.search(line):
            return "a picture of the page is theirs"
        more = len(folded.split()) >= len(core.split()) + 2
        if short and more and line in removed and _APPEAL.search(line):
            return "the page speaks to its readers in this name"
    return ""
