"""Benchmarks: a generated corpus, this project and its peers side by side. Run as `python -m bench`."""
