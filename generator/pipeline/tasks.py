"""What passes between a build and whoever works on its seeds: tasks, options, results.

Without the engine itself, which takes a second to import: a build whose seeds are all known does without.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from generator.model import Issue, SeedText
from generator.read.limits import Limits

Result = bytes | Issue
"""A seed's `Annotated` as MessagePack, or why there is none."""


@dataclass(frozen=True, slots=True)
class Options:
    """What besides the seed decides a per-seed result, and where seeds are worked on."""

    limits: Limits
    model: str | None = None
    """Name of an installed spaCy pipeline; `None`: the first of the known ones that is installed."""
    glossary: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of the user's own glossary of spun phrases, each as (column, cell) pairs."""
    jobs: int = 1
    seconds: float = 60
    """How long one seed may take; no part of the result of one that takes less."""
    scheduler: str = ""
    """Address of a Dask scheduler whose workers do the work; empty: `jobs` processes of this machine."""


@dataclass(frozen=True, slots=True)
class Task:
    """One seed to be worked on."""

    document_id: str
    seed: SeedText
    recurring: frozenset[str]
    """Those of its lines that stand in many seeds."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: a result for each task, in order, and the processor time that each part took."""

    results: tuple[Result, ...]
    seconds: dict[str, float]
    digests: tuple[bytes, ...] = ()
    """Of each result that is none but an issue nothing; of the others what the stages over the corpus need of them."""


def engine_fault(name: str) -> Issue:
    """The issue for a seed on which our own code fails with the exception that is being handled."""
    return Issue(
        "error",
        "engine-fault",
        name,
        f"the engine failed on this seed: {traceback.format_exc(limit=-3)}",
        "this is a fault of Briefing; report it with the seed, and move the seed away until it is mended",
    )
