"""`aftercare load` after listings were corrected on the site, which stays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlmodel import Session, select

from directory.cli.main import cli
from directory.curation.history import Action
from directory.curation.history.edited import (
    RecordKey,
    edited_records,
    never_made_again,
    unless_corrected,
)
from directory.curation.history.loads import noted_as
from directory.curation.history.reading import Asked, entries
from directory.curation.merging import Side
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import approve
from directory.curation.records.patch import Patch, removed
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import open_engine, reading, writing
from directory.errors import AftercareError
from directory.hsds import (
    Address,
    Location,
    Organization,
    Phone,
    Service,
    Verification,
    Visibility,
)
from directory.interchange.load import load_package
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.vocabulary import read_terms
from tests.builders import changes, packages
from tests.builders.changes import SECOND
from tests.builders.packages import Cells, whole, write_folder
from tests.builders.rows import NOON
from tests.curation.test_merging_redirects import ALL, ids, packed
from tests.curation.twins import FAR, NEAR, TERMS, merged, take_back, write_services

SERVICE, BODY = service_subject("s"), organization_subject("o")
STREET = "417 Canarybird Lane"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder into which the package was loaded once."""
    done = load(tmp_path, write(tmp_path))
    assert done.exit_code == 0, done.output
    return tmp_path


@pytest.fixture
def site(data: Path) -> Iterator[Engine]:
    """Open its database."""
    engine = open_engine(f"sqlite:///{data / 'data' / 'aftercare.db'}")
    yield engine
    engine.dispose()


def write(folder: Path, **given: list[Cells]) -> Path:
    """Write a package of one service with a street and two numbers."""
    terms = read_terms(shipped("seed_data")).values()
    term = next(term for term in terms if term.code == "victim_advocacy")
    usual = {
        "attributes": [packages.attribute(taxonomy_term_id=term.id)],
        "locations": [packages.location()],
        "addresses": [packages.address(address_1=STREET)],
        "service_at_location": [packages.given_at()],
        "phones": [
            packages.phone(),
            packages.phone(id="q", number="+19198287741", extension="2"),
        ],
        "languages": [packages.language(service_id="", phone_id="q")],
    }
    return write_folder(folder / "package", whole(**{**usual, **given}))


def load(folder: Path, package: Path, *words: str) -> Result:
    environ = {"AFTERCARE_DATA_DIR": str(folder / "data")}
    return CliRunner().invoke(cli, ["load", str(package), *words], env=environ)


def correct(site: Engine, patch: Patch, *, body: bool = False) -> None:
    """Ask for a change on the site, and agree to it if that takes a second person."""
    asked = changes.ask(site, patch, subject=BODY if body else SERVICE)
    with writing(site) as session:
        proposal = session.get_one(Proposal, asked.id)
        if proposal.state is State.WAITING:
            approve(session, proposal, by=SECOND, now=NOON)


def describe(site: Engine) -> None:
    held = changes.dossier(site, SERVICE)
    correct(site, changes.patch_of(held, "service", "s", description="As they say."))


def remove_the_second_number(site: Engine) -> None:
    held = changes.dossier(site, BODY)
    gone = [
        removed(table, i, cells)
        for table in ("language", "phone")
        for i, cells in held.of(table).items()
        if "q" in {i, cells.get("phone_id")}
    ]
    correct(site, tuple(gone), body=True)


def hide(site: Engine) -> None:
    correct(site, changes.hiding(changes.dossier(site, SERVICE), "l", "county"))


def description(session: Session) -> str | None:
    return session.get_one(Service, "s").description


def numbers(session: Session) -> list[str]:
    return sorted(phone.id for phone in session.exec(select(Phone)))


def test_what_was_corrected_on_the_site_stays(data: Path, site: Engine) -> None:
    describe(site)
    remove_the_second_number(site)
    done = load(data, data / "package")
    assert done.exit_code == 0, done.output
    # The service, the number, and the language that is spoken there.
    assert (
        "0 records made, 0 changed, 6 the same already. 3 records were corrected on the"
        " site and stay as they are; --overwrite takes the file's." in done.output
    )
    with reading(site) as session:
        assert description(session) == "As they say."
        assert numbers(session) == ["p"]
        (noted, _first) = entries(session, Asked(actions=(Action.LOAD,)))
    assert noted.told.facts["kept"] == 3


