"""The needs form: what a browser posts, turned into a request to the matcher.

It changes nothing, so it has no token, and nothing of it is kept: no cookie, no
session, no address. Whether an answer makes sense is for `read_request` to say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import ImmutableMultiDict
from wtforms import (  # type: ignore[attr-defined] # its types know no SelectChoice
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)

from directory.errors import FieldError
from directory.places import Gazetteer
from directory.referral.request import MAX_NEEDS
from directory.referral.wording import known_languages
from directory.vocabulary import Term
from directory.web.texts import gettext
from directory.web.texts import lazy_gettext as _

URGENCIES = {"now": _("Now"), "soon": _("Soon"), "later": _("Later")}
MAX_OPTIONS = 100
"""How many options the page asks for; most of them are folded."""

_ADULT = 18
_MINOR_BANDS = {"under_13", "13_17"}
_UNSAID = ("", _("Prefer not to say"))
_YES_NO = [_UNSAID, ("yes", _("Yes")), ("no", _("No"))]
_LISTS = ("immigration", "disability", "justice_involved")
_YES_FIELDS = (
    "pregnant",
    "pets",
    "photo_id",
    "using_substances",
    "partner_was_trafficker",
    "tribal_member",
    "faith_based_ok",
)
_WORDS = (
    "age_band",
    "gender",
    "exploitation",
    "police_report",
    "insurance",
    "income_band",
    "household",
)


def _offered(*pairs: tuple[str, str]) -> list[Any]:
    """Return answers that can be chosen, as the library takes them."""
    return [SelectChoice(value, label) for value, label in pairs]


def _choice(label: str, why: str, choices: Sequence[tuple[str, str]]) -> RadioField:
    """Make a question with one answer, "prefer not to say" first and chosen."""
    return RadioField(
        label,
        description=why,
        choices=_offered(_UNSAID, *choices),
        default="",
        validate_choice=False,
    )


def _yes_no(label: str, why: str) -> RadioField:
    return _choice(label, why, _YES_NO[1:])


def _several(
    label: str, why: str, choices: Sequence[tuple[str, str]]
) -> SelectMultipleField:
    """Make a question with several answers; none ticked is "prefer not to say"."""
    return SelectMultipleField(
        label, description=why, choices=_offered(*choices), validate_choice=False
    )


class MatchForm(Form):
    """What is needed, where, in which language; and only if it helps, more."""

    need = SelectMultipleField(_("What is needed"), validate_choice=False)
    place = StringField(_("County or ZIP code"))
    language = SelectField(_("Language"), default="", validate_choice=False)

    age = StringField(
        _("Age in years"),
        description=_("Some programs are for some ages only. Leave it empty to skip."),
    )
    age_band = _choice(
        _("Or about how old"),
        _("Enough for most programs."),
        [
            ("under_13", _("Under 13")),
            ("13_17", _("13 to 17")),
            ("18_24", _("18 to 24")),
            ("25_59", _("25 to 59")),
            ("60_over", _("60 or older")),
        ],
    )
    gender = _choice(
        _("Gender"),
        _("Many shelters are for women only. Some are for everybody."),
        [
            ("woman", _("Woman")),
            ("man", _("Man")),
            ("trans_woman", _("Trans woman")),
            ("trans_man", _("Trans man")),
            ("nonbinary", _("Nonbinary")),
        ],
    )
    children = _choice(
        _("Children who come along"),
        _("Not every place has room for children."),
        [
            ("0", _("None")),
            ("1", "1"),
            ("2", "2"),
            ("3", "3"),
            ("4", _("4 or more")),
        ],
    )
    pregnant = _yes_no(
        _("Pregnant"), _("Some programs are for pregnancy, some cannot host it.")
    )
    household = _choice(
        _("Who else comes along"),
        _("Most shelters cannot take couples or a second adult."),
        [
            ("alone", _("Nobody")),
            ("with_children", _("Children")),
            ("with_partner", _("A partner")),
            ("with_other_adult", _("Another adult")),
        ],
    )
    pets = _yes_no(_("Pets"), _("Some shelters take them or find them a place."))
    disability = _several(
        _("Disability"),
        _("So that you can ask whether a place is ready for it."),
        [
            ("none", _("None of these")),
            ("mobility", _("Moving about")),
            ("hearing", _("Hearing")),
            ("vision", _("Seeing")),
            ("psychiatric", _("Mental health")),
            ("intellectual", _("Learning or understanding")),
        ],
    )
    exploitation = _choice(
        _("What kind of trafficking"),
        _("Some programs are for sex trafficking only, some for labor trafficking."),
        [
            ("sex", _("Sex trafficking")),
            ("labor", _("Labor trafficking")),
            ("both", _("Both")),
        ],
    )
    partner_was_trafficker = _yes_no(
        _("Was a partner or ex-partner the trafficker"),
        _("It opens the doors of domestic violence agencies."),
    )
    police_report = _choice(
        _("Police report"),
        _("Victim compensation needs one. Most help does not."),
        [
            ("made", _("Made")),
            ("willing", _("Not made, but willing")),
            ("not_willing", _("Not willing")),
        ],
    )
    immigration = _several(
        _("Immigration status"),
        _("Some help asks for a status. You may skip this; we then say “ask”."),
        [
            ("us_citizen", _("U.S. citizen")),
            ("lpr", _("Green card")),
            ("refugee_asylee", _("Refugee or asylee")),
            ("t_visa", _("T visa")),
            ("t_pending", _("T visa applied for")),
            ("t_bona_fide", _("T visa: bona fide notice")),
            ("continued_presence", _("Continued Presence")),
            ("hhs_certified", _("HHS certification letter")),
            ("hhs_eligibility_letter", _("HHS eligibility letter (child)")),
            ("u_visa", _("U visa")),
            ("u_pending", _("U visa applied for")),
            ("vawa", _("VAWA self-petition")),
            ("temporary_worker", _("Temporary worker visa")),
            ("other_lawful", _("Another lawful status")),
            ("undocumented", _("No status")),
        ],
    )
    photo_id = _yes_no(
        _("Has a photo ID"), _("Traffickers often take papers. Some places ask for ID.")
    )
    insurance = _choice(
        _("Health insurance"),
        _("Clinics differ in what they take."),
        [
            ("none", _("None")),
            ("medicaid", _("Medicaid")),
            ("medicare", _("Medicare")),
            ("private", _("Private")),
        ],
    )
    income_band = _choice(
        _("Income, as a share of the federal poverty line"),
        _("Free legal help and clinics often have a limit. Most survivors are below."),
        [
            ("under_100", _("Below 100%%") % {}),
            ("100_150", _("100 to 150%%") % {}),
            ("151_200", _("151 to 200%%") % {}),
            ("201_250", _("201 to 250%%") % {}),
            ("251_300", _("251 to 300%%") % {}),
            ("over_300", _("Over 300%%") % {}),
        ],
    )
    using_substances = _yes_no(
        _("Uses alcohol or drugs now"), _("Some shelters ask for sobriety.")
    )
    justice_involved = _several(
        _("Criminal matters"),
        _("Some places check. Traffickers often force people into crime."),
        [
            ("none", _("None of these")),
            ("warrant", _("A warrant")),
            ("pending_charges", _("Pending charges")),
            ("record", _("A record")),
            ("violent_record", _("A record of violence")),
            ("registry", _("On a registry")),
        ],
    )
    tribal_member = _yes_no(
        _("Member of a tribe"), _("Some programs are for tribal members.")
    )
    faith_based_ok = _yes_no(
        _("Taking part in worship is fine"), _("A few homes require it.")
    )
    reach = _choice(
        _("How far can they travel"),
        _("So that nothing out of reach comes first."),
        [
            ("walk", _("On foot")),
            ("transit", _("By bus")),
            ("car", _("By car")),
            ("anywhere", _("Anywhere in the state")),
            ("remote_only", _("Only by phone or online")),
        ],
    )
    avoid = StringField(
        _("Counties to avoid"),
        description=_(
            "Where it is not safe to be seen. Put commas between them: Wake, Durham."
        ),
    )
    min_miles = _choice(
        _("At least this far away"),
        _("For places whose address is public. Hidden places are never measured."),
        [
            ("25", _("25 miles")),
            ("50", _("50 miles")),
            ("100", _("100 miles")),
        ],
    )
    interpreter_ok = _yes_no(
        _("An interpreter is fine"),
        _("Some people do not want a third person, or one from their own community."),
    )
    phase = _choice(
        _("Where on the way"),
        _("It only changes the order a little. It closes nothing."),
        [
            ("initial_freedom", _("First days and weeks")),
            ("recovery", _("Recovery")),
            ("independence", _("Toward independence")),
        ],
    )

    def __init__(
        self, sent: ImmutableMultiDict[str, str] | None, *, names: Mapping[str, str]
    ) -> None:
        """Read what was `sent`; `names` are the names of languages by tag."""
        # "Prefer not to say" is sent as nothing, and is the same as not sent at all.
        said = [(k, v) for k, v in sent.items(multi=True) if v.strip()] if sent else []
        self.sent = ImmutableMultiDict(said)
        super().__init__(self.sent if said else None)
        self.language.choices = _offered(("", _("No wish")), *names.items())
        self.problems: dict[str, str] = {}

    def urgency(self, code: str) -> str:
        """Return how soon a need must be met."""
        said = str(self.sent.get(f"urgency-{code}", "now"))
        return said if said in URGENCIES else "now"

    def request_data(self, gazetteer: Gazetteer) -> dict[str, Any]:
        """Return what was answered as `read_request` takes it."""
        place = (self.place.data or "").strip()
        is_zip = re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", place) is not None
        return {
            "needs": [
                {"code": code, "urgency": self.urgency(code)}
                for code in dict.fromkeys(self.need.data or ())
            ],
            "zip": place[:5] if is_zip else None,
            "county": None if is_zip else _county(place, gazetteer),
            "languages": [self.language.data] if self.language.data else [],
            "interpreter_ok": _yes(self.interpreter_ok.data),
            "reach": self.reach.data,
            "avoid_counties": [
                name.strip()
                for name in re.split(r"[,;\n]", self.avoid.data or "")
                if name.strip()
            ],
            "min_miles": self.min_miles.data,
            "phase": self.phase.data,
            "person": self._person(),
            "limit": MAX_OPTIONS,
        }

    def take(self, errors: Iterable[FieldError]) -> None:
        """Keep what is wrong, by field and in words for the page."""
        for error in errors:
            field = _FORM_FIELDS.get(error.field.split(".")[0])
            if field is None:
                field = error.field.removeprefix("person.").split(".")[0]
            if field not in self:
                field = "need"
            self.problems[field] = str(_PROBLEMS.get(field, _PROBLEMS[""]))
        if "need" in self.problems and len(self.need.data or ()) > MAX_NEEDS:
            self.problems["need"] = gettext(
                "Tick at most %(most)s needs at a time.", most=MAX_NEEDS
            )

    def needs_beyond(self, terms: Iterable[Term]) -> bool:
        """Tell whether a need was ticked that is not one of `terms`."""
        return bool(set(self.need.data or ()) - {term.code for term in terms})

    def urgencies(self) -> list[tuple[str, str]]:
        """Return how soon something can be needed: codes, and their words."""
        return [(code, str(name)) for code, name in URGENCIES.items()]

    def sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the questions that may be skipped, by the heading they stand under."""
        return [(str(title), names) for title, names in _SECTIONS]

    def said_more(self) -> bool:
        """Tell whether one of the questions that may be skipped was answered."""
        names = [name for _title, some in _SECTIONS for name in some]
        return any(self[name].data or name in self.problems for name in names)

    def is_minor(self) -> bool:
        """Tell whether the person is under 18, as far as was said."""
        age = (self.age.data or "").strip()
        if age.isascii() and age.isdigit():
            return int(age) < _ADULT
        return self.age_band.data in _MINOR_BANDS

    def _person(self) -> dict[str, Any]:
        person: dict[str, Any] = {name: self[name].data for name in _WORDS}
        person.update({name: _yes(self[name].data) for name in _YES_FIELDS})
        person["age"] = (self.age.data or "").strip()
        person["children"] = self.children.data
        for name in _LISTS:
            ticked = list(self[name].data or ())
            said = [value for value in ticked if value != "none"]
            # "None of these" is an answer, nothing ticked is not.
            person[name] = said if ticked else None
        return person


