"""The names of Turkey's provinces and districts, and which of them a few letters are near to.

The data are places.json (docs/places.md: source, licence, how to make it again) and the tables below. A name is looked
up by its key: folded, without spaces or marks ("Afyon Karahisar" and "AFYONKARAHİSAR" are both "afyonkarahisar").
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.letters import fold_words

NICKNAMES: Mapping[str, tuple[str, ...]] = {
    "ank": ("Ankara",),
    "afyon": ("Afyonkarahisar",),
    "antep": ("Gaziantep",),
    "gantep": ("Gaziantep",),
    "dersim": ("Tunceli",),
    "icel": ("Mersin",),
    "ist": ("İstanbul",),
    "kmaras": ("Kahramanmaraş",),
    "maras": ("Kahramanmaraş",),
    "surfa": ("Şanlıurfa",),
    "urfa": ("Şanlıurfa",),
    "bcekmece": ("İstanbul / Büyükçekmece",),
    "kcekmece": ("İstanbul / Küçükçekmece",),
    "eyup": ("İstanbul / Eyüpsultan",),
    "gop": ("İstanbul / Gaziosmanpaşa",),
    "karadenizeregli": ("Zonguldak / Ereğli",),
    "kdzeregli": ("Zonguldak / Ereğli",),
    # Kahramankazan was called Kazan until 2016; Kozan is one letter away.
    "kazan": ("Ankara / Kahramankazan", "Adana / Kozan"),
    "mkemalpasa": ("Bursa / Mustafakemalpaşa",),
    "ondokuzmayis": ("Samsun / 19 Mayıs",),
}
"""What people call a place besides its name, by key: the labels of the places that may be meant."""

LONGEST_ABBREVIATION = 3  # letters: nobody misspells "İst."

EVERYDAY_WORDS = frozenset(
    ("almanya", "buldun", "burda", "damar", "derin", "devre", "kapali", "kargo", "kesin", "mersi", "sorun", "yatak")
)
"""Words that are one letter away from a place and are more likely themselves ("burda" is no slip for Bursa)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or one of its districts; both in Turkish spelling."""

    province: str
    district: str | None = None

    @property
    def label(self) -> str:
        """As people read it: "İstanbul / Ümraniye", "İstanbul"."""
        return f"{self.province} / {self.district}" if self.district else self.province


@dataclass(frozen=True, slots=True)
class Names:
    """Every name by its key, with the places that bear it; `province_of_plate` by two digits.

    `districts_of` has the districts of a province, in the order of the alphabet.
    """

    places: Mapping[str, tuple[Place, ...]]
    province_of_plate: Mapping[str, Place]
    districts_of: Mapping[str, tuple[str, ...]]
    not_a_slip: frozenset[str]
    _shortened: Mapping[str, tuple[str, ...]]

    def near(self, key: str) -> tuple[str, ...]:
        """The names that one letter added, dropped or changed, or two neighbours swapped, make of this key."""
        found = {name for short in _shortenings(key) for name in self._shortened.get(short, ())}
        return tuple(sorted(name for name in found if OSA.distance(key, name, score_cutoff=1) <= 1))

    def farther(self, key: str, shortest: int) -> tuple[str, ...]:
        """The names, of `shortest` letters or more, that two slips make of this key."""
        long_ones = [name for name in self.places if len(name) >= shortest]
        return tuple(name for name, _, _ in process.extract(key, long_ones, scorer=OSA.distance, score_cutoff=2))


def key_of(name: str) -> str:
    """The key of a name: "19 Mayıs" is "19mayis"."""
    return fold_words(name).replace(" ", "")


@cache
def names() -> Names:
    """The index of all names, built once at the first question (some 15 ms)."""
    data = json.loads(Path(__file__).with_name("places.json").read_text("utf-8"))
    provinces = {plate: Place(row["name"]) for plate, row in data["provinces"].items()}
    districts = [Place(row["name"], district) for row in data["provinces"].values() for district in row["districts"]]
    by_label = {place.label: place for place in (*provinces.values(), *districts)}
    places: dict[str, tuple[Place, ...]] = {}
    for place in by_label.values():
        key = key_of(place.district or place.province)
        places[key] = (*places.get(key, ()), place)
    places |= {nickname: tuple(by_label[label] for label in labels) for nickname, labels in NICKNAMES.items()}
    spelt = [key for key in places if key not in NICKNAMES or len(key) > LONGEST_ABBREVIATION]
    districts_of = {row["name"]: tuple(row["districts"]) for row in data["provinces"].values()}
    return Names(
        places, provinces, districts_of, EVERYDAY_WORDS.union(data["neighbourhoods_like_places"]), _by_shortening(spelt)
    )


def _by_shortening(keys: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for key in keys:
        for short in set(_shortenings(key)):
            found[short] += (key,)
    return dict(found)


def _shortenings(key: str) -> Iterator[str]:
    """The key, and what is left of it without one letter: keys at distance one have one of these in common."""
    yield key
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
