"""How names of places are compared: without case, accents, points and endings."""

import re
import unicodedata

_STATE = re.compile(r"[\s,]+(?:nc|n c|north carolina|carolina del norte)$")
_COUNTY = re.compile(r"^(?:(?:el )?condado (?:de )?)|\s+(?:county|co|condado)$")
_WORDS = {"ft": "fort", "mt": "mount", "saint": "st", "n": "north", "s": "south"}


def folded(text: str) -> str:
    """Return `text` in small letters, without accents and marks, spaces single."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w,]|_", " ", bare.replace("'", "")).split())


def place_key(text: str) -> str:
    """Return the key of a place: `Ft. Bragg, NC` and `fort bragg` have the same."""
    bare = _STATE.sub("", f" {folded(text)}").replace(",", " ")
    return " ".join(_WORDS.get(word, word) for word in bare.split())


def county_key(text: str) -> str:
    """Return the key of a county: `Wake`, `wake county, NC` and `condado de Wake`."""
    return _COUNTY.sub("", place_key(text)).strip()


def says_county(text: str) -> bool:
    """Tell whether `text` says itself that it names a county."""
    key = place_key(text)
    return county_key(text) != key
