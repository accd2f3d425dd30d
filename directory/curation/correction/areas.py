"""The counties that a service serves."""

import re
from collections.abc import Iterable, Sequence

from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Book, Sheet
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, RecordChange, removed
from directory.hsds import AreaType, Coverage

_BETWEEN = re.compile(r"[,;\n]|\band\b|\by\b", re.IGNORECASE)
_THE_STATE = "North Carolina"


def shown(dossier: Dossier, book: Book) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    yield "counties", (", ".join(names_of(dossier, book)),)


def names_of(dossier: Dossier, book: Book) -> Sequence[str]:
    """Return the names of the counties, in their order."""
    return sorted(book.gazetteer.by_fips(fips).name for fips in _held(dossier))


def _held(dossier: Dossier) -> set[str]:
    return {c["fips"] for c in dossier.of("service_area").values() if c["fips"]}


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the counties; tribal areas stay as they are."""
    coverage = sheet.typed.one("coverage", sheet.dossier.main["coverage"])
    if coverage == Coverage.STATEWIDE:
        return (*_gone(sheet, set()), *_whole_state(sheet))
    wanted = _typed(sheet)
    if coverage == Coverage.COMPLETE and not wanted and not _has_other(sheet):
        sheet.refuse("counties", Fault.NO_COUNTY)
    new = sorted(wanted - _held(sheet.dossier))
    return (
        *_gone(sheet, wanted, state_too=coverage != sheet.dossier.main["coverage"]),
        *(_made(sheet, AreaType.COUNTY, fips=fips) for fips in new),
    )


def _typed(sheet: Sheet) -> set[str]:
    if not sheet.typed.has("counties"):
        return _held(sheet.dossier)
    wanted: set[str] = set()
    for name in _BETWEEN.split(sheet.typed.one("counties")):
        if not name.strip():
            continue
        county = sheet.book.gazetteer.county(name.strip())
        if county is None:
            sheet.refuse("counties", Fault.COUNTY, name.strip()[:60])
        else:
            wanted.add(county.fips)
    return wanted


def _has_other(sheet: Sheet) -> bool:
    return any(not c["fips"] for c in sheet.dossier.of("service_area").values())


def _gone(sheet: Sheet, wanted: set[str], *, state_too: bool = False) -> Patch:
    return tuple(
        removed("service_area", i, cells)
        for i, cells in sheet.dossier.of("service_area").items()
        if (cells["fips"] and cells["fips"] not in wanted)
        or (state_too and cells["type"] == AreaType.STATE)
    )


def _whole_state(sheet: Sheet) -> Patch:
    areas = sheet.dossier.of("service_area").values()
    if any(cells["type"] == AreaType.STATE for cells in areas):
        return ()
    return (_made(sheet, AreaType.STATE, description=_THE_STATE),)


def _made(sheet: Sheet, kind: AreaType, **cells: str) -> RecordChange:
    return sheet.make(
        "service_area", {"service_id": sheet.subject_id, "type": kind.value, **cells}
    )
