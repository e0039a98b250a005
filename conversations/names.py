"""Finding a name among thousands by what somebody remembers of it: a part, words in any order, a slip of the finger."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain, islice, takewhile
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.letters import fold

LONGEST_READ = 200
"""Characters of what was typed that are looked at: no name is longer, and the work stays bounded."""
MOST_WORDS = 12
MOST_NEAR = 200
"""Words of the list that a typed one may stand for."""
MOST_LIKELY = 100
"""Names that are looked at closely for each of the rarest words typed."""
SHORTEST_INSIDE = 3
SHORTEST_SLIPPED = 4
SHORTEST_TWICE_SLIPPED = 8
"""Letters from which two slips in one word are still the same word."""
SHORTEST_MENDED = 6
"""Letters of a word in which a slip is mended without a question."""
SHORTEST_CERTAIN = 4
"""Letters and digits that may stand for a whole name without a question."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """The place of a name in its list. `score`: 100 for the name itself, down to 0.

    `certain`: what was typed means this name and can mean no other of the list.
    """

    place: int
    score: float
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Near:
    """A word of the list beside one that was typed: `share` of it that agrees, 1.0 where they are the same."""

    word: str
    share: float
    slipped: bool = False


class Names:
    """A list of names that never changes, in its order. The index is made at the first search."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def __len__(self) -> int:
        return len(self._names)

    def holds(self, word: str) -> bool:
        """Whether a name of the list has this folded word."""
        return word in self._places_of

    def exact(self, text: str) -> int | None:
        """The place of the name that this text is, whatever its case, Turkish letters, spaces and marks; else None."""
        places = self._places_of_key.get(_key(text), ()) if len(text) <= LONGEST_READ * 2 else ()
        if len(places) > 1:
            places = tuple(place for place in places if self._names[place] == text) or places
        return places[0] if len(places) == 1 else None

    def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """At most `limit` names that this text may mean, the likeliest first, in the list's order where equal."""
        words = tuple(dict.fromkeys(words_of(text[:LONGEST_READ])))[:MOST_WORDS]
        if not words or not self._names:
            return ()
        exact = self.exact(text)
        near = [tuple(islice(self._near(word), MOST_NEAR)) for word in words]
        holders = [self._holders(hits) for hits in near]
        told = {
            place: {word: held[place] for word, held in zip(words, holders, strict=True) if place in held}
            for place in _likely(holders)
        }
        weights = {word: self._weight(hits) for word, hits in zip(words, near, strict=True)}
        scored = [self._scored(place, hits, weights) for place, hits in told.items()]
        best = nsmallest(limit, scored, key=lambda found: (-found.score, found.place))
        sure = exact if exact is not None else self._certain(told, words)
        found = tuple(Found(f.place, f.score, f.place == sure) for f in best if f.place != exact)
        return (Found(exact, 100.0, certain=True), *found)[:limit] if exact is not None else found

    @cached_property
    def _words_of(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(words_of(name)) for name in self._names)

    @cached_property
    def _places_of_key(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, tuple[int, ...]] = {}
        for place, words in enumerate(self._words_of):
            key = "".join(words)
            places[key] = (*places.get(key, ()), place)
        return places

    @cached_property
    def _places_of(self) -> dict[str, list[int]]:
        """The names that hold a word."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words_of):
            for word in dict.fromkeys(words):
                places[word].append(place)
        return dict(places)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._places_of)

    @cached_property
    def _joined(self) -> str:
        """All words on lines of their own: one search through it costs less than one through each."""
        return "\n" + "\n".join(self._sorted) + "\n"

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        words: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            if word.isalpha() and len(word) >= SHORTEST_SLIPPED:
                words[len(word)].append(word)
        return dict(words)

    @cached_property
    def _letters_of(self) -> tuple[int, ...]:
        return tuple(sum(map(len, dict.fromkeys(words))) for words in self._words_of)

    def _near(self, word: str) -> Iterator[_Near]:
        """The words of the list that this typed one may stand for, itself first. A number stands for itself only."""
        if word in self._places_of:
            yield _Near(word, 1.0)
        if word[0].isdigit():
            return
        seen = {word}
        for other in self._beginning_with(word):
            seen.add(other)
            yield _Near(other, 0.75 + 0.2 * len(word) / len(other))
        for end in range(len(word) - 1, SHORTEST_SLIPPED - 1, -1):
            if word[:end] in self._places_of:
                seen.add(word[:end])
                yield _Near(word[:end], 0.8)
        for other, share in self._slipped(word):
            if other not in seen:
                seen.add(other)
                yield _Near(other, share, slipped=True)
        for other in self._around(word):
            if other not in seen:
                seen.add(other)
                yield _Near(other, 0.5 + 0.3 * len(word) / len(other))

    def _beginning_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._sorted, word)
        longer = takewhile(lambda other: other.startswith(word), self._sorted[start : start + MOST_NEAR])
        return (other for other in longer if other != word)

    def _slipped(self, word: str) -> list[tuple[str, float]]:
        """The words one slip away, two for a long one, the nearest first."""
        if len(word) < SHORTEST_SLIPPED:
            return []
        slips = 2 if len(word) >= SHORTEST_TWICE_SLIPPED else 1
        lengths = range(len(word) - slips, len(word) + slips + 1)
        words = [other for length in lengths for other in self._by_length.get(length, ())]
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=50)
        return [(str(other), 1 - distance * 0.8 / len(word)) for other, distance, _ in found if distance]

    def _around(self, word: str) -> Iterator[str]:
        """The words that hold this one inside ("kombi" in "yogusmalikombi")."""
        if len(word) < SHORTEST_INSIDE:
            return
        at = self._joined.find(word)
        for _ in range(MOST_NEAR):
            if at < 0:
                return
            start, end = self._joined.rfind("\n", 0, at) + 1, self._joined.find("\n", at)
            yield self._joined[start:end]
            at = self._joined.find(word, end)

    def _holders(self, near: Sequence[_Near]) -> dict[int, _Near]:
        """The names that hold one of these words, with the nearest that each holds; the nearest first."""
        holders = dict.fromkeys(self._places_of[near[0].word], near[0]) if near else {}
        for hit in near[1:]:
            for place in self._places_of[hit.word]:
                holders.setdefault(place, hit)
        return holders

    def _weight(self, near: Sequence[_Near]) -> float:
        """How much a typed word tells: one that no name holds as much as the rarest."""
        holders = len(self._places_of[near[0].word]) if near else 1
        return 0.5 + log(1 + len(self._names) / holders)

    def _scored(self, place: int, told: Mapping[str, _Near], weights: Mapping[str, float]) -> Found:
        agreed = sum(weights[word] * hit.share for word, hit in told.items())
        letters = sum(len(hit.word) * hit.share for hit in told.values())
        covered = min(1.0, letters / (self._letters_of[place] or 1))
        return Found(place, 100 * (0.85 * agreed / sum(weights.values()) + 0.14 * covered))

    def _certain(self, told: Mapping[int, Mapping[str, _Near]], words: Sequence[str]) -> int | None:
        """The one name that holds every typed word, or that every typed word makes with a small slip; else None."""
        if sum(map(len, words)) < SHORTEST_CERTAIN:
            return None
        whole = [place for place, hits in told.items() if len(hits) == len(words)]
        holding = [place for place in whole if all(hit.share == 1.0 for hit in told[place].values())]
        if holding:
            return holding[0] if len(holding) == 1 else None
        if len(whole) != 1:
            return None
        hits = told[whole[0]]
        same_words = {hit.word for hit in hits.values()} == set(self._words_of[whole[0]])
        mended = all(hit.share == 1.0 or (hit.slipped and len(word) >= SHORTEST_MENDED) for word, hit in hits.items())
        return whole[0] if same_words and mended else None


def _likely(holders: Sequence[Collection[int]]) -> list[int]:
    """The names worth a closer look: those that hold the most of what was typed, the rarest words counting first."""
    rarest = sorted(filter(None, holders), key=len)
    likely: dict[int, None] = {}
    for first in range(min(len(rarest), 3)):
        narrower: list[Collection[int]] = [rarest[first]]
        for other in (*rarest[:first], *rarest[first + 1 :]):
            both = [place for place in narrower[-1] if place in other]
            if both:
                narrower.append(both)
        places = chain.from_iterable(reversed(narrower))
        likely.update(dict.fromkeys(islice(dict.fromkeys(places), MOST_LIKELY)))
    return list(likely)


def words_of(text: str) -> list[str]:
    """The folded words; letters and figures are parted: "WT65" is "wt", "65"."""
    return _WORD.findall(fold(text))


def _key(text: str) -> str:
    return "".join(words_of(text))
