"""Rows to RFC 4180 CSV that a spreadsheet does not run.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line's end for a formula, some
take the full-width forms of these marks, and a byte order mark in front may go as the file is read (OWASP, "CSV
Injection"). Such a cell gets an apostrophe in front, and so does one that already begins with an apostrophe:
`revive` takes exactly one away again, so nothing is lost.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_ACTIVE = frozenset("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20\ufeff")

Cell = str | int | float | bool | None | Sequence[str]


def encode_csv(header: Sequence[str] | None, rows: Iterable[Sequence[Cell]]) -> str:
    r"""CSV text with `header`, `\r\n` line ends; lists joined with ``; ``; unknown (`None`) is empty.

    No `header`: the rows alone, to be joined to others.
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    if header is not None:
        writer.writerow(header)
    # Most cells are plain text, numbers or unknown, which the writer takes as they are.
    writer.writerows(
        [
            (f"'{value}" if value[:1] in _ACTIVE else value)
            if type(value) is str
            else (value if value is None or type(value) is int else _cell(value))
            for value in row
        ]
        for row in rows
    )
    return stream.getvalue()


def neutralise(text: str) -> str:
    """`text` such that a spreadsheet shows it and does not compute it."""
    return f"'{text}" if text[:1] in _ACTIVE else text


def revive(cell: str) -> str:
    """The text that `neutralise` was given."""
    return cell.removeprefix("'")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return neutralise("; ".join(value))
