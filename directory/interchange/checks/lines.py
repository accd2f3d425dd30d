"""Questions about phone numbers: can they be dialled, and what is each for."""

import re
from collections import defaultdict
from collections.abc import Iterator

import phonenumbers

from directory.interchange.checks.rule import Doubt, error, info, warning
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.sentence import Sentence

_SHORT_CODES = frozenset({"211", "311", "711", "911", "988"})
_TEXT_CODE = re.compile(r"\d{5,6}")
_EXTENSION = re.compile(r"\d{1,6}")
_STATE_CODES = frozenset(
    {"252", "336", "472", "704", "743", "828", "910", "919", "980", "984"}
)
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_MENU = re.compile(r"\b(?:choose|menu|press|option)\b", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?<![\d$.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[.-]\d{4}(?![\d-])"
)
_TEXTS = ("description", "area_note", "hours_note", "alert", "capacity_note")
_LOCAL = 7
_FULL = 10


def number_can_be_dialled(content: Content) -> Iterator[Doubt]:
    """Find numbers that are not E.164 of this country, nor a short code."""
    for row in content.of("phone"):
        if not can_be_dialled(text(row, "number"), text(row, "type")):
            says = Sentence("cannot be dialled: it must look like +19198287740")
            yield Doubt(table="phone", row=row, field="number", says=says)


def can_be_dialled(number: str, kind: str) -> bool:
    """Tell whether a number of a line of some kind leads anywhere."""
    if number in _SHORT_CODES:
        return True
    is_code = kind == "text" and _TEXT_CODE.fullmatch(number) is not None
    return is_code or _is_dialled(number)


def _is_dialled(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return (
        re.fullmatch(r"\+1\d{10}", number) is not None
        and phonenumbers.is_valid_number(parsed)
        # No subscriber has the exchange 555; it stands in examples and films.
        and number[5:8] != "555"
    )


def extension_can_be_dialled(content: Content) -> Iterator[Doubt]:
    """Find extensions that are no digits, or only zeros from a fixed-width file."""
    for row in content.of("phone"):
        extension = text(row, "extension")
        zeros = len(extension) > 1 and not extension.strip("0")
        if extension and (zeros or not _EXTENSION.fullmatch(extension)):
            says = Sentence(
                "%(extension)s is no extension that can be dialled",
                extension=extension,
            )
            yield Doubt(table="phone", row=row, field="extension", says=says)


def extension_is_first_hand(content: Content) -> Iterator[Doubt]:
    """Find extensions that the body itself does not print."""
    for row in content.of("phone"):
        explained = _MENU.search(text(row, "description"))
        second_hand = text(row, "basis") != "own_page"
        if text(row, "extension") and second_hand and not explained:
            says = Sentence(
                "is second hand: is it an extension, or cut from a longer number?"
            )
            yield Doubt(table="phone", row=row, field="extension", says=says)


def number_is_of_the_state(content: Content) -> Iterator[Doubt]:
    """Find area codes of other states that are not toll-free."""
    for row in content.of("phone"):
        code = text(row, "number")[2:5]
        if _is_dialled(text(row, "number")) and code not in _STATE_CODES | _TOLL_FREE:
            says = Sentence(
                "%(code)s is neither of North Carolina nor toll-free", code=code
            )
            yield Doubt(table="phone", row=row, field="number", says=says)


def number_is_one(content: Content) -> Iterator[Doubt]:
    """Find two numbers of one owner that nothing tells apart."""
    labels: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in content.of("phone"):
        owner = text(row, "service_id") or text(row, "organization_id")
        label = (text(row, "type"), text(row, "answered_by"), text(row, "description"))
        labels[(owner, *label)].append(row)
    for rows in labels.values():
        numbers = sorted({text(row, "number") for row in rows})
        if len(numbers) > 1:
            says = Sentence(
                "nothing tells %(numbers)s apart: which is first, and why?",
                numbers=", ".join(numbers),
            )
            yield Doubt(table="phone", row=rows[0], field="description", says=says)


def number_stands_apart(content: Content) -> Iterator[Doubt]:
    """Find numbers written in a text, where nobody can tap them."""
    for organization in content.organizations.values():
        own = {
            text(row, "number")[-_FULL:] for row in content.all_phones_of(organization)
        }
        for table, row in _described(content, organization):
            for field in _TEXTS:
                for found in _WRITTEN.finditer(text(row, field)):
                    digits = re.sub(r"\D", "", found[0])[-_FULL:]
                    if len(digits) == _LOCAL or digits not in own:
                        says = Sentence(
                            "%(number)s stands here, and not in phones.csv",
                            number=found[0].strip(),
                        )
                        yield Doubt(table=table, row=row, field=field, says=says)


def _described(content: Content, organization: Row) -> Iterator[tuple[str, Row]]:
    yield "organization", organization
    for service in content.services_of(organization):
        yield "service", service
        for table in ("phone", "schedule"):
            for row in content.of_service(service, table):
                yield table, row
    for row in content.of_organization(organization, "phone"):
        yield "phone", row


def number_is_dated(content: Content) -> Iterator[Doubt]:
    """Find numbers whose source bears no date at all."""
    for row in content.of("phone"):
        if not text(row, "source_date"):
            says = Sentence("its source bears no date: call it")
            yield Doubt(table="phone", row=row, field="source_date", says=says)


RULES = (
    error(
        "phone_dialled",
        number_can_be_dialled,
        "Nobody can dial this number. Read the source again.",
    ),
    error(
        "extension",
        extension_can_be_dialled,
        "An extension is digits. Put anything else into the description.",
    ),
    warning(
        "number_conflict",
        number_is_one,
        "Say what each number is for; an older one belongs into the history.",
    ),
    warning(
        "number_in_text",
        number_stands_apart,
        "A number in a text cannot be tapped. Give it a row in phones.csv.",
    ),
    warning(
        "area_code",
        number_is_of_the_state,
        "The number is of another state. Does it serve this one?",
    ),
    warning(
        "extension_source",
        extension_is_first_hand,
        "Some files hold digits behind a number that are no extension.",
    ),
    info("phone_undated", number_is_dated, "These numbers are the first to verify."),
)
