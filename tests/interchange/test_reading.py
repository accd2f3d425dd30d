"""What is wrong with a data package is said by file, row and field."""

from pathlib import Path

import pytest

from directory.errors import InvalidDataError, Problem
from directory.interchange.package import read_package
from tests.builders.packages import (
    Cells,
    area,
    attribute,
    location,
    organization,
    phone,
    read,
    rule,
    service,
    whole,
    write_folder,
)


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the package in `folder`."""
    with pytest.raises(InvalidDataError) as caught:
        read_package(folder)
    return list(caught.value.problems)


def only_problem(folder: Path) -> str:
    """Return the one thing that is wrong with the package in `folder`."""
    [problem] = problems(folder)
    return str(problem)


def test_a_package_without_faults_is_read(tmp_path: Path) -> None:
    package = read(tmp_path, phones=[phone()], service_areas=[area()])
    assert package.of("phone")[0].values["number"] == "+19198287740"


def test_a_missing_file_is_an_empty_table(tmp_path: Path) -> None:
    assert read(tmp_path).of("phone") == []


def test_a_folder_without_organizations_is_no_package(tmp_path: Path) -> None:
    assert only_problem(tmp_path) == (
        "organizations.csv: is not there: this is no data package"
    )


# A field of a service, what is written in it, and how the problem reads.
WRONG_CELLS = [
    ("status", "open", "'open' is not one of: active, inactive"),
    ("status", "Active", "'Active' is not one of"),
    ("status", "", "is missing"),
    ("name", "   ", "is missing"),
    ("read_on", "2026-02-30", "must be a day such as 2026-01-31"),
    ("read_on", "25/11/2026", "must be a day such as 2026-01-31"),
    ("name", "a\0b", "U+0000"),
    ("name", "a\x1bb", "U+001B"),
    ("name", "a\u202eb", "U+202E"),
    ("name", "a\u2066b", "U+2066"),
    ("name", "n" * 10_001, "is longer than 10000 characters"),
    ("name", "n" * 20_001, "is longer than 20000 characters"),
    ("source_date", "2026-01-01T00:00", "is longer than 10 characters"),
    ("id", "i" * 37, "is longer than 36 characters"),
]


@pytest.mark.parametrize(("field", "cell", "message"), WRONG_CELLS)
def test_a_wrong_cell_is_pointed_at(
    tmp_path: Path, field: str, cell: str, message: str
) -> None:
    files = whole(services=[service(), service(**{"id": "t", field: cell})])
    said = only_problem(write_folder(tmp_path, files))
    assert said.startswith(f"services.csv, row 2, {field}: ")
    assert message in said


WRONG_NUMBERS = ["two", "1.5", "٣", "9" * 30, "9" * 5000, "-9999999999"]


@pytest.mark.parametrize("cell", WRONG_NUMBERS)
def test_a_number_that_no_column_can_hold_is_pointed_at(
    tmp_path: Path, cell: str
) -> None:
    files = whole(eligibility_rules=[rule(minimum=cell)])
    said = only_problem(write_folder(tmp_path, files))
    assert said.startswith("eligibility_rules.csv, row 1, minimum: ")


@pytest.mark.parametrize("cell", ["north", "nan", "inf", "-Infinity", "35,7"])
def test_a_coordinate_that_is_no_number_is_pointed_at(
    tmp_path: Path, cell: str
) -> None:
    files = whole(locations=[location(latitude=cell)])
    said = only_problem(write_folder(tmp_path, files))
    assert said.startswith("locations.csv, row 1, latitude: must be a number")


def test_each_wrong_cell_is_pointed_at(tmp_path: Path) -> None:
    files = whole(
        organizations=[organization(kind="club", read_on="today")],
        services=[service(status="open")],
    )
    found = problems(write_folder(tmp_path, files))
    assert [(p.file, p.row, p.field) for p in found] == [
        ("organizations.csv", 1, "read_on"),
        ("organizations.csv", 1, "kind"),
        ("services.csv", 1, "status"),
    ]


def without(cells: Cells, name: str) -> Cells:
    return {key: value for key, value in cells.items() if key != name}


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    files = whole(services=[without(service(), "status")])
    said = only_problem(write_folder(tmp_path, files))
    assert said == "services.csv, status: is missing from the header"


def test_a_column_that_may_be_empty_may_be_missing(tmp_path: Path) -> None:
    package = read(tmp_path, services=[without(service(), "url")])
    assert package.of("service")[0].values["url"] is None


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    files = whole(services=[service(colour="red")])
    said = only_problem(write_folder(tmp_path, files))
    assert said == "services.csv, colour: is not a column of this file"


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, whole())
    in_header(folder, "link_id,", "link_id,link_id,")
    assert "attributes.csv, link_id: stands twice in the header" in [
        str(problem) for problem in problems(folder)
    ]


def in_header(folder: Path, old: str, new: str) -> None:
    file = folder / "attributes.csv"
    file.write_text(file.read_text().replace(old, new, 1))


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, whole())
    (folder / "attributes.csv").write_text("")
    assert "attributes.csv, id: is missing from the header" in [
        str(problem) for problem in problems(folder)
    ]


HEADER = "id,link_id,taxonomy_term_id,link_entity\n"
GOOD = "a,s,t,service\n"

# What stands in attributes.csv, and how the one problem reads.
BROKEN_FILES = [
    (HEADER + GOOD + "b,s,t\n", "row 2: has 3 cells where the header has 4"),
    (HEADER + GOOD + "b,s,t,service,x\n", "row 2: has 5 cells where the header has 4"),
    (HEADER + GOOD + '"b,s,t,service\n', "row 2: cannot be read"),
    (HEADER + GOOD + '\n"b,s,t,service\n', "row 3: cannot be read"),
    (HEADER + GOOD + "b" * 140_000, "row 2: cannot be read"),
    (HEADER + GOOD + GOOD, "row 2, id: is the same as in row 1"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN_FILES)
def test_a_broken_file_is_pointed_at(tmp_path: Path, text: str, message: str) -> None:
    folder = write_folder(tmp_path, whole())
    (folder / "attributes.csv").write_text(text)
    said = only_problem(folder)
    assert said.startswith(f"attributes.csv, {message}")


def test_rows_without_an_id_are_not_called_the_same(tmp_path: Path) -> None:
    files = whole(attributes=[attribute(id=""), attribute(id="")])
    found = problems(write_folder(tmp_path, files))
    assert [str(problem) for problem in found] == [
        "attributes.csv, row 1, id: is missing",
        "attributes.csv, row 2, id: is missing",
    ]


@pytest.mark.parametrize("data", [b"\xff\xfei\0d\0", HEADER.encode() + b"\xe9,s,t,x\n"])
def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, data: bytes) -> None:
    folder = write_folder(tmp_path, whole())
    (folder / "attributes.csv").write_bytes(data)
    assert only_problem(folder).startswith("attributes.csv: is not UTF-8: byte ")


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, whole())
    file = folder / "organizations.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_package(folder).of("organization")[0].values["id"] == "o"


def test_lines_of_windows_are_accepted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, whole())
    (folder / "attributes.csv").write_bytes(
        (HEADER + GOOD).replace("\n", "\r\n").encode()
    )
    assert read_package(folder).of("attribute")[0].values["service_id"] == "s"


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, whole())
    (folder / "attributes.csv").write_text(HEADER + "\n" + GOOD)
    assert [row.number for row in read_package(folder).of("attribute")] == [2]


# The table with a link to nowhere, its row, and how the problem reads.
BROKEN_LINKS = [
    ("services", service(organization_id="x"), "organization_id: x is no organization"),
    ("attributes", attribute(link_id="x"), "link_id: x is no service"),
    (
        "phones",
        phone(organization_id="", service_id="x"),
        "service_id: x is no service",
    ),
    (
        "organizations",
        organization(parent_organization_id="x"),
        "parent_organization_id: x is no organization",
    ),
]


@pytest.mark.parametrize(("table", "row", "message"), BROKEN_LINKS)
def test_a_broken_link_is_pointed_at(
    tmp_path: Path, table: str, row: Cells, message: str
) -> None:
    said = [str(p) for p in problems(write_folder(tmp_path, whole(**{table: [row]})))]
    assert f"{table}.csv, row 1, {message} here" in said


def test_organizations_that_are_part_of_each_other_are_pointed_at(
    tmp_path: Path,
) -> None:
    circle = [
        organization(),
        organization(id="p", parent_organization_id="q"),
        organization(id="q", parent_organization_id="p"),
    ]
    found = problems(write_folder(tmp_path, whole(organizations=circle)))
    assert {(p.row, p.field) for p in found} == {
        (2, "parent_organization_id"),
        (3, "parent_organization_id"),
    }
