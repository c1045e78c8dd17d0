"""Who and what an article names, and where: model, gazetteers, patterns and what the document itself gives away."""

from generator.annotate.mentions.find import find_mentions

__all__ = ["find_mentions"]
