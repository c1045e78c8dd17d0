"""Blocks to a document: headline, byline, dates stated, credit, language, references, quality signals."""
