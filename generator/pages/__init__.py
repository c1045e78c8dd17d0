"""A corpus to Markdown pages."""
