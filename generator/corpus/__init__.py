"""Documents to a corpus: duplicates, entities, dated events, related articles."""
