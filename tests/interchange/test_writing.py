"""What is written opens safely in a spreadsheet, and comes back as it was."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds import Organization, Phone, Record
from directory.interchange.package import Package, read_package, write_package
from directory.interchange.table import read_text
from tests.builders.rows import (
    address,
    area,
    capacity,
    given_at,
    location,
    organization,
    phone,
    rule,
    schedule,
    service,
)


def write(folder: Path, *records: Record) -> Path:
    """Write a package that holds `records`."""

    def of(model: type[Record]) -> Iterable[Record]:
        return [record for record in records if type(record) is model]

    write_package(folder, of)
    return folder


def cells(folder: Path, table: str, column: str) -> list[str]:
    """Return the cells of a column as a spreadsheet shows them."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


# The last four are wide forms, which spreadsheets heed as well.
FORMULAS = [
    *("=1+1", "+1 (919) 828", "-1", "@SUM(A1)", "  =1", "'=1", "''=1", "=cmd|' /C'!A0"),
    *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, organization(name=text))
    [cell] = cells(folder, "organizations", "name")
    assert cell.startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_guarded_text_comes_back(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, organization(name=text))
    [row] = read_package(folder).of("organization")
    assert row.values["name"] == text.strip()


@pytest.mark.parametrize("text", ["Harbor", "'tis", "a=b", "Niños", "5 - 6", "", '"'])
def test_a_harmless_text_is_written_as_it_is(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, organization(description=text))
    assert cells(folder, "organizations", "description") == [text]


def test_a_phone_number_keeps_its_plus(tmp_path: Path) -> None:
    owner = organization()
    folder = write(tmp_path, owner, phone(owner, number="+19195550100"))
    assert cells(folder, "phones", "number") == ["+19195550100"]


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    owner = organization()
    folder = write(tmp_path, owner, location(owner, longitude=-78.64))
    assert cells(folder, "locations", "longitude") == ["-78.64"]


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    records = one_of_each()
    package = read_package(write(tmp_path, *records))
    for record in records:
        [row] = package.of(str(type(record).__tablename__))
        assert dict(row.values) == record.model_dump()


def one_of_each() -> list[Record]:
    owner = organization(alternate_name="El Puerto; Casa “Ñ”", faith_based=False)
    offer = service(owner, delivery=("phone", "online"), description='a,"b"\nc\td')
    place = location(owner)
    return [
        *(owner, offer, place, address(place), given_at(offer, place), area(offer)),
        *(phone(owner, always_open=True), capacity(offer), schedule(offer)),
        rule(offer, values=(), minimum=18, maximum=25),
    ]


def test_written_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    records = [*one_of_each(), organization(id="0")]
    one = write(tmp_path / "one", *records)
    two = write(tmp_path / "two", *reversed(records))
    for file in one.iterdir():
        assert file.read_bytes() == (two / file.name).read_bytes()


def test_the_descriptor_names_each_file_and_column(tmp_path: Path) -> None:
    descriptor = json.loads((write(tmp_path) / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        header = (tmp_path / resource["path"]).read_text().strip().split(",")
        assert [f["name"] for f in resource["schema"]["fields"]] == header


def acceptable(text: str) -> bool:
    """Tell whether `text` is one that can be in the directory at all."""
    try:
        return read_text(text) == text != ""
    except ValueError:
        return False


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TRICKY = st.text("'=+-@\t\n \",1a\uff1d", max_size=8)


@given(text=(TEXTS | TRICKY).filter(acceptable))
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    package = written_and_read(tmp_path_factory.mktemp("any"), text)
    assert package.of("organization")[0].values["name"] == text


def written_and_read(folder: Path, text: str) -> Package:
    return read_package(write(folder, organization(name=text)))


def test_existing_files_are_replaced(tmp_path: Path) -> None:
    owner = organization()
    write(tmp_path, owner, phone(owner))
    write(tmp_path, owner)
    assert read_package(tmp_path).of(str(Phone.__tablename__)) == []
    assert len(read_package(tmp_path).of(str(Organization.__tablename__))) == 1
