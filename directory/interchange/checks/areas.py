"""Questions about the counties that a service serves."""

import re
from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.sentence import Sentence

_WRITTEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = _WRITTEN.split()
_COUNTED = re.compile(
    r"(?<!other )\b(\d{1,3}|" + "|".join(_NUMBERS) + r")[ -](?!other|more|further|new)"
    r"(?:[\w-]+ )?count(?:ies\b|y (?:area|region|district|territory)\b)"
    r"(?! (?:of|in) (?:South Carolina|Virginia|Tennessee|Georgia|other states))",
    re.IGNORECASE,
)
_COUNTIES = 100


def county_exists(content: Content) -> Iterator[Doubt]:
    """Find FIPS codes of no county of North Carolina."""
    fips = {county.fips for county in content.gazetteer.counties}
    for table, field in (("service_area", "fips"), ("location", "county_fips")):
        for row in content.of(table):
            if text(row, field) and text(row, field) not in fips:
                says = Sentence(
                    "%(code)s is no county of North Carolina", code=text(row, field)
                )
                yield Doubt(table=table, row=row, field=field, says=says)


def area_is_said(content: Content) -> Iterator[Doubt]:
    """Find lists of counties that contradict what is said of them."""
    for service in content.services.values():
        areas = content.of_service(service, "service_area")
        coverage = text(service, "coverage")
        says = None
        if coverage == "complete" and not areas:
            says = Sentence("says that its counties are all listed, and lists none")
        if coverage == "statewide" and any(text(a, "fips") for a in areas):
            says = Sentence("says that it serves the whole state, and lists counties")
        if says is not None:
            yield Doubt(table="service", row=service, field="coverage", says=says)


def count_is_whole(content: Content) -> Iterator[Doubt]:
    """Find complete lists of counties that are shorter or longer than their text."""
    for service, says in _miscounted(content):
        if text(service, "coverage") == "complete":
            yield Doubt(table="service", row=service, field="coverage", says=says)


def count_is_listed(content: Content) -> Iterator[Doubt]:
    """Find partial lists of counties whose text says how many there are."""
    for service, says in _miscounted(content):
        if text(service, "coverage") != "complete":
            yield Doubt(table="service", row=service, field="coverage", says=says)


def _miscounted(content: Content) -> Iterator[tuple[Row, Sentence]]:
    for service in content.services.values():
        if text(service, "coverage") == "statewide":
            continue
        areas = content.of_service(service, "service_area")
        listed = len({text(a, "fips") for a in areas if text(a, "fips")})
        said = _counts(f"{text(service, 'description')} {text(service, 'area_note')}")
        if said and listed not in said:
            says = Sentence(
                "says %(said)s counties, and lists %(listed)s",
                said=said[0],
                listed=listed,
            )
            yield service, says


def _counts(written: str) -> list[int]:
    """Return the numbers of counties that a text names."""
    found = (match[1].casefold() for match in _COUNTED.finditer(written))
    counts = [
        _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word) for word in found
    ]
    return [count for count in counts if count <= _COUNTIES]


def complete_is_first_hand(content: Content) -> Iterator[Doubt]:
    """Find complete lists that neither the body nor a government gives."""
    for service in content.active_services():
        by_law = text(content.owner_of(service), "kind") == "public_agency"
        if (
            text(service, "coverage") == "complete"
            and text(service, "basis") != "own_page"
            and not by_law
        ):
            says = Sentence(
                "its list of counties is second hand: partial, until it says so"
            )
            yield Doubt(table="service", row=service, field="coverage", says=says)


RULES = (
    error(
        "county",
        county_exists,
        "There is no such county. Use the codes of gazetteer/counties.csv.",
    ),
    error("area", area_is_said, "Coverage and list contradict each other."),
    error(
        "county_count",
        count_is_whole,
        "A list that is not whole is partial, or it shuts people out.",
    ),
    warning(
        "counties_missing",
        count_is_listed,
        "The text knows how many counties there are. Find the others.",
    ),
    warning(
        "complete_basis",
        complete_is_first_hand,
        "Only the body itself or a government can say that a list is complete.",
    ),
)
