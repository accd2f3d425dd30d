"""Each check fires on what it is for, and not on what looks alike."""

from pathlib import Path

import pytest

from directory.interchange.check import check_package
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms
from tests.builders.packages import (
    ADVOCACY_TERM,
    CODES,
    SHELTER_TERM,
    Cells,
    address,
    area,
    attribute,
    given_at,
    location,
    organization,
    phone,
    read,
    rule,
    service,
)

GAZETTEER = Gazetteer.load(shipped("seed_data") / "gazetteer")
Tables = dict[str, list[Cells]]


def check(folder: Path, tables: Tables) -> list[Finding]:
    """Return what the checks find in one good package with `tables` put in."""
    return check_package(read(folder, **tables), gazetteer=GAZETTEER, codes=CODES)


def said(finding: Finding) -> str:
    """Return rule, place and severity of a finding as one text."""
    where = f"{finding.file} {finding.row} {finding.field}".strip()
    return f"{finding.severity.value} {finding.rule}: {where}"


def hidden(visibility: str = "county", **of_service: str) -> Tables:
    """Return a service at a hidden place."""
    return {
        "services": [service(**of_service)],
        "locations": [location(visibility=visibility)],
        "service_at_location": [given_at()],
    }


def reached(**of_service: str) -> Tables:
    """Return a service whose organization has no website."""
    return {
        "organizations": [organization(website="")],
        "services": [service(**of_service)],
    }


def held(**of_place: str) -> Tables:
    """Return a place with what is held of it."""
    return {"locations": [location(**of_place)]}


def second_owner(**of_phone: str) -> Tables:
    """Return a second organization with a number of its own."""
    return {
        "organizations": [organization(), organization(id="o2", name="Haven")],
        "phones": [phone(), phone(id="p2", organization_id="o2", **of_phone)],
    }


STREET = "Come to 12 Oak Street"
PHONE = "error phone_dialled: phones.csv 1 number"
HELD = "error hidden_held: locations.csv 1"
HIDDEN = "error hidden_place: services.csv 1 description"

# What is in the package, and the one thing that is found.
FIRES: list[tuple[Tables, str]] = [
    (held(visibility="county", latitude="35.7"), f"{HELD} latitude"),
    (held(visibility="network", longitude="-78.6"), f"{HELD} longitude"),
    (held(visibility="region", county_fips="37183"), f"{HELD} county_fips"),
    (held(visibility="statewide", region="Piedmont"), f"{HELD} region"),
    (
        {**held(visibility="county"), "addresses": [address()]},
        "error hidden_held: addresses.csv 1 location_id",
    ),
    ({"phones": [phone(number="919-828-7740")]}, PHONE),
    ({"phones": [phone(number="+1919828774")]}, PHONE),
    ({"phones": [phone(number="+441632960960")]}, PHONE),
    ({"phones": [phone(number="call us")]}, PHONE),
    ({"phones": [phone(number="233733")]}, PHONE),
    ({"phones": [phone(number="912")]}, PHONE),
    (
        {"organizations": [organization(website="javascript:alert(1)")]},
        "error web_address: organizations.csv 1 website",
    ),
    (
        {"organizations": [organization(website="https://good.org@evil.org")]},
        "error web_address: organizations.csv 1 website",
    ),
    (
        {"services": [service(url="example.org")]},
        "error web_address: services.csv 1 url",
    ),
    (
        {"services": [service(url="https://[bad")]},
        "error web_address: services.csv 1 url",
    ),
    (
        {"services": [service(email="help at x.org")]},
        "error email: services.csv 1 email",
    ),
    (
        {"organizations": [organization(email="a@b@c.org")]},
        "error email: organizations.csv 1 email",
    ),
    ({"service_areas": [area(fips="37002")]}, "error county: service_areas.csv 1 fips"),
    ({"service_areas": [area(fips="Wake")]}, "error county: service_areas.csv 1 fips"),
    (
        {"locations": [location(county_fips="45001")]},
        "error county: locations.csv 1 county_fips",
    ),
    (
        {"services": [service(coverage="complete")]},
        "error area: services.csv 1 coverage",
    ),
    (
        {"services": [service(source_date="2026-13")]},
        "error source: services.csv 1 source_date",
    ),
    (
        {"phones": [phone(source_date="May 2026")]},
        "error source: phones.csv 1 source_date",
    ),
    (
        {"eligibility_rules": [rule(attribute="shoe_size")]},
        "error rule_values: eligibility_rules.csv 1 attribute",
    ),
    (
        {"eligibility_rules": [rule(values="woman lady")]},
        "error rule_values: eligibility_rules.csv 1 values",
    ),
    (
        {"attributes": [attribute(taxonomy_term_id="term-nothing")]},
        "error taxonomy: attributes.csv 1 taxonomy_term_id",
    ),
    (
        {"services": [service(), service(id="bare")]},
        "error taxonomy: services.csv 2",
    ),
    (reached(), "error no_contact: services.csv 1"),
    ({**reached(), "phones": [phone(type="fax")]}, "error no_contact: services.csv 1"),
    (reached(access="through_211"), "warning number_missing: services.csv 1"),
    (hidden(description=STREET), HIDDEN),
    (hidden("network", description="Near 28801, call first"), HIDDEN),
    (hidden(description="At 35.5951, -82.5515"), HIDDEN),
    (hidden(description="Look for 867F8CWX+2Q"), HIDDEN),
    (hidden(description="https://maps.app.goo.gl/x"), HIDDEN),
    (hidden(description="The house behind the Baptist church"), HIDDEN),
    (
        hidden(description="A house in Hendersonville"),
        "warning hidden_place: services.csv 1 description",
    ),
    (
        {
            **hidden(),
            "phones": [phone(organization_id="", service_id="s", description=STREET)],
        },
        "error hidden_place: phones.csv 1 description",
    ),
    (
        {**hidden(), "eligibility_rules": [rule(note=STREET)]},
        "error hidden_place: eligibility_rules.csv 1 note",
    ),
    (
        {
            **hidden("public"),
            "attributes": [attribute(taxonomy_term_id=SHELTER_TERM)],
        },
        "warning public_residence: services.csv 1",
    ),
    (
        {"phones": [phone(description="County Sheriff after hours")]},
        "warning answered_by: phones.csv 1 answered_by",
    ),
    (second_owner(), "warning shared_phone: phones.csv 1 number"),
]


