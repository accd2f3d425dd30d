"""Records in words: how each field is called, and what a cell says to a person.

Cells are those of `directory.curation.records`; no code is shown where there is a word.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from directory.curation.correction.rules import OPTIONS
from directory.curation.records.cells import Cells
from directory.curation.records.patch import REDACTED
from directory.projection import Provenance, RuleFact
from directory.projection.links import web_address
from directory.web import labels
from directory.web.language import (
    county_name,
    name_of_language,
    number_text,
    partial_date,
    term_name,
)
from directory.web.listing.facts import fact_text, value_text
from directory.web.listing.hours import nth_text, time_text
from directory.web.site import the_site
from directory.web.texts import format_date, gettext
from directory.web.texts import lazy_gettext as _

RECORDS = {
    "organization": _("Organization"),
    "service": _("Service"),
    "phone": _("Phone number"),
    "schedule": _("Opening hours"),
    "language": _("Language"),
    "service_area": _("Area"),
    "eligibility_rule": _("Who it is for"),
    "attribute": _("Kind of help"),
    "location": _("Place"),
    "address": _("Street address"),
    "service_at_location": _("Where a service is given"),
    "accessibility": _("Access for people with disabilities"),
    "cost_option": _("Cost"),
    "required_document": _("What to bring"),
    "capacity": _("Free room"),
    "verification": _("Confirmation"),
    "redirect": _("Old address"),
}
"""What a record of each table is called."""

_SOURCED = {
    "source": _("Source"),
    "source_date": _("Date of the source"),
    "read_on": _("Read on"),
    "evidence": _("How good the source is"),
}
_BASED = {**_SOURCED, "basis": _("Who says so")}
_OWN = {
    "service_id": _("Belongs to the service"),
    "organization_id": _("Belongs to the organization"),
    "location_id": _("Belongs to the place"),
    "description": _("Note"),
}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "organization": {
        **_SOURCED,
        "parent_organization_id": _("Part of"),
        "name": _("Name"),
        "alternate_name": _("Other names"),
        "description": _("Description"),
        "email": _("Email address"),
        "website": _("Web address"),
        "kind": _("What it is"),
        "county_label": _("County that tells it apart"),
        "faith_based": _("Faith-based"),
        "history": _("Note of staff"),
    },
    "service": {
        **_BASED,
        "organization_id": _("Belongs to the organization"),
        "name": _("Name"),
        "alternate_name": _("Other names"),
        "description": _("Description"),
        "url": _("Web address"),
        "email": _("Email address"),
        "status": _("Open or closed"),
        "role": _("What it does"),
        "focus": _("Made for whom"),
        "delivery": _("How help is given"),
        "access": _("How to get in"),
        "coverage": _("Area"),
        "out_of_county": _("People from other counties"),
        "area_note": _("Note on the area"),
        "always_open": _("Day and night, every day"),
        "hours_note": _("Note on the hours"),
        "length_of_stay": _("How long one can stay"),
        "capacity_note": _("Size"),
        "alert": _("Please note"),
        "last_modified": _("Last changed"),
    },
    "phone": {
        **_BASED,
        **_OWN,
        "number": _("Number"),
        "extension": _("Extension"),
        "type": _("Kind of line"),
        "answered_by": _("Who answers"),
        "always_open": _("Day and night, every day"),
        "position": _("Place in the order"),
    },
    "schedule": {
        **_OWN,
        "service_at_location_id": _("Only at one place"),
        "byday": _("Days"),
        "opens_at": _("Opens"),
        "closes_at": _("Closes"),
        "closed": _("Closed"),
        "by_appointment": _("By appointment"),
        "valid_from": _("From"),
        "valid_to": _("Until"),
        "timezone": _("Time zone"),
    },
    "language": {
        **_OWN,
        "phone_id": _("Belongs to the phone number"),
        "code": _("Language"),
        "by": _("Who speaks it"),
        "note": _("Note"),
    },
    "service_area": {**_OWN, "type": _("Kind of area"), "fips": _("County")},
    "eligibility_rule": {
        **_BASED,
        **_OWN,
        "attribute": _("What it is about"),
        "effect": _("What follows"),
        "values": _("Answers"),
        "minimum": _("From"),
        "maximum": _("Up to"),
        "note": _("In their words"),
        "effective_from": _("From"),
        "effective_to": _("Until"),
    },
    "attribute": {**_OWN, "taxonomy_term_id": _("Kind of help")},
    "location": {
        **_OWN,
        "location_type": _("Kind of place"),
        "name": _("Name"),
        "visibility": _("What is shown of it"),
        "county_fips": _("County"),
        "region": _("Region"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
    },
    "address": {
        **_OWN,
        "location_visibility": _("What is shown of it"),
        "address_1": _("Street"),
        "address_2": _("Second line"),
        "city": _("City"),
        "state_province": _("State"),
        "postal_code": _("ZIP code"),
        "country": _("Country"),
    },
    "service_at_location": _OWN,
    "accessibility": {
        **_OWN,
        "description": _("Access for people with disabilities"),
        "details": _("Note"),
    },
    "cost_option": {**_OWN, "option": _("Cost"), "amount_description": _("Note")},
    "required_document": {**_OWN, "document": _("What to bring")},
    "capacity": {
        **_OWN,
        "unit": _("What is counted"),
        "available": _("Free"),
        "waitlist": _("Waiting list"),
        "population": _("For whom"),
        "as_of": _("Told at"),
        "expires": _("Holds until"),
    },
    "verification": {
        **_OWN,
        "fact": _("What was confirmed"),
        "verified_on": _("Confirmed on"),
        "verified_by": _("Confirmed by"),
    },
    "redirect": {"entity": _("What it is"), "to_id": _("Leads to")},
}
"""What each field is called, by table."""

MINOR = frozenset({*_BASED, "last_modified", "timezone", "location_visibility"})
"""Fields that follow from others; nobody asks for them."""

STATUS = {
    "active": _("Open"),
    "temporarily closed": _("Closed for now"),
    "defunct": _("Closed for good"),
    "inactive": _("Not shown"),
}
ANSWERERS = {
    "agency": _("The agency itself"),
    "answering_service": _("An answering service"),
    "dispatch": _("911 dispatch"),
    "sheriff": _("The sheriff’s office"),
    "police": _("The police"),
    "unknown": _("Not known"),
}
COVERAGE = {
    "statewide": _("All of North Carolina"),
    "complete": _("These counties and no others"),
    "partial": _("These counties, maybe others: ask"),
    "site_only": _("It is in this county; whom it serves is not known"),
}
OUT_OF_COUNTY = {"yes": _("Taken"), "no": _("Not taken"), "ask": _("Ask")}
VISIBILITY = {
    "public": _("The address"),
    "county": _("Only the county"),
    "region": _("Only the region"),
    "statewide": _("Only that it is in North Carolina"),
    "network": _("Nothing: only approved staff know that it exists"),
}
"""What is shown of a place, widest first."""

ATTRIBUTES = {
    "age": _("Age"),
    "gender": _("Gender"),
    "children": _("Children"),
    "exploitation": _("Kind of trafficking"),
    "victimization": _("What happened"),
    "partner": _("Whether a partner did the harm"),
    "immigration": _("Immigration status"),
    "pregnant": _("Pregnancy"),
    "pets": _("Pets"),
    "photo_id": _("Photo ID"),
    "police_report": _("Police report"),
    "substances": _("Alcohol and drugs"),
    "insurance": _("Insurance"),
    "income": _("Income"),
    "disability": _("Disability"),
    "justice": _("Warrant or record"),
    "tribal": _("Tribal membership"),
    "faith": _("Worship"),
    "household": _("Who comes along"),
    "housing_status": _("Housing"),
    "lgbtq": _("LGBTQ people"),
    "residence": _("Where the person lives"),
    "custody": _("Custody"),
    "other": _("Something else"),
    "occupation": _("Work"),
}
_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("organization", "kind"): {
        "provider": _("A provider"),
        "public_agency": _("A public agency"),
        "coalition": _("A coalition"),
        "planning_body": _("A body that plans"),
        "umbrella": _("An umbrella body"),
    },
    ("service", "status"): STATUS,
    ("service", "role"): {
        "provision": _("Gives this help itself"),
        "referral": _("Sends people on to others"),
    },
    ("service", "focus"): {**labels.FOCUS, "general": _("Everybody")},
    ("service", "coverage"): COVERAGE,
    ("service", "out_of_county"): OUT_OF_COUNTY,
    ("phone", "type"): labels.LINE_KINDS,
    ("phone", "answered_by"): ANSWERERS,
    ("language", "by"): labels.LANGUAGE_BY,
    ("service_area", "type"): {
        "state": _("State"),
        "county": _("County"),
        "tribal": _("Tribal area"),
    },
    ("eligibility_rule", "attribute"): ATTRIBUTES,
    ("eligibility_rule", "effect"): {
        "requires": _("Only these"),
        "excludes": _("Not these"),
        "prefers": _("These first"),
    },
    ("location", "visibility"): VISIBILITY,
    ("address", "location_visibility"): VISIBILITY,
    ("location", "location_type"): {
        "physical": _("A place to go to"),
        "postal": _("For mail only"),
        "virtual": _("Online"),
    },
    ("location", "region"): labels.REGION_NAMES,
    ("cost_option", "option"): labels.COST,
    ("verification", "fact"): {
        "record": _("The listing"),
        "hours": _("Opening hours"),
        "capacity": _("Free room"),
        "eligibility": _("Who it is for"),
    },
    ("redirect", "entity"): {
        "organization": _("Organization"),
        "service": _("Service"),
    },
}
_BASIS = {"own_page": _("The body itself"), **labels.BASIS}
_EVIDENCE = {
    "A": _("First hand, or a government"),
    "B": _("News, or a partner"),
    "C": _("Somebody else, or old"),
}
_TOLD = {"provider": _("The provider"), "staff": _("Our staff")}
_YES_NO = {"true": _("Yes"), "false": _("No")}
_BOOLEANS = frozenset(
    {"always_open", "by_appointment", "closed", "faith_based", "waitlist"}
)
_DAYS = frozenset({"read_on", "valid_from", "valid_to", "verified_on", "last_modified"})
_RULE_DAYS = frozenset({"effective_from", "effective_to"})
_TIMES = frozenset({"opens_at", "closes_at"})


def label_of(table: str, field: str) -> str:
    """Return how a field is called."""
    return str(FIELDS.get(table, {}).get(field, field))


def record_name(table: str) -> str:
    """Return how a record of a table is called."""
    return str(RECORDS.get(table, table))


def cell_text(table: str, field: str, cell: str) -> str:
    """Return what a cell says, in words."""
    if not cell:
        return gettext("not recorded")
    if cell == REDACTED:
        return gettext("(taken out, since the place is hidden)")
    try:
        return _said(table, field, cell)
    except (KeyError, ValueError):
        return cell


def _said(table: str, field: str, cell: str) -> str:
    choices = _CHOICES.get((table, field))
    if choices is not None:
        return str(choices[cell])
    if field in _BOOLEANS:
        return str(_YES_NO[cell])
    if field in _DAYS | _RULE_DAYS:
        return format_date(dt.date.fromisoformat(cell), "long")
    if field in _TIMES:
        return time_text(cell)
    reader = _READERS.get((table, field)) or _READERS.get(("", field))
    return cell if reader is None else reader(cell)


def _source(cell: str) -> str:
    if cell in _TOLD:
        return str(_TOLD[cell])
    links = [part.strip() for part in cell.split(" ; ")]
    hosts = [urlsplit(link).hostname or "" for link in links if web_address(link)]
    names = dict.fromkeys(host.removeprefix("www.") for host in hosts)
    return ", ".join(names) or cell


def days_text(cell: str) -> str:
    """Return the days of a schedule: `Monday, 1st Saturday of the month`."""
    days = [
        str(labels.DAYS[code]) if code in labels.DAYS else nth_text(code)
        for code in cell.split()
    ]
    if [*labels.DAYS] == cell.split():
        return gettext("Every day")
    return ", ".join(days)


def _words_of(table: Mapping[str, str]) -> Callable[[str], str]:
    def words(cell: str) -> str:
        return ", ".join(str(table.get(code, code)) for code in cell.split())

    return words


def _term(cell: str) -> str:
    terms = the_site().terms.values()
    return next((term_name(term.code) for term in terms if term.id == cell), cell)


def _position(cell: str) -> str:
    return str(int(cell) + 1)


def _organization(cell: str) -> str:
    known = the_site().snapshot().organizations.get(cell)
    return known.full_name if known else gettext("another organization")


def _service(cell: str) -> str:
    known = the_site().snapshot().listings.get(cell)
    return known.name if known else gettext("another service")


_CHOSEN = frozenset(option.words for some in OPTIONS.values() for option in some)
_AGES_CHOSEN = re.compile(r"Only (age \d+ and older|ages \d+ to \d+|up to age \d+)")


def _own_words(cell: str) -> str:
    """Return what a source says; what was chosen from a list is nobody's words."""
    chosen = cell in _CHOSEN or _AGES_CHOSEN.fullmatch(cell)
    return gettext("not recorded") if chosen else cell


