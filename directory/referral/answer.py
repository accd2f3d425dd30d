"""The answer of the matcher as JSON, and as what pages show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.places import Gazetteer
from directory.projection import Line, Listing, OrganizationListing
from directory.referral.engine import Referral
from matcher import explain
from matcher.availability import Open
from matcher.explain import Note
from matcher.option import Option
from matcher.plan import Plan

_SAID_BY_CARDS = frozenset({"unverified", "closed_now"})
_CALLED = frozenset({"voice", "crisis", "text", "tty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A code and its sentence; `spoken` is how a question is put on the phone."""

    code: str
    text: str
    spoken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One option as it is shown: the listing, and what is said of it."""

    listing: Listing
    option: Option
    reasons: tuple[Said, ...]
    questions: tuple[Said, ...]
    cautions: tuple[Said, ...]
    lines: tuple[Line, ...]

    @property
    def open_now(self) -> bool | None:
        """Whether it is open; `None` where the hours are not known."""
        if self.option.open is Open.UNKNOWN:
            return None
        return self.option.open is Open.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One organization of a plan: what it covers, and the numbers to call."""

    organization: OrganizationListing
    covers: tuple[str, ...]
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]

    @property
    def alerts(self) -> tuple[str, ...]:
        """What everybody must know before calling, without repeats."""
        alerts = (card.listing.alert for card in self.cards)
        return tuple(dict.fromkeys(alert for alert in alerts if alert))

    @property
    def cautions(self) -> tuple[Said, ...]:
        """What to beware of, without repeats and without what every card says."""
        said = {said.code: said for card in self.cards for said in card.cautions}
        return tuple(x for x in said.values() if x.code not in _SAID_BY_CARDS)

    @property
    def questions(self) -> tuple[Said, ...]:
        """What is to be asked in one call about all of it, without repeats."""
        said = {said.text: said for card in self.cards for said in card.questions}
        return tuple(said.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A referral in one language."""

    cards: tuple[Card, ...]
    found: int
    plan: tuple[Call, ...]
    alternatives: tuple[tuple[Call, ...], ...]
    uncovered: tuple[str, ...]
    excluded_total: int
    excluded_by_rule: tuple[tuple[str, int], ...]
    would_open: tuple[tuple[str, int], ...]
    next_needs: tuple[str, ...]


def call_lines(listing: Listing) -> tuple[Line, ...]:
    """Return the numbers to call for `listing`, best first.

    A line that police or a dispatcher answers comes last, whatever its place.
    """
    lines = [line for line in listing.lines if line.kind in _CALLED]
    return tuple(sorted(lines, key=lambda line: line.is_law_enforcement))


def answer_of(
    referral: Referral, needs: tuple[str, ...], *, language: explain.Language = "en"
) -> Answer:
    """Return what is shown of `referral`; `needs` are the codes in their order."""
    matching = referral.matching
    listings = referral.snapshot.listings
    cards = tuple(
        _card(listings[option.service_id], option, language)
        for option in matching.options
    )
    return Answer(
        cards=cards,
        found=matching.found,
        plan=_calls(matching.plan, cards, referral, needs),
        alternatives=tuple(
            _calls(plan, cards, referral, needs) for plan in matching.alternatives
        ),
        uncovered=matching.uncovered,
        excluded_total=matching.excluded.total,
        excluded_by_rule=matching.excluded.by_rule,
        would_open=matching.excluded.would_open,
        next_needs=matching.next_needs,
    )


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return `answer` in the published shape of `POST /api/match`."""
    return {
        "options": [_option_json(card) for card in answer.cards],
        "plan": {
            "providers": _plan_json(answer.plan),
            "uncovered": list(answer.uncovered),
            "alternatives": [_plan_json(plan) for plan in answer.alternatives],
        },
        "excluded": {
            "total": answer.excluded_total,
            "by_rule": [
                {"rule": rule, "count": count}
                for rule, count in answer.excluded_by_rule
            ],
            "would_open": [
                {"answer": name, "count": count} for name, count in answer.would_open
            ],
        },
        "next": list(answer.next_needs),
        "found": answer.found,
    }


def county_name(gazetteer: Gazetteer, fips: str) -> str:
    """Return the name of a county by its FIPS code."""
    return gazetteer.by_fips(fips).name


def _card(listing: Listing, option: Option, language: explain.Language) -> Card:
    return Card(
        listing=listing,
        option=option,
        reasons=_said(option.reasons, language),
        questions=_questions(listing, option.questions, language),
        cautions=_said(option.cautions, language),
        lines=call_lines(listing),
    )


def _said(notes: tuple[Note, ...], language: explain.Language) -> tuple[Said, ...]:
    named = [_named(note, language) for note in notes]
    return tuple(
        Said(code=n.code, text=n.text(language), spoken=n.say(language)) for n in named
    )


_ASK_ABOUT = {"en": "Ask about this: {words}", "es": "Pregunte por esto: {words}"}


def _questions(
    listing: Listing, notes: tuple[Note, ...], language: explain.Language
) -> tuple[Said, ...]:
    """Return the questions; a condition that fits no question is asked in its words."""
    said: list[Said] = []
    conditions = [rule.words for rule in listing.rules if rule.attribute == "other"]
    for question in _said(notes, language):
        if question.code == "other" and conditions:
            pattern = _ASK_ABOUT[language]
            said.extend(
                Said(code="other", text=pattern.format(words=words))
                for words in dict.fromkeys(conditions)
            )
        else:
            said.append(question)
    return tuple(said)


def _named(note: Note, language: explain.Language) -> Note:
    """Put the name of a language in the place of its tag."""
    tag = note.words.get("language")
    if tag is None:
        return note
    words: Mapping[str, str] = {
        **note.words,
        "language": explain.language_name(tag, language),
    }
    return Note(code=note.code, words=words)


def _calls(
    plan: Plan, cards: tuple[Card, ...], referral: Referral, needs: tuple[str, ...]
) -> tuple[Call, ...]:
    organizations = referral.snapshot.organizations
    listings = referral.snapshot.listings
    calls = []
    for offer in plan.offers:
        organization = organizations[offer.organization_id]
        covers = tuple(n for bit, n in enumerate(needs) if offer.covers >> bit & 1)
        own = tuple(
            card
            for card in cards
            if card.listing.organization.id == organization.id
            and set(covers) & set(card.option.covers)
        )
        helping = [
            listings[service_id]
            for service_id in organization.service_ids
            if set(covers) & set(listings[service_id].codes)
        ]
        lines = {
            (line.number, line.extension): line
            for listing in helping
            for line in call_lines(listing)
        }
        calls.append(
            Call(
                organization=organization,
                covers=covers,
                lines=tuple(
                    sorted(lines.values(), key=lambda line: line.is_law_enforcement)
                ),
                cards=own,
            )
        )
    return tuple(calls)


def _option_json(card: Card) -> dict[str, Any]:
    option, listing = card.option, card.listing
    return {
        "service_id": listing.id,
        "service_name": listing.name,
        "organization_id": listing.organization.id,
        "organization_name": listing.organization.full_name,
        "covers": list(option.covers),
        "score": option.score,
        "eligibility": option.eligibility,
        "reasons": [{"code": s.code, "text": s.text} for s in card.reasons],
        "ask": [{"code": s.code, "text": s.text} for s in card.questions],
        "cautions": [{"code": s.code, "text": s.text} for s in card.cautions],
        "distance_miles": option.distance_miles,
        "reach": option.reach.name.lower(),
        "open_now": card.open_now,
        "language": None if option.language is None else option.language.value,
        "phones": _phones_json(card.lines),
        "verified_on": None
        if listing.verified_on is None
        else listing.verified_on.isoformat(),
    }


def _plan_json(plan: tuple[Call, ...]) -> list[dict[str, Any]]:
    return [
        {
            "organization_id": call.organization.id,
            "organization_name": call.organization.full_name,
            "covers": list(call.covers),
            "phones": _phones_json(call.lines),
        }
        for call in plan
    ]


def _phones_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [
        {
            "number": line.number,
            "extension": line.extension,
            "kind": line.kind,
            "answered_by": line.answered_by,
        }
        for line in lines
    ]
