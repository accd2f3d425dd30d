"""The weights of the score, and every number that the ranking turns on.

The score of a service is the sum of weight x value, each value between 0 and 1 and the
weights adding up to 1, so the score is between 0 and 1.
"""

from matcher.needs import Travel, Urgency

NEEDS = 0.28
"""How much of what is needed it covers. A shelter that also has a case worker, for
somebody who needs both now: 1. With one of two equal needs: 0.5."""

ELIGIBILITY = 0.20
"""How certain it is that the person is taken. Nothing to ask: 1; a question that can
close the door halves it, one that seldom does leaves four fifths."""

REACH = 0.24
"""Whether it serves where the person is. Serves the county: 1; the next county, ask:
0.35."""

LANGUAGE = 0.12
"""Whether the person is understood. Staff speak Spanish, and Spanish was asked: 1."""

FOCUS = 0.06
"""Whether it is made for survivors of trafficking: 1, names them: 0.6, says nothing:
0.2."""

AVAILABILITY = 0.05
"""Open at this moment and not full: 1; not known: 0.5; full: 0."""

FRESHNESS = 0.03
"""How lately somebody confirmed the listing. Half after 180 days; never: 0."""

PHASE = 0.02
"""Whether the needs it covers are usual in the phase that was said. Never a gate."""

URGENCY = {Urgency.NOW: 3.0, Urgency.SOON: 2.0, Urgency.LATER: 1.0}
"""What a need weighs beside the others."""

REFERS_ONLY = 0.5
"""What of the needs counts where a service only sends on to others."""

NO_NUMBER = 0.5
"""What of the needs counts where no number of the service is known."""

QUESTION = 0.5
"""What an open question leaves of the certainty."""

SOFT_QUESTION = 0.8
"""The same for a question that seldom closes a door: what harm a service names."""

FOCUS_VALUES = (0.2, 0.6, 1.0)
"""By focus: general, names survivors of trafficking, made for them."""

LANGUAGE_STAFF = 1.0
LANGUAGE_INTERPRETER = 0.75
LANGUAGE_NOT_RECORDED = 0.35
LANGUAGE_NOT_LISTED = 0.1
LATER_LANGUAGE = 0.9
"""What a person's second language counts of the first; the third, of the second."""

REACH_SERVES = 1.0
REACH_STATEWIDE = 0.8
REACH_REMOTE = 0.75
REACH_TAKES_OTHERS = 0.6
REACH_PARTIAL = 0.5
REACH_NEIGHBOR = 0.35
REACH_FAR = 0.15

MILES = {
    Travel.WALK: 2.0,
    Travel.TRANSIT: 15.0,
    Travel.CAR: 60.0,
    Travel.ANYWHERE: 1000.0,
}
"""How far a person can go, in miles, by how they travel."""

UNSAID_MILES = 60.0
"""How far a service outside the county may be when nothing was said of travel."""

HALF_WAY_MILES = 25.0
"""The distance at which nearness has lost half of its value."""

HALF_LIFE_DAYS = 180.0
"""The age at which a verification has lost half of its value."""

ALTERNATIVES = 3
"""How many other plans are given at most."""

MAX_NEEDS = 12
"""How many needs one request may have; the exact plan is over all their subsets."""

QUESTIONS_SHOWN = 3
"""How many questions a card shows before the rest is folded."""
