"""Who picks up a phone, and whose it is."""

from tests.builders.packages import organization, phone
from tests.interchange.cases.scenes import Fires, Silent, second_owner

_NUMBER = "phones.csv 1 number"
_OWN = {"organization_id": "", "service_id": "s"}

FIRES: Fires = [
    (
        {"phones": [phone(description="County Sheriff after hours")]},
        "warning answered_by: phones.csv 1 answered_by",
    ),
    (
        {"organizations": [organization(name="Sheriff's Office")], "phones": [phone()]},
        "warning answered_by: phones.csv 1 answered_by",
    ),
    (
        {"phones": [phone(source="https://sheriff.example.gov/x")]},
        "warning answered_by: phones.csv 1 answered_by",
    ),
    (
        {"phones": [phone(), phone(id="p2", answered_by="sheriff", **_OWN)]},
        "warning answered_twice: phones.csv 1 answered_by",
    ),
    (
        {
            "phones": [
                phone(answered_by="unknown"),
                phone(id="p2", answered_by="dispatch", **_OWN),
            ]
        },
        "warning answered_twice: phones.csv 1 answered_by",
    ),
    (
        {"phones": [phone(type="crisis", answered_by="dispatch")]},
        "error law_crisis_line: phones.csv 1 type",
    ),
    (second_owner(), f"warning shared_phone: {_NUMBER}"),
]

SILENT: Silent = [
    (
        "answered_by",
        {"phones": [phone(description="Sheriff", answered_by="sheriff")]},
    ),
    ("answered_by", {"phones": [phone(description="Ask for the front desk")]}),
    # A newspaper, not a dispatcher.
    (
        "answered_by",
        {"phones": [phone(source="https://the-dispatch.com", basis="second_hand")]},
    ),
    (
        "answered_twice",
        {"phones": [phone(), phone(id="p2", answered_by="unknown", **_OWN)]},
    ),
    ("law_crisis_line", {"phones": [phone(answered_by="dispatch")]}),
    (
        "law_crisis_line",
        {"phones": [phone(type="crisis", always_open="true")]},
    ),
    ("shared_phone", second_owner(number="+19198287741")),
    ("shared_phone", second_owner(number="211")),
    ("shared_phone", {"phones": [phone(), phone(id="p2", **_OWN)]}),
    (
        "shared_phone",
        {
            **second_owner(),
            "organizations": [
                organization(),
                organization(id="o2", name="Haven", parent_organization_id="o"),
            ],
        },
    ),
]
