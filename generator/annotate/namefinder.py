"""spaCy's name finder, computed in whole arrays: the same names in a quarter of the time.

This module, with `layers`, is the one place that leans on the insides of spaCy 3.8 and thinc 8: the layers of the
convolutional model in `en_core_web_*` and its transition system for names. `NameFinder.of` answers `None` for every
pipeline that is not exactly of that kind, and its caller then runs spaCy itself; a test holds both to the same names.

Where the time goes in spaCy, and what is done here instead:

- each word of a text is embedded, however often it stands there; here each different word once, and what the first
  layer of windows makes of it beside any other is kept with it for the next texts (`KnownWords`);
- the best of three pieces is sought by index; here by two maxima of whole arrays, the weights being laid out for it;
- each token's transition is scored in turn against all 74 moves. Outside of a name a score depends on nothing but the
  token, so here all tokens are scored at once; inside of one only two moves are open (the name goes on or ends here),
  and the first few tokens of all names that may begin are scored together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

from generator.annotate.layers import Floats, KnownWords, Maxout, best_of, room_for
from generator.annotate.library import Doc, EntityRecognizer, Language

CHUNK = 4000
"""Tokens worked on together. An article has 500, where the arrays are wide enough; 4,000 take 10 MB."""

KEPT = 4096
"""Different words whose vectors are kept, 4 KB each. An article has 220, most of which the next one has too."""

AHEAD = 6
"""Tokens of a name scored at once. Nine of ten names have no more."""

_NONE = np.float32(-np.inf)
# Names of one token and of many, none at all, a title, a blank inside, a mark at the end; read once by both ways.
_PROBE = (
    "Mary Hale, the mayor of New Sandport, met Lt. Col. John A. Ostrow of the Harbour Board on Monday, 3 May 2021.",
    'The U.S. Department of Energy said "no" \n to 1,200 people; can\'t Tarn & Sons Ltd. pay $5 million?',
    "",
)


@dataclass(frozen=True, slots=True)
class _Table:
    """Vectors of one feature of words, found by hash."""

    vectors: Floats
    seed: int
    column: int


@dataclass(frozen=True, slots=True)
class _Moves:
    """The moves of the transition system by their kind, as columns of the scores. `labels` are spaCy's own."""

    labels: tuple[str, ...]
    begin: NDArray[np.intp]
    inside: NDArray[np.intp]
    last: NDArray[np.intp]
    unit: NDArray[np.intp]
    outside: int

    @classmethod
    def of(cls, names: Sequence[str]) -> _Moves | None:
        """The moves that `names` list; `None` where they are not those of names in BILUO form."""
        at = {name: number for number, name in enumerate(names)}
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        try:
            columns = [np.array([at[f"{kind}-{label}"] for label in labels], dtype=np.intp) for kind in "BILU"]
            outside = at["O"]
        except KeyError:
            return None
        # "U-" is for tokens that somebody blocked before; here nobody does.
        if not labels or len(at) != len(names) or len(at) != 4 * len(labels) + 1 + ("U-" in at):
            return None
        begin, inside, last, unit = columns
        return cls(labels, begin, inside, last, unit, outside)


