"""What a text leads to: numbers, web addresses, mailboxes and names that it gives.

A number in a note is dialled as well as one in its field, so it weighs as much. Whoever
wants to smuggle one in knows these patterns. So digits count unless they are plainly
something else, however they are parted, and so does each sign that could be misread.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from directory.curation.proposals.figures import loose_digits
from directory.curation.proposals.script import folded, strange_signs
from directory.curation.proposals.spelled import in_digits

TEXTS = frozenset(
    {
        "alert",
        "alternate_name",
        "amount_description",
        "area_note",
        "capacity_note",
        "county_label",
        "description",
        "details",
        "document",
        "hours_note",
        "length_of_stay",
        "name",
        "note",
        "population",
    }
)
"""The fields that people read as a text, in whatever table they stand."""

_ENDINGS = r"(?:com|org|net|edu|gov|info|us|io|app|site|online|link|help)"
_LETTERED = re.compile(
    r"\b(?:1[\s.-]*)?8(?:00|22|33|44|55|66|77|88)[\s.)-]*[A-Z][A-Z-]{3,}"
    r"|\b1[\s.-]+\(?8\d\d[\s.)-]*(?:[A-Za-z][\s.-]?){5,7}"
    r"|\b8(?:00|33|44|55|66|77|88)-[A-Za-z]{4,}"
    r"|\b\d{3}[\s.)-]+[A-Z]{3,}[\s-]*[A-Z]{3,}"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # An address, also one that is parted or spelled.
        r"(?<![\w-])(?:[\w-]+\.)+[^\W\d_]{2,}\b",
        r"\bhttps?\b|://|\bwww\b|\bw\s?w\s?w\b",
        r"\b\w+\s*[\[({<]?\s*\.\s*[\])}>]?\s*(?:com|org|net|edu|gov)\b",
        r"\b\w+\s*,\s*(?:com|org|edu|gov)\b",
        rf"\b(?:dot|punto)\W+{_ENDINGS}\b|\b\w+\s+dot\s+\w{{2,}}\b",
        r"\b\w+\s?[\[({<]\s?(?:dot|punto|at|arroba)\s?[\])}>]",
        r"(?<!\S)\S*@\s*\S*|\barroba\b",
        # A house, to which somebody might go.
        r"\b\d{1,5}[a-z]?\s+(?:[nsew]\.?\s+)?(?:[^\W\d_]+\.?\s+){1,3}(?:street|st|road|rd"
        r"|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|highway|hwy|parkway|pkwy"
        r"|circle|way)\b|\b(?:calle|avenida|carretera)\s+(?:[^\W\d_]+\s+){1,3}#?\d",
        # A name elsewhere.
        r"\b(?:whats\s?app|wh?atsap+|w[au]sap+|guasap+|wassap+|telegram\w?|instagram"
        r"|insta|facebook|fb|messenger|snap\s?chat|tik\s?tok|twitter|we\s?chat|viber"
        r"|discord|skype|kik|linktree|bitly|tinyurl|google voice|gmail|zelle)\b",
        r"\b(?:ig|dm)\b\W+\w{3,}",
        r"\bsignal\s*(?:[:#-]|app\b|name\b)|\b(?:on|by|via|through|por|en|using)"
        r"\s+signal\b",
        r"\b(?:user\s?name|(?:nombre de )?usuario)\b\s*:?\s*\w+",
    )
)
_DIALLED = re.compile(
    r"\b(?:call|dial|phone|ring|text|tel|llam\w+|mar(?:que|car?)|telefono|numero|number)"
    r"\W+(?:\w+\W+){0,2}?(?!(?:211|311|711|911|988|(?:19|20)\d\d)\b)(\d{3,})"
    r"(?!\s*(?:days?|people|languages|dias|personas|idiomas|%))",
    re.IGNORECASE,
)
"""Words that say that digits are to be dialled, unless everybody knows the number."""

_FEW = 4
"""So many loose digits lead nowhere, and stand in many notes."""
_LOCAL = 7
"""With so many one can call somebody, if a neighbour's code is put before them."""


def leads_to(text: str) -> frozenset[str]:
    """Return what `text` leads to, each in one notation whatever way it is written."""
    read = _Read.of([text])
    is_number = _count(read.pieces) > _FEW
    digits = frozenset(read.pieces) if is_number else frozenset[str]()
    return read.names | read.dialled | digits


def leads_elsewhere(before: Iterable[str], after: Iterable[str]) -> bool:
    """Tell whether texts lead to something to which they did not lead before.

    They are looked at together: a number can be parted between two of them. Of the
    digits those count that are new, so that nobody must answer for what stood there.
    """
    stood, stands = _Read.of(before), _Read.of(after)
    if stands.names - stood.names or stood.lacks(stands.dialled):
        return True
    new = _count(stands.pieces - stood.pieces)
    # Whoever adds a few at a time comes to a number as well.
    return new > _FEW or (new > 0 and stands.unknown_to(stood) >= _LOCAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What some texts hold: names that lead somewhere, and digits as they stand."""

    names: frozenset[str]
    dialled: frozenset[str]
    pieces: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Read":
        """Read some texts."""
        some = tuple(texts)
        plain = [in_digits(folded(text)) for text in some]
        both = [*plain, *map(folded, some)]
        return cls(
            names=frozenset().union(*map(strange_signs, some), *map(_named, both)),
            dialled=frozenset(n for text in plain for n in _DIALLED.findall(text)),
            pieces=Counter(d for text in plain for d in loose_digits(text)),
        )

    def lacks(self, dialled: Iterable[str]) -> bool:
        """Tell whether some digits that are to be dialled are part of nothing here."""
        return any(not any(n in piece for piece in self.pieces) for n in dialled)

    def unknown_to(self, other: "_Read") -> int:
        """Count the digits that are not whole numbers of `other`."""
        known = {piece for piece in other.pieces if len(piece) >= _LOCAL}
        return _count(Counter({p: n for p, n in self.pieces.items() if p not in known}))


def _count(pieces: Counter[str]) -> int:
    """Count the digits of some pieces."""
    return sum(len(piece) * times for piece, times in pieces.items())


def _named(text: str) -> frozenset[str]:
    return frozenset(
        " ".join(found[0].casefold().split())
        for pattern in (_LETTERED, *_PATTERNS)
        for found in pattern.finditer(text)
    )
