"""A document to mentions, dates and quotes, all as spans into the seed."""
