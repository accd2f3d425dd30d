"""What the fields of a form of a listing are called."""

from collections.abc import Callable, Mapping

from directory.curation.records.subject import SubjectKind
from directory.web.labels import DAYS
from directory.web.record_words import ATTRIBUTES, label_of, record_name
from directory.web.texts import gettext

_OWN = {
    "": lambda: gettext("This form"),
    "why": lambda: gettext("Why"),
    "phones": lambda: record_name("phone"),
    "languages": lambda: record_name("language"),
    "hours": lambda: record_name("schedule"),
    "rules": lambda: record_name("eligibility_rule"),
    "places": lambda: record_name("location"),
    "term": lambda: record_name("attribute"),
    "cost": lambda: record_name("cost_option"),
    "documents": lambda: record_name("required_document"),
    "accessibility": lambda: record_name("accessibility"),
    "counties": lambda: gettext("Counties"),
    "cost_note": lambda: label_of("cost_option", "amount_description"),
}
_OF_A_ROW: Mapping[str, Callable[[str], str]] = {
    "phone": lambda rest: f"{record_name('phone')}: {label_of('phone', _last(rest))}",
    "language": lambda rest: (
        f"{record_name('language')}: {label_of('language', _last(rest))}"
    ),
    "hours": lambda rest: str(DAYS.get(rest[:2], rest)),
    "rule": lambda rest: str(ATTRIBUTES.get(rest.partition("-")[0], rest)),
    "place": lambda _rest: record_name("location"),
}


def label_of_field(kind: SubjectKind, name: str) -> str:
    """Return how a field of the form is called, such as `phone-…-number`."""
    if name in _OWN:
        return _OWN[name]()
    head, _, rest = name.partition("-")
    if head in _OF_A_ROW and rest:
        return _OF_A_ROW[head](rest)
    return label_of(kind.value, name)


def _last(name: str) -> str:
    return name.rpartition("-")[2]
