"""Names: cut into words that can be compared, whoever wrote them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.curation.duplicates.weights import SHORTEST_ACRONYM
from directory.places.spelling import folded


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(words.split())


_ASIDE = re.compile(r"\([^)]*\)")
_NOT_HEARD = re.compile(r"['’‘`.]")
_LETTERS = re.compile(r"\b[^\W\d](?: [^\W\d]\b)+")
_DASH = " - "
_PLURAL_FROM = 4

_SAY_NOTHING = word_set(
    """
    a an and at by de del el for in la las los of on or the to y
    inc incorporated llc corp corporation ltd nfp pllc pc
    """
)

_WRITTEN_OUT = {
    "assn": "association",
    "assoc": "association",
    "centre": "center",
    "cntr": "center",
    "comm": "community",
    "ctr": "center",
    "daycare": "day care",
    "dept": "department",
    "dss": "department social service",
    "dv": "domestic violence",
    "fam": "family",
    "ft": "fort",
    "hlth": "health",
    "hosp": "hospital",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "mt": "mount",
    "natl": "national",
    "org": "organization",
    "saint": "st",
    "svc": "service",
    "svcs": "service",
    "univ": "university",
}

# Words that the names of a directory are made of; they tell no body from another.
GENERIC_WORDS = word_set(
    """
    advocacy agency aid assistance association care center child children church clinic
    coalition college community council counseling county crisis day department
    development domestic education family food foundation free group health help home
    hospital house housing human institute legal library medical mental ministry nc
    network north organization outreach program project public recovery refugee regional
    resource school service sexual shelter social society south state support treatment
    university violence woman women youth
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name: as it is written, its words in order, and their first letters.

    `part` are the words behind a dash, by which a body tells its parts from each other.
    """

    written: str
    words: tuple[str, ...]
    initials: str
    part: tuple[str, ...] = ()

    @property
    def acronym(self) -> str | None:
        """The only word, which may be the first letters of somebody's name."""
        only = self.words[0] if len(self.words) == 1 else ""
        return only if len(only) >= SHORTEST_ACRONYM else None


def name_of(written: str) -> Name | None:
    """Return the name in words, or nothing if it has none that say anything."""
    words = _words(_ASIDE.sub(" ", written)) or _words(written)
    if not words:
        return None
    _, dash, part = written.rpartition(_DASH)
    return Name(
        written=written,
        words=_different(words),
        initials="".join(word if _is_whole(word) else word[0] for word in words),
        part=_different(_words(part)) if dash else (),
    )


def _words(text: str) -> list[str]:
    bare = folded(_NOT_HEARD.sub("", text)).replace(",", " ")
    bare = _LETTERS.sub(lambda match: match[0].replace(" ", ""), bare)
    bare = f" {bare} ".replace(" north carolina ", " nc ")
    return [
        part
        for word in bare.split()
        if word not in _SAY_NOTHING
        for part in _WRITTEN_OUT.get(word, word).split()
    ]


def _is_whole(word: str) -> bool:
    """Tell whether an acronym holds all of the word: NC, or a number."""
    return word == "nc" or word.isdigit()


def _different(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_singular(word) for word in words))


def _singular(word: str) -> str:
    if len(word) >= _PLURAL_FROM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
