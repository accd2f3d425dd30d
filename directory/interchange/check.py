"""Checks a package as a person would question it, one rule a function."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import phonenumbers

from directory.interchange.content import Content, content_of
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import Package, Row
from directory.interchange.rule_values import RULE_VALUES
from directory.interchange.table import Value
from directory.interchange.whereabouts import tells_place
from directory.places import Gazetteer

_SHORT_CODES = frozenset({"211", "311", "711", "911", "988"})
_TEXT_CODE = re.compile(r"\d{5,6}")
THROUGH_211 = "through_211"
_RESIDENTIAL = frozenset({"emergency_shelter", "transitional_housing"})
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_FREE_TEXT = (
    "name",
    "alternate_name",
    "description",
    "area_note",
    "hours_note",
    "length_of_stay",
    "capacity_note",
    "alert",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the checks compare with: places, and the codes of the vocabulary by id."""

    gazetteer: Gazetteer
    codes: Mapping[str, str]


_Check = Callable[[Content, _Known], Iterator[Finding]]


def check_package(
    package: Package, *, gazetteer: Gazetteer, codes: Mapping[str, str]
) -> list[Finding]:
    """Return what is wrong or doubtful in `package`, errors first.

    `codes` are the codes of the vocabulary by the id of their term.
    """
    content = content_of(package)
    known = _Known(gazetteer=gazetteer, codes=codes)
    findings = [finding for rule in RULES for finding in rule(content, known)]
    findings.sort(key=lambda f: (f.severity, f.rule, f.file, f.row))
    return findings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Writes the findings of one rule about one file."""

    content: Content
    file: str
    rule: str
    severity: Severity = Severity.ERROR

    def finds(self, row: Row, field: str, message: str) -> Finding:
        return Finding(
            severity=self.severity,
            rule=self.rule,
            file=self.file,
            row=row.number,
            record=self.content.name_of(row),
            field=field,
            message=message,
        )


def phone_can_be_dialled(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find numbers that are not E.164 of this country, nor a short code."""
    for row in content.package.of("phone"):
        number = str(row.values["number"])
        if number in _SHORT_CODES:
            continue
        if row.values["type"] == "text" and _TEXT_CODE.fullmatch(number):
            continue
        if not _is_dialled(number):
            message = "cannot be dialled: it must look like +19198287740"
            desk = _Desk(content=content, file="phones.csv", rule="phone_dialled")
            yield desk.finds(row, "number", message)


