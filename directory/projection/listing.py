"""Listings: what may be shown of an organization and of a service."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from directory.hsds.doubt import OF_LETTERS

REPORT_DAYS = 90
"""How long what users told of a listing counts."""

PUBLIC_FROM: Mapping[str, int] = {
    "closed": 2,
    "wrong_number": 2,
    "no_answer": 2,
    "refuses": 2,
    "bounce": 1,
    "silence": 3,
}
"""How often a thing must have been told, or seen, before everybody is told of it; what
weighs most stands first."""


class Audience(StrEnum):
    """For whom a projection is made."""

    PUBLIC = "public"
    NETWORK = "network"
    """Approved staff, who also see listings whose very existence is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a fact comes from.

    `links` is empty where a link could give away a hidden place; then only staff may
    see where it was read. `date` is that of the newest source (`2019`, `2019-03`,
    `2019-03-13`), `None` where no source bears one; `read_on` is when it was read.
    `told_by` is `provider` or `staff` where nothing was read: somebody said so.
    """

    links: tuple[str, ...]
    date: str | None
    read_on: dt.date
    evidence: str
    told_by: str | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names of the sites that were read, without repeats."""
        hosts = (urlsplit(link).hostname or "" for link in self.links)
        return tuple(dict.fromkeys(h.removeprefix("www.") for h in hosts if h))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A phone number that may be dialled.

    `number` is E.164 or a short code; `answered_by` says who picks up.
    """

    number: str
    extension: str | None
    kind: str
    answered_by: str
    always_open: bool
    languages: tuple[str, ...]
    note: str | None
    basis: str
    provenance: Provenance

    @property
    def is_law_enforcement(self) -> bool:
        """Whether police, a sheriff or a dispatcher picks up."""
        return self.answered_by in {"dispatch", "sheriff", "police"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a service is given, as far as it may be known.

    `county` is a FIPS code. Only a public place has a `city`, a `street`, a
    `postal_code` or a `point` (latitude, longitude).
    """

    visibility: str
    county: str | None
    region: str | None
    city: str | None = None
    street: str | None = None
    postal_code: str | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One span of opening hours; days are `MO` to `SU`, or `1SA` (a first Saturday).

    It has times, or says that these days are `closed` or `by_appointment`.
    """

    days: tuple[str, ...]
    opens: str | None
    closes: str | None
    closed: bool
    valid_from: dt.date | None
    valid_to: dt.date | None
    by_appointment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageOffer:
    """A language (BCP 47; `mul` is any) and who speaks it."""

    code: str
    by: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFact:
    """A recorded rule about whom a service takes, with the words it came from."""

    attribute: str
    effect: str
    values: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    words: str
    basis: str
    effective_from: dt.date | None
    effective_to: dt.date | None
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class CostNote:
    """What a service costs."""

    option: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Room that a provider reported."""

    unit: str
    available: int
    waitlist: bool | None
    population: str | None
    as_of: dt.datetime
    expires: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A reason to trust a listing less: how often, from when to when.

    `number` is the one that it is about, if it is about a number.
    """

    kind: str
    count: int
    since: dt.date
    last: dt.date
    number: str | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it counts on `day`: what users told is forgotten in time."""
        return self.kind in OF_LETTERS or (day - self.since).days <= REPORT_DAYS

    @property
    def is_public(self) -> bool:
        """Whether there is enough of it for everybody to be told."""
        return self.count >= PUBLIC_FROM[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationListing:
    """What may be shown of an organization; `service_ids` are those shown with it."""

    id: str
    name: str
    alternate_names: tuple[str, ...]
    county_label: str | None
    kind: str
    description: str
    website: str | None
    email: str | None
    faith_based: bool | None
    parent_id: str | None
    lines: tuple[Line, ...]
    service_ids: tuple[str, ...]
    provenance: Provenance
    doubts: tuple[Doubt, ...] = ()

    @property
    def full_name(self) -> str:
        """The name, with the county where another body bears the same name."""
        return f"{self.name} ({self.county_label})" if self.county_label else self.name

    @property
    def serves_people(self) -> bool:
        """Whether it helps a person itself, and so counts as coverage."""
        return self.kind in {"provider", "public_agency"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What may be shown of one service.

    `lines` are the numbers to call, best first: those of the service, then those of the
    organization. `counties` are FIPS codes; `coverage` says how far the list can be
    relied on. `verified` maps a fact to the day on which somebody confirmed it.
    `doubts` are those about the service, its organization, and the numbers in `lines`.
    """

    id: str
    name: str
    alternate_names: tuple[str, ...]
    organization: OrganizationListing
    description: str
    codes: tuple[str, ...]
    role: str
    focus: str
    basis: str
    delivery: tuple[str, ...]
    access: tuple[str, ...]
    coverage: str
    counties: tuple[str, ...]
    tribal_area: str | None
    out_of_county: str | None
    area_note: str | None
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    website: str | None
    email: str | None
    languages: tuple[LanguageOffer, ...]
    rules: tuple[RuleFact, ...]
    always_open: bool
    openings: tuple[Opening, ...]
    hours_note: str | None
    cost: CostNote | None
    documents: tuple[str, ...]
    accessibility: tuple[str, ...]
    length_of_stay: str | None
    capacity_note: str | None
    room: Room | None
    alert: str | None
    verified: dict[str, dt.date]
    provenance: Provenance
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_statewide(self) -> bool:
        """Whether it serves all of North Carolina."""
        return self.coverage == "statewide"

    @property
    def is_hidden(self) -> bool:
        """Whether any of its places is not public."""
        return any(place.visibility != "public" for place in self.places)

    @property
    def verified_on(self) -> dt.date | None:
        """The day on which somebody confirmed the listing as a whole."""
        return self.verified.get("record")

    @property
    def counts_as_coverage(self) -> bool:
        """Whether it is help that a person gets, and not a way to find some."""
        return self.role == "provision" and self.organization.serves_people


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedListing:
    """A service that is no more, so that an old link can say so."""

    id: str
    name: str
    organization_name: str
    codes: tuple[str, ...]
    counties: tuple[str, ...]
