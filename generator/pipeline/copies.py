"""The untouched seeds beside the pages: which are written, and which stand there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from generator.model import Corpus
from generator.pages import Addresses
from generator.pipeline.gather import SeedFile, StandingSeed


@dataclass(frozen=True, slots=True)
class SeedCopies:
    """Copies by path below site_src/."""

    files: Mapping[str, bytes]
    """Those that are to be written."""
    kept: frozenset[str]
    """Those that stand as the last build wrote them."""
    digests: Mapping[str, str]
    """Of all of them the digest of the seed."""


def copy_seeds(
    corpus: Corpus, seeds: Iterable[SeedFile | StandingSeed], addresses: Addresses, standing: Mapping[str, str]
) -> SeedCopies:
    """The copies of the `seeds` that `corpus` may publish whole; `standing` has the digests of those that are there."""
    by_name = {seed.name: seed for seed in seeds}
    files: dict[str, bytes] = {}
    kept: list[str] = []
    digests: dict[str, str] = {}
    for article in corpus.articles:
        if article.publish != "full":
            continue
        known = article.annotated.document.seed
        path = addresses.seeds[article.id]
        if standing.get(path) == known.sha256:
            kept.append(path)
            digests[path] = known.sha256
            continue
        seed = by_name[known.name]
        # One that is another by now is no proof of what was read.
        found = seed if isinstance(seed, SeedFile) else seed.read()
        if isinstance(found, SeedFile) and sha256(found.raw).hexdigest() == known.sha256:
            files[path] = found.raw
            digests[path] = known.sha256
    return SeedCopies(files, frozenset(kept), digests)
