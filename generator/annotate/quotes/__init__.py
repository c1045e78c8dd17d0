"""Who said what: direct and indirect quotations with their speakers and the outlets that relayed them."""

from generator.annotate.quotes.finder import find_quotes

__all__ = ["find_quotes"]
