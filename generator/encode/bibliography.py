"""Values to BibTeX and RIS: what stands in a headline is text there, and neither ends a field nor runs as TeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from generator.encode.markdown import one_line

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
_QUOTED = {ord(mark): quote(mark) for mark in "\\{} "}
_KEY = re.compile(r"[^a-z0-9-]+")


def tex(text: str) -> str:
    """`text` as the value of a field: in braces of its own, so that no style changes its case."""
    return f"{{{one_line(text).translate(_TEX)}}}"


def tex_names(names: Iterable[str]) -> str:
    """Names as the value of a field, each in braces of its own, since which part is the family's is not known."""
    return " and ".join(tex(name) for name in names)


def tex_verbatim(text: str) -> str:
    """An address or a date as the value of a field that is read as it stands."""
    return one_line(text).translate(_QUOTED)


def bibtex(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """One entry. Values are what the functions above give; empty ones are left out."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value not in ("", "{}")]
    return "\n".join((f"@{kind}{{{_KEY.sub('-', key)},", *lines, "}", ""))


def ris(kind: str, fields: Iterable[tuple[str, str]]) -> str:
    """One record. A value stands on one line: the next tag begins the next."""
    lines = [f"{tag}  - {one_line(value).strip()}" for tag, value in fields if value.strip()]
    return "\n".join((f"TY  - {kind}", *lines, "ER  - ", ""))
