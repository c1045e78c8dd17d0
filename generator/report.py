"""What a run did and found. `Report` owns every count, every issue and the exit code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from generator.errors import BriefingError
from generator.model import Issue

EXIT_GOOD = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_LOCKED = 9
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

State = Literal["built", "unchanged", "checked", "cleaned", "created", "failed"]

_PLURALS = {"entity": "entities", "article": "articles", "seed": "seeds", "page": "pages", "file": "files"}
_MARKS = {"error": ("quarantined", "31"), "warning": ("warning", "33"), "info": ("note", "36")}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run ended early."""

    message: str
    remedy: str
    exit_code: int


class Report:
    """Collects what happens during one run, then says it once: as text for people or JSON for programs.

    An issue of severity `error` means, in a build, that a seed was quarantined while the rest was built; in a
    check, that a promise is broken.
    """

    def __init__(self, verb: str = "build", *, strict: bool = False) -> None:
        self.verb = verb
        self.strict = strict
        self.state: State = "built"
        self.counts: dict[str, int] = {}
        self.issues: list[Issue] = []
        self.failure: Failure | None = None
        self.seconds = 0.0
        self.place = ""
        """Where the result is: a path for the reader."""

    def count(self, what: str, number: int = 1) -> None:
        """Add `number` to the count named `what` (`articles`, `entities`, `files written`)."""
        self.counts[what] = self.counts.get(what, 0) + number

    def add(self, *issues: Issue) -> None:
        """Record issues; one that is already there is not recorded twice."""
        for issue in issues:
            if issue not in self.issues:
                self.issues.append(issue)

    def warn(self, code: str, where: str, message: str, remedy: str = "") -> None:
        """Record a warning about the file or page `where`."""
        self.add(Issue("warning", code, where, message, remedy))

    def fail(self, error: BriefingError) -> None:
        """Record the error that ended the run."""
        self.state = "failed"
        self.failure = Failure(error.message, error.remedy, error.exit_code)

    @property
    def quarantined(self) -> tuple[Issue, ...]:
        """The seeds that could not be read, by name."""
        return tuple(sorted((issue for issue in self.issues if issue.severity == "error"), key=_place))

    @property
    def exit_code(self) -> int:
        """The exit code of the run so far; `strict` makes warnings count."""
        if self.failure:
            return self.failure.exit_code
        if self.quarantined or (self.strict and any(issue.severity == "warning" for issue in self.issues)):
            return EXIT_FINDINGS
        return EXIT_GOOD

    def to_json(self) -> str:
        """The whole report as one JSON object, ending with a line feed."""
        content: dict[str, Any] = {
            "verb": self.verb,
            "state": self.state,
            "exit_code": self.exit_code,
            "strict": self.strict,
            "seconds": round(self.seconds, 3),
            "place": self.place,
            "counts": dict(sorted(self.counts.items())),
            "issues": [asdict(issue) for issue in sorted(self.issues, key=_place)],
            "failure": asdict(self.failure) if self.failure else None,
        }
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        return text.encode("utf-8", "backslashreplace").decode()

    def issue_lines(self, *, color: bool = False, notes: bool = False) -> list[str]:
        """The issues for a terminal, two lines each: what is wrong where, and what to do.

        Notes (severity `info`) are left out unless `notes`.
        """
        lines: list[str] = []
        for issue in sorted(self.issues, key=_place):
            if issue.severity == "info" and not notes:
                continue
            word, code = _MARKS[issue.severity]
            word = "fault" if issue.severity == "error" and self.verb == "check" else word
            mark = f"\x1b[{code}m{word}\x1b[0m" if color else word
            where = f"{printable(issue.seed)}: " if issue.seed else ""
            lines.append(f"{mark}  {where}{printable(_said(issue))} [{issue.code}]")
            if issue.remedy:
                lines.append(f"  -> {printable(issue.remedy)}")
        if self.failure:
            mark = "\x1b[31merror\x1b[0m" if color else "error"
            lines.append(f"{mark}  {printable(self.failure.message)}")
            if self.failure.remedy:
                lines.append(f"  -> {printable(self.failure.remedy)}")
        return lines

    def summary(self) -> str:
        """One line that says what the run came to; empty where it failed."""
        if self.state == "failed":
            return ""
        if self.state == "unchanged":
            return f"Nothing changed; {self.place} is current. ({self.seconds:.1f} s)"
        parts = [f"{number} {_worded(what, number)}" for what, number in self.counts.items()]
        opening = {"built": "Built", "checked": "Checked", "cleaned": "Cleaned", "created": "Created"}[self.state]
        return f"{opening} {self.place}: {', '.join(parts) or 'nothing to do'}. ({self.seconds:.1f} s)"


def quarantine_json(issues: Iterable[Issue]) -> bytes:
    """`quarantine.json`: the seeds that are not in the site, with reason and remedy, sorted by name."""
    rows = [
        {"seed": printable(issue.seed), "code": issue.code, "reason": printable(_said(issue)), "remedy": issue.remedy}
        for issue in sorted(issues, key=_place)
        if issue.severity == "error"
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def printable(text: str) -> str:
    """`text` with control characters, bidirectional overrides and lone surrogates shown as escapes.

    File names and seed text are written by strangers and end up on a terminal.
    """
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode() for char in text
    )


def _place(issue: Issue) -> tuple[str, str, str]:
    return issue.seed, issue.code, issue.message


def _said(issue: Issue) -> str:
    """The message without the name that stands before it anyway."""
    return issue.message.removeprefix(f"{issue.seed}: ")


def _worded(what: str, number: int) -> str:
    singular = {plural: word for word, plural in _PLURALS.items()}
    first, _, rest = what.partition(" ")
    return f"{singular.get(first, first)}{' ' if rest else ''}{rest}" if number == 1 else what
