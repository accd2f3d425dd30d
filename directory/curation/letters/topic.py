"""What a change is about, told without telling what it changes to.

A letter can be read by others than it was written to, so it names kinds of fields and
never a number or an address.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from directory.curation.records.patch import Patch, RecordChange


class Topic(StrEnum):
    """A kind of fields, in the order in which it is told."""

    PHONE = "phone"
    STATUS = "status"
    NAME = "name"
    WEBSITE = "website"
    EMAIL = "email"
    PLACE = "place"
    OWNERSHIP = "ownership"
    HOURS = "hours"
    ELIGIBILITY = "eligibility"
    NEEDS = "needs"
    AREA = "area"
    LANGUAGES = "languages"
    WAY_IN = "way_in"
    ALERT = "alert"
    COST = "cost"
    DOCUMENTS = "documents"
    ACCESSIBILITY = "accessibility"
    STAY = "stay"
    SIZE = "size"
    FOCUS = "focus"
    KIND = "kind"
    DESCRIPTION = "description"
    OTHER = "other"


NAMES: Mapping[Topic, tuple[str, str]] = MappingProxyType(
    {
        Topic.PHONE: ("phone numbers", "números de teléfono"),
        Topic.STATUS: ("whether it is open", "si sigue abierto"),
        Topic.NAME: ("the name", "el nombre"),
        Topic.WEBSITE: ("the web address", "la página web"),
        Topic.EMAIL: ("the email address", "el correo electrónico"),
        Topic.PLACE: (
            "the place, or how much of it is shown",
            "el lugar, o cuánto se muestra de él",
        ),
        Topic.OWNERSHIP: (
            "which organization it belongs to",
            "a qué organización pertenece",
        ),
        Topic.HOURS: ("the hours", "el horario"),
        Topic.ELIGIBILITY: ("who is taken", "a quién se recibe"),
        Topic.NEEDS: ("the kinds of help", "los tipos de ayuda"),
        Topic.AREA: ("the area that is served", "la zona que se atiende"),
        Topic.LANGUAGES: ("languages", "idiomas"),
        Topic.WAY_IN: ("how one gets in", "cómo se llega a la ayuda"),
        Topic.ALERT: ("what people must know first", "lo que hay que saber antes"),
        Topic.COST: ("what it costs", "lo que cuesta"),
        Topic.DOCUMENTS: ("what to bring", "lo que hay que llevar"),
        Topic.ACCESSIBILITY: (
            "access for people with disabilities",
            "el acceso para personas con discapacidad",
        ),
        Topic.STAY: ("how long one can stay", "cuánto tiempo se puede quedar"),
        Topic.SIZE: ("how many it takes", "para cuántas personas hay lugar"),
        Topic.FOCUS: ("whom it is made for", "para quiénes se creó"),
        Topic.KIND: ("what kind of body it is", "qué tipo de entidad es"),
        Topic.DESCRIPTION: ("the description", "la descripción"),
        Topic.OTHER: ("other details", "otros datos"),
    }
)
"""Each topic in English and in Spanish, as it stands on a list."""

_TABLES: Mapping[str, Topic] = MappingProxyType(
    {
        "phone": Topic.PHONE,
        "location": Topic.PLACE,
        "address": Topic.PLACE,
        "service_at_location": Topic.PLACE,
        "redirect": Topic.OWNERSHIP,
        "schedule": Topic.HOURS,
        "eligibility_rule": Topic.ELIGIBILITY,
        "attribute": Topic.NEEDS,
        "service_area": Topic.AREA,
        "language": Topic.LANGUAGES,
        "cost_option": Topic.COST,
        "required_document": Topic.DOCUMENTS,
        "accessibility": Topic.ACCESSIBILITY,
    }
)
_FIELDS: Mapping[tuple[str, str], Topic] = MappingProxyType(
    {
        ("organization", "name"): Topic.NAME,
        ("organization", "alternate_name"): Topic.NAME,
        ("organization", "website"): Topic.WEBSITE,
        ("organization", "email"): Topic.EMAIL,
        ("organization", "description"): Topic.DESCRIPTION,
        ("organization", "parent_organization_id"): Topic.OWNERSHIP,
        ("service", "name"): Topic.NAME,
        ("service", "alternate_name"): Topic.NAME,
        ("service", "url"): Topic.WEBSITE,
        ("service", "email"): Topic.EMAIL,
        ("service", "status"): Topic.STATUS,
        ("service", "organization_id"): Topic.OWNERSHIP,
        ("service", "description"): Topic.DESCRIPTION,
        ("service", "always_open"): Topic.HOURS,
        ("service", "hours_note"): Topic.HOURS,
        ("service", "coverage"): Topic.AREA,
        ("service", "out_of_county"): Topic.AREA,
        ("service", "area_note"): Topic.AREA,
        ("service", "access"): Topic.WAY_IN,
        ("service", "delivery"): Topic.WAY_IN,
        ("service", "alert"): Topic.ALERT,
        ("service", "length_of_stay"): Topic.STAY,
        ("service", "capacity_note"): Topic.SIZE,
        ("service", "focus"): Topic.FOCUS,
        ("service", "role"): Topic.NEEDS,
        ("organization", "kind"): Topic.KIND,
        ("organization", "faith_based"): Topic.KIND,
        ("organization", "county_label"): Topic.NAME,
    }
)
_ABOUT_THE_SOURCE = frozenset(
    {"source", "source_date", "read_on", "evidence", "basis", "last_modified"}
)
"""Where a fact comes from follows from who says it; nobody asked for that."""


def topics_of(patch: Patch) -> tuple[Topic, ...]:
    """Return what `patch` is about, what matters most first."""
    found = {topic for change in patch for topic in _topics(change)}
    return tuple(topic for topic in Topic if topic in found)


def names_of_topics(topics: tuple[Topic, ...], language: str) -> tuple[str, ...]:
    """Return `topics` in words of `language` (`en`, `es`)."""
    place = 1 if language == "es" else 0
    return tuple(NAMES[topic][place] for topic in topics)


def _topics(change: RecordChange) -> Iterator[Topic]:
    if change.table in _TABLES:
        yield _TABLES[change.table]
        return
    fields = {*(change.before or {}), *(change.after or {})} - _ABOUT_THE_SOURCE
    for field in fields:
        yield _FIELDS.get((change.table, field), Topic.OTHER)
