"""The words that the form of a listing is read with."""

from collections.abc import Sequence

from directory.curation.correction import Book
from directory.referral.wording import known_languages
from directory.vocabulary import Term
from directory.web.site import the_site

ANY_LANGUAGE = "mul"


def the_book() -> Book:
    """Return the words that the running site knows."""
    site = the_site()
    return Book(
        gazetteer=site.gazetteer,
        terms={t.code: t.id for t in site.terms.values() if not t.is_group},
        languages=frozenset({*known_languages(), ANY_LANGUAGE}),
    )


def groups_of_terms() -> Sequence[tuple[Term, Sequence[Term]]]:
    """Return the kinds of help by their group, in the order of the vocabulary."""
    terms = list(the_site().terms.values())
    return [
        (group, [term for term in terms if term.parent == group.code])
        for group in terms
        if group.is_group
    ]
