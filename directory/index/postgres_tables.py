"""The tables in which PostgreSQL keeps the text index.

They hold what the public may see and nothing else: one edition, which takes the place
of the last in one transaction, under its digest. A reader asks for one digest in one
statement, so it sees all of an edition or none of it. Like every index they may be
dropped at any time, and so they are no part of the migrations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from directory.index.document import Document
from directory.index.text_index import Rows, Zone
from directory.index.words import EXACT, fold

ByZone = Mapping[Zone, Rows]

_WEIGHTS = {Zone.NAME: "A", Zone.TAG: "B", Zone.ORGANIZATION: "C", Zone.TEXT: "D"}
# Any fixed number does; it names the lock that makes those who build take turns.
_LOCK = 4_927_002
_SHORTEST_WORD = 4
_ALIKE = 12
_BATCH = 500

_TABLES = (
    """
    CREATE TABLE search_edition (
        digest text PRIMARY KEY,
        size integer NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )
    """,
    "CREATE TABLE search_document (place integer PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE TABLE search_word (word text PRIMARY KEY)",
    "CREATE INDEX search_document_terms ON search_document USING gin (terms)",
)
_ARE_THERE = text("SELECT to_regclass('search_word') IS NOT NULL")
_TURN = text("SELECT pg_advisory_xact_lock(:lock)")
_HOLDS = text("SELECT size FROM search_edition WHERE digest = :digest")
_IS_EMPTY = text("SELECT NOT EXISTS (SELECT FROM search_edition)")
_CLEAR = tuple(
    text(f"DELETE FROM {table}")  # noqa: S608 - three names, written here
    for table in ("search_edition", "search_document", "search_word")
)
_ENTER = text("INSERT INTO search_edition (digest, size) VALUES (:digest, :size)")
_FILL = text(
    "INSERT INTO search_document (place, terms)"
    " VALUES (:place, CAST(:terms AS tsvector))"
)
_LIST = text("INSERT INTO search_word (word) VALUES (:word)")
# What is new is not yet known to the planner, which would read all of it.
_ANALYZE = text("ANALYZE search_document, search_word")
# One statement sees one state of the tables. Its last part tells whether they hold the
# edition that was asked for: the others mean nothing if they do not.
_ROWS = text(
    """
    SELECT t.term,
           array_agg(d.place) FILTER (WHERE d.terms @@ CAST(t.q || '\\:A' AS tsquery)),
           array_agg(d.place) FILTER (WHERE d.terms @@ CAST(t.q || '\\:B' AS tsquery)),
           array_agg(d.place) FILTER (WHERE d.terms @@ CAST(t.q || '\\:C' AS tsquery)),
           array_agg(d.place) FILTER (WHERE d.terms @@ CAST(t.q || '\\:D' AS tsquery))
    FROM unnest(CAST(:terms AS text[]), CAST(:queries AS text[])) AS t (term, q)
    JOIN search_document d ON d.terms @@ CAST(t.q AS tsquery)
    GROUP BY t.term
    UNION ALL
    SELECT NULL, ARRAY[size], NULL, NULL, NULL
    FROM search_edition WHERE digest = :digest
    """
)
_HAS_TRIGRAMS = text("SELECT to_regprocedure('similarity(text, text)') IS NOT NULL")
_MAKE_TRIGRAMS = text("CREATE EXTENSION IF NOT EXISTS pg_trgm")
_INDEX_WORDS = text(
    "CREATE INDEX IF NOT EXISTS search_word_trigrams"
    " ON search_word USING gin (word gin_trgm_ops)"
)
_SIMILAR = text(
    """
    SELECT word FROM search_word WHERE word % :word
    ORDER BY similarity(word, :word) DESC, word LIMIT :most
    """
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the tables hold: an edition, and all words that may be mistyped."""

    digest: str
    documents: Sequence[Document]
    vocabulary: frozenset[str] = frozenset()


