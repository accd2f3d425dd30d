"""Corrections: what a person typed about a listing becomes a change of its records.

It is pure: a dossier, what was typed and the words it is read with go in, a change
comes out; only `conflict` reads the history. Only fields that are named here are read;
whatever else a form sends is nothing.
"""

from directory.curation.correction.correcting import (
    Correction,
    correct,
    fields_of,
)
from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Book, SaidBy
from directory.curation.correction.typed import Fields, Typed

__all__ = [
    "Book",
    "Correction",
    "Fault",
    "Fields",
    "SaidBy",
    "Typed",
    "correct",
    "fields_of",
]
