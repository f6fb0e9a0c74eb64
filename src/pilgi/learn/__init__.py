"""The learning wing: the only one that knows torch."""
