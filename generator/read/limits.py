"""How large a seed may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one seed; what exceeds them is rejected, with its size and the bound in the message.

    `size` is in bytes of the file, `lines` counts line ends, `line` is in characters.
    """

    size: int = 8_000_000
    """Four times the two megabytes of a full day's transcript, and small enough for the model's memory."""
    lines: int = 200_000
    """Eight megabytes of lines of forty characters: a text. More lines than that are a log or a table."""
    line: int = 1_000_000
    """A book pasted without line ends has about half a million characters."""
