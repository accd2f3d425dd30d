"""The form of a listing, as its page asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from directory.curation.correction import (
    Book,
    Fields,
    Typed,
    fields_of,
    main,
    phones,
    place,
    rules,
)
from directory.curation.correction import hours as weekly
from directory.curation.correction import languages as spoken
from directory.curation.correction.day import Answer
from directory.curation.correction.typed import one_line
from directory.curation.records.dossier import Dossier
from directory.curation.records.showing import narrower_for_providers
from directory.curation.records.subject import SubjectKind
from directory.errors import FieldError
from directory.hsds import Coverage
from directory.keys import new_key
from directory.web import labels
from directory.web.forms.match import language_names
from directory.web.language import name_of_language
from directory.web.portal.forms.book import ANY_LANGUAGE
from directory.web.portal.forms.names import label_of_field
from directory.web.portal.forms.problems import sentences
from directory.web.portal.forms.sent import SentForm
from directory.web.record_words import (
    ANSWERERS,
    ATTRIBUTES,
    COVERAGE,
    OUT_OF_COUNTY,
    STATUS,
    VISIBILITY,
    cell_text,
    rule_text,
    schedule_text,
    summary,
)
from directory.web.texts import gettext

_Options = Sequence[tuple[str, str]]
_Row = tuple[str, str]
_BOXES = frozenset({"delivery", "access", "term"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingForm:
    """The form of one listing: what is recorded, what is typed, what is wrong.

    `typed` is what stands in its fields. `problems` are sentences by field.
    """

    dossier: Dossier
    recorded: Fields
    typed: Typed
    problems: Mapping[str, str] = field(default_factory=dict)
    once: str = field(default_factory=new_key)

    @classmethod
    def of(cls, dossier: Dossier, book: Book) -> "ListingForm":
        """Return the form of a listing as it stands."""
        recorded = fields_of(dossier, book)
        return cls(dossier=dossier, recorded=recorded, typed=Typed(recorded))

    @classmethod
    def again(
        cls,
        dossier: Dossier,
        sent: SentForm,
        book: Book,
        errors: Iterable[FieldError] = (),
    ) -> "ListingForm":
        """Return a form that comes back, with all that was typed in it."""
        return cls(
            dossier=dossier,
            recorded=fields_of(dossier, book),
            typed=sent.typed,
            problems=sentences(errors, sent.typed),
        )

    @property
    def is_service(self) -> bool:
        """Whether the listing is a service, and not an organization."""
        return self.dossier.subject.kind is SubjectKind.SERVICE

    @property
    def name(self) -> str:
        """What the listing is called now."""
        return self.dossier.main["name"]

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.typed.one(name, "".join(self.recorded.get(name, ())[:1]))

    def is_ticked(self, name: str, code: str) -> bool:
        """Tell whether one of a group of boxes is ticked."""
        if not self.typed.has(name):
            return code in self.recorded.get(name, ())
        return code in self.typed.many(name)

    def is_open(self, *parts: str) -> bool:
        """Tell whether a folded part must be open: something in it needs a look.

        A part is the name of a field, or what the names of its fields begin with.
        """
        names = {*self.typed.fields, *self.problems}
        inside = [
            n for n in names if any(n == p or n.startswith(f"{p}-") for p in parts)
        ]
        return any(n in self.problems or self._differs(n) for n in inside)

    def _differs(self, name: str) -> bool:
        if name not in self.recorded:
            return False
        if name in _BOXES:
            return {*self.typed.many(name)} != {*self.recorded[name]}
        return one_line(self.typed.one(name)) != one_line(self.recorded[name][0])

    def label(self, name: str) -> str:
        """Return how a field is called, for the list of what is wrong."""
        return label_of_field(self.dossier.subject.kind, name)

    # The parts of the page, each with what can be chosen.

    def phones(self) -> Sequence[_Row]:
        """Return the rows of numbers, and what each is called."""
        held = phones.in_order(self.dossier)
        rows = [(i, cell_text("phone", "number", c["number"])) for i, c in held]
        new = gettext("Another number")
        return [*rows, *((row, new) for row in phones.NEW)]

    def is_new(self, row: str) -> bool:
        """Tell whether a row is one to add something in."""
        return row in {*phones.NEW, *spoken.NEW}

    def languages(self) -> Sequence[_Row]:
        """Return the rows of languages, and what each is called."""
        held = spoken.in_order(self.dossier)
        rows = [(i, cell_text("language", "code", c["code"])) for i, c in held]
        return [*rows, *((row, gettext("Another language")) for row in spoken.NEW)]

    def language_codes(self) -> _Options:
        """Return the languages that can be added."""
        names = language_names(name_of_language)
        return [*names.items(), (ANY_LANGUAGE, name_of_language(ANY_LANGUAGE))]

    def days(self) -> _Options:
        """Return the days of a week."""
        return [(code, str(name)) for code, name in labels.DAYS.items()]

    def answers_of_a_day(self) -> _Options:
        """Return what can be said of a day."""
        return [
            (Answer.NOT_SAID.value, gettext("Not said")),
            (Answer.OPEN.value, gettext("Open")),
            (Answer.CLOSED.value, gettext("Closed")),
            (Answer.BY_APPOINTMENT.value, gettext("By appointment")),
        ]

    def problems_of(self, names: Iterable[str]) -> _Options:
        """Return what is wrong with some fields, to stand together."""
        return [(name, self.problems[name]) for name in names if name in self.problems]

    def spans(self) -> Sequence[int]:
        """Return the numbers of the spans that a day can have."""
        return range(1, weekly.rows_of(self.dossier) + 1)

    def has_span(self, number: int) -> bool:
        """Tell whether any day opens that often, or something is wrong with that."""
        names = [
            f"hours-{day}-{number}-{end}"
            for day in weekly.DAYS
            for end in ("opens", "closes")
        ]
        return any(self.value(name) or name in self.problems for name in names)

    def other_hours(self) -> Sequence[str]:
        """Return the hours that stay as they are."""
        return [schedule_text(cells) for cells in weekly.kept_of(self.dossier)]

    def questions(self) -> Sequence[tuple[str, str, _Options]]:
        """Return the questions about whom it takes, each with its answers."""
        return [
            (f"rule-{attribute}", str(ATTRIBUTES[attribute]), self._answers(attribute))
            for attribute in rules.OPTIONS
            if not rules.is_fixed(self.dossier, attribute)
        ]

    def _answers(self, attribute: str) -> _Options:
        held = rules.rules_of(self.dossier, attribute)
        now = rules.answer_of(self.dossier, attribute)
        kept = [(rules.KEPT, rule_text(held[0][1]))] if now == rules.KEPT else []
        ages = [(rules.AGES, gettext("These ages:"))] if attribute == "age" else []
        offered = [
            (option.code, rule_text({"attribute": attribute, **option.cells}))
            for option in rules.OPTIONS[attribute]
        ]
        return [("", gettext("Not said")), *kept, *offered, *ages]

    def other_rules(self) -> Sequence[str]:
        """Return the rules that stay as they are."""
        return [rule_text(cells) for cells in rules.others_of(self.dossier)]

    def places(self) -> Sequence[tuple[str, str, _Options]]:
        """Return the places of which less can be shown, each with how much less."""
        return [
            (
                f"place-{i}",
                summary("location", cells),
                [
                    (v, str(VISIBILITY[v]))
                    for v in narrower_for_providers(cells["visibility"])
                ],
            )
            for i, cells in place.places_of(self.dossier)
        ]

    def statuses(self) -> _Options:
        """Return whether it is open: what can be said, and what is said now."""
        now = self.dossier.main["status"]
        codes = dict.fromkeys((*main.STATUSES, now))
        return [(code, str(STATUS[code])) for code in codes]

    def coverages(self) -> _Options:
        """Return how far it reaches: what can be said, and what is said now."""
        said = [c for c in COVERAGE if c != Coverage.SITE_ONLY]
        codes = dict.fromkeys((*said, self.dossier.main["coverage"]))
        return [(code, str(COVERAGE[code])) for code in codes]

    def choices(self, of: str) -> _Options:
        """Return the answers that one of the fixed lists offers."""
        return [(code, str(name)) for code, name in _LISTS[of].items()]


_LISTS: Mapping[str, Mapping[str, str]] = {
    "type": labels.LINE_KINDS,
    "answered_by": ANSWERERS,
    "by": labels.LANGUAGE_BY,
    "cost": labels.COST,
    "delivery": {code: labels.DELIVERY[code] for code in main.DELIVERY},
    "access": {code: labels.ACCESS[code] for code in main.ACCESS},
    "out_of_county": OUT_OF_COUNTY,
}
