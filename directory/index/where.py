"""The place in a query: "legal aid durham", "28801 therapy", "abogado en raleigh"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from directory.index.names import Names, name_key
from directory.index.regions import Region, Regions
from directory.index.words import folded_words, word_set
from directory.places import FoundPlace, Gazetteer

MAX_PLACE = 6
"""Words of the longest name of a place, with "county" and the state."""

TOWN_OF_SOME_SIZE = 5000
"""A town of so many people is meant, even where some name bears its name too."""

ORDINARY = word_set(
    """
    person union gates advance ash bath climax comfort como council cricket dare duck
    ether faith falcon fountain gulf harmony hope justice liberty love locust maiden
    maple marble micro midway relief speed star stem supply toast turkey tuxedo vale
    waves welcome wise trinity providence casar alliance salvo
    """
)
"""Counties and towns whose names mean something else: "in person" is no county."""

NEVER_AFTER_IN = frozenset({"person", "comfort", "como", "relief", "justice", "casar"})
"""Those that follow "in" in ordinary speech."""

_BEFORE = (
    ("cerca", "de"),
    ("near",),
    ("in",),
    ("en",),
    ("around",),
    ("at",),
    ("from",),
    ("cerca",),
    ("by",),
    ("outside", "of"),
)
_ARTICLES = frozenset({"the", "el", "la", "las", "los"})
_STATE = (("north", "carolina"), ("carolina", "del", "norte"), ("nc",))
_COUNTY = frozenset({"county", "condado"})

# What stands before and behind names, spelled in any way.
_AROUND_NAMES = _COUNTY | word_set("fort ft mount mt saint st north carolina norte nc")


class Certainty(IntEnum):
    """How surely words are a place."""

    MIDDLE = 0
    EDGE = 1
    """At the beginning or the end of what was typed."""
    AFTER_IN = 2
    """After a word such as "in" or "cerca de"."""
    SAID = 3
    """With "county" or the state, or as a ZIP code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place among words: `start` to `end` are no longer searched."""

    start: int
    end: int
    found: FoundPlace | None
    region: Region | None = None
    certainty: Certainty = Certainty.SAID
    name: tuple[str, ...] = ()


class WhereFinder:
    """Finds the place in a row of words, if there is one."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        regions: Regions,
        ordinary: frozenset[str],
        names: Names,
        all_reach: Callable[[str, Sequence[int]], bool],
    ) -> None:
        """Hold the places; `all_reach` tells whether all these rows serve a county."""
        self._gazetteer = gazetteer
        self._regions = regions
        self._ordinary = ordinary | ORDINARY
        self._names = names
        self._all_reach = all_reach
        named = (
            *(county.name for county in gazetteer.counties),
            *(city.name for city in gazetteer.cities),
        )
        names_of_places = {w for name in named for w in folded_words(name)}
        self.words = _AROUND_NAMES | names_of_places | regions.words
        self._populations = {
            (" ".join(folded_words(city.name)), city.county): city.population
            for city in gazetteer.cities
        }

    def find(self, words: Sequence[str]) -> Where | None:
        """Return the surest and longest place in `words`."""
        spans = [span for span in self._spans(words) if self._is_meant(span, words)]
        return max(
            spans,
            key=lambda s: (s.certainty, len(s.name), s.start),
            default=None,
        )

    def region(self, words: Sequence[str]) -> Region | None:
        """Return the region that `words` name, with or without a preposition."""
        where = next(iter(self._regions_in(words)), None)
        whole = where is not None and (where.start, where.end) == (0, len(words))
        return where.region if where is not None and whole else None

    def _spans(self, words: Sequence[str]) -> Iterator[Where]:
        yield from self._regions_in(words)
        for start, word in enumerate(words):
            if word.isdecimal():
                yield from self._zip(words, start)
                continue
            if word not in self.words:
                continue
            for end in range(start + 1, min(start + MAX_PLACE, len(words)) + 1):
                if not words[end - 1]:
                    break
                found = self._gazetteer.find(" ".join(words[start:end]))
                if found is not None:
                    yield self._span(words, start, end, found)

    def _regions_in(self, words: Sequence[str]) -> Iterator[Where]:
        """Yield the regions in `words`, the longest name of each place first."""
        for start in range(len(words)):
            for length in range(self._regions.longest, 0, -1):
                region = self._regions.find(words[start : start + length])
                if region is not None and start + length <= len(words):
                    yield self._of_region(words, start, start + length, region)
                    break

    def _of_region(
        self, words: Sequence[str], start: int, end: int, region: Region
    ) -> Where:
        span = self._span(words, start, end, None)
        said = span.certainty is Certainty.SAID or len(span.name) > 1
        return replace(
            span,
            region=region,
            certainty=Certainty.SAID if said else span.certainty,
        )

    def _zip(self, words: Sequence[str], start: int) -> Iterator[Where]:
        word = words[start]
        if len(word) != len("27601") or not word.isascii():
            return
        found = self._gazetteer.find(word)
        first, _ = _with_preposition(words, start)
        end = start + 1
        if (
            end < len(words)
            and words[end].isdecimal()
            and len(words[end]) == len("1234")
        ):
            end += 1
        yield Where(start=first, end=end, found=found, name=(word,))

    def _span(
        self, words: Sequence[str], start: int, end: int, found: FoundPlace | None
    ) -> Where:
        name = tuple(words[start:end])
        last = end + _length_of_state(words, end)
        first, preposed = _with_preposition(words, start)
        said = last > end or bool(_COUNTY & set(name)) or name[-2:] in _STATE
        if said or name[-1] == "nc":
            certainty = Certainty.SAID
        elif preposed:
            certainty = Certainty.AFTER_IN
        elif first == 0 or last == len(words):
            certainty = Certainty.EDGE
        else:
            certainty = Certainty.MIDDLE
        return Where(start=first, end=last, found=found, certainty=certainty, name=name)

    def _is_meant(self, span: Where, words: Sequence[str]) -> bool:
        """Tell whether the words are a place here, and not a name or a need."""
        if span.certainty is Certainty.SAID:
            return True
        if span.certainty is Certainty.AFTER_IN:
            return NEVER_AFTER_IN.isdisjoint(span.name)
        if span.found is None:
            return not self._names.holding(words).size or len(words) == len(span.name)
        ordinary = len(span.name) == 1 and span.name[0] in self._ordinary
        return not ordinary and self._is_no_name(span, span.found, words)

    def _is_no_name(self, span: Where, found: FoundPlace, words: Sequence[str]) -> bool:
        """Tell whether the words are a place rather than part of a listing's name."""
        large = self._is_large(span)
        if name_key(words) == name_key(span.name):
            return large or not self._names.holding(words).size
        bearing = self._names.holding(words).tolist()
        if bearing and not self._all_reach(found.county, bearing):
            return False
        return large or span.certainty is Certainty.EDGE

    def _is_large(self, span: Where) -> bool:
        if span.found is None:
            return False
        if self._gazetteer.county(" ".join(span.name)) is not None:
            return True
        key = " ".join(folded_words(" ".join(span.name))), span.found.county
        return self._populations.get(key, 0) >= TOWN_OF_SOME_SIZE


