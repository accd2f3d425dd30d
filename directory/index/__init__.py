"""Search: a text index, a catalog of bit sets for filters and counts, and queries."""
