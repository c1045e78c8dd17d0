"""From lines to paragraphs: broken lines joined, glued paragraphs parted, headings, lists and tables told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.aligned import AlignedText
from generator.clean.features import load_vocabulary
from generator.clean.lines import Line, Piece, stretched, trimmed
from generator.model import Block, ParagraphKind

_TERMINAL = re.compile(r"[.!?:;。！？…]['\"”’」』)\]]{0,3}$")
_BULLET = re.compile(r"[-*•·●○▪▫◦‣■□◆◇▶▷※][ \t]{1,4}(?=\S)")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)][ \t]{1,4}|[①-⑳][ \t]{0,4})(?=\S)")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]{1,4}(?=\S)")
_COLUMNS = re.compile(r"\t+| ?\| ?")
# A byline, a date or an address opens a line of its own, whatever stands before it.
_LABELLED = re.compile(
    r"(?:By|Von|Por|Par|Di|Published|Posted|Updated|Last updated|Date|Source|Publicado|Stand|입력|기사입력|승인|등록)"
    r"(?::| [A-Z\d]|\s\d)|https?://|(?:BY|by|di|von|por|par|door)(?: [A-ZÀ-Ý]|:)"
    r"|(?:PUBLISHED|POSTED|UPDATED|LAST UPDATED|DATE)(?::|\s\d)"
)
# A sentence that ends in a word and runs into the next without a space. Three small letters before the stop keep
# abbreviations and initials whole; a small letter after the capital keeps acronyms and addresses whole.
_GLUED = re.compile(
    r"(?:(?<=[a-zà-ÿ]{3}[.!?])(?=[“\"‘])|(?<=[a-zà-ÿ]{3}[.!?])|(?<=[a-zà-ÿ]{2}[.!?][”\"]))"
    r"(?=[“\"‘]?[A-ZÀ-Ý][a-zà-ÿ]{1,20}[ ,’'])"
)
# A missing space in a short line is a slip of the pen; in a long one two paragraphs were run together.
_GLUED_LENGTH = 300
# Fixed-width text is set at 60 to 80 columns as a rule, by wide windows at up to 120; below 40 it is verse.
_NARROW, _WIDE = 40, 120
# A sentence that ends inside a line: no headline, no caption.
_SENTENCE_INSIDE = re.compile(r"[a-zà-ÿ\d]{2}[.!?][”\"’]? [A-ZÀ-Ý“\"‘]")
# `LAGOS, Nigeria` or `Lagos (AP)` on a line of its own, and the agency with its dash on the next.
_PLACE = r"(?:[A-ZÀ-Ý][A-ZÀ-Ý.'’ -]{2,40}(?:, [A-ZÀ-Ý][^()\n]{1,40})?(?: \([^()\n]{2,40}\))?"
_PLACE += r"|[A-ZÀ-Ý][^()\n]{2,50} \([^()\n]{2,40}\))"
_DATELINE_CUT = re.compile(_PLACE)
_DATELINE_REST = re.compile(r"(?:\([^()\n]{2,40}\) ?[-–—]{1,2}|[-–—]{1,2}) [\w“\"‘]")
_DATELINE_DASHED = re.compile(rf"{_PLACE} ?(?:--|[–—])")
_DATELINE_AHEAD = re.compile(r"[A-ZÀ-Ý][^()\n]{1,60} \([^()]{2,40}\) ?[-–—]{1,2} \S")
# `Jo Keane/Moor Herald`, `Photo: Jo Keane`: what a caption ends with.
_CREDIT_AT_END = re.compile(
    r"(?:\w/[A-Z][^/]{1,40}|[)\]]|\b(?:photo|picture|image|credit|courtesy)\b.{0,50})$", re.IGNORECASE
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uff60\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines that stand together without a blank line between them."""

    lines: tuple[Line, ...]


