"""Why a hit is here, as codes that the page puts into words.

`words` is what was typed for `name`, that or a synonym for `text`, the code of a
term for `tag`, the FIPS code of a county for `county` and `area`, and the value of a
filter for `language` and `filter`.
"""

from collections.abc import Iterator

from directory.index.catalog import Catalog
from directory.index.coverage import ORDER
from directory.index.finding import Found
from directory.index.result import Group, Reason
from directory.index.scoring import ClauseScore

_CODES = {
    Group.COUNTY: "county",
    Group.MAYBE: "area",
    Group.STATEWIDE: "statewide",
}


def reasons(catalog: Catalog, found: Found, row: int) -> tuple[Reason, ...]:
    """Return what speaks for the listing in `row`, without repeats."""
    return tuple(
        dict.fromkeys(
            (
                *_of_words(found, row),
                *_of_place(found, row),
                *_of_filters(catalog, found, row),
            )
        )
    )


def group_of(found: Found, row: int) -> Group:
    """Return how the listing in `row` reaches the place."""
    return ORDER[int(found.reach.groups[row])]


def _of_words(found: Found, row: int) -> Iterator[Reason]:
    for score in found.scored.clauses:
        if score.values[row] <= 0:
            continue
        yield from _of_clause(score, row)


def _of_clause(score: ClauseScore, row: int) -> Iterator[Reason]:
    tags = [code for code, mask in score.tagged.items() if mask[row]]
    if score.named[row]:
        yield Reason(code="name", words=score.clause.text)
    for code in tags:
        yield Reason(code="tag", words=code)
    if not score.named[row] and not tags:
        said = score.clause.text if score.said[row] else score.mentions.of(row)
        yield Reason(code="text", words=said or score.clause.text)


def _of_place(found: Found, row: int) -> Iterator[Reason]:
    code = _CODES.get(group_of(found, row))
    if code is not None:
        county = found.query.county if code != "statewide" else None
        yield Reason(code=code, words=county or "")


def _of_filters(catalog: Catalog, found: Found, row: int) -> Iterator[Reason]:
    request = found.request
    for code in request.languages:
        if catalog.language.having(code)[row]:
            yield Reason(code="language", words=code)
    filters = (
        (catalog.service, request.services),
        (catalog.delivery, request.delivery),
        (catalog.cost, request.cost),
        (found.filters.doors.open, request.eligibility),
    )
    for column, chosen in filters:
        for code in chosen:
            if column.having(code)[row]:
                yield Reason(code="filter", words=code)
