"""The stage: a decoded seed to blocks and a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.aligned import AlignedText
from generator.clean.debris import load_rules
from generator.clean.ledger import settled
from generator.clean.lines import split_lines, trimmed
from generator.clean.paragraphs import paragraphs
from generator.clean.quotes import leaves_open, stray_closings
from generator.clean.sweep import sweep
from generator.model import Block, Cleaned, Removal, SeedText


def clean(seed: SeedText, recurring: frozenset[str]) -> Cleaned:
    """`seed` as blocks, and a ledger of everything that is not in them.

    `recurring` holds lines, white space folded, that stand in several seeds of the corpus and so belong to the
    site. Blocks and ledger together cover every character of the seed exactly once; see `account`.
    """
    kept, removals = sweep(list(split_lines(seed.text)), load_rules(), seed.text, recurring)
    blocks = tuple(_without_strays(paragraphs(kept), seed.text, removals))
    return Cleaned(seed, blocks, settled(seed.text, [block.text for block in blocks], removals))


def _without_strays(blocks: Iterable[Block], text: str, removals: list[Removal]) -> Iterator[Block]:
    quoting = False
    for block in blocks:
        strays = stray_closings(block.text, quoting=quoting)
        quoting = leaves_open(block.text.text)
        view = block.text
        for at in reversed(strays):
            span = view.seed_span(at, at + 1)
            if span.end - span.start != 1:
                continue
            removals.append(Removal(span, "stray-quote", text[span.start : span.end]))
            view = AlignedText.of([*view.slice(0, at).pieces(), *view.slice(at + 1, len(view.text)).pieces()])
        view = trimmed(view)
        if view.text:
            yield Block(block.kind, view)
