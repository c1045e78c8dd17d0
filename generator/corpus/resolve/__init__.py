"""Who and what the corpus speaks of: mentions tied to entities, within each document and across documents.

Within a document, surnames, titles, given names, acronyms, short and weak names go to the full names they belong
to. Across documents only names that can stand alone are compared: blocking chooses candidate pairs, judgements say
same, different or unsure with a score and a reason, and constrained clustering joins what strong judgements tie,
never two that any evidence holds apart. What is unsure becomes a suggestion. The analyst's decisions always win.
"""

from __future__ import annotations

from generator.corpus.resolve.attribution import resolve_quotes
from generator.corpus.resolve.decisions import Decisions, parse_decisions
from generator.corpus.resolve.drafts import Drafts
from generator.corpus.resolve.faces import Packed
from generator.corpus.resolve.meaning import Meaning
from generator.corpus.resolve.resolution import Resolution
from generator.corpus.resolve.resolver import resolve
from generator.corpus.resolve.things import ThingFinder, ThingReader, Things

__all__ = [
    "Decisions",
    "Drafts",
    "Meaning",
    "Packed",
    "Resolution",
    "ThingFinder",
    "ThingReader",
    "Things",
    "parse_decisions",
    "resolve",
    "resolve_quotes",
]
