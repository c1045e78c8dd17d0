"""How the command line talks to people and programs, and how it lets itself be ended."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from generator.errors import BriefingError
from generator.progress import Progress
from generator.report import Report


class Terminated(BaseException):
    """The process was asked to end; not an `Exception`, so that nothing on the way swallows it."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How much the run says, and in which form."""

    quiet: bool
    verbose: bool
    json: bool

    def progress(self) -> Progress:
        """Progress on stderr, as wordy as asked for."""
        return Progress(quiet=self.quiet or self.json, verbose=self.verbose)

    @contextmanager
    def ending(self, report: Report) -> Iterator[None]:
        """Record in `report` the error that ends the block, if one of ours does."""
        try:
            yield
        except BriefingError as error:
            report.fail(error)

    def finish(self, report: Report) -> int:
        """Say what `report` holds, if somebody listens, and return its exit code."""
        with suppress(BrokenPipeError):
            self._say(report)
        return report.exit_code

    def _say(self, report: Report) -> None:
        if self.json:
            click.echo(report.to_json(), nl=False)
            return
        color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        for line in report.issue_lines(color=color, notes=self.verbose):
            click.echo(line, err=True)
        if report.summary() and not self.quiet:
            click.echo(report.summary())


def open_streams() -> None:
    """Let what is said go nowhere where this process was started without stdin, stdout or stderr."""
    # In this order, so that each gets its own number: a file that is opened later would, and hold what is said to it.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8", errors="replace")  # noqa: SIM115 -- as long as the process
            setattr(sys, name, nowhere)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C would, so that it cleans up behind itself."""

    def terminate(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # not the main thread: somebody else looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
