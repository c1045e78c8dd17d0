"""Which pages of the last build are still right: those whose questions are all answered as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from generator.lazy.named import Numbers, edges_of
from generator.pages.census import Origin, ranges, unknown
from generator.pages.library import Library
from generator.pages.plain import PlainTexts
from generator.pages.prints import DIGEST, Known, Prints
from generator.pages.questions import answers_about
from generator.recall import Answers, Key, PageMemory, Question

_Digests = npt.NDArray[np.uint64]


class Keeper:
    """Says which pages of the last build are still right, and remembers what those of this one ask."""

    def __init__(
        self, library: Library, memory: PageMemory, origin: Origin = unknown, known: Known | None = None
    ) -> None:
        """`known` is what the same process was told of the last library."""
        self._library = library
        self._old = memory
        self._prints = Prints(library, origin, known)
        self._plain = PlainTexts(library, memory.plain)
        self._digests = {name: self._again(name, answers) for name, answers in memory.answers.items()}
        self._first = edges_of(np.array([len(one.keys) for one in memory.answers.values()], np.int64))
        """The number of the first question of each mapping, and how many there are."""
        changed = [
            (digests != _rows(answers.digests)).any(axis=1)
            for digests, answers in zip(self._digests.values(), memory.answers.values(), strict=True)
        ]
        self._asked = np.frombuffer(memory.asked, np.uint32)
        self._edges = edges_of(np.frombuffer(memory.counts, np.uint32).astype(np.int64))
        before = edges_of(np.concatenate([np.zeros(0, np.bool_), *changed])[self._asked].astype(np.int64))
        self._stale: list[bool] = (before[self._edges[1:]] > before[self._edges[:-1]]).tolist()
        self._kept: dict[str, int] = {}
        self._made: dict[str, Sequence[Question]] = {}
        self._shown: dict[str, bytes] = {}

    def keeps(self, path: str, shown: bytes = b"") -> bool:
        """Whether the page at `path` is as it was; it is then remembered further.

        `shown` is the digest of what it shows, where that is not all asked for.
        """
        place = self._old.pages.get(path)
        if place is None or self._stale[place] or self._old.shown.get(path, b"") != shown:
            return False
        self._kept[path] = place
        self._note(path, shown)
        return True

    def made(self, path: str, asked: Mapping[Question, None], shown: bytes = b"") -> None:
        """Remember what the page at `path` asked, and the digest of what it shows besides."""
        self._made[path] = tuple(asked)
        self._note(path, shown)

    def digest_of(self, here: str, shown: object) -> bytes:
        """The digest of what the page at `here` does not ask for by name: values of the corpus, or made of such.

        Raises `TypeError` for what is no value, such as a function.
        """
        return self._prints.of_shown(here, shown)

    def memory(self) -> PageMemory:
        """What this build is remembered by."""
        places = np.fromiter(self._kept.values(), np.int64, len(self._kept))
        _, rows = ranges(self._edges[places], self._edges[places + 1])
        numbers = _Numbers(self._old.answers, self._first)
        made = [[numbers.of(question) for question in asked] for asked in self._made.values()]
        asked = np.concatenate((self._asked[rows], *(np.array(one, np.int64) for one in made)))
        counts = np.array([*np.diff(self._edges)[places], *map(len, made)], np.uint32)
        answers, renumbered = self._answers(numbers, asked)
        return PageMemory(
            self._old.version,
            answers,
            {path: place for place, path in enumerate((*self._kept, *self._made))},
            counts.tobytes(),
            renumbered[asked].astype(np.uint32).tobytes(),
            self._shown,
            self._plain.memory(cast("list[str]", answers["plain"].keys) if "plain" in answers else ()),
            self._library.bounds.kept,
            {path: self._old.stamps[path] for path in self._kept if path in self._old.stamps},
        )

    def _note(self, path: str, shown: bytes) -> None:
        if shown:
            self._shown[path] = shown

    def _answers(self, numbers: _Numbers, asked: Numbers) -> tuple[dict[str, Answers], Numbers]:
        """The answers to the questions that are still asked, and the new number of each question."""
        used = np.zeros(numbers.count, np.bool_)
        used[asked] = True
        renumbered = np.zeros(numbers.count, np.int64)
        answers: dict[str, Answers] = {}
        count = 0
        for name, first, new in numbers.parts():
            old = self._old.answers.get(name, Answers())
            still = used[first : first + len(old.keys)]
            kept = self._digests[name][still].tobytes() if name in self._digests else b""
            keys = [*compress(old.keys, still.tolist()), *new]
            answers[name] = Answers(keys, kept + b"".join(self._told(name, list(new))))
            renumbered[first : first + len(old.keys)] = count + np.cumsum(still) - 1
            renumbered[list(new.values())] = np.arange(count + len(keys) - len(new), count + len(keys))
            count += len(keys)
        return {name: one for name, one in answers.items() if one.keys}, renumbered

    def _again(self, name: str, answers: Answers) -> _Digests:
        """The digests of the answers to what was asked, as they are now."""
        if name != "plain":
            return _rows(b"".join(self._told(name, answers.keys)))
        digests = _rows(answers.digests).copy()
        texts = cast("list[str]", answers.keys)
        for at in self._plain.changed(texts):
            digests[at] = np.frombuffer(self._plain.print(texts[at]), np.uint64)
        return digests

    def _told(self, name: str, keys: Sequence[Any]) -> list[bytes]:
        """The digests of the answers to questions about `name`."""
        prints, library = self._prints, self._library
        if name == "plain":
            return list(map(self._plain.print, keys))
        nothing = prints.of(None)
        if name in ("entities", "mentions"):
            of_all: Mapping[Any, bytes] = getattr(prints, name)
            return [of_all.get(key, nothing) for key in keys]
        if name == "company":
            company, alone = prints.company, prints.of(())
            return [company.get(key, alone if key in library.entities else nothing) for key in keys]
        answer = library.ties if name == "links_of" else answers_about(library, name)
        return prints.of_answers(name, keys, map(answer, keys))


class _Numbers:
    """The numbers of questions: of the last build, and of those that were not asked in it."""

    def __init__(self, answers: Mapping[str, Answers], first: Numbers) -> None:
        self._answers = answers
        self._first = dict(zip(answers, first.tolist(), strict=False))
        self._old: dict[str, dict[Key, int]] = {}
        self._new: dict[str, dict[Key, int]] = {}
        self.count = int(first[-1])

    def of(self, question: Question) -> int:
        """The number of a question."""
        name, key = question
        if name not in self._old:
            first = self._first.get(name, 0)
            keys = self._answers[name].keys if name in self._answers else ()
            self._old[name] = dict(zip(keys, range(first, first + len(keys)), strict=True))
        found = self._old[name].get(key)
        if found is None:
            new = self._new.setdefault(name, {})
            found = new.get(key)
            if found is None:
                found = new[key] = self.count
                self.count += 1
        return found

    def parts(self) -> Iterable[tuple[str, int, dict[Key, int]]]:
        """What is asked about, the number of its first question of the last build, and its new ones."""
        for name in dict.fromkeys((*self._answers, *self._new)):
            yield name, self._first.get(name, 0), self._new.get(name, {})


def _rows(digests: bytes) -> _Digests:
    return np.frombuffer(digests, np.uint64).reshape(-1, DIGEST // 8)
