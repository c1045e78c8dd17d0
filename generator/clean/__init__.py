"""Text to blocks and the cleaning ledger: what is article and what is debris."""
