"""Which lines of a page are not article: by rule, by being a menu or a list of links, by recurring in other seeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.aligned import AlignedText
from generator.clean.apart import set_apart
from generator.clean.debris import LINE_LIMIT, PART_MARK, Rules
from generator.clean.furniture import RULE as FURNITURE
from generator.clean.furniture import furniture
from generator.clean.lines import Line, folded, trimmed
from generator.model import Removal
from generator.sieve import lowered

# A menu has at least this many entries in a row; two section names may be a category and its parent.
_MENU_LENGTH = 3
# Lines of prose are longer than this, titles of other articles hardly ever: the longest headlines of wires
# have about 20 words.
_TITLE_LENGTH = 150
# A paragraph of a short sentence or two, as blogs have.
_SENTENCE_LENGTH = 60
# Captions of agencies run to forty words.
_CAPTION_LENGTH = 250
# Rules whose patterns a headline could also fit ("Watch: …"); they need an article line before them.
_NEEDS_CONTEXT = frozenset({"read-more", "caption", "press-contact", "tag-list"})
_EAST_ASIAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")
_CAPTION_LABEL = re.compile(r"(?:image|media|video|photo|picture) caption[,:]?", re.IGNORECASE)
# `Monday 25 March 2024 03:58` says when the article came out, whatever stands beside it.
_DATE_LINE = re.compile(r"[^.!?]{0,30}\b(?:19|20)\d\d\b[^!?]{0,24}")
_SENTENCE = re.compile(r"[.!?。！？]['\"”’」』)\]]{0,2}$")
_STATED = re.compile(r"[.。]['\"”’」』)\]]{0,2}$")
_MAIL_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Von|An|Gesendet|Betreff|De|Para|Asunto|보낸사람|받는사람|제목|날짜)"
    r"[:：] ?\S",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:Subject|Betreff|Asunto|제목)[:：] ?(?!(?:fwd?|re|aw|wg)[:：])", re.IGNORECASE)
_REACHED = re.compile(r"\S@\S|https?:|\bwww\.|\d{3}|\b(?:contact|call|e-?mail|visit|phone|write)\b", re.IGNORECASE)
# `By Jo Keane`: who wrote the article below.
_SIGNED = re.compile(r"(?:by|von|por|par|di) [A-ZÀ-Ý][\w’'-]{1,20} [^.:!?]{2,40}", re.IGNORECASE)
# What ends a list of links: a credit, a contact, a byline, a date label.
_METADATA = re.compile(
    r"\W{0,2}[(\[（【][^()\[\]]{2,40}[)\]）】]\W?$|.{0,80}\S@\S|.{2,12}\s?(?:기자|특파원)|"
    r"(?:by|published|posted|updated|reporting by|source|von|por|par)\b",
    re.IGNORECASE,
)


def sweep(
    lines: Sequence[Line], rules: Rules, text: str, recurring: frozenset[str]
) -> tuple[list[Line], list[Removal]]:
    """The lines with debris taken off, blank ones among them as separators, and what was taken.

    `text` is the seed's; `recurring` holds lines that stand in many seeds, white space folded.
    """
    verdicts = rule_verdicts(lines, rules, text, recurring)
    for index in furniture(lines, verdicts):
        verdicts[index] = FURNITURE
    removals: list[Removal] = []
    kept: list[Line] = []
    for line, verdict in zip(lines, verdicts, strict=True):
        if line.blank:
            kept.append(line)
        elif verdict:
            removals.append(_removal(text, line.text, verdict))
            kept.append(Line(line.start, line.end, AlignedText("", ())))
        else:
            rest, taken = _parts(line, rules, text)
            removals.extend(taken)
            kept.append(rest)
    return kept, removals


def rule_verdicts(lines: Sequence[Line], rules: Rules, text: str, recurring: frozenset[str]) -> list[str]:
    """For each of `lines` the rule that takes it whole, empty where none does; parameters as in `sweep`."""
    verdicts = _verdicts(lines, rules, text, recurring)
    _mail_headers(lines, verdicts)
    _captions(lines, verdicts)
    _labelled_captions(lines, verdicts)
    _menus(lines, verdicts, rules)
    _blocks(lines, verdicts, rules)
    _link_lists(lines, verdicts, rules)
    _apart(lines, verdicts)
    return verdicts


def _apart(lines: Sequence[Line], verdicts: list[str]) -> None:
    solid = [index for index, line in enumerate(lines) if not line.blank]
    found = [verdicts[index] for index in solid]
    set_apart(
        [lines[index].text.text for index in solid],
        [at > 0 and index - solid[at - 1] > 1 for at, index in enumerate(solid)],
        found,
        [len(lines[index].text.text) >= _SENTENCE_LENGTH and _ends(lines[index]) for index in solid],
    )
    for index, verdict in zip(solid, found, strict=True):
        verdicts[index] = verdict


def _removal(text: str, view: AlignedText, rule: str) -> Removal:
    span = view.seed_span(0, len(view.text))
    return Removal(span, rule, text[span.start : span.end])


def _verdicts(lines: Sequence[Line], rules: Rules, text: str, recurring: frozenset[str]) -> list[str]:
    verdicts: list[str] = []
    article = False
    for line in lines:
        verdict = ""
        if not line.blank:
            words = folded(line.text.text)
            verdict = rules.line(words) or _composite(words, rules)
            if verdict in _NEEDS_CONTEXT and not article:
                verdict = ""
            if not verdict and recurring and folded(text[line.start : line.end]) in recurring:
                verdict = "recurring-line"
            article = article or not verdict
        verdicts.append(verdict)
    return verdicts


def _composite(words: str, rules: Rules) -> str:
    """The rule of the first part where every part of a line such as `3 min read · 14 Comments` is debris."""
    if len(words) > LINE_LIMIT // 2:
        return ""
    parts = [part for part in PART_MARK.split(words) if part.strip()]
    if len(parts) == 1:
        # A row of buttons without marks between them; longer rows are prose.
        parts = words.split() if len(words) <= 80 else parts
        if len(parts) > 8 or not all(part[:1].isupper() or part[:1] > "\u2e80" for part in parts):
            return ""
    if not 2 <= len(parts) <= 16:
        return ""
    if all(rules.menu_entry(part) for part in parts) and len(parts) >= _MENU_LENGTH:
        return "menu"
    found = [rules.line(part.strip()) or ("menu" if rules.menu_entry(part) else "") for part in parts]
    return found[0] if all(found) and any(rule != "menu" for rule in found) else ""


def _mail_headers(lines: Sequence[Line], verdicts: list[str]) -> None:
    """The header of a mail that carries the article: three lines of it at least, one with an address.

    A subject that is neither reply nor forward stays, as the headline that the sender gave.
    """
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line is not None and line.blank and not run:
            continue
        if line is not None and _MAIL_HEADER.match(line.text.text):
            run.append(index)
            continue
        if line is not None and line.blank and run and index - run[-1] == 1 and len(run) < 3:
            continue
        if len(run) >= 3 and any("@" in lines[at].text.text for at in run):
            for at in run:
                if not _SUBJECT.match(lines[at].text.text):
                    verdicts[at] = verdicts[at] or "mail-header"
        run = []


def _captions(lines: Sequence[Line], verdicts: list[str]) -> None:
    """A line beside a picture's credit that is no sentence, or stands alone with it, is the picture's caption."""
    for index, verdict in enumerate(verdicts):
        if verdict != "photo-credit":
            continue
        for other, beyond in ((index - 1, index - 2), (index + 1, index + 2)):
            if not 0 <= other < len(lines) or lines[other].blank or verdicts[other]:
                continue
            words = lines[other].text.text
            apart = not 0 <= beyond < len(lines) or lines[beyond].blank or bool(verdicts[beyond])
            sentence = bool(_SENTENCE.search(words))
            if _DATE_LINE.fullmatch(words):
                continue
            after = other > index
            # A headline stands over its picture too, so a line before the credit has to be a sentence on its own.
            if len(words) <= _CAPTION_LENGTH and len(words.split()) >= 5 and apart and (after != sentence):
                verdicts[other] = "caption"
                break


def _labelled_captions(lines: Sequence[Line], verdicts: list[str]) -> None:
    """The line below `Image caption,` is the caption."""
    for index, line in enumerate(lines[:-1]):
        if not _CAPTION_LABEL.fullmatch(line.text.text):
            continue
        verdicts[index] = verdicts[index] or "caption"
        follower = lines[index + 1]
        if not follower.blank and len(follower.text.text) <= _CAPTION_LENGTH:
            verdicts[index + 1] = verdicts[index + 1] or "caption"


def _menus(lines: Sequence[Line], verdicts: list[str], rules: Rules) -> None:
    run: list[int] = []
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if rules.menu_entry(line.text.text):
            run.append(index)
            continue
        if verdicts[index] and run and len(line.text.text) <= 30:
            run.append(index)
            continue
        _mark_menu(lines, verdicts, run, rules)
        run = []
    _mark_menu(lines, verdicts, run, rules)


def _mark_menu(lines: Sequence[Line], verdicts: list[str], run: list[int], rules: Rules) -> None:
    entries = [index for index in run if rules.menu_entry(lines[index].text.text)]
    if len(entries) < _MENU_LENGTH:
        return
    # A section name that stands apart from the menu, after a blank line, is the article's own.
    last = entries[-1]
    if last - entries[-2] > 1 and not verdicts[last] and any(line.blank for line in lines[entries[-2] : last]):
        entries.pop()
    if len(entries) < _MENU_LENGTH:
        return
    for index in entries:
        verdicts[index] = verdicts[index] or "menu"


def _blocks(lines: Sequence[Line], verdicts: list[str], rules: Rules) -> None:
    article = False
    for index, line in enumerate(lines):
        if line.blank or verdicts[index]:
            continue
        rule = rules.block(folded(line.text.text)) if article else ""
        article = True
        if not rule:
            continue
        verdicts[index] = rule
        # Only a bare heading ("Media contact:") has its details in the lines below, or one that ends in a colon; below
        # another one a few lines may go on, and on a page without blank lines the article begins.
        alone = bare = len(line.text.text) <= 40
        end = _article_start(lines, index)
        if not bare and not line.text.text.endswith((":", "：")) and not _group_ends(lines, index):
            continue
        for follower in range(index + 1, end):
            candidate = lines[follower]
            if candidate.blank:
                # A heading over its block stands apart from it by one blank line.
                if alone and follower == index + 1:
                    continue
                break
            if len(candidate.text.text) > _TITLE_LENGTH:
                break
            if bare and alone and _is_statement(candidate.text.text):
                # "Further information" over a sentence is a heading of the article.
                verdicts[index] = ""
                break
            alone = False
            verdicts[follower] = verdicts[follower] or rule


def _group_ends(lines: Sequence[Line], head: int) -> bool:
    """Whether a blank line stands within the next few lines: what a sponsor says is two or three of them."""
    return any(line.blank for line in lines[head + 1 : head + 5]) or len(lines) - head <= 4


def _article_start(lines: Sequence[Line], head: int) -> int:
    """Where in the group of lines below `head` an article begins: at the headline over a byline; else past the end."""
    for index in range(head + 1, len(lines)):
        if lines[index].blank and index > head + 1:
            break
        if _SIGNED.match(lines[index].text.text):
            return max(index - 1, head + 1)
    return len(lines)


def _is_statement(text: str) -> bool:
    """Whether `text` is a sentence without an address or number to turn to."""
    return len(text.split()) >= 5 and _STATED.search(text) is not None and not _REACHED.search(text)


def _link_lists(lines: Sequence[Line], verdicts: list[str], rules: Rules) -> None:
    prose = [index for index, line in enumerate(lines) if not line.blank and not verdicts[index] and _is_prose(line)]
    last_prose = prose[-1] if prose else -1
    for index, line in enumerate(lines):
        if (
            line.blank
            or verdicts[index] not in ("", "read-more", "recurring-line")
            or index < (prose[0] if prose else 0)
        ):
            continue
        rule = rules.tail(folded(line.text.text))
        if not rule:
            continue
        verdicts[index] = rule
        for follower in _listed(lines, verdicts, index, to_end=index > last_prose):
            verdicts[follower] = verdicts[follower] or rule


def _listed(lines: Sequence[Line], verdicts: Sequence[str], head: int, *, to_end: bool) -> Iterator[int]:
    seen = False
    for index in range(head + 1, len(lines)):
        line = lines[index]
        if line.blank:
            # In the middle of an article the list ends with its group of lines.
            if seen and (not to_end or _told(lines, verdicts, index)):
                return
            continue
        if verdicts[index]:
            continue
        if _is_prose(line) or _METADATA.match(line.text.text):
            return
        # Titles hardly ever end in a full stop; a sentence after them is the article going on, or a teaser.
        if to_end and seen and _is_teaser(lines, index):
            yield index
            continue
        if _STATED.search(line.text.text) and len(line.text.text.split()) >= 5:
            return
        if not to_end and not seen and index > head + 2:
            return
        seen = True
        yield index


def _is_teaser(lines: Sequence[Line], at: int) -> bool:
    """Whether the sentence at `at` says more of the title right above it, as the next or last title has one as well.

    One sentence alone below titles may be the article going on.
    """
    if len(lines[at].text.text) > _TITLE_LENGTH:
        return False
    # Title, sentence, title, sentence.
    return any(
        first - 1 >= 0 and first + 2 < len(lines) and all(_teases(lines, second) for second in (first, first + 2))
        for first in (at, at - 2)
    )


def _teases(lines: Sequence[Line], at: int) -> bool:
    title, sentence = lines[at - 1].text.text, lines[at].text.text
    return bool(title) and not _STATED.search(title) and _STATED.search(sentence) is not None


def _told(lines: Sequence[Line], verdicts: Sequence[str], blank: int) -> bool:
    """Whether the second line below `blank` is a sentence, as the answer to a question is, and stands apart as well."""
    below = [index for index in range(blank + 1, min(blank + 6, len(lines))) if not lines[index].blank]
    if len(below) < 2 or any(verdicts[index] for index in below[:2]):
        return False
    first, second = below[:2]
    return second - first > 1 and _STATED.search(lines[second].text.text) is not None


def _ends(line: Line) -> bool:
    return _SENTENCE.search(line.text.text) is not None


def _is_prose(line: Line) -> bool:
    words = line.text.text
    # A sentence of eighty characters is more than a teaser has; CJK text says as much in forty.
    if len(words) > _TITLE_LENGTH:
        return True
    floor = 40 if _EAST_ASIAN.search(words[:80]) else 80
    return len(words) >= floor and bool(_SENTENCE.search(words))


def _parts(line: Line, rules: Rules, text: str) -> tuple[Line, list[Removal]]:
    """`line` without debris in it: parts at its ends, and what inline rules match."""
    view = line.text
    removals: list[Removal] = []
    # Two tabs make a row of a table, whose cells are no buttons.
    if len(view.text) <= LINE_LIMIT // 2 and view.text.count("\t") < 2 and PART_MARK.search(view.text):
        view = _trim_parts(view, rules, text, removals)
    low = lowered(view.text)
    for name, sieve in rules.inline:
        while view.text:
            match = sieve.search(view.text, low)
            if not match or match.end() == match.start():
                break
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            removals.append(_removal(text, view.slice(start, match.end()), name))
            view = trimmed(_without(view, start, match.end()))
            low = lowered(view.text)
    return Line(line.start, line.end, view), removals


def _trim_parts(view: AlignedText, rules: Rules, text: str, removals: list[Removal]) -> AlignedText:
    while True:
        marks = list(PART_MARK.finditer(view.text))
        if not marks:
            return view
        first, last = marks[0], marks[-1]
        name = rules.line(view.text[last.end() :].strip())
        if name and view.text[: last.start()].strip():
            removals.append(_removal(text, trimmed(view.slice(last.start(), len(view.text))), name))
            view = trimmed(view.slice(0, last.start()))
            continue
        name = rules.line(view.text[: first.start()].strip())
        if name and view.text[first.end() :].strip():
            removals.append(_removal(text, trimmed(view.slice(0, first.end())), name))
            view = trimmed(view.slice(first.end(), len(view.text)))
            continue
        return view


def _without(view: AlignedText, start: int, end: int) -> AlignedText:
    kept = []
    if start > 0:
        kept.extend(view.slice(0, start).pieces())
    if end < len(view.text):
        kept.extend(view.slice(end, len(view.text)).pieces())
    return AlignedText.of(kept)
