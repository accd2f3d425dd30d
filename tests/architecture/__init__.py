"""Tests of the project as a whole: its layers, types, style, words and wheel."""
