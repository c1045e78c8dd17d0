"""The trust boundary: the only ways by which seed text reaches Markdown, YAML, CSV, JSON and paths."""
