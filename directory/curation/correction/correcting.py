"""A form of a listing: what it shows, and the change that it asks for."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.curation.correction import (
    areas,
    cost,
    hours,
    languages,
    lines,
    main,
    phones,
    place,
    rules,
    terms,
)
from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Book, SaidBy, Sheet
from directory.curation.correction.typed import Fields, Typed
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, RecordChange
from directory.curation.records.subject import SubjectKind
from directory.errors import FieldError

_LONGEST_WHY = 500
_OF_A_SERVICE = (phones, hours, languages, areas, lines, cost, terms, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a form asks for.

    `hiding` shows less of places and must not wait for `patch`, which is all the rest.
    `faults` names fields that cannot be taken; then nothing else should be, either.
    """

    hiding: Patch
    patch: Patch
    faults: tuple[FieldError, ...]


def fields_of(dossier: Dossier, book: Book) -> Fields:
    """Return the fields of the form of a listing as it stands."""
    return dict(_shown(dossier, book))


def correct(
    dossier: Dossier, typed: Typed, *, book: Book, said_by: SaidBy, day: dt.date
) -> Correction:
    """Return what a form asks for that holds `typed`."""
    sheet = Sheet(dossier=dossier, typed=typed, book=book, said_by=said_by, day=day)
    hiding: Patch = ()
    if len(typed.one("why")) > _LONGEST_WHY:
        sheet.refuse("why", Fault.TOO_LONG)
    patch = main.asked(sheet)
    if dossier.subject.kind is SubjectKind.ORGANIZATION:
        patch = (*patch, *phones.asked(sheet))
    else:
        patch = (*patch, *_children(sheet))
        hiding = place.asked(sheet)
    return Correction(hiding=hiding, patch=patch, faults=tuple(sheet.faults))


def _children(sheet: Sheet) -> Iterator[RecordChange]:
    for part in _OF_A_SERVICE:
        yield from part.asked(sheet)


def _shown(dossier: Dossier, book: Book) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from main.shown(dossier)
    yield from phones.shown(dossier)
    if dossier.subject.kind is SubjectKind.ORGANIZATION:
        return
    for part in (hours, languages, lines, cost, rules, place):
        yield from part.shown(dossier)
    yield from areas.shown(dossier, book)
    yield from terms.shown(dossier, book)
