"""Proposals, history, verification, duplicates: how listings are kept true."""
