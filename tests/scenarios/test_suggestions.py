"""Every suggestion leads to something, in the directory that ships."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from directory.index.result import SearchRequest
from directory.index.search import Searcher
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Snapshot
from directory.vocabulary import read_synonyms, read_terms
from tests.scenarios.conftest import opened

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("America/New_York"))
SEED_DATA = shipped("seed_data")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher whose index is in files: engines suggest the same."""
    return opened(tmp_path_factory.mktemp("suggestions"))


def typed_words(language: str) -> list[str]:
    """Return all words of the field in one language."""
    terms = [term.name(language) for term in read_terms(SEED_DATA).values()]
    concepts = read_synonyms(SEED_DATA)
    phrases = [c.english if language == "en" else c.spanish for c in concepts]
    return [*terms, *(phrase for some in phrases for phrase in some)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_suggested_words_find_something(
    files: Searcher, snapshot: Snapshot, language: str
) -> None:
    empty = []
    for words in typed_words(language):
        suggested = {s.text for s in files.suggest(snapshot, words, language)}
        found = files.search(snapshot, SearchRequest(text=words), NOON)
        if words in suggested and not found.total:
            empty.append(words)
    assert empty == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_most_words_of_the_field_are_suggested(
    files: Searcher, snapshot: Snapshot, language: str
) -> None:
    words = typed_words(language)
    missing = [
        one
        for one in words
        if one not in {s.text for s in files.suggest(snapshot, one, language)}
    ]
    assert len(missing) < len(words) / 10, missing


def test_suggested_places_are_understood(files: Searcher, snapshot: Snapshot) -> None:
    gazetteer = Gazetteer.load(SEED_DATA / "gazetteer")
    names = [f"{county.name} County" for county in gazetteer.counties]
    names += [city.name for city in gazetteer.cities[::9]]
    for name in names:
        suggested = files.suggest(snapshot, name, "en", places=True)
        assert name in {suggestion.text for suggestion in suggested}, name
        assert {s.kind for s in suggested} <= {"county", "city", "region"}
        understood = files.search(
            snapshot, SearchRequest(text="shelter", place=name), NOON
        ).understood
        assert understood.place_county, name


def test_the_file_of_regions_is_suggested(files: Searcher, snapshot: Snapshot) -> None:
    assert files.suggest(snapshot, "western", "en", places=True)[0].kind == "region"
    assert files.suggest(snapshot, "montañ", "es", places=True)[0].text == "Montañas"
