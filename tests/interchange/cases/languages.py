"""Languages."""

from tests.builders.packages import language, phone
from tests.interchange.cases.scenes import Fires, Silent, two_services

FIRES: Fires = [
    ({"languages": []}, "warning language_missing: organizations.csv 1"),
    (
        {**two_services(name="Other"), "languages": []},
        "warning language_missing: organizations.csv 1",
    ),
]

SILENT: Silent = [
    # One service of several says it: the others are the same people.
    ("language_missing", two_services(name="Other")),
    (
        "language_missing",
        {"phones": [phone()], "languages": [language(service_id="", phone_id="p")]},
    ),
]
