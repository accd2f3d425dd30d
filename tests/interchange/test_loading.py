"""A data package is loaded whole or not at all, and twice is as good as once."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.database import last_change, reading, writing
from directory.errors import DatabaseUnavailableError, InvalidDataError
from directory.hsds import (
    Address,
    Language,
    Location,
    Organization,
    Phone,
    Record,
    Service,
    TaxonomyTerm,
    Verification,
)
from directory.interchange.load import Loaded, is_empty, load_package
from directory.interchange.package import Package, read_package
from directory.paths import shipped
from directory.vocabulary import read_terms
from tests.builders import packages, rows
from tests.builders.packages import Cells, read, whole, write_folder

TERMS = read_terms(shipped("seed_data"))
ADVOCACY = packages.attribute(taxonomy_term_id=TERMS["victim_advocacy"].id)


def package(folder: Path, **given: list[Cells]) -> Package:
    """Write and read one organization with one service that bears a real term."""
    return read(folder, **{"attributes": [ADVOCACY], **given})


def load(engine: Engine, what: Package) -> Loaded:
    """Load `what` with the shipped vocabulary."""
    return load_package(engine, what, TERMS)


def ids(engine: Engine, model: type[Record]) -> list[str]:
    with reading(engine) as session:
        return sorted(row.id for row in session.exec(select(model)).all())


def newest(engine: Engine) -> int:
    with reading(engine) as session:
        return last_change(session)


def test_records_are_made_by_their_ids(engine: Engine, tmp_path: Path) -> None:
    loaded = load(engine, package(tmp_path, phones=[packages.phone()]))
    assert loaded == Loaded(made=4, changed=0, same=0)
    assert ids(engine, Service) == ["s"]


def test_the_vocabulary_is_loaded_as_well(engine: Engine, tmp_path: Path) -> None:
    load(engine, package(tmp_path))
    assert ids(engine, TaxonomyTerm) == sorted(term.id for term in TERMS.values())


def test_loading_twice_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    what = package(tmp_path, phones=[packages.phone()], locations=[packages.location()])
    load(engine, what)
    before = newest(engine)
    assert load(engine, what) == Loaded(made=0, changed=0, same=5)
    assert newest(engine) == before


def test_a_parent_may_stand_after_its_part(engine: Engine, tmp_path: Path) -> None:
    parts = [
        packages.organization(id="c", parent_organization_id="b"),
        packages.organization(id="b", parent_organization_id="o"),
        packages.organization(),
    ]
    load(engine, package(tmp_path, organizations=parts))
    assert ids(engine, Organization) == ["b", "c", "o"]


def test_a_record_of_the_same_id_is_overwritten(engine: Engine, tmp_path: Path) -> None:
    load(engine, package(tmp_path))
    edit(engine, "Edited")
    assert load(engine, package(tmp_path)) == Loaded(made=0, changed=1, same=2)
    assert name_of(engine, "s") == "Advocacy"


def edit(engine: Engine, name: str) -> None:
    with writing(engine) as session:
        session.get_one(Service, "s").name = name


def name_of(engine: Engine, service_id: str) -> str:
    with reading(engine) as session:
        return session.get_one(Service, service_id).name


def test_a_record_that_the_package_does_not_name_stays(
    engine: Engine, tmp_path: Path
) -> None:
    rows.save(engine, rows.organization(id="other", name="Another"))
    load(engine, package(tmp_path))
    assert ids(engine, Organization) == ["o", "other"]


# A table, a row of it that the database refuses, and where the message points.
REFUSED = {
    "point of a hidden place": (
        {"locations": [packages.location(visibility="county", latitude="35.7")]},
        "locations.csv, row 1: the database refuses it",
    ),
    "rule that says nothing": (
        {"eligibility_rules": [packages.rule(), packages.rule(id="q", values="")]},
        "eligibility_rules.csv, row 2: the database refuses it",
    ),
    "phone of nobody": (
        {"phones": [packages.phone(organization_id="")]},
        "phones.csv, row 1: the database refuses it",
    ),
    "term that is not known": (
        {"attributes": [packages.attribute()]},
        "attributes.csv, row 1: the database refuses it",
    ),
}


@pytest.mark.parametrize(("tables", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refused_record_is_pointed_at_and_nothing_is_kept(
    engine: Engine, tmp_path: Path, tables: dict[str, list[Cells]], message: str
) -> None:
    with pytest.raises(InvalidDataError) as caught:
        load(engine, package(tmp_path, **tables))
    assert message in str(caught.value)
    assert is_empty(engine)
    assert newest(engine) == 0


def test_a_refused_record_does_not_undo_what_was_there(
    engine: Engine, tmp_path: Path
) -> None:
    load(engine, package(tmp_path / "good"))
    bad = [packages.location(visibility="network", region="Piedmont")]
    renamed = [packages.service(name="Renamed")]
    with pytest.raises(InvalidDataError):
        load(engine, package(tmp_path / "bad", services=renamed, locations=bad))
    assert name_of(engine, "s") == "Advocacy"


def test_a_refused_record_does_not_show_what_it_holds(
    engine: Engine, tmp_path: Path
) -> None:
    hidden = packages.location(visibility="network", latitude="35.98765")
    with pytest.raises(InvalidDataError) as caught:
        load(engine, package(tmp_path, locations=[hidden]))
    assert "35.98765" not in f"{caught.value} {caught.value.__cause__}"


def test_progress_counts_each_row(sqlite: Engine, tmp_path: Path) -> None:
    told: list[int] = []
    load_package(sqlite, package(tmp_path), TERMS, progress=told.append)
    assert sum(told) == 3


def test_a_new_directory_is_empty(engine: Engine) -> None:
    assert is_empty(engine)


def test_a_directory_with_an_organization_is_not_empty(engine: Engine) -> None:
    rows.save(engine, rows.organization())
    assert not is_empty(engine)


def test_whether_a_directory_without_tables_is_empty_cannot_be_said(
    empty_engine: Engine,
) -> None:
    with pytest.raises(DatabaseUnavailableError):
        is_empty(empty_engine)


def test_what_ships_can_be_loaded(engine: Engine) -> None:
    seed = read_package(shipped("seed_data"))
    loaded = load(engine, seed)
    assert loaded.made == sum(len(some) for some in seed.rows.values())


def test_a_package_without_services_is_loaded(engine: Engine, tmp_path: Path) -> None:
    alone = {"organizations": whole()["organizations"]}
    load(engine, read_package(write_folder(tmp_path, alone)))
    assert ids(engine, Organization) == ["o"]


# From how a place is shown to what a file would make of it: widest first.
MORE = [("county", "public"), ("region", "county"), ("network", "statewide")]


@pytest.mark.parametrize(("now", "wanted"), MORE)
def test_a_file_never_shows_more_of_a_place(
    sqlite: Engine, tmp_path: Path, now: str, wanted: str
) -> None:
    load(sqlite, package(tmp_path, locations=[packages.location(visibility=now)]))
    more = package(tmp_path, locations=[packages.location(visibility=wanted)])
    with pytest.raises(InvalidDataError, match=r"locations\.csv, row 1, visibility"):
        load(sqlite, more)
    with reading(sqlite) as session:
        assert session.exec(select(Location.visibility)).one() == now


@pytest.mark.parametrize(("less", "more"), MORE)
def test_a_file_may_show_less_of_a_place(
    sqlite: Engine, tmp_path: Path, less: str, more: str
) -> None:
    load(sqlite, package(tmp_path, locations=[packages.location(visibility=more)]))
    load(sqlite, package(tmp_path, locations=[packages.location(visibility=less)]))
    with reading(sqlite) as session:
        assert session.exec(select(Location.visibility)).one() == less


def two_numbers(folder: Path, **given: list[Cells]) -> Package:
    """Write a place with a street, and a number with a language."""
    usual = {
        "locations": [packages.location()],
        "addresses": [packages.address()],
        "phones": [packages.phone()],
        "languages": [packages.language(service_id="", phone_id="p")],
    }
    return package(folder, **{**usual, **given})


def test_a_record_that_is_kept_is_not_overwritten(
    engine: Engine, tmp_path: Path
) -> None:
    load(engine, package(tmp_path))
    edit(engine, "Edited")
    before = newest(engine)
    loaded = load_package(engine, package(tmp_path), TERMS, kept={("service", "s")})
    assert loaded == Loaded(made=0, changed=0, same=2, kept=1)
    assert (name_of(engine, "s"), newest(engine)) == ("Edited", before)


def test_a_kept_record_that_was_removed_stays_away_with_what_is_its_own(
    engine: Engine, tmp_path: Path
) -> None:
    what = two_numbers(tmp_path)
    loaded = load_package(engine, what, TERMS, kept={("phone", "p"), ("service", "p")})
    assert loaded == Loaded(made=5, changed=0, same=0, kept=2)
    assert ids(engine, Phone) == ids(engine, Language) == []


def test_of_a_removed_listing_nothing_is_made_again(
    sqlite: Engine, tmp_path: Path
) -> None:
    part = packages.organization(id="b", parent_organization_id="o")
    what = two_numbers(tmp_path, organizations=[part, packages.organization()])
    loaded = load_package(sqlite, what, TERMS, kept={("organization", "o")})
    assert loaded == Loaded(made=0, changed=0, same=0, kept=8)
    assert is_empty(sqlite)


def test_a_hidden_place_that_is_kept_gets_no_other_street(
    engine: Engine, tmp_path: Path
) -> None:
    load(engine, package(tmp_path, locations=[packages.location(visibility="region")]))
    what = two_numbers(tmp_path, addresses=[packages.address(id="new")])
    loaded = load_package(engine, what, TERMS, kept={("location", "l")})
    assert (loaded.made, loaded.kept) == (2, 2)
    assert ids(engine, Address) == []
    with reading(engine) as session:
        assert session.exec(select(Location.visibility)).one() == "region"


def test_a_public_place_that_is_kept_may_get_a_street(
    sqlite: Engine, tmp_path: Path
) -> None:
    load(sqlite, package(tmp_path, locations=[packages.location()]))
    load_package(sqlite, two_numbers(tmp_path), TERMS, kept={("location", "l")})
    assert ids(sqlite, Address) == ["d"]


def test_a_file_does_not_make_a_confirmation_older(
    engine: Engine, tmp_path: Path
) -> None:
    told = {"id": "v", "service_id": "s", "fact": "record", "verified_by": "provider"}
    for day in ("2026-11-20", "2026-11-24", "2026-11-22"):
        rows = [{**told, "verified_on": day}]
        package = read(tmp_path / day, attributes=[ADVOCACY], verifications=rows)
        load_package(engine, package, TERMS)
    with reading(engine) as session:
        assert session.get_one(Verification, "v").verified_on == dt.date(2026, 11, 24)
