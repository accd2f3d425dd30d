"""Whom a service takes, as a list of facts that can be read: yes, only, no, ask."""

import datetime as dt
from dataclasses import dataclass

from directory.projection import Listing, Provenance, RuleFact
from directory.projection.standing import ANY, HEARSAY, in_force, is_firm
from directory.web.texts import gettext
from directory.web.texts import lazy_gettext as _

VALUES = {
    "woman": _("women"),
    "man": _("men"),
    "trans_woman": _("trans women"),
    "trans_man": _("trans men"),
    "nonbinary": _("nonbinary people"),
    "sex": _("sex trafficking"),
    "labor": _("labor trafficking"),
    "trafficking": _("human trafficking"),
    "domestic_violence": _("domestic violence"),
    "sexual_assault": _("sexual assault"),
    "stalking": _("stalking"),
    "child_abuse": _("child abuse"),
    "elder_abuse": _("elder abuse"),
    "other_crime": _("another crime"),
    "us_citizen": _("U.S. citizens"),
    "lpr": _("green card holders"),
    "refugee_asylee": _("refugees and asylees"),
    "t_visa": _("T visa holders"),
    "t_pending": _("people who applied for a T visa"),
    "t_bona_fide": _("people with a bona fide T visa notice"),
    "continued_presence": _("people with Continued Presence"),
    "hhs_certified": _("people with HHS certification"),
    "hhs_eligibility_letter": _("children with an HHS eligibility letter"),
    "u_visa": _("U visa holders"),
    "u_pending": _("people who applied for a U visa"),
    "vawa": _("VAWA self-petitioners"),
    "other_lawful": _("people with another lawful status"),
    "temporary_worker": _("temporary workers"),
    "undocumented": _("people without status"),
    "none": _("people without insurance"),
    "medicaid": _("people with Medicaid"),
    "medicare": _("people with Medicare"),
    "private": _("people with private insurance"),
    "mobility": _("a mobility disability"),
    "hearing": _("a hearing disability"),
    "vision": _("a vision disability"),
    "psychiatric": _("a psychiatric disability"),
    "intellectual": _("an intellectual disability"),
    "warrant": _("a warrant"),
    "record": _("a record"),
    "registry": _("a place on the registry"),
    "violent_record": _("a record of violence"),
    "pending_charges": _("pending charges"),
    "made": _("a police report that was made"),
    "willing": _("a police report that can still be made"),
    "not_willing": _("no police report"),
    "alone": _("people who come alone"),
    "with_partner": _("couples"),
    "with_children": _("people with children"),
    "with_other_adult": _("people with another adult"),
    "homeless": _("people without a home"),
    "at_risk": _("people about to lose their home"),
    "farmworker": _("farmworkers"),
    "foster_care": _("foster care"),
    "detained": _("detention"),
}
"""Answers in words, as they stand in a sentence."""

OPEN_TO_ALL = {
    "age": _("All ages"),
    "gender": _("All genders"),
    "children": _("Children may come"),
    "exploitation": _("Sex and labor trafficking alike"),
    "victimization": _("Whatever the harm was"),
    "immigration": _("Any immigration status"),
    "pets": _("Pets: yes, or a place is found for them"),
    "photo_id": _("No photo ID needed"),
    "police_report": _("No police report needed"),
    "substances": _("People who use alcohol or drugs are taken"),
    "insurance": _("With or without insurance"),
    "income": _("Any income"),
    "disability": _("They take people with disabilities"),
    "justice": _("They take people with a record or a warrant"),
    "tribal": _("Tribal membership not needed"),
    "household": _("They take families and people who come along"),
    "residence": _("From any county"),
    "faith": _("No need to take part in worship"),
    "lgbtq": _("LGBTQ people are welcome"),
}
"""What is said when a rule states that something does not matter."""

REQUIRED = {
    "gender": _("Only %(values)s"),
    "children": _("Only people with children"),
    "exploitation": _("Only survivors of %(values)s"),
    "victimization": _("Survivors of %(values)s"),
    "partner": _("Only if a partner did the harm"),
    "immigration": _("Only %(values)s"),
    "pregnant": _("Only during pregnancy"),
    "pets": _("Only people with pets"),
    "photo_id": _("Photo ID needed"),
    "police_report": _("They ask for %(values)s"),
    "substances": _("Only people who use alcohol or drugs"),
    "insurance": _("They take only %(values)s"),
    "disability": _("Only people with %(values)s"),
    "justice": _("Only people with %(values)s"),
    "tribal": _("Only members of the tribe"),
    "faith": _("Taking part in worship is required"),
    "household": _("Only %(values)s"),
    "housing_status": _("Only %(values)s"),
    "occupation": _("Only %(values)s"),
    "lgbtq": _("Only LGBTQ people"),
    "residence": _("Only people who live in the area it serves"),
    "custody": _("Only people in %(values)s"),
    "income": _("Only people with a low income"),
}