def says_something(table: str, field: str, cell: str) -> bool:
    """Tell whether a cell of a record that comes or goes says what the rest does not.

    That hours are not closed goes without saying; so do words that nobody said.
    """
    if table == "schedule" and cell == "false":
        return False
    if (table, field) == ("eligibility_rule", "note"):
        return bool(cell) and _own_words(cell) == cell
    return bool(cell)


def weekday_of(cells: Cells) -> tuple[int, str, str]:
    """Return by what hours are put in order: the day, then the time."""
    codes = [*labels.DAYS]
    first = cells.get("byday", "").partition(" ")[0]
    place = codes.index(first) if first in codes else len(codes)
    return place, first, cells.get("opens_at", "")


def _another(_cell: str) -> str:
    return gettext("another one")


_READERS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("", "source"): _source,
    ("", "source_date"): partial_date,
    ("", "basis"): lambda cell: str(_BASIS[cell]),
    ("", "evidence"): lambda cell: str(_EVIDENCE[cell]),
    ("", "organization_id"): _organization,
    ("", "parent_organization_id"): _organization,
    ("", "service_id"): _service,
    ("", "location_id"): _another,
    ("", "phone_id"): _another,
    ("", "service_at_location_id"): _another,
    ("service", "delivery"): _words_of(labels.DELIVERY),
    ("service", "access"): _words_of(labels.ACCESS),
    ("phone", "number"): number_text,
    ("phone", "position"): _position,
    ("schedule", "byday"): days_text,
    ("language", "code"): name_of_language,
    ("service_area", "fips"): county_name,
    ("location", "county_fips"): county_name,
    ("attribute", "taxonomy_term_id"): _term,
    ("eligibility_rule", "note"): _own_words,
    ("eligibility_rule", "values"): lambda cell: (
        gettext("any") if cell == "any" else value_text(tuple(cell.split()))
    ),
}


