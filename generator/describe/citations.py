"""Where running text cites another article: `as we reported on 18 October 2019`, `(see “Tides”, 3 May 2020)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.describe.timestamps import DayOrder, find_stamps

_REPORTED = re.compile(
    r"\b(?:as (?:we|this (?:newspaper|site|blog|paper)|i|the \w+) (?:first |previously |earlier |already )?"
    r"(?:reported|wrote|published|noted)(?: here)? (?:on|in)"
    r"|(?:we|i) (?:first |previously |earlier |already )?(?:reported|wrote)"
    r"(?: (?:about|on|of) \w+| here){0,2} (?:on|in)"
    r"|in our (?:\w+ )?(?:report|story|article|piece|post|issue|editorial) (?:of|from|on|dated)) ",
    re.IGNORECASE,
)
# A title between marks, behind words that say it is an article's: six characters, since "(see “B”)" is a label.
_TITLED = re.compile(
    r"(?:\((?:see|cf\.?)(?: also)?[:,]? ?"
    r"|\bour (?:\w+ )?(?:article|story|report|piece|post|series|interview|editorial|investigation),? ?"
    r"(?:headed |titled )?"
    r"|\b(?:we|i) (?:first |previously |earlier |already )?(?:reported|wrote)(?: \w+){0,4} in )"
    r"[“\"](?P<title>[^“”\"\n]{6,200})[”\"]",
    re.IGNORECASE,
)
# Two citations in one sentence: `on 3 December 2019 and again in “Crane unsafe”`.
_AGAIN = re.compile(r",? and (?:then |again |later ){0,2}in [“\"](?P<title>[^“”\"\n]{6,200})[”\"]", re.IGNORECASE)
# `See <Harbour closes for winter, Dec. 3, 2019> and <Crane unsafe for years, 12 November 2017>`: a title and its date.
_ANGLED = re.compile(r"<(?P<title>[^<>\n]{6,240})>")
_MOST_COMMAS = 4
# `As we reported on March 7`, `as we reported last week`: a day that the text does not name in full.
_PARTLY = re.compile(
    r"\b[Aa]s (?:we|this (?:newspaper|site|blog|paper)|i) (?:first |previously |earlier |already )?"
    r"(?:reported|wrote|noted)(?: here)? (?:(?:on |in )?(?:early |late )?"
    r"(?:(?:[A-Z][a-z]{2,8}\.?|the) \d{1,2}(?:st|nd|rd|th)?(?! \d{4}|\d|, \d{4})|\d{1,2} [A-Z][a-z]{2,8}(?! \d{4})"
    r"|(?:last )?[A-Z][a-z]{2,6}day)|yesterday|last week|earlier this (?:week|month)|last month)\b",
)
_TO_DATE = re.compile(r"[,\s(]{0,3}(?:(?:of|on|from|published|dated)\s){0,2}")
# A date stands right behind what it dates: "(Wednesday, 18 September 2019 11:07 p.m." is 40 characters.
_STAMP_REACH = 48


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: offsets of the words that make it, title and ISO date as far as they are stated."""

    start: int
    end: int
    title: str
    date: str
    rule: str


def find_citations(text: str, first: DayOrder) -> Iterator[Citation]:
    """The articles that `text` cites in its sentences, in order. The words stay in the body."""
    for match in _REPORTED.finditer(text):
        end, date = _date_at(text, match.end(), first)
        if date:
            yield Citation(match.start(), end, "", date, "as-reported")
            again = _AGAIN.match(text, end)
            if again:
                yield _titled(text, again, first)
    for match in _PARTLY.finditer(text):
        if not _date_at(text, text.rfind(" ", match.start(), match.end()) + 1, first)[1]:
            yield Citation(match.start(), match.end(), "", "", "as-reported")
    for match in _TITLED.finditer(text):
        yield _titled(text, match, first)
    for match in _ANGLED.finditer(text):
        found = _angled(match, first)
        if found:
            yield found


def _angled(match: re.Match[str], first: DayOrder) -> Citation | None:
    """A title between angle brackets that ends with a full date; None where no date stands there."""
    inner = match["title"]
    comma = len(inner)
    for _ in range(_MOST_COMMAS):
        comma = inner.rfind(",", 0, comma)
        if comma < 1:
            return None
        at = comma + 1 + len(inner[comma + 1 :]) - len(inner[comma + 1 :].lstrip())
        end, date = _date_at(inner, at, first)
        if date and not inner[end:].strip(" .,)"):
            return Citation(match.start(), match.end(), " ".join(inner[:comma].split()), date, "cited-title")
    return None


def _titled(text: str, match: re.Match[str], first: DayOrder) -> Citation:
    lead = _TO_DATE.match(text, match.end())
    end, date = _date_at(text, lead.end() if lead else match.end(), first)
    title = " ".join(match["title"].split()).rstrip(" ,.;")
    return Citation(match.start(), end if date else match.end(), title, date, "cited-title")


def _date_at(text: str, at: int, first: DayOrder) -> tuple[int, str]:
    """Where the date ends that stands at an offset, and its ISO value; empty where none does."""
    for stamp in find_stamps(text[at : at + _STAMP_REACH], first):
        return (at + stamp.end, stamp.iso) if stamp.start == 0 and stamp.iso else (at, "")
    return at, ""
