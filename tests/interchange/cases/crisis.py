"""Crisis lines: the number, the hours, and how sure both are."""

from tests.builders.packages import phone, schedule
from tests.interchange.cases.scenes import Fires, Silent, crisis_line

_TWO_LINKS = "https://a.example.com ; https://b.example.com"
_HEARSAY = {"basis": "second_hand", "type": "crisis", "always_open": "true"}

FIRES: Fires = [
    (crisis_line(), "error crisis_number: services.csv 1"),
    (crisis_line(phone(type="fax")), "error crisis_number: services.csv 1"),
    (
        crisis_line(phone(type="crisis")),
        "warning crisis_hours: services.csv 1 always_open",
    ),
    (
        crisis_line(phone(), hours_note="Day and night"),
        "warning crisis_office: services.csv 1",
    ),
    (
        {"phones": [phone(**_HEARSAY)]},
        "warning crisis_source: phones.csv 1 source",
    ),
    (
        {"phones": [phone(**_HEARSAY, source=_TWO_LINKS, source_date="2019")]},
        "warning crisis_source: phones.csv 1 source",
    ),
]

SILENT: Silent = [
    ("crisis_number", crisis_line(role="referral")),
    ("crisis_number", crisis_line(status="inactive")),
    ("crisis_hours", crisis_line(phone(type="crisis", always_open="true"))),
    ("crisis_hours", crisis_line(phone(type="crisis"), always_open="true")),
    (
        "crisis_hours",
        {**crisis_line(phone(type="crisis")), "schedules": [schedule()]},
    ),
    ("crisis_office", crisis_line(phone(number="988"), always_open="true")),
    ("crisis_source", {"phones": [phone(type="crisis")]}),
    ("crisis_source", {"phones": [phone(**_HEARSAY, source=_TWO_LINKS)]}),
]