def _is_dialled(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return number.startswith("+1") and phonenumbers.is_valid_number(parsed)


def address_has_form(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find web and e-mail addresses without the form of one."""
    for table, file in (
        ("organization", "organizations.csv"),
        ("service", "services.csv"),
    ):
        for row in content.package.of(table):
            for field in ("website", "url"):
                if row.values.get(field) and not _is_web(str(row.values[field])):
                    message = "is not a web address that can be opened"
                    desk = _Desk(content=content, file=file, rule="web_address")
                    yield desk.finds(row, field, message)
            email = row.values.get("email")
            if email and not re.fullmatch(r"[^@\s]+@[\w-]+(\.[\w-]+)+", str(email)):
                message = "is not an e-mail address"
                desk = _Desk(content=content, file=file, rule="email")
                yield desk.finds(row, "email", message)


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) is not None
        and parts.username is None
    )


def county_exists(content: Content, known: _Known) -> Iterator[Finding]:
    """Find FIPS codes of no county of North Carolina."""
    fips = {county.fips for county in known.gazetteer.counties}
    for table, file, field in (
        ("service_area", "service_areas.csv", "fips"),
        ("location", "locations.csv", "county_fips"),
    ):
        for row in content.package.of(table):
            if row.values[field] is not None and row.values[field] not in fips:
                message = f"{row.values[field]} is no county of North Carolina"
                desk = _Desk(content=content, file=file, rule="county")
                yield desk.finds(row, field, message)


def area_is_said(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find complete lists of counties that name none."""
    for row in content.services.values():
        areas = content.by_service[str(row.values["id"])].get("service_area", ())
        if row.values["coverage"] == "complete" and not areas:
            message = "says that its counties are all listed, and lists none"
            desk = _Desk(content=content, file="services.csv", rule="area")
            yield desk.finds(row, "coverage", message)


def source_has_date(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find dates of sources without the form of one."""
    for table, file in (
        ("organization", "organizations.csv"),
        ("service", "services.csv"),
        ("phone", "phones.csv"),
        ("eligibility_rule", "eligibility_rules.csv"),
    ):
        for row in content.package.of(table):
            date = row.values["source_date"]
            if date is not None and not _PARTIAL_DATE.fullmatch(str(date)):
                message = "must be a year, a month or a day, such as 2019-03"
                desk = _Desk(content=content, file=file, rule="source")
                yield desk.finds(row, "source_date", message)


def rule_values_known(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find rules about unknown attributes or with unknown answers."""
    for row in content.package.of("eligibility_rule"):
        attribute = str(row.values["attribute"])
        if attribute not in RULE_VALUES:
            message = f"{attribute} is not an attribute that rules can be about"
            desk = _Desk(
                content=content, file="eligibility_rules.csv", rule="rule_values"
            )
            yield desk.finds(row, "attribute", message)
            continue
        allowed = RULE_VALUES[attribute]
        given = row.values["values"]
        wrong = (
            sorted(set(given) - allowed)
            if isinstance(given, tuple) and allowed is not None
            else []
        )
        if wrong:
            message = f"{', '.join(wrong)}: not an answer about {attribute}"
            desk = _Desk(
                content=content, file="eligibility_rules.csv", rule="rule_values"
            )
            yield desk.finds(row, "values", message)


def term_exists(content: Content, known: _Known) -> Iterator[Finding]:
    """Find services without a term, and terms that are not in the vocabulary."""
    for row in content.package.of("attribute"):
        if row.values["taxonomy_term_id"] not in known.codes:
            message = "is not the id of a term in taxonomy.csv"
            desk = _Desk(content=content, file="attributes.csv", rule="taxonomy")
            yield desk.finds(row, "taxonomy_term_id", message)
    for row in content.services.values():
        if not content.by_service[str(row.values["id"])].get("attribute"):
            message = "has no term, so nobody would find it"
            desk = _Desk(content=content, file="services.csv", rule="taxonomy")
            yield desk.finds(row, "", message)


def can_be_reached(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find active services that nobody can contact.

    One that says so, and sends people to NC 211 for its number, is only a warning: its
    name helps more than a blank page, and its number is still to be found.
    """
    for row in content.services.values():
        organization = content.organization_of(row).values
        reachable = (
            any(p.values["type"] != "fax" for p in content.phones_of(row))
            or row.values["url"]
            or row.values["email"]
            or organization["website"]
            or organization["email"]
        )
        if row.values["status"] != "active" or reachable:
            continue
        message = "has no number, no website and no e-mail address"
        known = THROUGH_211 in _words(row.values["access"])
        yield _Desk(
            content=content,
            file="services.csv",
            rule="number_missing" if known else "no_contact",
            severity=Severity.WARNING if known else Severity.ERROR,
        ).finds(row, "", f"{message}, only NC 211" if known else message)


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def hidden_tells_nothing(content: Content, known: _Known) -> Iterator[Finding]:
    """Find streets, ZIPs, landmarks and towns in the texts of hidden places."""
    for service_id, row in content.services.items():
        places = content.places.get(service_id, ())
        if all(place.values["visibility"] == "public" for place in places):
            continue
        texts = [
            (row, "services.csv", field, row.values.get(field)) for field in _FREE_TEXT
        ]
        for table, file, field in (
            ("phone", "phones.csv", "description"),
            ("schedule", "schedules.csv", "description"),
            ("accessibility", "accessibility.csv", "description"),
            ("eligibility_rule", "eligibility_rules.csv", "note"),
            ("cost_option", "cost_options.csv", "amount_description"),
            ("language", "languages.csv", "note"),
            ("required_document", "required_documents.csv", "document"),
        ):
            texts.extend(
                (child, file, field, child.values.get(field))
                for child in content.by_service[service_id].get(table, ())
            )
        for owner, file, field, text in texts:
            told = tells_place(str(text or ""), known.gazetteer)
            if told is not None:
                desk = _Desk(
                    content=content,
                    file=file,
                    rule="hidden_place",
                    severity=Severity.ERROR if told.certain else Severity.WARNING,
                )
                yield desk.finds(
                    owner, field, f"tells where a hidden place is: {told.what}"
                )


_ALLOWED = {
    "county_fips": frozenset({"public", "county"}),
    "region": frozenset({"public", "county", "region"}),
    "latitude": frozenset({"public"}),
    "longitude": frozenset({"public"}),
}
"""The visibilities with which a place may have a field; the database insists on it."""


def hidden_place_is_bare(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find hidden places that hold more than their visibility allows."""
    for row in content.locations.values():
        visibility = str(row.values["visibility"])
        for field, allowed in _ALLOWED.items():
            if row.values[field] is not None and visibility not in allowed:
                message = f"may not be held of a place whose visibility is {visibility}"
                desk = _Desk(content=content, file="locations.csv", rule="hidden_held")
                yield desk.finds(row, field, message)
    for row in content.package.of("address"):
        place = content.locations[str(row.values["location_id"])]
        if place.values["visibility"] != "public":
            message = "is a hidden place, whose address may not be held"
            desk = _Desk(content=content, file="addresses.csv", rule="hidden_held")
            yield desk.finds(row, "location_id", message)


def residence_is_hidden(content: Content, known: _Known) -> Iterator[Finding]:
    """Find public places where people sleep for safety."""
    for service_id, row in content.services.items():
        codes = {
            known.codes.get(str(a.values["taxonomy_term_id"]))
            for a in content.by_service[service_id].get("attribute", ())
        }
        public = any(
            place.values["visibility"] == "public"
            for place in content.places.get(service_id, ())
        )
        if public and codes & _RESIDENTIAL:
            desk = _Desk(
                content=content,
                file="services.csv",
                rule="public_residence",
                severity=Severity.WARNING,
            )
            yield desk.finds(
                row, "", "people sleep here, and its place is public: is that meant?"
            )


def law_enforcement_is_named(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find numbers that law enforcement may answer, and that do not say so."""
    words = re.compile(
        r"sheriff|dispatch|non-emergency|communications center", re.IGNORECASE
    )
    for row in content.package.of("phone"):
        note = str(row.values["description"] or "")
        if words.search(note) and row.values["answered_by"] in {
            "agency",
            "answering_service",
        }:
            desk = _Desk(
                content=content,
                file="phones.csv",
                rule="answered_by",
                severity=Severity.WARNING,
            )
            yield desk.finds(
                row, "answered_by", "its note speaks of law enforcement; who answers?"
            )


def phone_is_not_shared(content: Content, _known: _Known) -> Iterator[Finding]:
    """Find numbers that stand with several organizations."""
    owners: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in content.package.of("phone"):
        owner = (
            row.values["organization_id"]
            or (
                content.services[str(row.values["service_id"])].values[
                    "organization_id"
                ]
            )
        )
        if row.values["number"] not in _SHORT_CODES:
            owners[str(row.values["number"])].setdefault(str(owner), row)
    for rows in owners.values():
        if len(rows) > 1:
            names = sorted(
                str(content.organizations[owner].values["name"]) for owner in rows
            )
            desk = _Desk(
                content=content,
                file="phones.csv",
                rule="shared_phone",
                severity=Severity.WARNING,
            )
            yield desk.finds(
                next(iter(rows.values())),
                "number",
                f"stands with {len(names)} organizations: {'; '.join(names)}",
            )


RULES: tuple[_Check, ...] = (
    phone_can_be_dialled,
    address_has_form,
    county_exists,
    area_is_said,
    source_has_date,
    rule_values_known,
    term_exists,
    can_be_reached,
    hidden_tells_nothing,
    hidden_place_is_bare,
    residence_is_hidden,
    law_enforcement_is_named,
    phone_is_not_shared,
)
"""All checks, in no particular order."""
