"""What looks like a time expression and is none: the 15th floor, 2000 people, May the verb, Sunday the newspaper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.annotate.dates.lexicon import Lexicon
from generator.annotate.dates.rules import Rule

_BEFORE = re.compile(r"([^\W_]+(?:['’][^\W_]+)?)[\"“‘'(-]?\s{0,3}$")
_AFTER = re.compile(r"[-–\s]{0,3}([^\W_]+)")
_MID_SENTENCE = re.compile(r"[^\W_]\s{1,2}$")
_LOOK = 48  # characters either way: three long words


@dataclass(frozen=True, slots=True)
class Sight:
    """A match in its surroundings. `continues` tells that a date stands right before it (`1994, 1995 and 1997`)."""

    text: str
    start: int
    end: int
    match: re.Match[str]
    rule: Rule
    continues: bool

    def before(self, count: int = 1) -> str:
        """The lower-cased word that stands `count` words before the match; empty where none does on its line."""
        window = self.text[max(0, self.start - _LOOK) : self.start]
        word = ""
        for _ in range(count):
            found = _BEFORE.search(window)
            if not found:
                return ""
            word, window = found[1].lower(), window[: found.start()]
        return word

    def after(self) -> str:
        """The word right after the match, as written; empty before punctuation."""
        found = _AFTER.match(self.text, self.end, self.end + _LOOK)
        return found[1] if found else ""

    def following(self) -> str:
        """The character right after the match."""
        return self.text[self.end : self.end + 1]

    def leading(self) -> str:
        """The character right before the match."""
        return self.text[self.start - 1 : self.start]


def is_time(sight: Sight, words: Lexicon) -> bool:
    """Whether the match is a time expression in its surroundings."""
    if sight.leading() and (sight.leading().isalnum() or sight.leading() == "_") and sight.text[sight.start].isascii():
        return _is_cjk(sight.leading()) or sight.rule.name.startswith("cjk")
    if _within_a_number(sight) or (sight.leading() != "" and sight.leading() in "/=_&?#@\\"):
        return False  # part of a larger number, or of an address on the web
    for group in ("month", "month2", "wd", "wdshort", "monthany"):
        if group in sight.rule.groups and not _capital(sight, group, words):
            return False
    guard = _GUARDS.get(sight.rule.name)
    return guard(sight, words) if guard else _whole(sight)


def _within_a_number(sight: Sight) -> bool:
    """Whether the match begins inside `1.5` or `1,000`."""
    first, mark, before = (
        sight.text[sight.start],
        sight.leading(),
        sight.text[max(0, sight.start - 2) : sight.start - 1],
    )
    return first.isdigit() and mark != "" and mark in ".," and before.isdigit()


def _is_cjk(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _capital(sight: Sight, group: str, words: Lexicon) -> bool:
    surface = sight.match[group]
    if not surface or group == "monthany":
        return True
    return surface[0].isupper() or surface.lower() in words.lists["lower_case_times"]


def _whole(sight: Sight) -> bool:
    following = sight.following()
    return not (following.isalnum() and sight.text[sight.end - 1].isalnum()) or _is_cjk(following)


def _year(sight: Sight, words: Lexicon) -> bool:
    if _in_a_number(sight) or sight.after().lower() in words.lists["counted"]:
        return False
    if not _whole(sight):
        return False
    year = int(sight.match["year"])
    before = sight.before()
    if sight.match["part"] or sight.continues or sight.leading() == "(":
        return True
    if year < 1500:
        # Below that a bare number is a count more often than a year, unless its preposition is that of years.
        return before in words.lists["old_year_leads"] and sight.following() in ",.;:)" and year > 1000
    if before in words.lists["about_years"]:
        # "around 1910." and "about 1910 and": "about 2000 crates" is a count.
        behind = not sight.after() or sight.after() in words.lists["behind_years"]
        return year >= 1500 and (behind or sight.following() in ",.;:)")
    if before == "of":
        return sight.before(2) not in words.lists["counting"]
    if before == "to":
        return sight.before(2) in words.lists["back_to"]
    if before in words.lists["year_leads"]:
        return True
    if sight.leading() == "-":
        return before in words.lists["year_prefixes"]
    if before in words.lists["year_determiners"] or before.endswith(("'s", "’s")):
        return bool(sight.after()) and sight.after()[0].isalpha() and before != "that"
    if before in words.months or before in words.lists["before_years"]:
        return True
    return not before and sight.after().lower() in words.lists["year_verbs"]


def _in_a_number(sight: Sight) -> bool:
    leading, following = sight.leading(), sight.following()
    if (
        leading
        and leading in "$£€¥₩#./:,+"
        and not (leading == "," and sight.text[sight.start - 2 : sight.start - 1].isalpha())
    ):
        return True
    beyond = sight.text[sight.end + 1 : sight.end + 2]
    return (following in "%°$€" and bool(following)) or (bool(following) and following in ",.:/-–" and beyond.isdigit())


def _month(sight: Sight, words: Lexicon) -> bool:
    surface = sight.match["month"]
    name = surface.lower().rstrip(".")
    before, after = sight.before(), sight.after()
    if not _whole(sight) or before in words.lists["not_before_month"] or sight.leading() == "-":
        return False
    if sight.match["part"] or sight.continues:
        return True
    short = name in words.lists["ambiguous_months"]
    if surface[0].islower() and name in ("may", "march"):
        return False
    if not short and len(name) > 4:
        return True
    if before == "the":
        return after.lower() not in ("on", "of", "for", "to", "against", "") and not after[:1].isupper()
    if before == "to":
        return sight.before(2) in words.months
    given_name = after[:1].isupper() and sight.following() == " " and not after.isupper()
    return before in words.lists["month_leads"] and not given_name


def _weekday(sight: Sight, words: Lexicon) -> bool:
    if not _whole(sight):
        return False
    if sight.before() in words.lists["not_before_weekday"]:
        return False
    after = sight.after()
    if sight.before() == "a" and (sight.following() in ",.;:)" or not after):
        return False  # "1 April 1999, a Thursday" says which day of the week a day was
    return not (after[:1].isupper() and after.lower() in words.lists["not_after_weekday"])


def _day_of_month(sight: Sight, words: Lexicon) -> bool:
    surface = sight.match[0].lower()
    before = sight.before()
    if sight.leading() == "(" and sight.following() == ")":
        return True
    if not surface.startswith("the") and not sight.match["daypart"]:
        if before != "the":
            # Translated Korean and Japanese drop the article: `on 15th`.
            return (sight.continues or before in words.lists["day_leads_bare"]) and _ends_phrase(sight, words)
        before = sight.before(2)
    if before not in words.lists["day_leads"] and not sight.match["daypart"]:
        return False
    after = sight.after()
    if before == "on" and after[:1].isupper() and sight.following() == " ":
        return after.lower() not in words.lists["counted_by_ordinals"]
    return _ends_phrase(sight, words)


def _last_day(sight: Sight, words: Lexicon) -> bool:
    return sight.match["which"].lower() != "this" and _ends_phrase(sight, words)


def _ends_phrase(sight: Sight, words: Lexicon) -> bool:
    following = sight.following()
    if following in ("-", "–"):
        return False
    after = sight.after()
    if not after or not following.isspace():
        return not following.isalnum()
    return after.islower() and (after in words.lists["after_day"] or after.endswith("ed"))


def _which_unit(sight: Sight, words: Lexicon) -> bool:
    unit = sight.match["unit"].lower()
    if unit.endswith("s") or unit in ("day", "night"):
        return False
    which = sight.match["which"].lower()
    if sight.before() == "the" and which != "current" and not sight.match["part"]:
        return False
    return which != "past" and _whole(sight)


def _common_word(sight: Sight, words: Lexicon) -> bool:
    """`today`, not the end of a name: `USA Today`, `CBS This Morning`."""
    surface = sight.match[0]
    named = (
        surface[0].isupper()
        and not surface.isupper()
        and _MID_SENTENCE.search(sight.text, max(0, sight.start - 3), sight.start)
    )
    return _whole(sight) and not named and sight.before() != "usa"


def _part_of_unit(sight: Sight, words: Lexicon) -> bool:
    """`the end of the year`; but `the end of the day` is a manner of speaking."""
    told = "of_told" in sight.rule.fixed
    return _whole(sight) and not (told and sight.match["unit"].lower().startswith("day"))


def _chained_unit(sight: Sight, words: Lexicon) -> bool:
    unit = sight.match["unit"].lower()
    if unit.endswith("s"):
        return False
    same = sight.rule.name == "that-day"  # "within the same month" says which one
    spans_time = not same and sight.before() in words.lists["duration_leads"] and unit not in ("day", "night")
    return not spans_time and _whole(sight)


def _decade_word(sight: Sight, words: Lexicon) -> bool:
    surface = sight.match[0].lower()
    lead = sight.before(1)
    return surface.startswith("nineteen") or lead == "the"


def _clock(sight: Sight, words: Lexicon) -> bool:
    if not _whole(sight):
        return False
    if sight.match["ampm"]:
        return True
    return bool(sight.match["tz"]) or sight.before() in words.lists["clock_leads"]


def _plural_season(sight: Sight, words: Lexicon) -> bool:
    return _whole(sight) and sight.match["season"].islower()


def _year_range(sight: Sight, words: Lexicon) -> bool:
    parts = sight.rule.parts(sight.match, words)
    return _whole(sight) and parts["year"] < parts["year2"] and sight.after().lower() not in words.lists["counted"]


def _ordinal_century(sight: Sight, words: Lexicon) -> bool:
    return _whole(sight) and 1 < int(sight.rule.parts(sight.match, words)["ordinal"]) <= 21


def _day_first(sight: Sight, words: Lexicon) -> bool:
    """`15 March`, not `at 15 March Street` nor the verb `15 may`."""
    after = sight.after()
    street = after.lower() in words.lists["streets"]
    return (
        _whole(sight)
        and not street
        and sight.match["month"][0].isupper()
        and sight.leading() not in (".", ",", "$", ":")
    )


def _day_elsewhere(sight: Sight, words: Lexicon) -> bool:
    return _whole(sight) and sight.leading() not in (".", ",", "$", ":")


def _second_day(sight: Sight, words: Lexicon) -> bool:
    return sight.continues and _whole(sight)


def _ago(sight: Sight, words: Lexicon) -> bool:
    """`a century ago`, not the end of `half a century ago` or `two and a half years ago`."""
    return _whole(sight) and sight.before() not in ("half", "a")


_GUARDS: dict[str, Callable[[Sight, Lexicon], bool]] = {
    "year": _year,
    "bare-month": _month,
    "weekday": _weekday,
    "day-of-month": _day_of_month,
    "last-day-of-month": _last_day,
    "which-unit": _which_unit,
    "part-of-unit": _part_of_unit,
    "today": _common_word,
    "tomorrow": _common_word,
    "this-morning": _common_word,
    "next-day": _chained_unit,
    "day-before": _chained_unit,
    "that-day": _chained_unit,
    "that-unit": _chained_unit,
    "named-decade": _decade_word,
    "time": _clock,
    "in-season": _plural_season,
    "which-season": _plural_season,
    "that-season": _plural_season,
    "next-season": _plural_season,
    "year-range": _year_range,
    "year-dash": _year_range,
    "second-day": _second_day,
    "years-ago": _ago,
    "century": _ordinal_century,
    "day-month": _day_first,
    "day-month-elsewhere": _day_elsewhere,
}
