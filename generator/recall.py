"""What pages asked in the last build, between the stage that makes them and the file that keeps it.

A module of its own, so that a build without changes need not load the pages.
"""

from __future__ import annotations

import msgspec

Question = tuple[str, str | tuple[str, ...]]
"""What is asked about, and which of those."""


class PageMemory(msgspec.Struct, frozen=True):
    """What pages asked in the last build. `version` is that of the code and data that made them."""

    version: str = ""
    questions: list[Question] = []
    answers: bytes = b""
    """The digest of the answer to each question, one after the other."""
    pages: dict[str, bytes] = {}
    """Path of each page that may be kept to the numbers of its questions, four bytes each."""
