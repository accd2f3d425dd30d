"""Builds listings, snapshots and searchers for the tests of search."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from directory.index.result import SearchRequest, SearchResult
from directory.index.search import Searcher, open_searcher
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import (
    Audience,
    Line,
    Listing,
    Opening,
    OrganizationListing,
    Place,
    Provenance,
    RuleFact,
    Snapshot,
)
from directory.vocabulary import read_terms

ZONE = ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZONE)
"""A Wednesday."""

SEED_DATA = shipped("seed_data")
GAZETTEER = Gazetteer.load(SEED_DATA / "gazetteer")
TERMS = read_terms(SEED_DATA)

WAKE, DURHAM, BUNCOMBE = "37183", "37063", "37021"
ORANGE, HYDE, GUILFORD = "37135", "37095", "37081"

PROVENANCE = Provenance(
    links=("https://example.org/help",),
    date="2026-10",
    read_on=dt.date(2026, 11, 1),
    evidence="own page",
)


def organization(name: str = "Some Help", **more: object) -> OrganizationListing:
    """Return an organization called `name`, with `more` said of it."""
    said: dict[str, object] = {
        "id": f"o-{name}",
        "name": name,
        "alternate_names": (),
        "county_label": None,
        "kind": "provider",
        "description": "",
        "website": None,
        "email": None,
        "faith_based": None,
        "parent_id": None,
        "lines": (),
        "service_ids": (),
        "provenance": PROVENANCE,
    }
    return OrganizationListing(**{**said, **more})  # type: ignore[arg-type]


def listing(key: str, name: str, *codes: str, **more: object) -> Listing:
    """Return a listing that serves Wake County, with `more` said of it."""
    said: dict[str, object] = {
        "id": key,
        "name": name,
        "alternate_names": (),
        "organization": organization(),
        "description": "",
        "codes": codes,
        "role": "provision",
        "focus": "general",
        "basis": "own_page",
        "delivery": ("in_person",),
        "access": (),
        "coverage": "complete",
        "counties": (WAKE,),
        "tribal_area": None,
        "out_of_county": None,
        "area_note": None,
        "places": (),
        "lines": (),
        "website": None,
        "email": None,
        "languages": (),
        "rules": (),
        "always_open": False,
        "openings": (),
        "hours_note": None,
        "cost": None,
        "documents": (),
        "accessibility": (),
        "length_of_stay": None,
        "capacity_note": None,
        "room": None,
        "alert": None,
        "verified": {},
        "provenance": PROVENANCE,
    }
    return Listing(**{**said, **more})  # type: ignore[arg-type]


def rule(attribute: str, effect: str, *values: str, **more: object) -> RuleFact:
    """Return a rule that is in force and may close a door."""
    said: dict[str, object] = {
        "attribute": attribute,
        "effect": effect,
        "values": values,
        "minimum": None,
        "maximum": None,
        "words": "",
        "basis": "own_page",
        "effective_from": None,
        "effective_to": None,
        "provenance": PROVENANCE,
    }
    return RuleFact(**{**said, **more})  # type: ignore[arg-type]


def opening(
    days: str, opens: str | None, closes: str | None, **more: object
) -> Opening:
    """Return hours on `days` (`MO TU`)."""
    said: dict[str, object] = {
        "days": tuple(days.split()),
        "opens": opens,
        "closes": closes,
        "closed": opens is None,
        "valid_from": None,
        "valid_to": None,
    }
    return Opening(**{**said, **more})  # type: ignore[arg-type]


def place(county: str | None, **more: object) -> Place:
    """Return a place of which the county is known."""
    said: dict[str, object] = {"visibility": "county", "county": county, "region": None}
    return Place(**{**said, **more})  # type: ignore[arg-type]


def line(answered_by: str = "staff", languages: tuple[str, ...] = ()) -> Line:
    """Return a phone number."""
    return Line(
        number="+19195550100",
        extension=None,
        kind="voice",
        answered_by=answered_by,
        always_open=False,
        languages=languages,
        note=None,
        basis="own_page",
        provenance=PROVENANCE,
    )


def snapshot(listings: Iterable[Listing], seq: int = 1) -> Snapshot:
    """Return a public snapshot of `listings`."""
    held = {one.id: one for one in listings}
    return Snapshot(
        seq=seq,
        audience=Audience.PUBLIC,
        listings=held,
        organizations={x.organization.id: x.organization for x in held.values()},
        closed={},
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Where indexes are kept: in a folder, or in a PostgreSQL database."""

    folder: Path
    database: Engine | None = None


def searcher(storage: Storage) -> Searcher:
    """Return a searcher that keeps its indexes in `storage`."""
    return open_searcher(
        storage.folder,
        gazetteer=GAZETTEER,
        terms=TERMS,
        seed_data=SEED_DATA,
        database=storage.database,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Some listings and a searcher over them."""

    searcher: Searcher
    snapshot: Snapshot

    def search(
        self, text: str = "", at: dt.datetime = NOON, **more: object
    ) -> SearchResult:
        """Return what is found for `text`, with `more` in the request."""
        request = SearchRequest(text=text, **more)  # type: ignore[arg-type]
        return self.searcher.search(self.snapshot, request, at)

    def found(self, text: str = "", **more: object) -> list[str]:
        """Return the ids of one page of what is found at noon, in their order."""
        return ids(self.search(text, NOON, **more))


def world(storage: Storage, *listings: Listing) -> World:
    """Return a world of `listings`."""
    return World(searcher=searcher(storage), snapshot=snapshot(listings))


def ids(result: SearchResult) -> list[str]:
    """Return the ids of the hits, in their order."""
    return [hit.listing.id for hit in result.hits]