_SECTIONS = (
    (_("The person"), ("age", "age_band", "gender", "pregnant", "disability")),
    (_("Who and what comes along"), ("children", "household", "pets")),
    (
        _("What happened"),
        ("exploitation", "partner_was_trafficker", "police_report"),
    ),
    (_("Papers and money"), ("immigration", "photo_id", "insurance", "income_band")),
    (
        _("What some places ask"),
        ("using_substances", "justice_involved", "tribal_member", "faith_based_ok"),
    ),
    (
        _("Where it is safe, and how to get there"),
        ("avoid", "min_miles", "reach", "interpreter_ok", "phase"),
    ),
)
"""The questions that may be skipped, in the order of the page."""

_FORM_FIELDS = {
    "needs": "need",
    "county": "place",
    "zip": "place",
    "languages": "language",
    "avoid_counties": "avoid",
    "min_miles": "min_miles",
    "reach": "reach",
    "phase": "phase",
    "interpreter_ok": "interpreter_ok",
}
"""Where an error of a request is shown on the form."""

_PROBLEMS = {
    "": _("This answer cannot be used. Choose one of those offered."),
    "need": _("Tick at least one need."),
    "place": _(
        "We do not know this place. Type a North Carolina county, city or ZIP code."
    ),
    "age": _("Type the age as a number, such as 24, or leave it empty."),
    "avoid": _("We do not know one of these counties. Put commas between them."),
}


def language_names(name: Any) -> dict[str, str]:  # noqa: ANN401 - a function of the tag
    """Return the languages that can be asked for, English and Spanish first."""
    first, rest = known_languages()[:2], known_languages()[2:]
    return {tag: name(tag) for tag in (*first, *sorted(rest, key=name))}


def _yes(text: object) -> object:
    return {"yes": True, "no": False}.get(str(text), text or None)


def _county(place: str, gazetteer: Gazetteer) -> str | None:
    """Return the county that is meant: a city stands for the county it lies in."""
    if not place:
        return None
    found = gazetteer.find(place)
    # What is no place is passed on as it is, and refused with a sentence there.
    return place if found is None else gazetteer.by_fips(found.county).name
