"""Tests of what the tables refuse."""
