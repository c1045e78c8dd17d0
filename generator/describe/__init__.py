"""Paragraphs to a document: headline, byline, outlet, credit, dates, references, each with its evidence."""

from __future__ import annotations

from generator.describe.stage import describe

__all__ = ["describe"]
