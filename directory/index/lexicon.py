"""The lexicon: all words of the public vocabulary, for prefixes and typos."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.index.words import english_term, spanish_term

SHORTEST_PREFIX = 3
SHORTEST_TYPO = 4
MAX_COMPLETIONS = 24
"""Words that one prefix stands for, the most frequent first."""

_TYPOS_FROM = (0, 7, 11)
"""How long a word is that may have one, two and three typos."""
_LETTERS_A_TYPO = 3
_NEARLY_DONE = 2
_CANDIDATES = 12


class Lexicon:
    """Knows words, completes them, and corrects them.

    Only words of public listings, of the taxonomy, of the synonyms and of the gazetteer
    are in it, so no correction can give away anything else.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        *,
        stems: Iterable[str],
        vocabulary: Iterable[str],
        places: Iterable[str],
    ) -> None:
        """Hold the words of listings, with in how many each stands, and the others.

        `stems` are the terms under which any form of a word is known.
        """
        self._counts: Counter[str] = Counter(counts)
        self._core = frozenset(vocabulary)
        # The words of the field count for more than those of some description.
        self._counts.update(dict.fromkeys(self._core, len(counts) or 1))
        searched = set(self._counts)
        self._stems = frozenset(stems)
        self._sorted = sorted(searched)
        self._places = frozenset(places) - searched
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in (*self._sorted, *sorted(self._places)):
            if len(word) >= SHORTEST_TYPO and word.isalpha():
                self._by_length[len(word)].append(word)

    def knows(self, word: str) -> bool:
        """Tell whether a folded word, or another form of it, stands anywhere."""
        return (
            word in self._counts
            or word in self._places
            or english_term(word) in self._stems
            or spanish_term(word) in self._stems
        )

    def completions(self, prefix: str) -> tuple[str, ...]:
        """Return the words that begin with `prefix`, those of the field first."""
        if len(prefix) < SHORTEST_PREFIX:
            return ()
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff", start)
        found = sorted(
            self._sorted[start:end],
            key=lambda word: (len(word) - len(prefix) > _NEARLY_DONE, self._rank(word)),
        )
        return tuple(found[:MAX_COMPLETIONS])

    def correction(self, word: str) -> str | None:
        """Return the word that was meant, `None` if none is near enough."""
        return next(iter(self.corrections(word)), None)

    def corrections(self, word: str) -> tuple[str, ...]:
        """Return the words that may have been meant, the likeliest first."""
        if len(word) < SHORTEST_TYPO or not word.isalpha():
            return ()
        most = sum(len(word) >= letters for letters in _TYPOS_FROM)
        near = process.extract(
            word,
            self._about_as_long(word, most),
            scorer=OSA.distance,
            score_cutoff=most,
            limit=_CANDIDATES * 4,
        )
        fitting = [(w, int(d)) for w, d, _ in near if self._may_be(word, w, int(d))]
        return tuple(
            meant
            for meant, _ in sorted(
                fitting,
                key=lambda pair: (
                    pair[1],
                    pair[0][0] != word[0],
                    # More people leave a letter out than put one in.
                    len(pair[0]) < len(word),
                    *self._rank(pair[0]),
                ),
            )
        )

    def likely(self, word: str, candidates: Iterable[str]) -> tuple[str, ...]:
        """Return those of `candidates` that may be `word` with more typos."""
        most = len(word) // _LETTERS_A_TYPO
        typos = {
            meant: OSA.distance(word, meant)
            for meant in candidates
            if meant in self._counts and meant[0] == word[0]
        }
        near = [meant for meant, distance in typos.items() if distance <= most]
        return tuple(sorted(near, key=typos.__getitem__))

    def _may_be(self, typed: str, meant: str, distance: int) -> bool:
        """Tell whether so many typos are likely: few in short words and in places.

        A short word is no place with a typo, though it may lack the last letter: "hide"
        is not Hyde, and "boon" may be Boone.
        """
        if distance <= 1 and len(typed) <= SHORTEST_TYPO:
            is_place = meant in self._places
            return typed[0] == meant[0] and (not is_place or meant.startswith(typed))
        if distance <= 1:
            return True
        return typed[0] == meant[0] and meant not in self._places

    def _about_as_long(self, word: str, most: int) -> Sequence[str]:
        lengths = range(len(word) - most, len(word) + most + 1)
        return [w for length in lengths for w in self._by_length.get(length, ())]

    def _rank(self, word: str) -> tuple[bool, int, str]:
        return word not in self._core, -self._counts[word], word
