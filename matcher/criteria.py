"""The weights of the score, and every number that the ranking turns on.

The score of a service is the sum of weight x value, each value between 0 and 1 and the
weights adding up to 1, so the score is between 0 and 1.
"""

from collections.abc import Mapping

from matcher.needs import Travel, Urgency

NEEDS = 0.20
"""How much of what is needed it covers. A shelter that also has a case worker, for
somebody who needs both now: 1. With one of two equal needs: 0.5."""

ELIGIBILITY = 0.18
"""How certain it is that the person is taken. Nothing to ask: 1; a question that can
close the door halves it, one that seldom does leaves four fifths."""

REACH = 0.30
"""Whether it serves where the person is. Serves the county: 1; all of the state: 0.8;
perhaps, from the next county: about 0.3."""

LANGUAGE = 0.15
"""Whether the person is understood. Staff speak Spanish, and Spanish was asked: 1."""

FOCUS = 0.05
"""Whether it is made for survivors of trafficking: 1, names them: 0.6, says nothing:
0.2."""

TAILORED = 0.05
"""Whether it is made for such a person. A home for LGBTQ youth, for a trans woman of
19: 1. A home for anybody: 0."""

AVAILABILITY = 0.04
"""Room that was just reported: 1, open where something is needed now: 1; not known:
0.5; full: 0."""

FRESHNESS = 0.02
"""How lately somebody confirmed it. All of it confirmed today: 1; never confirmed, with
a source of this month: 0.3; with none that bears a date: 0."""

PHASE = 0.01
"""Whether the needs it covers are usual in the phase that was said. Never a gate."""

WEIGHTS: Mapping[str, float] = {
    "needs": NEEDS,
    "eligibility": ELIGIBILITY,
    "reach": REACH,
    "language": LANGUAGE,
    "focus": FOCUS,
    "tailored": TAILORED,
    "availability": AVAILABILITY,
    "freshness": FRESHNESS,
    "phase": PHASE,
}
"""The parts of the score by name; together they weigh 1."""

URGENCY = {Urgency.NOW: 3.0, Urgency.SOON: 2.0, Urgency.LATER: 1.0}
"""What a need weighs beside the others."""

REFERS_ONLY = 0.5
"""What of the needs counts where a service only sends on to others."""

BEGINS = 0.5
"""The same where a line talks about what must be treated."""

NO_NUMBER = 0.5
"""What of the needs counts where no number of the service is known."""

DOUBTFUL_LINE = 0.75
"""The same where every number of it is said not to work: perhaps one does."""

QUESTION = 0.5
"""What an open question leaves of the certainty."""

LIKELY_AREA_QUESTION = 0.8
"""The same for the question whether people from the county are taken where that is
likely: it serves the next county, or does not say which counties it serves."""

SELDOM_QUESTION = 0.8
"""The same for a question that seldom closes a door: what harm a service names."""

PREFERS_OTHERS = 0.6
"""The same where the service would rather have somebody else, or the person would."""

FOCUS_VALUES = (0.2, 0.6, 1.0)
"""By focus: general, names survivors of trafficking, made for them."""

LANGUAGE_STAFF = 1.0
LANGUAGE_INTERPRETER = 0.75
LANGUAGE_NOT_RECORDED = 0.3
LANGUAGE_NOT_LISTED = 0.15
LATER_LANGUAGE = 0.9
"""What a person's second language counts of the first; the third, of the second."""

REACH_SERVES = 1.0
REACH_STATEWIDE = 0.8
REACH_REMOTE = 0.75
REACH_TAKES_OTHERS = 0.6
REACH_UNSAID = 0.5
REACH_PARTIAL = 0.6
REACH_NEIGHBOR = 0.5
REACH_FAR = 0.25

FAR_SHARE = 0.1
"""What distance leaves in the end of a reach that is not the person's own county: in
the next town 1, at `HALF_WAY_MILES` 0.55, at the other end of the state 0.1. Of a place
that is nowhere said nothing is taken."""

RIDE = 0.7
"""What is left of a sure reach where the place is farther than the person can go."""

MILES = {
    Travel.WALK: 2.0,
    Travel.TRANSIT: 15.0,
    Travel.CAR: 60.0,
    Travel.ANYWHERE: 1000.0,
}
"""How far a person can go, in miles, by how they travel."""

UNSAID_MILES = 60.0
"""How far a service outside the county may be when nothing was said of travel."""

COUNTY_MILES = 15.0
"""How much nearer or farther a place may be than its county's middle says."""

HALF_WAY_MILES = 35.0
"""The distance at which nearness has lost half of its value."""

OPEN_UNKNOWN = 0.5
OPEN_CLOSED = 0.3
OPEN_NOW = 1.0

HALF_LIFE_DAYS: Mapping[str, float] = {
    "record": 180.0,
    "eligibility": 180.0,
    "hours": 90.0,
    "capacity": 0.5,
}
"""The age at which the confirmation of a fact has lost half of its value."""

FRESHNESS_SHARES: Mapping[str, float] = {
    "record": 0.5,
    "eligibility": 0.3,
    "hours": 0.2,
}
"""What each fact counts in the freshness; room counts in the availability."""

DOUBTS: Mapping[str, tuple[float, ...]] = {
    "closed": (0.3,),
    "wrong_number": (0.5,),
    "no_answer": (0.6,),
    "refuses": (0.5,),
    "bounce": (0.7,),
    "silence": (0.9, 0.8, 0.6),
}
"""What a doubt leaves of the freshness, seen once, twice, and so on; the last holds for
more. Two letters without an answer: 0.8; and mail that does not arrive: 0.56. What only
one person told is no doubt yet, and changes nothing."""

SILENT = 3
"""How many letters in a row must stay without an answer before a card says so."""

SOURCED = 0.3
"""What a source of today is worth beside a confirmation of today."""

SOURCE_HALF_LIFE_DAYS = 730.0
"""The age at which a source has lost half of its value."""

ALTERNATIVES = 3
"""How many other plans are given at most."""

MAX_NEEDS = 12
"""How many needs one request may have; the exact plan is over all their subsets."""

BEST_OF_EACH = 3
"""How many options of each need are shown, however well those of another score."""

QUESTIONS_SHOWN = 3
"""How many questions a card shows before the rest is folded."""
