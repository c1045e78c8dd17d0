"""A corpus to data files."""
