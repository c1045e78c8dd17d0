"""Noun phrases and subjects, by the shapes of words alone: no parser is at hand.

A noun phrase here is a run of names, capitalised words and words that are in none of the closed classes. That
overshoots into verbs now and then; the searches below therefore begin at a reporting verb and walk away from it.
All ranges are token indices, end exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.annotate.quotes.lexicon import Lexicon
from generator.annotate.quotes.tokens import Token, cue_at

Range = tuple[int, int]

_ARTICLES = frozenset(["a", "an", "the", "this", "that", "these", "those"])

# How far a subject may lie from its verb, in tokens. The longest appositive in the development text has 45.
REACH = 60


@dataclass(frozen=True, slots=True)
class Grammar:
    """Searches over the tokens of a paragraph."""

    tokens: Sequence[Token]
    words: Lexicon

    def low(self, index: int) -> str:
        """The lower-case token at an index; empty outside."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def is_noun_like(self, index: int) -> bool:
        """Whether a token may stand inside a noun phrase."""
        token = self.tokens[index]
        if token.kind == "name":
            return True
        if token.kind != "word":
            return token.text == "&"
        if token.low in ("'s", "s'"):
            return True
        words = self.words
        if token.low in words.prepositions or token.low in words.conjunctions or token.low in words.pronouns:
            return False
        return not (token.low in words.auxiliaries or (token.low in words.adverbs and not token.capital))

    def is_time(self, index: int) -> bool:
        """Whether a token is a weekday, month or the like, outside a name."""
        token = self.tokens[index]
        return token.kind == "word" and (token.low.rstrip(".") in self.words.times or token.text.isdigit())

    def starts_subject(self, index: int) -> bool:
        """Whether a noun phrase or pronoun that may be a subject begins here."""
        if index >= len(self.tokens):
            return False
        token = self.tokens[index]
        if token.kind == "name":
            return True
        if token.kind != "word":
            return False
        words = self.words
        if token.low in words.pronouns:
            return words.pronouns[token.low] != "relative"
        if token.low in words.determiners or token.low in words.possessives:
            return True
        if token.low in words.prepositions or token.low in words.conjunctions or token.low in words.auxiliaries:
            return False
        if token.low in words.times:
            return False
        if token.text[0].isdigit():
            after = index + 1
            return after < len(self.tokens) and self.is_noun_like(after) and not self.is_time(after)
        return token.capital or words.is_role(token.low) or token.low in words.modifiers

    def forward(self, index: int, end: int) -> Range | None:
        """The noun phrase that begins at `index`, without what hangs on by preposition or comma."""
        at = index
        if at >= end:
            return None
        if self.low(at) in self.words.pronouns and not self._owns(at, end):
            return (at, at + 1)
        if self.low(at) in self.words.possessives or self.low(at) in self.words.determiners:
            at += 1
            while at < end and self.low(at) in ("other", "of", "the", "our", "his", "her", "their", "my"):
                at += 1
        begin = at
        while at < end and at - index < REACH and self.is_noun_like(at):
            if at > index and self.is_time(at) and not self.tokens[at].text.isdigit():
                break
            if at > begin and self._opens_phrase(at):
                break
            found = cue_at(self.tokens, at, self.words) if at > index else None
            if at == begin and self.words.is_role(self.low(at)):
                found = None  # right behind an article, "ruling" and "finding" are nouns
            if found and (found[0].forms & {"past", "gerund"} or (found[0].finite and not self._noun_use(at))):
                break
            at += 1
        return (index, at) if at > index else None

    def _owns(self, index: int, end: int) -> bool:
        """Whether "her" stands before what is hers."""
        after = index + 1
        return (
            self.low(index) in self.words.possessives
            and after < end
            and self.is_noun_like(after)
            and not self.is_time(after)
            and cue_at(self.tokens, after, self.words) is None
        )

    def _opens_phrase(self, index: int) -> bool:
        """Whether a word begins another noun phrase, or is an adverb: the verb before it has gone unnoticed."""
        low = self.low(index)
        return (
            low in _ARTICLES
            or low in self.words.possessives
            or (low.endswith("ly") and len(low) > 4 and not self.tokens[index].capital)
        )

    def _noun_use(self, index: int) -> bool:
        """Whether a word that could be a reporting verb is part of a noun phrase: `state senator`, `report author`."""
        after = index + 1
        return after < len(self.tokens) and (self.words.is_role(self.low(after)) or self.low(after) == "'s")

    def backward(self, index: int, floor: int) -> Range | None:
        """The noun phrase that ends before `index`, with what hangs on by preposition; not before `floor`.

        Where the run begins with a preposition it opens with an adverbial ("In Havana the envoy"), and the
        phrase is what follows it.
        """
        at = index
        while at > floor and self.is_time(at - 1):
            at -= 1
            if at > floor and self.low(at - 1) == "on":
                at -= 1
        end = at
        if at > floor and self.low(at - 1) in self.words.pronouns:
            return (at - 1, at)
        pieces: list[int] = []  # where each part between prepositions begins
        while at > floor and end - at < REACH:
            before = self.tokens[at - 1]
            if self.is_noun_like(at - 1) and not self._verb(at - 1, floor):
                at -= 1
                if self._opens_phrase(at) and at > floor and self.low(at - 1) not in self.words.prepositions:
                    break
            elif before.low in self.words.prepositions and at < end:
                pieces.append(at)
                at -= 1
            elif before.low == "and" and at < end and at - 2 >= floor and self._coordinates(at, floor):
                at -= 1
            else:
                break
        while at < end and self.low(at) in ("'s",):
            at += 1
        if at >= end:
            return None
        if self.low(at) in self.words.prepositions:
            start = pieces[0]
            names = [i for i in range(start, end) if self.tokens[i].kind == "name"]
            return (names[-1] if names and names[-1] == end - 1 and len(names) > 1 else start, end)
        first_end = pieces[-1] - 1 if pieces else end
        return (at, first_end) if first_end > at else (at, end)

    def _coordinates(self, at: int, floor: int) -> bool:
        """Whether the `and` before `at` joins two names, so that both speak."""
        return self.tokens[at].kind == "name" and self.tokens[at - 2].kind == "name" and at - 2 >= floor

    def _verb(self, index: int, floor: int) -> bool:
        """Whether a word is a reporting verb in use, which ends a phrase that is read backwards."""
        token = self.tokens[index]
        if token.kind != "word" or token.capital:
            return False
        found = cue_at(self.tokens, index, self.words)
        return bool(found and "past" in found[0].forms and index > floor and not self.words.is_role(token.low))

    def subject_before(self, cue: int, floor: int) -> Range | None:
        """The subject of the verb at `cue`, which stands before it in the clause that begins at `floor`."""
        floor = max(floor, cue - REACH)
        at = cue
        while at > floor and (
            self.low(at - 1) in self.words.auxiliaries
            or self.low(at - 1) in self.words.adverbs
            or (self.low(at - 1).endswith("ly") and not self.tokens[at - 1].capital)
        ):
            at -= 1
        relative = self._relative(at, floor)
        if relative >= floor:
            at = relative
            if at > floor and self.tokens[at - 1].text == ",":
                at -= 1
            return self.backward(at, floor)
        if at > floor and self.low(at - 1) in ("and", "but", "then", "or"):
            return self._shared_subject(floor, at - 1)
        if at > floor and self.tokens[at - 1].text == ")":
            opening = self._opening(at - 1, floor)
            return self.subject_before(opening, floor) if opening > floor else None
        if at > floor and self._pauses(at - 1):
            return self._before_parenthesis(at - 1, floor)
        found = self.backward(at, floor)
        return found or (self.main_subject(floor, at) if at > floor else None)

    def _relative(self, verb: int, floor: int) -> int:
        """Where `who` opens the clause that stands, without a comma, before a verb; -1 where none does."""
        if self.words.pronouns.get(self.low(verb - 1), "relative") != "relative":
            return -1
        for at in range(verb - 1, max(floor, verb - 12) - 1, -1):
            if self.tokens[at].kind == "punct":
                return at if self.low(verb - 1) in ("who", "which") and at == verb - 1 else -1
            if self.low(at) in ("who", "which"):
                return at
        return -1

    def _shared_subject(self, floor: int, end: int) -> Range | None:
        """The subject of a second verb (`…, Lind laughed and said`): that of the verb before it."""
        comma = next((at for at in range(end - 1, floor, -1) if self.tokens[at].text == ","), floor - 1)
        if comma >= floor and self.starts_subject(comma + 1) and not self._inserted(comma + 1, end):
            return self.forward(comma + 1, end)
        return self.main_subject(floor, end)

    def _pauses(self, index: int) -> bool:
        """Whether a comma or dash stands here that may begin or end an insertion; hyphens are words."""
        token = self.tokens[index]
        return token.kind == "punct" and token.text in (",", "—", "–", "--", "-")

    def _opening(self, closing: int, floor: int) -> int:
        at = closing
        while at > floor and self.tokens[at].text != "(":
            at -= 1
        return at

    def _before_parenthesis(self, comma: int, floor: int) -> Range | None:
        """The subject where an insertion between commas parts it from its verb."""
        starts = [floor]
        depth = 0
        for at in range(floor, comma):
            depth += {"(": 1, ")": -1}.get(self.tokens[at].text, 0)
            if not depth and self._pauses(at):
                starts.append(at + 1)
        for number in range(len(starts) - 1, -1, -1):
            start = starts[number]
            end = (starts[number + 1] - 1) if number + 1 < len(starts) else comma
            if end <= start:
                continue
            if number and self._inserted(start, end) and not self._adverbial(starts[number - 1]):
                continue
            if not number and self._adverbial(start) and len(starts) > 1:
                return None
            while end > start + 1 and self.tokens[end - 1].text == ")":
                end = self._opening(end - 1, start)
            return self.backward(end, start) or self.forward(start, end)
        return None

    def _adverbial(self, index: int) -> bool:
        low = self.low(index)
        if self.tokens[index].kind == "name" or low == "of":
            return False
        return (
            low in self.words.prepositions
            or low in self.words.conjunctions
            or low.endswith("ing")
            or low in ("asked", "earlier", "later", "meanwhile", "however", "still", "yet", "then")
        )

    def _inserted(self, start: int, end: int) -> bool:
        """Whether what stands between two commas explains the words before it."""
        token = self.tokens[start]
        low = token.low
        words = self.words
        if low in ("who", "which", "whose", "whom", "where", "of", "and"):
            return True
        if low in words.pronouns:
            return False
        if low in words.determiners or low in words.possessives or token.text.isdigit() or low in words.adverbs:
            return True
        if token.kind == "word" and not token.capital:
            return True
        if end - start <= 2 and len(token.text) <= 4 and self.tokens[end - 1].text.endswith("."):
            return True
        return token.kind == "name" and end - start <= 2 and token.entity == "place"

    def main_subject(self, floor: int, end: int) -> Range | None:
        """The subject of the clause that begins at `floor`: its first noun phrase behind any adverbial."""
        at = floor
        while at < end and (
            self.tokens[at].kind == "punct"
            or self.low(at) in self.words.conjunctions
            or self.low(at) in self.words.adverbs
        ):
            at += 1
        if at < end and self._adverbial(at):
            comma = next((i for i in range(at, min(end, at + REACH)) if self.tokens[i].text == ","), -1)
            if comma >= 0 and self.starts_subject(comma + 1):
                at = comma + 1
            else:
                name = next((i for i in range(at, min(end, at + REACH)) if self.tokens[i].kind == "name"), -1)
                return (name, name + 1) if name >= 0 else None
        if at >= end or self.tokens[at].kind == "quote":
            return None
        return self.forward(at, end)
