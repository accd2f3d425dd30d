"""One service that may help, and all that is said of it."""

from dataclasses import dataclass

import numpy as np

from matcher.attributes import ORDER
from matcher.availability import Open
from matcher.bits import Mask
from matcher.candidate import Candidate, Capacity, Doubt, Focus
from matcher.catalog import Catalog
from matcher.criteria import SILENT
from matcher.explain import Note
from matcher.judgement import Judgement
from matcher.language import ENGLISH, LanguageMatch, match_of
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
    Reach.UNSAID: "area_unsaid",
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
    """One service in the light of one request, by its place in the judgement."""

    catalog: Catalog
    needs: Needs
    judgement: Judgement
    place: int

    @property
    def row(self) -> int:
        """Its row of the catalog."""
        return int(self.judgement.rows[self.place])

    @property
    def candidate(self) -> Candidate:
        """The service."""
        return self.catalog.candidates[self.row]

    @property
    def reach(self) -> Reach:
        """How it reaches the person."""
        return Reach(int(self.judgement.reached.reach[self.place]))

    @property
    def miles(self) -> float | None:
        """How far its nearest public site is, where a place was given."""
        miles = float(self.judgement.reached.miles[self.place])
        return None if np.isnan(miles) else round(miles, 1)

    @property
    def open(self) -> Open:
        """Whether it is open."""
        return Open(int(self.judgement.openness[self.place]))

    @property
    def room(self) -> Capacity | None:
        """The room that it reported lately."""
        return self.judgement.rooms.get(self.place)

    @property
    def language(self) -> LanguageMatch | None:
        """How the person is understood, `None` where no language was said."""
        if not self.needs.languages:
            return None
        return match_of(int(self.judgement.understood.match[self.place]))

    @property
    def spoken(self) -> str:
        """The language of the person that it is about."""
        return self.needs.languages[int(self.judgement.understood.spoken[self.place])]

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

    def says(self, column: Mask) -> bool:
        """Tell what a column of the judgement says of it."""
        return bool(column[self.place])


def option_of(seen: Seen, score: float) -> Option:
    """Return what is said of `seen`."""
    questions = door_questions(seen)
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
        distance_miles=seen.miles,
        open=seen.open,
        language=seen.language,
    )


def door_questions(seen: Seen) -> tuple[Note, ...]:
    """Return what decides whether the person is taken, and is not known."""
    notes = [
        Note(code=name) for name, asks in seen.judgement.asks.items() if seen.says(asks)
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
        notes.append(Note(code="language_ask", words={"language": seen.spoken}))
    if seen.room is None and _BEDS & set(seen.covers):
        notes.append(Note(code="room"))
    if seen.says(seen.judgement.reached.ride):
        notes.append(Note(code="ride"))
    return notes


def _reasons(seen: Seen, *, certain: bool) -> tuple[Note, ...]:
    return (
        *_where(seen),
        *_what(seen),
        *_understood(seen),
        *_fitting(seen, certain=certain),
        *_answering(seen),
        *_known(seen),
    )


def _where(seen: Seen) -> list[Note]:
    code = _REACH_REASONS.get(seen.reach)
    return [Note(code=code, words=seen.county_words)] if code else []


def _what(seen: Seen) -> list[Note]:
    asked, covered = len(seen.needs.needs), len(seen.covers)
    if covered < 2:  # noqa: PLR2004 - "helps with 1 of 3" would be no praise
        return []
    code = "covers_all" if covered == asked else "covers_several"
    return [Note(code=code, words={"count": str(covered)})]


def _understood(seen: Seen) -> list[Note]:
    if seen.language is None or seen.spoken.lower().split("-", 1)[0] == ENGLISH:
        return []
    code = _LANGUAGE_REASONS.get(seen.language)
    return [Note(code=code, words={"language": seen.spoken})] if code else []


def _fitting(seen: Seen, *, certain: bool) -> list[Note]:
    notes = []
    if certain and seen.candidate.rules:
        notes.append(Note(code="all_rules_met"))
    if seen.says(seen.judgement.made_for):
        notes.append(Note(code="tailored"))
    focus = _FOCUS_REASONS.get(seen.candidate.focus)
    return [*notes, *([Note(code=focus)] if focus else [])]


def _answering(seen: Seen) -> list[Note]:
    notes = []
    if seen.open is Open.OPEN:
        notes.append(Note(code="open_now"))
    elif seen.candidate.always_answered:
        notes.append(Note(code="answered"))
    if seen.room is not None and seen.room.available:
        words = {"count": str(seen.room.available)}
        notes.append(Note(code="has_room", words=words))
    return notes


def _known(seen: Seen) -> list[Note]:
    verified = seen.candidate.verified.get("record")
    if verified is None:
        return []
    return [Note(code="verified", words={"day": verified.isoformat()})]


def _cautions(seen: Seen) -> tuple[Note, ...]:
    reached, room = seen.judgement.reached, seen.room
    full = room is not None and not room.available
    safety = bool(seen.needs.avoid_counties or seen.needs.min_miles)
    said = (
        ("full", full),
        ("waitlist", full and room is not None and bool(room.waitlist)),
        ("no_number", not seen.candidate.can_be_called),
        *_doubted(seen.candidate),
        ("refers_only", seen.candidate.refers_only),
        ("faith_based", _prefers_others(seen, faith=True)),
        ("prefers_others", _prefers_others(seen, faith=False)),
        ("language_not_listed", seen.language is LanguageMatch.NOT_LISTED),
        ("where_unknown", safety and seen.says(reached.unplaced)),
        ("near_danger", seen.says(reached.near_danger)),
        ("closed_now", seen.open is Open.CLOSED),
        ("unverified", "record" not in seen.candidate.verified),
    )
    words = {"language": seen.spoken} if seen.needs.languages else {}
    return tuple(Note(code=code, words=words) for code, holds in said if holds)


def _doubted(candidate: Candidate) -> list[tuple[str, bool]]:
    """Return what was told or seen that speaks against the listing."""
    doubts = candidate.doubts
    dead = Doubt.WRONG_NUMBER in doubts or Doubt.NO_ANSWER in doubts
    doubtful = candidate.doubtful_line
    return [
        ("doubtful_line", doubtful),
        ("doubtful_number", dead and not doubtful),
        ("said_closed", Doubt.CLOSED in doubts),
        ("said_refuses", Doubt.REFUSES in doubts),
        ("bounced", Doubt.BOUNCE in doubts),
        ("silent", doubts.get(Doubt.SILENCE, 0) >= SILENT),
    ]


def _prefers_others(seen: Seen, *, faith: bool) -> bool:
    """Tell whether it would rather have somebody else; of faith it is the person."""
    return any(
        seen.says(others)
        for name, others in seen.judgement.others.items()
        if (name == "faith") is faith
    )
