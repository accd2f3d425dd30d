"""Questions about sources: is there one, how old is it, and how good."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from directory.interchange.checks.contact import is_web
from directory.interchange.checks.rule import Doubt, error, info, warning
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.sentence import Sentence

_TABLES = ("organization", "service", "phone", "eligibility_rule")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_NOTHING = re.compile(
    r"\W*|missing|none|unknown|n/?a|tb[ad]|to check|not recorded", re.IGNORECASE
)
_STALE = dt.timedelta(days=3 * 365 + 1)
_OF_A_PERSON = re.compile(
    r"/author/|/authors/|/@|/~|/user/|/users/|/profile/|blogspot\.|wordpress\.com"
    r"|substack\.com|medium\.com|tumblr\.com|linkedin\.com|livejournal",
    re.IGNORECASE,
)
_COPIES = re.compile(
    r"(?:^|\.)(?:yellowpages|whitepages|superpages|manta|mapquest|yelp|chamberofcommerce"
    r"|buzzfile|dandb|opencorporates|cylex|hotfrog|bizapedia|loc8nearme|npidb"
    r"|homelessshelterdirectory|shelterlistings|transitionalhousing|freeclinics"
    r"|scribd|vdocuments?|docplayer|slideshare|studylib|pdfcoffee|coursehero|chegg)\.",
    re.IGNORECASE,
)
_PUBLIC_SITES = re.compile(r"\.(?:gov|mil|edu)$|\.us$")
_COUNTY_SITE = re.compile(
    r"(?:www\.)?(?:co\.)?([a-z]+?)(?:county|co)?-?(?:nc|gov)*\.(?:cc|com|net|org)"
)


def source_is_said(content: Content) -> Iterator[Doubt]:
    """Find records without a source, and sources that cannot be opened."""
    for table, row in _sourced(content):
        source = text(row, "source")
        if _NOTHING.fullmatch(source):
            says = Sentence("names no source")
            yield Doubt(table=table, row=row, field="source", says=says)
        wrong = [link for link in _links(row) if not is_web(link)]
        if wrong:
            says = Sentence(
                "is not an address that can be opened: %(address)s", address=wrong[0]
            )
            yield Doubt(table=table, row=row, field="source", says=says)


def source_date_is_read(content: Content) -> Iterator[Doubt]:
    """Find dates of sources that are none, or later than the day of reading."""
    for table, row in _sourced(content):
        date = text(row, "source_date")
        if not date:
            continue
        if last_day(date) is None:
            says = Sentence("must be a year, a month or a day, such as 2019-03")
            yield Doubt(table=table, row=row, field="source_date", says=says)
        elif date > _read_on(row).isoformat():
            says = Sentence(
                "%(date)s is later than the day of reading, %(read_on)s",
                date=date,
                read_on=_read_on(row),
            )
            yield Doubt(table=table, row=row, field="source_date", says=says)


def _sourced(content: Content) -> Iterator[tuple[str, Row]]:
    for table in _TABLES:
        for row in content.of(table):
            yield table, row


def _links(row: Row) -> list[str]:
    parts = (part.strip() for part in text(row, "source").split(" ; "))
    return [part for part in parts if re.match(r"(?i)https?:|www\.", part)]


def last_day(date: str) -> dt.date | None:
    """Return the last day that `date` can mean, `None` if it is no date."""
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        day = int(found[3] or calendar.monthrange(year, month)[1])
        return dt.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def _read_on(row: Row) -> dt.date:
    value = row.values["read_on"]
    return value if isinstance(value, dt.date) else dt.date.max


def is_old(row: Row) -> bool:
    """Tell whether the source of `row` is over three years old, or may be."""
    return is_older(row, _STALE)


def is_older(row: Row, age: dt.timedelta) -> bool:
    """Tell whether the source was older than `age` when read, or may have been."""
    last = last_day(text(row, "source_date"))
    return last is None or last < _read_on(row) - age


def source_is_fresh(content: Content) -> Iterator[Doubt]:
    """Find organizations of which nothing was read that is younger than three years."""
    for organization in content.organizations.values():
        rows = [
            organization,
            *content.services_of(organization),
            *content.all_phones_of(organization),
        ]
        dates = sorted(text(row, "source_date") for row in rows)
        if dates[-1]:
            if all(is_old(row) for row in rows):
                says = Sentence("the newest source is of %(date)s", date=dates[-1])
                yield Doubt(
                    table="organization",
                    row=organization,
                    field="source_date",
                    says=says,
                )
        elif text(organization, "evidence") != "A":
            says = Sentence("no source bears a date, and none is its own page")
            yield Doubt(
                table="organization", row=organization, field="source_date", says=says
            )


def own_page_is_its_own(content: Content) -> Iterator[Doubt]:
    """Find claims of a body's own page whose sources are neither its own nor public."""
    for organization in content.organizations.values():
        own = _own_sites(content, organization)
        claims = [row for row in _claims(content, organization) if _links(row)]
        wrong = [
            row
            for row in claims
            if not any(_is_own(content, link, own) for link in _links(row))
        ]
        if wrong:
            sites = sorted(set(_sites(chain.from_iterable(map(_links, wrong)))))
            says = Sentence(
                "%(count)s claims of its own page rest on %(sites)s",
                count=len(wrong),
                sites=", ".join(sites),
            )
            yield Doubt(
                table="organization", row=organization, field="source", says=says
            )


