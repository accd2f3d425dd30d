"""Aftercare NC: the directory, its site and its commands."""
