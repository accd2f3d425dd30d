"""The tests: they mirror the source, and some look at the project as a whole."""
