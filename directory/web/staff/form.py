"""What a coordinator typed into a form, and why it was not taken."""

from dataclasses import dataclass

from flask import request

from directory.errors import FieldError
from directory.web.record_words import label_of, record_name
from directory.web.texts import translated

LONGEST = 500
"""Letters of a reason, and of any other text of the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a form was not taken: in a sentence, with the status that says so.

    `must_verify` says that the person has to prove again who they are.
    """

    problem: str
    status: int
    must_verify: bool = False


def typed(name: str) -> str:
    """Return what was typed into a field, empty if nothing was."""
    return request.form.get(name, "").strip()[:LONGEST]


def fault_text(fault: FieldError) -> str:
    """Return what a check finds wrong with a field of a record."""
    table, _, field = fault.field.partition(".")
    says = translated(fault.message)
    return f"{record_name(table)}, {label_of(table, field)}: {says}"
