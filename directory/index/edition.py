"""An edition: everything that is derived from one snapshot in order to search it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from directory.index.boosts import Boost, Boosts
from directory.index.catalog import Catalog
from directory.index.document import Document, Writer
from directory.index.engine import Source, TextEngine
from directory.index.filler import FILLER
from directory.index.finding import Finder
from directory.index.lexicon import Lexicon
from directory.index.names import Names
from directory.index.passages import Passages
from directory.index.phrases import Phrasebook
from directory.index.placing import PlaceReader
from directory.index.query import QueryReader
from directory.index.regions import Regions
from directory.index.scoring import Scorer
from directory.index.spelling import Speller
from directory.index.suggest import Suggestions
from directory.index.text_index import Zone
from directory.index.where import WhereFinder
from directory.index.words import ENGLISH, EXACT, FUNCTION_WORDS, SPANISH, fold
from directory.places import Gazetteer
from directory.projection import Listing, Snapshot
from directory.vocabulary import Concept, Term


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """The words and places of the field, which no snapshot changes."""

    gazetteer: Gazetteer
    regions: Regions
    terms: Mapping[str, Term]
    concepts: Sequence[Concept]
    boosts: Sequence[Boost]


class Publisher:
    """Makes editions with the same words and places."""

    def __init__(self, engine: TextEngine, vocabulary: Vocabulary) -> None:
        """Let `engine` keep the text indexes."""
        self.engine = engine
        self.vocabulary = vocabulary
        terms, concepts = vocabulary.terms, vocabulary.concepts
        self.phrasebook = Phrasebook(concepts, terms)
        self.writer = Writer(
            gazetteer=vocabulary.gazetteer, terms=terms, phrases=self.phrasebook
        )

    def publish(self, snapshot: Snapshot, *, anew: bool = False) -> "Edition":
        """Return the edition of `snapshot`; `anew` builds its index in any case."""
        return Edition(self, snapshot, anew=anew)


class Edition:
    """Finds in one snapshot, and in nothing else."""

    def __init__(self, by: Publisher, snapshot: Snapshot, *, anew: bool) -> None:
        """Derive everything from `snapshot`."""
        self.snapshot = snapshot
        listings = [snapshot.listings[key] for key in sorted(snapshot.listings)]
        documents = _documents(by, listings)
        source = Source(
            digest=_digest(by, listings),
            documents=documents,
            again=partial(_documents, by, listings),
            vocabulary=by.phrasebook.words,
        )
        index = by.engine.open(source, anew=anew)
        words = by.vocabulary
        self.catalog = Catalog(listings, gazetteer=words.gazetteer, terms=words.terms)
        names = Names(listings)
        self.finder = Finder(
            self.catalog,
            _reader(by, self.catalog, names, documents, index.similar),
            Scorer(
                self.catalog,
                index,
                names=names,
                passages=Passages(listings, by.writer.texts),
                boosts=_boosts(by, listings),
            ),
        )
        self._words = words
        self._suggestions: Suggestions | None = None

    @property
    def suggestions(self) -> Suggestions:
        """The suggestions, made when they are first asked for."""
        if self._suggestions is None:
            self._suggestions = Suggestions(
                self.catalog,
                gazetteer=self._words.gazetteer,
                regions=self._words.regions,
                terms=self._words.terms.values(),
                concepts=self._words.concepts,
            )
        return self._suggestions


def _documents(by: Publisher, listings: Iterable[Listing]) -> list[Document]:
    return [by.writer.document(listing) for listing in listings]


def _reader(
    by: Publisher,
    catalog: Catalog,
    names: Names,
    documents: Iterable[Document],
    similar: Callable[[str], Sequence[str]],
) -> QueryReader:
    def all_reach(county: str, rows: Sequence[int]) -> bool:
        return bool(catalog.coverage.reach(county).inside[list(rows)].all())

    gazetteer, phrasebook = by.vocabulary.gazetteer, by.phrasebook
    finder = WhereFinder(
        gazetteer,
        regions=by.vocabulary.regions,
        ordinary=phrasebook.words | FILLER | FUNCTION_WORDS,
        names=names,
        all_reach=all_reach,
    )
    lexicon = Lexicon(
        _counts(documents),
        stems=_stems(documents) | phrasebook.stems,
        vocabulary=phrasebook.words,
        places=finder.words,
    )
    speller = Speller(lexicon, phrasebook, similar)
    return QueryReader(
        speller=speller,
        places=PlaceReader(
            gazetteer=gazetteer, lexicon=lexicon, finder=finder, speller=speller
        ),
        phrasebook=phrasebook,
    )


def _boosts(by: Publisher, listings: Sequence[Listing]) -> Boosts:
    rows = {listing.id: row for row, listing in enumerate(listings)}
    return Boosts(by.vocabulary.boosts, by.phrasebook, rows)


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
    digest.update(repr(by.vocabulary.concepts).encode())
    for listing in listings:
        digest.update(f"\x1e{listing.id}".encode())
        for zone, texts in by.writer.texts(listing).items():
            digest.update("\x1f".join((zone, *texts)).encode())
    return digest.hexdigest()