def unknown_place(
    words: Sequence[str], is_known: Callable[[str], bool]
) -> tuple[int, int] | None:
    """Return where an unknown place stands: "in" and unknown words at the end."""
    for start in range(len(words) - 1, 0, -1):
        if is_known(words[start]):
            return None
        first, preposed = _with_preposition(words, start)
        if preposed:
            return first, start
    return None


def without_state(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the state is named, which is no filter: everything is in it."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        length = _length_of_state(words, position)
        if length:
            start, _ = _with_preposition(words, position)
            found.append((start, position + length))
        position += max(length, 1)
    return found


def bare_place(text: str) -> str:
    """Return a typed place without the preposition before it."""
    words = text.split()
    folded = [" ".join(folded_words(word)) for word in words]
    for before in _BEFORE:
        if len(words) > len(before) and tuple(folded[: len(before)]) == before:
            return " ".join(words[len(before) :])
    return text


def _length_of_state(words: Sequence[str], at: int) -> int:
    return next(
        (len(name) for name in _STATE if tuple(words[at : at + len(name)]) == name), 0
    )


def _with_preposition(words: Sequence[str], start: int) -> tuple[int, bool]:
    """Return where a place begins with its preposition, and whether it has one."""
    if start and words[start - 1] in _ARTICLES:
        first, preposed = _with_preposition(words, start - 1)
        return (first, True) if preposed else (start - 1, False)
    for before in _BEFORE:
        first = start - len(before)
        if first >= 0 and tuple(words[first:start]) == before:
            return first, True
    return start, False
