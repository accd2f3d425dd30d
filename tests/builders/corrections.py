"""Corrections: a dossier of records, and what somebody types about it."""

import datetime as dt
from functools import cache

from directory.curation.correction import (
    Book,
    Correction,
    Fields,
    SaidBy,
    Typed,
    correct,
    fields_of,
)
from directory.curation.records.cells import cells_of
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import RecordChange
from directory.curation.records.subject import Subject, SubjectKind
from directory.hsds import Organization, Record, Service
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms

TODAY = dt.date(2026, 11, 26)


@cache
def the_book() -> Book:
    """Return the words of the shipped vocabulary and places."""
    terms = read_terms(shipped("seed_data")).values()
    return Book(
        gazetteer=Gazetteer.load(shipped("seed_data") / "gazetteer"),
        terms={term.code: term.id for term in terms if not term.is_group},
        languages=frozenset({"en", "es", "ar", "mul"}),
    )


def dossier(main: Organization | Service, *records: Record) -> Dossier:
    """Return the dossier of a listing with some records."""
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for record in (main, *records):
        table = rows.setdefault(str(record.__tablename__), {})
        table[record.id] = dict(cells_of(record))
    is_service = isinstance(main, Service)
    kind = SubjectKind.SERVICE if is_service else SubjectKind.ORGANIZATION
    return Dossier(
        subject=Subject(kind=kind, id=main.id),
        organization_id=main.organization_id if isinstance(main, Service) else main.id,
        records=rows,
    )


def shown(held: Dossier) -> Fields:
    """Return the form of a listing."""
    return fields_of(held, the_book())


def typed(held: Dossier, **texts: str | tuple[str, ...]) -> Correction:
    """Return what a provider's form asks for in which some texts were typed.

    `__` in the name of a field stands for a hyphen.
    """
    return typed_by(SaidBy.PROVIDER, held, **texts)


def typed_by(
    who: SaidBy, held: Dossier, /, **texts: str | tuple[str, ...]
) -> Correction:
    """Return what a form asks for, in the name of who typed it."""
    given = {
        name.replace("__", "-"): (text,) if isinstance(text, str) else text
        for name, text in texts.items()
    }
    form = Typed({**shown(held), **given})
    return correct(held, form, book=the_book(), said_by=who, day=TODAY)


def asked(held: Dossier, **texts: str | tuple[str, ...]) -> list[RecordChange]:
    """Return the changes that a form asks for with which nothing is wrong."""
    correction = typed(held, **texts)
    assert correction.faults == ()
    return [*correction.hiding, *correction.patch]


def faults(held: Dossier, **texts: str | tuple[str, ...]) -> dict[str, str]:
    """Return what is wrong with a form, by field."""
    return {fault.field: fault.message for fault in typed(held, **texts).faults}


def after(change: RecordChange, *fields: str) -> dict[str, str]:
    """Return what some fields of a record become."""
    assert change.after is not None
    return {field: change.after[field] for field in fields}