def test_what_belongs_to_what_was_removed_does_not_fail(
    data: Path, site: Engine
) -> None:
    remove_the_second_number(site)
    other = packages.language(id="m", service_id="", phone_id="q", code="fr")
    done = load(data, write(data, languages=[other]))
    assert done.exit_code == 0, done.output
    assert "0 records made" in done.output


def test_the_rest_of_a_corrected_listing_is_loaded(data: Path, site: Engine) -> None:
    describe(site)
    new = packages.organization(name="Harbor House of Wake")
    bad = packages.service(description="As the file says.")
    done = load(data, write(data, organizations=[new], services=[bad]))
    assert "0 records made, 1 changed" in done.output
    with reading(site) as session:
        assert session.get_one(Organization, "o").name == "Harbor House of Wake"
        assert description(session) == "As they say."


def test_the_file_counts_more_if_somebody_says_so(data: Path, site: Engine) -> None:
    describe(site)
    remove_the_second_number(site)
    done = load(data, data / "package", "--overwrite")
    assert done.exit_code == 0, done.output
    assert "2 records made, 1 changed, 6 the same already.\n" in done.output
    with reading(site) as session:
        assert description(session) == "Somebody at your side."
        assert numbers(session) == ["p", "q"]


def test_a_place_that_was_hidden_stays_hidden(data: Path, site: Engine) -> None:
    hide(site)
    again = packages.address(id="e", address_1=STREET)
    for package in (data / "package", write(data, addresses=[again])):
        done = load(data, package)
        assert done.exit_code == 0, done.output
        assert "0 records made, 0 changed" in done.output
    refused = load(data, data / "package", "--overwrite")
    assert refused.exit_code != 0
    assert "would show a place that is county as public" in str(refused.exception)
    with reading(site) as session:
        assert session.get_one(Location, "l").visibility is Visibility.COUNTY
        assert session.exec(select(Address)).all() == []


def test_a_hidden_place_that_was_removed_is_never_made_again(
    data: Path, site: Engine
) -> None:
    hide(site)
    held = changes.dossier(site, SERVICE)
    gone = [
        removed(table, i, cells)
        for table in ("service_at_location", "location")
        for i, cells in held.of(table).items()
    ]
    correct(site, tuple(gone))
    done = load(data, data / "package", "--overwrite")
    assert done.exit_code == 0, done.output
    assert "3 were merged or hidden, and stay away." in done.output
    with reading(site) as session:
        assert session.exec(select(Location)).all() == []


def test_the_history_tells_what_was_corrected(site: Engine) -> None:
    describe(site)
    hide(site)
    with reading(site) as session:
        assert edited_records(session) == {
            ("service", "s"),
            ("location", "l"),
            ("address", "d"),
        }
        assert never_made_again(session) == frozenset()


@pytest.mark.parametrize("what_stays", [edited_records, never_made_again])
def test_what_merging_dropped_does_not_come_back(
    engine: Engine,
    tmp_path: Path,
    what_stays: Callable[[Session], frozenset[RecordKey]],
) -> None:
    write_services(engine)
    package = read_package(packed(engine, tmp_path / "old"))
    # Also of the one that stays something goes: its own hours and rules.
    gone = {"hours": Side.GONE, "rules:gender": Side.GONE}
    merged(engine, NEAR, FAR, **gone)
    before = ids(engine, *ALL, Verification)
    with reading(engine) as session:
        kept = what_stays(session)
    load_package(engine, package, TERMS, kept=kept)
    assert ids(engine, *ALL, Verification) == before


def test_a_merge_that_was_taken_back_keeps_nothing_away(sqlite: Engine) -> None:
    write_services(sqlite)
    merged(sqlite, NEAR, FAR)
    with reading(sqlite) as session:
        assert never_made_again(session)
    take_back(sqlite)
    with reading(sqlite) as session:
        assert {table for table, _ in never_made_again(session)} <= {"redirect"}
        assert ("service", "far") in edited_records(session)


def test_a_correction_in_the_middle_of_a_load_is_not_lost(
    data: Path, site: Engine
) -> None:
    terms = read_terms(shipped("seed_data"))
    with reading(site) as session:
        kept = edited_records(session)
    describe(site)
    note = unless_corrected(noted_as("package", now=NOON), edited_records, kept)
    package = read_package(data / "package")
    with pytest.raises(AftercareError, match="Somebody corrected a listing meanwhile"):
        load_package(site, package, terms, note=note, kept=kept)
    with reading(site) as session:
        assert description(session) == "As they say."
