"""A corpus about a harbour that does not exist: one of everything that a query can ask for."""

from __future__ import annotations

from generator.model import Corpus
from tests.search.making import Name, Story, make_corpus

NAMES = (
    Name("person", "Ada Morrow", ("A. Morrow", "아다 모로"), ("Morrow",), "harbour master of Lenn"),
    Name("person", "Ada Lindqvist", (), (), "pilot"),
    Name("person", "Tomás Lindqvist", ("Tomas Lindqvist",), ("Lindqvist",)),
    Name("person", "Kim Jong-un", (), (), "supreme leader", key="person:kim-jong-un"),
    Name("organization", "Lenn Harbour Authority", ("LHA",)),
    Name("organization", "Nordwest Wire"),
    Name("place", "Lenn"),
    Name("place", "Osterby"),
    Name("place", "Republic of Westmark", ("Westmark",)),
)

STORIES = (
    Story(
        "ferry-line",
        "Lenn and Osterby reopen the ferry line",
        (
            "Lenn and Osterby reopened their ferry line, ending eleven years without a boat. Ada Morrow cut a ribbon.",
            "“We have waited long enough for the water,” Morrow said. The second boat is not paid for.",
            "The Lenn Harbour Authority sold 1,200 tickets. To be or not to be modest is no question of the timetable.",
        ),
        "2031-05-03",
        "Westmark Courier",
        said=(("We have waited long enough for the water", "Ada Morrow"),),
        happened=(("2031-05-02", "The ferry line opens"),),
    ),
    Story(
        "doubts",
        "Doubts about the second boat",
        (
            "Tomas Lindqvist doubts that the ferry will repay its price. The state of the harbour is not the point.",
            "“A bridge is a bridge,” Lindqvist told the Nordwest Wire. He was waiting for figures of the LHA.",
        ),
        "2031-06-11",
        "Nordwest Wire",
        signals=("word-spun",),
        said=(("A bridge is a bridge", "Tomas Lindqvist"),),
        happened=(("2031-06", "A bridge is defended"),),
    ),
    Story(
        "korean",
        "항만공사 “등대지기” 명단 공개",
        ("항만공사는 등대지기 명단을 공개했다. 아다 모로는 답하지 않았다.", "東京港の連絡船が再開した。ガギグ"),
        "2032-01-09T21:40",
        "렌 신문",
        "ko",
    ),
    Story(
        "undated",
        "What Westmark eats",
        ("The café on the pier in Osterby serves naïve soups; Kim Jong-un has never been there.", "Waiters wait."),
        "",
        "",
        "en",
        ("undated",),
    ),
    Story(
        "compounds",
        "Timetables of the islands",
        (
            "Healthcare costs more than health care did. The ceasefire on prices, a cease-fire, was no cease fire.",
            "J. K. Sommer counted 10 000 plates, J.K. Sommer 10000 cups. The lamplight fell on a lamp light.",
        ),
    ),
    Story(
        "hostile",
        '<script>alert(1)</script> & "quotes"',
        (
            "<img src=x onerror=alert(1)> [link](javascript:alert(1)) __briefingSearch \u2028 line",
            "=1+1 @cmd -2 constructor __proto__ toString hasOwnProperty valueOf",
        ),
        "2031",
        "<b>Outlet</b>",
    ),
)


def harbour() -> Corpus:
    """The corpus."""
    return make_corpus(STORIES, NAMES)
