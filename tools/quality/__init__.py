"""How good the built site is, by checkers that others keep: `python -m tools.quality`, or `make audit`.

The site of `seeds/` is built twice into a temporary folder: once as it is, and once as it would be published, with an
address and open to search engines, since some rules only apply there. It is then served by a plain server that
compresses, as any host does, and each checker prints its figure. What is absent (Java, Node, Chromium) is named and
skipped, never counted as passed.
"""
