"""Long lists cut into pages that a phone opens at once.

They are cut where a name or a date says so, so that one thing more changes the page that it stands on and no other; by
number is cut only what nothing else tells apart.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from generator.pages.wording import Words
from generator.slug import RESERVED, slugify

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among those of its list, as the links at its foot need it."""

    number: int
    """From 1."""
    last: int
    before: str
    """The page before; empty on the first."""
    after: str
    """The page after; empty on the last."""
    near: tuple[tuple[int, str], ...]
    """Number and path of the pages that are linked by number: the first, the last and those around this one."""


@dataclass(frozen=True, slots=True)
class Part(Generic[Thing]):
    """One page of a list."""

    things: tuple[Thing, ...]
    number: int
    """From 1."""
    paths: tuple[str, ...]
    """Sources of all pages of the list, in order."""

    @property
    def path(self) -> str:
        """Where this part stands."""
        return self.paths[self.number - 1]

    @property
    def place(self) -> Place:
        """Where this page stands among the others."""
        number, last = self.number, len(self.paths)
        near = sorted({1, last, *range(max(number - 2, 1), min(number + 2, last) + 1)})
        return Place(
            number,
            last,
            self.paths[number - 2] if number > 1 else "",
            self.paths[number] if number < last else "",
            tuple((one, self.paths[one - 1]) for one in near),
        )

    def titled(self, title: str, words: Words) -> str:
        """`title`, which is that of the first page, with the number of this one where it is another."""
        return words.say("parts.titled", title=title, number=self.number) if self.number > 1 else title


def parts(things: Sequence[Thing], size: int, first: str, rest: str) -> Iterator[Part[Thing]]:
    """`things` in parts of `size`: the first at `first`, the others at `rest` with their number in the place of `{}`.

    One empty part where there is nothing.
    """
    count = max(-(-len(things) // size), 1)
    paths = (first, *(rest.format(number) for number in range(2, count + 1)))
    for number in range(1, count + 1):
        yield Part(tuple(things[(number - 1) * size : number * size]), number, paths)


OTHER = "0-9"
"""Stands for the first letter of what begins with none."""
# Beyond so many letters names are told apart by number: there are hardly any.
_LETTERS = 6
_SLUG = 16
_TENTH, _TWENTIETH = 10, 20


@dataclass(frozen=True, slots=True)
class Branch(Generic[Thing]):
    """A page of a list that is cut by steps, such as year, month and day."""

    key: str
    """The step that its things share; empty for the whole list."""
    things: tuple[Thing, ...]
    """What stands on the page itself: all of it, or what no page below is of."""
    below: tuple[str, ...]
    """The keys of the pages that have the rest, in order."""
    above: tuple[str, ...]
    """The keys of the pages that lead here."""


def branches(
    things: Iterable[Thing], size: int, steps: Callable[[Thing], Sequence[str]], key: str = ""
) -> Iterator[Branch[Thing]]:
    """`things` on pages, each of which is cut further by the next of its `steps` while it has more than `size`.

    A page comes before those below it. One has more than `size` things where no step tells them apart. The page of
    the whole list, which has no key, has all of its things or none.
    """
    those = tuple(things)
    if len(those) <= size:
        yield Branch(key, those, (), ())
    else:
        yield from _branches([(steps(thing), thing) for thing in those], size, key, (), 0)


def _branches(
    things: list[tuple[Sequence[str], Thing]], size: int, key: str, above: tuple[str, ...], depth: int
) -> Iterator[Branch[Thing]]:
    stay = things
    below: dict[str, list[tuple[Sequence[str], Thing]]] = {}
    deepest = max((len(steps) for steps, _ in things), default=0) if len(things) > size else 0
    # A step that all of them share would make a page with a single way on.
    while len(below) < 2 and depth < deepest:
        below = {}
        for steps, thing in things:
            step = steps[depth] if depth < len(steps) else "" if key else steps[-1]
            below.setdefault(step, []).append((steps, thing))
        depth += 1
    if len(below) > 1:
        stay = below.pop("", [])
    else:
        below = {}
    yield Branch(key, tuple(thing for _, thing in stay), tuple(sorted(below)), above)
    for step, some in sorted(below.items()):
        yield from _branches(some, size, step, (*above, key), depth)


# Whoever builds again asks of the same names and dates.
@lru_cache(maxsize=8192)
def steps_of_name(name: str) -> tuple[str, ...]:
    """By what lists of names are cut: the first letter, the first two letters, and so on, as addresses spell them."""
    letters = slugify(name, _SLUG).replace("-", "")
    if not letters[:1].isalpha():
        return (OTHER,)
    begins = (letters[:count] for count in range(1, min(len(letters), _LETTERS) + 1))
    return tuple(one for one in begins if one not in RESERVED)


@lru_cache(maxsize=8192)
def steps_of_date(iso: str) -> tuple[str, ...]:
    """By what lists are cut that are in the order of time: year, month, ten days or so, day; as much as is known."""
    year, month, day = iso[:4], iso[5:7], iso[8:10]
    if iso[4:5] != "-" or not month.isdigit():
        return (year,)
    if iso[7:8] != "-" or not day.isdigit() or not 1 <= int(month) <= 12:
        return year, f"{year}-{month}"
    of = f"{year}-{month}"
    first = 1 if int(day) <= _TENTH else _TENTH + 1 if int(day) <= _TWENTIETH else _TWENTIETH + 1
    last = first + 9 if first <= _TENTH + 1 else monthrange(int(year), int(month))[1]
    return year, of, f"{of}-{first:02}/{of}-{last:02}", f"{of}-{day}"