EXCLUDED = {
    "gender": _("Not %(values)s"),
    "children": _("No children"),
    "exploitation": _("Not survivors of %(values)s"),
    "victimization": _("Not survivors of %(values)s"),
    "immigration": _("Not %(values)s"),
    "pregnant": _("Not during pregnancy"),
    "pets": _("No pets"),
    "substances": _("A person must be sober"),
    "insurance": _("Not %(values)s"),
    "disability": _("Cannot host a person with %(values)s"),
    "justice": _("Not with %(values)s"),
    "household": _("Not %(values)s"),
    "custody": _("Not people in %(values)s"),
}

PREFERRED = {
    "gender": _("Mostly %(values)s"),
    "children": _("Mostly people with children"),
    "exploitation": _("Mostly survivors of %(values)s"),
    "victimization": _("Mostly survivors of %(values)s"),
    "immigration": _("Mostly %(values)s"),
    "pregnant": _("People who are pregnant come first"),
    "disability": _("Mostly people with %(values)s"),
    "household": _("Mostly %(values)s"),
    "housing_status": _("Mostly %(values)s"),
    "occupation": _("Mostly %(values)s"),
    "lgbtq": _("Mostly LGBTQ people"),
    "income": _("Mostly people with a low income"),
    "tribal": _("Mostly members of the tribe"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: `mark` is `yes`, `only`, `no` or `ask`; `words` are the source's."""

    mark: str
    text: str
    words: str
    provenance: Provenance
    basis: str

    @property
    def is_plain(self) -> bool:
        """Whether there is no shorter way to say it than the words of the source."""
        return self.text == self.words


def facts_of(listing: Listing, day: dt.date) -> list[Fact]:
    """Return what is recorded of whom `listing` takes on `day`, open doors first."""
    verified_on = listing.verified.get("eligibility")
    facts = [
        Fact(
            mark=_mark(rule, firm=is_firm(rule, day, verified_on)),
            text=fact_text(rule),
            words=rule.words,
            provenance=rule.provenance,
            basis=rule.basis,
        )
        for rule in listing.rules
        if in_force(rule, day)
    ]
    order = ("yes", "only", "no", "ask")
    return sorted(facts, key=lambda fact: order.index(fact.mark))


def fact_text(rule: RuleFact) -> str:
    """Return a rule as a short sentence."""
    if rule.attribute in {"age", "income"} and ANY not in rule.values:
        ranged = _range_text(rule)
        if ranged is not None:
            return ranged
    if ANY in rule.values and rule.attribute in OPEN_TO_ALL:
        return str(OPEN_TO_ALL[rule.attribute])
    table = {"requires": REQUIRED, "excludes": EXCLUDED, "prefers": PREFERRED}
    pattern = table[rule.effect].get(rule.attribute)
    if pattern is None or rule.attribute == "other":
        return rule.words
    return str(pattern) % {"values": value_text(rule.values)}


def value_text(values: tuple[str, ...]) -> str:
    """Return answers joined as in a sentence: `women, men and trans women`."""
    words = [str(VALUES.get(value, value.replace("_", " "))) for value in values]
    if len(words) <= 1:
        return "".join(words)
    return gettext("%(some)s or %(last)s", some=", ".join(words[:-1]), last=words[-1])


def _mark(rule: RuleFact, *, firm: bool) -> str:
    if rule.effect == "prefers" or rule.attribute == "other":
        return "ask"
    if ANY in rule.values:
        return "ask" if rule.basis in HEARSAY else "yes"
    if not firm or rule.attribute == "victimization":
        # What harm a service names decides nothing by itself: it makes one ask.
        return "ask"
    return "no" if rule.effect == "excludes" else "only"


def _range_text(rule: RuleFact) -> str | None:
    low, high = rule.minimum, rule.maximum
    if rule.attribute == "age" and (low, high) != (None, None):
        return str(_AGED[rule.effect]) % {"ages": _ages(low, high)}
    if rule.attribute == "income" and high is not None:
        return gettext(
            "Income up to %(most)s percent of the federal poverty line", most=high
        )
    return None


_AGED = {
    "requires": _("Only %(ages)s"),
    "excludes": _("Not %(ages)s"),
    "prefers": _("Mostly %(ages)s"),
}


def _ages(low: int | None, high: int | None) -> str:
    if high is None:
        return gettext("age %(low)s and older", low=low)
    if low is None:
        return gettext("up to age %(high)s", high=high)
    return gettext("ages %(low)s to %(high)s", low=low, high=high)
