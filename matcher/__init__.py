"""Ranks services against what a survivor needs now: values in, values out.

Nothing here reads a file, a clock, a database or a random number, and nothing is
logged: the moment is part of the input, and the answers of a person live as long as
the call.
"""
