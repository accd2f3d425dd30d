"""Sources: is there one, how old is it, and how good."""

from tests.builders.packages import organization, phone, rule, service
from tests.interchange.cases.scenes import Fires, Silent, hidden

_OLD = {"source_date": "2019-03"}
_PAPER = {"source": "https://paper.example.com"}
_COUNTY = {"source": "https://www.wake.gov/help"}
_HEARSAY = {"basis": "second_hand", "evidence": "B"}

FIRES: Fires = [
    (
        {"services": [service(source="unknown")]},
        "error source: services.csv 1 source",
    ),
    ({"phones": [phone(source="-")]}, "error source: phones.csv 1 source"),
    (
        {"eligibility_rules": [rule(source="https://example.org ; https://bad")]},
        "error source: eligibility_rules.csv 1 source",
    ),
    (
        {"services": [service(source_date="2026-13")]},
        "error source_date: services.csv 1 source_date",
    ),
    (
        {"services": [service(source_date="2025-02-30")]},
        "error source_date: services.csv 1 source_date",
    ),
    (
        {"phones": [phone(source_date="May 2026")]},
        "error source_date: phones.csv 1 source_date",
    ),
    (
        {"organizations": [organization(source_date="2026-12-01")]},
        "error source_date: organizations.csv 1 source_date",
    ),
    (
        {
            "organizations": [organization(**_OLD)],
            "services": [service(**_OLD)],
        },
        "warning stale_source: organizations.csv 1 source_date",
    ),
    (
        {
            "organizations": [organization(source_date="", evidence="B")],
            "services": [service(source_date="", basis="second_hand")],
        },
        "warning stale_source: organizations.csv 1 source_date",
    ),
    (
        {"organizations": [organization(**_PAPER)]},
        "warning own_page: organizations.csv 1 source",
    ),
    (
        {"services": [service(**_PAPER)]},
        "warning own_page: organizations.csv 1 source",
    ),
    (
        {"services": [service(source="https://www.yelp.com/biz/x", **_HEARSAY)]},
        "warning copied_source: services.csv 1 source",
    ),
    (
        {"services": [service(source="https://x.example.com/author/jo", **_HEARSAY)]},
        "warning personal_source: services.csv 1 source",
    ),
    (
        # Nobody reads on where there is no page; a number is there to reach it.
        {
            "organizations": [organization(website="", **_COUNTY)],
            "services": [service(**_COUNTY)],
            "phones": [phone(**_COUNTY)],
        },
        "info website_missing: organizations.csv 1 website",
    ),
]
SILENT: Silent = [
    ("source", {"services": [service(source="G.S. 15B-11", basis="second_hand")]}),
    ("source", {"phones": [phone(source="held by staff", basis="second_hand")]}),
    ("source_date", {"services": [service(source_date="")]}),
    ("source_date", {"services": [service(source_date="2024")]}),
    ("source_date", {"services": [service(source_date="2024-02-29")]}),
    ("source_date", {"services": [service(source_date="2026")]}),
    ("stale_source", {"organizations": [organization(**_OLD)]}),
    (
        "stale_source",
        {
            "organizations": [organization(source_date="2023-12")],
            "services": [service(source_date="2023")],
        },
    ),
    (
        "stale_source",
        {
            "organizations": [organization(source_date="")],
            "services": [service(source_date="")],
        },
    ),
    ("own_page", {"services": [service(**_PAPER, **_HEARSAY)]}),
    ("own_page", {"services": [service(source="https://www.wake.gov/x")]}),
    ("own_page", {"services": [service(source="https://www.johnstonnc.com/dss")]}),
    ("own_page", {"services": [service(source="https://co.surry.nc.us/dss")]}),
    ("copied_source", {"services": [service(**_PAPER, **_HEARSAY)]}),
    (
        "personal_source",
        {"services": [service(source="https://x.example.com/authority", **_HEARSAY)]},
    ),
    ("website_missing", {"services": [service(url="https://example.org/help")]}),
    (
        "website_missing",
        {
            **hidden(**_COUNTY),
            "organizations": [organization(website="", **_COUNTY)],
            "phones": [phone(**_COUNTY)],
        },
    ),
]