@dataclass(frozen=True, slots=True)
class NameFinder:
    """The weights of a pipeline's name finder, laid out for whole arrays. A text's names depend on the text alone."""

    pipeline: Language
    ops: NumpyOps
    columns: tuple[str, ...]
    tables: tuple[_Table, ...]
    mixing: Maxout
    windows: tuple[Maxout, ...]
    window: int
    pad: int
    narrow: tuple[Floats, Floats]
    features: Floats
    absent: Floats
    """What the two features of an open name give where no name is open."""
    bias: Floats
    pieces: int
    scores: tuple[Floats, Floats]
    moves: _Moves
    known: KnownWords

    @classmethod
    def of(cls, pipeline: Language) -> NameFinder | None:
        """The name finder of `pipeline`; `None` where it is of another kind, or finds other names than spaCy does."""
        try:
            finder = cls._read(pipeline)
        except (AttributeError, KeyError, ValueError, TypeError, IndexError):
            # Something inside is not where this module knows it to be.
            return None
        if finder is None:
            return None
        found = [[(one.start_char, one.end_char, one.label_) for one in doc.ents] for doc in pipeline.pipe(_PROBE)]
        return finder if finder.names(_PROBE) == found else None

    @classmethod
    def _read(cls, pipeline: Language) -> NameFinder | None:
        if pipeline.pipe_names != ["ner"]:
            return None
        component: Any = pipeline.get_pipe("ner")
        # A subclass, more than one parse at a time, or a step after it: spaCy's own business.
        if type(component) is not EntityRecognizer or component.cfg.get("beam_width", 1) != 1:
            return None
        if component.postprocesses or component.model.attrs.get("unseen_classes"):
            return None
        # Arrays on a graphics card are not numpy's.
        if not isinstance(component.model.ops, NumpyOps):
            return None
        vectors = component.model.get_ref("tok2vec")
        parts: dict[str, list[Any]] = {}
        for node in vectors.walk():
            parts.setdefault(node.name, []).append(node)
        tables = parts["hashembed"]
        depth = len(parts["expand_window"])
        if vectors.name != _expected(len(tables), depth) or len(parts["layernorm"]) != depth + 1:
            return None
        # The rows around each text, and how far a window looks.
        pad = max(node.attrs.get("pad", 0) for node in vectors.walk())
        window = {node.attrs["window_size"] for node in parts["expand_window"]}
        layers = tuple(map(Maxout.of, parts["maxout"], parts["layernorm"]))
        features, upper = component.model.get_ref("lower"), component.model.get_ref("upper")
        moves = _Moves.of([component.moves.get_class_name(number) for number in range(component.moves.n_moves)])
        # Three features: the token, the first token of the open name, the token before.
        if moves is None or features.get_dim("nF") != 3 or features.get_dim("nP") < 2 or len(window) != 1:
            return None
        if pad < depth * min(window) or upper.name != "linear":
            return None
        pieces = features.get_dim("nP")
        weights, rest = features.get_param("W"), features.get_param("pad")[0]
        return cls(
            pipeline,
            component.model.ops,
            tuple(parts["extract_features"][0].attrs["columns"]),
            tuple(_Table(one.get_param("E"), one.attrs["seed"], one.attrs["column"]) for one in tables),
            layers[0],
            layers[1:],
            min(window),
            pad,
            (parts["linear"][0].get_param("W"), parts["linear"][0].get_param("b")),
            np.ascontiguousarray(weights.transpose(0, 2, 1, 3).reshape(-1, weights.shape[3])),
            np.ascontiguousarray(rest.transpose(0, 2, 1).reshape(3, -1)),
            np.ascontiguousarray(features.get_param("b").T.reshape(-1)),
            pieces,
            (upper.get_param("W"), upper.get_param("b")),
            moves,
            room_for(layers[1], min(window), KEPT),
        )

    def names(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Start, end and label of each name in each text, in order, not overlapping."""
        found: list[list[tuple[int, int, str]]] = []
        for chunk in self._chunks(texts):
            found.extend(self._found(chunk))
        return found

    def _chunks(self, texts: Sequence[str]) -> Iterator[list[Doc]]:
        chunk: list[Doc] = []
        tokens = 0
        for text in texts:
            doc = self.pipeline.make_doc(text)
            if chunk and tokens + len(doc) > CHUNK:
                yield chunk
                chunk, tokens = [], 0
            chunk.append(doc)
            tokens += len(doc)
        if chunk:
            yield chunk

    def _found(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        lengths = [len(doc) for doc in docs]
        if not sum(lengths):
            return [[] for _ in docs]
        attributes = np.concatenate(
            [doc.to_array([*self.columns, "IDX", "LENGTH", "IS_SPACE"]) for doc in docs if len(doc)]
        )
        known = attributes[:, : len(self.columns)]
        start = attributes[:, -3].astype(np.int64)
        end = start + attributes[:, -2].astype(np.int64)
        lasts = np.cumsum(lengths) - 1
        rows = self._vectors(known, lengths)
        names = self._walk(rows, attributes[:, -1] != 0, lasts[np.array(lengths) > 0])
        found: list[list[tuple[int, int, str]]] = []
        at = 0
        for last, length in zip(lasts, lengths, strict=True):
            mine: list[tuple[int, int, str]] = []
            while length and at < len(names) and names[at][0] <= last:
                first, final, label = names[at]
                mine.append((int(start[first]), int(end[final]), self.moves.labels[label]))
                at += 1
            found.append(mine)
        return found

    def _vectors(self, known: NDArray[np.uint64], lengths: Sequence[int]) -> Floats:
        """One vector for each token: of the word, then of its surroundings, which end with the text."""
        # Rows of nothing before, between and after the texts keep each from seeing its neighbours.
        counted = np.array(lengths)
        texts = np.repeat(np.arange(len(lengths)), counted)
        places = np.arange(len(known)) + (texts + 1) * self.pad
        which = np.zeros(len(known) + (len(lengths) + 1) * self.pad, dtype=np.intp)
        words, which[places] = self._words(known)
        # A window's product with the weights is the sum of those of its words, which are known.
        rows = words.vectors[which]
        products = words.products[self.window][which]
        for offset in range(1, self.window + 1):
            products[offset:] += words.products[self.window - offset][which[:-offset]]
            products[:-offset] += words.products[self.window + offset][which[offset:]]
        rows += self.windows[0].of_products(products)
        for layer in self.windows[1:]:
            rows += layer.apply(self.ops, self.ops.seq2col(rows, self.window))
        weights, bias = self.narrow
        tokens: Floats = self.ops.gemm(rows[places], weights, trans2=True) + bias
        return tokens

    def _words(self, known: NDArray[np.uint64]) -> tuple[KnownWords, NDArray[np.intp]]:
        """Where the vectors of the words stand, and in which row that of each token does."""
        size = known.itemsize * known.shape[1]
        raw = known.tobytes()
        words = [raw[at : at + size] for at in range(0, len(raw), size)]
        kept = self.known
        new = kept.missing(words)
        if len(new) > KEPT:
            # A list of more words than are kept: they are worked out for this text alone.
            kept = room_for(self.windows[0], self.window, len(new))
        if new:
            features = np.frombuffer(b"".join(new), dtype=known.dtype).reshape(len(new), -1)
            looked_up = [self._looked_up(table, features[:, table.column]) for table in self.tables]
            vectors = self.mixing.apply(self.ops, np.concatenate(looked_up, axis=1))
            parts = np.split(self.windows[0].weights, 2 * self.window + 1, axis=1)
            products = [self.ops.gemm(vectors, np.ascontiguousarray(part), trans2=True) for part in parts]
            kept.keep(new, vectors, products)
        return kept, np.fromiter(map(kept.slots.__getitem__, words), dtype=np.intp, count=len(words))

    def _looked_up(self, table: _Table, values: NDArray[np.uint64]) -> Floats:
        keys = self.ops.hash(np.ascontiguousarray(values), table.seed) % len(table.vectors)
        found: Floats = self.ops.gather_add(table.vectors, keys)
        return found

    def _walk(self, tokens: Floats, blank: NDArray[np.bool_], lasts: NDArray[np.intp]) -> list[tuple[int, int, int]]:
        """First token, last token and label of each name, over all texts; `lasts` are the texts' last tokens."""
        moves = self.moves
        affine = self.ops.gemm(tokens, self.features, trans2=True).reshape(len(tokens), 3, -1)
        weights, bias = self.scores
        free = best_of(affine[:, 0] + self.absent[1] + self.absent[2] + self.bias, self.pieces)
        scores = self.ops.gemm(np.ascontiguousarray(free), weights, trans2=True) + bias
        begins, units = scores[:, moves.begin], scores[:, moves.unit]
        begin, unit = begins.argmax(axis=1), units.argmax(axis=1)
        every = np.arange(len(tokens))
        opening, single, none = begins[every, begin], units[every, unit], scores[:, moves.outside]
        # A name neither begins at a blank nor, being longer than one token, at the end of its text.
        opening[blank] = single[blank] = _NONE
        opening[lasts] = _NONE
        # Where scores are equal the earlier move wins, as it does in spaCy.
        opens = (opening >= single) & (opening >= none)
        stands = ~opens & (single >= none)
        starting = np.flatnonzero(opens | stands)
        until = lasts[np.searchsorted(lasts, starting)]
        long = opens[starting]
        ends = np.where(long, -1, starting)
        ends[long] = self._near_ends(affine, starting[long], until[long], begin[starting[long]])
        names: list[tuple[int, int, int]] = []
        after = 0
        for first, last, near in zip(starting.tolist(), until.tolist(), ends.tolist(), strict=True):
            if first < after:
                continue
            label = int(begin[first] if opens[first] else unit[first])
            final = near if near >= 0 else self._end(affine, first, last, label)
            names.append((first, final, label))
            after = final + 1
        return names

    def _near_ends(
        self, affine: Floats, first: NDArray[np.intp], last: NDArray[np.intp], label: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """The last tokens of names that end within a few tokens, -1 for others; parameters as in `_end`, in rows."""
        if not len(first):
            return first
        weights, bias = self.scores
        goes_on, ends = self.moves.inside[label], self.moves.last[label]
        difference, least = weights[ends] - weights[goes_on], bias[ends] - bias[goes_on]
        at = first[:, None] + np.arange(1, AHEAD + 1)
        within = at < last[:, None]
        at = np.minimum(at, len(affine) - 1)
        around = affine[at, 0] + affine[first, 1][:, None] + affine[at - 1, 2] + self.bias
        hidden = best_of(around.reshape(len(first) * AHEAD, -1), self.pieces).reshape(len(first), AHEAD, -1)
        over = (np.einsum("nah,nh->na", hidden, difference) + least[:, None] > 0) & within
        found: NDArray[np.intp] = np.where(over.any(axis=1), first + 1 + over.argmax(axis=1), -1)
        # Before the end of its text a name that goes on to it has no more than these tokens.
        return np.where((found < 0) & ~within[:, -1], last, found)

    def _end(self, affine: Floats, first: int, last: int, label: int) -> int:
        """The last token of the name that begins at `first`, in a text that ends with the token `last`.

        For names that go on beyond what `_near_ends` looks at.
        """
        weights, bias = self.scores
        goes_on, ends = self.moves.inside[label], self.moves.last[label]
        difference, least = weights[ends] - weights[goes_on], bias[ends] - bias[goes_on]
        at = first + 1 + AHEAD
        while at < last:
            stop = min(at + AHEAD, last)
            hidden = best_of(
                affine[at:stop, 0] + affine[first, 1] + affine[at - 1 : stop - 1, 2] + self.bias, self.pieces
            )
            over = np.flatnonzero(hidden @ difference + least > 0)
            if len(over):
                return at + int(over[0])
            at = stop
        return last


def _expected(tables: int, depth: int) -> str:
    """What thinc calls the layers that `NameFinder` knows, with so many features of a word and so many windows."""
    embedding = "|".join(["ints-getitem>>hashembed"] * tables)
    encoding = ">>".join(["residual(expand_window>>maxout>>layernorm>>dropout)"] * depth)
    return (
        f"extract_features>>list2ragged>>with_array({embedding})>>with_array(maxout>>layernorm>>dropout)>>ragged2list"
        f">>with_array({encoding})>>list2array>>linear"
    )
