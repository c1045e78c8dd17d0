"""Names in a row: among persons, single names are persons (Hale, Orr and Tarn sang)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.annotate.mentions.candidate import Candidate, Passage, Trust
from generator.annotate.mentions.known import PREPOSITION
from generator.annotate.mentions.lexicon import Lexicon
from generator.annotate.mentions.tokens import Token

JOINTS = frozenset({", ", " and ", ", and ", " or ", " & "})


def find_listed(passage: Passage, candidates: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Single words in a row of which at least half are persons by a list, a title or the model."""
    if passage.titled or passage.shouted:
        return
    people = {candidate.start for candidate in candidates if candidate.type == "person"}
    for run in _runs(passage):
        if len(run) < 2 or PREPOSITION.search(passage.text, max(0, run[0].start - 14), run[0].start):
            continue
        words = lexicon.words
        listed = [token for token in run if token.key in words.first or token.key in words.last]
        backed = [token for token in run if token in listed or token.start in people]
        held = [token for token in run if _held(token, lexicon)]
        enough = len(backed) * 2 >= len(run) if len(run) > 2 else len(backed) == 2
        if enough and len(held) * 2 <= len(run):
            for token in run:
                if token not in held or (len(run) > 2 and not held[1:]) or token in listed:
                    yield Candidate(token.start, token.end, "person", "listed", Trust.SINGLE, 0.91, weak=True)


def _held(token: Token, lexicon: Lexicon) -> bool:
    """Whether a gazetteer has a strong claim to the word."""
    return any(not entry.weak for entry in lexicon.entries.get(token.key, ())) or token.key in lexicon.demonyms


def _runs(passage: Passage) -> Iterator[list[Token]]:
    """Single capitalised words joined by commas and "and"; words inside longer names do not count."""
    tokens = passage.tokens
    run: list[Token] = []
    for index, token in enumerate(tokens):
        if not run and not token.capital:
            continue
        if run and token.text in ("and", "or"):
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        joint = _joint(passage, run[-1], token) if run else ""
        alone = (
            token.capital
            and not token.shouted
            and len(token.text) > 1
            and not (following and following.capital and following.gap in (" ", "-"))
            and token.gap != "-"
            and not (token.gap == " " and index and tokens[index - 1].capital)
        )
        if alone and (not run or joint in JOINTS):
            run.append(token)
        else:
            yield run
            run = [token] if alone else []
    yield run


def _joint(passage: Passage, left: Token, right: Token) -> str:
    return passage.text[left.end : right.start]
