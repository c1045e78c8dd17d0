"""Text to paragraphs: debris goes to the ledger, and every character of the seed is accounted for."""

from __future__ import annotations

from generator.clean.ledger import SPACING, Fault, account
from generator.clean.stage import clean

__all__ = ["SPACING", "Fault", "account", "clean"]
