"""What is read of a store when it is asked for, and the most recent of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Fetch = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Keys to encoded articles, of those that are known and whole."""
Again = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Works the articles of keys out again that are not known any more."""

# Of encoded articles so many bytes are held: some two thousand of the usual length, so that most corpora are read once.
HELD = 32_000_000
# Whoever asks for one article after the other gets so many bytes at a time: a query costs as much as reading some.
AHEAD = 1_000_000
# So many articles may be passed over, and it is still one after the other.
_STRIDE = 8


def _nothing(_keys: Sequence[str]) -> Mapping[str, bytes]:
    return {}


class Drawer:
    """Encoded articles, or parts of them, by key: a way to all of them, and the most recent."""

    def __init__(self) -> None:
        self.fetch: Fetch = _nothing
        self.again: Again = _nothing
        self._sizes: Mapping[str, int] = {}
        self._order: Sequence[str] = ()
        self._places: Mapping[str, int] = {}
        self._held: dict[str, Held] = {}
        self._room = HELD
        self._last = -_STRIDE - 1

    def arrange(self, sizes: Mapping[str, int]) -> None:
        """Take these keys, in this order, for all that may be asked for."""
        self._sizes, self._order = sizes, list(sizes)
        self._places = {key: at for at, key in enumerate(sizes)}
        for key in [key for key in self._held if key not in sizes]:
            self._room += len(self._held.pop(key).encoded)
        self._last = -_STRIDE - 1

    def bring(self, keys: Iterable[str]) -> None:
        """Have the values of `keys` at hand, as far as there is room."""
        for key, encoded in self.fetch([key for key in keys if key not in self._held]).items():
            self._put(key, encoded)

    def get(self, key: str) -> Held:
        """The value of `key`, and at once some that follow where one after the other is asked for."""
        if key in self._held:
            return self._held[key]
        place = self._places.get(key, -1)
        wanted = self._following(place) if place >= 0 and 0 <= place - self._last <= _STRIDE else [key]
        found = dict(self.fetch(wanted))
        missing = [one for one in wanted if one not in found]
        if missing:
            found.update(self.again(missing))
        self._last = self._places.get(wanted[-1], place)
        own = found.pop(key)
        for one, encoded in found.items():
            self._put(one, encoded)
        return self._put(key, own)

    def mend(self, key: str) -> Held:
        """The value of `key` where the one that is kept is none."""
        return self._put(key, self.again([key])[key])

    def _following(self, place: int) -> list[str]:
        """The keys from `place` on, of those that are not here, as many as are read at once."""
        found = [self._order[place]]
        room = AHEAD - self._sizes[found[0]]
        for at in range(place + 1, len(self._order)):
            key = self._order[at]
            if key in self._held:
                continue
            room -= self._sizes[key]
            if room < 0:
                break
            found.append(key)
        return found

    def _put(self, key: str, encoded: bytes) -> Held:
        if key in self._held:
            self._room += len(self._held.pop(key).encoded)
        held = self._held[key] = Held(encoded)
        self._room -= len(encoded)
        while self._room < 0 and len(self._held) > 1:
            self._room += len(self._held.pop(next(iter(self._held))).encoded)
        return held


class Held:
    """Something encoded, and what of it was asked for."""

    __slots__ = ("encoded", "parts")

    def __init__(self, encoded: bytes) -> None:
        self.encoded = encoded
        self.parts: dict[str, Any] = {}
