"""The patterns of institutions, ready to use."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """The patterns of `offices.yml`, ready to use."""

    heads: frozenset[str]
    place_heads: frozenset[str]
    leads: frozenset[str]
    """Words of other languages that begin the name of an organization: Banco, Grupo."""
    portfolios: frozenset[str]
    """Folded words for what bodies of a state are for: trade, energy."""
    state: dict[str, int]
    """Folded words of an institution that a state's adjective may precede, to how many words they are."""
    shared: dict[str, tuple[str, str]]
    """Words of an institution (as written) to its slug and its name."""
    shared_pattern: re.Pattern[str]
    shouted_pattern: re.Pattern[str]
    """The same whatever the letter case, for bulletins in capitals."""
    contexts: dict[str, tuple[str, re.Pattern[str]]]
