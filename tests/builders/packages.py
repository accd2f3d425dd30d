"""Data packages as people write them: folders of CSV files, row by row."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from directory.interchange.package import Package, read_package

Cells = Mapping[str, str]
Files = Mapping[str, Sequence[Cells]]

_SOURCED = {
    "source": "https://example.org/about",
    "source_date": "2026-10",
    "read_on": "2026-11-25",
    "evidence": "A",
}
SHELTER_TERM = "term-shelter"
ADVOCACY_TERM = "term-advocacy"
CRISIS_TERM = "term-crisis"
LEGAL_TERM = "term-legal"
CODES = {
    SHELTER_TERM: "emergency_shelter",
    ADVOCACY_TERM: "victim_advocacy",
    CRISIS_TERM: "crisis_line",
    LEGAL_TERM: "immigration_legal",
}


def organization(**given: str) -> Cells:
    """Return the cells of organization `o`, which can be reached by its website."""
    usual = {
        "id": "o",
        "parent_organization_id": "",
        "name": "Harbor House",
        "alternate_name": "",
        "description": "Helps people who were hurt.",
        "email": "",
        "website": "https://example.org",
        "kind": "provider",
        "county_label": "",
        "history": "",
    }
    return {**usual, **_SOURCED, **given}


def service(**given: str) -> Cells:
    """Return the cells of service `s` of organization `o`."""
    usual = {
        "id": "s",
        "organization_id": "o",
        "name": "Advocacy",
        "alternate_name": "",
        "description": "Somebody at your side.",
        "url": "",
        "email": "",
        "status": "active",
        "role": "provision",
        "focus": "general",
        "basis": "own_page",
        "access": "",
        "coverage": "partial",
        "area_note": "",
        "always_open": "",
        "hours_note": "",
        "alert": "",
    }
    return {**usual, **_SOURCED, **given}


def attribute(**given: str) -> Cells:
    """Return the cells that give service `s` the term of advocacy."""
    usual = {"id": "a", "link_id": "s", "taxonomy_term_id": ADVOCACY_TERM}
    return {**usual, "link_entity": "service", **given}


def phone(**given: str) -> Cells:
    """Return the cells of a number of organization `o`."""
    usual = {
        "id": "p",
        "organization_id": "o",
        "service_id": "",
        "number": "+19198287740",
        "extension": "",
        "type": "voice",
        "answered_by": "agency",
        "always_open": "",
        "description": "",
        "basis": "own_page",
    }
    return {**usual, **_SOURCED, **given}


def location(**given: str) -> Cells:
    """Return the cells of public place `l` of organization `o`."""
    usual = {
        "id": "l",
        "organization_id": "o",
        "location_type": "physical",
        "name": "",
        "visibility": "public",
        "county_fips": "",
        "region": "",
        "latitude": "",
        "longitude": "",
    }
    return {**usual, **given}


def address(**given: str) -> Cells:
    """Return the cells of an address of place `l`."""
    usual = {"id": "d", "location_id": "l", "city": "Raleigh", "postal_code": "27601"}
    return {**usual, **given}


def language(**given: str) -> Cells:
    """Return the cells that say that staff of service `s` speak Spanish."""
    usual = {"id": "n", "service_id": "s", "phone_id": "", "code": "es", "by": "staff"}
    return {**usual, "note": "", **given}


def schedule(**given: str) -> Cells:
    """Return the cells of the opening hours of service `s` on Mondays."""
    usual = {"id": "h", "service_id": "s", "byday": "MO", "opens_at": "09:00"}
    return {**usual, "closes_at": "17:00", "description": "", **given}


def given_at(**given: str) -> Cells:
    """Return the cells that put service `s` at place `l`."""
    return {"id": "sl", "service_id": "s", "location_id": "l", **given}


def area(**given: str) -> Cells:
    """Return the cells of a county that service `s` serves."""
    usual = {"id": "w", "service_id": "s", "type": "county", "fips": "37183"}
    return {**usual, "description": "", **given}


def rule(**given: str) -> Cells:
    """Return the cells of a rule that service `s` takes women only."""
    usual = {
        "id": "r",
        "service_id": "s",
        "attribute": "gender",
        "effect": "requires",
        "values": "woman",
        "minimum": "",
        "maximum": "",
        "note": "Women only",
        "basis": "own_page",
        "effective_from": "",
        "effective_to": "",
    }
    return {**usual, **_SOURCED, **given}


def whole(**given: Sequence[Cells]) -> dict[str, Sequence[Cells]]:
    """Return one organization with one service; `given` replaces or adds tables."""
    usual: dict[str, Sequence[Cells]] = {
        "organizations": [organization()],
        "services": [service()],
        "attributes": [attribute()],
    }
    return {**usual, **given}


def write_folder(folder: Path, files: Files) -> Path:
    """Write each table as a CSV file whose header is the keys of its first row."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(rows[0])
            writer.writerows(row.values() for row in rows)
    return folder


def read(folder: Path, **given: Sequence[Cells]) -> Package:
    """Write one organization with one service into `folder`, and read the package."""
    return read_package(write_folder(folder, whole(**given)))
