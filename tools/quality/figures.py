"""What a checker found: one figure with its goal, and the findings that a person has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Bound = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table."""

    check: str
    value: float | None
    """None: the checker was not there; `findings` says what is missing."""
    goal: float
    bound: Bound = "at most"
    unit: str = ""
    findings: tuple[str, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value <= self.goal if self.bound == "at most" else self.value >= self.goal


def count(check: str, findings: Iterable[str]) -> Figure:
    """A check whose figure is its number of findings, and whose goal is none."""
    found = tuple(findings)
    return Figure(check, len(found), 0, findings=found)


def absent(check: str, what: str) -> Figure:
    """A check that could not be made, and what it lacks."""
    return Figure(check, None, 0, findings=(f"skipped: {what}",))


def table(figures: Iterable[Figure]) -> str:
    """The figures as aligned lines of text."""
    rows = [("check", "figure", "goal", "")]
    marks: Mapping[bool | None, str] = {True: "reached", False: "NOT REACHED", None: "skipped"}
    for one in figures:
        value = "-" if one.value is None else f"{one.value:g}{one.unit}"
        rows.append((one.check, value, f"{one.bound} {one.goal:g}{one.unit}", marks[one.reached]))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_tree(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """The figures as JSON can hold them."""
    return [asdict(one) | {"reached": one.reached} for one in figures]
