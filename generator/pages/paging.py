"""Long lists in parts: a page that a phone still opens at once, and links to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.pages.wording import Words

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
