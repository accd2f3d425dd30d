"""The text index in PostgreSQL.

A listing is one `tsvector` whose lexemes are the terms of its document: English stems,
Spanish stems, forms with accents and concepts, each with the zones it stands in as
weights A to D. The terms are made here and not by the server's dictionaries, and with
accents folded, so that both engines find the same, no dictionary need be set up, and a
plain PostgreSQL is enough. Where `pg_trgm` is there or may be made, words that look
alike are asked of it as well; without it, typos are corrected from memory alone.

Whatever happens to the tables, a search does not fail. Lost, they are filled again.
Where that is not allowed, or where another process has put a newer edition into them
while a search was under way, an index in memory takes their place.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from directory.index.engine import Source, TextEngine
from directory.index.postgres_tables import ByZone, Held, Tables, reason_of
from directory.index.text_index import Rows, TextIndex, Zone

SCHEMA_VERSION = 1
"""Grows with every change of what is indexed, so that an old index is not read."""

_CACHED_TERMS = 20_000
_NONE: Rows = np.zeros(0, dtype=np.int32)
_log = logging.getLogger("aftercare")


class PostgresEngine(TextEngine):
    """Keeps indexes in tables of a PostgreSQL database."""

    def __init__(self, database: Engine, otherwise: TextEngine) -> None:
        """Use `otherwise` where the database lets no tables be made."""
        self._tables = Tables(database)
        self._otherwise = otherwise
        self._trigrams: bool | None = None

    @override
    def open(self, source: Source, *, anew: bool = False) -> TextIndex:
        key = _key(source.digest)
        try:
            self._tables.keep(Held(key, source.documents, source.vocabulary), anew=anew)
        except DBAPIError as error:
            _log.warning(
                "PostgreSQL keeps no search index, so it is kept in files: %s",
                reason_of(error),
            )
            return self._otherwise.open(source, anew=anew)
        return PostgresIndex(
            self._tables, key, source, self._otherwise, trigrams=self._has_trigrams()
        )

    def _has_trigrams(self) -> bool:
        """Tell whether words that look alike can be asked for; it is tried once."""
        if self._trigrams is None:
            try:
                self._trigrams = self._tables.make_trigrams()
            except DBAPIError as error:
                _log.info("Typos are corrected without pg_trgm: %s", reason_of(error))
                self._trigrams = False
        return self._trigrams


class PostgresIndex(TextIndex):
    """Terms by zone in one edition of the tables; listings are numbered as given."""

    def __init__(
        self,
        tables: Tables,
        key: str,
        source: Source,
        otherwise: TextEngine,
        *,
        trigrams: bool,
    ) -> None:
        """Read the edition `key`, which is made from `source`."""
        self._tables = tables
        self._key = key
        self._digest = source.digest
        self._again = source.again
        self._vocabulary = source.vocabulary
        self._otherwise = otherwise
        self._trigrams = trigrams
        self._instead: TextIndex | None = None
        self._found: dict[str, ByZone] = {}

    @override
    def rows(self, zone: Zone, term: str) -> Rows:
        found = self._found.get(term)
        if found is None:
            found = self._read([term])[term]
        return found.get(zone, _NONE)

    @override
    def prepare(self, terms: Iterable[str]) -> None:
        """Read what is not known of `terms` in one statement."""
        missing = dict.fromkeys(term for term in terms if term not in self._found)
        if missing:
            self._read(list(missing))

    @override
    def similar(self, word: str) -> Sequence[str]:
        if not self._trigrams:
            return ()
        try:
            return self._tables.similar(word)
        except DBAPIError as error:
            _log.info("Typos are corrected without pg_trgm: %s", reason_of(error))
            self._trigrams = False
            return ()

    def _read(self, terms: Sequence[str]) -> Mapping[str, ByZone]:
        found = self._asked(terms)
        if len(self._found) >= _CACHED_TERMS:
            self._found.clear()
        self._found.update(found)
        return found

    def _asked(self, terms: Sequence[str]) -> Mapping[str, ByZone]:
        """Return where terms stand, from tables that may have to be filled again."""
        try:
            found = self._of_tables(terms)
        except DBAPIError as error:
            _log.warning("Search goes on without PostgreSQL: %s", reason_of(error))
            found = None
        if found is not None:
            return found
        if self._instead is None:
            again = self._again()
            source = Source(digest=self._digest, documents=again, again=self._again)
            self._instead = self._otherwise.open(source)
        instead = self._instead
        return {
            term: {zone: instead.rows(zone, term) for zone in Zone} for term in terms
        }

    def _of_tables(self, terms: Sequence[str]) -> Mapping[str, ByZone] | None:
        if self._instead is not None:
            return None
        try:
            found = self._tables.rows(self._key, terms)
        except DBAPIError:
            found = None
        if found is not None:
            return found
        self._tables.refill(Held(self._key, self._again(), self._vocabulary))
        return self._tables.rows(self._key, terms)


def _key(digest: str) -> str:
    text = f"postgresql {SCHEMA_VERSION} {digest}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
