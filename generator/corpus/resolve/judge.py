"""Are two personal names one person? A verdict with a score and the reason, from the names alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from generator.corpus.resolve.lexicon import Lexicon
from generator.corpus.resolve.names import ARTICLES, Name

Kind = Literal["equal", "order", "spelling", "middle", "nickname", "initial", "generation", "typo", "part", "other"]

# Scores order the merges: what is nearer to letter-for-letter equality goes first. From MERGE up names are merged;
# below, the pair is a suggestion, unless something outside the names supports it.
EQUAL, ORDER, SPELLING, MIDDLE, NICKNAME = 1.0, 0.95, 0.92, 0.87, 0.85
MERGE = 0.8
LIKELY, POSSIBLE, FAINT = 0.7, 0.6, 0.5
_INITIALS = 0.81
"""M. J. Jurin and Marta J. Jurin: two initials that agree, with a surname that few bear."""
_TYPO_LENGTH = 6
"""Letters; in shorter names one other letter is as often another name (Kerry, Terry)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the names alone say. `kind` is what they differ in."""

    verdict: Literal["same", "different", "unsure"]
    score: float
    kind: Kind
    reason: str


_EQUAL = Finding("same", EQUAL, "equal", "the same letters")
_OTHER_GIVEN = Finding("different", 0.9, "other", "different given names")
_OTHER_SURNAME = Finding("different", 0.9, "other", "different surnames")
_OTHER_MIDDLE = Finding("different", 0.9, "other", "different middle names")
_OTHER_GENERATION = Finding("different", 0.9, "generation", "different generations of a family")


def compare(left: Name, right: Name, lexicon: Lexicon) -> Finding:
    """Judge two full names. Symmetric. Names that are not full are the same only letter for letter."""
    if left.generation and right.generation and left.generation != right.generation:
        return _OTHER_GENERATION
    one_generation = left.generation == right.generation
    if left.compact == right.compact:
        if one_generation:
            return _EQUAL
        return Finding("unsure", LIKELY, "generation", "one name has a generation suffix, the other has none")
    if not left.full or not right.full:
        return Finding("different", FAINT, "other", "different words")
    if left.readings and right.readings:
        return _compare_korean(left, right)
    if left.double != right.double and (found := _compare_double(left, right, lexicon)):
        return found
    if left.folded == right.folded and left.culture == right.culture == "arabic" and len(left.folded) > 1:
        return Finding("same", SPELLING, "spelling", "two transliterations of one Arabic name")
    turned = _compare_order(left, right)
    if turned:
        return turned
    return _compare_western(left, right, lexicon, one_generation=one_generation)


def _compare_double(left: Name, right: Name, lexicon: Lexicon) -> Finding | None:
    """A name with two surnames beside one that has only one of them."""
    both, one = (left, right) if left.double else (right, left)
    surname = _bare(one.surname, lexicon)
    if len(surname) != 1 or not _alike(both.given[:1], one.given[:1], left, right, lexicon):
        return None
    if _token_alike(both.surname[0], surname[0], lexicon):
        return Finding("same", MIDDLE, "middle", "the same name, one without the second surname")
    # In Portuguese the last surname is the one in use; elsewhere these are two people, mother and child maybe.
    if _token_alike(both.surname[1], surname[0], lexicon):
        return Finding("unsure", LIKELY, "middle", "the same name, one without the first surname")
    return None


def _compare_korean(left: Name, right: Name) -> Finding:
    # Three syllables, each of which can be a surname: "Dong Seok Han" does not say which way round it is.
    if right.tokens in (left.tokens[1:] + left.tokens[:1], left.tokens[-1:] + left.tokens[:-1]):
        return Finding("same", ORDER, "order", "the same Korean name in the other order")
    if not left.readings[0] & right.readings[0]:
        return _OTHER_SURNAME
    if len(left.readings) != len(right.readings):
        return _OTHER_GIVEN
    if sorted(left.tokens) == sorted(right.tokens) and left.given == right.given:
        return Finding("same", ORDER, "order", "the same Korean name in the other order")
    pairs = list(zip(left.readings[1:], right.readings[1:], strict=True))
    if not all(one & other for one, other in pairs):
        return _OTHER_GIVEN
    spelled = "".join(sorted(one & other)[0] for one, other in zip(left.readings, right.readings, strict=True))
    # A one-syllable given name has too few letters to bear two spellings. Jung and Jong share a reading, but each
    # has one of its own too: they are as likely two names. Seok can only be what Suk can also be.
    if len(pairs) > 1 and all(one <= other or other <= one for one, other in pairs):
        return Finding("same", SPELLING, "spelling", f"two romanisations of one Korean name ({spelled})")
    return Finding("unsure", POSSIBLE, "spelling", f"may be two romanisations of one Korean name ({spelled})")


def _compare_order(left: Name, right: Name) -> Finding | None:
    """The same tokens in another order, where either name is of a culture that writes the surname first."""
    if sorted(left.tokens) != sorted(right.tokens):
        joined = {"".join(name.surname) + "|" + "".join(name.given) for name in (left, right)}
        if len(joined) == 1:
            return Finding("same", ORDER, "order", "the same name, its parts joined or in the other order")
        return None
    cultures = {left.culture, right.culture} & {"korean", "chinese", "japanese", "vietnamese", "hungarian"}
    if cultures:
        return Finding("same", ORDER, "order", f"the same {sorted(cultures)[0].capitalize()} name in the other order")
    return Finding("unsure", FAINT, "order", "the same words in another order")


def _compare_western(left: Name, right: Name, lexicon: Lexicon, *, one_generation: bool) -> Finding:
    common = bool(set(left.surname) & lexicon.surnames["common"])
    surname = _alike(_bare(left.surname, lexicon), _bare(right.surname, lexicon), left, right, lexicon)
    if not surname:
        return _other_surnames(left, right)
    first = _alike(left.given[:1], right.given[:1], left, right, lexicon)
    kind: Kind = "equal"
    score, reason = min(surname, first or EQUAL), "the same name"
    if score < EQUAL:
        kind, reason = "spelling", "two spellings of one name"
    if not first:
        one, other = left.given[0], right.given[0]
        if one[0] == other[0] and 1 in {len(one), len(other)}:
            kind, score, reason = "initial", POSSIBLE, f"the initial {one[0].upper()} fits, no more is known"
        elif lexicon.nicknames.get(one, frozenset()) & lexicon.nicknames.get(other, frozenset()):
            kind, score = "nickname", LIKELY if common else NICKNAME
            reason = f"{min(one, other, key=len).capitalize()} is short for {max(one, other, key=len).capitalize()}"
        elif min(len(one), len(other)) >= _TYPO_LENGTH and Levenshtein.distance(one, other, score_cutoff=1) <= 1:
            return Finding("unsure", FAINT, "typo", "given names one letter apart")
        else:
            return _OTHER_GIVEN
    middle_left, middle_right = left.given[1:], right.given[1:]
    if middle_left and middle_right:
        for one, other in zip(middle_left, middle_right, strict=False):
            if one[0] != other[0] or (min(len(one), len(other)) > 1 and not _token_alike(one, other, lexicon)):
                return _OTHER_MIDDLE
        if kind == "initial" and middle_left == middle_right and not common:
            score, reason = _INITIALS, f"the initials {left.given[0][0].upper()} and {middle_left[0][0].upper()} agree"
        if len(middle_left) != len(middle_right):
            kind, score, reason = "middle", min(score, LIKELY), f"{reason}, one with more middle names"
    elif middle_left or middle_right:
        kind = "middle" if kind in {"equal", "spelling"} else kind
        score, reason = min(score, LIKELY if common else MIDDLE), f"{reason}, one without the middle name"
    if not one_generation:
        kind, score, reason = "generation", min(score, LIKELY), f"{reason}, one without the generation suffix"
    return Finding("same" if score >= MERGE else "unsure", score, kind, reason)


def _other_surnames(left: Name, right: Name) -> Finding:
    short, long = sorted((left, right), key=lambda name: len(name.tokens))
    if len(short.tokens) >= 2 and long.tokens[: len(short.tokens)] == short.tokens:
        return Finding("unsure", FAINT, "part", "one name begins with the other")
    one, other = left.surname[-1], right.surname[-1]
    near = min(len(one), len(other)) >= _TYPO_LENGTH and Levenshtein.distance(one, other, score_cutoff=1) <= 1
    if near and left.given == right.given:
        return Finding("unsure", FAINT, "typo", "surnames one letter apart")
    return _OTHER_SURNAME


def _alike(one: tuple[str, ...], other: tuple[str, ...], left: Name, right: Name, lexicon: Lexicon) -> float:
    """How surely two parts of names are one: 1 for equal letters, `SPELLING` for transliterations, 0 for neither."""
    if one == other:
        return EQUAL
    if len(one) != len(other):
        return EQUAL if "".join(one) == "".join(other) else 0.0
    scores = [_token_score(a, b, left, right, lexicon) for a, b in zip(one, other, strict=True)]
    return min(scores, default=0.0)


def _token_score(one: str, other: str, left: Name, right: Name, lexicon: Lexicon) -> float:
    if _token_alike(one, other, lexicon):
        return EQUAL if one == other else SPELLING
    folds = (dict(zip(_meaning(name), name.folded, strict=False)) for name in (left, right))
    first, second = next(folds).get(one), next(folds).get(other)
    return SPELLING if first is not None and first == second else 0.0


def _meaning(name: Name) -> tuple[str, ...]:
    """The tokens that `folded` stands for: articles have none."""
    surplus = len(name.tokens) - len(name.folded)
    if not surplus:
        return name.tokens
    return tuple(token for token in name.tokens if token not in ARTICLES)


def _token_alike(one: str, other: str, lexicon: Lexicon) -> bool:
    if one == other:
        return True
    return bool(lexicon.spellings.get(one, frozenset()) & lexicon.spellings.get(other, frozenset()))


def _bare(surname: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The surname without particles: "al-Maliki" and "Maliki" are one."""
    skipped = lexicon.particles | lexicon.arabic_particles
    return tuple(token for token in surname if token not in skipped) or surname
