"""Words that tell names from other capitalised words: titles, stop names, names of persons by culture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generator.annotate.mentions.tokens import fold, tokenize
from generator.data import read_rows, read_tree

SURNAMES_SURE = 3_000
"""Census ranks from which a surname alone is evidence; further down stand words such as Guy and Power."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """Immutable word lists, folded."""

    titles: dict[str, str]
    """Folded words of a title to its kind; `role` are the lower-case ones (coach, spokesman)."""
    roles: frozenset[str]
    """Folded lower-case roles: some are titles too when capitalised (president, President)."""
    longest_title: int
    title_starts: frozenset[str]
    """First words of titles."""
    stops: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    korean_surnames: frozenset[str]
    korean_syllables: frozenset[str]
    chinese_surnames: frozenset[str]
    chinese_syllables: frozenset[str]
    notable: frozenset[str]
    """Surnames of well-known persons: evidence against the model's view that a single word is a company."""
    calendar: frozenset[str]
    """Weekdays and months: never part of a name but as a first name."""
    endings: dict[str, str]
    """Last word of an organization's or a place's name to its kind (`place` or a kind of organization)."""
    long_endings: dict[str, str]
    """The same for endings of two words and more."""
    last_of_endings: frozenset[str]
    """The last words of these."""


@cache
def load_words() -> NameWords:
    """The word lists of the package's data files."""
    lists: dict[tuple[str, str], set[str]] = {}
    for row in read_rows("names.csv"):
        lists.setdefault((row["culture"], row["part"]), set()).update(fold(name) for name in row["names"].split())
    census = {row["part"]: row["names"].lower().split() for row in read_rows("names-census.csv")}
    titles = {
        " ".join(token.key for token in tokenize(row["title"])): row["kind"]
        for row in reversed(read_rows("titles.csv"))
    }
    stop_groups = read_tree("stop_names.yml")
    stops = {word for group in stop_groups.values() for word in map(str, group) if " " not in word}
    offices = read_tree("offices.yml")
    endings = {word: kind for kind, group in offices["organization_endings"].items() for word in group}
    endings |= dict.fromkeys(offices["place_endings"], "place")
    return NameWords(
        titles=titles,
        title_starts=frozenset(title.split(" ")[0] for title in titles),
        roles=frozenset(fold(row["title"]) for row in read_rows("titles.csv") if row["kind"] == "role"),
        longest_title=max(title.count(" ") + 1 for title in titles),
        stops=frozenset(stops),
        first=frozenset(census["first"]).union(
            *(
                names
                for (culture, part), names in lists.items()
                if part == "given" and culture not in ("korean", "chinese")
            )
        ),
        last=frozenset(census["last"][:SURNAMES_SURE]).union(
            *(names for (_, part), names in lists.items() if part == "surname")
        ),
        korean_surnames=frozenset(lists["korean", "surname"]),
        korean_syllables=frozenset(lists["korean", "given"]),
        chinese_surnames=frozenset(lists["chinese", "surname"]),
        chinese_syllables=frozenset(lists["chinese", "given"]),
        notable=frozenset(_surname(row["name"]) for row in read_rows("persons.csv")),
        calendar=frozenset(map(str, [*stop_groups["weekdays"], *stop_groups["months"]])),
        endings={word: kind for word, kind in endings.items() if " " not in word},
        long_endings={word: kind for word, kind in endings.items() if " " in word},
        last_of_endings=frozenset(word.split(" ")[-1] for word in endings if " " in word),
    )


def _surname(name: str) -> str:
    """The folded last word of a name; of a Korean or Chinese one too, where it is not the surname and does no harm."""
    return tokenize(name)[-1].key
