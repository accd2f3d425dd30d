"""One service that may help, and all that is said of it."""

from dataclasses import dataclass

import numpy as np

from matcher import bits
from matcher.attributes import ORDER
from matcher.availability import Open
from matcher.candidate import Candidate, Focus
from matcher.catalog import Catalog
from matcher.explain import Note
from matcher.judgement import Judgement
from matcher.language import LanguageMatch, match_of
from matcher.needs import Needs
from matcher.reach import Reach

_BEDS = frozenset({"emergency_shelter", "transitional_housing"})
_REACH_REASONS = {
    Reach.SERVES_COUNTY: "serves_county",
    Reach.STATEWIDE: "statewide",
    Reach.REMOTE: "remote",
    Reach.TAKES_OTHERS: "takes_others",
}
_REACH_QUESTIONS = {
    Reach.PARTIAL: "area_partial",
    Reach.NEIGHBOR: "area_neighbor",
    Reach.FAR: "area_far",
}
_LANGUAGE_REASONS = {
    LanguageMatch.STAFF: "language_staff",
    LanguageMatch.INTERPRETER: "language_interpreter",
}
_FOCUS_REASONS = {
    Focus.TRAFFICKING: "trafficking_focus",
    Focus.INCLUDES_TRAFFICKING: "trafficking_included",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One service that may help, with what speaks for it and what is to be asked.

    `eligibility` is `yes` or `ask`. `distance_miles` is known only between a place that
    was given and a public site. `questions` come first that close most doors.
    """

    service_id: str
    organization_id: str
    covers: tuple[str, ...]
    score: float
    eligibility: str
    reasons: tuple[Note, ...]
    questions: tuple[Note, ...]
    cautions: tuple[Note, ...]
    reach: Reach
    distance_miles: float | None
    open: Open
    language: LanguageMatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One row of the catalog in the light of one request."""

    catalog: Catalog
    needs: Needs
    judgement: Judgement
    row: int

    @property
    def candidate(self) -> Candidate:
        """The service."""
        return self.catalog.candidates[self.row]

    @property
    def reach(self) -> Reach:
        """How it reaches the person."""
        return Reach(int(self.judgement.reached.reach[self.row]))

    @property
    def open(self) -> Open:
        """Whether it is open."""
        return Open(int(self.judgement.openness[self.row]))

    @property
    def room(self) -> int | None:
        """How much is free, `None` where nothing fresh was reported."""
        return self.judgement.rooms.get(self.row)

    @property
    def language(self) -> LanguageMatch | None:
        """How the person is understood, `None` where no language was said."""
        if not self.needs.languages:
            return None
        return match_of(int(self.judgement.language[self.row]))

    @property
    def language_words(self) -> dict[str, str]:
        """The first language of the person, to fill a sentence."""
        return {"language": self.needs.languages[0]}

    @property
    def county_words(self) -> dict[str, str]:
        """The county of the person, to fill a sentence."""
        county = self.needs.county
        return (
            {} if county is None else {"county": self.catalog.geography.names[county]}
        )

    @property
    def covers(self) -> tuple[str, ...]:
        """The needs that it covers, in their order."""
        return tuple(n.code for n in self.needs.needs if n.code in self.candidate.codes)


def option_of(seen: Seen, score: float) -> Option:
    """Return what is said of `seen`."""
    questions = door_questions(seen)
    miles = float(seen.judgement.reached.miles[seen.row])
    return Option(
        service_id=seen.candidate.id,
        organization_id=seen.candidate.organization_id,
        covers=seen.covers,
        score=round(score, 4),
        eligibility="ask" if questions else "yes",
        reasons=_reasons(seen, certain=not questions),
        questions=(*questions, *_other_questions(seen)),
        cautions=_cautions(seen),
        reach=seen.reach,
        distance_miles=None if np.isnan(miles) else round(miles, 1),
        open=seen.open,
        language=seen.language,
    )


def door_questions(seen: Seen) -> tuple[Note, ...]:
    """Return what decides whether the person is taken, and is not known."""
    notes = [
        Note(code=name)
        for name, asks in seen.judgement.verdicts.asks.items()
        if bits.has(asks, seen.row)
    ]
    notes.sort(key=lambda note: ORDER[note.code])
    area = _REACH_QUESTIONS.get(seen.reach)
    if area is not None:
        notes.insert(0, Note(code=area, words=seen.county_words))
    return tuple(notes)


def _other_questions(seen: Seen) -> list[Note]:
    """Return what is worth asking, though it closes no door."""
    notes = []
    if seen.language in {LanguageMatch.NOT_RECORDED, LanguageMatch.NOT_LISTED}:
        notes.append(Note(code="language_ask", words=seen.language_words))
    if seen.room is None and _BEDS & set(seen.covers):
        notes.append(Note(code="room"))
    return notes


def _reasons(seen: Seen, *, certain: bool) -> tuple[Note, ...]:
    notes = [
        *_where(seen),
        *_what(seen),
        *_understood(seen),
        *([Note(code="all_rules_met")] if certain and seen.candidate.rules else []),
    ]
    if seen.open is Open.OPEN:
        notes.append(Note(code="open_now"))
    if seen.room:
        notes.append(Note(code="has_room", words={"count": str(seen.room)}))
    focus = _FOCUS_REASONS.get(seen.candidate.focus)
    if focus is not None:
        notes.append(Note(code=focus))
    verified = seen.candidate.verified.get("record")
    if verified is not None:
        notes.append(Note(code="verified", words={"day": verified.isoformat()}))
    return tuple(notes)


def _where(seen: Seen) -> list[Note]:
    code = _REACH_REASONS.get(seen.reach) if seen.needs.county else None
    return [Note(code=code, words=seen.county_words)] if code else []


def _what(seen: Seen) -> list[Note]:
    asked, covered = len(seen.needs.needs), len(seen.covers)
    if covered < 2:  # noqa: PLR2004 - "helps with 1 of 3" would be no praise
        return []
    code = "covers_all" if covered == asked else "covers_several"
    return [Note(code=code, words={"count": str(covered)})]


def _understood(seen: Seen) -> list[Note]:
    if seen.language is None or seen.needs.languages[0].lower().startswith("en"):
        return []
    code = _LANGUAGE_REASONS.get(seen.language)
    return [Note(code=code, words=seen.language_words)] if code else []


def _cautions(seen: Seen) -> tuple[Note, ...]:
    hidden = bool(seen.judgement.reached.unplaced[seen.row])
    safety = bool(seen.needs.avoid_counties or seen.needs.min_miles)
    prefers = seen.judgement.verdicts.prefers_others.values()
    said = (
        ("full", seen.room == 0),
        ("no_number", not seen.candidate.can_be_called),
        ("refers_only", seen.candidate.refers_only),
        ("prefers_others", any(bits.has(others, seen.row) for others in prefers)),
        ("language_not_listed", seen.language is LanguageMatch.NOT_LISTED),
        ("where_unknown", hidden and safety),
        ("closed_now", seen.open is Open.CLOSED),
        ("unverified", "record" not in seen.candidate.verified),
    )
    words = seen.language_words if seen.needs.languages else {}
    return tuple(Note(code=code, words=words) for code, holds in said if holds)
