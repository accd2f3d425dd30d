"""Phone numbers: can they be dialled, and what is each for."""

from tests.builders.packages import organization, phone
from tests.interchange.cases.scenes import Fires, Silent

_NUMBER = "phones.csv 1 number"
_DIALLED = f"error phone_dialled: {_NUMBER}"

FIRES: Fires = [
    ({"phones": [phone(number="919-828-7740")]}, _DIALLED),
    ({"phones": [phone(number="+1919828774")]}, _DIALLED),
    ({"phones": [phone(number="+441632960960")]}, _DIALLED),
    ({"phones": [phone(number="+19195550100")]}, _DIALLED),
    ({"phones": [phone(number="+10198287740")]}, _DIALLED),
    ({"phones": [phone(number="call us")]}, _DIALLED),
    ({"phones": [phone(number="233733")]}, _DIALLED),
    ({"phones": [phone(number="912")]}, _DIALLED),
    ({"phones": [phone(extension="ask")]}, "error extension: phones.csv 1 extension"),
    ({"phones": [phone(extension="0000")]}, "error extension: phones.csv 1 extension"),
    (
        {"phones": [phone(extension="12", basis="second_hand")]},
        "warning extension_source: phones.csv 1 extension",
    ),
    ({"phones": [phone(number="+18042440000")]}, f"warning area_code: {_NUMBER}"),
    (
        {"phones": [phone(), phone(id="p2", number="+19198287741")]},
        "warning number_conflict: phones.csv 1 description",
    ),
    (
        {"phones": [phone(description="Or call 919-828-7741")]},
        "warning number_in_text: phones.csv 1 description",
    ),
    (
        {"organizations": [organization(description="Call 828-7740.")]},
        "warning number_in_text: organizations.csv 1 description",
    ),
    (
        {"phones": [phone(source_date="")]},
        "info phone_undated: phones.csv 1 source_date",
    ),
]

SILENT: Silent = [
    ("phone_dialled", {"phones": [phone(number="211")]}),
    ("phone_dialled", {"phones": [phone(number="988")]}),
    ("phone_dialled", {"phones": [phone(number="233733", type="text")]}),
    ("extension", {"phones": [phone(extension="0")]}),
    ("extension_source", {"phones": [phone(extension="1542")]}),
    (
        "extension_source",
        {"phones": [phone(extension="2", basis="second_hand", description="Press 2")]},
    ),
    ("area_code", {"phones": [phone(number="+18882440000")]}),
    ("area_code", {"phones": [phone(number="+14722440000")]}),
    (
        "number_conflict",
        {
            "phones": [
                phone(),
                phone(id="p2", number="+19198287741", description="After hours"),
            ]
        },
    ),
    ("number_in_text", {"phones": [phone(description="Or 919-828-7740")]}),
    (
        "number_in_text",
        {"organizations": [organization(description="Since 2019-2020, 24-7.")]},
    ),
    ("phone_undated", {"phones": [phone(source_date="2026")]}),
]
