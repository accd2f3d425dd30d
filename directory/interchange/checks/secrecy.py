"""Questions about hidden places: no text and no link may tell where one is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.checks.shown import (
    shown_of,
    shown_of_organization,
    towns_of_offices,
)
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.interchange.whereabouts import (
    Clue,
    Sign,
    address_tells_place,
    tells_place,
)
from directory.places import Gazetteer
from directory.sentence import Sentence

_NAMES = frozenset({"name", "alternate_name"})
_ORGANIZATION_TEXTS = ("name", "alternate_name", "description", "county_label")
_SERVICE_TEXTS = (
    "name",
    "alternate_name",
    "description",
    "area_note",
    "hours_note",
    "length_of_stay",
    "capacity_note",
    "alert",
)
_CHILD_TEXTS: dict[str, tuple[str, ...]] = {
    "phone": ("description",),
    "schedule": ("description",),
    "accessibility": ("description", "details"),
    "eligibility_rule": ("note",),
    "cost_option": ("amount_description",),
    "language": ("note",),
    "required_document": ("document",),
    "service_area": ("description",),
    "service_at_location": ("description",),
    "capacity": ("population",),
}
_Reader = Callable[[str, Gazetteer], tuple[Clue, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text that people outside may read, and how much of a place it may tell.

    `spared` are the towns where the same body has a public office.
    """

    table: str
    row: Row
    field: str
    shown: str
    spared: frozenset[str] = frozenset()
    read: _Reader = tells_place

    def tells(self, gazetteer: Gazetteer) -> Iterator[Clue]:
        """Yield what this text tells and may not."""
        for told in self.read(text(self.row, self.field), gazetteer):
            if told.sign is Sign.COUNTY and self.shown == "county":
                continue
            if told.sign is Sign.TOWN and told.what in self.spared:
                continue
            # Where the county shows, a word that is a town as well is no question.
            if told.sign is Sign.TOWN and self.shown == "county" and not told.certain:
                continue
            yield told

    def is_fault(self, told: Clue) -> bool:
        """Tell whether `told` gives the place away, and does not merely hint at it."""
        if told.sign is Sign.SPOT:
            return told.certain or self.field not in _NAMES
        return told.sign is Sign.TOWN and told.certain and self.shown != "county"


def text_tells_place(content: Content) -> Iterator[Doubt]:
    """Find streets, ZIPs, landmarks, links to maps, and towns where none may be."""
    return _told(content, faults=True)


def text_hints_at_place(content: Content) -> Iterator[Doubt]:
    """Find towns and counties that may be those of the hidden place."""
    return _told(content, faults=False)


def _told(content: Content, *, faults: bool) -> Iterator[Doubt]:
    for read in _texts(content):
        for told in read.tells(content.gazetteer):
            if read.is_fault(told) is faults:
                says = _in_words(told, is_fault=faults)
                yield Doubt(table=read.table, row=read.row, field=read.field, says=says)
                break


def _in_words(told: Clue, *, is_fault: bool) -> Sentence:
    if is_fault:
        return Sentence("tells %(what)s", what=told.what)
    return Sentence("tells %(what)s: of the hidden place?", what=told.what)


def _texts(content: Content) -> Iterator[_Text]:
    for organization in content.organizations.values():
        shown = shown_of_organization(content, organization)
        if shown is not None:
            yield from _organization_texts(content, organization, shown)
        for service in content.services_of(organization):
            shown = shown_of(content, service)
            if shown is not None:
                yield from _service_texts(content, service, shown)


def _organization_texts(
    content: Content, organization: Row, shown: str
) -> Iterator[_Text]:
    spared = towns_of_offices(content, organization)
    for field in _ORGANIZATION_TEXTS:
        yield _Text(
            table="organization",
            row=organization,
            field=field,
            shown=shown,
            spared=spared,
        )
    yield _link("organization", organization, "website", shown)
    for table, fields in (("phone", ("description",)), ("location", ("name",))):
        for row in content.of_organization(organization, table):
            for field in fields:
                yield _Text(
                    table=table, row=row, field=field, shown=shown, spared=spared
                )


def _service_texts(content: Content, service: Row, shown: str) -> Iterator[_Text]:
    organization = content.owner_of(service)
    spared = (
        frozenset[str]()
        if content.places_of(service)
        else towns_of_offices(content, organization)
    )
    for field in _SERVICE_TEXTS:
        yield _Text(
            table="service", row=service, field=field, shown=shown, spared=spared
        )
    yield _link("service", service, "url", shown)
    for table, fields in _CHILD_TEXTS.items():
        for row in content.of_service(service, table):
            for field in fields:
                yield _Text(
                    table=table, row=row, field=field, shown=shown, spared=spared
                )


def _link(table: str, row: Row, field: str, shown: str) -> _Text:
    return _Text(
        table=table, row=row, field=field, shown=shown, read=address_tells_place
    )


_HELD = {
    "county_fips": frozenset({"public", "county"}),
    "region": frozenset({"public", "county", "region"}),
    "latitude": frozenset({"public"}),
    "longitude": frozenset({"public"}),
}
"""The visibilities with which a place may have a field; the database insists on it."""


def hidden_place_is_bare(content: Content) -> Iterator[Doubt]:
    """Find hidden places that hold more than their visibility allows."""
    for row in content.locations.values():
        visibility = text(row, "visibility")
        for field, allowed in _HELD.items():
            if row.values[field] is not None and visibility not in allowed:
                says = Sentence(
                    "may not be held of a place whose visibility is %(visibility)s",
                    visibility=visibility,
                )
                yield Doubt(table="location", row=row, field=field, says=says)
    for row in content.of("address"):
        place = content.locations[text(row, "location_id")]
        if text(place, "visibility") != "public":
            says = Sentence("is of a hidden place, whose address may not be held")
            yield Doubt(table="address", row=row, field="location_id", says=says)


def area_hides_county(content: Content) -> Iterator[Doubt]:
    """Find places shown by region only, whose service area is a single county."""
    for service in content.services.values():
        if not content.places_of(service) or shown_of(content, service) in {
            None,
            "county",
        }:
            continue
        counties = [
            a for a in content.of_service(service, "service_area") if text(a, "fips")
        ]
        if len(counties) == 1:
            says = Sentence(
                "is the only county served, and so tells where the place is"
            )
            yield Doubt(table="service_area", row=counties[0], field="fips", says=says)


def note_of_staff_tells_place(content: Content) -> Iterator[Doubt]:
    """Find streets, ZIPs and points of hidden places in the notes of staff."""
    for organization in content.organizations.values():
        if shown_of_organization(content, organization) is None:
            continue
        for told in tells_place(text(organization, "history"), content.gazetteer):
            if told.sign is Sign.SPOT and told.certain:
                says = Sentence(
                    "holds %(what)s, which may not be held at all", what=told.what
                )
                yield Doubt(
                    table="organization", row=organization, field="history", says=says
                )


RULES = (
    error(
        "hidden_held",
        hidden_place_is_bare,
        "More is held of a hidden place than it may show. Take it out.",
    ),
    error(
        "hidden_place",
        text_tells_place,
        "A text or a link tells where a hidden place is. Word it anew.",
    ),
    error(
        "hidden_area",
        area_hides_county,
        "The service area gives away the county. Leave it out, and say: ask.",
    ),
    error(
        "hidden_note",
        note_of_staff_tells_place,
        "A note of staff holds where a hidden place is. Take it out.",
    ),
    warning(
        "hidden_hint",
        text_hints_at_place,
        "A text names a town or county: is it that of the hidden place?",
    ),
)
