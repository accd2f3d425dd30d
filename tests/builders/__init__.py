"""Small functions that make what tests need."""
