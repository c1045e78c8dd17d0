"""References of many shapes, in running text and under the article."""

from __future__ import annotations

import pytest

from generator.clean import clean
from generator.describe import describe
from generator.read import Limits, read_seed

ARTICLE = """Harbour to open in spring

By Ida Hale

3 March 2021

The harbour of Orla will open again in spring, the council said on Tuesday after a long debate about the new crane.

The crane was ordered from a yard in the north and will come by barge when the ice has gone from the sound.

"""
CLOSED = ("Harbour closes for winter", "2019-12-03")
UNSAFE = ("Crane unsafe for years", "2017-11-12")


def references(text: str) -> list[tuple[str, str]]:
    seed = read_seed("a.txt", (ARTICLE + text + "\n").encode(), None, Limits())
    return [(one.title, one.date) for one in describe(clean(seed, frozenset()), "a").references]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The dispute is old. See <Harbour closes for winter, Dec. 3, 2019>", [CLOSED]),
        (
            "See <Harbour closes for winter, Dec. 3, 2019> and <Crane unsafe for years, November 12, 2017>.",
            [CLOSED, UNSAFE],
        ),
        ("As we reported on December 3, the harbour is shut, and a tag like <b> or <a, b> cites nothing.", [("", "")]),
        (
            (
                "Nothing is decided.[1]\n\n[1] “Harbour closes for winter”, Coast Daily, December 3, 2019\n"
                "[2] Ida Hale, “Crane unsafe for years”, Coast Daily, 12 November 2017"
            ),
            [CLOSED, UNSAFE],
        ),
        (
            "The harbour was shut for a year, as we reported on 18 October 2019, and few were glad.",
            [("", "2019-10-18")],
        ),
        ("In our report of 3 December 2019 we said that the crane had been unsafe for years.", [("", "2019-12-03")]),
        ("The cost has doubled (see “Harbour closes for winter”, 3 December 2019), nobody said why.", [CLOSED]),
        ("Our earlier article, “Harbour closes for winter,” told how the crane fell.", [(CLOSED[0], "")]),
        ("As reported in our story “Harbour closes for winter” of 3 December 2019, the crane fell.", [CLOSED]),
        (
            "We wrote about this on 3 December 2019 and again in “Crane unsafe for years” (12 November 2017).",
            [("", "2019-12-03"), UNSAFE],
        ),
        ("Nothing is decided.\n\nPreviously: Harbour closes for winter (3 December 2019)", [CLOSED]),
        ("Nothing is decided.\n\n관련 기사: 항구 겨울 폐쇄 (2019.12.03)", [("항구 겨울 폐쇄", "2019-12-03")]),
        (
            (
                "Nothing is decided.\n\nSee also:\n- Harbour closes for winter (2019-12-03)\n"
                "- Crane unsafe for years (2017-11-12)"
            ),
            [CLOSED, UNSAFE],
        ),
        (
            (
                "Nothing is decided.\n\n¹ Harbour closes for winter, 3 December 2019\n"
                "² Crane unsafe for years, 12 November 2017"
            ),
            [CLOSED, UNSAFE],
        ),
        (
            (
                "Nothing is decided.\n\nFootnotes\n1. Harbour closes for winter, 2019-12-03. https://orla.example/winter\n"
                "2. Crane unsafe for years, 12 November 2017."
            ),
            [CLOSED, UNSAFE],
        ),
        # What cites nothing that could be found again.
        ("As previously reported, the crane had been unsafe for years before it fell into the sound.", []),
        ("The mayor spoke of the law (see Section 4, 3 December 2019) and of what it costs the town.", []),
        ("The film “Harbour closes for winter” was shown on 3 December 2019 in the town hall of Orla.", []),
    ],
)
def test_what_is_cited(text: str, found: list[tuple[str, str]]) -> None:
    assert references(text) == found
