"""How much a hit is worth: every number of the ranking, with an example.

A listing's score is the mean over the words of a query of the best zone that each was
found in, plus the bonuses below. Scores are bounded and never depend on distance.
"""

from directory.index.text_index import Zone

BOOSTS = {
    # "dental" finds the service "Dental Clinic".
    Zone.NAME: 10.0,
    # "dentista" finds what is tagged as dental care, whatever it calls itself.
    Zone.TAG: 9.0,
    # "pisgah" finds the services of Pisgah Legal Services.
    Zone.ORGANIZATION: 8.0,
    # "waitlist" finds a description that mentions one.
    Zone.TEXT: 2.0,
}

FACT = 8.0
"""A listing that is known to be so: "Spanish" finds where staff speak it, "men" what
takes men."""

STRONG = 6.0
"""From here on a word counts as found in a name or tag. "food" in the tag of a pantry
stands before "food" somewhere in the description of a shelter, whatever else speaks for
the shelter."""

CODE = 9.0
"""A word that means a kind of help finds what is tagged with it: "bed tonight" finds
emergency shelters."""

SECOND_CODE = 8.0
"""The same for what a word can mean as well: "lawyer" is civil legal help first, and
immigration help too."""

MENTIONED_TOO = 1.0
"""What has the tag and also says the word stands first: "WIC" finds benefits that are
WIC before other benefits."""

NAMED_TOO = 2.5
"""The same where a name says it: "NHTH" finds the National Human Trafficking Hotline
before other hotlines."""

ALSO = 0.6
"""A synonym counts less than the word itself: "attorney" where "lawyer" was typed."""

RARE = 1.0
"""How much more a rare word weighs than one in every listing: in "pisgah legal" the
first decides."""

SOFT = 0.25
"""The share of a word that says for whom: "women" in "shelter for women" lifts a
shelter that names women and drops none."""

FOCUSED = 0.6
"""What does one thing only stands before what does ten: this much, by their number."""

WHOLE_NAME = 12.0
"""The typed words are the name: "legal aid of north carolina"."""

FEW_NAMES = 0.01
"""Where so small a share of the listings has the typed words in a name, they are meant:
"211" is one of them, "shelter" is not."""

FEW_BODIES = 2
"""Where so few organizations have the typed words in their name, one of them is meant:
"legal aid" is one, "rape crisis center" is not."""

IN_NAME = 3.0
"""The typed words stand in the name in this order: "durham crisis response"."""

EXACT_FORM = 0.4
"""The accents agree as well: "niño" finds "niño" before "nino"."""

MADE_FOR_TRAFFICKING = 0.5
"""The service says that it is made for survivors of trafficking."""

INCLUDES_TRAFFICKING = 0.25
"""The service says that it serves survivors of trafficking too."""

NO_POLICE_ON_THE_LINE = 0.3
"""The first number is not answered by police, a sheriff or a dispatcher."""

STATEWIDE = 0.75
"""Where no place was asked for, what serves the whole state stands before what serves
one county: the state's Medicaid before that of some county."""

VERIFIED = 0.3
"""Somebody confirmed the listing."""

NEARBY_MILES = 60.0
"""How far, between the middles of counties, a list of counties that may be short is
still worth a question."""
