"""Texts in the language of the page, with their types."""

from typing import cast

import flask_babel

from directory.sentence import Sentence


def gettext(text: str, **words: object) -> str:
    """Return `text` in the language of the page, with `words` put in."""
    return str(flask_babel.gettext(text, **words))


def lazy_gettext(text: str, **words: object) -> str:
    """Return a text that becomes one of the page's language when it is written."""
    return cast("str", flask_babel.lazy_gettext(text, **words))


def translated(text: str) -> str:
    """Return a sentence in the language of the page; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    words = {
        name: translated(value) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    said = gettext(text.template)
    return said % words if words else said


def format_date(day: object, form: str = "medium") -> str:
    """Return a day in the language of the page; `form` is as Babel takes it."""
    return str(flask_babel.format_date(day, form))


def locale() -> str:
    """Return the locale of the page."""
    return str(flask_babel.get_locale())
