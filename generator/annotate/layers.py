"""Layers of spaCy's convolutional models in whole arrays, and what is kept of words that were met before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Maxout:
    """Maxout with layer norm. `weights` are laid out piece by piece, so that the maximum is one of whole blocks."""

    weights: Floats
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> Maxout:
        """The layer that thinc's `maxout` and the `norm` behind it make."""
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
        """What the layer makes of `rows`."""
        return self.of_products(ops.gemm(rows, self.weights, trans2=True))

    def of_products(self, products: Floats) -> Floats:
        """What the layer makes of rows whose products with the weights are given; those are written over."""
        products += self.bias
        rows = best_of(products, self.pieces)
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(rows.shape[1]) + np.float32(1e-8)
        rows *= variance ** np.float32(-0.5)
        rows *= self.gain
        rows += self.shift
        return rows


class KnownWords:
    """Words met before: their vectors, and these times the first windows' weights, place by place in the window.

    It holds what follows from a word alone, so that it only changes how soon an answer comes. Row 0 is of no word.
    """

    def __init__(self, width: int, products: int, places: int, rows: int) -> None:
        self.slots: dict[bytes, int] = {}
        self.vectors: Floats = np.zeros((rows + 1, width), dtype=np.float32)
        self.products: list[Floats] = [np.zeros((rows + 1, products), dtype=np.float32) for _ in range(places)]

    def missing(self, words: Sequence[bytes]) -> list[bytes]:
        """Those of `words` that are not known, each once; all are forgotten first where the new ones find no room."""
        slots = self.slots
        new = [word for word in dict.fromkeys(words) if word not in slots]
        if len(slots) + len(new) >= len(self.vectors):
            slots.clear()
            new = list(dict.fromkeys(words))
        return new

    def keep(self, words: Sequence[bytes], vectors: Floats, products: Sequence[Floats]) -> None:
        """Take in `words`, for which there is room."""
        start = len(self.slots) + 1
        end = start + len(words)
        self.slots.update(zip(words, range(start, end), strict=True))
        self.vectors[start:end] = vectors
        for kept, new in zip(self.products, products, strict=True):
            kept[start:end] = new


def best_of(rows: Floats, pieces: int) -> Floats:
    """The greatest of `pieces` blocks of columns, one for one."""
    blocks = rows.reshape(len(rows), pieces, -1)
    best: Floats = np.maximum(blocks[:, 0], blocks[:, min(1, pieces - 1)])
    for piece in range(2, pieces):
        np.maximum(best, blocks[:, piece], out=best)
    return best


def room_for(layer: Maxout, window: int, rows: int) -> KnownWords:
    """Room for as many words, for windows that `layer` is the first to look at."""
    products, inputs = layer.weights.shape
    places = 2 * window + 1
    return KnownWords(inputs // places, products, places, rows)
