"""A form of a listing as it was sent."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.curation.correction import Typed
from directory.keys import new_key

_LONGEST = 5_000
_MOST_VALUES = 100
_LONGEST_KEY = 64
_LONGEST_WHY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """What was typed, for which version of the listing, and the key of the form."""

    typed: Typed
    version: str
    once: str
    why: str


def read_sent(form: MultiDict[str, str]) -> SentForm:
    """Return a form that was sent.

    Which of its fields mean anything is for the correction to say: it reads those that
    it knows, and nothing else.
    """
    fields = {
        name: tuple(text[:_LONGEST] for text in form.getlist(name)[:_MOST_VALUES])
        for name in form
    }
    typed = Typed(fields)
    return SentForm(
        typed=typed,
        version=typed.one("version")[:_LONGEST_KEY],
        # Without a key of its own a form sent twice cannot be told from two.
        once=typed.one("once")[:_LONGEST_KEY] or new_key(),
        why=" ".join(typed.one("why").split())[:_LONGEST_WHY],
    )
