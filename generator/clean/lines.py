"""Lines of a seed, and what each reads like once noise characters are seen through.

A no-break space is a space, a zero-width character nothing, and UTF-8 that was read as Windows-1252 is
mended, each tied to the seed characters it stands for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ftfy
from ftfy.badness import is_bad

from generator.aligned import AlignedText

Piece = tuple[str, int, int]

LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Joiners belong to emoji and to the scripts from Arabic to the Indic ones; elsewhere they are noise.
_JOINED = re.compile(r"[\u0590-\u1fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_SPECIAL = re.compile(
    rf"[{_SPACES}]"
    r"|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    r"|&(?:nbsp|amp|quot|apos|[lr]squo|[lr]dquo|[nm]dash|hellip|middot|laquo|raquo|eacute|copy|#39|#0?34|#160|#821[1267]|#822[01]|#8230);"
)
# A lead byte of UTF-8 and a continuation byte, both read as Windows-1252 or Latin-1.
_SUSPECT = re.compile(r"[Â-ô][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")

# Lines of prose have 40 characters and more, the blank ones between paragraphs counted with them 25. Five thousand
# shorter ones are more than any page has of navigation; each by itself would cost some hundred microseconds.
_SCRAPS = 5000
_SCRAP_LENGTH = 25
# Headline, byline and date, and what stands at the foot of a page, are within this many lines of its ends.
_OUTER = 200
# Scraps stand together in blocks of a few pages of print: a block costs about as much as a line does.
_STRETCH = 500

_NOTHING = AlignedText("", ())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a seed. `start` and `end` are seed offsets without the line end; `text` is trimmed at both ends."""

    start: int
    end: int
    text: AlignedText

    @property
    def blank(self) -> bool:
        """Whether nothing is to be read on it."""
        return not self.text.text


def split_lines(text: str) -> Iterator[Line]:
    """The lines of `text`, also the blank ones, in order.

    What is all scraps, a list of words or a column of figures, has its middle read in long stretches of many lines:
    see `stretched`.
    """
    ends = [match.span() for match in LINE_END.finditer(text)]
    if len(ends) <= _SCRAPS or len(text) >= _SCRAP_LENGTH * len(ends):
        yield from _lines(text, ends, 0, len(text))
        return
    after_head, before_tail = ends[_OUTER - 1][1], ends[-_OUTER][0]
    yield from _lines(text, ends[:_OUTER], 0, after_head)
    start = after_head
    for at in range(_OUTER + _STRETCH - 1, len(ends) - _OUTER, _STRETCH):
        yield _line(text, start, ends[at][0])
        start = ends[at][1]
    if start < before_tail:
        yield _line(text, start, before_tail)
    yield from _lines(text, ends[len(ends) - _OUTER + 1 :], ends[-_OUTER][1], len(text))


def _lines(text: str, ends: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Line]:
    """The lines of the stretch of `text` that the line ends `ends` part."""
    for before, after in ends:
        yield _line(text, start, before)
        start = after
    if start < end:
        yield _line(text, start, end)


def stretched(line: Line) -> bool:
    """Whether `line` stands for many lines of the seed: its text has line ends in it."""
    return LINE_END.search(line.text.text) is not None


def trimmed(view: AlignedText) -> AlignedText:
    """`view` without white space at its ends."""
    text = view.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start == 0 and end == len(text):
        return view
    return view.slice(start, end) if start < end else AlignedText("", ())


def folded(text: str) -> str:
    """`text` with each run of white space as one space: the form in which lines are compared."""
    return " ".join(text.split())


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    if not raw or raw.isspace():
        return Line(start, end, _NOTHING)
    pieces: list[Piece] = [(raw, start, end)] if raw else []
    if _SUSPECT.search(raw):
        pieces = list(_mended(raw, start))
    if any(_SPECIAL.search(view) or "\t" in view for view, _, _ in pieces):
        pieces = [seen for piece in pieces for seen in _seen(piece)]
    return Line(start, end, trimmed(AlignedText.of(pieces)))


def _mended(raw: str, start: int) -> Iterator[Piece]:
    """`raw` with mojibake mended, stretch by stretch: every byte of a misread character is outside ASCII."""
    if not is_bad(raw):
        yield raw, start, start + len(raw)
        return
    position = 0
    for match in _FOREIGN.finditer(raw):
        mended = _mend(match[0])
        if mended != match[0] and 0 < len(mended) <= len(match[0]):
            yield raw[position : match.start()], start + position, start + match.start()
            yield from _spread(mended, start + match.start(), start + match.end())
            position = match.end()
    yield raw[position:], start + position, start + len(raw)


def _spread(mended: str, start: int, end: int) -> Iterator[Piece]:
    """Each mended character with the misread ones it was: as many as it has bytes in UTF-8.

    Text that was misread twice does not add up; its characters share the stretch evenly. No piece shows more than
    one character, so no later cut can fall into a piece.
    """
    widths = [len(character.encode("utf-8", "surrogatepass")) for character in mended]
    even = sum(widths) != end - start
    position = start
    for index, character in enumerate(mended):
        after = start + (index + 1) * (end - start) // len(mended) if even else position + widths[index]
        yield character, position, after
        position = after


# A closing mark that was misread: its third byte is no character of Windows-1252, and is lost where text is copied.
_CUT_MARK = "â€"


def _mend(stretch: str) -> str:
    if stretch == _CUT_MARK:
        return "”"
    mended = ftfy.fix_encoding(stretch)
    if mended != stretch or len(stretch) < 2:
        return mended
    # One accented letter alone is too little evidence for ftfy; the line as a whole was found bad already.
    try:
        return stretch.encode("sloppy-windows-1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return stretch


def _seen(piece: Piece) -> Iterator[Piece]:
    view, start, end = piece
    if len(view) != end - start:
        yield "".join(" " if character in _SPACES else character for character in view), start, end
        return
    # A tab between two texts is a column of a table; one before or after them is an indent.
    position = 0
    for match in _SPECIAL.finditer(view):
        yield view[position : match.start()], start + position, start + match.start()
        position = match.end()
        shown = _shown(match[0], view, match.start(), match.end())
        yield shown, start + match.start(), start + match.end()
    yield view[position:], start + position, end


def _shown(special: str, view: str, start: int, end: int) -> str:
    if special in _SPACES:
        return " "
    if special.startswith("&"):
        plain = html.unescape(special)
        return " " if plain == "\xa0" else plain
    if special in "\u200c\u200d" and _JOINED.match(view[start - 1 : start]) and _JOINED.match(view[end : end + 1]):
        return special
    return ""