def paragraphs(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks that `lines` make; a blank line parts them."""
    groups = list(_groups(lines))
    width = _wrap_width(groups)
    if width == 0 and _spaced_out(groups):
        groups = [_Group(tuple(line for group in groups for line in group.lines))]
        width = _wrap_width(groups)
    column = 0 if width else _longest(groups)
    count = sum(len(group.lines) for group in groups)
    bullets = sum(bool(_BULLET.match(line.text.text)) for group in groups for line in group.lines)
    for index, group in enumerate(groups):
        following = groups[index + 1].lines[0].text.text if index + 1 < len(groups) else ""
        yield from _blocks(group, width, column, following, listed=bullets >= 2, long=count > 1)


def _groups(lines: Sequence[Line]) -> Iterator[_Group]:
    group: list[Line] = []
    for line in lines:
        if line.blank:
            if group:
                yield _Group(tuple(group))
                group = []
        else:
            group.append(line)
    if group:
        yield _Group(tuple(group))


def _wrap_width(groups: Sequence[_Group]) -> int:
    """The column at which lines are broken, or 0 where each line is a paragraph of its own.

    Broken lines are nearly equally long, end in mid-sentence, and leave no room for the next line's first word.
    """
    pairs = [pair for group in groups for pair in zip(group.lines, group.lines[1:], strict=False)]
    if len(pairs) < 2:
        return 0
    lengths = sorted(len(first.text.text) for first, _ in pairs)
    # The longest line may hold an address that could not be broken; nine lines in ten are within the width.
    width = lengths[min(len(lengths) * 9 // 10, len(lengths) - 1)]
    if not _NARROW <= width <= _WIDE:
        return 0
    full = [(first, second) for first, second in pairs if _is_full(first.text.text, second.text.text, width)]
    if len(full) * 2 < len(pairs):
        return 0
    # Broken in mid-sentence, most lines go on with a small letter, or in a script that has none; a third is enough
    # beside names. Three such places are evidence, one or two may be chance.
    broken = sum(_runs_on(first.text.text, second.text.text) for first, second in full)
    return width if broken >= 3 and broken * 3 >= len(full) else 0


def _runs_on(line: str, following: str) -> bool:
    first = following[:1]
    return not _TERMINAL.search(line) and (first.islower() or bool(_CJK.match(first)) or "\uac00" <= first <= "\ud7a3")


def _spaced_out(groups: Sequence[_Group]) -> bool:
    """Whether broken lines have a blank line between them, as text copied from a PDF has."""
    if len(groups) < 6 or any(len(group.lines) > 1 for group in groups):
        return False
    small = sum(group.lines[0].text.text[:1].islower() for group in groups)
    # Two lines in five that begin in mid-sentence: no article has that many paragraphs beginning so.
    return small * 5 >= len(groups) * 2


def _is_full(line: str, following: str, width: int) -> bool:
    word = 1 if _CJK.match(following) else len(following.split(" ", 1)[0])
    # Editors differ by a few columns in how they count; a twelfth of the width allows for that.
    return len(line) + 1 + word > width - width // 12


def _blocks(group: _Group, width: int, column: int, following: str, *, listed: bool, long: bool) -> Iterator[Block]:
    lines, count = group.lines, len(group.lines)
    at = 0
    while at < count:
        if stretched(lines[at]):
            yield Block("table", lines[at].text)
            at += 1
            continue
        rows = _table_rows(lines, at)
        if rows:
            yield Block("table", _stacked(lines[at : at + rows]))
            at += rows
            continue
        end = at + 1
        while (
            end < count
            and not stretched(lines[end])
            and _opens_nothing(lines[end].text.text, listed=listed)
            and (
                _continues(lines[end - 1].text.text, lines[end].text.text, width)
                or _breaks_off(lines[end - 1].text.text, lines[end].text.text, column, broken=end > at + 1)
            )
        ):
            end += 1
        view = _joined(lines[at:end])
        after = lines[end].text.text if end < count else following
        yield from _shaped(view, after, alone=at == 0 and end == count, listed=listed, long=long)
        at = end


def _table_rows(lines: Sequence[Line], at: int) -> int:
    """How many of `lines`, from the one at `at`, are rows of one table; 0 where they are not."""
    first = lines[at].text.text
    columns = len(_COLUMNS.findall(first.strip("|")))
    if columns == 0 or at + 1 >= len(lines) or len(first) > 400:
        return 0
    # One upright bar parts author and outlet as well; a table of two columns has tabs, or more bars.
    if columns == 1 and "\t" not in first:
        return 0
    # `By Jo Keane | jo@moor.example | Moor Herald` over `Published: … | Updated: …` is no table.
    if _LABELLED.match(first):
        return 0
    end = at + 1
    while end < len(lines) and abs(len(_COLUMNS.findall(lines[end].text.text.strip("|"))) - columns) <= 1:
        if not _COLUMNS.search(lines[end].text.text.strip("|")):
            break
        end += 1
    return end - at if end - at >= 2 else 0


def _opens_nothing(line: str, *, listed: bool) -> bool:
    """Whether `line` may go on with what stands over it: no item of a list, no heading, no label."""
    return not (
        _NUMBER.match(line) or (listed and _BULLET.match(line)) or _HEADING_MARK.match(line) or _LABELLED.match(line)
    )


def _continues(line: str, following: str, width: int) -> bool:
    if len(line) <= 100 and len(following) >= _NARROW and _parts_dateline(line, following):
        return True
    if width:
        return _is_full(line, following, width) and len(line) <= width * 3 // 2
    # A line that stops in mid-sentence and goes on with a small letter was broken by a link or a tag. Under
    # forty characters it may be a headline or an entry of a list.
    return len(line) >= 40 and following[:1].islower() and not _TERMINAL.search(line)


def _parts_dateline(line: str, following: str) -> bool:
    """Whether `line` is a dateline without its dash, which opens `following`, or ends in it."""
    if _DATELINE_REST.match(following):
        # A hyphen also opens an item of a list, with its heading over it.
        told = following[:2] != "- " or "," in line or "(" in line
        return told and _DATELINE_CUT.fullmatch(line) is not None
    return following[:1].isupper() and _DATELINE_DASHED.fullmatch(line) is not None


def _longest(groups: Sequence[_Group]) -> int:
    """The length of the longest line where a text of few broken lines may be broken at it, else 0."""
    column = max((len(line.text.text) for group in groups for line in group.lines), default=0)
    return column if _NARROW < column <= _WIDE else 0


def _breaks_off(line: str, following: str, column: int, *, broken: bool) -> bool:
    """Whether `line` is broken at `column` and goes on in `following`, in a text too short to tell its width.

    Nothing in the text is longer than the column, the line leaves no room for the next word, and it stops in
    mid-sentence as only prose does. `broken`: the line itself goes on from another, which is evidence for the next.
    """
    if not column or not _is_full(line, following, column):
        return False
    if broken:
        return True
    if _TERMINAL.search(line) or _CREDIT_AT_END.search(line):
        return False
    # A paragraph ends in a stop, or is broken once more.
    closed = _TERMINAL.search(following) is not None or len(following) * 10 >= column * 9
    if not closed or _hangs(line):
        return closed
    # A name may stand anywhere, but "The" with a capital opens a sentence: what is before it was whole.
    opens = following.split(" ", 1)[0].lower() in load_vocabulary().joining
    return not opens and (_SENTENCE_INSIDE.search(line) or _DATELINE_AHEAD.match(line)) is not None


def _hangs(line: str) -> bool:
    """Whether `line` stops at a comma or at a word that joins: no headline does, and no caption."""
    return line.endswith(",") or line.rsplit(" ", 1)[-1] in load_vocabulary().hanging


def _joined(lines: Sequence[Line]) -> AlignedText:
    if len(lines) == 1:
        return lines[0].text
    pieces: list[Piece] = []
    for before, line in zip([lines[0], *lines], lines, strict=False):
        view = line.text
        if pieces:
            last = pieces[-1][0]
            first = view.text[:1]
            hyphenated = last.endswith("-") and last[-2:-1].islower() and first.islower()
            if not hyphenated and not (_CJK.match(last[-1:]) and _CJK.match(first)):
                # The space stands for the line end alone: beside it may be what the ledger holds.
                pieces.append((" ", before.end, before.end + 1))
        pieces.extend(view.pieces())
    return AlignedText.of(pieces)


def _stacked(lines: Sequence[Line]) -> AlignedText:
    pieces: list[Piece] = []
    for before, line in zip([lines[0], *lines], lines, strict=False):
        if pieces:
            pieces.append(("\n", before.end, before.end + 1))
        pieces.extend(line.text.pieces())
    return AlignedText.of(pieces)


def _shaped(view: AlignedText, following: str, *, alone: bool, listed: bool, long: bool) -> Iterator[Block]:
    marked = _HEADING_MARK.match(view.text)
    if marked and long:
        yield Block("heading", trimmed(view.slice(marked.end(), len(view.text))))
        return
    bullet = _BULLET.match(view.text) if listed else None
    if bullet:
        yield Block("list", trimmed(view.slice(bullet.end(), len(view.text))))
        return
    kind: ParagraphKind = "text"
    if _NUMBER.match(view.text):
        kind = "list"
    elif alone and _is_heading(view.text, following):
        kind = "heading"
    if kind == "text" and len(view.text) > _GLUED_LENGTH:
        for part in _parted(view):
            yield Block(kind, part)
        return
    yield Block(kind, view)


def _is_heading(text: str, following: str) -> bool:
    # Subheads run to a line of print, about 80 characters, and head something longer than themselves.
    return (
        len(text) <= 80
        and len(text.split()) <= 12
        and not re.search(r"[.,;:。、”\"’)]$", text)
        and len(following) > max(len(text), 60)
        and any(character.isalpha() for character in text)
    )


def _parted(view: AlignedText) -> Iterator[AlignedText]:
    position = 0
    for match in _GLUED.finditer(view.text):
        yield view.slice(position, match.start())
        position = match.start()
    yield view.slice(position, len(view.text)) if position else view
