"""Letters to providers: what they say, in English and, below it, in Spanish."""
