"""The text index on Whoosh.

It is built and read in memory. The disk only keeps its files for the next start, so
nothing that happens to them can fail a search.
"""

import hashlib
import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
from typing_extensions import override
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Existence
from whoosh.index import IndexError as BrokenIndexError

from directory.errors import IndexUnavailableError
from directory.index.document import Document
from directory.index.shelf import Shelf
from directory.index.text_index import Rows, TextIndex, Zone

SCHEMA_VERSION = 1
"""Grows with every change of what is indexed, so that an old index is not read."""

# What reading a file of another make can end in: the schema is unpickled.
_READ_ERRORS = (
    BrokenIndexError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    NameError,
    AttributeError,
    ImportError,
    EOFError,
    UnpicklingError,
    struct.error,
)

_UNREADABLE = "The text index cannot be read."
_OTHER = "The text index is of other listings."
# So much that postings are never spilled to files in between.
_MEMORY_MB = 8192
_CACHED_TERMS = 20_000
_NONE: Rows = np.zeros(0, dtype=np.int32)


class _Storage(RamStorage):  # type: ignore[misc]
    """Storage in memory whose temporary files are in memory as well."""

    @override
    def temp_storage(self, name: str | None = None) -> RamStorage:
        return _Storage()


class _Terms(FieldType):  # type: ignore[misc]
    """A field of terms that were made already: which of them stand there, no more."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    @override
    def index(
        self, value: Iterable[str], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term as a posting that says only that it is there."""
        return ((term.encode(), 1, 1.0, b"") for term in value)


class WhooshIndex(TextIndex):
    """Terms by zone in a Whoosh index; listings are numbered as they were given."""

    def __init__(self, storage: RamStorage, size: int) -> None:
        """Read the index in `storage`. Raises `IndexUnavailableError`."""
        try:
            self._reader = storage.open_index().reader()
        except _READ_ERRORS as error:
            raise IndexUnavailableError(_UNREADABLE) from error
        if self._reader.doc_count_all() != size:
            raise IndexUnavailableError(_OTHER)
        self._lock = threading.Lock()
        self._rows: dict[tuple[Zone, str], Rows] = {}

    @override
    def rows(self, zone: Zone, term: str) -> Rows:
        rows = self._rows.get((zone, term))
        if rows is None:
            rows = self._read(zone, term)
        return rows

    def _read(self, zone: Zone, term: str) -> Rows:
        """Read where a term stands. Readers share a file position, hence the lock."""
        with self._lock:
            if (zone.value, term) not in self._reader:
                return _NONE
            found = self._reader.postings(zone.value, term)
            rows = np.fromiter(found.all_ids(), dtype=np.int32)
            if len(self._rows) >= _CACHED_TERMS:
                self._rows.clear()
            self._rows[zone, term] = rows
        return rows


def open_whoosh_index(
    folder: Path, digest: str, documents: Sequence[Document], *, anew: bool = False
) -> WhooshIndex:
    """Return the index of `documents`, from `folder` if it is kept there.

    `digest` is that of what the documents were made from.
    """
    shelf = Shelf(folder)
    key = _key(digest)
    kept = None if anew else shelf.load(key)
    if kept is not None:
        storage = _Storage()
        storage.files.update(kept)
        try:
            return WhooshIndex(storage, len(documents))
        except IndexUnavailableError:
            shelf.drop(key)
    storage = _build(documents)
    shelf.save(key, {name: bytes(data) for name, data in storage.files.items()})
    return WhooshIndex(storage, len(documents))


def _build(documents: Iterable[Document]) -> RamStorage:
    """Write a new index in one segment, so that its numbers are those of the rows."""
    storage = _Storage()
    fields: dict[str, Any] = {zone.value: _Terms() for zone in Zone}
    index = storage.create_index(Schema(**fields))
    writer = index.writer(limitmb=_MEMORY_MB)
    for document in documents:
        writer.add_document(**{zone.value: document.indexed(zone) for zone in Zone})
    writer.commit(merge=False)
    return storage


def _key(digest: str) -> str:
    text = f"whoosh {SCHEMA_VERSION} {digest}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
