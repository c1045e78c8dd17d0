"""Files that are still being made while the site is already being made of those that are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.publish.writer import Written


@dataclass(frozen=True, slots=True)
class Late:
    """Files of site_src/ that come late. None of them is a page, or becomes one."""

    names: frozenset[str]
    """Paths of those that are sure to come, so that pages may link to them; others may come, and others go."""
    take: Callable[[], Written]
    """Waits until they stand in site_src/; which were written and which went. To be asked once."""
