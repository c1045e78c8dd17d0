"""spaCy's name finder, computed in whole arrays: the same names in a quarter of the time.

This is the one module that leans on the insides of spaCy 3.8 and thinc 8: the layers of the convolutional model in
`en_core_web_*` and its transition system for names. `NameFinder.of` answers `None` for every pipeline that is not
exactly of that kind, and its caller then runs spaCy itself; a test holds both to the same names.

Where the time goes in spaCy, and what is done here instead:

- each word of a text is embedded, however often it stands there; here each different word once;
- the best of three pieces is sought by index; here by two maxima of whole arrays, the weights being laid out for it;
- each token's transition is scored in turn against all 74 moves. Outside of a name a score depends on nothing but the
  token, so here all tokens are scored at once; inside of one only two moves are open (the name goes on or ends here).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from thinc.api import NumpyOps

Floats = NDArray[np.float32]

CHUNK = 4000
"""Tokens worked on together. An article has 500, where the arrays are wide enough; 4,000 take 10 MB."""

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
class _Maxout:
    """Maxout with layer norm. `weights` are laid out piece by piece, so that the maximum is one of whole blocks."""

    weights: Floats
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> _Maxout:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        width, pieces, inputs = weights.shape
        return cls(
            np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, inputs)),
            np.ascontiguousarray(bias.T.reshape(-1)),
            pieces,
            norm.get_param("G"),
            norm.get_param("b"),
        )

    def apply(self, ops: NumpyOps, rows: Floats) -> Floats:
        best = _best(ops.gemm(rows, self.weights, trans2=True) + self.bias, self.pieces)
        centred = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(best.shape[1]) + np.float32(1e-8)
        result: Floats = centred * variance ** np.float32(-0.5) * self.gain + self.shift
        return result


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
    """The weights of a pipeline's name finder, laid out for whole arrays. Holds no state between texts."""

    pipeline: Language
    ops: NumpyOps
    columns: tuple[str, ...]
    tables: tuple[_Table, ...]
    mixing: _Maxout
    windows: tuple[_Maxout, ...]
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
        layers = tuple(map(_Maxout.of, parts["maxout"], parts["layernorm"]))
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
        different, which = np.unique(known, axis=0, return_inverse=True)
        embedded = np.concatenate([self._looked_up(table, different[:, table.column]) for table in self.tables], axis=1)
        words = self.mixing.apply(self.ops, embedded)
        # Rows of nothing before, between and after the texts keep each from seeing its neighbours.
        counted = np.array(lengths)
        texts = np.repeat(np.arange(len(lengths)), counted)
        places = np.arange(len(known)) + (texts + 1) * self.pad
        rows = np.zeros((len(known) + (len(lengths) + 1) * self.pad, words.shape[1]), dtype=np.float32)
        rows[places] = words[which.reshape(-1)]
        for layer in self.windows:
            rows = rows + layer.apply(self.ops, self.ops.seq2col(rows, self.window))
        weights, bias = self.narrow
        tokens: Floats = self.ops.gemm(rows[places], weights, trans2=True) + bias
        return tokens

    def _looked_up(self, table: _Table, values: NDArray[np.uint64]) -> Floats:
        keys = self.ops.hash(np.ascontiguousarray(values), table.seed) % len(table.vectors)
        found: Floats = self.ops.gather_add(table.vectors, keys)
        return found

    def _walk(self, tokens: Floats, blank: NDArray[np.bool_], lasts: NDArray[np.intp]) -> list[tuple[int, int, int]]:
        """First token, last token and label of each name, over all texts; `lasts` are the texts' last tokens."""
        moves = self.moves
        affine = self.ops.gemm(tokens, self.features, trans2=True).reshape(len(tokens), 3, -1)
        weights, bias = self.scores
        free = _best(affine[:, 0] + self.absent[1] + self.absent[2] + self.bias, self.pieces)
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
        names: list[tuple[int, int, int]] = []
        after = 0
        for first, last, long in zip(starting.tolist(), until.tolist(), opens[starting].tolist(), strict=True):
            if first < after:
                continue
            if long:
                label = int(begin[first])
                final = self._end(affine, first, last, label)
            else:
                label, final = int(unit[first]), first
            names.append((first, final, label))
            after = final + 1
        return names

    def _end(self, affine: Floats, first: int, last: int, label: int) -> int:
        """The last token of the name that begins at `first`, in a text that ends with the token `last`."""
        weights, bias = self.scores
        goes_on, ends = self.moves.inside[label], self.moves.last[label]
        difference, least = weights[ends] - weights[goes_on], bias[ends] - bias[goes_on]
        at = first + 1
        while at < last:
            stop = min(at + AHEAD, last)
            hidden = _best(
                affine[at:stop, 0] + affine[first, 1] + affine[at - 1 : stop - 1, 2] + self.bias, self.pieces
            )
            over = np.flatnonzero(hidden @ difference + least > 0)
            if len(over):
                return at + int(over[0])
            at = stop
        return last


def _best(rows: Floats, pieces: int) -> Floats:
    """The greatest of `pieces` blocks of columns, one for one."""
    blocks = rows.reshape(len(rows), pieces, -1)
    best: Floats = blocks[:, 0]
    for piece in range(1, pieces):
        best = np.maximum(best, blocks[:, piece])
    return best


def _expected(tables: int, depth: int) -> str:
    """What thinc calls the layers that `NameFinder` knows, with so many features of a word and so many windows."""
    embedding = "|".join(["ints-getitem>>hashembed"] * tables)
    encoding = ">>".join(["residual(expand_window>>maxout>>layernorm>>dropout)"] * depth)
    return (
        f"extract_features>>list2ragged>>with_array({embedding})>>with_array(maxout>>layernorm>>dropout)>>ragged2list"
        f">>with_array({encoding})>>list2array>>linear"
    )
