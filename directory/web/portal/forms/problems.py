"""What is wrong with a form of a listing, in sentences."""

from collections.abc import Iterable, Mapping

from directory.curation.correction import Fault, Typed
from directory.errors import FieldError
from directory.web.texts import gettext, translated
from directory.web.texts import lazy_gettext as _

_SENTENCES = {
    Fault.MISSING: _("This cannot be empty."),
    Fault.TOO_LONG: _("This is too long. Please say it shorter."),
    Fault.CHARACTER: _(
        "This has a character that cannot be read. Please type it again."
    ),
    Fault.CHOICE: _("Choose one of those offered."),
    Fault.NUMBER: _("This number cannot be dialled. Write it like 919-828-7740."),
    Fault.SHARED: _(
        "911 and numbers like it belong to everybody. Write the agency’s own number."
    ),
    Fault.EXTENSION: _("An extension has up to six digits, such as 204."),
    Fault.LINK: _("No browser would open this. Write it like www.example.org."),
    Fault.MAIL: _("No email can be sent to this. Write it like help@example.org."),
    Fault.TIME: _("We cannot read this time. Write it like 9 am or 17:30."),
    Fault.HALF_TIME: _("Say both: when it opens and when it closes."),
    Fault.MORNING_OR_EVENING: _("Morning or evening? Write am or pm."),
    Fault.NO_TIME: _(
        "It opens and closes at the same time. If it never closes, say day and night."
    ),
    Fault.OVERLAP: _("These hours overlap. Put them into one line."),
    Fault.NO_HOURS: _("Open from when to when? Or choose another answer."),
    Fault.OPEN_OR_NOT: _(
        "You typed hours for this day. Choose “open”, or take the hours away."
    ),
    Fault.NO_COUNTY: _("Name the counties, or say that there may be others."),
    Fault.AGE: _("Type ages as numbers, the lower one first."),
    Fault.NO_TERM: _("Tick at least one kind of help."),
    Fault.ORDER: _("Say the place in the order as a number."),
}
_SECTIONS = {
    "phone": "phones",
    "schedule": "hours",
    "language": "languages",
    "service_area": "counties",
    "eligibility_rule": "rules",
    "attribute": "term",
    "cost_option": "cost",
    "required_document": "documents",
    "accessibility": "accessibility",
    "location": "places",
    "address": "places",
}
"""Where on the page something stands that the checks found wrong."""


def sentences(errors: Iterable[FieldError], typed: Typed) -> Mapping[str, str]:
    """Return what is wrong, by the field of the form where it is told."""
    told: dict[str, str] = {}
    for error in errors:
        field = _place(error.field, typed)
        told.setdefault(field, _sentence(error))
    return told


def _place(field: str, typed: Typed) -> str:
    """Return the field of the form that an error is about.

    The checks of the directory speak of tables: `phone.number`.
    """
    table, dot, column = field.partition(".")
    if not dot or field in typed.fields:
        return field
    return column if column in typed.fields else _SECTIONS.get(table, "")


def _sentence(error: FieldError) -> str:
    if error.message == Fault.COUNTY:
        name = ", ".join(error.allowed)
        return gettext("We know no county “%(name)s”. Put commas between.", name=name)
    if error.message in set(Fault):
        return str(_SENTENCES[Fault(error.message)])
    return gettext(
        "The checks of this directory stop this: %(says)s",
        says=translated(error.message),
    )
