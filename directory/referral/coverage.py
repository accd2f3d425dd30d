"""Where help is missing: each need, county by county, counted over all services."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.places import Gazetteer
from directory.projection import Listing, Snapshot
from directory.vocabulary import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many services there are, and how many of them somebody has confirmed."""

    services: int = 0
    verified: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCoverage:
    """One need: what each county has of it, by FIPS, and what there is statewide.

    A county that is not in `counties` is a hole: nobody is known who serves it.
    """

    code: str
    counties: Mapping[str, Count]
    statewide: Count
    holes: tuple[str, ...]

    @property
    def services(self) -> int:
        """How many services in all, each once for each county that it serves."""
        return sum(count.services for count in self.counties.values())


def coverage_of(
    snapshot: Snapshot, gazetteer: Gazetteer, terms: Mapping[str, Term]
) -> tuple[NeedCoverage, ...]:
    """Return the coverage of each need, in the order of the vocabulary.

    Only what a person gets counts: what sends people on, or plans, does not.
    """
    helping = [x for x in snapshot.listings.values() if x.counts_as_coverage]
    return tuple(
        _need(term.code, [x for x in helping if term.code in x.codes], gazetteer)
        for term in terms.values()
        if not term.is_group
    )


def _need(code: str, meeting: list[Listing], gazetteer: Gazetteer) -> NeedCoverage:
    services = Counter(fips for x in meeting for fips in x.counties)
    confirmed = [x for x in meeting if x.verified_on is not None]
    verified = Counter(fips for x in confirmed for fips in x.counties)
    return NeedCoverage(
        code=code,
        counties={
            fips: Count(services=number, verified=verified[fips])
            for fips, number in sorted(services.items())
        },
        statewide=_count(x for x in meeting if x.is_statewide),
        holes=tuple(c.fips for c in gazetteer.counties if c.fips not in services),
    )


def _count(listings: Iterable[Listing]) -> Count:
    some = list(listings)
    confirmed = sum(x.verified_on is not None for x in some)
    return Count(services=len(some), verified=confirmed)
