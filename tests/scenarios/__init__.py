"""Situations that advocates meet, and what they would want to be told."""
