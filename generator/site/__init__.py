"""Driving MkDocs, and the plugin that a stock build loads too."""
