"""Questions about what a service is said to be."""

import re
from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.content import Content, text
from directory.sentence import Sentence

_REFERS = re.compile(
    r"\b(?:connects?|refers?|refers? people|links?|access point|coordinated entry)\b",
    re.IGNORECASE,
)
_CALLS = re.compile(r"\b(?:call|hotline|phone)\b", re.IGNORECASE)
_TAIL = 60
_NOTES = re.compile(
    r"\bNC\d{3}\b|\(general line\)|\b(?:to-?do|tbd|fix-?me)\b|\?\?|\((?:to )?check\b"
    r"|\bsee row\b|^missing$",
    re.IGNORECASE,
)
_CHECK = re.compile(r"\bcheck\b", re.IGNORECASE)
_TEXTS = (
    ("organization", ("name", "alternate_name", "description")),
    (
        "service",
        ("name", "alternate_name", "description", "area_note", "hours_note", "alert"),
    ),
    ("phone", ("description",)),
)


def term_exists(content: Content) -> Iterator[Doubt]:
    """Find services without a term, and terms that are not in the vocabulary."""
    for row in content.of("attribute"):
        if text(row, "taxonomy_term_id") not in content.terms:
            says = Sentence("is not the id of a term in taxonomy.csv")
            yield Doubt(table="attribute", row=row, field="taxonomy_term_id", says=says)
    for service in content.services.values():
        if not content.of_service(service, "attribute"):
            says = Sentence("has no term, so nobody would find it")
            yield Doubt(table="service", row=service, says=says)


def referral_is_no_bed(content: Content) -> Iterator[Doubt]:
    """Find beds whose words say that the service only sends people on."""
    for service in content.active_services():
        if text(service, "role") != "provision":
            continue
        said = f"{text(service, 'name')}. {text(service, 'description')}"
        found = _REFERS.search(said)
        if found and "emergency_shelter" in content.codes_of(service):
            says = Sentence(
                "says “%(words)s”: does it have beds, or send people on?",
                words=found[0],
            )
            yield Doubt(table="service", row=service, field="role", says=says)


def text_is_whole(content: Content) -> Iterator[Doubt]:
    """Find texts that break off where a number was to follow."""
    for table in ("organization", "service"):
        for row in content.of(table):
            said = text(row, "description")
            if not said.endswith((".", "!", "?", ".)", "”")) and _CALLS.search(
                said[-_TAIL:]
            ):
                says = Sentence("breaks off where a number may have followed")
                yield Doubt(table=table, row=row, field="description", says=says)


def name_is_clean(content: Content) -> Iterator[Doubt]:
    """Find notes to oneself in what the public reads."""
    for table, fields in _TEXTS:
        for row in content.of(table):
            for field in fields:
                note = _NOTES.search(text(row, field)) or (
                    table == "organization"
                    and field == "name"
                    and _CHECK.search(text(row, field))
                )
                if note:
                    says = Sentence("holds a note to oneself: %(words)s", words=note[0])
                    yield Doubt(table=table, row=row, field=field, says=says)


RULES = (
    error(
        "taxonomy",
        term_exists,
        "Say with a term of taxonomy.csv what the service is.",
    ),
    error(
        "working_note",
        name_is_clean,
        "A note of whoever wrote the row stands where everybody reads it.",
    ),
    warning(
        "referral_role",
        referral_is_no_bed,
        "Who sends people on is a referral, never a shelter.",
    ),
    warning("cut_text", text_is_whole, "Read the source again, to its end."),
)
