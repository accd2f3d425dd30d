"""From listings to matches: the only package that knows the matcher."""
