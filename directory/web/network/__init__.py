"""Listings whose very existence is hidden, for those who are approved to see them."""