def _claims(content: Content, organization: Row) -> Iterator[Row]:
    """Yield the records of an organization that claim to be from its own page."""
    if text(organization, "evidence") == "A":
        yield organization
    for row in (
        *content.services_of(organization),
        *content.all_phones_of(organization),
        *content.children_of(organization, "eligibility_rule"),
    ):
        if text(row, "basis") == "own_page":
            yield row


def _own_sites(content: Content, organization: Row) -> frozenset[str]:
    links = [text(s, "url") for s in content.services_of(organization)]
    return frozenset(_sites([text(organization, "website"), *links]))


def _is_own(content: Content, link: str, own: frozenset[str]) -> bool:
    """Tell whether a link is of the body itself or of a government.

    Many counties have a site that ends like everybody's, and bears their name.
    """
    host = _host(link)
    county = _COUNTY_SITE.fullmatch(host)
    return (
        _PUBLIC_SITES.search(host) is not None
        or not own.isdisjoint(_sites([link]))
        or (county is not None and content.gazetteer.county(county[1]) is not None)
    )


def website_is_given(content: Content) -> Iterator[Doubt]:
    """Find bodies whose own page was read, and that have no website.

    Not those with a hidden place: the page may print where it is.
    """
    for organization in content.organizations.values():
        links = [text(s, "url") for s in content.services_of(organization)]
        places = content.of_organization(organization, "location")
        if (
            text(organization, "evidence") == "A"
            and not any((text(organization, "website"), *links))
            and all(text(place, "visibility") == "public" for place in places)
        ):
            says = Sentence(
                "its own page was read, and it has no website: %(source)s",
                source=_first(organization),
            )
            yield Doubt(
                table="organization", row=organization, field="website", says=says
            )


def _first(row: Row) -> str:
    return next(iter(_links(row)), text(row, "source"))


def _sites(addresses: Iterable[str]) -> Iterator[str]:
    """Yield the sites of web addresses: their names without what stands before."""
    for address in addresses:
        if host := _host(address):
            yield ".".join(host.split(".")[-2:])


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def source_is_original(content: Content) -> Iterator[Doubt]:
    """Find sources that only copy others, once for each organization."""
    copies = _questioned(content, lambda link: _COPIES.search(_host(link)) is not None)
    for table, row, link in copies:
        says = Sentence("%(link)s copies what others wrote", link=link)
        yield Doubt(table=table, row=row, field="source", says=says)


def source_is_of_a_body(content: Content) -> Iterator[Doubt]:
    """Find sources that are pages of a person, once for each organization."""
    of_people = _questioned(content, lambda link: _OF_A_PERSON.search(link) is not None)
    for table, row, link in of_people:
        says = Sentence("%(link)s may be the page of a person", link=link)
        yield Doubt(table=table, row=row, field="source", says=says)


def _questioned(
    content: Content, doubtful: Callable[[str], bool]
) -> Iterator[tuple[str, Row, str]]:
    """Yield the records with a doubtful link, each link once for each organization."""
    seen: set[tuple[str, str]] = set()
    for table, row in _sourced(content):
        owner = text(content.owner_of(row), "id")
        for link in _links(row):
            if doubtful(link) and (owner, link) not in seen:
                seen.add((owner, link))
                yield table, row, link


RULES = (
    error("source", source_is_said, "No listing without a source. Name it."),
    error("source_date", source_date_is_read, "The date cannot be read. Correct it."),
    warning(
        "stale_source",
        source_is_fresh,
        "Nothing younger than three years. Verify it by phone.",
    ),
    warning(
        "own_page",
        own_page_is_its_own,
        "Only a body's own page or a government's is one. Else it is second hand.",
    ),
    warning("copied_source", source_is_original, "Find the page that was copied."),
    warning(
        "personal_source",
        source_is_of_a_body,
        "Names of people do not belong here. Find another source.",
    ),
    info(
        "website_missing",
        website_is_given,
        "Its page is where people read on. Give its address.",
    ),
)
