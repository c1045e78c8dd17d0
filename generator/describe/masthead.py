"""The name of a site that stands over the headline and is known by what the rest of the page says of it.

`Delta Lantern` has no word that papers are named by. That the story was told to Delta Lantern, that the copyright or
a picture is Delta Lantern's, that letters go to deltalantern.example: each of these tells that it is the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.aligned import Span
from generator.data import read_tree
from generator.describe.names import is_outlet_name, is_person_name
from generator.describe.parts import Draft, is_prose
from generator.describe.words import Words, load_words
from generator.model import Cleaned, Field

# A name of a site has at most this many words: "The Quarry Street Letter of Alder Mills" is none.
_LONGEST = 6
# Menus, alerts and the date are over the headline as well; more lines than these are another page.
_HEAD_LINES = 40
# A word of five letters is an address by chance: mail@moors.example.
_ADDRESS_LETTERS = 7
# One word alone is a section or a button as a rule, and those are shorter or known.
_LONE_LETTERS = 6
_RIGHTS = re.compile(r"©|ⓒ|Ⓒ|\(c\)|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_SITE = re.compile(r"(?<![\w.@/-])([a-z][\w-]{3,40})\.(?:com|org|net|news|info|example|co\.\w\w|[a-z]{2})(?![\w.])")
_HANDLE = re.compile(r"(?<![\w.])@(\w{4,30})")
_HOST = re.compile(r"(?:@|https?://|www\.)([\w.-]{4,80})", re.IGNORECASE)
_CREDIT = r"(?:/|\||\(|\[|[-–—]|:|\bfor|\bby|[\w’]/)"
_SUFFIX = re.compile(r"\s?[|·»]\s?([^|·»]{3,40})$|\s[-–—]\s([^|·»]{3,40})$")
# `Ties with Cuba – By Reuters`: who wrote it.
_SIGNED = re.compile(r"\s*(?:by|von|por|par)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Patterns from the words in `metadata_words.yml`."""

    told: str
    """Who speaks to a paper names it; `the` may stand between."""
    owned: str
    """`Orla Echo is part of Mere Media Ltd`"""
    appeal: re.Pattern[str]
    """What a page says of itself to its reader."""
    offices: re.Pattern[str]
    """Publishers of notices and of their own goods: what they say of themselves is a release."""
    small: frozenset[str]


@cache
def _phrases() -> _Phrases:
    tree = read_tree("metadata_words.yml")
    words = tree["masthead"]
    offices = "|".join(map(re.escape, [*tree["offices"], *words["publishers"]]))
    return _Phrases(
        told=f"(?:{'|'.join(words['told'])})",
        owned=f"(?:{'|'.join(words['owned'])})",
        appeal=re.compile(rf"\b(?:{'|'.join(words['appeal'])})\b", re.IGNORECASE),
        offices=re.compile(rf"\b(?:{offices})\b", re.IGNORECASE),
        small=frozenset(map(str, tree["joiners"])),
    )


