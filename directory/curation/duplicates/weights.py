"""The weights of the evidence, and every number that finding duplicates turns on.

Each piece of evidence has points, above nothing where it speaks for one body and below
where it speaks for two. The points are added up and bent into a score between 0 and 1;
no points at all are 0.5. What many share is worth less: see `WORTH_OF_SHARED`.
"""

SHOWN_FROM = 0.5
"""A pair with this score or more is shown to a coordinator."""

START = -4.0
"""Where every pair starts: two bodies are mostly two. Nothing known of either: 0.02."""

# --- Names -------------------------------------------------------------------

NAME = 5.0
"""The same name, with words that are rare. `Helpmate Haven`, `Helpmate Haven, Inc.`."""

OTHER_NAME = -2.0
"""No word in common. `El Futuro` and `Harbor, Inc.`. With the number, the website and
the county of the other it is shown all the same: it may have a new name."""

OTHER_PART = -3.0
"""Both are named as parts, and as different ones: `Shelter Network - Ashe House` and
`Shelter Network - Burke House`. Somebody took care to tell them apart."""

NAME_TURNS = 0.55
"""The likeness at which a name speaks neither for nor against."""

FULL_TELLING = 1.5
"""What the shared words must weigh for full points. `Friend to Friend` has one word of
weight 1, so it gets less than `Helpmate Haven`."""

PLAIN_NAME = 0.6
"""What is left of the points where a name has no telling word. Twice `Family Services`
in one county are just shown."""

LIKE_NAME = 0.7
"""From this likeness on, the name is named as a reason. `Safe Haven of Pender` and
`Safe Haven`: 0.9."""

SPARE_WORD = 0.15
"""What a word weighs that only the longer name has: `Union Center` in `Daymark Union
Center`, beside `Daymark`."""

CLASHING_WORD = 1.0
"""What it weighs where the shorter name has another word: `Ashe` and `Burke`."""

LEAST_CLASH = 0.8
"""The least that such words weigh together: they tell no body from another, but they
do tell a `health department` from `social services`."""

TYPING_ERROR = 86.0
"""From this likeness on (of 100), two words are one that was mistyped. `Sheltr`."""

MISTYPED = 0.95
"""What is left of the weight of such a word."""

ACRONYM = 0.9
"""The likeness of `NCCADV` and the name that it stands for."""

SHORTEST_ACRONYM = 3
"""Two letters are the first letters of too many names."""

GENERIC = 0.3
"""The most that a word of the field weighs, however rare it is. `center`."""

TELLING = 0.4
"""From this weight on, two bodies are compared because they share the word."""

# --- What else both have -----------------------------------------------------

PHONE = 3.5
"""The same number, which no third body has."""

OTHER_PHONE = -1.0
"""Both have numbers, and none in common."""

DOMAIN = 2.5
"""The same website or the same domain of mail, which no third body has."""

STREET = 3.5
"""The same house number and street, with no other body in the house. Where a house is
one site, 4.5 finds more; in the house of a county there are several departments."""

OTHER_STREET = -3.0
"""Both have streets, and none in common: they moved, or they are two branches."""

ZIP = 0.8
"""The same ZIP code."""

CITY = 0.5
"""The same city."""

COUNTY = 0.3
"""The same county, and no more is known."""

OTHER_COUNTY = -6.0
"""No county in common: a branch, or another body of that name. A number or a street
that both have takes most of it away: see `TIED`."""

OTHER_CITY = -4.0
"""No city in common, and of one of them no county is known."""

TIED = 0.8
"""How much of `OTHER_COUNTY` or `OTHER_CITY` a shared number or street takes away."""

TYPED_STREET = 82.0
"""From this likeness on (of 100), two names of a street are one. `Noth` and `North`."""

# --- How much many share -----------------------------------------------------

WORTH_OF_SHARED = 1.0
"""How fast a number, domain or house loses worth as more bodies have it. Two have it:
1, three: 0.5, eleven: 0.1. The switchboard of a hospital ties nobody together."""

HELD_BY_GOVERNMENT = 4
"""How many bodies a domain of government has at least: not all of them are listed.
`co.stokes.nc.us` is that of the health department and of social services."""

COMMON_FROM = 3
"""A word in this many names begins to weigh less. `southmountain` in eleven: 0.64."""

WORD_FADES = 0.3
"""How fast a word loses weight each time that twice as many names have it."""

# --- What is compared at all -------------------------------------------------

LARGEST_BLOCK = 40
"""Bodies that share one thing are all compared up to this many; beyond, only those that
share a word of the name as well."""

WORD_START = 6
"""How many letters of a word two names must share to be compared for it."""

STREET_START = 4
"""How many letters of a street's name."""

# --- Services of one organization --------------------------------------------

SERVICE_NAME = 0.4
"""What the likeness of names is worth."""

SERVICE_NEEDS = 0.35
"""What it is worth that both cover the same needs; half of them in common: half."""

SERVICE_PLACES = 0.25
"""What it is worth that both are given in the same places, for the same counties."""

SERVICE_SHOWN_FROM = 0.85
"""A pair of services with this score or more is shown: nearly the same in all three."""
