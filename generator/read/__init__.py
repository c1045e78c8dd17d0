"""Bytes to text: one reader per format."""
