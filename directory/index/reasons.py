"""Why a hit is here, as codes that the page puts into words.

`words` is what was typed for `name` and `phrase`, that or a synonym for `text`, the
code of a term for `tag`, the fact for `fits` and `refuses`, the FIPS code of a county
for `county` and `area`, the code of a region for `region` and `region_area`, and the
value of a filter for `language` and `filter`.
"""

from collections.abc import Iterator

from directory.index.catalog import Catalog
from directory.index.coverage import ORDER
from directory.index.finding import Found
from directory.index.result import Group, Reason
from directory.index.scores import ClauseScore

_CODES = {
    Group.COUNTY: "county",
    Group.MAYBE: "area",
    Group.STATEWIDE: "statewide",
    Group.ELSEWHERE: "elsewhere",
}
_OF_PLACE = {"county": "region", "area": "region_area"}
"""Reasons that name the county, and what they are for a region."""


def reasons(catalog: Catalog, found: Found, row: int) -> tuple[Reason, ...]:
    """Return what speaks for the listing in `row`, without repeats."""
    return tuple(
        dict.fromkeys(
            (
                *_of_boosts(found, row),
                *_of_words(found, row),
                *_of_place(found, row),
                *_of_filters(catalog, found, row),
            )
        )
    )


def group_of(found: Found, row: int) -> Group:
    """Return how the listing in `row` reaches the place."""
    return ORDER[int(found.reach.groups[row])]


def _of_boosts(found: Found, row: int) -> Iterator[Reason]:
    boost = found.scored.official.get(row)
    if boost is not None and found.official[row]:
        words, words_es = boost.reason_en, boost.reason_es
        yield Reason(code="official", words=words, words_es=words_es)


def _of_words(found: Found, row: int) -> Iterator[Reason]:
    for score in found.scored.clauses:
        if score.values[row] > 0:
            yield from _of_clause(score, row)
        if score.refuses[row]:
            refused = (x for x, (_, are_not) in score.facts.items() if are_not[row])
            yield from (Reason(code="refuses", words=fact) for fact in refused)


def _of_clause(score: ClauseScore, row: int) -> Iterator[Reason]:
    tags = [code for code, mask in score.tagged.items() if mask[row]]
    if score.named[row]:
        yield Reason(code="name", words=score.clause.text)
    for code in tags:
        yield Reason(code="tag", words=code)
    if score.named[row] or tags:
        return
    facts = [fact for fact, (are, _) in score.facts.items() if are[row]]
    if facts:
        yield from (Reason(code="fits", words=fact) for fact in facts)
        return
    said = score.clause.text if score.said[row] else score.mentions.of(row)
    code = "phrase" if score.clause.quoted else "text"
    yield Reason(code=code, words=said or score.clause.text)


def _of_place(found: Found, row: int) -> Iterator[Reason]:
    code = _CODES.get(ORDER[int(found.reach.reached[row])])
    region = found.query.understood.place_region
    if code in _OF_PLACE and region is not None:
        yield Reason(code=_OF_PLACE[code], words=region.code)
    elif code in _OF_PLACE:
        yield Reason(code=code, words=found.query.counties[0])
    elif code is not None:
        yield Reason(code=code)


def _of_filters(catalog: Catalog, found: Found, row: int) -> Iterator[Reason]:
    request = found.request
    for code in request.languages:
        if catalog.language.having(code)[row]:
            yield Reason(code="language", words=code)
    filters = (
        (catalog.service, request.services),
        (catalog.delivery, request.delivery),
        (catalog.cost, request.cost),
        (catalog.accessibility, request.accessibility),
        (found.filters.confirmed, request.verified),
        (found.filters.doors.open, request.eligibility),
    )
    for column, chosen in filters:
        for code in chosen:
            if column.having(code)[row]:
                yield Reason(code="filter", words=code)
