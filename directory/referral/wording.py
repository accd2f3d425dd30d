"""What pages say of languages and of questions, in the matcher's own words."""

from directory.projection import Listing
from directory.referral.answer import Said
from matcher import explain
from matcher.attributes import ORDER, USUAL_DOORS


def language_name(code: str, language: explain.Language) -> str:
    """Return the name of a BCP 47 tag in `language`."""
    return explain.language_name(code, language)


def known_languages() -> tuple[str, ...]:
    """Return the tags that have a name: English, Spanish, then the rest."""
    return tuple(code for code in explain.LANGUAGE_NAMES if code != "mul")


def open_questions(listing: Listing, language: explain.Language) -> tuple[Said, ...]:
    """Return what usually decides for such a service and is not recorded of this one.

    The question that closes most doors comes first.
    """
    recorded = {rule.attribute for rule in listing.rules}
    doors = {door for code in listing.codes for door in USUAL_DOORS.get(code, ())}
    return tuple(
        Said(code=name, text=explain.Note(code=name).text(language))
        for name in sorted(doors - recorded, key=ORDER.__getitem__)
    )
