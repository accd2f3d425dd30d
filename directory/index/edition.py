"""An edition: everything that is derived from one snapshot in order to search it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from directory.index.catalog import Catalog
from directory.index.document import Document, Writer
from directory.index.filler import FILLER
from directory.index.finding import Finder
from directory.index.lexicon import Lexicon
from directory.index.names import Names
from directory.index.phrases import Phrasebook
from directory.index.query import QueryReader
from directory.index.scoring import Scorer
from directory.index.suggest import Suggestions
from directory.index.text_index import Zone
from directory.index.where import WhereFinder
from directory.index.whoosh_index import open_whoosh_index
from directory.index.words import ENGLISH, EXACT, FUNCTION_WORDS, SPANISH, fold
from directory.places import Gazetteer
from directory.projection import Listing, Snapshot
from directory.vocabulary import Concept, Term


class Publisher:
    """Makes editions with the same words and places."""

    def __init__(
        self,
        folder: Path,
        *,
        gazetteer: Gazetteer,
        terms: dict[str, Term],
        concepts: Sequence[Concept],
    ) -> None:
        """Keep text indexes below `folder`."""
        self.folder = folder
        self.gazetteer = gazetteer
        self.terms = terms
        self.concepts = concepts
        self.phrasebook = Phrasebook(concepts, terms)
        self.writer = Writer(gazetteer=gazetteer, terms=terms, phrases=self.phrasebook)

    def publish(self, snapshot: Snapshot, *, anew: bool = False) -> "Edition":
        """Return the edition of `snapshot`; `anew` builds its index in any case."""
        return Edition(self, snapshot, anew=anew)


class Edition:
    """Finds in one snapshot, and in nothing else."""

    def __init__(self, by: Publisher, snapshot: Snapshot, *, anew: bool) -> None:
        """Derive everything from `snapshot`."""
        self.snapshot = snapshot
        listings = [snapshot.listings[key] for key in sorted(snapshot.listings)]
        documents = [by.writer.document(listing) for listing in listings]
        index = open_whoosh_index(
            by.folder, _digest(by, listings), documents, anew=anew
        )
        self.catalog = Catalog(listings, gazetteer=by.gazetteer, terms=by.terms)
        names = Names(listings)
        self.finder = Finder(
            self.catalog,
            _reader(by, self.catalog, names, documents),
            Scorer(self.catalog, index, names),
        )
        self._by = by
        self._suggestions: Suggestions | None = None

    @property
    def suggestions(self) -> Suggestions:
        """The suggestions, made when they are first asked for."""
        if self._suggestions is None:
            self._suggestions = Suggestions(
                listings=self.catalog.listings,
                gazetteer=self._by.gazetteer,
                terms=self._by.terms,
                concepts=self._by.concepts,
            )
        return self._suggestions


def _reader(
    by: Publisher, catalog: Catalog, names: Names, documents: Iterable[Document]
) -> QueryReader:
    def all_reach(county: str, rows: Sequence[int]) -> bool:
        return bool(catalog.coverage.reach(county).inside[list(rows)].all())

    finder = WhereFinder(
        by.gazetteer,
        ordinary=by.phrasebook.words | FILLER | FUNCTION_WORDS,
        names=names,
        all_reach=all_reach,
    )
    return QueryReader(
        gazetteer=by.gazetteer,
        lexicon=Lexicon(
            _counts(documents),
            stems=_stems(documents) | by.phrasebook.stems,
            vocabulary=by.phrasebook.words,
            places=finder.words,
        ),
        phrasebook=by.phrasebook,
        finder=finder,
    )


def _counts(documents: Iterable[Document]) -> Counter[str]:
    """Return in how many listings each word stands, as it is searched."""
    exact: Counter[str] = Counter()
    for document in documents:
        for zone in Zone:
            exact.update(t for t in document.terms[zone] if t.startswith(EXACT))
    counts: Counter[str] = Counter()
    for term, count in exact.items():
        counts[fold(term.removeprefix(EXACT))] += count
    return counts


def _stems(documents: Iterable[Document]) -> set[str]:
    """Return the stems that stand anywhere."""
    return {
        term
        for document in documents
        for zone in Zone
        for term in document.terms[zone]
        if term.startswith((ENGLISH, SPANISH))
    }


def _digest(by: Publisher, listings: Iterable[Listing]) -> str:
    """Return the digest of all that the text index is made from."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr(by.concepts).encode())
    for listing in listings:
        digest.update(f"\x1e{listing.id}".encode())
        for zone, texts in by.writer.texts(listing).items():
            digest.update("\x1f".join((zone, *texts)).encode())
    return digest.hexdigest()
