"""What a county has along the continuum, what is next door, and what is statewide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.places import Gazetteer
from directory.projection import Listing, OrganizationListing, Snapshot
from directory.referral.answer import call_lines
from directory.vocabulary import Term

PHASES = ("initial_freedom", "recovery", "independence")
"""The phases in their order, named by Macy and Johns (2011)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who meets one need: in the county, next door, and for the whole state."""

    code: str
    here: tuple[Listing, ...]
    next_door: tuple[Listing, ...]
    statewide: tuple[Listing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySheet:
    """A county on one sheet.

    `phases` holds each need once, in the earliest phase in which it is usual.
    `crisis` are crisis lines, the county's own first; `agencies` are the public
    agencies of the county that take reports about children, `public_agencies` all that
    serve it, and `statewide` those that send people on whatever they need.
    """

    fips: str
    name: str
    neighbors: tuple[str, ...]
    crisis: tuple[Listing, ...]
    agencies: tuple[Listing, ...]
    public_agencies: tuple[OrganizationListing, ...]
    statewide: tuple[Listing, ...]
    phases: Mapping[str, tuple[Coverage, ...]]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The needs that nobody in the county is known to meet."""
        return tuple(
            row.code for rows in self.phases.values() for row in rows if not row.here
        )


def county_sheet(
    snapshot: Snapshot, gazetteer: Gazetteer, terms: Mapping[str, Term], fips: str
) -> CountySheet:
    """Return what the county `fips` has, by phase and need."""
    neighbors = tuple(
        county.fips
        for county in gazetteer.counties
        if gazetteer.are_neighbors(fips, county.fips)
    )
    helping = [x for x in snapshot.listings.values() if x.counts_as_coverage]
    phases: dict[str, tuple[Coverage, ...]] = {
        phase: tuple(
            _coverage(term.code, helping, fips, frozenset(neighbors))
            for term in terms.values()
            if not term.is_group and _first_phase(term) == phase
        )
        for phase in PHASES
    }
    crisis = _coverage("crisis_line", helping, fips, frozenset())
    return CountySheet(
        fips=fips,
        name=gazetteer.by_fips(fips).name,
        neighbors=neighbors,
        crisis=(*crisis.here, *crisis.statewide),
        agencies=child_protection(snapshot, fips),
        public_agencies=_public_agencies(snapshot, fips),
        statewide=_by_name(
            x
            for x in snapshot.listings.values()
            if x.is_statewide and x.role == "referral" and call_lines(x)
        ),
        phases=phases,
    )


def child_protection(snapshot: Snapshot, fips: str) -> tuple[Listing, ...]:
    """Return the public agencies of a county that take reports about children."""
    return _by_name(
        listing
        for listing in snapshot.listings.values()
        if fips in listing.counties
        and "child_protection" in listing.codes
        and listing.organization.kind == "public_agency"
    )


def _public_agencies(snapshot: Snapshot, fips: str) -> tuple[OrganizationListing, ...]:
    found = {
        listing.organization.id: listing.organization
        for listing in snapshot.listings.values()
        if fips in listing.counties and listing.organization.kind == "public_agency"
    }
    return tuple(sorted(found.values(), key=lambda o: (o.full_name, o.id)))


def alternatives(
    snapshot: Snapshot, codes: Iterable[str], counties: Iterable[str]
) -> tuple[Listing, ...]:
    """Return services that meet one of `codes`: those of `counties`, then statewide."""
    wanted, places = set(codes), set(counties)
    helping = [
        listing
        for listing in snapshot.listings.values()
        if listing.counts_as_coverage and wanted & set(listing.codes)
    ]
    return (
        *_by_name(x for x in helping if places & set(x.counties)),
        *_by_name(x for x in helping if x.is_statewide),
    )


def _first_phase(term: Term) -> str:
    return next((phase for phase in PHASES if phase in term.phases), PHASES[0])


def _coverage(
    code: str, helping: list[Listing], fips: str, neighbors: frozenset[str]
) -> Coverage:
    meeting = [listing for listing in helping if code in listing.codes]
    here = _by_name(x for x in meeting if fips in x.counties)
    return Coverage(
        code=code,
        here=here,
        next_door=_by_name(
            x for x in meeting if fips not in x.counties and neighbors & set(x.counties)
        ),
        statewide=_by_name(
            x for x in meeting if x.is_statewide and fips not in x.counties
        ),
    )


def _by_name(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    return tuple(
        sorted(listings, key=lambda x: (x.organization.full_name, x.name, x.id))
    )
