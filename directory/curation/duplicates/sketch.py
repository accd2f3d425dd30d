"""Sketches: a body made ready for being compared many times."""

from dataclasses import dataclass

from directory.curation.duplicates.body import Body
from directory.curation.duplicates.name import Name, name_of, word_set
from directory.curation.duplicates.street import Street, street_of
from directory.places.spelling import folded

_MOST_NAMES = 6
_ZIP = 5

# Hosts of pages and mailboxes that are anybody's.
_OF_ANYBODY = word_set(
    """
    facebook.com m.facebook.com fb.com instagram.com twitter.com x.com linkedin.com
    youtube.com linktr.ee sites.google.com docs.google.com google.com bit.ly
    wordpress.com wixsite.com weebly.com blogspot.com godaddysites.com
    squarespace.com eventbrite.com charitynavigator.org guidestar.org
    gmail.com yahoo.com hotmail.com outlook.com live.com msn.com aol.com icloud.com
    me.com att.net bellsouth.net embarqmail.com charter.net earthlink.net
    windstream.net centurylink.net comcast.net spectrum.net verizon.net
    sbcglobal.net protonmail.com proton.me example.org
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is compared of a body, folded: names, streets, towns, domains."""

    body: Body
    names: tuple[Name, ...]
    words: frozenset[str]
    domains: frozenset[str]
    streets: tuple[Street, ...]
    zips: frozenset[str]
    cities: frozenset[str]

    @property
    def id(self) -> str:
        """The id of the body."""
        return self.body.id

    @property
    def site(self) -> str:
        """What tells it from others that share a number: its street, or its name."""
        if self.streets:
            return min(street.key for street in self.streets)
        return " ".join(sorted(self.names[0].words)) if self.names else self.id


def sketch(body: Body) -> Sketch:
    """Return `body` made ready."""
    names = tuple(
        name for name in map(name_of, body.names[:_MOST_NAMES]) if name is not None
    )
    streets = (street_of(place.street) for place in body.places)
    return Sketch(
        body=body,
        names=names,
        words=frozenset(word for name in names for word in name.words),
        domains=(body.web_domains | body.mail_domains) - _OF_ANYBODY,
        streets=tuple(dict.fromkeys(street for street in streets if street)),
        zips=frozenset(
            place.postal_code[:_ZIP] for place in body.places if place.postal_code
        ),
        cities=frozenset(folded(place.city) for place in body.places if place.city),
    )