class Tables:
    """The tables of one database."""

    def __init__(self, database: Engine) -> None:
        """Use `database`; nothing is asked of it yet."""
        self._database = database

    def keep(self, edition: Held, *, anew: bool = False) -> None:
        """Have `edition` in the tables; write it if it is not there.

        Of several processes that do this at once one writes, the others wait and find
        the work done. Raises `DBAPIError`.
        """
        with self._database.begin() as connection:
            _wait_for_turn(connection)
            held = connection.scalar(_HOLDS, {"digest": edition.digest})
            if anew or held != len(edition.documents):
                _write(connection, edition)

    def refill(self, edition: Held) -> None:
        """Write an edition that was lost, unless a newer one has taken its place.

        Raises `DBAPIError`.
        """
        with self._database.begin() as connection:
            _wait_for_turn(connection)
            if connection.scalar(_IS_EMPTY):
                _write(connection, edition)

    def rows(self, digest: str, terms: Sequence[str]) -> Mapping[str, ByZone] | None:
        """Return where each of `terms` stands, `None` if the edition is not there.

        Raises `DBAPIError`.
        """
        parameters = {
            "digest": digest,
            "terms": list(terms),
            "queries": [_quoted(term) for term in terms],
        }
        found: dict[str, ByZone] = {term: {} for term in terms}
        is_there = False
        with self._database.connect() as connection:
            for term, *places in connection.execute(_ROWS, parameters):
                if term is None:
                    is_there = True
                else:
                    found[term] = _by_zone(places)
        return found if is_there else None

    def make_trigrams(self) -> bool:
        """Return whether words that look alike can be asked for, and see to it.

        Raises `DBAPIError` where the extension is missing and may not be made.
        """
        with self._database.begin() as connection:
            connection.execute(_TURN, {"lock": _LOCK})
            if not connection.scalar(_HAS_TRIGRAMS):
                connection.execute(_MAKE_TRIGRAMS)
            connection.execute(_INDEX_WORDS)
        return True

    def similar(self, word: str) -> tuple[str, ...]:
        """Return public words that look like `word`. Raises `DBAPIError`."""
        parameters = {"word": word, "most": _ALIKE}
        with self._database.connect() as connection:
            return tuple(connection.scalars(_SIMILAR, parameters))


def reason_of(error: DBAPIError) -> str:
    """Return the kind of an error; its message may quote what was searched."""
    return type(error.orig).__name__


def _wait_for_turn(connection: Connection) -> None:
    """Let only one process write at a time, and see to it that there are tables."""
    connection.execute(_TURN, {"lock": _LOCK})
    if not connection.scalar(_ARE_THERE):
        for statement in _TABLES:
            connection.execute(text(statement))


def _write(connection: Connection, edition: Held) -> None:
    documents = edition.documents
    for clear in _CLEAR:
        connection.execute(clear)
    connection.execute(_ENTER, {"digest": edition.digest, "size": len(documents)})
    for start in range(0, len(documents), _BATCH):
        batch = enumerate(documents[start : start + _BATCH], start)
        connection.execute(
            _FILL,
            [{"place": place, "terms": _vector(document)} for place, document in batch],
        )
    words = [{"word": word} for word in _words(edition)]
    if words:
        connection.execute(_LIST, words)
    connection.execute(_ANALYZE)


def _by_zone(places: Sequence[Sequence[int] | None]) -> ByZone:
    """Return the rows of each zone, in the order of the weights."""
    return {
        zone: np.sort(np.array(some, dtype=np.int32))
        for zone, some in zip(_WEIGHTS, places, strict=True)
        if some
    }


def _vector(document: Document) -> str:
    """Return the terms of a document as PostgreSQL writes them: `'e:lawyer':1A,4D`."""
    positions: dict[str, list[str]] = {}
    for number, (zone, weight) in enumerate(_WEIGHTS.items(), start=1):
        for term in document.indexed(zone):
            positions.setdefault(term, []).append(f"{number}{weight}")
    return " ".join(
        f"{_quoted(term)}:{','.join(found)}" for term, found in positions.items()
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _words(edition: Held) -> Iterator[str]:
    """Yield each word once, as it is searched."""
    exact = {
        term
        for document in edition.documents
        for zone in Zone
        for term in document.terms[zone]
        if term.startswith(EXACT)
    }
    words = {fold(term.removeprefix(EXACT)) for term in exact} | edition.vocabulary
    yield from sorted(w for w in words if len(w) >= _SHORTEST_WORD and w.isalpha())
