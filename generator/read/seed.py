"""One seed: from the bytes of its file to text, or the reason why not."""

from __future__ import annotations

import hashlib
import re

from generator.errors import SeedRejected
from generator.model import SeedText
from generator.read.decoding import decode
from generator.read.limits import Limits
from generator.read.override import read_override

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Text has next to no control characters. One in fifty is more than any damaged article and less than any program.
_CONTROL_SHARE = 0.02
# What file formats begin with that are often saved into a folder of articles by mistake.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
)


def read_seed(name: str, raw: bytes, override: bytes | None, limits: Limits) -> SeedText:
    """The decoded text of the seed `name`, its line ends as in the file.

    `override` is the content of NAME.yml beside it. Raises `SeedRejected` for a file that is empty, binary,
    too large, undecodable or without a letter. A lone surrogate, which no encoder would write back, is
    shown as U+FFFD, one for one.
    """
    if len(raw) > limits.size:
        raise SeedRejected(
            "too-large",
            f"{name}: {len(raw):,} bytes, and the limit is {limits.size:,}",
            "split it into articles, or raise the limit in briefing.yml",
        )
    for start, kind in _FORMATS:
        if raw.startswith(start):
            raise SeedRejected("binary", f"{name}: this is {kind}, not text", "save the article's text as a .txt file")
    if not raw.strip(b"\x00\t\n\x0b\x0c\r "):
        what = "the file is empty" if not raw else "the file holds nothing but white space"
        raise SeedRejected("empty", f"{name}: {what}", "paste the article into it, or delete the file")
    decoded = decode(raw)
    if decoded is None:
        raise SeedRejected("undecodable", f"{name}: no known encoding makes text of it", "save it as UTF-8")
    text = _SURROGATES.sub("\ufffd", decoded.text)
    if len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise SeedRejected(
            "binary", f"{name}: full of control characters, so not text", "save the article's text as a .txt file"
        )
    _hold_to(name, text, limits)
    if not any(character.isalpha() for character in text):
        what = "there is not a single letter in it" if text.strip("\ufeff \t\r\n") else "the file is empty"
        raise SeedRejected("no-letters", f"{name}: {what}", "paste the article into it, or delete the file")
    fields, issues = read_override(name, override)
    return SeedText(
        name=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        text=text,
        encoding=decoded.encoding,
        override=fields,
        issues=issues,
    )


def _hold_to(name: str, text: str, limits: Limits) -> None:
    position = lines = longest = 0
    for end in _LINE_ENDS.finditer(text):
        longest = max(longest, end.start() - position)
        position = end.end()
        lines += 1
    longest = max(longest, len(text) - position)
    if lines > limits.lines:
        raise SeedRejected(
            "too-many-lines",
            f"{name}: {lines:,} lines, and the limit is {limits.lines:,}",
            "this looks like a log or a table; split it into articles, or raise the limit in briefing.yml",
        )
    if longest > limits.line:
        raise SeedRejected(
            "line-too-long",
            f"{name}: a line of {longest:,} characters, and the limit is {limits.line:,}",
            "break the text into paragraphs, or raise the limit in briefing.yml",
        )
