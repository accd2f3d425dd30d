"""Questions about languages."""

from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, warning
from directory.interchange.content import Content, text
from directory.sentence import Sentence


def language_is_recorded(content: Content) -> Iterator[Doubt]:
    """Find organizations of which no language is known, once for all their services."""
    spoken = {text(row, "phone_id") for row in content.of("language")}
    for organization in content.organizations.values():
        services = [
            s
            for s in content.services_of(organization)
            if text(s, "status") == "active"
        ]
        known = any(content.of_service(s, "language") for s in services) or any(
            text(phone, "id") in spoken for phone in content.all_phones_of(organization)
        )
        if services and not known:
            says = Sentence(
                "no language is recorded for any of its %(count)s services",
                count=len(services),
            )
            yield Doubt(table="organization", row=organization, says=says)


RULES = (
    warning(
        "language_missing",
        language_is_recorded,
        "Ask who speaks Spanish, and whether an interpreter can be had.",
    ),
)
