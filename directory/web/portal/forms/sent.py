"""A form of a listing as it was sent."""

import json
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.curation.correction import Fields, Typed
from directory.keys import key_digest, new_key

_MOST_VALUES = 100
_LONGEST_KEY = 64
_NOT_TYPED = frozenset({"csrf_token"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """What was typed, for which version of the listing, and the key of the form."""

    typed: Typed
    version: str
    once: str
    why: str


def read_sent(form: MultiDict[str, str]) -> SentForm:
    """Return a form that was sent, with all that was typed in it.

    Which of its fields mean anything is for the correction to say: it reads those that
    it knows, and nothing else.
    """
    fields = {name: tuple(form.getlist(name)[:_MOST_VALUES]) for name in form}
    typed = Typed(fields)
    return SentForm(
        typed=typed,
        version=typed.one("version")[:_LONGEST_KEY],
        once=_key(fields, typed.one("once")),
        why=" ".join(typed.one("why").split()),
    )


def _key(fields: Fields, once: str) -> str:
    """Return the key of a form: sent twice with the same words it has one effect.

    Who goes back, types something else and sends it again has sent another form.
    Without a key of its own a form sent twice cannot be told from two.
    """
    if not once:
        return new_key()
    words = {name: texts for name, texts in fields.items() if name not in _NOT_TYPED}
    return key_digest(json.dumps([once, words], sort_keys=True))[:_LONGEST_KEY]
