"""The articles of a corpus: their heads, and a way to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from generator.lazy.drawer import Again, Drawer, Fetch
from generator.lazy.heads import SHARED, Head, Sharer
from generator.lazy.marked import Kind, Marked
from generator.lazy.parts import MARKS, decoders, encode_marks
from generator.lazy.values import Counts, LazyAnnotated, LazyDocument, LazySeed, Place, fill, give
from generator.model import Annotated


class Shelf:
    """The articles of a corpus: their heads, and a way to the rest.

    It may serve one corpus after the other: the key of an article says all that the article follows from, so what is
    known by a key stays right.
    """

    def __init__(self) -> None:
        self._heads: dict[str, LazyAnnotated] = {}
        self._kinds: dict[Kind, Kind] = {}
        self._whole = Drawer()
        self._marks = Drawer()

    def serve(self, whole: Fetch, marks: Fetch, again: Again) -> None:
        """Get encoded articles and marks from these two from now on, and what `whole` does not give by `again`."""

        def marks_again(keys: Sequence[str]) -> dict[str, bytes]:
            found: dict[str, bytes] = {}
            for key, encoded in whole(keys).items():
                with suppress(msgspec.DecodeError):
                    found[key] = encode_marks(encoded)
            lost = [key for key in keys if key not in found]
            if lost:
                found.update((key, encode_marks(encoded)) for key, encoded in again(lost).items())
            return found

        self._whole.fetch, self._whole.again = whole, again
        self._marks.fetch, self._marks.again = marks, marks_again

    def known(self, keys: Iterable[str]) -> dict[str, Annotated]:
        """The articles of those `keys` whose heads are here."""
        return {key: self._heads[key] for key in keys if key in self._heads}

    def add(self, heads: Mapping[str, bytes]) -> dict[str, Annotated]:
        """The articles of encoded `heads` by key; what is no head is left out."""
        decoder = msgspec.msgpack.Decoder(Head)
        sharer = Sharer()
        found: dict[str, LazyAnnotated] = {}
        for key, encoded in heads.items():
            try:
                found[key] = self._made(key, decoder.decode(encoded), sharer)
            except msgspec.DecodeError:
                continue
        self._heads.update(found)
        return dict(found)

    def arrange(self, keys: Iterable[str]) -> None:
        """Forget all articles but those of `keys`, which is the order in which they may be asked for."""
        self._heads = {key: self._heads[key] for key in keys}
        sizes = {key: one.place.size for key, one in self._heads.items()}
        self._whole.arrange(sizes)
        self._marks.arrange(sizes)

    def bring(self, keys: Iterable[str]) -> None:
        """Have the texts of the articles of `keys` at hand, as far as there is room."""
        self._whole.bring(keys)

    def part(self, key: str, name: str) -> Any:
        """The part of an article that the field `name` holds."""
        drawer, (decoder, path) = self._marks if name in MARKS else self._whole, decoders()[name]
        held = drawer.get(key)
        value = held.parts.get(name)
        if value is None:
            try:
                value = decoder.decode(held.encoded)
            except msgspec.DecodeError:
                # Whole, and yet no article: something else was put under its key.
                held = drawer.mend(key)
                value = decoder.decode(held.encoded)
            for step in path:
                value = getattr(value, step)
            value = held.parts[name] = self._shared(name, value)
        return value

    def _shared(self, name: str, value: Any) -> Any:
        """The same value, smaller: names recur all over a corpus, most paragraphs read as they are shown."""
        if name == "marked":
            return Marked(value.rows, tuple([self._kinds.setdefault(kind, kind) for kind in value.kinds]))
        if name == "zones":
            for zone in value:
                if zone.reading == zone.text:
                    give(zone, "reading", zone.text)
        return value

    def _made(self, key: str, head: Head, sharer: Sharer) -> LazyAnnotated:
        place = Place(self, key, head.size, Counts(*head.counts), head.opening)
        seed = object.__new__(LazySeed)
        fill(seed, place, name=head.name, sha256=head.sha256, encoding=head.encoding, issues=head.seed_issues)
        give(seed, "override", head.override)
        document = object.__new__(LazyDocument)
        fill(document, place, id=head.id, seed=seed, title=head.title, url=head.url, published=head.published)
        for name in ("words", "references", "signals", "issues"):
            give(document, name, getattr(head, name))
        for name in SHARED:
            give(document, name, sharer.shared(name, getattr(head, name)))
        annotated: LazyAnnotated = object.__new__(LazyAnnotated)
        fill(annotated, place, document=document)
        return annotated
