"""The needs that a service meets."""

from collections.abc import Iterable

from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Book, Sheet
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed


def shown(dossier: Dossier, book: Book) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the field as a form shows it."""
    held = {c["taxonomy_term_id"] for c in dossier.of("attribute").values()}
    yield "term", tuple(code for code, term in book.terms.items() if term in held)


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the needs; a service has at least one."""
    if not sheet.typed.has("term"):
        return ()
    book = sheet.book.terms
    rows = sheet.dossier.of("attribute")
    known = {*book.values()}
    held = {cells["taxonomy_term_id"] for cells in rows.values()} & known
    wanted = {book[code] for code in sheet.typed.many("term") if code in book}
    if wanted == held:
        return ()
    if not wanted:
        sheet.refuse("term", Fault.NO_TERM)
        return ()
    return (
        *(
            removed("attribute", i, cells)
            for i, cells in rows.items()
            if cells["taxonomy_term_id"] in known - wanted
        ),
        *(
            sheet.make(
                "attribute", {"service_id": sheet.subject_id, "taxonomy_term_id": term}
            )
            for term in sorted(wanted - held)
        ),
    )
