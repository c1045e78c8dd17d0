"""Text with the measure of English news, made of invented words, for tests and figures of size and time.

Words of chance alone overstate an index: they do not repeat as those of a story do, and do not compress as phrases do.
What is held to real news in articles of 500 words (so and so many, measured on 134 such stretches of it): 3,030 bytes
and 253 different stems an article; what deflate leaves of blocks of 20,000 bytes, 42 %; new words by Heaps' law.
"""

from __future__ import annotations

import random

from bench.zipf import Zipf

# Little words as they stand in English, commonest first; `*` is another word. They are near half of all words.
_FRAMES = (
    "the *", "of the *", "in the *", "* *", "and *", "to *", "a *", "the * of *", "to the *", "* and *", "said the *",
    "that the *", "for *", "on the *", "was *", "is *", "with *", "it *", "he *", "at the *", "by the *", "from the *",
    "in *", "have *", "would *", "his *", "has been *", "who *", "a * of *", "they *", "and the *", "will be *",
    "but *", "an *", "are *", "not *", "said *", "their *", "which *", "for the *", "with the *", "had *", "its *",
    "this *", "more than * *", "about *", "after *", "one of the *", "or *", "were *", "as a *", "when *", "new *",
    "up *", "out *", "could *", "there is *", "been *", "all *", "if *", "also *", "last *", "her *", "other *",
    "into *", "over *", "we *", "I *", "you *", "some *", "two *", "because *", "do not *", "so *", "can *", "no *",
    "most *", "what *", "before *", "than *", "any *", "years *", "time *", "them *", "only *", "such as *", "first *",
    "according to *", "as well as *", "in front of *", "at least *", "since *", "while *", "now *", "under *",
)  # fmt: skip
_ONSETS = tuple("b br c ch d f fl g gr h j k l m n p pr r s sh st t th tr v w".split())  # noqa: SIM905 -- as text
_NUCLEI = tuple("a e i o u e a o ai ea ou".split())  # noqa: SIM905 -- as text
_CODAS = ("", "", "n", "r", "l", "s", "t", "nd", "m", "ck")
_ENDINGS = ("", "", "", "", "s", "s", "ed", "ing", "er", "ly", "ment", "tion")
# English news: about 45 times the root of the number of words are different ones.
_HEAPS = 45
# Of the words of a story that are not little ones so many come from the few that it is about.
_OWN = 0.18
_STORY_WORDS = 45


def word(chance: random.Random) -> str:
    """A word that could be English."""
    syllables = chance.choices((1, 2, 3), (35, 50, 15))[0]
    stem = "".join(chance.choice(_ONSETS) + chance.choice(_NUCLEI) + chance.choice(_CODAS) for _ in range(syllables))
    return stem + chance.choice(_ENDINGS)


class Prose:
    """Articles over one vocabulary, large enough for `words` words in all."""

    def __init__(self, chance: random.Random, words: int) -> None:
        self._chance = chance
        known = list(dict.fromkeys(word(chance) for _ in range(int(_HEAPS * words**0.5))))
        # The commonest words of a language are its shortest.
        known[:300] = sorted(known[:300], key=len)
        self.vocabulary = known
        self._words = Zipf.over(known, 7)
        self._frames = Zipf.over(_FRAMES, 19)

    def draw(self, count: int) -> list[str]:
        """So many words by Zipf's law."""
        return self._words.draws(self._chance, count)

    def text(self, count: int) -> list[str]:
        """The words of an article, with its full stops and commas."""
        chance = self._chance
        own = self.draw(_STORY_WORDS)
        drawn = iter(self.draw(count))
        words: list[str] = []
        frames = iter(self._frames.draws(chance, count))
        begins, ends = True, chance.randint(12, 32)
        while len(words) < count:
            for part in next(frames).split():
                one = part
                if part == "*":
                    one = own[int(_STORY_WORDS * chance.random() ** 2)] if chance.random() < _OWN else next(drawn)
                words.append(one.capitalize() if begins else one)
                begins = False
            if len(words) >= ends:
                words[-1] += "."
                begins, ends = True, len(words) + chance.randint(12, 32)
            elif chance.random() < 0.07:
                words[-1] += ","
        return words[:count]
