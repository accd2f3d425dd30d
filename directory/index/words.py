"""Words: how text is cut, folded and reduced to stems, in English and Spanish.

Documents and queries go through the same functions, so that both meet.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from whoosh.lang import stemmer_for_language

MAX_WORD = 40
"""Longer words are cut: nobody types them, and an index need not hold them."""

ENGLISH = "e:"
"""Stands before an English stem: that of `refugee` is no form of `refuge`."""

SPANISH = "s:"
"""Stands before a Spanish stem: that of `abogada` is no English word."""

EXACT = "="
"""Stands before a form with its accents."""

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
_APOSTROPHES = re.compile(r"['’‘\u02bc`]")
_CACHED = 50_000

# Shorter Spanish stems mix up words: "com" would be "comida" and "cómo".
_SHORTEST_STEM = 4

# Words that the stemmer would take for another: "hospitality" is no "hospital".
_UNLIKE_THEIR_STEM = frozenset({"hospitality", "new", "university", "organic"})


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(words.split())


# Words that hold a sentence together and are neither indexed in a phrase nor searched.
FUNCTION_WORDS = word_set(
    """
    a an the of for to in on at and or with by from is are be am it that this as
    el la los las un una unos unas de del al y o e u con por para en que es son se lo
    su sus mi
    """
)

_SPANISH_SIGNS = word_set(
    "el la los las un una de del y con por para en que es su sus mi al se como ayuda"
)
_ENGLISH_SIGNS = word_set(
    "the of for to in on at and or with by from is are be it that this as a an"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is searched, and with the accents as it was written."""

    folded: str
    exact: str


def fold(text: str) -> str:
    """Return `text` in small letters and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_of(text: str) -> list[Word]:
    """Return the words of a text; apostrophes and points in acronyms are no breaks."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    bare = _ACRONYM.sub(lambda match: match[0].replace(".", ""), bare)
    words = (
        Word(_folded_word(exact), exact)
        for exact in (match[:MAX_WORD] for match in _WORD.findall(bare))
    )
    return [word for word in words if word.folded]


def folded_words(text: str) -> list[str]:
    """Return the words of `text` without accents."""
    return [word.folded for word in words_of(text)]


@lru_cache(maxsize=_CACHED)
def english_term(word: str) -> str:
    """Return the term of a folded English word: `lawyers` gives `e:lawyer`."""
    if word in _UNLIKE_THEIR_STEM or not word.isascii():
        return ENGLISH + word
    return ENGLISH + str(_PORTER(word))


@lru_cache(maxsize=_CACHED)
def spanish_term(word: str) -> str:
    """Return the term of a folded Spanish word: `abogadas` gives `s:abog`."""
    try:
        stem = str(_SNOWBALL(word)) if word.isascii() else word
    except IndexError:
        # The stemmer does not survive short words that end in "gue", such as "argue".
        stem = word
    return SPANISH + (stem if len(stem) >= _SHORTEST_STEM else word.removesuffix("s"))


def languages_of(words: list[Word]) -> tuple[str, ...]:
    """Return the languages that `words` seem to be in: `en`, `es`, or both."""
    spanish = sum(word.folded in _SPANISH_SIGNS for word in words)
    english = sum(word.folded in _ENGLISH_SIGNS for word in words)
    if any(word.exact != word.folded for word in words):
        spanish += 1
    if spanish > english:
        return ("es",)
    return ("en", "es") if spanish and spanish == english else ("en",)


def terms_of_word(word: str, languages: tuple[str, ...]) -> list[str]:
    """Return what a folded word is indexed under, in these languages."""
    terms = []
    if "en" in languages:
        terms.append(english_term(word))
    if "es" in languages:
        terms.append(spanish_term(word))
    return terms


@lru_cache(maxsize=_CACHED)
def _folded_word(exact: str) -> str:
    return exact if exact.isascii() else "".join(_WORD.findall(fold(exact)))


_PORTER = stemmer_for_language("en")
_SNOWBALL = stemmer_for_language("es")
