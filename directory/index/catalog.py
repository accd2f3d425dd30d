"""The catalog: all that filters, counts and order need of the listings, as columns."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.index import weights
from directory.index.column import Column, Mask
from directory.index.coverage import Coverage
from directory.index.doors import OFFERED, Door, doors_of
from directory.index.facts import (
    ACCESSIBILITY,
    ANY_LANGUAGE,
    SPOKEN_BY,
    VERIFIED,
    accessibility_of,
    confirmed_of,
    facts_of,
    languages_of,
    speakers_of,
    speakers_with_interpreted,
    with_interpreted,
)
from directory.index.hours import is_open
from directory.index.words import fold
from directory.places import Gazetteer
from directory.projection import Listing
from directory.vocabulary import Term

DELIVERY = ("in_person", "phone", "online", "mobile")
COST = ("free", "sliding_scale", "insurance", "fee", "varies")

_BONUS_OF_FOCUS = {
    "trafficking": weights.MADE_FOR_TRAFFICKING,
    "includes_trafficking": weights.INCLUDES_TRAFFICKING,
}


class Doors:
    """The eligibility of all listings on one day."""

    def __init__(self, listings: Sequence[Listing], day: dt.date) -> None:
        """Read the rules of `listings` that are in force on `day`."""
        self.day = day
        doors = [doors_of(listing, day) for listing in listings]
        self.open = Column(OFFERED, [_with(Door.OPEN, found) for found in doors])
        self.closed = Column(OFFERED, [_with(Door.CLOSED, found) for found in doors])

    def kept(self, codes: Sequence[str]) -> Mask:
        """Return the listings that close the door to not all of `codes`."""
        size = self.closed.any_of(()).size
        mask = np.zeros(size, dtype=np.bool_)
        for code in codes:
            mask |= self._offered(code) & ~self.closed.having(code)
        return mask

    def unsaid(self, code: str) -> Mask:
        """Return the listings that record nothing on `code`."""
        return ~(self.open.having(code) | self.closed.having(code))

    def _offered(self, code: str) -> Mask:
        size = self.closed.any_of(()).size
        return np.full(size, code in OFFERED, dtype=np.bool_)


class Catalog:
    """The columns of one snapshot; listings are numbered in the order of their ids."""

    def __init__(
        self,
        listings: Sequence[Listing],
        *,
        gazetteer: Gazetteer,
        terms: Mapping[str, Term],
    ) -> None:
        """Read `listings`, which are in the order of their ids."""
        self.listings = tuple(listings)
        self.size = len(self.listings)
        self.coverage = Coverage(self.listings, gazetteer)
        self.service = Column(
            _in_order(terms), [set(_with_groups(x, terms)) for x in listings]
        )
        spoken = [languages_of(listing) for listing in listings]
        self.languages = sorted(set().union(*spoken) - {ANY_LANGUAGE})
        self.language = Column(
            self.languages, [with_interpreted(x, self.languages) for x in spoken]
        )
        self.speakers = Column(
            [f"{code}/{by}" for code in self.languages for by in SPOKEN_BY],
            [
                speakers_with_interpreted(speakers_of(x), self.languages)
                for x in listings
            ],
        )
        self.delivery = Column(DELIVERY, [x.delivery for x in listings])
        self.cost = Column(COST, [[x.cost.option] if x.cost else [] for x in listings])
        self.accessibility = Column(
            ACCESSIBILITY, [set(accessibility_of(x)) for x in listings]
        )
        said = [set(facts_of(listing)) for listing in listings]
        self.facts = Column(sorted(set().union(*said)), said)
        self.statewide = _mask([x.is_statewide for x in listings])
        self.below = _mask([not x.counts_as_coverage for x in listings])
        self.bonus = np.array([_bonus(x) for x in listings], dtype=np.float64)
        self.focused = np.array([_focused(x) for x in listings], dtype=np.float64)
        self.name_order = _name_order(self.listings)
        self._doors: Doors | None = None
        self._confirmed: tuple[dt.date, Column] | None = None
        self._open: tuple[dt.datetime, Mask] | None = None

    def everything(self) -> Mask:
        """Return a mask of all listings."""
        return np.ones(self.size, dtype=np.bool_)

    def doors(self, day: dt.date) -> Doors:
        """Return the eligibility on `day`."""
        doors = self._doors
        if doors is None or doors.day != day:
            doors = self._doors = Doors(self.listings, day)
        return doors

    def confirmed(self, day: dt.date) -> Column:
        """Return within how many months before `day` each was confirmed."""
        found = self._confirmed
        if found is None or found[0] != day:
            column = Column(VERIFIED, [[*confirmed_of(x, day)] for x in self.listings])
            found = self._confirmed = (day, column)
        return found[1]

    def being(self, fact: str, day: dt.date) -> tuple[Mask, Mask]:
        """Return which listings are known to be so, and which not to be so."""
        if fact in OFFERED:
            doors = self.doors(day)
            return doors.open.having(fact), doors.closed.having(fact)
        name, _, value = fact.partition(":")
        column = self.language if name == "language" else self.facts
        is_so = column.having(value if name == "language" else fact)
        return is_so, np.zeros_like(is_so)

    def open_at(self, moment: dt.datetime) -> Mask:
        """Return the listings that are known to be open at `moment`."""
        minute = moment.replace(second=0, microsecond=0)
        found = self._open
        if found is None or found[0] != minute:
            mask = _mask([is_open(x, minute) is True for x in self.listings])
            found = self._open = (minute, mask)
        return found[1]


def _with(door: Door, found: Mapping[str, Door]) -> list[str]:
    return [code for code, value in found.items() if value is door]


def _in_order(terms: Mapping[str, Term]) -> list[str]:
    """Return the codes of the taxonomy, each group before what stands in it."""
    groups = [term for term in terms.values() if term.is_group]
    return [
        code
        for group in groups
        for code in (
            group.code,
            *(term.code for term in terms.values() if term.parent == group.code),
        )
    ]


def _with_groups(listing: Listing, terms: Mapping[str, Term]) -> Iterator[str]:
    for code in listing.codes:
        yield code
        term = terms.get(code)
        if term is not None and term.parent:
            yield term.parent


def _bonus(listing: Listing) -> float:
    bonus = _BONUS_OF_FOCUS.get(listing.focus, 0.0)
    if listing.lines and not listing.lines[0].is_law_enforcement:
        bonus += weights.NO_POLICE_ON_THE_LINE
    if listing.verified_on is not None:
        bonus += weights.VERIFIED
    return bonus


def _focused(listing: Listing) -> float:
    return weights.FOCUSED / max(len(listing.codes), 1)


def _name_order(listings: Sequence[Listing]) -> NDArray[np.int32]:
    """Return the place of each listing in the order of names, then of ids."""
    keys = [(fold(x.name), fold(x.organization.full_name), x.id) for x in listings]
    order = np.empty(len(keys), dtype=np.int32)
    order[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return order


def _mask(values: Sequence[bool]) -> Mask:
    return np.array(values, dtype=np.bool_)