@pytest.mark.parametrize(("tables", "found"), FIRES)
def test_fires(tmp_path: Path, tables: Tables, found: str) -> None:
    assert [said(finding) for finding in check(tmp_path, tables)] == [found]


# What looks like a fault and is none.
SILENT: list[Tables] = [
    held(visibility="county", county_fips="37183", region="Piedmont"),
    held(visibility="region", region="Piedmont"),
    {**held(latitude="35.7", longitude="-78.6"), "addresses": [address()]},
    {},
    {"phones": [phone(number="211")]},
    {"phones": [phone(number="988")]},
    {"phones": [phone(number="233733", type="text")]},
    {"organizations": [organization(website="http://a-b.example.org/x?y=1#z")]},
    {"services": [service(email="help.me+now@example.org")]},
    {"service_areas": [area(fips="37001")]},
    {"services": [service(coverage="complete")], "service_areas": [area()]},
    {"services": [service(coverage="statewide")]},
    {"services": [service(source_date="")]},
    {"services": [service(source_date="2019")]},
    {"services": [service(source_date="2019-03-13")]},
    {"eligibility_rules": [rule(values="any")]},
    {"eligibility_rules": [rule(attribute="occupation", values="farmworker")]},
    {**reached(), "phones": [phone()]},
    reached(url="https://example.org"),
    reached(email="help@example.org"),
    reached(status="defunct"),
    hidden(description="Somebody at your side, 24 hours, in Wake County."),
    hidden("public", description=STREET),
    {**hidden(), "attributes": [attribute(taxonomy_term_id=SHELTER_TERM)]},
    {**hidden("public"), "attributes": [attribute(taxonomy_term_id=ADVOCACY_TERM)]},
    {"phones": [phone(description="Sheriff", answered_by="sheriff")]},
    {"phones": [phone(description="Ask for the front desk")]},
    second_owner(number="+19195550100"),
    {"phones": [phone(), phone(id="p2", organization_id="", service_id="s")]},
]


@pytest.mark.parametrize("tables", SILENT)
def test_is_silent(tmp_path: Path, tables: Tables) -> None:
    assert check(tmp_path, tables) == []


def test_errors_stand_before_warnings(tmp_path: Path) -> None:
    tables = second_owner(number="+19198287740", source_date="soon")
    found = [finding.severity for finding in check(tmp_path, tables)]
    assert found == [Severity.ERROR, Severity.WARNING]


def test_a_finding_names_the_record_as_people_know_it(tmp_path: Path) -> None:
    [finding] = check(tmp_path, {"eligibility_rules": [rule(attribute="shoe_size")]})
    assert finding.record == "Harbor House: Advocacy"


def test_what_ships_has_no_error() -> None:
    seed_data = shipped("seed_data")
    codes = {term.id: term.code for term in read_terms(seed_data).values()}
    package = read_package(seed_data)
    found = check_package(package, gazetteer=GAZETTEER, codes=codes)
    assert [f for f in found if f.severity is Severity.ERROR] == []