def find_masthead(cleaned: Cleaned, draft: Draft) -> Field | None:
    """The outlet named over the headline, with what it was known by in the note; nothing where nothing tells.

    A line that the first paragraphs speak of is whom the article is about, not who published it.
    """
    titles = draft.having("title")
    if not titles:
        return None
    text, words, phrases = cleaned.seed.text, load_words(), _phrases()
    view = draft.parts[titles[0].part].view
    title = view.seed_span(titles[0].start, titles[0].end)
    story = " ".join([part.text for part in draft.parts if is_prose(part.text)][:2]).casefold()
    hosts = "\n".join(match[1].casefold().replace("-", "").replace("_", "") for match in _HOST.finditer(text))
    labels = frozenset(label for host in _HOST.findall(text) for label in re.split(r"[._]", host.casefold()))
    labels |= frozenset(site.casefold() for site in _SITE.findall(text))
    labels |= frozenset(handle.casefold() for handle in _HANDLE.findall(text))
    lines = [(line.strip(), line.casefold()) for line in text[title.end :].splitlines()]
    # A writer's own letter has their name in all these places.
    writers = {claim.value.casefold() for claim in draft.having("author")}
    removed = frozenset(removal.text.strip() for removal in cleaned.ledger)
    headline = text[title.start : title.end].strip()
    prose = next((part for part in draft.parts if is_prose(part.text)), None)
    end = max(prose.view.runs[0].start, title.end) if prose else title.end
    for span, name in _lines_over(text, end):
        suffix = _SUFFIX.match(name, len(headline)) if name.startswith(headline) else None
        if suffix and not phrases.offices.search(suffix[0]) and not _SIGNED.match(suffix[1] or suffix[2]):
            # The title of the page: the headline, and the site's name behind a bar.
            return Field((suffix[1] or suffix[2]).strip(), "page-title", (span,))
        core = _core(name)
        lone = _may_stand_alone(name, words)
        if not (lone or _may_be(name, words)) or core in writers:
            continue
        if core in story:
            told = rf"{phrases.told} (?:the )?{re.escape(core)}"
            if re.search(rf"(?<!\w){re.escape(core)}(?!\w)", re.sub(told, " ", story)):
                continue
        if lone:
            reason = _vouched(core, lines, labels)
        else:
            reason = _known_by(core, lines, hosts, removed, papery=is_outlet_name(name, words))
        if reason:
            value = name.title() if lone and name.isupper() else name
            return Field(words.outlets.get(name.casefold(), value), "masthead", (span,), note=reason)
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
    if not all(token[0].isupper() or token.casefold() in _phrases().small for token in tokens):
        return False
    if _phrases().offices.search(name):
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


def _may_stand_alone(name: str, words: Words) -> bool:
    """Whether `name` is one word that may be a paper's: `Tidewater`."""
    folded = name.casefold()
    known = folded in words.categories or folded in words.agencies or folded in words.section_openers
    shaped = len(name) >= _LONE_LETTERS and name.isalpha() and name[0].isupper()
    return shaped and not known and not _phrases().offices.search(name) and folded not in words.given_names


def _vouched(core: str, lines: list[tuple[str, str]], labels: frozenset[str]) -> str:
    """What tells that the one word `core` is who publishes the page: nothing less than its address or its rights."""
    if core in labels:
        return "an address of the page has the same name"
    owner = re.compile(
        rf"(?:©|ⓒ|\(c\)|copyright)\W{{0,3}}(?:\d{{4}}\W{{1,3}}(?:\d{{4}} )?)?(?:by )?{re.escape(core)}(?!\w)"
    )
    if any(core in folded and len(folded) <= 300 and owner.search(folded) for _, folded in lines):
        return "the copyright of the page is theirs"
    return ""


def _plain(character: str) -> bool:
    return character.isalpha() or character in " &'’.-"


def _core(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _known_by(core: str, lines: list[tuple[str, str]], hosts: str, removed: frozenset[str], *, papery: bool) -> str:
    """What on the page below the headline tells that `core` is who publishes it; empty where nothing does.

    `lines` are given as they are and in lower case, `removed` is what cleaning took; `papery` says that the name has a
    word that papers are named by.
    """
    phrases = _phrases()
    letters = "".join(filter(str.isalnum, core))
    if len(letters) >= _ADDRESS_LETTERS and letters in hosts:
        return "an address of the page has the same name"
    # To make patterns of a name takes a millisecond, and most names over a text are told of nowhere in it.
    holding = [(line, folded) for line, folded in lines if core in folded]
    if not holding:
        return ""
    told = re.compile(rf"\b{phrases.told} (?:the )?{re.escape(core)}(?!\w)", re.IGNORECASE)
    credit = re.compile(rf"{_CREDIT}\s?(?:the )?{re.escape(core)}\W{{0,3}}$", re.IGNORECASE)
    for line, folded in holding:
        # Notices, captions and appeals are shorter than this; in a paragraph only the telling tells.
        short = len(line) <= 300
        if short and re.match(rf"{re.escape(core)} is {phrases.owned}", folded.removeprefix("the ")):
            return "the page says whose it is"
        if short and _RIGHTS.search(line):
            return "the copyright of the page is theirs"
        if told.search(line):
            return "the article says that it was told to them"
        if short and len(folded) > len(core) + 4 and credit.search(line):
            return "a picture of the page is theirs"
        more = len(folded.split()) >= len(core.split()) + 2
        if short and more and line in removed and (papery or phrases.appeal.search(line)):
            return "the page speaks to its readers in this name"
    return ""