def summary(table: str, cells: Cells) -> str:
    """Return a record as one line, such as `919-828-7740, Phone`."""
    if table == "eligibility_rule":
        return rule_text(cells)
    if table == "schedule":
        return schedule_text(cells)
    fields = _SUMMARIES.get(table, ("name",))
    said = [cell_text(table, f, cells[f]) for f in fields if cells.get(f)]
    return ", ".join(said)


_SUMMARIES = {
    "phone": ("number", "extension", "type", "answered_by", "description"),
    "language": ("code", "by", "note"),
    "service_area": ("fips", "description"),
    "attribute": ("taxonomy_term_id",),
    "location": ("name", "visibility", "county_fips", "region"),
    "address": ("address_1", "address_2", "city", "postal_code"),
    "service_at_location": ("description",),
    "accessibility": ("description", "details"),
    "cost_option": ("option", "amount_description"),
    "required_document": ("document",),
    "capacity": ("available", "unit"),
    "verification": ("fact", "verified_on", "verified_by"),
    "redirect": ("entity",),
}


def schedule_text(cells: Cells) -> str:
    """Return one span of hours: `Monday, Tuesday: 9:00 AM to 5:00 PM`."""
    days = cell_text("schedule", "byday", cells.get("byday", ""))
    when = [days if cells.get("byday") else gettext("Every day")]
    when += [
        cell_text("schedule", field, cells[field])
        for field in ("valid_from", "valid_to")
        if cells.get(field)
    ]
    if cells.get("by_appointment") == "true":
        return f"{' – '.join(when)}: {gettext('by appointment')}"
    if cells.get("closed") == "true" or not cells.get("opens_at"):
        return f"{' – '.join(when)}: {gettext('closed')}"
    span = gettext(
        "%(opens)s to %(closes)s",
        opens=cell_text("schedule", "opens_at", cells["opens_at"]),
        closes=cell_text("schedule", "closes_at", cells.get("closes_at", "")),
    )
    return f"{' – '.join(when)}: {span}"


def rule_text(cells: Cells) -> str:
    """Return a rule as a short sentence."""
    if REDACTED in cells.values():
        return cell_text("eligibility_rule", "values", REDACTED)
    return fact_text(
        RuleFact(
            attribute=cells.get("attribute", "other"),
            effect=cells.get("effect", "requires"),
            values=tuple(cells.get("values", "").split()),
            minimum=_number(cells.get("minimum", "")),
            maximum=_number(cells.get("maximum", "")),
            words=cells.get("note", ""),
            basis=cells.get("basis", ""),
            effective_from=None,
            effective_to=None,
            provenance=_NOWHERE,
        )
    )


_NOWHERE = Provenance(links=(), date=None, read_on=dt.date.min, evidence="A")


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
