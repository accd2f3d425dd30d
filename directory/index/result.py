"""What is searched for, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.index.regions import Region
from directory.projection import Listing

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search, as the address of the page gives it.

    `text` is what is needed and `place` where, both as typed. Values of one filter are
    alternatives, filters must all hold on the same service; of `eligibility`, each
    attribute is a filter of its own. `language_by` says who must speak one of
    `languages` (`staff`, `interpreter`). `verified` are the months within which
    somebody confirmed it (`3`), or `any`. `county` is a FIPS code.
    `page` counts from 1.
    """

    text: str = ""
    place: str = ""
    county: str | None = None
    services: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_by: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    open_now: bool = False
    page: int = 1


FILTERS = {
    "service": "services",
    "language": "languages",
    "language_by": "language_by",
    "eligibility": "eligibility",
    "delivery": "delivery",
    "cost": "cost",
    "accessibility": "accessibility",
    "verified": "verified",
}
"""The filters with several values: their names on the page, and in the request."""


class Group(StrEnum):
    """How a hit reaches the place, in the order in which hits are listed."""

    FIRST = "first"
    """Reaches the place, and is the body that was named or the official program."""
    COUNTY = "county"
    """Serves the county."""
    MAYBE = "maybe"
    """A list of counties that may be short, or a neighbour: ask."""
    STATEWIDE = "statewide"
    """All of North Carolina, or remote."""
    ANYWHERE = "anywhere"
    """No place was given."""
    ELSEWHERE = "elsewhere"
    """Does not reach the place, where nothing else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a hit is here.

    `code` is one of `official`, `name`, `tag`, `text`, `phrase`, `fits`, `refuses`,
    `county`, `area`, `region`, `region_area`, `statewide`, `elsewhere`, `language`,
    `filter`; `words` is what matched, for the page to show. `official` has its words in
    both languages.
    """

    code: str
    words: str = ""
    words_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A listing that was found, where it stands, and why.

    `open_now` is `None` where the hours are not known. `unsure` are the eligibility
    filters on which the listing has nothing recorded.
    """

    listing: Listing
    group: Group
    reasons: tuple[Reason, ...]
    open_now: bool | None
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a filter, with how many of the present result have it."""

    code: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was made of the words: each part can be undone on the page.

    `words` are searched as text; `codes` are needs that the words mean; `also` are
    synonyms that are searched as well; `place` is how the place reads ("Durham County",
    "28801 Asheville"), `place_county` its FIPS code, `place_region` the region that it
    is; `place_note` is a code when the place was taken with a grain of salt;
    `unknown_place` is what was typed and is no place in North Carolina; `corrected`
    maps a typo to the word that was searched.
    """

    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    place: str = ""
    place_county: str | None = None
    place_region: Region | None = None
    place_note: str | None = None
    unknown_place: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)
    not_in_all: tuple[str, ...] = ()
    """Words that mean nothing of the field and that not all hits have."""
    any_word: bool = False
    """Nothing had all words, so any word was enough."""
    widened: bool = False
    """Nothing reaches the place, so all of North Carolina was searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """A filter that can be let go, and how many hits that would give (at least one)."""

    filter: str
    value: str
    count: int
    request: SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of hits, the filters with their counts, and what was understood.

    `relaxations` is filled only where nothing has all that was asked for at the place.
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    pages: int
    groups: Mapping[Group, int]
    facets: Mapping[str, tuple[FacetValue, ...]]
    understood: Understood
    relaxations: tuple[Relaxation, ...] = ()
